//! One page to open in a browser: findings beside the source and beside what visitors see, with filters.
//!
//! It needs nothing from elsewhere, and may not fetch anything: the policy in its head allows the one style and
//! the one script that belong to it, and nothing else. Text of pages is escaped by `maud`, and cleaned of what
//! turns or hides it.

mod lines;
mod view;

use super::{Report, Shown, Summary, clean, count, json::locate, page_of};
use crate::diagnostic::{Fix, Safety, Severity};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What may run and show in the page: the hashes of [`STYLE`] and [`SCRIPT`], held to them by a test.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; \
    style-src 'sha256-BO26CepZNPN23b3QkTDR2NHTH0aT1sH6pIHA6s+dab0='; \
    script-src 'sha256-Z6gGHXfl1U3b4wPLJSnft1W5QAJx1e+gkf6StKZZWYI='";

/// The families of rules, as the report names them, and what they are about.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("link", "Links", "that lead nowhere or somewhere else"),
    ("author", "Authors", "names, their order and who is highlighted"),
    ("duplicate", "Duplicates", "papers, news and words that stand twice"),
    ("typo", "Spelling", "words that are not meant so"),
    ("publication", "Publications", "identifiers, venues and years that disagree"),
    ("template", "Leftovers", "of the template the site was made from"),
    ("freshness", "Freshness", "what time has overtaken"),
    ("structure", "Structure", "markup that breaks on the page"),
    ("bib", "BibTeX", "entries that will not read as meant"),
    ("privacy", "Privacy", "what should not be public"),
    ("suppress", "Ignores", "comments that silence nothing"),
];

/// The findings of one file.
struct File<'a> {
    path: String,
    findings: Vec<Shown<'a>>,
}

