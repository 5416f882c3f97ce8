//! Semantic Scholar: up to five hundred ids in one question. It knows titles and names well, years and
//! venues badly.

use super::{fetch, xml};
use crate::evidence::net::client::{Client, Want};
use crate::evidence::{Doubt, Record};
use serde::Deserialize;

const URL: &str =
    "https://api.semanticscholar.org/graph/v1/paper/batch?fields=title,authors.name,externalIds";

#[derive(Deserialize)]
struct Paper {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    authors: Vec<Author>,
}

#[derive(Deserialize)]
struct Author {
    #[serde(default)]
    name: Option<String>,
}

/// Asks for papers by their 40 hexadecimal digits.
pub(super) async fn ask(client: &Client, ids: &[String]) -> Vec<Result<Record, Doubt>> {
    let question = serde_json::json!({ "ids": ids }).to_string();
    let records = match fetch(client, Want::Reply(&question), URL).await {
        Ok(reply) => read(&reply.body, ids.len()),
        Err(doubt) => Err(doubt),
    };
    match records {
        Ok(records) => records,
        Err(doubt) => vec![Err(doubt); ids.len()],
    }
}

/// Reads an answer: a list in the order of the question, `null` for what is unknown. Any other length is
/// no answer: records would be taken for those of their neighbours.
fn read(body: &[u8], count: usize) -> Result<Vec<Result<Record, Doubt>>, Doubt> {
    let papers: Vec<Option<Paper>> = serde_json::from_slice(body).map_err(|_| Doubt::Failed)?;
    if papers.len() != count {
        return Err(Doubt::Failed);
    }
    Ok(papers.into_iter().map(|paper| paper.map(record).ok_or(Doubt::Unknown)).collect())
}

fn record(paper: Paper) -> Record {
    let names = paper.authors.into_iter().filter_map(|author| author.name);
    Record {
        title: xml::fold(&paper.title.unwrap_or_default()).into(),
        authors: names.map(|name| xml::fold(&name).into()).collect(),
        authors_complete: false,
        ..Record::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_the_order_of_the_question() {
        let body =
            br#"[{"paperId":"0f","title":"Counting  Herds","authors":[{"authorId":"1","name":"Ann Example"},
            {"authorId":null,"name":null}],"year":2023,"venue":"arXiv.org"}, null]"#;
        let records = read(body, 2).expect("records");
        let first = records[0].as_ref().expect("a record");
        assert_eq!((&*first.title, first.authors.len(), first.year), ("Counting Herds", 1, None));
        assert_eq!(records[1], Err(Doubt::Unknown));
        assert_eq!(read(body, 3), Err(Doubt::Failed));
        assert_eq!(read(br#"{"message":"Too Many Requests"}"#, 1), Err(Doubt::Failed));
    }
}
