//! publication/dates-differ

use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/dates-differ",
    summary: "One event is dated in two ways",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/dates-differ.md"),
};

/// The date in a file's name against the one in its front matter.
pub(super) struct DatesDiffer;

impl Rule for DatesDiffer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static NAMED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?:^|/)(20[0-9][0-9])-([0-9][0-9])-([0-9][0-9])(?:-[^/]*)?(?:/index)?\.[0-9A-Za-z_]+$|(?:^|/)(20[0-9][0-9])-([0-9][0-9])-([0-9][0-9])-[^/]*/").expect("a constant pattern")
        });
        // Posts of the template keep the template's dates.
        if page.path().ends_with("-distill.md") || page.path().ends_with("-redirect.md") {
            return;
        }
        if !page.path().contains("20") {
            return;
        }
        let Some(found) = NAMED.captures(page.path()) else { return };
        let number = |at: usize| {
            found.get(at).or_else(|| found.get(at + 3)).and_then(|part| part.as_str().parse::<i16>().ok())
        };
        let (Some(year), Some(month), Some(day)) = (number(1), number(2), number(3)) else { return };
        let Some(value) = page.data.as_ref().and_then(|data| data.get("date")) else { return };
        let Some(text) = value.text() else { return };
        let parts: Vec<i16> = text
            .split(['T', ' '])
            .next()
            .unwrap_or(text)
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        let [written, m, d] = parts[..] else { return };
        if written == year || !(1990..2100).contains(&written) {
            return;
        }
        // The same day of another year is a slip; else the file may have been renamed or rewritten.
        let severity = if (m, d) == (month, day) { Severity::Warning } else { Severity::Hint };
        cx.report(page.at(value.text_span()), format!("{written} here, {year} in the name of the file"))
            .severity(severity)
            .help("correct the date, or rename the file");
    }
}
