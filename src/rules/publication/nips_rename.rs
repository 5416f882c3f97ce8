//! publication/nips-rename

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::passages;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/nips-rename",
    summary: "NIPS for a meeting since 2018",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/nips-rename.md"),
};

/// `NIPS` with a year from 2018 on.
pub(super) struct NipsRename;

impl Rule for NipsRename {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static NIPS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"\b(NIPS)[’'\s-]{0,2}(?:20)?(1[89]|2[0-9])\b").expect("a constant pattern")
        });
        for passage in passages(page).iter().filter(|passage| passage.text().contains("NIPS")) {
            for found in NIPS.captures_iter(passage.text()) {
                let (Some(name), Some(year)) = (found.get(1), found.get(2)) else { continue };
                // `NIPS 20` may be volume 20.
                let place = page.at(passage.span(name.start(), name.end()));
                let message = format!(
                    "the conference has been called NeurIPS since 2018, and this is of 20{}",
                    year.as_str()
                );
                let report = cx.report(place, message);
                if passage.exact(name.start(), name.end()) {
                    report.replace("write `NeurIPS`", Safety::Ask, place, "NeurIPS");
                }
            }
        }
    }
}
