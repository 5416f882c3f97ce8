//! `link/malformed`: a link that is broken as it is written.
//!
//! It looks at characters alone; whether a target exists is for other rules to say.

mod syntax;
mod target;

use crate::diagnostic::{Safety, Severity};
use crate::markup::html::Token;
use crate::markup::{Data, Kind, Value, cook};
use crate::model::{Format, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use syntax::{Break, Found};
use target::{Flaw, Place, judge};

static META: Meta = Meta {
    id: "link/malformed",
    summary: "A link that is broken as it is written",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../../rules/link/malformed.md"),
};

/// The rule.
pub(super) struct Malformed;

/// Whether a link's target is broken as it is written, so that no other rule need look for it.
pub(super) fn is_malformed(target: &str) -> bool {
    judge(target, Place::Link).is_some()
}

impl Rule for Malformed {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if let Format::Markdown(dialect) = page.format {
            let silent = Silent::of(page);
            let jump = |at: usize| {
                let at = at as u32;
                page.doc
                    .foreign_in(Span::new(at, at + 1))
                    .find(|(_, span)| span.start == at)
                    .map(|(_, span)| span.end as usize)
            };
            for found in syntax::scan(page.source.text(), dialect, &|at| silent.holds(at as u32), &jump) {
                report(page, found, cx);
            }
            for definition in &page.doc.definitions {
                report_target(page, definition.target_span, Place::Link, cx);
            }
        }
        attributes(page, cx);
        parameters(page, cx);
        if let Some(fields) = &page.data {
            values(page, fields, cx);
        }
        for field in page.bib.entries.iter().flat_map(|entry| &entry.fields) {
            let place = match &*field.name {
                "url" | "html" | "website" => Place::Link,
                "pdf" | "code" | "slides" | "poster" | "video" | "blog" | "link" | "arxiv_url" => {
                    Place::Field
                }
                _ => continue,
            };
            if !page.slice(field.value_span).contains(['\\', ' ']) {
                report_target(page, field.value_span, place, cx);
            }
        }
    }
}

fn report(page: &Page, found: Found, cx: &mut Context<'_>) {
    match found {
        Found::Target(span) => report_target(page, span, Place::Link, cx),
        Found::Broken { how, span, repair } => {
            let mut report = cx.report(page.at(span), how.message());
            if how == Break::Unopened {
                let line = page.source.line_span(page.source.line_index(span.start));
                report = report.related(page.at(Span::new(line.start, span.start)), "its text begins here");
            }
            if let Some((at, text)) = repair {
                report.replace("write it as a link", Safety::Safe, page.at(at), text);
            }
        }
    }
}

/// Judges the target that stands in the bytes `span`.
fn report_target(page: &Page, span: Span, place: Place, cx: &mut Context<'_>) {
    let raw = page.slice(span);
    let cooked = cook(raw, span.start);
    report_flaw(page, span, &cooked.text, place, cx);
}

fn report_flaw(page: &Page, span: Span, target: &str, place: Place, cx: &mut Context<'_>) {
    let Some((flaw, repaired)) = judge(target, place) else { return };
    if flaw == Flaw::NoScheme && cx.site().files.has_file(target) {
        return;
    }
    let exact = page.slice(span) == target && repaired != target;
    let report = cx.report(page.at(span), flaw.message());
    if exact {
        report.replace(format!("write `{repaired}`"), Safety::Safe, page.at(span), repaired);
    }
}

/// The `href` and `src` of HTML elements.
fn attributes(page: &Page, cx: &mut Context<'_>) {
    for (id, _) in page.doc.iter().filter(|(_, node)| !node.wide) {
        for token in page.doc.html(id) {
            let Token::Start(tag) = token else { continue };
            for name in ["href", "src"] {
                let Some(attr) = tag.attr(name) else { continue };
                // Markdown written inside an attribute, or a tag whose quote is missing.
                if attr.value.contains(['\n', '(', '>']) || page.doc.foreign_in(attr.span).next().is_some() {
                    continue;
                }
                report_flaw(page, attr.span, &attr.value, Place::Link, cx);
            }
        }
    }
}

