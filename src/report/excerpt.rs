//! The lines of a file that a finding is drawn on: harmless, shortened around the marked places, with
//! the true line and column of each.

use super::clean;
use crate::text::{Source, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// Characters shown before and behind a marked place of a long line.
const AROUND: usize = 48;
/// Lines up to this many characters are shown whole.
const WHOLE: usize = 140;
/// Characters of a marked place that are shown.
const MARKED: usize = 100;

/// Some lines of one file.
pub(super) struct Excerpt {
    /// The path as shown.
    pub(super) name: String,
    text: String,
    /// By line, counted from 0: where it stands in `text`.
    lines: BTreeMap<usize, Range<usize>>,
    /// By place in `text`: the column in the file.
    columns: BTreeMap<usize, u32>,
    /// Where each marked span stands in `text`, in the order they were given.
    pub(super) marks: Vec<Range<usize>>,
}

impl Excerpt {
    /// The lines of the given spans. A span over several lines is shown by its first.
    pub(super) fn new(name: String, source: &Source, spans: &[Span]) -> Self {
        let spans: Vec<(usize, Span)> = spans
            .iter()
            .map(|span| first_line(source, *span))
            .map(|(line, span)| (line as usize, span))
            .collect();
        let mut excerpt = Self {
            name,
            text: String::new(),
            lines: BTreeMap::new(),
            columns: BTreeMap::new(),
            marks: vec![0..0; spans.len()],
        };
        let mut wanted: Vec<usize> = spans.iter().map(|(line, _)| *line).collect();
        wanted.sort_unstable();
        wanted.dedup();
        // One line between two others is drawn as well.
        let between: Vec<usize> =
            wanted.windows(2).filter(|pair| pair[1] - pair[0] == 2).map(|pair| pair[0] + 1).collect();
        wanted.extend(between);
        wanted.sort_unstable();
        for line in wanted {
            let marked: Vec<(usize, Span)> = spans
                .iter()
                .enumerate()
                .filter(|(_, (at, _))| *at == line)
                .map(|(number, (_, span))| (number, *span))
                .collect();
            excerpt.push_line(source, line, &marked);
        }
        excerpt
    }

    /// The lines of the excerpt.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The line of the file, counted from 0, that is shown at a byte of the excerpt.
    pub(super) fn line_at(&self, at: usize) -> usize {
        let found = self.lines.iter().find(|(_, range)| at <= range.end);
        found.or_else(|| self.lines.iter().next_back()).map_or(0, |(line, _)| *line)
    }

    /// Where a line of the file, counted from 0, stands in the excerpt.
    pub(super) fn range_of(&self, line: usize) -> Range<usize> {
        self.lines.get(&line).cloned().unwrap_or(0..0)
    }

    /// The column in the file of a mark's beginning in the excerpt.
    pub(super) fn column_at(&self, at: usize) -> usize {
        self.columns.get(&at).map_or(1, |column| *column as usize)
    }

    fn push_line(&mut self, source: &Source, line: usize, marked: &[(usize, Span)]) {
        let span = source.line_span(line as u32);
        let content = source.slice(span);
        let shown = windows(content, span.start, marked);
        let start = self.text.len();
        let mut reached = 0;
        // Where in `text` each byte of the line that begins or ends a mark is shown.
        let mut ends: BTreeMap<u32, usize> = marked
            .iter()
            .flat_map(|(_, span)| [span.start, span.end])
            .map(|offset| (offset, usize::MAX))
            .collect();
        for window in shown {
            if window.start > reached {
                self.text.push('…');
            }
            let part = crate::text::slice(content, Span::at(window.start, window.end));
            for (at, character) in part.char_indices() {
                let offset = span.start + (window.start + at) as u32;
                if let Some(place) = ends.get_mut(&offset) {
                    *place = self.text.len();
                }
                // A byte order mark is no part of the line.
                if offset > 0 || character != '\u{feff}' {
                    clean::push(&mut self.text, character);
                }
            }
            let offset = span.start + window.end as u32;
            if let Some(place) = ends.get_mut(&offset) {
                *place = self.text.len();
            }
            reached = window.end;
        }
        let end = self.text.len();
        if reached < content.len() {
            self.text.push('…');
        }
        for (number, span) in marked {
            let shown =
                |offset: u32| ends.get(&offset).copied().filter(|at| *at != usize::MAX).unwrap_or(end);
            let (from, to) = (shown(span.start), shown(span.end));
            self.columns.insert(from, source.position(span.start).column);
            self.marks[*number] = from..to.max(from);
        }
        self.lines.insert(line, start..self.text.len());
        self.text.push('\n');
    }
}

/// The first line of a span, counted from 0, and the part of the span on it.
fn first_line(source: &Source, span: Span) -> (u32, Span) {
    let length = source.text().len() as u32;
    let start = span.start.min(length);
    let line = source.line_index(start);
    let end = source.line_span(line).end;
    (line, Span::new(start.min(end), span.end.clamp(start.min(end), end)))
}

/// The parts of a line that are shown, in bytes: all of a short line, else the marks and what is near.
fn windows(content: &str, line_start: u32, marked: &[(usize, Span)]) -> Vec<Range<usize>> {
    let whole = 0..content.len();
    if content.chars().nth(WHOLE).is_none() {
        return vec![whole];
    }
    let mut windows: Vec<Range<usize>> = marked
        .iter()
        .map(|(_, span)| {
            let at = (span.start - line_start) as usize;
            let end = (span.end - line_start) as usize;
            let until = forward(content, at, MARKED).min(end.max(at));
            backward(content, at, AROUND)..forward(content, until, AROUND)
        })
        .collect();
    if windows.is_empty() {
        windows.push(0..forward(content, 0, WHOLE));
    }
    windows.sort_by_key(|window| window.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for window in windows {
        match merged.last_mut() {
            Some(last) if window.start <= last.end => last.end = last.end.max(window.end),
            _ => merged.push(window),
        }
    }
    merged
}

/// The byte `characters` before `at`.
fn backward(content: &str, at: usize, characters: usize) -> usize {
    let before = crate::text::slice(content, Span::at(0, at));
    before.char_indices().rev().take(characters).last().map_or(at, |(byte, _)| byte)
}

/// The byte `characters` behind `at`.
fn forward(content: &str, at: usize, characters: usize) -> usize {
    let behind = crate::text::slice(content, Span::at(at, content.len()));
    behind.char_indices().nth(characters).map_or(content.len(), |(byte, _)| at + byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, part: &str) -> (String, String, u32) {
        let source = Source::new("a.md", text);
        let at = text.find(part).expect("the part");
        let excerpt = Excerpt::new("a.md".to_owned(), &source, &[Span::at(at, at + part.len())]);
        let mark = excerpt.marks[0].clone();
        let column = excerpt.columns[&mark.start];
        (
            excerpt.text.trim_end_matches('\n').to_owned(),
            excerpt.text.get(mark).expect("whole characters").to_owned(),
            column,
        )
    }

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(marked("one\ntwo teh\nthree", "teh"), ("two teh".to_owned(), "teh".to_owned(), 5));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let long = format!("{}teh{}", "é".repeat(500), "汪".repeat(500));
        let (line, mark, column) = marked(&long, "teh");
        assert_eq!(line, format!("…{}teh{}…", "é".repeat(AROUND), "汪".repeat(AROUND)));
        assert_eq!((mark.as_str(), column), ("teh", 501));
    }

    #[test]
    fn a_long_mark_is_cut_too() {
        let (line, mark, _) = marked(&format!("a{}", "x".repeat(10_000)), &"x".repeat(10_000));
        assert!(line.chars().count() < 300, "{}", line.len());
        assert!(mark.len() > MARKED && mark.chars().all(|c| c == 'x'), "{mark}");
    }

    #[test]
    fn hostile_text_keeps_its_columns() {
        let (line, mark, column) = marked("\u{1b}[31m\u{202e}teh\u{7}", "teh");
        assert_eq!(line, "␛[31m\\u{202e}teh␇");
        assert_eq!((mark.as_str(), column), ("teh", 7));
    }

    #[test]
    fn a_span_over_lines_is_shown_by_its_first() {
        assert_eq!(marked("one\r\ntwo\r\nthree", "wo\r\nth").1, "wo");
    }
}
