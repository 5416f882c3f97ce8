//! One line a finding: `path:line:column: severity[rule] message`.

use super::{Report, clean, human};
use std::fmt::Write as _;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    for shown in report.shown() {
        let diagnostic = shown.diagnostic;
        let source = shown.outcome.site.source(diagnostic.place.file);
        let at = source.position(diagnostic.place.span.start);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            clean::line(&shown.outcome.path_of(source)),
            at.line,
            at.column,
            diagnostic.severity.name(),
            diagnostic.rule,
            clean::line(&diagnostic.message)
        );
    }
    if !report.quiet {
        let _ = writeln!(out, "{}", human::closing(&report.summary()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn one_line_each() {
        let outcomes = [samples::outcome("a\u{1b}.md", "é teh\nteh\n")];
        let mut report = Report::new(&outcomes, Severity::Hint);
        report.quiet = true;
        assert_eq!(
            report.write(Format::Concise),
            "site/a␛.md:1:3: error[typo/misspelling] `teh` is misspelled\n\
             site/a␛.md:2:1: hint[typo/misspelling] `teh` is misspelled\n"
        );
    }
}
