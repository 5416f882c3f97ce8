//! The lines of an `evidence` block: what the network said. `CONTRIBUTING.md` describes them.

use scholint::evidence::{Answer, Doubt, Evidence, Gone, Hollow, Proof, Query, Record, Registry, Visit};

/// Reads a block, one question a line.
pub(crate) fn parse(text: &str) -> Result<Evidence, String> {
    let mut evidence = Evidence::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let wrong = || format!("no line of evidence: `{line}`");
        let (question, answer) = line.split_once(" = ").ok_or_else(wrong)?;
        let question = question_of(question.trim()).ok_or_else(wrong)?;
        evidence.record(question, answer_of(answer.trim()).ok_or_else(wrong)?);
    }
    Ok(evidence)
}

fn question_of(text: &str) -> Option<Query> {
    if text.starts_with("http://") || text.starts_with("https://") {
        return Some(Query::Url(text.into()));
    }
    let (kind, id) = text.split_once(' ')?;
    let registry = match kind {
        "handle" => return Some(Query::Doi(id.into())),
        "arxiv" => Registry::Arxiv,
        "doi" => Registry::Doi,
        "anthology" => Registry::Anthology,
        "s2" => Registry::SemanticScholar,
        "dblp" => Registry::Dblp,
        _ => return None,
    };
    Some(Query::Record(registry, id.into()))
}

fn answer_of(text: &str) -> Option<Answer> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut words = rest.split_whitespace();
    let visit = |url: Option<&str>, content_type: Option<&str>| Visit {
        url: url.unwrap_or_default().into(),
        content_type: content_type.unwrap_or("text/html").into(),
    };
    let answer = match word {
        "unsure" => Answer::Unsure(doubt_of(words.next()?)?),
        "alive" => Answer::Alive(visit(None, words.next())),
        "moved" => Answer::Moved(visit(Some(words.next()?), words.next())),
        "hollow" => {
            let how = match words.next()? {
                "not-found" => Hollow::NotFound,
                "parked" => Hollow::Parked,
                "home" => Hollow::Home,
                "login" => Hollow::Login,
                _ => return None,
            };
            Answer::Hollow(how, visit(words.next(), None))
        }
        "gone" => {
            let proof = match words.next()? {
                "no-host" => Proof::NoSuchHost,
                "no-handle" => Proof::NoSuchHandle,
                status => Proof::Status(status.parse().ok()?),
            };
            let archived = match words.next() {
                Some("archived") => Some(words.next()?.into()),
                Some(_) => return None,
                None => None,
            };
            Answer::Gone(Gone { proof, archived })
        }
        "record" => return record_of(rest).map(|record| Answer::Record(Box::new(record))),
        _ => return None,
    };
    words.next().is_none().then_some(answer)
}

fn doubt_of(word: &str) -> Option<Doubt> {
    Some(match word {
        "unasked" => Doubt::Unasked,
        "courtesy" => Doubt::Courtesy,
        "refused" => Doubt::Refused,
        "blocked" => Doubt::Blocked,
        "failed" => Doubt::Failed,
        "late" => Doubt::Late,
        "once" => Doubt::Once,
        "unknown" => Doubt::Unknown,
        "interrupted" => Doubt::Interrupted,
        _ => return None,
    })
}

/// `title="…" authors="A; B" year=2024 retracted`, in any order.
fn record_of(text: &str) -> Option<Record> {
    let mut record = Record { authors_complete: true, ..Record::default() };
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (key, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix('=') {
            None => ("", behind),
            Some(behind) => match behind.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"')?,
                None => behind.split_at(behind.find(' ').unwrap_or(behind.len())),
            },
        };
        match key {
            "title" => record.title = value.into(),
            "other" => record.other_titles.push(value.into()),
            "authors" => record.authors = value.split("; ").map(Into::into).collect(),
            "partial" => record.authors_complete = false,
            "venue" => record.venue = Some(value.into()),
            "year" => record.year = Some(value.parse().ok()?),
            "retracted" => record.retracted = true,
            "published" => record.published_doi = Some(value.into()),
            _ => return None,
        }
        rest = behind.trim_start();
    }
    Some(record)
}

#[test]
fn lines_of_evidence() {
    let text = "https://bees.net/a?b=c = gone 404 archived https://web.archive.org/web/1/https://bees.net/a?b=c\n\
                handle 10.1/x = gone no-handle\n\
                arxiv 2406.06484 = record title=\"Bees = Four\" authors=\"Ann Lee; Bo Li\" year=2024 partial\n\
                https://bees.net/b = unsure blocked\n";
    let evidence = parse(text).expect("good lines");
    assert_eq!(evidence.iter().count(), 4);
    let gone = evidence.answer(&Query::Url("https://bees.net/a?b=c".into()));
    assert!(matches!(gone, Answer::Gone(Gone { proof: Proof::Status(404), archived: Some(_) })), "{gone:?}");
    let Answer::Record(record) = evidence.answer(&Query::Record(Registry::Arxiv, "2406.06484".into())) else {
        panic!("a record");
    };
    assert_eq!((&*record.title, record.authors.len(), record.year), ("Bees = Four", 2, Some(2024)));
    assert!(!record.authors_complete);
    for wrong in [
        "https://bees.net/b",
        "https://bees.net/b = gon 404",
        "https://bees.net/b = gone 404 x",
        "https://bees.net/b = unsure maybe",
        "https://bees.net/b = alive text/html x",
        "paper 1 = alive",
        "arxiv 1 = record titel=\"x\"",
        "arxiv 1 = record title=\"x",
    ] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}
