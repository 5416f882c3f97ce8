//! HTML tags that do not pair up, and quotes in tags.

use super::Found;
use crate::markup::Foreign;
use crate::markup::html::Tag;
use crate::model::Page;
use crate::rules::structure::walk::{Piece, pieces};
use crate::text::Span;
use std::collections::HashMap;

pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    let is_part = page.path().contains("includes/");
    // Tags in the branches of a template need not pair up in the text.
    let branches = page.doc.foreign.iter().any(|(kind, span)| {
        let tag = page.slice(*span).trim_start_matches(['{', '%', '-', ' ', '\n', '\r', '\t']);
        *kind == Foreign::LiquidTag
            && ["if", "else", "elsif", "unless", "case", "capture", "for"]
                .iter()
                .any(|name| tag.starts_with(name))
    });
    let mut open: HashMap<&str, Vec<Span>> = HashMap::new();
    for (piece, _) in pieces(page) {
        match piece {
            Piece::Start(tag) => {
                quotes(page, tag, found);
                if is_paired(&tag.name) && !tag.self_closing {
                    let before = open.entry(&tag.name).or_default();
                    if let Some(first) = before.last().copied()
                        && is_meant_as_end(page, first, tag)
                        && !branches
                    {
                        found.push(Found {
                            span: tag.span,
                            message: format!("`<{0}>` opens once more where `</{0}>` was meant", tag.name),
                            help: "add the slash",
                            edits: vec![(tag.span, format!("</{}>", tag.name))],
                        });
                        before.pop();
                        continue;
                    }
                    before.push(tag.span);
                }
            }
            Piece::End { name, span } if is_paired(name) => {
                let before = open.entry(name).or_default();
                if before.pop().is_none() && !branches && !is_part {
                    found.push(Found {
                        span,
                        message: format!("`</{name}>` closes what nothing opens"),
                        help: "take it out, or open it before",
                        edits: Vec::new(),
                    });
                }
            }
            _ => {}
        }
    }
}

/// Elements that must be closed, and that are never nested in themselves.
fn is_paired(name: &str) -> bool {
    matches!(
        name,
        "a" | "strong"
            | "b"
            | "em"
            | "i"
            | "u"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "sup"
            | "sub"
            | "ins"
    )
}

/// Whether a start tag stands where the end of the one before it was meant: `<h3>News<h3>`.
fn is_meant_as_end(page: &Page, first: Span, tag: &Tag) -> bool {
    let between = page.slice(Span::new(first.end, tag.span.start));
    let rest = page.slice(Span::new(tag.span.end, tag.span.end.saturating_add(400)));
    let closes_later = rest.find(&format!("</{}", tag.name)).unwrap_or(usize::MAX);
    let opens_later = rest.find(&format!("<{}", tag.name)).unwrap_or(usize::MAX);
    tag.attrs.is_empty()
        && &*tag.name != "a"
        && !between.trim().is_empty()
        && !between.contains("\n\n")
        && between.len() < 200
        // `<b>A<b>B</b>` forgot the end of the first, and `</b>` closes the second.
        && (closes_later == usize::MAX || opens_later < closes_later)
}

/// A quote too many in a tag: `<div class="news"">`.
fn quotes(page: &Page, tag: &Tag, found: &mut Vec<Found>) {
    let odd = tag.attrs.iter().any(|attr| attr.name.contains(['"', '\'']) && attr.value.is_empty());
    if !odd {
        return;
    }
    let text = page.slice(tag.span);
    let Some(at) = text.find("\"\"") else { return };
    // An empty value is two quotes behind an equals sign.
    let before = text.get(..at).unwrap_or_default();
    if before.trim_end().ends_with('=') || page.doc.foreign_in(tag.span).next().is_some() {
        return;
    }
    let start = tag.span.start + at as u32;
    found.push(Found {
        span: Span::new(start, start + 2),
        message: "a quote too many".to_owned(),
        help: "take one out",
        edits: vec![(Span::new(start + 1, start + 2), String::new())],
    });
}
