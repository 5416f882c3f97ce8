//! `structure/entry-outlier`: an entry that is built otherwise than nearly all others of its list.

use crate::diagnostic::Severity;
use crate::markup::Kind;
use crate::model::name::fold;
use crate::model::{LinkKind, Page, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

static META: Meta = Meta {
    id: "structure/entry-outlier",
    summary: "An entry that is built otherwise than nearly all others of its list",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/entry-outlier.md"),
};

/// The rule.
pub(super) struct EntryOutlier;

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
            for (entry, faults) in faults(page, list) {
                let Some(title) = &entry.title else { continue };
                let message = format!("unlike the entries around it, this one {}", faults.join(", and "));
                cx.report(page.at(title.span), message)
                    .help("write them all in one way, or add what is missing");
            }
        }
    }
}

/// What sets entries apart from the others of their list, by entry.
fn faults<'a>(page: &Page, list: &[&'a Publication]) -> Vec<(&'a Publication, Vec<String>)> {
    let traits: Vec<Traits> = list.iter().map(|entry| Traits::of(page, entry)).collect();
    let mut faults: Vec<Vec<String>> = vec![Vec::new(); list.len()];
    let mut add = |odd: Vec<usize>, words: &dyn Fn(usize) -> String| {
        for at in odd {
            faults[at].push(words(at));
        }
    };
    add(outliers(&traits, |each| Some(each.year)), &|_| "has no year".to_owned());
    let without = outliers(&traits, |each| Some(!each.labels.is_empty()));
    add(without.clone(), &|_| "has no link".to_owned());
    for label in traits.iter().flat_map(|each| &each.labels).collect::<BTreeSet<_>>() {
        let lacking = outliers(&traits, |each| Some(each.labels.contains(label)));
        let lacking = lacking.into_iter().filter(|at| !without.contains(at)).collect();
        add(lacking, &|_| format!("has no link `{label}`"));
    }
    for (dress, words) in [("**", "bold"), ("*", "italics"), ("\"", "quotes")] {
        add(outliers(&traits, |each| Some(each.dress? == dress)), &|_| format!("has no title in {words}"));
    }
    let order = |first: bool| outliers(&traits, move |each| Some(each.authors_first? == first));
    add(order(true), &|_| "has its title before its authors".to_owned());
    add(order(false), &|_| "has its authors before its title".to_owned());
    for sign in [Some('.'), Some(','), None] {
        add(outliers(&traits, |each| Some(each.behind? == sign)), &|at| match (
            sign,
            traits[at].behind.flatten(),
        ) {
            (Some(sign), _) => format!("has no `{sign}` behind its title"),
            (None, Some(other)) => format!("has a `{other}` behind its title"),
            (None, None) => "ends its title otherwise".to_owned(),
        });
    }
    if let Some(name) = set_apart(list) {
        let forgotten = |entry: &Publication| {
            let names = || entry.authors.iter().map(|author| fold(&author.name));
            names().any(|each| each == name) && entry.authors.iter().all(|author| !author.highlighted)
        };
        let odd: Vec<usize> = (0..list.len()).filter(|at| forgotten(list[*at])).collect();
        if is_rare(odd.len(), list.len()) {
            add(odd, &|_| "does not set its author apart".to_owned());
        }
    }
    list.iter().copied().zip(faults).filter(|(_, faults)| !faults.is_empty()).collect()
}

/// The entries that lack what nearly all others have; entries of which it cannot be told do not count.
fn outliers(traits: &[Traits], has: impl Fn(&Traits) -> Option<bool>) -> Vec<usize> {
    let told: Vec<(usize, bool)> =
        traits.iter().enumerate().filter_map(|(at, each)| Some((at, has(each)?))).collect();
    let odd: Vec<usize> = told.iter().filter(|(_, has)| !has).map(|(at, _)| *at).collect();
    if is_rare(odd.len(), told.len()) { odd } else { Vec::new() }
}

/// Of seven entries at most one may differ, or there are two kinds of entries.
fn is_rare(odd: usize, all: usize) -> bool {
    all >= SIBLINGS && odd * 7 <= all.max(7)
}

