//! Source text and places in it: byte spans, lines, columns in code points and UTF-16.
//!
//! This is the only module that converts between bytes, code points and UTF-16 units. It knows
//! nothing of Markdown.

// Slicing by byte is this module's duty; everything else goes through `Source::slice`.
#![allow(clippy::string_slice)]

use std::sync::{Arc, OnceLock};

/// A range of bytes in a source, end exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The span of two `usize` offsets.
    pub const fn at(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies inside.
    pub const fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span `by` bytes further on.
    #[must_use]
    pub const fn shift(self, by: u32) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// As a range of `usize`, for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column as people count them: from 1, columns in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

/// The text of one file and the table of its lines. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    lines: Arc<[u32]>,
    /// How many characters begin before every so many bytes, counted when a long line asks for it.
    counts: Arc<OnceLock<Vec<u32>>>,
}

/// The bytes between two counts of characters.
const STRIDE: usize = 1024;

impl Source {
    /// A source under its path (relative to the site's root, with `/`).
    ///
    /// The text must be shorter than 4 GiB; the engine refuses longer files before this.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text: Arc<str> = text.into();
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { path: path.into(), text, lines: lines.into(), counts: Arc::default() }
    }

    /// The path relative to the site's root, with `/`.
    pub fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::at(0, self.text.len())
    }

    /// The text of a span. Ends that lie outside or within a character are moved inwards, so that
    /// this never panics.
    pub fn slice(&self, span: Span) -> &str {
        slice(&self.text, span)
    }

    /// Number of lines, at least 1.
    pub fn line_count(&self) -> u32 {
        self.lines.len() as u32
    }

    /// The line, counted from 0, that holds a byte offset.
    pub fn line_index(&self, offset: u32) -> u32 {
        (self.lines.partition_point(|&start| start <= offset) - 1) as u32
    }

    /// The span of a line counted from 0, without its line ending; empty when there is no such line.
    pub fn line_span(&self, index: u32) -> Span {
        let Some(&start) = self.lines.get(index as usize) else {
            return Span::at(self.text.len(), self.text.len());
        };
        let end = self.lines.get(index as usize + 1).map_or(self.text.len() as u32, |&next| next - 1);
        let line = &self.text[start as usize..end as usize];
        Span::new(start, end - u32::from(line.ends_with('\r')))
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_index(offset);
        let start = self.lines[line as usize];
        let marked = start == 0 && offset >= 3 && self.text.starts_with('\u{feff}');
        Position { line: line + 1, column: self.characters(start, offset) - u32::from(marked) + 1 }
    }

    /// The number of characters between two bytes.
    fn characters(&self, start: u32, end: u32) -> u32 {
        let between = slice(&self.text, Span::new(start, end));
        if between.len() <= STRIDE {
            return between.chars().count() as u32;
        }
        let begins = |bytes: &[u8]| bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xbf)).count() as u32;
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let mut counts = vec![0];
            for chunk in bytes.chunks(STRIDE) {
                counts.push(counts.last().copied().unwrap_or_default() + begins(chunk));
            }
            counts
        });
        let before = |at: usize| counts[at / STRIDE] + begins(&bytes[at / STRIDE * STRIDE..at]);
        let start = start as usize;
        before(start + between.len()) - before(start)
    }

    /// Line and column, both from 0, of a byte offset, as editors count.
    pub fn editor_position(&self, offset: u32, units: Units) -> (u32, u32) {
        let line = self.line_index(offset);
        let before = slice(&self.text, Span::new(self.lines[line as usize], offset));
        (line, before.chars().map(|character| units.of(character)).sum())
    }

    /// The byte offset of a line and a column, both from 0; columns past the line's end give its end.
    pub fn editor_offset(&self, line: u32, column: u32, units: Units) -> u32 {
        let span = self.line_span(line);
        let mut count = 0;
        for (at, character) in self.slice(span).char_indices() {
            if count >= column {
                return span.start + at as u32;
            }
            count += units.of(character);
        }
        span.end
    }
}

/// What an editor counts columns in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// Bytes of UTF-8.
    Utf8,
    /// UTF-16 code units.
    #[default]
    Utf16,
}

impl Units {
    const fn of(self, character: char) -> u32 {
        match self {
            Units::Utf8 => character.len_utf8() as u32,
            Units::Utf16 => character.len_utf16() as u32,
        }
    }
}

/// The part of `text` in `span`, moved inwards to character boundaries and to the text's end.
pub fn slice(text: &str, span: Span) -> &str {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (span.end as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if start < end { &text[start..end] } else { "" }
}

/// The offset of `part` within `whole`, in bytes, when `part` was borrowed from `whole`.
///
/// Returns `None` when it was not, so that a copy is never mistaken for a place.
pub fn offset_in(whole: &str, part: &str) -> Option<u32> {
    let offset = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    (offset + part.len() <= whole.len()).then_some(offset as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points_and_utf16_units() {
        let source = Source::new("a.md", "é\r\n汪🔥x\n");
        let x = source.text().find('x').map(|at| at as u32).expect("x");
        assert_eq!(source.position(x), Position { line: 2, column: 3 });
        for (units, column) in [(Units::Utf16, 3), (Units::Utf8, x - source.line_span(1).start)] {
            assert_eq!(source.editor_position(x, units), (1, column));
            assert_eq!(source.editor_offset(1, column, units), x);
        }
        assert_eq!(source.slice(source.line_span(0)), "é");
        assert_eq!(source.line_count(), 3);
    }

    #[test]
    fn columns_of_long_lines_are_counted() {
        let line = "aé汪🔥".repeat(1500);
        let source = Source::new("a.md", format!("\u{feff}{line}\n{line}"));
        for (start, number) in [(3, 1), (line.len() + 4, 2)] {
            for (index, (at, _)) in line.char_indices().enumerate().chain([(6000, (line.len(), ' '))]) {
                let position = Position { line: number, column: index as u32 + 1 };
                assert_eq!(source.position((start + at) as u32), position);
            }
        }
    }

    #[test]
    fn a_slice_never_splits_a_character() {
        let source = Source::new("a.md", "aéb");
        assert_eq!(source.slice(Span::new(0, 2)), "a");
        assert_eq!(source.slice(Span::new(2, 9)), "b");
        assert_eq!(source.slice(Span::new(3, 1)), "");
    }

    #[test]
    fn a_byte_order_mark_is_no_column() {
        let source = Source::new("a.md", "\u{feff}ab");
        assert_eq!(source.position(4), Position { line: 1, column: 2 });
    }
}
