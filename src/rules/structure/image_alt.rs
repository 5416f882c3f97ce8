//! `structure/image-alt`: an image without a text for those who do not see it.

use super::walk::{Piece, pieces};
use crate::diagnostic::Severity;
use crate::markup::{Foreign, Kind};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "structure/image-alt",
    summary: "An image without an alternative text",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/image-alt.md"),
};

/// The rule.
pub(super) struct ImageAlt;

impl Rule for ImageAlt {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (piece, _) in pieces(page) {
            let span = match piece {
                Piece::Start(tag) => {
                    let decorative = matches!(tag.value("role"), "presentation" | "none")
                        || tag.value("aria-hidden") == "true";
                    if &*tag.name != "img" || tag.attr("alt").is_some() || decorative {
                        continue;
                    }
                    tag.span
                }
                Piece::Node(id) => {
                    let node = &page.doc.nodes[id as usize];
                    let is_empty = page.slice(node.span).starts_with("![](");
                    if !matches!(node.kind, Kind::Image(_)) || !is_empty || has_attribute(page, node.span) {
                        continue;
                    }
                    node.span
                }
                _ => continue,
            };
            cx.report(page.at(span), "this image has no alternative text")
                .help("say in a few words what it shows; `alt=\"\"` for an ornament");
        }
    }
}

/// Whether attributes behind the image give the text.
fn has_attribute(page: &Page, span: Span) -> bool {
    let behind = Span::new(span.end, span.end + 1);
    page.doc.foreign_in(behind).any(|(kind, each)| {
        matches!(kind, Foreign::Attributes | Foreign::AttributeList) && page.slice(*each).contains("alt")
    })
}
