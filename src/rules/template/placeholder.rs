//! `template/placeholder`: text that a template shipped to be replaced.

use super::leftovers::{Hit, hits};
use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Reach;
use std::cmp::Reverse;
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "template/placeholder",
    summary: "Text that a template shipped to be replaced",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/template/placeholder.md"),
};

/// The rule.
pub(super) struct Placeholder;

impl Rule for Placeholder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        // A page that was never filled in is one finding; settings are one each.
        let mut by_leftover: BTreeMap<(Reverse<Severity>, usize), Vec<Hit>> = BTreeMap::new();
        for hit in hits(page, cx).into_iter().filter(|hit| hit.leftover.rule == "placeholder") {
            let group = if page.format.is_page() { 0 } else { hit.leftover.number };
            by_leftover.entry((Reverse(hit.leftover.severity), group)).or_default().push(hit);
        }
        if by_leftover.is_empty() {
            return;
        }
        let reach = cx.site().reach(page);
        for group in by_leftover.values() {
            let Some((first, rest)) = group.split_first() else { continue };
            let severity = if reach == Reach::Shown { first.leftover.severity } else { Severity::Hint };
            let mut report =
                cx.report(page.at(first.span), message(first)).severity(severity).help(help(first, reach));
            for other in rest {
                report = report.related(page.at(other.span), "more of it here");
            }
        }
    }
}

fn message(hit: &Hit) -> String {
    let short: String = hit.text.chars().take(60).collect();
    match &hit.key {
        Some(key) if !key.is_empty() => format!("`{key}` still holds `{short}` of {}", hit.leftover.template),
        _ => format!("`{short}` is left over from {}", hit.leftover.template),
    }
}

fn help(hit: &Hit, reach: Reach) -> &'static str {
    match reach {
        Reach::Hidden => "nobody sees it now; it can go",
        _ if hit.leftover.template == "an unfinished draft" => "fill it in, or take it out",
        _ => "replace it, or take it out",
    }
}
