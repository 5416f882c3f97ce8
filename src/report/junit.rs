//! JUnit's XML, for systems that know tests only: a suite for each file with findings, a failed test for each
//! finding. Where there is none, one test that passed says so.

use super::{Report, clean, json::locate, page_of};
use quick_junit::{NonSuccessKind, Report as Junit, TestCase, TestCaseStatus, TestSuite};
use std::fmt::Write as _;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut suites: Vec<(String, TestSuite)> = Vec::new();
    for shown in report.shown() {
        let diagnostic = shown.diagnostic;
        let (path, span) = locate(shown.outcome, diagnostic.place);
        let path = clean::line(&path).into_owned();
        let place = format!("{path}:{}:{}", span.start.line, span.start.column);
        let message = clean::line(&diagnostic.message).into_owned();
        let mut body = format!("{place}: {}[{}] {message}", diagnostic.severity.name(), diagnostic.rule);
        if let Some(advice) = shown.advice() {
            let _ = write!(body, "\nhelp: {}", clean::line(advice));
        }
        let _ = write!(body, "\nsee {}", page_of(diagnostic.rule));
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(message).set_type(diagnostic.severity.name()).set_description(body);
        let mut case = TestCase::new(format!("{} {place}", diagnostic.rule), status);
        case.set_classname(path.as_str());
        // Findings are sorted by file.
        match suites.last_mut().filter(|(known, _)| *known == path) {
            Some((_, suite)) => {
                suite.add_test_case(case);
            }
            None => {
                let mut suite = TestSuite::new(path.as_str());
                suite.add_test_case(case);
                suites.push((path, suite));
            }
        }
    }
    let mut out = Junit::new("scholint");
    out.add_test_suites(suites.into_iter().map(|(_, suite)| suite));
    if out.test_suites.is_empty() {
        let mut suite = TestSuite::new("scholint");
        let mut case = TestCase::new("nothing found", TestCaseStatus::success());
        case.set_classname("scholint");
        suite.add_test_case(case);
        out.add_test_suite(suite);
    }
    // Text that is written to memory finds its place.
    out.to_string().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn a_failed_test_for_each_finding() {
        let outcomes = [samples::outcome("a.md", "é teh\nteh\n")];
        let text = Report::new(&outcomes, Severity::Hint).write(Format::Junit);
        for part in [
            "<testsuites name=\"scholint\" tests=\"2\" skipped=\"0\" failures=\"2\" errors=\"0\">",
            "<testsuite name=\"site/a.md\" tests=\"2\"",
            "<testcase name=\"typo/misspelling site/a.md:1:3\" classname=\"site/a.md\">",
            "<failure message=\"`teh` is misspelled\" type=\"error\">site/a.md:1:3: error[typo/misspelling] ",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn nothing_found_is_a_test_that_passed() {
        let text = Report::new(&[], Severity::Hint).write(Format::Junit);
        assert!(
            text.contains("tests=\"1\" skipped=\"0\" failures=\"0\"") && text.contains("nothing found"),
            "{text}"
        );
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = samples::hostile(Format::Junit);
        assert!(!text.contains("<script") && !text.contains("]]>"), "{text}");
        let bad: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(bad.is_empty() && !text.contains(['\u{202e}', '\u{ffff}']), "{bad:?} in {text}");
    }
}
