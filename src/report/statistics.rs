//! How often each rule spoke.

use super::Report;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One line a rule, the most frequent first.
pub fn statistics(report: &Report<'_>) -> String {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diagnostic in report.outcomes.iter().flat_map(|outcome| &outcome.diagnostics) {
        *counts.entry((diagnostic.rule, diagnostic.severity.name())).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let mut out = String::new();
    for ((rule, severity), count) in rows {
        let _ = writeln!(out, "{count:>6}  {severity:<7}  {rule}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn the_most_frequent_comes_first() {
        let outcomes = [samples::outcome("a.md", "teh teh teh")];
        assert_eq!(
            statistics(&Report::new(&outcomes, Severity::Warning)),
            "     2  error    typo/misspelling\n     1  hint     typo/misspelling\n"
        );
    }
}
