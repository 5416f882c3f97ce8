//! HTML tags that do not pair up, and quotes in tags.

use super::Found;
use crate::markup::html::Tag;
use crate::markup::{Foreign, Kind, NodeId, liquid_tag};
use crate::model::Page;
use crate::rules::structure::walk::{Inside, Piece, pieces};
use crate::text::Span;
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    let is_part = page.path().contains("includes/");
    // Tags in the branches of a template need not pair up in the text.
    let branches = page.doc.foreign.iter().any(|(kind, span)| {
        let (name, _) = liquid_tag(page.slice(*span));
        *kind == Foreign::LiquidTag
            && matches!(name, "if" | "else" | "elsif" | "unless" | "case" | "capture" | "for")
    });
    let mut open: HashMap<&str, Vec<Span>> = HashMap::new();
    for (piece, inside) in pieces(page) {
        match piece {
            Piece::Node(id) if !matches!(inside, Inside::Raw | Inside::Unknown) => {
                for (name, span) in shown(page, id, found) {
                    open.entry(name).or_default().push(span);
                }
            }
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

/// A quote too many in a tag, or one that is missing: `<div class="news"">`, `<a href="/map.pdf>`.
fn quotes(page: &Page, tag: &Tag, found: &mut Vec<Found>) {
    if page.doc.foreign_in(tag.span).next().is_some() {
        return;
    }
    let text = page.slice(tag.span);
    let odd = tag.attrs.iter().any(|attr| attr.name.contains(['"', '\'']) && attr.value.is_empty());
    if odd && let Some(at) = text.find("\"\"") {
        // An empty value is two quotes behind an equals sign.
        if !text.get(..at).unwrap_or_default().trim_end().ends_with('=') {
            let start = tag.span.start + at as u32;
            found.push(Found {
                span: Span::new(start, start + 2),
                message: "a quote too many".to_owned(),
                help: "take one out",
                edits: vec![(Span::new(start + 1, start + 2), String::new())],
            });
            return;
        }
    }
    for attr in &tag.attrs {
        let quote = page.slice(Span::new(attr.span.start.saturating_sub(1), attr.span.start));
        let value = page.slice(attr.span);
        let message = if !matches!(quote, "\"" | "'") {
            // `href=/map.pdf"`
            if !value.ends_with(['"', '\'']) || value.len() < 2 {
                continue;
            }
            format!("the value of `{}` ends in a quote that it does not begin with", attr.name)
        } else if SWALLOWED.is_match(value) && is_plain(&attr.name) && !value.starts_with("data:") {
            format!("the value of `{}` is not closed by its quote", attr.name)
        } else {
            continue;
        };
        // To the end of the line at most: what follows was swallowed.
        let shown = value.find('\n').unwrap_or(value.len()) as u32;
        found.push(Found {
            span: Span::new(attr.span.start, attr.span.start + shown.max(1)),
            message,
            help: "put a quote on each side: what follows is taken for a part of the tag",
            edits: Vec::new(),
        });
        return;
    }
}

/// What stands in a value only where its quote is missing: more tags, or the next attribute.
static SWALLOWED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"<\s*/?[a-z]|>[^<]*\n|\s[a-z-]+=$").expect("a constant pattern"));

/// Attributes whose values are no text.
fn is_plain(name: &str) -> bool {
    matches!(name, "href" | "src" | "class" | "id" | "target" | "rel" | "width" | "height" | "align")
}

/// A tag that Markdown does not take for one, and that shows: a quote is missing in it.
static SHOWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"^<(a|img|div|span|font|iframe|p|h[1-6]|table|td)\s+(?:href|src|class|id|style|target|width|height|align|rel|alt|color)\s*=\s*["']?[\w./:#-]"#)
        .expect("a constant pattern")
});

/// Tags that are left in a text of a paragraph: their names, and where they stand.
fn shown<'a>(page: &'a Page, id: NodeId, found: &mut Vec<Found>) -> Vec<(&'a str, Span)> {
    let node = &page.doc.nodes[id as usize];
    let mut out = Vec::new();
    if node.kind != Kind::Text || node.wide {
        return out;
    }
    let text = page.source.text();
    for (at, _) in page.slice(node.span).match_indices('<') {
        let start = node.span.start + at as u32;
        let rest = page.slice(Span::new(start, start.saturating_add(400)));
        let is_escaped = text.get(..start as usize).is_some_and(|before| before.ends_with('\\'));
        if is_escaped || page.flow.is_hidden(Span::new(start, start + 1)) {
            continue;
        }
        let Some(name) = SHOWN.captures(rest).and_then(|tag| tag.get(1)) else { continue };
        let line = rest.split('\n').next().unwrap_or(rest);
        let end = line.find('>').map_or(line.trim_end().len(), |end| end + 1);
        let span = Span::new(start, start + end as u32);
        found.push(Found {
            span,
            message: "this tag is shown as it is written".to_owned(),
            help: "look at its quotes: each value needs one on each side",
            edits: Vec::new(),
        });
        out.push((name.as_str(), span));
    }
    out
}
