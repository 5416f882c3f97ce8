//! `structure/entry-outlier`: an entry that is built otherwise than nearly all others of its list.

use crate::diagnostic::Severity;
use crate::markup::Kind;
use crate::model::name::{fold, is_cjk};
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
    // Where nearly all have authors, what has none is no entry.
    let has_authors = |entry: &&&Publication| !entry.authors.is_empty();
    let count = list.iter().filter(has_authors).count();
    let list: Vec<&Publication> = if count * 7 >= list.len() * 6 {
        list.iter().filter(has_authors).copied().collect()
    } else {
        list.to_vec()
    };
    let traits: Vec<Traits> = list.iter().map(|entry| Traits::of(page, entry)).collect();
    let mut faults = Faults(vec![Vec::new(); list.len()]);
    faults.add(outliers(&traits, |each| Some(each.year)), |_| "has no year".to_owned());
    links(&traits, &mut faults);
    titles(&traits, &mut faults);
    if let Some(name) = set_apart(&list) {
        let forgotten = |entry: &Publication| {
            let mut names = entry.authors.iter().map(|author| fold(&author.name));
            names.any(|each| each == name) && entry.authors.iter().all(|author| !author.highlighted)
        };
        let odd: Vec<usize> = (0..list.len()).filter(|at| forgotten(list[*at])).collect();
        if is_rare(odd.len(), list.len()) {
            faults.add(odd, |_| "does not set its author apart".to_owned());
        }
    }
    list.into_iter().zip(faults.0).filter(|(_, faults)| !faults.is_empty()).collect()
}

/// What is said of each entry of a list.
struct Faults(Vec<Vec<String>>);

impl Faults {
    fn add(&mut self, odd: impl IntoIterator<Item = usize>, words: impl Fn(usize) -> String) {
        for at in odd {
            self.0[at].push(words(at));
        }
    }
}

/// Labels of links to the paper itself, which every entry may have; not all papers have code, or slides.
const TEXTS: &[&str] = &["paper", "pdf", "bib", "bibtex", "arxiv", "doi", "link", "url", "cite"];

fn links(traits: &[Traits], faults: &mut Faults) {
    let without = outliers(traits, |each| Some(each.linked));
    let mut missing: Vec<Vec<&str>> = vec![Vec::new(); traits.len()];
    for label in traits.iter().flat_map(|each| &each.labels).collect::<BTreeSet<_>>() {
        for at in outliers(traits, |each| Some(each.labels.contains(label))) {
            missing[at].push(label);
        }
    }
    let lacks = |at: &usize| {
        let labels = &missing[*at];
        !without.contains(at) && (labels.len() > 1 || labels.iter().any(|label| TEXTS.contains(label)))
    };
    faults.add((0..traits.len()).filter(lacks), |at| format!("has no link `{}`", missing[at].join("`, `")));
    faults.add(without, |_| "has no link".to_owned());
}

