//! How findings, sites and rules are shown: to people, to scripts, as a table.
//!
//! Reports are written into a buffer by values alone: nothing here opens a file or asks the terminal.
//! Text of pages is hostile; whatever leaves for a terminal goes through [`clean`].

pub mod clean;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod human;
mod inspect;
mod json;
mod junit;
mod markdown;
mod rdjson;
mod rule;
mod sarif;
mod statistics;

pub use human::{notes, refusal};
pub use inspect::{inspect_json, inspect_text};
pub use rule::{explain, rules_json, rules_markdown, rules_text};
pub use statistics::statistics;

use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Note, Outcome};

/// Where the pages of the rules can be read.
const PAGES: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/rules/");

/// The address of a rule's page.
pub fn page_of(rule: &str) -> String {
    format!("{PAGES}{rule}.md")
}

/// The form of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Findings drawn under their line.
    #[default]
    Human,
    /// One line a finding.
    Concise,
    /// For scripts and editors.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// For code scanning.
    Sarif,
    /// A Code Quality report of GitLab.
    Gitlab,
    /// For systems that know tests only.
    Junit,
    /// For reviewdog.
    Rdjson,
    /// For a comment on a pull request.
    Markdown,
    /// One page to open in a browser.
    Html,
}

impl Format {
    /// Whether the report is for people to read as it is, so that more text may follow it.
    pub const fn is_prose(self) -> bool {
        matches!(self, Format::Human | Format::Concise)
    }
}

/// What the sites of a run came to, as it is shown.
pub struct Report<'a> {
    outcomes: &'a [Outcome],
    /// What is less severe is counted, not shown.
    pub min_severity: Severity,
    /// Whether escape codes colour the report.
    pub colour: bool,
    /// Whether the terminal takes links.
    pub links: bool,
    /// Whether the closing line is left out.
    pub quiet: bool,
}

/// A finding that is shown, with its site.
#[derive(Clone, Copy)]
struct Shown<'a> {
    outcome: &'a Outcome,
    diagnostic: &'a Diagnostic,
    fingerprint: &'a str,
}

impl<'a> Shown<'a> {
    /// The path of its file from the working directory.
    fn path(&self) -> String {
        self.outcome.path_of(self.outcome.site.source(self.diagnostic.place.file))
    }

    /// What to do about it: a repair's title says so where the rule says nothing more.
    fn advice(&self) -> Option<&'a str> {
        let fix = self.diagnostic.fix.as_ref();
        self.diagnostic.help.as_deref().or(fix.map(|fix| fix.title.as_str()))
    }
}

/// The counts of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Files that were looked at.
    pub files: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Hints.
    pub hints: usize,
    /// Findings silenced by comments.
    pub suppressed: usize,
    /// Findings with a fix.
    pub fixable: usize,
    /// Links to other sites nobody asked about.
    pub unasked: usize,
    /// Questions to other sites without a certain answer.
    pub unsure: usize,
    /// Findings that are counted but not shown.
    #[serde(skip)]
    pub hidden: usize,
}

impl<'a> Report<'a> {
    /// The report of some outcomes.
    pub fn new(outcomes: &'a [Outcome], min_severity: Severity) -> Self {
        Self { outcomes, min_severity, colour: false, links: false, quiet: false }
    }

