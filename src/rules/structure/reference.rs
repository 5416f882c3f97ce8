//! `structure/reference`: reference links without a definition, and definitions without a use.

use crate::diagnostic::Severity;
use crate::markup::{Form, Kind, Node, NodeId};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub(super) struct Reference;

static META: Meta = Meta {
    id: "structure/reference",
    summary: "A reference link without a definition, or a definition that nothing uses",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/reference.md"),
};

impl Rule for Reference {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !matches!(page.format, Format::Markdown(_)) || !cx.site().facts.shows(page.path()) {
            return;
        }
        let mut defined: HashMap<String, Span> = HashMap::new();
        let used = uses(page);
        for definition in &page.doc.definitions {
            if is_comment(page, definition.span, definition.label_span, definition.target_span) {
                continue;
            }
            let label = normal(page.slice(definition.label_span));
            if let Some(first) = defined.get(&label) {
                let message = format!("`[{label}]` is defined twice, and the first one counts");
                let _ = cx
                    .report(page.at(definition.label_span), message)
                    .related(page.at(*first), "first defined here");
                continue;
            }
            defined.insert(label.clone(), definition.label_span);
            if !used.contains(&label) {
                let message =
                    format!("nothing uses the definition `[{label}]`, and a definition does not show");
                let help = "for a link that shows, write `[text](address)` without a colon";
                let _ = cx.report(page.at(definition.label_span), message).help(help);
            }
        }
        if !defined.is_empty() {
            undefined(page, &defined, cx);
        }
    }
}

/// `[//]: # (so it is)` and its like are comments.
fn is_comment(page: &Page, whole: Span, label: Span, target: Span) -> bool {
    let (label, target) = (page.slice(label), page.slice(target));
    !label.chars().any(char::is_alphanumeric)
        || matches!(target, "#" | "" | "<>" | "//")
        || label.to_lowercase().starts_with("comment")
        || page.doc.foreign_in(whole).next().is_some()
}

/// A label as labels are compared.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The labels that the reference links and images of a page name.
fn uses(page: &Page) -> HashSet<String> {
    let mut out = HashSet::new();
    for (_, node) in page.doc.iter() {
        let (Kind::Link(destination) | Kind::Image(destination)) = &node.kind else { continue };
        if destination.form != Form::Reference {
            continue;
        }
        let text = page.slice(node.span);
        // `[text][label]`, `[label][]` or `[label]`: every part may be the label.
        for part in text.split(['[', ']']) {
            out.insert(normal(part));
        }
        out.insert(normal(text.trim_matches(['[', ']', '!'])));
    }
    out
}

/// How many pairs of brackets of one paragraph are looked at.
const MANY: usize = 100;

/// `[text][label]` without its definition, on a page that has definitions.
fn undefined(page: &Page, defined: &HashMap<String, Span>, cx: &mut Context<'_>) {
    static PAIR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[([^\[\]\n]+)\]\[([^\[\]\n]+)\]").expect("a constant pattern"));
    for (id, node) in page.doc.iter() {
        if node.kind != Kind::Paragraph {
            continue;
        }
        for found in PAIR.captures_iter(page.slice(node.span)).take(MANY) {
            let (Some(whole), Some(label)) = (found.get(0), found.get(2)) else { continue };
            let text = label.as_str();
            let is_word = text.chars().any(char::is_alphabetic) && !text.starts_with(['^', '@']);
            let span = Span::at(whole.start(), whole.end()).shift(node.span.start);
            if !is_word || defined.contains_key(&normal(text)) || is_silent(page, id, node, span) {
                continue;
            }
            let message =
                format!("there is no definition of `[{}]`, so that the brackets show", normal(text));
            let _ = cx.report(page.at(span), message);
        }
    }
}

/// Whether a span lies in code, mathematics, HTML or a link.
fn is_silent(page: &Page, id: NodeId, paragraph: &Node, span: Span) -> bool {
    let is_foreign = page.doc.foreign_in(span).next().is_some();
    is_foreign
        || page.doc.nodes.get(id as usize..paragraph.end as usize).unwrap_or_default().iter().any(|node| {
            node.span.overlaps(span)
                && matches!(
                    node.kind,
                    Kind::Code
                        | Kind::CodeBlock
                        | Kind::Math
                        | Kind::HtmlInline
                        | Kind::Link(_)
                        | Kind::Image(_)
                )
        })
}