fn titles(traits: &[Traits], faults: &mut Faults) {
    let turned: BTreeSet<usize> = [true, false]
        .iter()
        .flat_map(|first| outliers(traits, |each| Some(each.authors_first? == *first)))
        .collect();
    for (dress, words) in [("**", "bold"), ("*", "italics"), ("\"", "quotes")] {
        if traits.iter().filter(|each| each.dress == Some(dress)).count() * 7 < traits.len() * 6 {
            continue;
        }
        let plain: BTreeSet<usize> =
            outliers(traits, |each| Some(each.dress? == dress)).into_iter().collect();
        // Where both are otherwise, something else was taken for the title.
        faults.add(&plain - &turned, |_| format!("has no title in {words}"));
        faults.add(&turned - &plain, |at| match traits[at].authors_first {
            Some(true) => "has its authors before its title".to_owned(),
            _ => "has its title before its authors".to_owned(),
        });
    }
    let bare = outliers(traits, |each| Some(each.behind?.sign.is_none()));
    let signed = |at: &usize| traits[*at].behind.is_some_and(|behind| behind.ends_line);
    faults.add(bare.into_iter().filter(signed), |at| {
        let sign = traits[at].behind.and_then(|behind| behind.sign).unwrap_or('.');
        format!("has a `{sign}` behind its title")
    });
    for sign in ['.', ','] {
        let other = outliers(traits, |each| Some(each.behind?.sign == Some(sign)));
        // At the end of a line nothing need part it from what follows.
        let lacks =
            |at: &usize| traits[*at].behind.is_some_and(|behind| behind.sign.is_none() && !behind.ends_line);
        faults.add(other.into_iter().filter(lacks), |_| format!("has no `{sign}` behind its title"));
    }
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
    /// A link stands in it.
    linked: bool,
    /// What its links are called, those of authors and pictures left out.
    labels: BTreeSet<String>,
    /// How its title is set: `**`, `*`, `"` or not at all; unknown without authors, where a title is
    /// less sure.
    dress: Option<&'static str>,
    /// Whether the authors stand before the title.
    authors_first: Option<bool>,
    /// What stands behind the title; unknown behind a question mark.
    behind: Option<Behind>,
}

/// What stands behind a title.
#[derive(Clone, Copy)]
struct Behind {
    /// A full stop or a comma.
    sign: Option<char>,
    /// Nothing else stands on its line.
    ends_line: bool,
}

impl Traits {
    fn of(page: &Page, entry: &Publication) -> Self {
        let text = page.slice(entry.span);
        let links = entry.links.iter().filter_map(|link| page.links.get(*link as usize));
        let labels = links
            .filter(|link| link.kind != LinkKind::Image && !is_picture(&link.kind))
            .filter(|link| !entry.authors.iter().any(|author| link.span.contains(author.span)))
            .map(|link| fold(link.text.trim_matches(['[', ']', '(', ')', ' '])))
            .filter(|label| !label.is_empty())
            .collect();
        let is_sure = !entry.authors.is_empty();
        let title = entry.title.as_ref().filter(|_| is_sure);
        Self {
            year: entry.year.is_some() || has_year(text),
            linked: !entry.links.is_empty() || text.contains("]("),
            labels,
            dress: title.map(|title| dress(page, title.span.start)),
            authors_first: title.and_then(|title| Some(entry.authors.first()?.span.start < title.span.start)),
            behind: title.and_then(|title| behind(page, title.span)),
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
fn behind(page: &Page, title: Span) -> Option<Behind> {
    let line = page.source.line_span(page.source.line_index(title.end));
    let before = page.slice(title).trim_end();
    // What holds a full stop may be more than the title; other scripts have signs of their own.
    if before.ends_with(['?', '!']) || before.contains(". ") || before.chars().any(is_cjk) {
        return None;
    }
    let mut rest = page.slice(Span::new(title.end, line.end));
    let mut sign = before.chars().next_back().filter(|last| matches!(last, '.' | ','));
    loop {
        rest = rest.trim_start_matches(['*', '_', '"', '”', '“', '\'', '’', ' ']);
        if let Some(target) = rest.strip_prefix("](") {
            rest = behind_bracket(target);
        } else if let Some(more) = rest.strip_prefix([']', '.', ',']) {
            sign = sign.or_else(|| rest.chars().next().filter(|c| *c != ']'));
            rest = more;
        } else {
            break;
        }
    }
    let ends_line = rest.trim_end_matches(['\\', ' ']).is_empty() || rest.starts_with("<br");
    let is_told = ends_line || !rest.starts_with(['?', '!', '<', '{']);
    is_told.then_some(Behind { sign, ends_line })
}

/// What follows the bracket that closes a link's target.
fn behind_bracket(target: &str) -> &str {
    let mut depth = 1_u32;
    let end = target.find(|c| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth - 1,
            _ => depth,
        };
        depth == 0
    });
    end.and_then(|end| target.get(end + 1..)).unwrap_or_default()
}