pub(super) fn write(report: &Report<'_>) -> String {
    let summary = report.summary();
    let mut files: Vec<File<'_>> = Vec::new();
    for shown in report.shown() {
        let path = shown.path();
        match files.last_mut().filter(|file| file.path == path) {
            Some(file) => file.findings.push(shown),
            None => files.push(File { path, findings: vec![shown] }),
        }
    }
    let whose = whose(report);
    let mut number = 0;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("scholint ", env!("CARGO_PKG_VERSION")));
                title { (title(&summary)) " – " (whose) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header.top {
                    p.brand { "scholint" }
                    h1 { (whose) }
                    (numbers(&summary))
                    (families(&files))
                }
                (filters(&files))
                main {
                    @if files.is_empty() {
                        p.empty { "Nothing found. " (reach(&summary)) }
                    }
                    @for file in &files {
                        section.file {
                            h2 { span.path { (shown_path(&file.path)) } " " span.number { (file.findings.len()) } }
                            @for shown in &file.findings {
                                (finding(shown, { number += 1; number }))
                            }
                        }
                    }
                    p.empty #none hidden { "No finding passes these filters." }
                    (notes(report))
                }
                footer { p { (reach(&summary)) } }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

/// Whose sites the report is about.
fn whose(report: &Report<'_>) -> String {
    let mut owners: Vec<&str> = report
        .outcomes
        .iter()
        .filter_map(|outcome| outcome.site.owner.as_ref())
        .map(|owner| &*owner.name)
        .collect();
    owners.dedup();
    match owners.as_slice() {
        [] => "Report".to_owned(),
        names => clean::line(&names.join(", ")).into_owned(),
    }
}

fn title(summary: &Summary) -> String {
    match (summary.errors, summary.warnings) {
        (0, 0) => "nothing found".to_owned(),
        (0, warnings) => count(warnings, "warning"),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}

/// What the report covers, as a sentence.
fn reach(summary: &Summary) -> String {
    let mut out = format!("{} looked at", count(summary.files, "file"));
    for (number, what) in [
        (summary.hidden, "less severe and left out"),
        (summary.suppressed, "silenced by comments"),
        (summary.unasked, "links to other sites not asked"),
    ] {
        if number > 0 {
            let _ = write!(out, ", {number} {what}");
        }
    }
    out + "."
}

fn numbers(summary: &Summary) -> Markup {
    let hints = summary.hints.saturating_sub(summary.hidden);
    html! {
        p.numbers {
            @for (number, one) in [(summary.errors, "error"), (summary.warnings, "warning"), (hints, "hint")] {
                @if number > 0 || one != "hint" {
                    span class={ "count " (one) } { b { (number) } " " (one) @if number != 1 { "s" } }
                }
            }
        }
    }
}

/// One button a family that spoke, with a bar for its errors, warnings and hints.
fn families(files: &[File<'_>]) -> Markup {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for shown in files.iter().flat_map(|file| &file.findings) {
        counts.entry(family(shown)).or_default()[shown.diagnostic.severity as usize] += 1;
    }
    let most = counts.values().map(|counts| counts.iter().sum::<usize>()).max().unwrap_or(0);
    html! {
        div.families role="group" aria-label="Families of rules" {
            @for (family, name, about) in FAMILIES {
                @if let Some(counts) = counts.get(family) {
                    button.family type="button" data-family=(family) aria-pressed="false" {
                        span.name { (name) }
                        span.number { (counts.iter().sum::<usize>()) }
                        span.about { (about) }
                        (bar(*counts, most))
                    }
                }
            }
        }
    }
}

/// Errors, warnings and hints as stretches of one line. Drawn, because styles on elements are not allowed.
fn bar(counts: [usize; 3], most: usize) -> Markup {
    let [hints, warnings, errors] = counts;
    html! {
        svg.bar viewBox={ "0 0 " (most) " 1" } preserveAspectRatio="none" aria-hidden="true" {
            rect.error width=(errors) height="1" {}
            rect.warning x=(errors) width=(warnings) height="1" {}
            rect.hint x=(errors + warnings) width=(hints) height="1" {}
        }
    }
}

fn filters(files: &[File<'_>]) -> Markup {
    let all = || files.iter().flat_map(|file| &file.findings);
    html! {
        @if !files.is_empty() {
            form.filters role="search" hidden {
                input #search type="search" placeholder="Search findings" aria-label="Search findings"
                    autocomplete="off" spellcheck="false";
                span.levels role="group" aria-label="Severities" {
                    @for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
                        @let number = all().filter(|shown| shown.diagnostic.severity == severity).count();
                        @if number > 0 {
                            button class={ "level " (severity.name()) } type="button" data-severity=(severity.name())
                                aria-pressed="true" { (severity.name()) "s " (number) }
                        }
                    }
                }
                @if all().any(|shown| shown.diagnostic.fix.is_some()) {
                    label { input #fixable type="checkbox"; " with a repair" }
                }
                output #showing { (all().count()) " findings" }
                span.tools {
                    button #theme type="button" title="Light or dark" aria-label="Light or dark" { "◐" }
                    details.keys {
                        summary title="Keys" aria-label="Keys" { "⌨" }
                        dl {
                            @for (key, does) in [
                                ("j, k", "next, previous finding"),
                                ("/", "search"),
                                ("1, 2, 3", "errors, warnings, hints"),
                                ("Esc", "show everything"),
                            ] { dt { kbd { (key) } } dd { (does) } }
                        }
                    }
                }
            }
        }
    }
}

fn family(shown: &Shown<'_>) -> &'static str {
    shown.diagnostic.rule.split('/').next().unwrap_or_default()
}

fn finding(shown: &Shown<'_>, number: usize) -> Markup {
    let diagnostic = shown.diagnostic;
    let severity = diagnostic.severity.name();
    let (_, span) = locate(shown.outcome, diagnostic.place);
    let source = shown.outcome.site.source(diagnostic.place.file);
    let page = shown.outcome.site.page(diagnostic.place.file);
    let view = view::of(page, diagnostic.place.span);
    html! {
        article class={ "finding " (severity) } #{ "f" (number) } tabindex="-1" data-severity=(severity)
            data-family=(family(shown)) data-fixable=[diagnostic.fix.as_ref().map(|_| "yes")] {
            header {
                span class={ "badge " (severity) } { (severity) }
                h3 { (words(&diagnostic.message)) }
                a.place href={ "#f" (number) } { "line " (span.start.line) }
            }
            div.panes {
                figure.source {
                    figcaption { "In the file" }
                    (lines::around(source, diagnostic.place.span))
                }
                @if let Some(view) = view {
                    figure.view { figcaption { @if page.format.is_page() { "On the page" } @else { "As it is read" } } div.entry { (view) } }
                }
            }
            @if let Some(help) = &diagnostic.help { p.help { (words(help)) } }
            @if let Some(fix) = &diagnostic.fix { (repair(shown, fix)) }
            @if !diagnostic.related.is_empty() {
                ul.related {
                    @for related in &diagnostic.related {
                        @let (path, span) = locate(shown.outcome, related.place);
                        li { (words(&related.message)) " " span.at { (shown_path(&path)) ":" (span.start.line) } }
                    }
                }
            }
            p.rule { a href=(page_of(diagnostic.rule)) rel="noreferrer" { (diagnostic.rule) } }
        }
    }
}

fn repair(shown: &Shown<'_>, fix: &Fix) -> Markup {
    html! {
        p.fix {
            span.label { @match fix.safety { Safety::Safe => "Repair", Safety::Ask => "Possible repair" } }
            " " (words(&fix.title))
            @for edit in &fix.edits {
                @let old = shown.outcome.site.slice(edit.place);
                // What is inserted or removed, the title says.
                @if !old.is_empty() && !edit.text.is_empty() && old.len() + edit.text.len() < 200 {
                    " " span.edit {
                        del { (clean::line(old)) }
                        " " ins { (clean::line(&edit.text)) }
                    }
                }
            }
        }
    }
}

fn notes(report: &Report<'_>) -> Markup {
    let notes: Vec<_> = report.all_notes().collect();
    html! {
        @if !notes.is_empty() {
            section.notes {
                h2 { "What could not be done" }
                ul {
                    @for (path, note) in &notes {
                        li {
                            @if let Some(path) = path { span.path { (shown_path(path)) } ": " }
                            (words(&note.message)) "; " (note.advice)
                        }
                    }
                }
            }
        }
    }
}

/// A path, with places where it may be broken.
fn shown_path(path: &str) -> Markup {
    let path = clean::line(path);
    html! {
        @for (at, part) in path.split('/').enumerate() {
            @if at > 0 { "/" wbr; }
            (part)
        }
    }
}

/// A sentence, with what stands between backticks as code.
fn words(text: &str) -> Markup {
    let text = clean::line(text);
    if text.matches('`').count() % 2 == 1 {
        return html! { (text) };
    }
    html! {
        @for (at, part) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::{FAMILIES, POLICY, SCRIPT, STYLE};
    use sha2::{Digest as _, Sha256};

    #[test]
    fn the_policy_allows_the_style_and_the_script_alone() {
        for (what, text) in [("style-src", STYLE), ("script-src", SCRIPT)] {
            let allowed = format!("{what} 'sha256-{}'", base64(&Sha256::digest(text)));
            assert!(POLICY.contains(&allowed), "POLICY needs: {allowed}");
            assert!(!text.contains("</") && !text.contains('\r'), "{what} ends where it should");
        }
    }

    /// As the policy writes hashes.
    fn base64(bytes: &[u8]) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut out = String::new();
        for chunk in bytes.chunks(3) {
            let bits = (0..3)
                .fold(0_usize, |bits, at| bits << 8 | chunk.get(at).map_or(0, |byte| usize::from(*byte)));
            for at in 0..4 {
                let sign = SIGNS[bits >> (18 - 6 * at) & 63];
                out.push(if at <= chunk.len() { char::from(sign) } else { '=' });
            }
        }
        out
    }

    #[test]
    fn every_family_has_a_name() {
        for meta in crate::engine::catalogue() {
            assert!(FAMILIES.iter().any(|(family, ..)| *family == meta.family()), "{}", meta.id);
        }
    }

    #[test]
    fn a_finding_is_shown_in_the_file_and_on_the_page() {
        let outcomes = [samples::outcome("a.md", "# Title\n\nsee *teh* [cat](x.md)\n")];
        let text = Report::new(&outcomes, Severity::Hint).write(Format::Html);
        for part in [
            "<code>teh</code> is misspelled",
            "see *<mark>teh</mark>* [cat](x.md)",
            "see <em><mark>teh</mark></em> <span class=\"link\" title=\"x.md\">cat</span>",
            "data-family=\"typo\"",
            "<del>teh</del> <ins>the</ins>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn nothing_of_a_page_is_markup() {
        let text = samples::hostile(Format::Html);
        assert_eq!(text.matches("<script").count(), 1, "ours");
        for bad in ["alert(1)</", "\u{1b}", "\u{202e}", "href=\"javascript", "\u{ffff}"] {
            assert!(!text.contains(bad), "{bad:?} in {text}");
        }
        assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    #[test]
    fn nothing_found_is_said() {
        let text = Report::new(&[], Severity::Hint).write(Format::Html);
        assert!(text.contains("Nothing found. 0 files looked at."), "{text}");
    }
}
