//! DBLP, by the key of a record.

use super::{fetch, xml};
use crate::evidence::net::client::{Client, Want};
use crate::evidence::{Doubt, Record};

/// Asks for a record by its key, `conf/nips/ExampleM23`.
pub(super) async fn ask(client: &Client, key: &str) -> Result<Record, Doubt> {
    let sound = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_'));
    if !sound || key.split('/').count() < 3 {
        return Err(Doubt::Unknown);
    }
    let url = format!("https://dblp.org/rec/{key}.xml");
    let reply = fetch(client, Want::Record("application/xml"), &url).await?;
    read(&String::from_utf8_lossy(&reply.body)).ok_or(Doubt::Failed)
}

/// Reads a record: titles end with a full stop, namesakes have four digits behind them, and `CoRR` is arXiv.
fn read(text: &str) -> Option<Record> {
    let root = xml::parse(text).filter(|root| root.name == "dblp")?;
    let paper = root.children().first()?;
    let title = paper.text_of("title")?;
    let is_preprint =
        paper.attribute("publtype") == Some("informal") || paper.text_of("journal") == Some("CoRR");
    let venue = paper.text_of("booktitle").or_else(|| paper.text_of("journal")).filter(|_| !is_preprint);
    let year = paper.text_of("year").and_then(|year| year.parse().ok()).filter(|_| !is_preprint);
    Some(Record {
        title: title.strip_suffix('.').unwrap_or(title).into(),
        authors: paper.all("author").map(|author| name(&author.text).into()).collect(),
        authors_complete: false,
        venue: venue.map(Into::into),
        year,
        retracted: paper.attribute("publtype") == Some("withdrawn") || super::says_retracted(title),
        ..Record::default()
    })
}

/// A name without the number that tells namesakes apart.
fn name(written: &str) -> &str {
    match written.rsplit_once(' ') {
        Some((name, number)) if number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_of_a_conference() {
        let text = r#"<?xml version="1.0"?><dblp><inproceedings key="conf/wool/ExampleM23" mdate="2024-01-01">
            <author pid="1/2">Ann Example 0001</author><author>J&#252;rgen Muster</author>
            <title>Counting <i>Herds</i> by Night.</title><year>2023</year><booktitle>WOOL</booktitle>
            <ee>https://doi.org/10.9999/abc</ee></inproceedings></dblp>"#;
        let record = read(text).expect("a record");
        assert_eq!(&*record.title, "Counting Herds by Night");
        assert_eq!(record.authors, ["Ann Example".into(), "Jürgen Muster".into()]);
        assert_eq!((record.venue.as_deref(), record.year), (Some("WOOL"), Some(2023)));
        assert!(!record.authors_complete, "DBLP may list fewer");
    }

    #[test]
    fn a_preprint_has_no_venue() {
        let text = r#"<dblp><article key="journals/corr/abs-2301-99999" publtype="informal">
            <author>Ann Example</author><title>Herds.</title><journal>CoRR</journal><year>2023</year></article></dblp>"#;
        let record = read(text).expect("a record");
        assert_eq!((record.venue, record.year), (None, None));
        assert!(read("<html></html>").is_none());
    }
}
