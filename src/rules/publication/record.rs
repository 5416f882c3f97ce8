//! The records that an entry's own identifiers lead to, and how its title stands to theirs.
//!
//! Not found is not wrong: only a record that is there says anything.

use crate::evidence::{Answer, Evidence, Query, Record, Registry};
use crate::model::{Identifier, IdentifierKind, Page, Publication, title};
use crate::site::Site;
use std::collections::BTreeSet;

/// A record that an entry's identifier leads to.
pub(super) struct Told<'a> {
    /// The identifier.
    pub(super) identifier: &'a Identifier,
    /// Where the record is kept.
    pub(super) registry: Registry,
    /// What it says.
    pub(super) record: &'a Record,
}

impl Told<'_> {
    /// The identifier as messages name it.
    pub(super) fn name(&self) -> String {
        format!("{} `{}`", self.identifier.kind.title(), self.identifier.value)
    }
}

/// Asks for the records of every entry, each once.
pub(super) fn ask(site: &Site, ask: &mut dyn FnMut(Query)) {
    let asked: BTreeSet<Query> = site
        .publications()
        .flat_map(|(_, publication)| {
            anchors(publication).map(|(_, registry, value)| Query::Record(registry, value))
        })
        .collect();
    asked.into_iter().for_each(ask);
}

/// The records of an entry that the evidence holds.
pub(super) fn of<'a>(publication: &'a Publication, evidence: &'a Evidence) -> Vec<Told<'a>> {
    anchors(publication)
        .filter_map(|(identifier, registry, value)| match evidence.answer(&Query::Record(registry, value)) {
            Answer::Record(record) => Some(Told { identifier, registry, record }),
            _ => None,
        })
        .collect()
}

/// The identifiers that name the entry itself, the only ones of their kind, with where their records are kept.
/// An entry whose title says little is not known well enough to be measured by one.
fn anchors(publication: &Publication) -> impl Iterator<Item = (&Identifier, Registry, Box<str>)> {
    let is_known = publication.title.as_ref().is_some_and(|title| title::is_telling(&title.text));
    let of_kind =
        |kind: IdentifierKind| publication.identifiers.iter().filter(|each| each.kind == kind).count();
    publication.identifiers.iter().filter_map(move |identifier| {
        let registry = match identifier.kind {
            IdentifierKind::Arxiv => Registry::Arxiv,
            IdentifierKind::Doi => Registry::Doi,
            IdentifierKind::Anthology => Registry::Anthology,
            IdentifierKind::SemanticScholar => Registry::SemanticScholar,
            IdentifierKind::Dblp => Registry::Dblp,
            _ => return None,
        };
        (is_known && of_kind(identifier.kind) == 1).then(|| (identifier, registry, identifier.value.clone()))
    })
}

/// How an entry's title stands to that of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// It is the same title, or a part of it.
    Same,
    /// Some words differ.
    Alike,
    /// It is another title.
    Other,
    /// They cannot be compared.
    Unknown,
}

/// Titles longer than this are no titles.
const LONGEST: usize = 400;

/// Compares an entry's title with all titles of a record; the best of them counts.
pub(super) fn agreement(page: &Page, publication: &Publication, record: &Record) -> Agreement {
    let Some(own) = &publication.title else { return Agreement::Unknown };
    let whole =
        title::key(page.slice(publication.span).get(..4 * LONGEST).unwrap_or(page.slice(publication.span)));
    std::iter::once(&record.title)
        .chain(&record.other_titles)
        .map(|theirs| {
            let key = title::key(theirs);
            // Where the entry holds the record's title, its own was misread.
            let is_held = title::is_telling(theirs) && whole.contains(&key);
            if is_held { Agreement::Same } else { compare(&title::key(&own.text), &key) }
        })
        .min_by_key(|agreement| match agreement {
            Agreement::Same => 0,
            Agreement::Unknown => 1,
            Agreement::Alike => 2,
            Agreement::Other => 3,
        })
        .unwrap_or(Agreement::Unknown)
}

/// Compares two titles in their normal form.
fn compare(ours: &str, theirs: &str) -> Agreement {
    // Formulas and other scripts are written in many ways.
    let is_plain = |key: &str| key.is_ascii() && (10..LONGEST).contains(&key.len());
    if !is_plain(ours) || !is_plain(theirs) {
        return Agreement::Unknown;
    }
    if ours.contains(theirs) || theirs.contains(ours) {
        return Agreement::Same;
    }
    let distance = strsim::osa_distance(ours, theirs);
    let longest = ours.len().max(theirs.len());
    match distance * 100 {
        // Under three letters it may be a matter of spelling.
        _ if distance < 3 => Agreement::Same,
        many if many <= longest * 15 => Agreement::Alike,
        _ => Agreement::Other,
    }
}

/// Text shortened for a message.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= 80 {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(77).collect::<String>().trim_end())
}

/// Whether a venue says that the paper is none's yet.
pub(super) fn is_preprint(venue: &str) -> bool {
    let lower = venue.to_lowercase();
    [
        "arxiv",
        "preprint",
        "pre-print",
        "biorxiv",
        "medrxiv",
        "corr",
        "ssrn",
        "working paper",
        "under review",
        "submitted",
    ]
    .iter()
    .any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_agree_or_not() {
        let compare = |ours: &str, theirs: &str| compare(&title::key(ours), &title::key(theirs));
        for (ours, theirs, expected) in [
            ("Bees Count to Four in the Dark", "Bees count to four — in the dark.", Agreement::Same),
            ("Bees Count to Four", "Bees Count to Four: A Study of Hives", Agreement::Same),
            ("Bees Count to Four in Unlit Hives", "Bees Counts to Four in Unlit Hive", Agreement::Same),
            (
                "Bees Count to Four in Unlit Wild Hives",
                "Bees Count to Five in Unlit Wild Hives",
                Agreement::Alike,
            ),
            ("Bees Count to Four in the Dark", "Hives as Slow Computers", Agreement::Other),
            ("Bees Count to Four in the Dark", "蜜蜂在黑暗中数到四", Agreement::Unknown),
        ] {
            assert_eq!(compare(ours, theirs), expected, "{ours} | {theirs}");
            assert_eq!(compare(theirs, ours), expected, "{theirs} | {ours}");
        }
    }
}
