//! The ACL Anthology, by its id: the BibTeX that it offers for each paper.

use super::fetch;
use crate::evidence::net::client::{Client, Want};
use crate::evidence::{Doubt, Record};
use crate::markup::parse_bibtex;

/// Asks for a paper.
pub(super) async fn ask(client: &Client, id: &str) -> Result<Record, Doubt> {
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')) {
        return Err(Doubt::Unknown);
    }
    // New ids are in lower case, old ones begin with a capital letter.
    let id = if id.len() == 8 && !id.contains('.') { id.to_ascii_uppercase() } else { id.to_owned() };
    let url = format!("https://aclanthology.org/{id}.bib");
    let reply = fetch(client, Want::Record("*/*"), &url).await?;
    read(&String::from_utf8_lossy(&reply.body)).ok_or(Doubt::Failed)
}

fn read(text: &str) -> Option<Record> {
    let bib = parse_bibtex(text);
    let entry = bib.entries.first()?;
    let field = |name: &str| entry.field(name).map(|field| &*field.text).filter(|text| !text.is_empty());
    let authors: Vec<Box<str>> = field("author").map(people).unwrap_or_default();
    Some(Record {
        title: field("title")?.into(),
        authors_complete: !authors.is_empty(),
        authors,
        venue: field("booktitle").or_else(|| field("journal")).map(Into::into),
        year: field("year").and_then(|year| year.parse().ok()),
        retracted: field("title").is_some_and(super::says_retracted),
        ..Record::default()
    })
}

/// `Example, Ann and Muster, Jürgen` → names as `Given Family`.
fn people(written: &str) -> Vec<Box<str>> {
    written
        .split(" and ")
        .map(|name| match name.split_once(", ") {
            Some((family, given)) => format!("{} {}", given.trim(), family.trim()).into(),
            None => name.trim().into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper() {
        let text = r#"@inproceedings{example-muster-2023-counting,
    title = "Counting {H}erds by Night",
    author = {Example, Ann  and
      Muster, J{\"u}rgen},
    editor = "Chair, Some",
    booktitle = "Proceedings of the 9th Workshop on Wool",
    month = jul,
    year = "2023",
    url = "https://aclanthology.org/2023.wool-1.7/",
}"#;
        let record = read(text).expect("a record");
        assert_eq!(&*record.title, "Counting Herds by Night");
        assert_eq!(record.authors, ["Ann Example".into(), "Jürgen Muster".into()]);
        assert!(record.authors_complete);
        assert_eq!(record.venue.as_deref(), Some("Proceedings of the 9th Workshop on Wool"));
        assert_eq!(record.year, Some(2023));
        assert!(read("<html>not found</html>").is_none());
    }
}
