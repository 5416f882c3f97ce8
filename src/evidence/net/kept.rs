//! Answers as they are kept: one line of JSON each, and how long each is of use.

use crate::evidence::{Answer, Proof, Query, Registry};
use serde::{Deserialize, Serialize};

const DAY: u64 = 24 * 60 * 60;

/// What is kept of an answer. Doubts are not, except that something was missing once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kept {
    /// A certain answer.
    Answer(Answer),
    /// It was missing; a second time proves it.
    Once(Proof),
}

impl Kept {
    /// How long it stands for the network, in seconds.
    fn lifetime(&self, query: &Query) -> u64 {
        let days = match self {
            Kept::Answer(Answer::Record(_)) => 30,
            Kept::Answer(Answer::Alive(_)) => match query {
                Query::Doi(_) => 90,
                Query::Url(url) if is_version(url) => 90,
                _ => 14,
            },
            Kept::Answer(Answer::Moved(_)) => 14,
            Kept::Answer(_) => 1,
            Kept::Once(_) => 0,
        };
        days * DAY
    }

    /// The answer, where it still stands after so many seconds.
    pub(super) fn standing(&self, query: &Query, age: u64) -> Option<&Answer> {
        match self {
            Kept::Answer(answer) if age < self.lifetime(query) => Some(answer),
            _ => None,
        }
    }

    /// That it was missing before, so that a second time proves it.
    pub(super) const fn missed(&self) -> bool {
        matches!(self, Kept::Once(_) | Kept::Answer(Answer::Gone(_)))
    }

    /// Whether it is worth its line after so many seconds.
    pub(super) fn is_of_use(&self, age: u64) -> bool {
        let days = if matches!(self, Kept::Answer(Answer::Alive(_))) { 90 } else { 30 };
        age < days * DAY
    }

    /// As a line.
    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From a line.
    pub(super) fn read(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }
}

/// A version of an arXiv paper: it never changes.
fn is_version(url: &str) -> bool {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    path.strip_prefix("arxiv.org/").is_some_and(|path| {
        let id = path.trim_end_matches(".pdf");
        id.rsplit_once('v').is_some_and(|(before, version)| {
            before.ends_with(|last: char| last.is_ascii_digit())
                && !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_digit())
        })
    })
}

/// The name of a question in the cache: one line without tabs.
pub(super) fn key(query: &Query) -> String {
    let (kind, text) = match query {
        Query::Url(url) => ("url", url),
        Query::Doi(doi) => ("doi", doi),
        Query::Record(Registry::Arxiv, id) => ("arxiv", id),
        Query::Record(Registry::Doi, id) => ("work", id),
        Query::Record(Registry::Anthology, id) => ("anthology", id),
        Query::Record(Registry::SemanticScholar, id) => ("s2", id),
        Query::Record(Registry::Dblp, id) => ("dblp", id),
    };
    let mut out = String::with_capacity(kind.len() + 1 + text.len());
    out.push_str(kind);
    out.push(' ');
    out.extend(text.chars().map(|char| if char.is_control() { ' ' } else { char }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Gone, Hollow, Record, Visit};

    fn visit() -> Visit {
        Visit { url: "https://x.org/\t\n".into(), content_type: "text/html".into() }
    }

    #[test]
    fn what_is_written_is_read() {
        let record = Record { title: "Herds".into(), year: Some(2023), ..Record::default() };
        for kept in [
            Kept::Once(Proof::NoSuchHost),
            Kept::Answer(Answer::Alive(visit())),
            Kept::Answer(Answer::Moved(visit())),
            Kept::Answer(Answer::Hollow(Hollow::Home, visit())),
            Kept::Answer(Answer::Gone(Gone {
                proof: Proof::Status(404),
                archived: Some("https://a.org".into()),
            })),
            Kept::Answer(Answer::Record(Box::new(record))),
        ] {
            let line = kept.write();
            assert!(!line.contains(['\t', '\n']), "{line}");
            assert_eq!(Kept::read(&line), Some(kept));
        }
        assert_eq!(Kept::read("{"), None);
    }

    #[test]
    fn each_answer_has_its_time() {
        let page = Query::Url("https://x.org/a".into());
        let version = Query::Url("https://arxiv.org/abs/2301.99999v2".into());
        let gone = Kept::Answer(Answer::Gone(Gone { proof: Proof::Status(404), archived: None }));
        let alive = Kept::Answer(Answer::Alive(visit()));
        for (kept, query, days) in [
            (&alive, &page, 14),
            (&alive, &version, 90),
            (&alive, &Query::Url("https://arxiv.org/abs/2301.99999".into()), 14),
            (&alive, &Query::Doi("10.9999/a".into()), 90),
            (&Kept::Answer(Answer::Moved(visit())), &page, 14),
            (&Kept::Answer(Answer::Hollow(Hollow::Home, visit())), &page, 1),
            (&gone, &page, 1),
            (&Kept::Answer(Answer::Record(Box::default())), &Query::Record(Registry::Dblp, "a".into()), 30),
        ] {
            assert!(kept.standing(query, days * DAY - 1).is_some(), "{kept:?} {query:?}");
            assert!(kept.standing(query, days * DAY).is_none(), "{kept:?} {query:?}");
        }
        let once = Kept::Once(Proof::Status(404));
        assert!(once.standing(&page, 0).is_none() && once.missed() && gone.missed() && !alive.missed());
    }

    #[test]
    fn keys_are_one_line() {
        assert_eq!(key(&Query::Url("https://x.org/a\tb\n".into())), "url https://x.org/a b ");
        assert_eq!(key(&Query::Record(Registry::Doi, "10.9/x".into())), "work 10.9/x");
        assert_ne!(key(&Query::Doi("10.9/x".into())), key(&Query::Record(Registry::Doi, "10.9/x".into())));
    }
}
