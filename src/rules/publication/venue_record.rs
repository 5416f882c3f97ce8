//! publication/venue-record

use super::record::{self, Agreement, Told};
use crate::diagnostic::Severity;
use crate::evidence::{Query, Registry};
use crate::model::{Page, Publication, identifier, title, years};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

static META: Meta = Meta {
    id: "publication/venue-record",
    summary: "The record behind an entry's identifier has another venue or year",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/publication/venue-record.md"),
};

/// A venue or year that the registry of the paper contradicts.
pub(super) struct VenueRecord;

impl Rule for VenueRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        record::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for publication in &page.publications {
            let Some(venue) = publication.venue.as_ref().filter(|venue| !record::is_preprint(&venue.text))
            else {
                continue;
            };
            let records: Vec<Told<'_>> = record::of(publication, cx.evidence())
                .into_iter()
                .filter(|told| record::agreement(page, publication, told.record) == Agreement::Same)
                .collect();
            let judged: Vec<Verdict> =
                records.iter().map(|told| judge(publication, &venue.text, told)).collect();
            // Two versions in two places: one of them is this entry's.
            if judged.contains(&Verdict::Agrees) {
                continue;
            }
            let found = records.iter().zip(judged).find_map(|(told, verdict)| match verdict {
                Verdict::Contradicts(what) => Some((told, what)),
                _ => None,
            });
            let Some((told, what)) = found else { continue };
            cx.report(
                page.at(told.identifier.span),
                format!("by the record of {} this paper is of {what}", told.name()),
            )
            .related(page.at(venue.span), "what the entry says")
            .help("correct the entry, or the link");
        }
    }
}

/// What a record says of an entry's venue and year.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Agrees,
    Contradicts(String),
    /// It says nothing, or nothing that can be compared.
    Abstains,
}

/// Words of what stands beside a conference, or after it.
const BESIDE: &[&str] = &[
    "workshop",
    "tutorial",
    "demo",
    "companion",
    "adjunct",
    "student",
    "industry",
    "journal",
    "transactions",
    "extended",
    "doctoral",
];

fn judge(publication: &Publication, ours: &str, told: &Told<'_>) -> Verdict {
    let record = told.record;
    let Some(theirs) = record.venue.as_deref().filter(|venue| !record::is_preprint(venue)) else {
        return Verdict::Abstains;
    };
    let beside = |text: &str| {
        let lower = text.to_lowercase();
        BESIDE.iter().any(|word| lower.contains(word))
    };
    let (left, right) = (series(ours), series(theirs));
    let (Some(left), Some(right)) = (left, right) else {
        return by_year(publication, ours, theirs, told, 1);
    };
    if beside(ours) || beside(theirs) {
        return Verdict::Abstains;
    }
    if left != right {
        return Verdict::Contradicts(format!("`{}`", record::shortened(theirs)));
    }
    let findings = |text: &str| text.to_lowercase().contains("finding");
    if findings(theirs) && !findings(ours) {
        return Verdict::Contradicts(format!("the Findings: `{}`", record::shortened(theirs)));
    }
    // Publishers date proceedings by when they print them.
    let tolerance = u16::from(!matches!(told.registry, Registry::Anthology | Registry::Dblp));
    by_year(publication, ours, theirs, told, tolerance)
}

/// Compares the years where both name one venue.
fn by_year(publication: &Publication, ours: &str, theirs: &str, told: &Told<'_>, tolerance: u16) -> Verdict {
    let name = |text: &str| -> String {
        let mut key = title::key(text);
        key.retain(|each| !each.is_ascii_digit());
        key
    };
    let is_same = series(ours).is_some() && series(ours) == series(theirs) || name(ours) == name(theirs);
    let claimed = match years(ours)[..] {
        [(year, _)] => Some(year),
        _ => publication.year.map(|(year, _)| year),
    };
    let (Some(claimed), Some(year)) = (claimed, told.record.year) else {
        return if is_same { Verdict::Agrees } else { Verdict::Abstains };
    };
    // A venue that carries its year is of that year, whenever it was printed.
    let year = match years(theirs)[..] {
        [(named, _)] => named.unsigned_abs(),
        _ => year,
    };
    match claimed.unsigned_abs().abs_diff(year) {
        _ if !is_same => Verdict::Abstains,
        apart if apart <= tolerance => Verdict::Agrees,
        _ => Verdict::Contradicts(format!("{year}")),
    }
}

/// The one conference series that a venue names, by its short or its long name.
fn series(venue: &str) -> Option<&'static str> {
    let lower = venue.to_lowercase();
    let bare = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let words: Vec<String> = lower.split(|c: char| !c.is_alphanumeric()).map(bare).collect();
    let mut found: Vec<&str> = words
        .iter()
        .filter_map(|word| identifier::series(word))
        .chain(LONG.iter().filter(|(_, long)| names(&lower, long)).map(|(short, _)| *short))
        .collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// The long names of the series, in lower case.
const LONG: &[(&str, &str)] = &[
    ("aaai", "aaai conference on artificial intelligence"),
    ("acl", "annual meeting of the association for computational linguistics"),
    ("emnlp", "conference on empirical methods in natural language processing"),
    ("icml", "international conference on machine learning"),
    ("ijcai", "international joint conference on artificial intelligence"),
    ("cvpr", "conference on computer vision and pattern recognition"),
    ("iccv", "international conference on computer vision"),
    ("neurips", "advances in neural information processing systems"),
    ("neurips", "conference on neural information processing systems"),
    ("wacv", "winter conference on applications of computer vision"),
];

/// Whether a venue in lower case has this name, and not a longer one that begins so.
fn names(lower: &str, long: &str) -> bool {
    lower
        .split_once(long)
        .is_some_and(|(_, rest)| !rest.trim_start().starts_with(|each: char| each.is_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_by_both_names() {
        for (venue, expected) in [
            ("ICML 2024", Some("icml")),
            ("Proceedings of the 41st International Conference on Machine Learning", Some("icml")),
            ("International Conference on Machine Learning and Applications", None),
            ("NIPS'17", Some("neurips")),
            ("Advances in Neural Information Processing Systems 30", Some("neurips")),
            ("Findings of ACL: EMNLP 2020", None),
            ("Journal of Bees", None),
        ] {
            assert_eq!(series(venue), expected, "{venue}");
        }
    }
}
