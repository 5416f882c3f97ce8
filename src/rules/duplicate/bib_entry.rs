//! duplicate/bib-entry

use crate::diagnostic::Severity;
use crate::markup::BibEntry;
use crate::model::name::{Likeness, Name, compare};
use crate::model::{Page, Publication, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "duplicate/bib-entry",
    summary: "One paper stands in a bibliography under two keys",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/duplicate/bib-entry.md"),
};

/// One paper under two keys of one bibliography.
pub(super) struct DuplicateBibEntry;

impl Rule for DuplicateBibEntry {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let own = is_own_list(page, cx.site());
        let mut seen: BTreeMap<String, &BibEntry> = BTreeMap::new();
        for entry in &page.bib.entries {
            let Some(title) = entry.field("title").filter(|title| title::is_telling(&title.text)) else {
                continue;
            };
            let key = title::key(&title.text);
            let Some(first) = seen.get(&key) else {
                seen.insert(key, entry);
                continue;
            };
            if first.key == entry.key {
                continue;
            }
            let line = page.source.position(first.key_span.start).line;
            if authors_differ(first, entry) {
                if let Some(title) = entry.field("title").filter(|_| identifiers_differ(first, entry)) {
                    let message =
                        format!("this is the title of the entry in line {line}, whose authors differ");
                    cx.report(page.at(title.value_span), message)
                        .related(page.at(first.span), "the other entry")
                        .help("was the title copied with the entry?");
                }
                continue;
            }
            let message = format!("this paper stands in line {line} already, as `{}`", first.key);
            let report = cx
                .report(page.at(entry.key_span), message)
                .related(page.at(first.span), "the first entry")
                .related(page.at(entry.span), "the entry that repeats it");
            if !own {
                // A collection of references: what is not cited does not show.
                report.severity(Severity::Hint).help("cite one of the two, and remove the other");
            } else if are_versions(first, entry) {
                // A preprint, a talk or a thesis chapter and what it became: both may be meant.
                let report = report.severity(Severity::Hint);
                match (is_preprint(first), is_preprint(entry)) {
                    (true, false) => report.help(superseded(first, entry)),
                    (false, true) => report.help(superseded(entry, first)),
                    _ => report.help("if one is the preprint of the other, keep the published one"),
                };
            } else {
                report.help("remove one of the two entries");
            }
        }
    }
}

/// Whether a bibliography is shown as a list: it lies where such lists lie, or most of it is the owner's.
fn is_own_list(page: &Page, site: &Site) -> bool {
    let Some(owner) = &site.owner else { return page.path().starts_with("_bibliography/") };
    let family = Name::parse(&owner.name).family_key();
    let lists = |publication: &&Publication| {
        publication.authors.iter().any(|author| Name::parse(&author.name).family_key() == family)
    };
    let own = page.publications.iter().filter(lists).count();
    page.path().starts_with("_bibliography/") || own * 2 > page.publications.len()
}

fn authors_differ(left: &BibEntry, right: &BibEntry) -> bool {
    let first = |entry: &BibEntry| {
        let field = entry.field("author")?;
        let name = field.text.split(" and ").next()?.to_owned();
        Some(Name::parse(&name))
    };
    match (first(left), first(right)) {
        (Some(a), Some(b)) => compare(&a, &b) == Likeness::Different,
        _ => false,
    }
}

fn superseded(preprint: &BibEntry, published: &BibEntry) -> String {
    format!("`{}` is the preprint of `{}`: keep the published one", preprint.key, published.key)
}

/// The fields that hold what names a paper.
const IDENTIFIERS: [&str; 3] = ["arxiv", "eprint", "doi"];

fn share_identifier(left: &BibEntry, right: &BibEntry) -> bool {
    IDENTIFIERS.iter().any(|name| {
        let value = |entry: &BibEntry| entry.field(name).map(|field| field.text.trim().to_lowercase());
        matches!((value(left), value(right)), (Some(a), Some(b)) if a == b && !a.is_empty())
    })
}

/// Whether both carry an identifier of one kind, and not the same.
fn identifiers_differ(left: &BibEntry, right: &BibEntry) -> bool {
    let both = |name: &str| left.field(name).is_some() && right.field(name).is_some();
    IDENTIFIERS.iter().any(|name| both(name)) && !share_identifier(left, right)
}

/// Whether an entry calls itself a preprint.
fn is_preprint(entry: &BibEntry) -> bool {
    ["journal", "booktitle", "howpublished", "abbr", "publisher", "note"].iter().any(|name| {
        entry.field(name).is_some_and(|field| {
            let lower = field.text.to_lowercase();
            ["arxiv", "biorxiv", "medrxiv", "preprint", "corr"]
                .iter()
                .any(|word| lower.split(|c: char| !c.is_alphanumeric()).any(|part| part == *word))
        })
    })
}

/// Whether the two say themselves that they are two publications: another kind, venue or year.
fn are_versions(left: &BibEntry, right: &BibEntry) -> bool {
    let differ = |name: &str| {
        let text = |entry: &BibEntry| entry.field(name).map(|field| title::key(&field.text));
        matches!((text(left), text(right)), (Some(a), Some(b)) if a != b)
    };
    let venue = |entry: &BibEntry| {
        ["journal", "booktitle", "journaltitle", "publisher", "howpublished"]
            .iter()
            .find_map(|name| entry.field(name))
            .map(|field| title::key(&field.text))
    };
    left.kind != right.kind || differ("year") || differ("doi") || venue(left) != venue(right)
}
