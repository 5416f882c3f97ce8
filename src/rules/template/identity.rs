//! `template/identity`: an account or number of the template's author.

use super::leftovers::hits;
use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Reach;

static META: Meta = Meta {
    id: "template/identity",
    summary: "An account or number of the template's author",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/template/identity.md"),
};

/// The rule.
pub(super) struct Identity;

impl Rule for Identity {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let found = hits(page, cx);
        if !found.iter().any(|hit| hit.leftover.rule == "identity") {
            return;
        }
        let reach = cx.site().reach(page);
        for hit in found.into_iter().filter(|hit| hit.leftover.rule == "identity") {
            let severity = if reach == Reach::Shown { hit.leftover.severity } else { Severity::Hint };
            let is_analytics = hit.text.starts_with("G-") || hit.text.starts_with("UA-");
            let help = if is_analytics {
                "what your visitors do is sent to a stranger: put your own number here, or leave it empty"
            } else {
                "visitors are sent to a stranger: put your own here, or leave it empty"
            };
            let message = format!("`{}` belongs to the author of {}", hit.text, hit.leftover.template);
            cx.report(page.at(hit.span), message).severity(severity).help(help);
        }
    }
}
