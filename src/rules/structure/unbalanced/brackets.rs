//! A round bracket too many behind a link.

use super::Found;
use crate::markup::{Form, Kind};
use crate::model::Page;
use crate::text::Span;
use std::collections::HashSet;

pub(super) fn find(page: &Page, found: &mut Vec<Found>) {
    let doc = &page.doc;
    let ends: HashSet<u32> = doc
        .nodes
        .iter()
        .filter(|node| {
            !node.wide && matches!(&node.kind, Kind::Link(to) | Kind::Image(to) if to.form == Form::Inline)
        })
        .map(|node| node.span.end)
        .collect();
    if ends.is_empty() {
        return;
    }
    let mut depth = 0_u32;
    for node in &doc.nodes {
        match node.kind {
            // A bracket may be closed in the next paragraph, seldom later.
            Kind::Paragraph | Kind::Heading(_) | Kind::Cell | Kind::Item => depth = depth.min(1),
            // What an HTML block opens nobody counts.
            Kind::HtmlBlock => depth += u32::from(page.slice(node.span).contains('(')),
            Kind::Text if node.wide => return,
            Kind::Text => {
                for (at, c) in page.slice(node.span).char_indices() {
                    let at = node.span.start + at as u32;
                    match c {
                        '(' | '（' => depth += 1,
                        ')' if depth == 0 && ends.contains(&at) => found.push(Found {
                            span: Span::new(at, at + 1),
                            message: "a bracket too many behind the link".to_owned(),
                            help: "take it out",
                            edits: vec![(Span::new(at, at + 1), String::new())],
                        }),
                        ')' | '）' => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}
