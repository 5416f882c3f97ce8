//! DOIs: Crossref first, and DataCite for what is registered there.

use super::{fetch, says_retracted, xml};
use crate::evidence::net::client::{Client, Want};
use crate::evidence::net::handle::encode;
use crate::evidence::{Doubt, Record};
use crate::markup::decode_entities;
use regex::Regex;
use serde::Deserialize;
use std::sync::LazyLock;

/// Prefixes of DataCite: arXiv, Zenodo, figshare, Dagstuhl, OSF.
const DATACITE: &[&str] = &["10.48550/", "10.5281/", "10.6084/", "10.4230/", "10.17605/"];

/// Series that say nothing of the venue.
const SERIES: &[&str] = &[
    "lecture notes in",
    "communications in computer and information science",
    "ifip advances in",
    "advances in intelligent systems",
    "springerbriefs",
    "proceedings of machine learning research",
    "smart innovation, systems",
    "studies in computational intelligence",
    "ceur workshop",
];

const JSON: &str = "application/json";

/// Asks for a DOI in lower case.
pub(super) async fn ask(client: &Client, doi: &str) -> Result<Record, Doubt> {
    let path = encode(doi).replace('/', "%2F");
    let datacite_first = DATACITE.iter().any(|prefix| doi.starts_with(prefix));
    if !datacite_first {
        match fetch(client, Want::Record(JSON), &format!("https://api.crossref.org/works/{path}")).await {
            Err(Doubt::Unknown) => {}
            reply => return crossref(&reply?.body).ok_or(Doubt::Failed),
        }
    }
    let reply = fetch(client, Want::Record(JSON), &format!("https://api.datacite.org/dois/{path}")).await?;
    datacite(&reply.body).ok_or(Doubt::Failed)
}

#[derive(Deserialize)]
struct Message<T> {
    message: T,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[derive(Default)]
struct Work {
    #[serde(rename = "DOI")]
    doi: String,
    #[serde(rename = "type")]
    kind: String,
    title: Vec<String>,
    subtitle: Vec<String>,
    author: Vec<Person>,
    container_title: Vec<String>,
    published_print: Option<Dated>,
    published_online: Option<Dated>,
    issued: Option<Dated>,
    published: Option<Dated>,
    relation: Relation,
    updated_by: Vec<Update>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Person {
    given: Option<String>,
    family: Option<String>,
    suffix: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Dated {
    #[serde(rename = "date-parts", default)]
    parts: Vec<Vec<Option<u16>>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "kebab-case", default)]
struct Relation {
    is_preprint_of: Vec<Related>,
}

#[derive(Deserialize)]
struct Related {
    #[serde(default)]
    id: String,
}

#[derive(Deserialize)]
struct Update {
    #[serde(rename = "type", default)]
    kind: String,
}

/// Reads a record of Crossref.
fn crossref(body: &[u8]) -> Option<Record> {
    let Message { message: work } = serde_json::from_slice::<Message<Work>>(body).ok()?;
    let main = plain(work.title.first()?);
    let subtitle = work.subtitle.first().map(|text| plain(text)).filter(|text| !text.is_empty());
    let full = subtitle.map(|subtitle| format!("{main}: {subtitle}"));
    // Some deposit the subtitle in the title, too.
    let (title, other_titles) = match full {
        Some(full) if !main.contains(':') => (full, vec![main.as_str().into()]),
        Some(full) => (main.clone(), vec![full.into()]),
        None => (main.clone(), Vec::new()),
    };
    let authors: Vec<Box<str>> = work.author.iter().filter_map(Person::full).map(Into::into).collect();
    // NeurIPS deposits its authors from A to Z, and some publishers only the first.
    let in_order = !work.doi.starts_with("10.52202/");
    let owns_venue =
        !matches!(&*work.kind, "posted-content" | "dataset" | "book" | "monograph" | "dissertation");
    let venue = work.container_title.iter().map(|title| plain(title)).find(|title| !is_series(title));
    let dates = [&work.published_print, &work.published_online, &work.issued, &work.published];
    let year = dates.into_iter().flatten().find_map(Dated::year);
    Some(Record {
        retracted: work
            .updated_by
            .iter()
            .any(|update| matches!(&*update.kind, "retraction" | "withdrawal" | "removal"))
            || says_retracted(&title),
        title: title.into(),
        other_titles,
        authors_complete: in_order && authors.len() == work.author.len() && authors.len() > 1,
        authors,
        venue: venue.filter(|_| owns_venue).map(Into::into),
        year: year.filter(|_| owns_venue),
        published_doi: work.relation.is_preprint_of.first().map(|paper| paper.id.to_lowercase().into()),
    })
}

impl Person {
    fn full(&self) -> Option<String> {
        let parts = [&self.given, &self.family, &self.suffix];
        let joined = parts.into_iter().flatten().map(|part| plain(part)).collect::<Vec<_>>().join(" ");
        let name = if self.family.is_some() { joined } else { plain(self.name.as_deref()?) };
        (!name.is_empty()).then_some(name)
    }
}

impl Dated {
    fn year(&self) -> Option<u16> {
        *self.parts.first()?.first()?
    }
}

fn is_series(title: &str) -> bool {
    let lower = title.to_lowercase();
    SERIES.iter().any(|series| lower.starts_with(series))
}

/// A text without the markup that deposits carry.
fn plain(text: &str) -> String {
    static TAG: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]*)?/?>").ok());
    // `&amp;lt;` is not rare: what was escaped twice is read twice.
    let once = decode_entities(text, 0).text;
    let decoded = decode_entities(&once, 0).text;
    let bare = TAG.as_ref().map_or_else(|| decoded.clone(), |tag| tag.replace_all(&decoded, "").into_owned());
    xml::fold(&bare)
}