/// The name that nearly all entries set apart.
fn set_apart(list: &[&Publication]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for author in list.iter().flat_map(|entry| &entry.authors).filter(|author| author.highlighted) {
        *counts.entry(fold(&author.name)).or_default() += 1;
    }
    let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    is_rare(list.len().saturating_sub(count), list.len()).then_some(name)
}

/// How an entry is built.
struct Traits {
    /// A year stands somewhere in it.
    year: bool,
    /// What its links are called, those of authors and pictures left out.
    labels: BTreeSet<String>,
    /// How its title is set: `**`, `*`, `"` or not at all; unknown without authors, where a title is
    /// less sure.
    dress: Option<&'static str>,
    /// Whether the authors stand before the title.
    authors_first: Option<bool>,
    /// The full stop or comma behind the title; unknown behind a question mark.
    behind: Option<Option<char>>,
}

impl Traits {
    fn of(page: &Page, entry: &Publication) -> Self {
        let text = page.slice(entry.span);
        let links = entry.links.iter().filter_map(|link| page.links.get(*link as usize));
        let labels = links
            .filter(|link| link.kind != LinkKind::Image && !is_picture(&link.kind))
            .filter(|link| !entry.authors.iter().any(|author| link.span.contains(author.span)))
            .map(|link| fold(link.text.trim_matches(['[', ']', '(', ')', ' '])))
            .map(|label| if label.len() <= 16 { label } else { String::new() })
            .collect();
        let is_sure = !entry.authors.is_empty();
        let title = entry.title.as_ref().filter(|_| is_sure);
        Self {
            year: entry.year.is_some() || has_year(text),
            labels,
            dress: title.map(|title| dress(page, title.span.start)),
            authors_first: title.and_then(|title| Some(entry.authors.first()?.span.start < title.span.start)),
            behind: title.and_then(|title| behind(page, title.span.end)),
        }
    }
}

fn is_picture(kind: &LinkKind) -> bool {
    matches!(kind, LinkKind::Html(element, _) if &**element == "img")
}

/// Whether four digits look like a year, wherever they stand.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| {
        four.iter().all(u8::is_ascii_digit) && (four.starts_with(b"19") || four.starts_with(b"20"))
    }) || text.contains('{')
}

/// What encloses a place in the tree, or the quote before it.
fn dress(page: &Page, at: u32) -> &'static str {
    let around = |kind: &Kind| page.doc.nodes.iter().any(|node| node.kind == *kind && node.span.holds(at));
    let line = page.source.line_span(page.source.line_index(at));
    let before = page.slice(Span::new(line.start, at)).trim_end_matches(['*', '_', '[', ' ']);
    if before.ends_with(['"', '“', '”']) {
        "\""
    } else if around(&Kind::Strong) {
        "**"
    } else if around(&Kind::Emph) {
        "*"
    } else {
        ""
    }
}

/// The full stop or comma behind a title, past the end of its link, emphasis or quotes.
fn behind(page: &Page, end: u32) -> Option<Option<char>> {
    let line = page.source.line_span(page.source.line_index(end));
    let before = page.slice(Span::new(line.start, end)).trim_end();
    if before.ends_with(['?', '!']) {
        return None;
    }
    if before.ends_with(['.', ',']) {
        return Some(before.chars().next_back());
    }
    let mut rest = page.slice(Span::new(end, line.end));
    loop {
        rest = rest.trim_start_matches(['*', '_', '"', '”', '“', '\'', '’', ' ']);
        if let Some(target) = rest.strip_prefix("](") {
            rest = target.split_once(')').map_or("", |(_, rest)| rest);
        } else if let Some(more) = rest.strip_prefix(']') {
            rest = more;
        } else {
            break;
        }
    }
    match rest.chars().next() {
        _ if rest.starts_with("<br") => Some(None),
        Some('?' | '!' | '<' | '{') => None,
        Some(sign @ ('.' | ',')) => Some(Some(sign)),
        _ => Some(None),
    }
}
