//! `structure/heading-jump`: a heading more than one level below the one before it.

use crate::diagnostic::Severity;
use crate::markup::Kind;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Generator;

static META: Meta = Meta {
    id: "structure/heading-jump",
    summary: "A heading more than one level below the one before it",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/structure/heading-jump.md"),
};

/// The rule.
pub(super) struct HeadingJump;

impl Rule for HeadingJump {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        // What a page includes stands below headings of that page, and a README is no page of a site
        // that has others.
        let is_part = page.path().contains("includes/")
            || page.doc.front.is_none() && cx.site().facts.generator != Generator::Readme;
        let mut before: Option<(u8, _)> = None;
        for node in page.doc.nodes.iter().filter(|node| !node.wide) {
            let Kind::Heading(level) = node.kind else { continue };
            // In a quotation it is a box with a title.
            if page.doc.nodes[node.parent as usize].kind == Kind::Quote {
                continue;
            }
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
