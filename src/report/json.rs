//! The report for scripts and editors. Keys may be added, never renamed.

use super::{Report, Summary, page_of};
use crate::diagnostic::{Place, Safety};
use crate::engine::Outcome;
use crate::text::{Source, Span};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary,
    notes: Vec<Note<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    path: String,
    span: Range,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    fix: Option<Fix<'a>>,
    url: String,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    path: String,
    span: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: String,
    span: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Note<'a> {
    path: Option<String>,
    message: &'a str,
    advice: &'a str,
}

/// A span as scripts read it.
#[derive(Serialize)]
pub(super) struct Range {
    pub(super) start: Point,
    pub(super) end: Point,
}

/// A place in a file, counted from 1; the offset in bytes from 0.
#[derive(Serialize)]
pub(super) struct Point {
    pub(super) line: u32,
    pub(super) column: u32,
    offset: u32,
}

pub(super) fn write(report: &Report<'_>) -> String {
    let diagnostics = report
        .shown()
        .map(|shown| {
            let diagnostic = shown.diagnostic;
            let (path, span) = locate(shown.outcome, diagnostic.place);
            Finding {
                rule: diagnostic.rule,
                severity: diagnostic.severity.name(),
                message: &diagnostic.message,
                path,
                span,
                related: diagnostic
                    .related
                    .iter()
                    .map(|related| {
                        let (path, span) = locate(shown.outcome, related.place);
                        Related { path, span, message: &related.message }
                    })
                    .collect(),
                help: diagnostic.help.as_deref(),
                fix: diagnostic.fix.as_ref().map(|fix| Fix {
                    title: &fix.title,
                    safety: fix.safety,
                    edits: fix
                        .edits
                        .iter()
                        .map(|edit| {
                            let (path, span) = locate(shown.outcome, edit.place);
                            Edit { path, span, text: &edit.text }
                        })
                        .collect(),
                }),
                url: page_of(diagnostic.rule),
                fingerprint: shown.fingerprint,
            }
        })
        .collect();
    let notes = report
        .all_notes()
        .map(|(path, note)| Note { path, message: &note.message, advice: note.advice })
        .collect();
    print(&Document { version: 1, diagnostics, summary: report.summary(), notes })
}

/// The path and span of a place.
pub(super) fn locate(outcome: &Outcome, place: Place) -> (String, Range) {
    let source = outcome.site.source(place.file);
    (outcome.path_of(source), range(source, place.span))
}

pub(super) fn range(source: &Source, span: Span) -> Range {
    let point = |offset: u32| {
        let at = source.position(offset);
        Point { line: at.line, column: at.column, offset }
    };
    Range { start: point(span.start), end: point(span.end) }
}

/// JSON on indented lines, with a final newline.
pub(super) fn print(document: &impl Serialize) -> String {
    // Strings, numbers and lists of them always have a JSON form.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn the_document_has_its_form() {
        let outcomes = [samples::outcome("a.md", "é teh\nteh\n")];
        let text = Report::new(&outcomes, Severity::Warning).write(Format::Json);
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let range = serde_json::json!({
            "start": {"line": 1, "column": 3, "offset": 3}, "end": {"line": 1, "column": 6, "offset": 6}
        });
        let finding = &json["diagnostics"][0];
        assert_eq!(finding["span"], range);
        assert_eq!(finding["path"], "site/a.md");
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["related"][0]["message"], "the page begins here");
        assert_eq!(
            finding["fix"],
            serde_json::json!({"title": "write `the`", "safety": "ask",
                "edits": [{"path": "site/a.md", "span": range, "text": "the"}]})
        );
        assert!(finding["url"].as_str().is_some_and(|url| url.ends_with("/rules/typo/misspelling.md")));
        assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(1), "the hint is not listed");
        assert_eq!(
            json["summary"],
            serde_json::json!({"files": 1, "errors": 1, "warnings": 0, "hints": 1,
                "suppressed": 1, "fixable": 2, "unasked": 2, "unsure": 0})
        );
        assert_eq!(json["version"], 1);
    }
}
