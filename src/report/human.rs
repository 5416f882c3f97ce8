//! Findings drawn under their lines, for people at a terminal. The only place that names codespan.

use super::excerpt::Excerpt;
use super::{Report, Shown, Summary, clean, count, page_of};
use crate::config::Fault;
use crate::diagnostic::{Place, Severity};
use crate::text::{Source, Span};
use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, WriteStyle};
use std::fmt::Write as _;
use std::io;
use std::ops::Range;

/// More related places than these are counted, not drawn.
const RELATED: usize = 6;

pub(super) fn write(report: &Report<'_>) -> String {
    let mut out = Vec::new();
    for shown in report.shown() {
        draw(&mut out, report.colour, &drawn(&shown, report.links));
    }
    let mut out = String::from_utf8(out).unwrap_or_default();
    if !report.quiet {
        out.push_str(&closing(&report.summary()));
        out.push('\n');
    }
    out
}

/// The last line: what there is, what is hidden, what was not asked.
pub(super) fn closing(summary: &Summary) -> String {
    let mut loud = Vec::new();
    if summary.errors > 0 {
        loud.push(count(summary.errors, "error"));
    }
    if summary.warnings > 0 {
        loud.push(count(summary.warnings, "warning"));
    }
    let shown_hints = summary.hints.saturating_sub(summary.hidden);
    if shown_hints > 0 {
        loud.push(count(shown_hints, "hint"));
    }
    let found = if loud.is_empty() { "nothing found".to_owned() } else { loud.join(", ") };
    let mut line = format!("{found} in {}", count(summary.files, "file"));
    let mut further = Vec::new();
    if summary.hidden > 0 {
        further.push(format!("{} hidden (--min-severity hint shows all)", count(summary.hidden, "finding")));
    }
    if summary.suppressed > 0 {
        further.push(format!("{} silenced by comments", summary.suppressed));
    }
    if summary.unasked > 0 {
        further.push(format!("{} to other sites not asked", count(summary.unasked, "link")));
    }
    if summary.unsure > 0 {
        further.push(format!("{} without a certain answer", summary.unsure));
    }
    for part in further {
        let _ = write!(line, "; {part}");
    }
    line
}

/// What could not be done, a line each, for standard error.
pub fn notes(report: &Report<'_>) -> String {
    let mut out = String::new();
    for (path, note) in report.all_notes() {
        let path = path.map(|path| format!("{}: ", clean::line(&path))).unwrap_or_default();
        let _ = writeln!(out, "note: {path}{}; {}", clean::line(&note.message), note.advice);
    }
    out
}

/// The faults of a configuration, drawn like findings.
pub fn refusal(source: &Source, faults: &[Fault], colour: bool) -> String {
    let mut out = Vec::new();
    for fault in faults {
        let name = clean::line(source.path()).into_owned();
        let excerpt = Excerpt::new(name, source, &[fault.span]);
        let drawing = Drawing {
            severity: codespan::Severity::Error,
            rule: None,
            message: fault.message.clone(),
            labels: excerpt.marks.iter().map(|mark| codespan::Label::primary(0, mark.clone())).collect(),
            notes: fault.help.iter().map(|help| format!("help: {}", clean::line(help))).collect(),
            excerpts: Excerpts(vec![excerpt]),
        };
        draw(&mut out, colour, &drawing);
    }
    String::from_utf8(out).unwrap_or_default()
}

/// An address of ours that a terminal opens at a click (OSC 8).
fn linked(url: &str) -> String {
    format!("\u{1b}]8;;{url}\u{1b}\\{url}\u{1b}]8;;\u{1b}\\")
}

/// A finding, ready to be drawn.
struct Drawing {
    severity: codespan::Severity,
    rule: Option<&'static str>,
    message: String,
    labels: Vec<codespan::Label<usize>>,
    notes: Vec<String>,
    excerpts: Excerpts,
}