/// The parameters of includes.
fn parameters(page: &Page, cx: &mut Context<'_>) {
    let body = page.doc.front.map_or(0, |front| front.span.end);
    if !page.format.is_page() {
        return;
    }
    for link in page.links.iter().filter(|link| link.span.start >= body) {
        if matches!(link.kind, LinkKind::Field(_)) {
            report_flaw(page, link.target_span, &link.target, Place::Field, cx);
        }
    }
}

/// Addresses among the values of front matter and data.
fn values(page: &Page, fields: &Data, cx: &mut Context<'_>) {
    let is_config = cx.site().facts.config_path.as_deref() == Some(page.path());
    let mut stack = vec![("", 0, fields)];
    while let Some((key, depth, value)) = stack.pop() {
        match &value.value {
            Value::Null => {}
            Value::List(list) => stack.extend(list.iter().rev().map(|each| (key, depth + 1, each))),
            Value::Map(pairs) => {
                stack.extend(pairs.iter().rev().map(|pair| (&*pair.key, depth + 1, &pair.value)));
            }
            Value::Text { text, exact, .. } => {
                let is_site = is_config && depth == 1 && key == "url" && is_bare_host(text);
                if is_site {
                    let span = exact.unwrap_or(value.span);
                    let repaired = format!("https://{text}");
                    let report = cx.report(page.at(span), "the address of the site lacks `https://`");
                    report.replace(format!("write `{repaired}`"), Safety::Safe, page.at(span), repaired);
                    continue;
                }
                if is_address_key(key, depth, is_config) && !text.starts_with(['/', '.', '#']) {
                    let place = if text.contains('@') { Place::Field } else { Place::Link };
                    report_flaw(page, exact.unwrap_or(value.span), text, place, cx);
                    continue;
                }
                let address =
                    text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("ht") || start == "tt");
                let words = text.split_whitespace().count();
                if address && (words == 1 || words == 2 && text.contains("// ")) {
                    report_flaw(page, exact.unwrap_or(value.span), text, Place::Field, cx);
                }
            }
        }
    }
}

/// `ann.example`, whatever it ends in.
fn is_bare_host(text: &str) -> bool {
    text.contains('.')
        && !text.starts_with(['.', '/'])
        && !text.ends_with('.')
        && text.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '.' | '-'))
}

/// Whether a key's value is an address, which no template completes.
fn is_address_key(key: &str, depth: u32, is_config: bool) -> bool {
    let key = key.to_ascii_lowercase();
    match &*key {
        "url" => !is_config || depth == 1,
        "website" | "homepage" | "home-page" | "home_page" => true,
        _ => key.ends_with("_url") || key.starts_with("url_"),
    }
}

/// The bytes in which brackets are no links: code, mathematics, comments, scripts.
struct Silent {
    spans: Vec<Span>,
}

impl Silent {
    fn of(page: &Page) -> Self {
        let mut spans = Vec::new();
        for (id, node) in page.doc.iter() {
            match node.kind {
                Kind::Code | Kind::CodeBlock | Kind::Math | Kind::HtmlInline => spans.push(node.span),
                Kind::HtmlBlock => {
                    let mut code = 0usize;
                    for token in page.doc.html(id) {
                        match token {
                            Token::Start(tag) => {
                                code += usize::from(matches!(&*tag.name, "pre" | "code"));
                                spans.push(tag.span);
                            }
                            Token::End { name, .. } => {
                                if matches!(&**name, "pre" | "code") {
                                    code = code.saturating_sub(1);
                                }
                            }
                            Token::Silent(span) => spans.push(*span),
                            Token::Text(span) if code > 0 => spans.push(*span),
                            Token::Text(_) => {}
                        }
                    }
                }
                _ => {}
            }
        }
        spans.extend(page.doc.foreign.iter().map(|(_, span)| *span));
        spans.sort_by_key(|span| (span.start, span.end));
        // Nested ones would hide those after them from a binary search.
        let mut reach = 0;
        spans.retain(|span| {
            let fresh = span.end > reach;
            reach = reach.max(span.end);
            fresh
        });
        Self { spans }
    }

    fn holds(&self, at: u32) -> bool {
        let index = self.spans.partition_point(|span| span.end <= at);
        self.spans.get(index).is_some_and(|span| span.holds(at))
    }
}
