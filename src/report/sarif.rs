//! SARIF 2.1.0, as code scanning takes it: columns in code points, paths relative and percent-encoded.

use super::json::{Range, locate, print, range};
use super::{Report, Shown, clean, page_of};
use crate::diagnostic::{Fix, Place, Safety, Severity};
use crate::engine::{self, Note};
use crate::rules::Meta;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What may not stand in the path of a relative reference; a colon would make a scheme of what is before it.
const OUTSIDE_PATHS: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

pub(super) fn write(report: &Report<'_>) -> String {
    let shown: Vec<Shown<'_>> = report.shown().collect();
    let rules: Vec<&Meta> = engine::catalogue()
        .filter(|meta| shown.iter().any(|shown| shown.diagnostic.rule == meta.id))
        .collect();
    let results: Vec<Value> = shown
        .iter()
        .map(|shown| result(shown, rules.iter().position(|meta| meta.id == shown.diagnostic.rule)))
        .collect();
    let notes: Vec<(Option<String>, &Note)> = report.all_notes().collect();
    let notifications: Vec<Value> =
        notes.iter().map(|(path, note)| notification(path.as_deref(), note)).collect();
    print(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "scholint",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules.iter().map(|meta| rule(meta)).collect::<Vec<_>>(),
            }},
            "automationDetails": { "id": "scholint/" },
            "invocations": [{
                "executionSuccessful": notes.iter().all(|(_, note)| !note.failed),
                "toolExecutionNotifications": notifications,
            }],
            "columnKind": "unicodeCodePoints",
            "defaultEncoding": "utf-8",
            "results": results,
        }],
    }))
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn rule(meta: &Meta) -> Value {
    let prose = prose(meta.page);
    json!({
        "id": meta.id,
        "name": pascal(meta.id),
        "shortDescription": { "text": format!("{}.", meta.summary) },
        "fullDescription": { "text": prose },
        "help": { "text": prose, "markdown": prose },
        "helpUri": page_of(meta.id),
        "defaultConfiguration": { "level": level(meta.severity), "enabled": meta.default },
        "properties": { "tags": [meta.family()], "problem.severity": match meta.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "recommendation",
        } },
    })
}

/// The prose of a rule's page: what stands between its title and the first section.
fn prose(page: &str) -> &str {
    let body = page.split_once('\n').map_or("", |(_, body)| body);
    body.split("\n## ").next().unwrap_or(body).trim()
}

/// `link/missing-file` as `LinkMissingFile`.
fn pascal(id: &str) -> String {
    id.split(['/', '-'])
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters)
        })
        .collect()
}

fn result(shown: &Shown<'_>, rule_index: Option<usize>) -> Value {
    let diagnostic = shown.diagnostic;
    let mut text = sentence(&diagnostic.message);
    if let Some(advice) = shown.advice() {
        text = format!("{text} Help: {}", sentence(advice));
    }
    let mut out = json!({
        "ruleId": diagnostic.rule,
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical(shown, diagnostic.place) }],
        "partialFingerprints": { "scholint/v1": shown.fingerprint },
    });
    if let Some(index) = rule_index {
        out["ruleIndex"] = json!(index);
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().zip(1..);
        out["relatedLocations"] = related
            .map(|(related, id)| {
                json!({
                    "id": id,
                    "physicalLocation": physical(shown, related.place),
                    "message": { "text": sentence(&related.message) },
                })
            })
            .collect();
    }
    if let Some(fix) = &diagnostic.fix {
        out["fixes"] = json!([repair(shown, fix)]);
    }
    out
}

fn repair(shown: &Shown<'_>, fix: &Fix) -> Value {
    let mut by_file: BTreeMap<_, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let source = shown.outcome.site.source(edit.place.file);
        by_file.entry(edit.place.file).or_default().push(json!({
            "deletedRegion": region(&range(source, edit.place.span)),
            "insertedContent": { "text": edit.text },
        }));
    }
    let changes: Vec<Value> = by_file
        .into_iter()
        .map(|(file, replacements)| {
            let path = shown.outcome.path_of(shown.outcome.site.source(file));
            json!({ "artifactLocation": artifact(&path), "replacements": replacements })
        })
        .collect();
    json!({
        "description": { "text": sentence(&fix.title) },
        "artifactChanges": changes,
        "properties": { "safe": fix.safety == Safety::Safe },
    })
}

fn notification(path: Option<&str>, note: &Note) -> Value {
    let mut out = json!({
        "level": if note.failed { "error" } else { "note" },
        "message": { "text": sentence(&format!("{}; {}", note.message, note.advice)) },
    });
    if let Some(path) = path {
        out["locations"] = json!([{ "physicalLocation": { "artifactLocation": artifact(path) } }]);
    }
    out
}

/// A sentence with its full stop. What looks like a link of SARIF's own would be made one, wherever it leads.
fn sentence(text: &str) -> String {
    let text = clean::line(text);
    let text =
        if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text.into_owned() };
    if text.ends_with(['.', '?', '!']) { text } else { text + "." }
}

fn physical(shown: &Shown<'_>, place: Place) -> Value {
    let (path, span) = locate(shown.outcome, place);
    json!({ "artifactLocation": artifact(&path), "region": region(&span) })
}

fn artifact(path: &str) -> Value {
    json!({ "uri": utf8_percent_encode(path, OUTSIDE_PATHS).to_string(), "uriBaseId": "%SRCROOT%" })
}

fn region(range: &Range) -> Value {
    json!({
        "startLine": range.start.line, "startColumn": range.start.column,
        "endLine": range.end.line, "endColumn": range.end.column,
    })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use serde_json::{Value, json};

    fn run_of(text: &str) -> Value {
        let mut log: Value = serde_json::from_str(text).expect("JSON");
        log["runs"][0].take()
    }

    #[test]
    fn a_result_has_its_parts() {
        let outcomes = [samples::outcome("a b:ç.md", "é teh\n")];
        let run = run_of(&Report::new(&outcomes, Severity::Warning).write(Format::Sarif));
        let region = json!({ "startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 6 });
        let artifact = json!({ "uri": "site/a%20b%3A%C3%A7.md", "uriBaseId": "%SRCROOT%" });
        let result = &run["results"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place, &json!({ "artifactLocation": artifact, "region": region }));
        assert_eq!(result["relatedLocations"][0]["message"]["text"], "the page begins here.");
        assert_eq!(
            result["fixes"][0]["artifactChanges"],
            json!([{ "artifactLocation": artifact, "replacements": [
                { "deletedRegion": region, "insertedContent": { "text": "the" } }] }])
        );
        assert_eq!(result["partialFingerprints"], json!({ "scholint/v1": "f" }));
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
        assert_eq!(rule["id"], "typo/misspelling");
        assert_eq!(rule["name"], "TypoMisspelling");
        assert!(rule["help"]["markdown"].as_str().is_some_and(|help| help.len() > 100), "{rule}");
    }

    #[test]
    fn every_rule_has_prose_without_examples() {
        for meta in crate::engine::catalogue() {
            let prose = super::prose(meta.page);
            assert!(
                prose.len() > 40 && !prose.contains("```md") && !prose.contains('⟦'),
                "{}: {prose}",
                meta.id
            );
        }
    }

    #[test]
    fn hostile_text_stays_text() {
        let run = run_of(&samples::hostile(Format::Sarif));
        let text = run["results"][0]["message"]["text"].as_str().expect("a text");
        assert!(
            !text.replace("\\]", "").contains("](") && !text.contains(['\n', '\u{1b}', '\u{202e}']),
            "{text}"
        );
    }
}