fn drawn(shown: &Shown<'_>, links: bool) -> Drawing {
    let diagnostic = shown.diagnostic;
    let related = diagnostic.related.iter().take(RELATED);
    let places: Vec<(Place, Option<&str>)> = std::iter::once((diagnostic.place, None))
        .chain(related.map(|related| (related.place, Some(related.message.as_str()))))
        .collect();
    let mut files: Vec<_> = places.iter().map(|(place, _)| place.file).collect();
    // The finding's own file is drawn first.
    let own = diagnostic.place.file;
    files.sort_by_key(|file| (*file != own, *file));
    files.dedup();
    let mut labels = vec![None; places.len()];
    let mut excerpts = Vec::new();
    for (number, file) in files.into_iter().enumerate() {
        let source = shown.outcome.site.source(file);
        let here: Vec<usize> = (0..places.len()).filter(|index| places[*index].0.file == file).collect();
        let spans: Vec<Span> = here.iter().map(|index| places[*index].0.span).collect();
        let name = clean::line(&shown.outcome.path_of(source)).into_owned();
        let excerpt = Excerpt::new(name, source, &spans);
        for (mark, index) in excerpt.marks.iter().zip(here) {
            labels[index] = Some(match places[index].1 {
                None => codespan::Label::primary(number, mark.clone()),
                Some(message) => {
                    codespan::Label::secondary(number, mark.clone()).with_message(clean::line(message))
                }
            });
        }
        excerpts.push(excerpt);
    }
    let mut notes = Vec::new();
    if let Some(more) = diagnostic.related.len().checked_sub(RELATED).filter(|more| *more > 0) {
        notes.push(format!("and {more} more"));
    }
    if let Some(help) = shown.advice() {
        notes.push(format!("help: {}", clean::line(help)));
    }
    let page = page_of(diagnostic.rule);
    notes.push(if links { format!("see {}", linked(&page)) } else { format!("see {page}") });
    Drawing {
        severity: match diagnostic.severity {
            Severity::Error => codespan::Severity::Error,
            Severity::Warning => codespan::Severity::Warning,
            Severity::Hint => codespan::Severity::Help,
        },
        rule: Some(diagnostic.rule),
        message: diagnostic.message.clone(),
        labels: labels.into_iter().flatten().collect(),
        notes,
        excerpts: Excerpts(excerpts),
    }
}

/// The excerpts of one finding, by number, as codespan asks for them.
struct Excerpts(Vec<Excerpt>);

impl Excerpts {
    fn get(&self, number: usize) -> Result<&Excerpt, Error> {
        self.0.get(number).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, number: usize) -> Result<&'a str, Error> {
        Ok(&self.get(number)?.name)
    }

    fn source(&'a self, number: usize) -> Result<&'a str, Error> {
        Ok(self.get(number)?.text())
    }

    fn line_index(&'a self, number: usize, at: usize) -> Result<usize, Error> {
        Ok(self.get(number)?.line_at(at))
    }

    fn line_range(&'a self, number: usize, line: usize) -> Result<Range<usize>, Error> {
        Ok(self.get(number)?.range_of(line))
    }

    fn column_number(&'a self, number: usize, _line: usize, at: usize) -> Result<usize, Error> {
        Ok(self.get(number)?.column_at(at))
    }
}

fn draw(out: &mut Vec<u8>, colour: bool, drawing: &Drawing) {
    let mut diagnostic = codespan::Diagnostic::new(drawing.severity)
        .with_message(clean::line(&drawing.message))
        .with_labels(drawing.labels.clone())
        .with_notes(drawing.notes.clone());
    diagnostic.code = drawing.rule.map(str::to_owned);
    let mut pen = Pen { out, colour, header: false };
    let drawn = term::emit_to_write_style(&mut pen, &term::Config::default(), &drawing.excerpts, &diagnostic);
    debug_assert!(drawn.is_ok(), "an excerpt holds every place it is asked for");
}

/// Writes codespan's parts in our colours, and our word for its least severity.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    colour: bool,
    header: bool,
}

impl Pen<'_> {
    fn style(&mut self, style: Style) -> io::Result<()> {
        use io::Write as _;
        if self.colour { write!(self.out, "{}", style.render()) } else { Ok(()) }
    }
}