    /// Writes it.
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Human => human::write(self),
            Format::Concise => concise::write(self),
            Format::Json => json::write(self),
            Format::Github => github::write(self),
            Format::Sarif => sarif::write(self),
            Format::Gitlab => gitlab::write(self),
            Format::Junit => junit::write(self),
            Format::Rdjson => rdjson::write(self),
            Format::Markdown => markdown::write(self),
            Format::Html => html::write(self),
        }
    }

    /// The last line: what there is, what is hidden, what was not asked.
    pub fn closing(&self) -> String {
        human::closing(&self.summary())
    }

    /// The counts.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for outcome in self.outcomes {
            summary.files += outcome.files;
            summary.suppressed += outcome.suppressed;
            summary.unasked += outcome.unasked;
            summary.unsure += outcome.unsure;
            for diagnostic in &outcome.diagnostics {
                match diagnostic.severity {
                    Severity::Error => summary.errors += 1,
                    Severity::Warning => summary.warnings += 1,
                    Severity::Hint => summary.hints += 1,
                }
                summary.fixable += usize::from(diagnostic.fix.is_some());
                summary.hidden += usize::from(diagnostic.severity < self.min_severity);
            }
        }
        summary
    }

    fn shown(&self) -> impl Iterator<Item = Shown<'a>> + '_ {
        self.outcomes.iter().flat_map(move |outcome| {
            outcome
                .diagnostics
                .iter()
                .zip(&outcome.fingerprints)
                .filter(|(diagnostic, _)| diagnostic.severity >= self.min_severity)
                .map(move |(diagnostic, fingerprint)| Shown { outcome, diagnostic, fingerprint })
        })
    }

    /// The notes of all sites, with paths from the working directory.
    pub fn all_notes(&self) -> impl Iterator<Item = (Option<String>, &'a Note)> + '_ {
        self.outcomes.iter().flat_map(|outcome| {
            outcome
                .notes
                .iter()
                .map(|note| (note.path.as_ref().map(|path| format!("{}{path}", outcome.prefix)), note))
        })
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod samples {
    //! A small outcome to show.

    use super::*;
    use crate::diagnostic::{Edit, FileId, Fix, Place, Related, Safety};
    use crate::markup::Dialect;
    use crate::model::Page;
    use crate::site::{Facts, Files, Site};
    use crate::text::{Source, Span};
    use std::sync::Arc;

    /// A page with a finding on each `teh`: an error, then a hint.
    pub(super) fn outcome(path: &str, text: &str) -> Outcome {
        let format = crate::model::Format::Markdown(Dialect::Kramdown);
        let page = Page::read(FileId(0), Source::new(path, text), format);
        let site = Site::new(vec![Arc::new(page)], Files::default(), Facts::default());
        let first = Place { file: FileId(0), span: Span::new(0, 1) };
        let diagnostics: Vec<Diagnostic> = text
            .match_indices("teh")
            .enumerate()
            .map(|(index, (at, _))| {
                let place = Place { file: FileId(0), span: Span::at(at, at + 3) };
                Diagnostic {
                    rule: "typo/misspelling",
                    severity: if index % 2 == 0 { Severity::Error } else { Severity::Hint },
                    place,
                    message: "`teh` is misspelled".to_owned(),
                    related: vec![Related { place: first, message: "the page begins here".to_owned() }],
                    help: Some("write `the`".to_owned()),
                    fix: Some(Fix {
                        title: "write `the`".to_owned(),
                        safety: Safety::Ask,
                        edits: vec![Edit { place, text: "the".to_owned() }],
                    }),
                }
            })
            .collect();
        Outcome {
            prefix: "site/".to_owned(),
            fingerprints: diagnostics.iter().map(|_| "f".to_owned()).collect(),
            diagnostics,
            suppressed: 1,
            files: 1,
            unasked: 2,
            unsure: 0,
            interrupted: false,
            notes: Vec::new(),
            site,
        }
    }

    /// The report of a finding whose page does its worst to break out of it.
    pub(super) fn hostile(format: Format) -> String {
        let text = "teh %0A,::x:: `a|b` ``` ]]> \"'><script>alert(1)</script> @ada #1 [x](javascript:1) \
            \u{1b}[31m\u{7}\r\u{202e}\u{ffff}\u{0} 100% ##[error] &amp; {{ x }} ${x} --> <!--\n";
        let mut outcome = outcome("a,b:c%::`|<script>&\u{1b}\u{202e}.md", text);
        let diagnostic = &mut outcome.diagnostics[0];
        diagnostic.message = format!("{text}\n::error::x");
        diagnostic.help = Some(diagnostic.message.clone());
        diagnostic.related[0].message.clone_from(&diagnostic.message);
        let fix = diagnostic.fix.as_mut().expect("a fix");
        fix.title.clone_from(&diagnostic.message);
        fix.edits[0].text.clone_from(&diagnostic.message);
        outcome.notes.push(Note {
            path: Some("\r::error::<script>".to_owned()),
            message: text.to_owned(),
            advice: "do this",
            failed: false,
        });
        Report::new(&[outcome], Severity::Hint).write(format)
    }
}
