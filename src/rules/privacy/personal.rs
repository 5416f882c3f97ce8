//! `privacy/personal`: what of a person's life a page gives away. Sleeps unless asked for.

use crate::diagnostic::Severity;
use crate::model::Page;
use crate::model::prose::passages;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "privacy/personal",
    summary: "A telephone number, date of birth, home address or bare e-mail address",
    severity: Severity::Hint,
    default: false,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/privacy/personal.md"),
};

/// The rule.
pub(super) struct Personal;

static PATTERNS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (
            r"(?i)\b(?:phone|tel|telephone|mobile|cell|whatsapp)\b[^\d\n+(]{0,12}(?P<it>[+(]?\d[\d ()./-]{6,20}\d)",
            "a telephone number",
        ),
        (
            r"(?i)\b(?:born on|born|date of birth|birth ?day|birth date)\b[^\d\n]{0,20}(?P<it>\d[\d]{0,3}[ ./-]\w{1,9}[ ./,-]{1,2}\d{2,4})",
            "a date of birth",
        ),
        (r"(?i)\bhome address\b[: ]{1,4}(?P<it>\S[^\n]{4,60})", "a home address"),
        (r"\b(?P<it>[A-Za-z0-9._%+-]{2,40}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){0,3}\.[A-Za-z]{2,10})\b", "an e-mail address that machines can gather"),
    ]
    .into_iter()
    .map(|(pattern, name)| (Regex::new(pattern).expect("a constant pattern"), name))
    .collect()
});

impl Rule for Personal {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !page.format.is_page() {
            return;
        }
        for passage in passages(page) {
            for (pattern, name) in PATTERNS.iter() {
                for found in pattern.captures_iter(passage.text()).filter_map(|found| found.name("it")) {
                    cx.report(
                        page.at(passage.span(found.start(), found.end())),
                        format!("{name} stands here"),
                    )
                    .help("whoever gathers such data finds it here; leave it if you mean it");
                }
            }
        }
    }
}
