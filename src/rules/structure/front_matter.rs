//! `structure/front-matter`: front matter or data that does not parse, or that contradicts itself.

use crate::diagnostic::Severity;
use crate::markup::{Data, Pair, Value};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::HashMap;

static META: Meta = Meta {
    id: "structure/front-matter",
    summary: "Front matter or data that does not parse, or that contradicts itself",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/front-matter.md"),
};

/// The rule.
pub(super) struct FrontMatter;

impl Rule for FrontMatter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format == Format::Bibtex {
            return;
        }
        for problem in &page.problems {
            let what = if page.format.is_page() { "the front matter" } else { "the file" };
            let place = page.at(visible(page, problem.span));
            cx.report(place, format!("{what} does not parse: {}", problem.message))
                .help("the generator stops at it, or leaves out all that it says");
        }
        unclosed(page, cx);
        let Some(data) = &page.data else { return };
        doubled(page, data, cx);
        if page.format.is_page() {
            date(page, data, cx);
            notes(page, data, cx);
        }
    }
}

/// The place where a parser gave up, widened to something that can be seen.
fn visible(page: &Page, span: Span) -> Span {
    if !page.slice(span).trim().is_empty() {
        return span;
    }
    let source = &page.source;
    let mut index = source.line_index(span.start);
    // A parser notices at the next line what is wrong with this one.
    // A value that is still open at the end of the block was opened above.
    let is_end = page.doc.front.is_some_and(|front| span.start >= front.content.end);
    if is_end {
        index = index.saturating_sub(1);
    }
    while index > 0 && page.slice(source.line_span(index)).trim().is_empty() {
        index -= 1;
    }
    let line = source.line_span(index);
    let indent = page.slice(line).len() - page.slice(line).trim_start().len();
    Span::new(line.start + indent as u32, line.end)
}

/// A block that begins with `---` and keys, and never ends.
fn unclosed(page: &Page, cx: &mut Context<'_>) {
    if page.doc.front.is_some() || !page.format.is_page() {
        return;
    }
    let mut lines = page.source.text().lines();
    if lines.next().is_none_or(|line| line.trim_end() != "---") {
        return;
    }
    let is_key = |line: &str| {
        line.split_once(':').is_some_and(|(key, _)| {
            matches!(key, "layout" | "title" | "permalink" | "author" | "date" | "redirect_from")
        })
    };
    if lines.take(3).any(is_key) {
        cx.report(page.at(page.source.line_span(0)), "the front matter is never closed")
            .help("close it by a line `---`: all of it shows on the page");
    }
}

/// A key that stands twice in one mapping, of which one value is lost.
fn doubled(page: &Page, data: &Data, cx: &mut Context<'_>) {
    let mut stack = vec![data];
    while let Some(value) = stack.pop() {
        match &value.value {
            Value::List(list) => stack.extend(list),
            Value::Map(pairs) => {
                twice(page, pairs, cx);
                stack.extend(pairs.iter().map(|pair| &pair.value));
            }
            _ => {}
        }
    }
}

fn twice(page: &Page, pairs: &[Pair], cx: &mut Context<'_>) {
    let mut seen: HashMap<&str, &Pair> = HashMap::new();
    for pair in pairs {
        if pair.key.starts_with("<!--") {
            let _ = cx
                .report(page.at(pair.key_span), "an HTML comment is a key here")
                .severity(Severity::Warning)
                .help("write `#` before what should not count");
        }
        let Some(first) = seen.insert(&pair.key, pair) else { continue };
        // The same said twice does no harm, and merged mappings repeat their key.
        if first.value.value == pair.value.value || &*pair.key == "<<" || pair.key_span == first.key_span {
            continue;
        }
        let _ = cx
            .report(page.at(pair.key_span), format!("`{}` stands twice", pair.key))
            .related(page.at(first.key_span), "the first, whose value is lost")
            .severity(Severity::Warning)
            .help("take one of the two out");
    }
}

/// A date that no calendar has.
fn date(page: &Page, data: &Data, cx: &mut Context<'_>) {
    let Some(value) = data.get("date") else { return };
    let Some(text) = value.text() else { return };
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split('-').collect();
    let [year, month, day] = parts[..] else { return };
    let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse::<i8>()) else { return };
    if (1000..=9999).contains(&year) && jiff::civil::Date::new(year, month, day).is_err() {
        cx.report(page.at(value.text_span()), format!("`{text}` is no date"))
            .help("the generator stops at it, or leaves the page out");
    }
}

/// HugoBlox numbers `author_notes` by `authors`.
fn notes(page: &Page, data: &Data, cx: &mut Context<'_>) {
    let (Some(authors), Some(notes)) = (data.get("authors"), data.get("author_notes")) else { return };
    let (authors, count) = (authors.list().len(), notes.list().len());
    if authors == 0 || count == 0 || authors == count {
        return;
    }
    let key = data.pairs().iter().find(|pair| &*pair.key == "author_notes");
    let Some(key) = key else { return };
    // Too few may be meant: the first authors alone have notes.
    let severity = if count > authors { Severity::Warning } else { Severity::Hint };
    let _ = cx
        .report(page.at(key.key_span), format!("{count} notes for {authors} authors"))
        .severity(severity)
        .help("a note belongs to the author of its number; give an empty one where there is none");
}
