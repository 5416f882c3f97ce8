//! duplicate/publication

use crate::diagnostic::Severity;
use crate::markup::Dialect;
use crate::model::{Format, IdentifierKind, Page, Publication, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "duplicate/publication",
    summary: "The same paper stands twice in one list",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/duplicate/publication.md"),
};

/// The same paper twice on one page: the same identifier under one title, or the same title.
pub(super) struct DuplicatePublication;

/// Words of headings that announce a choice from a longer list.
const SELECTION: &[&str] =
    &["selected", "featured", "recent", "representative", "highlight", "best", "key", "精选", "代表"];

/// Words of headings and files of what a paper may be besides: a talk on it, the thesis or manuscript it was.
const BESIDES: &[&str] = &[
    "talk",
    "presentation",
    "poster",
    "seminar",
    "invited",
    "thesis",
    "theses",
    "dissertation",
    "working paper",
    "manuscript",
    "under review",
    "submitted",
    "in preparation",
    "报告",
    "学位",
];

/// Words of a page's name that part its papers by what they are about: one may belong under two heads.
const SUBJECTS: &[&str] = &["topic", "subject", "theme", "categor", "by-area", "by_area"];

impl Rule for DuplicatePublication {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format == Format::Bibtex {
            return;
        }
        let mut seen: BTreeMap<String, &Publication> = BTreeMap::new();
        let mut holders: BTreeMap<(IdentifierKind, &str), &Publication> = BTreeMap::new();
        let mut pairs: Vec<(&Publication, &Publication)> = Vec::new();
        for publication in &page.publications {
            let Some(spot) = publication
                .title
                .as_ref()
                .filter(|spot| title::is_telling(&spot.text) && !spot.text.contains("{%"))
            else {
                continue;
            };
            let key = title::key(&spot.text);
            let carried = publication.identifiers.iter().find_map(|each| {
                let first = holders.get(&(each.kind, &*each.value))?;
                is_one_title(&key, &title::key(&first.title.as_ref()?.text)).then_some(*first)
            });
            if let Some(first) = seen.get(&key).copied().or(carried) {
                pairs.push((first, publication));
                continue;
            }
            for each in &publication.identifiers {
                holders.entry((each.kind, &*each.value)).or_insert(publication);
            }
            seen.insert(key, publication);
        }
        pairs.retain(|(first, second)| {
            (first.list == second.list || (!is_selection(first) && !is_selection(second)))
                && !first.span.overlaps(second.span)
                && in_front(page, first) == in_front(page, second)
        });
        let sizes = sizes(page);
        let mut across: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for (first, second) in &pairs {
            if first.list != second.list {
                *across.entry((first.list, second.list)).or_default() += 1;
            }
        }
        let repeated: usize = across.values().sum();
        // Many papers under several headings each: the page is ordered by subject, and means it.
        let by_subject = across.len() > 2 && repeated * 8 > page.publications.len();
        for (first, second) in pairs {
            if first.list != second.list {
                let count = across[&(first.list, second.list)];
                let smaller = sizes[&first.list].min(sizes[&second.list]);
                let deliberate = count > 2 && count * 2 >= smaller;
                let besides = is_besides(page, first) != is_besides(page, second);
                if deliberate || by_subject || besides || !page.format.is_page() {
                    continue;
                }
            }
            // One talk is given at many places.
            let differ = differ(first, second);
            if differ && is_besides(page, first) {
                continue;
            }
            // A list by subjects may file a paper under two of its heads.
            let filed_twice = first.list != second.list
                && (page.format == Format::Markdown(Dialect::Github) || names(page.path(), SUBJECTS));
            report(page, first, second, (differ, filed_twice), cx);
        }
    }
}

/// Whether two titles on one identifier are spellings of one: a slip apart, or one with something before
/// or behind it.
fn is_one_title(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let close = long.len() - short.len() <= 3 && strsim::osa_distance(short, long) <= 3;
    close || (long.contains(short) && short.len() * 2 >= long.len())
}

/// How many entries each list of a page has.
fn sizes(page: &Page) -> BTreeMap<u32, usize> {
    let mut sizes = BTreeMap::new();
    for publication in &page.publications {
        *sizes.entry(publication.list).or_default() += 1;
    }
    sizes
}

/// Whether an entry is what the front matter says; the text below cites the same paper.
fn in_front(page: &Page, publication: &Publication) -> bool {
    page.doc.front.is_some_and(|front| front.span.contains(publication.span))
}

/// Whether an entry stands under a heading such as "Selected publications".
pub(in crate::rules) fn is_selection(publication: &Publication) -> bool {
    publication.heading.as_ref().is_some_and(|heading| names(&heading.text, SELECTION))
}

/// Whether an entry stands among talks, theses or manuscripts.
fn is_besides(page: &Page, publication: &Publication) -> bool {
    let heading = publication.heading.as_ref().map_or("", |heading| &*heading.text);
    names(heading, BESIDES) || (!page.format.is_page() && names(page.path(), BESIDES))
}

fn names(text: &str, words: &[&str]) -> bool {
    let lower = text.to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

/// Whether two entries say that they are two versions: of two years, venues or identifiers.
fn differ(first: &Publication, second: &Publication) -> bool {
    let years = (first.year.map(|(year, _)| year), second.year.map(|(year, _)| year));
    matches!(years, (Some(a), Some(b)) if a != b)
        || venues_differ(first, second)
        || identifiers_differ(first, second)
}

fn report(
    page: &Page,
    first: &Publication,
    second: &Publication,
    (differ, filed_twice): (bool, bool),
    cx: &mut Context<'_>,
) {
    let (Some(title), Some(before)) = (&second.title, &first.title) else { return };
    let line = page.source.position(before.span.start).line;
    let message = format!("this paper is listed already in line {line}");
    let report = cx
        .report(page.at(title.span), message)
        .related(page.at(before.span), "first listed here")
        .related(page.at(first.span), "the first entry")
        .related(page.at(second.span), "the entry that repeats it");
    let report = if filed_twice { report.severity(Severity::Hint) } else { report };
    if differ {
        // A preprint and what it became: two entries may be meant.
        report.severity(Severity::Hint).help(
            "two venues or years: if one is the preprint of the other, say so, or keep the published one",
        );
    } else {
        report.help("remove one of the two entries");
    }
}

/// Whether both carry an identifier of one kind and not the same: versions, or files of one data set.
fn identifiers_differ(first: &Publication, second: &Publication) -> bool {
    first.identifiers.iter().filter(|one| one.kind != IdentifierKind::GitHub).any(|one| {
        let mut same_kind = second.identifiers.iter().filter(|other| other.kind == one.kind).peekable();
        same_kind.peek().is_some() && same_kind.all(|other| other.value != one.value)
    })
}

fn venues_differ(first: &Publication, second: &Publication) -> bool {
    let key = |publication: &Publication| publication.venue.as_ref().map(|venue| title::key(&venue.text));
    matches!((key(first), key(second)), (Some(a), Some(b)) if a != b)
}
