//! Liquid tags that lack a brace or a quote.

use super::Found;
use crate::markup::{Foreign, Kind};
use crate::model::Page;
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static NO_BRACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(%-?[ \t]*(?:include|include_relative|if|for|endif|endfor|assign|link|post_url)\b[^%\n{]*%\})")
        .expect("a constant pattern")
});

pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    let text = page.source.text();
    if !text.contains("%}") {
        return;
    }
    for captures in NO_BRACE.captures_iter(text) {
        let Some(tag) = captures.get(1) else { continue };
        let span = Span::at(tag.start(), tag.end());
        if in_code(page, span) {
            continue;
        }
        found.push(Found {
            span: Span::new(span.start, span.start + 1),
            message: "this Liquid tag lacks its opening brace".to_owned(),
            help: "it shows on the page as it is: write `{%`",
            edits: vec![(Span::new(span.start, span.start), "{".to_owned())],
        });
    }
    for (kind, span) in &page.doc.foreign {
        let tag = page.slice(*span);
        let name = tag.trim_start_matches(['{', '%', '-', ' ', '\n', '\r', '\t']);
        if *kind != Foreign::LiquidTag || !name.starts_with("include") || tag.len() > 4_000 {
            continue;
        }
        if let Some(at) = tag.find("\\\"").filter(|at| ends_value(tag, at + 2)) {
            let start = span.start + at as u32;
            found.push(Found {
                span: Span::new(start, start + 2),
                message: "a backslash before the quote that should close the value".to_owned(),
                help: "take the backslash out",
                edits: vec![(Span::new(start, start + 1), String::new())],
            });
        } else if tag.matches('"').count() % 2 == 1
            && let Some(at) = tag.rfind('"')
        {
            let body = tag.trim_end_matches("%}").trim_end_matches('-').trim_end();
            let end = span.start + body.len() as u32;
            let start = span.start + at as u32;
            // The value ends with the tag only where nothing else is given behind it.
            let edits =
                if body.get(at + 1..).is_some_and(|value| !value.contains('=') || value.contains("=="))
                    && tag.get(..at).is_some_and(|before| before.trim_end().ends_with('='))
                {
                    vec![(Span::new(end, end), "\"".to_owned())]
                } else {
                    Vec::new()
                };
            found.push(Found {
                span: Span::new(start, end.max(start + 1)),
                message: "this quote is never closed".to_owned(),
                help: "close it before the end of the tag",
                edits,
            });
        }
    }
}

/// Whether a value could end at a byte: blanks, the next line or the end of the tag follow.
fn ends_value(tag: &str, at: usize) -> bool {
    tag.get(at..)
        .is_some_and(|rest| rest.starts_with(['\n', '\r', ' ']) && rest.matches('"').count() % 2 == 0)
}

fn in_code(page: &Page, span: Span) -> bool {
    page.doc
        .nodes
        .iter()
        .any(|node| matches!(node.kind, Kind::CodeBlock | Kind::Code) && node.span.overlaps(span))
        || page.flow.is_hidden(span)
        || page.doc.front.is_some_and(|front| front.span.overlaps(span))
}
