//! freshness/hard-coded-count

use crate::diagnostic::{Place, Severity};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "freshness/hard-coded-count",
    summary: "A badge freezes a count",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/freshness/hard-coded-count.md"),
};

/// A badge whose number was typed in: `badge/citation-0-…`.
pub(super) struct HardCodedCount;

impl Rule for HardCodedCount {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static BADGE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i)shields\.io/(?:static/v1\?label=|badge/)(citations?|cited(?:[_%20]+by)?|stars?|downloads?|followers?)(?:-|&message=)([0-9]+)")
                .expect("a constant pattern")
        });
        let mut frozen: Vec<Place> = Vec::new();
        let mut first = None;
        for link in &page.links {
            if !link.target.to_ascii_lowercase().contains("shields.io") {
                continue;
            }
            let Some(found) = BADGE.captures(&link.target) else { continue };
            first.get_or_insert_with(|| (found[1].to_lowercase(), found[2].to_owned()));
            frozen.push(page.at(link.target_span));
        }
        let Some((what, number)) = first else { return };
        let message = match frozen.len() {
            1 => format!("this badge always says {what} {number}"),
            count => format!("{count} badges say a {what} count that was typed in, here {number}"),
        };
        let mut report = cx.report(frozen[0], message);
        for place in frozen.iter().skip(1).take(3) {
            report = report.related(*place, "here too");
        }
        report.help("use a badge that asks the service, or take it out");
    }
}
