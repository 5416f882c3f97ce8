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
        // What a page includes stands below headings of that page.
        let is_part = page.path().contains("includes/") || page.doc.front.is_none() && !is_readme(page);
        let mut before: Option<(u8, _)> = None;
        for node in page.doc.nodes.iter().filter(|node| !node.wide) {
            let Kind::Heading(level) = node.kind else { continue };
            let report = match before {
                Some((above, span)) if level > above + 1 => {
                    let message = format!("a heading of level {level} below one of level {above}");
                    Some(cx.report(page.at(node.span), message).related(page.at(span), "the heading above"))
                }
                // Most layouts set the page's title above its text, as a heading of the first level.
                None if level > 2 && !is_part => {
                    Some(cx.report(page.at(node.span), format!("the first heading is of level {level}")))
                }
                _ => None,
            };
            if let Some(report) = report {
                report.help("readers who listen to the page jump from heading to heading");
            }
            before = Some((level, node.span));
        }
    }
}

fn is_readme(page: &Page) -> bool {
    page.path().rsplit('/').next().is_some_and(|name| name.to_ascii_lowercase().starts_with("readme"))
}
