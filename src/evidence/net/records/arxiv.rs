//! arXiv: up to a hundred ids in one question, and one question in three seconds.

use super::{fetch, xml};
use crate::evidence::net::client::{Client, Want};
use crate::evidence::{Doubt, Record};
use std::collections::HashMap;

/// Asks for ids without a version.
pub(super) async fn ask(client: &Client, ids: &[String]) -> Vec<Result<Record, Doubt>> {
    let sound: Vec<&str> = ids.iter().map(String::as_str).filter(|id| is_sound(id)).collect();
    let url =
        format!("https://export.arxiv.org/api/query?id_list={}&max_results={}", sound.join(","), sound.len());
    let records = if sound.is_empty() {
        Ok(HashMap::new())
    } else {
        match fetch(client, Want::Record("application/atom+xml"), &url).await {
            Ok(reply) => read(&String::from_utf8_lossy(&reply.body)),
            Err(doubt) => Err(doubt),
        }
    };
    ids.iter()
        .map(|id| match &records {
            Ok(records) => records.get(id).cloned().ok_or(Doubt::Unknown),
            Err(doubt) => Err(*doubt),
        })
        .collect()
}

/// One malformed id spoils the answer for all: `2406.06484`, `hep-th/9901001`, `math.GT/0309136`.
pub(super) fn is_sound(id: &str) -> bool {
    let digits = |text: &str, count: std::ops::RangeInclusive<usize>| {
        count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match (id.split_once('/'), id.split_once('.')) {
        (Some((archive, number)), _) => {
            digits(number, 7..=7)
                && !archive.is_empty()
                && archive.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'.'))
        }
        (None, Some((month, number))) => digits(month, 4..=4) && digits(number, 4..=5),
        (None, None) => false,
    }
}

/// Reads a feed: records by id without version. The bare words `Rate exceeded.` are no feed; an entry
/// titled `Error` is no paper; an id that nobody gave has no entry.
fn read(text: &str) -> Result<HashMap<String, Record>, Doubt> {
    if text.trim_start().starts_with("Rate exceeded") {
        return Err(Doubt::Blocked);
    }
    let feed = xml::parse(text).filter(|root| root.name == "feed").ok_or(Doubt::Failed)?;
    Ok(feed.all("entry").filter_map(record).collect())
}

fn record(entry: &xml::Element) -> Option<(String, Record)> {
    let id = entry.text_of("id")?.split_once("/abs/")?.1;
    let bare = id.rsplit_once('v').filter(|(_, version)| version.bytes().all(|byte| byte.is_ascii_digit()));
    let id = bare.map_or(id, |(bare, _)| bare);
    let title = entry.text_of("title").filter(|title| *title != "Error")?;
    let note = entry.text_of("comment").unwrap_or_default().to_ascii_lowercase();
    let summary = entry.text_of("summary").unwrap_or_default().to_ascii_lowercase();
    let authors: Vec<Box<str>> =
        entry.all("author").filter_map(|author| author.text_of("name")).map(Into::into).collect();
    let record = Record {
        title: title.into(),
        // A collaboration signs for its members.
        authors_complete: !authors.is_empty() && !authors.iter().any(|name| name.contains("ollaboration")),
        authors,
        retracted: ["this paper has been withdrawn", "this submission has been withdrawn", "withdrawn by"]
            .iter()
            .any(|words| note.contains(words) || summary.starts_with(words)),
        published_doi: entry.text_of("doi").map(|doi| doi.to_lowercase().into()),
        ..Record::default()
    };
    Some((id.to_owned(), record))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title>arXiv Query: search_query=&amp;id_list=2301.99999,hep-th/9901999</title>
  <opensearch:totalResults>2</opensearch:totalResults>
  <entry><id>https://arxiv.org/abs/2301.99999v3</id><published>2023-01-30T00:00:00Z</published>
    <title>Sheep &amp; Goats: Counting
      Herds by Night</title>
    <author><name>Ann Example</name><arxiv:affiliation>Lab</arxiv:affiliation></author><author><name>Jürgen Muster</name></author>
    <arxiv:comment>9 pages</arxiv:comment><arxiv:doi>10.9999/ABC.1</arxiv:doi>
    <arxiv:primary_category term="cs.CL"/></entry>
  <entry><id>http://arxiv.org/abs/hep-th/9901999v1</id><title>Strings of Wool</title>
    <author><name>The Wool Collaboration</name></author>
    <arxiv:comment>This paper has been withdrawn by the author due to an error</arxiv:comment></entry>
</feed>"#;

    #[test]
    fn a_feed_of_two() {
        let records = read(FEED).expect("records");
        let first = &records["2301.99999"];
        assert_eq!(&*first.title, "Sheep & Goats: Counting Herds by Night");
        assert_eq!(first.authors, ["Ann Example".into(), "Jürgen Muster".into()]);
        assert!(first.authors_complete && !first.retracted);
        assert_eq!(first.published_doi.as_deref(), Some("10.9999/abc.1"));
        assert_eq!((first.year, first.venue.as_deref()), (None, None), "arXiv owns neither");
        let second = &records["hep-th/9901999"];
        assert!(second.retracted && !second.authors_complete);
    }

    #[test]
    fn what_is_no_record() {
        let error = r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry>
            <id>https://arxiv.org/api/errors#incorrect_id_format_for_x</id><title>Error</title></entry></feed>"#;
        assert_eq!(read(error).expect("a feed").len(), 0);
        let error =
            "<feed><entry><id>https://arxiv.org/abs/2301.99999v1</id><title>Error</title></entry></feed>";
        assert_eq!(read(error).expect("a feed").len(), 0);
        assert_eq!(read("Rate exceeded."), Err(Doubt::Blocked));
        assert_eq!(read("<html><body>503</body></html>"), Err(Doubt::Failed));
        assert_eq!(read(""), Err(Doubt::Failed));
    }

    #[test]
    fn ids_that_are_asked() {
        for (id, sound) in [
            ("2406.06484", true),
            ("0704.0001", true),
            ("hep-th/9901001", true),
            ("math.gt/0309136", true),
            ("2309.136820", false),
            ("2406.06484&x=1", false),
            ("hep-th/99", false),
            ("x", false),
        ] {
            assert_eq!(is_sound(id), sound, "{id}");
        }
    }
}
