//! A Code Quality report of GitLab: an array of issues.

use super::json::{locate, print};
use super::{Report, clean};
use crate::diagnostic::Severity;
use serde_json::{Value, json};

pub(super) fn write(report: &Report<'_>) -> String {
    let issues: Vec<Value> = report
        .shown()
        .map(|shown| {
            let diagnostic = shown.diagnostic;
            let (path, span) = locate(shown.outcome, diagnostic.place);
            json!({
                "type": "issue",
                "description": clean::line(&diagnostic.message),
                "check_name": diagnostic.rule,
                // The site's own name for the finding; of several sites, each has its own.
                "fingerprint": format!("{}{}", shown.outcome.prefix, shown.fingerprint),
                "severity": match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Hint => "info",
                },
                "location": { "path": path, "lines": { "begin": span.start.line, "end": span.end.line } },
            })
        })
        .collect();
    print(&issues)
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use serde_json::{Value, json};

    #[test]
    fn an_array_of_issues() {
        let outcomes = [samples::outcome("a.md", "é\nteh\n")];
        let text = Report::new(&outcomes, Severity::Hint).write(Format::Gitlab);
        let issues: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(
            issues,
            json!([{
                "type": "issue", "description": "`teh` is misspelled", "check_name": "typo/misspelling",
                "fingerprint": "site/f", "severity": "major",
                "location": {"path": "site/a.md", "lines": {"begin": 2, "end": 2}},
            }])
        );
    }

    #[test]
    fn nothing_found_is_an_empty_array() {
        assert_eq!(Report::new(&[], Severity::Hint).write(Format::Gitlab), "[]\n");
    }

    #[test]
    fn hostile_text_stays_text() {
        let issues: Value = serde_json::from_str(&samples::hostile(Format::Gitlab)).expect("JSON");
        let description = issues[0]["description"].as_str().expect("a text");
        assert!(!description.contains(['\n', '\r', '\u{1b}', '\u{202e}']), "{description}");
    }
}
