//! `structure/entry-outlier`: an entry that lacks what nearly all others of its list have.

use crate::diagnostic::Severity;
use crate::model::{Page, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "structure/entry-outlier",
    summary: "An entry that lacks what nearly all others of its list have",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/entry-outlier.md"),
};

/// The rule.
pub(super) struct EntryOutlier;

/// Parts of an entry, and whether it has them.
type Part = (&'static str, fn(&Page, &Publication) -> bool);

/// Venues are not among them: too many are written in ways that none of us knows.
const PARTS: &[Part] = &[
    ("year", |page, entry| entry.year.is_some() || has_year(page.slice(entry.span))),
    ("link", |page, entry| !entry.links.is_empty() || page.slice(entry.span).contains("](")),
    ("author set apart", |_, entry| {
        entry.authors.is_empty() || entry.authors.iter().any(|author| author.highlighted)
    }),
];

/// Whether four digits look like a year, wherever they stand.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| {
        four.iter().all(u8::is_ascii_digit) && (four.starts_with(b"19") || four.starts_with(b"20"))
    }) || text.contains('{')
}

/// How many entries make a list from which one can stand out.
const SIBLINGS: usize = 6;

impl Rule for EntryOutlier {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !page.format.is_page() {
            return;
        }
        let mut lists: BTreeMap<u32, Vec<&Publication>> = BTreeMap::new();
        for entry in page.publications.iter().filter(|entry| entry.title.is_some()) {
            lists.entry(entry.list).or_default().push(entry);
        }
        for list in lists.values().filter(|list| list.len() >= SIBLINGS) {
            let mut lacking: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
            for (name, has) in PARTS {
                let without: Vec<_> = list.iter().filter(|entry| !has(page, entry)).collect();
                // Of seven entries at most one may lack it, or there are two kinds of entries.
                if !without.is_empty() && without.len() * 7 <= list.len().max(7) {
                    for entry in without {
                        lacking.entry(entry.span.start).or_default().push(name);
                    }
                }
            }
            for entry in list {
                let Some(names) = lacking.get(&entry.span.start) else { continue };
                let Some(title) = &entry.title else { continue };
                let message = format!("this entry has no {}, unlike its siblings", names.join(" and no "));
                cx.report(page.at(title.span), message).help("compare it with the entries around it");
            }
        }
    }
}
