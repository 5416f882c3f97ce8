//! `structure/heading-jump`: a heading more than one level below the one before it.

use crate::diagnostic::Severity;
use crate::markup::Kind;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "structure/heading-jump",
    summary: "A heading more than one level below the one before it",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/structure/heading-jump.md"),
};

/// The rule.
pub(super) struct HeadingJump;

impl Rule for HeadingJump {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        // Most layouts set the page's title above its text, as a heading of the first level.
        let mut before: Option<(u8, _)> = None;
        for node in page.doc.nodes.iter().filter(|node| !node.wide) {
            let Kind::Heading(level) = node.kind else { continue };
            if let Some((above, span)) = before
                && level > above + 1
            {
                let message = format!("a heading of level {level} below one of level {above}");
                cx.report(page.at(node.span), message)
                    .related(page.at(span), "the heading above")
                    .help("readers who listen to the page jump from heading to heading");
            }
            before = Some((level, node.span));
        }
    }
}
