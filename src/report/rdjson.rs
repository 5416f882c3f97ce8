//! The format that reviewdog reads. Its columns count bytes.

use super::json::print;
use super::{Report, Shown, clean, page_of};
use crate::diagnostic::{Edit, Fix, Place, Severity};
use crate::text::{Source, Span};
use serde_json::{Value, json};

pub(super) fn write(report: &Report<'_>) -> String {
    let diagnostics: Vec<Value> = report.shown().map(|shown| finding(&shown)).collect();
    print(&json!({
        "source": { "name": "scholint", "url": env!("CARGO_PKG_REPOSITORY") },
        "diagnostics": diagnostics,
    }))
}

fn finding(shown: &Shown<'_>) -> Value {
    let diagnostic = shown.diagnostic;
    let mut message = clean::line(&diagnostic.message).into_owned();
    if let Some(advice) = shown.advice() {
        message.push('\n');
        message.push_str(&clean::line(advice));
    }
    let mut out = json!({
        "message": message,
        "location": location(shown, diagnostic.place),
        "severity": match diagnostic.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Hint => "INFO",
        },
        "code": { "value": diagnostic.rule, "url": page_of(diagnostic.rule) },
    });
    if let Some((span, text)) = diagnostic.fix.as_ref().and_then(|fix| suggestion(shown, fix)) {
        let source = shown.outcome.site.source(diagnostic.place.file);
        out["suggestions"] = json!([{ "range": range(source, span), "text": text }]);
    }
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .map(|related| {
            json!({ "message": clean::line(&related.message), "location": location(shown, related.place) })
        })
        .collect();
    if !related.is_empty() {
        out["related_locations"] = Value::Array(related);
    }
    out
}

/// Several suggestions would be a choice between them: the edits of a fix become one, or none where they are
/// not all in the finding's file.
fn suggestion(shown: &Shown<'_>, fix: &Fix) -> Option<(Span, String)> {
    let source = shown.outcome.site.source(shown.diagnostic.place.file);
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| edit.place.span);
    let (first, last) = (edits.first()?, edits.last()?);
    let whole = Span::new(first.place.span.start, last.place.span.end);
    let mut text = String::new();
    let mut reached = whole.start;
    for edit in edits {
        if edit.place.file != shown.diagnostic.place.file || edit.place.span.start < reached {
            return None;
        }
        text.push_str(source.slice(Span::new(reached, edit.place.span.start)));
        text.push_str(&edit.text);
        reached = edit.place.span.end;
    }
    Some((whole, text))
}

fn location(shown: &Shown<'_>, place: Place) -> Value {
    let source = shown.outcome.site.source(place.file);
    json!({ "path": shown.outcome.path_of(source), "range": range(source, place.span) })
}

fn range(source: &Source, span: Span) -> Value {
    let point = |offset: u32| {
        let line = source.line_index(offset);
        json!({ "line": line + 1, "column": offset - source.line_span(line).start + 1 })
    };
    json!({ "start": point(span.start), "end": point(span.end) })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use serde_json::{Value, json};

    #[test]
    fn columns_count_bytes() {
        let outcomes = [samples::outcome("a.md", "é teh\n")];
        let text = Report::new(&outcomes, Severity::Warning).write(Format::Rdjson);
        let report: Value = serde_json::from_str(&text).expect("JSON");
        let range = json!({ "start": { "line": 1, "column": 4 }, "end": { "line": 1, "column": 7 } });
        let finding = &report["diagnostics"][0];
        assert_eq!(finding["location"], json!({ "path": "site/a.md", "range": range }));
        assert_eq!(finding["suggestions"], json!([{ "range": range, "text": "the" }]));
        assert_eq!(finding["severity"], "ERROR");
        assert_eq!(finding["related_locations"][0]["message"], "the page begins here");
    }

    #[test]
    fn the_edits_of_a_fix_become_one() {
        let mut outcome = samples::outcome("a.md", "see teh cat and teh dog\n");
        let second = outcome.diagnostics.remove(1).fix.expect("a fix");
        outcome.diagnostics[0].fix.as_mut().expect("a fix").edits.extend(second.edits);
        let outcomes = [outcome];
        let text = Report::new(&outcomes, Severity::Warning).write(Format::Rdjson);
        let report: Value = serde_json::from_str(&text).expect("JSON");
        let suggestion = &report["diagnostics"][0]["suggestions"][0];
        assert_eq!(suggestion["text"], "the cat and the");
        assert_eq!(suggestion["range"]["end"]["column"], 20);
    }

    #[test]
    fn hostile_text_stays_text() {
        let report: Value = serde_json::from_str(&samples::hostile(Format::Rdjson)).expect("JSON");
        let message = report["diagnostics"][0]["message"].as_str().expect("a text");
        assert!(!message.contains(['\r', '\u{1b}', '\u{202e}']), "{message}");
    }
}