fn colour_of(severity: codespan::Severity) -> AnsiColor {
    match severity {
        codespan::Severity::Bug | codespan::Severity::Error => AnsiColor::BrightRed,
        codespan::Severity::Warning => AnsiColor::BrightYellow,
        codespan::Severity::Note | codespan::Severity::Help => AnsiColor::BrightCyan,
    }
}

impl io::Write for Pen<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bytes = if std::mem::take(&mut self.header) && bytes == b"help" { b"hint" } else { bytes };
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Pen<'_> {
    fn set_header(&mut self, severity: codespan::Severity) -> io::Result<()> {
        self.header = true;
        self.style(Style::new().bold().fg_color(Some(colour_of(severity).into())))
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.style(Style::new().bold())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.style(Style::new().fg_color(Some(AnsiColor::BrightBlue.into())))
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set_line_number()
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set_line_number()
    }

    fn set_label(&mut self, severity: codespan::Severity, style: codespan::LabelStyle) -> io::Result<()> {
        let colour = match style {
            codespan::LabelStyle::Primary => colour_of(severity),
            codespan::LabelStyle::Secondary => AnsiColor::BrightBlue,
        };
        self.style(Style::new().fg_color(Some(colour.into())))
    }

    fn reset(&mut self) -> io::Result<()> {
        if self.colour {
            use io::Write as _;
            write!(self.out, "{}", anstyle::Reset.render())
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::closing;

    fn written(text: &str, colour: bool) -> String {
        let outcomes = [samples::outcome("a.md", text)];
        let mut report = Report::new(&outcomes, Severity::Hint);
        report.colour = colour;
        report.write(Format::Human)
    }

    #[test]
    fn a_finding_is_drawn_under_its_line() {
        let expected = "\
error[typo/misspelling]: `teh` is misspelled
  ┌─ site/a.md:3:5
  │
1 │ A page
  │ - the page begins here
2 │ 
3 │ see teh
  │     ^^^
  │
  = help: write `the`
  = see https://github.com/scholint/scholint/blob/main/rules/typo/misspelling.md

1 error in 1 file; 1 silenced by comments; 2 links to other sites not asked
";
        assert_eq!(written("A page\n\nsee teh\n", false), expected);
    }

    #[test]
    fn rules_are_linked_where_the_terminal_can() {
        let outcomes = [samples::outcome("a.md", "teh")];
        let mut report = Report::new(&outcomes, Severity::Hint);
        report.links = true;
        let text = report.write(Format::Human);
        let url = page_of("typo/misspelling");
        assert!(text.contains(&format!("see \u{1b}]8;;{url}\u{1b}\\{url}\u{1b}]8;;\u{1b}\\\n")), "{text:?}");
    }

    #[test]
    fn hints_are_called_hints() {
        let text = written("teh\nteh", false);
        assert!(text.contains("\nhint[typo/misspelling]: "), "{text}");
        assert!(text.contains("= help: write"), "{text}");
    }

    #[test]
    fn nothing_of_a_hostile_page_reaches_the_terminal() {
        let hostile = "\u{1b}]0;owned\u{7}\u{1b}[31m teh \u{202e}cod\u{9b}2J\r x";
        let text = written(hostile, false);
        let bad: Vec<char> =
            text.chars().filter(|c| c.is_control() && *c != '\n' || *c == '\u{202e}').collect();
        assert!(bad.is_empty(), "{bad:?} in {text}");
        assert!(written("teh", true).contains("\u{1b}["), "our own colours stay");
    }

    #[test]
    fn a_very_long_line_costs_no_screen() {
        let text = written(&format!("{}teh{}", "a".repeat(100_000), "b".repeat(100_000)), false);
        assert!(text.len() < 2_000, "{}", text.len());
    }

    #[test]
    fn the_closing_line_counts() {
        let summary = Summary { files: 3, errors: 1, warnings: 2, hints: 4, hidden: 4, ..Summary::default() };
        assert_eq!(
            closing(&summary),
            "1 error, 2 warnings in 3 files; 4 findings hidden (--min-severity hint shows all)"
        );
        assert_eq!(closing(&Summary { files: 1, ..Summary::default() }), "nothing found in 1 file");
    }
}
