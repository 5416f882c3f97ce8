//! author/list-punctuation

use crate::diagnostic::{Safety, Severity};
use crate::model::name::fold_letters;
use crate::model::{Author, Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "author/list-punctuation",
    summary: "The separators of an author list are doubled or missing",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/list-punctuation.md"),
};

/// Separators between authors that are doubled, missing or misplaced.
pub(super) struct ListPunctuation;

impl Rule for ListPunctuation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut known: HashMap<String, u32> = HashMap::new();
        for author in cx.site().publications().flat_map(|(_, publication)| &publication.authors) {
            let words = author.name.split_whitespace().count();
            if (2..=3).contains(&words) && !author.name.contains(',') {
                *known.entry(fold_letters(&author.name)).or_default() += 1;
            }
        }
        for (page, publication) in cx.site().publications().filter(|(page, _)| page.format != Format::Bibtex)
        {
            for pair in publication.authors.windows(2) {
                gap(page, &pair[0], &pair[1], cx);
                split_name(page, &pair[0], &pair[1], &known, cx);
            }
        }
    }
}

/// Judges what stands between two authors.
fn gap(page: &Page, left: &Author, right: &Author, cx: &mut Context<'_>) {
    static DOUBLED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s*_]*(?:(?P<comma>,[ \t]*,[,\s]*)|,?\s*(?P<and>\band[ \t]+and)[ \t]+)$")
            .expect("a constant pattern")
    });
    let between = Span::new(left.span.end, right.span.start.max(left.span.end));
    let text = page.slice(between);
    if between.len() > 40 || !text.contains("and") && text.matches(',').take(2).count() < 2 {
        return;
    }
    let Some(found) = DOUBLED.captures(text) else { return };
    let (group, right_text) = match (found.name("comma"), found.name("and")) {
        (Some(comma), _) => (comma, ","),
        (_, Some(and)) => (and, "and"),
        _ => return,
    };
    let inner = group.as_str().trim();
    let place = page.at(Span::at(group.start(), group.start() + inner.len()).shift(between.start));
    cx.report(place, "a separator between two authors stands twice").replace(
        "keep one",
        Safety::Safe,
        place,
        right_text,
    );
}

/// A known name cut in two by a comma: `Rosa, Lindqvist`.
fn split_name(
    page: &Page,
    left: &Author,
    right: &Author,
    known: &HashMap<String, u32>,
    cx: &mut Context<'_>,
) {
    let single = |author: &Author| {
        author.name.chars().count() > 2 && !author.name.contains([' ', '.', ',']) && author.marks.is_empty()
    };
    let between = Span::new(left.span.end, right.span.start.max(left.span.end));
    if !single(left) || page.slice(between).trim() != "," {
        return;
    }
    let joined = format!("{}{}", fold_letters(&left.name), fold_letters(&right.name));
    if single(right) && known.get(&joined).is_some_and(|count| *count > 1) {
        let place = page.at(left.span.cover(right.span));
        let message = format!("a comma parts the name `{} {}`", left.name, right.name);
        let edit = page.at(between);
        cx.report(place, message).replace("take the comma out", Safety::Ask, edit, " ");
    }
}