#[derive(Deserialize)]
struct Document {
    data: Datum,
}

#[derive(Deserialize)]
struct Datum {
    attributes: Attributes,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Attributes {
    titles: Vec<Title>,
    creators: Vec<Creator>,
    related_identifiers: Vec<Other>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Title {
    title: String,
    #[serde(default)]
    title_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Creator {
    #[serde(default)]
    name: String,
    #[serde(default)]
    given_name: Option<String>,
    #[serde(default)]
    family_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Other {
    #[serde(default)]
    relation_type: String,
    #[serde(default)]
    related_identifier: String,
    #[serde(default)]
    related_identifier_type: String,
}

/// Reads a record of DataCite.
fn datacite(body: &[u8]) -> Option<Record> {
    let Document { data: Datum { attributes } } = serde_json::from_slice(body).ok()?;
    let (main, others): (Vec<_>, Vec<_>) =
        attributes.titles.iter().partition(|title| title.title_type.is_none());
    let title = plain(&main.first()?.title);
    let authors: Vec<Box<str>> = attributes.creators.iter().map(|creator| creator.full().into()).collect();
    let published = attributes.related_identifiers.iter().find(|other| {
        other.related_identifier_type == "DOI"
            && matches!(&*other.relation_type, "IsVersionOf" | "IsPreprintOf")
            && !DATACITE.iter().any(|prefix| other.related_identifier.starts_with(prefix))
    });
    Some(Record {
        retracted: says_retracted(&title),
        title: title.into(),
        other_titles: others.iter().map(|other| plain(&other.title).into()).collect(),
        authors_complete: authors.len() > 1 && authors.iter().all(|name| !name.is_empty()),
        authors,
        published_doi: published.map(|other| other.related_identifier.to_lowercase().into()),
        ..Record::default()
    })
}

impl Creator {
    fn full(&self) -> String {
        match (&self.given_name, &self.family_name) {
            (Some(given), Some(family)) => plain(&format!("{given} {family}")),
            _ => match self.name.split_once(", ") {
                Some((family, given)) => plain(&format!("{given} {family}")),
                None => plain(&self.name),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_of_crossref() {
        let body = br#"{"status":"ok","message-type":"work","message":{"DOI":"10.9999/abc","type":"proceedings-article",
            "title":["Counting <i>Herds</i> &amp;amp; Flocks"],"subtitle":["A  Study by Night"],
            "author":[{"given":"Ann","family":"Example","sequence":"first","ORCID":"x"},
                {"given":"Ben","family":"Muster","suffix":"Jr.","sequence":"additional"},{"name":"Wool Group"}],
            "container-title":["Lecture Notes in Computer Science","Wool 2023"],
            "issued":{"date-parts":[[2022,1]]},"published-online":{"date-parts":[[2023]]},
            "relation":{"has-review":[]},"update-to":[]}}"#;
        let record = crossref(body).expect("a record");
        assert_eq!(&*record.title, "Counting Herds & Flocks: A Study by Night");
        assert_eq!(record.other_titles, ["Counting Herds & Flocks".into()]);
        assert_eq!(record.authors, ["Ann Example".into(), "Ben Muster Jr.".into(), "Wool Group".into()]);
        assert!(record.authors_complete && !record.retracted);
        assert_eq!((record.venue.as_deref(), record.year), (Some("Wool 2023"), Some(2023)));
    }

    #[test]
    fn traps_of_crossref() {
        let with = |fields: &str| {
            let body = format!(r#"{{"message":{{"title":["Herds"],{fields}}}}}"#);
            crossref(body.as_bytes()).expect("a record")
        };
        let two = r#""author":[{"family":"A"},{"family":"B"}]"#;
        assert!(with(two).authors_complete);
        assert!(!with(&format!(r#""DOI":"10.52202/1-2",{two}"#)).authors_complete, "sorted from A to Z");
        assert!(!with(r#""author":[{"family":"A"}]"#).authors_complete, "perhaps only the first");
        assert!(!with(r#""author":[{"family":"A"},{}]"#).authors_complete, "one has no name");
        assert!(with(r#""updated-by":[{"type":"retraction","DOI":"10.9999/r"}]"#).retracted);
        assert!(!with(r#""updated-by":[{"type":"correction"}]"#).retracted);
        assert!(!with(r#""update-to":[{"type":"retraction"}]"#).retracted, "that is the notice itself");
        let preprint = with(
            r#""type":"posted-content","container-title":["Server"],"issued":{"date-parts":[[2020]]},
            "relation":{"is-preprint-of":[{"id-type":"doi","id":"10.9999/X"}]}"#,
        );
        assert_eq!((preprint.venue, preprint.year), (None, None));
        assert_eq!(preprint.published_doi.as_deref(), Some("10.9999/x"));
        assert_eq!(with(r#""issued":{"date-parts":[[null]]}"#).year, None);
        let print = r#""published-print":{"date-parts":[[2021]]},"published-online":{"date-parts":[[2020]]}"#;
        assert_eq!(with(print).year, Some(2021));
        assert_eq!(with(r#""type":"x""#).title, "Herds".into());
        assert!(crossref(br#"{"message":{"title":[]}}"#).is_none());
        assert!(crossref(b"Resource not found.").is_none());
        assert_eq!(plain("Bounds for n < 3 and m &gt; 4"), "Bounds for n < 3 and m > 4");
        assert_eq!(plain("<mml:math><mml:mi>x</mml:mi></mml:math>-ray"), "x-ray");
    }

    #[test]
    fn a_preprint_of_datacite() {
        let body = r#"{"data":{"id":"10.48550/arxiv.2301.99999","attributes":{
            "titles":[{"title":"Counting Herds"},{"title":"Herden","titleType":"TranslatedTitle"}],
            "creators":[{"name":"Example, Ann","givenName":"Ann","familyName":"Example"},{"name":"Muster, Jürgen"}],
            "publicationYear":2023,"types":{"resourceTypeGeneral":"Preprint"},
            "relatedIdentifiers":[{"relationType":"IsVersionOf","relatedIdentifier":"10.9999/ABC","relatedIdentifierType":"DOI"}]}}}"#;
        let record = datacite(body.as_bytes()).expect("a record");
        assert_eq!((&*record.title, &*record.other_titles[0]), ("Counting Herds", "Herden"));
        assert_eq!(record.authors, ["Ann Example".into(), "Jürgen Muster".into()]);
        assert_eq!(record.published_doi.as_deref(), Some("10.9999/abc"));
        assert_eq!(record.year, None);
        assert!(datacite(br#"{"errors":[{"status":"404"}]}"#).is_none());
    }
}
