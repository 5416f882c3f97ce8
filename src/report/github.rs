//! Annotations of GitHub Actions: one workflow command a finding. What a page says can neither end a command
//! nor begin one.

use super::{Report, clean, json::locate};
use crate::diagnostic::Severity;
use std::fmt::Write as _;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut out = String::new();
    for shown in report.shown() {
        let diagnostic = shown.diagnostic;
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let (path, span) = locate(shown.outcome, diagnostic.place);
        let (start, end) = (&span.start, &span.end);
        let mut properties = format!("file={},line={}", property(&path), start.line);
        let _ = write!(properties, ",endLine={}", end.line);
        // Columns are only shown for a place on one line.
        if start.line == end.line {
            let _ = write!(properties, ",col={},endColumn={}", start.column, end.column);
        }
        let mut message = clean::line(&diagnostic.message).into_owned();
        if let Some(advice) = shown.advice() {
            let _ = write!(message, "\n{}", clean::line(advice));
        }
        let title = property(diagnostic.rule);
        let _ = writeln!(out, "::{command} {properties},title={title}::{}", value(&message));
    }
    for (path, note) in report.all_notes() {
        let file = path.map(|path| format!("file={},", property(&path))).unwrap_or_default();
        let command = if note.failed { "error" } else { "notice" };
        let message = format!("{}; {}", clean::line(&note.message), note.advice);
        let _ = writeln!(out, "::{command} {file}title=scholint::{}", value(&message));
    }
    out
}

/// The text behind the second `::` of a command.
fn value(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property before it.
fn property(text: &str) -> String {
    value(&clean::line(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn one_command_each() {
        let outcomes = [samples::outcome("a.md", "é teh\nteh\n")];
        assert_eq!(
            Report::new(&outcomes, Severity::Hint).write(Format::Github),
            "::error file=site/a.md,line=1,endLine=1,col=3,endColumn=6,title=typo/misspelling::`teh` is misspelled%0Awrite `the`\n\
             ::notice file=site/a.md,line=2,endLine=2,col=1,endColumn=4,title=typo/misspelling::`teh` is misspelled%0Awrite `the`\n"
        );
    }

    #[test]
    fn a_page_gives_no_commands() {
        let text = samples::hostile(Format::Github);
        assert_eq!(text.lines().count(), 2, "a finding and a note: {text}");
        assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
        let rest = text
            .lines()
            .next()
            .unwrap_or_default()
            .strip_prefix("::error file=site/")
            .expect("our own command");
        let (properties, message) = rest.split_once("::").expect("a message");
        assert_eq!(properties.matches('=').count(), 5, "{properties}");
        assert!(!message.contains("%0A::") && !message.contains(['\r', '\u{1b}', '\u{202e}']), "{message}");
        assert!(message.contains("100%25"), "{message}");
    }
}
