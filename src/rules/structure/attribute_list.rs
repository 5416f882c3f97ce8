//! `structure/attribute-list`: attributes that do nothing, or that show on the page.

use crate::diagnostic::{Safety, Severity};
use crate::markup::{Dialect, Foreign, Kind};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "structure/attribute-list",
    summary: "An attribute list that is quoted wrongly, stands apart, or is shown as text",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/attribute-list.md"),
};

/// The rule.
pub(super) struct AttributeList;

static LIST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\)(\{:[^{}\n]*\})").expect("a constant pattern"));

impl Rule for AttributeList {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        match page.format {
            Format::Markdown(Dialect::Kramdown) => kramdown(page, cx),
            Format::Markdown(_) => elsewhere(page, cx),
            _ => {}
        }
    }
}

/// Curly quotes, which are no quotes here.
fn kramdown(page: &Page, cx: &mut Context<'_>) {
    for (kind, span) in &page.doc.foreign {
        let list = page.slice(*span);
        if *kind != Foreign::AttributeList
            || page.flow.is_hidden(*span) && !list.contains(['“', '”', '‘', '’'])
        {
            continue;
        }
        if list.contains(['“', '”']) && list.contains('=') {
            let straight = list.replace(['“', '”'], "\"");
            let place = page.at(*span);
            let _ = cx
                .report(place, "curly quotes quote nothing in an attribute list")
                .help("write straight ones")
                .replace("Write straight quotes", Safety::Safe, place, straight);
        } else if is_apart(page, *span) {
            cx.report(page.at(*span), "a blank parts these attributes from what they are meant for")
                .severity(Severity::Hint)
                .help("take the blank out: they do nothing there");
        }
    }
}

/// Whether a list stands behind a blank and before more text of the line.
fn is_apart(page: &Page, span: Span) -> bool {
    let text = page.source.text();
    let before = text.get(..span.start as usize).unwrap_or_default();
    before.ends_with(") ") && page.slice(span).contains("target")
}

/// Other renderers than kramdown show the list behind a link as text.
fn elsewhere(page: &Page, cx: &mut Context<'_>) {
    if !page.source.text().contains("){:") {
        return;
    }
    let links: Vec<u32> = page
        .doc
        .nodes
        .iter()
        .filter(|node| matches!(node.kind, Kind::Link(_) | Kind::Image(_)) && !node.wide)
        .map(|node| node.span.end)
        .collect();
    for captures in LIST.captures_iter(page.source.text()) {
        let Some(list) = captures.get(1) else { continue };
        if links.binary_search(&(list.start() as u32)).is_err() {
            continue;
        }
        let place = page.at(Span::at(list.start(), list.end()));
        let _ = cx
            .report(place, "this attribute list is shown as text")
            .help("only kramdown reads it; take it out")
            .replace("Take it out", Safety::Safe, place, "");
    }
}
