//! Finds the bytes of every inline node by walking through its block alongside the tree.
//!
//! Inline nodes cover their block without gaps but for line prefixes, blanks at line ends and
//! delimiters. So the place where one ends is where the next starts, and each place is checked: a
//! `Strong` starts with `**` or `__`, a text equals its bytes. comrak's own position is the second
//! guess, one search inside the block the third; failing that the node is wide. It builds no tree.

use super::cook::decode_entities;
use super::target;
use crate::text::Span;
use comrak::nodes::{LineColumn, Sourcepos};
use memchr::memmem;

/// The first bytes of the lines, as comrak counts them.
pub(super) struct Lines {
    starts: Vec<u32>,
    end: usize,
}

impl Lines {
    /// The lines of a masked text; `\n`, `\r\n` and `\r` end one.
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts, end: bytes.len() }
    }

    fn offset(&self, at: LineColumn) -> Option<usize> {
        let start = *self.starts.get(at.line.checked_sub(1)?)?;
        let offset = start as usize + at.column.checked_sub(1)?;
        (offset <= self.end).then_some(offset)
    }

    /// Where the line ends that is so many after that of `at`.
    pub(super) fn end_of_line(&self, at: usize, after: usize) -> usize {
        let line = self.starts.partition_point(|&start| start as usize <= at);
        self.starts.get(line + after).map_or(self.end, |&start| start as usize)
    }

    /// The first byte of a node and one past its last, as far as comrak's position makes sense.
    pub(super) fn hint(&self, position: Sourcepos) -> Hint {
        let start = self.offset(position.start);
        // A column of 0 is the start of a blank line after the block.
        let end = match position.end {
            LineColumn { line, column: 0 } => self.offset(LineColumn { line, column: 1 }),
            last => self.offset(last).map(|last| (last + 1).min(self.end)),
        };
        Hint { start, end: end.filter(|end| start.is_none_or(|start| start <= *end)) }
    }
}

/// Where comrak believes a node to be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Hint {
    /// The first byte.
    pub(super) start: Option<usize>,
    /// One past the last byte.
    pub(super) end: Option<usize>,
}

/// How the literal of a text came out of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Escapes and entities were decoded.
    Markdown,
    /// Entities were decoded: `<https://…>`.
    Entities,
    /// As it is: a bare URL.
    Plain,
}

/// A walk through one block.
pub(super) struct Locator<'a> {
    bytes: &'a [u8],
    cursor: usize,
    limit: usize,
    /// The cursor stands before the prefix of a line.
    fresh: bool,
    quotes: u32,
    searches: u32,
}

/// Searches allowed in one block, so that a hopeless block costs linear time.
const MOST_SEARCHES: u32 = 8;

impl<'a> Locator<'a> {
    /// A walk through the block at `start` up to `limit`, inside so many quotations.
    pub(super) fn new(bytes: &'a [u8], start: usize, limit: usize, quotes: u32) -> Self {
        let limit = limit.min(bytes.len());
        Self { bytes, cursor: start, limit, fresh: true, quotes, searches: MOST_SEARCHES }
    }

    /// Where the walk is.
    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    /// Goes on from a place.
    pub(super) fn go(&mut self, to: usize) {
        self.cursor = to;
        self.fresh = false;
    }

    fn starts_with(&self, at: usize, look: &[u8]) -> bool {
        self.bytes.get(at..self.limit).is_some_and(|rest| rest.starts_with(look))
    }

    /// The places where the next node may start, the best first.
    fn guesses(&self, hint: Hint) -> [Option<usize>; 3] {
        let here =
            if self.fresh { target::prefix(self.bytes, self.cursor, self.quotes) } else { self.cursor };
        let hinted = hint.start.filter(|&hint| hint >= self.cursor && hint < self.limit);
        let follows = |&hint: &usize| {
            self.bytes[self.cursor..hint].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'>'))
        };
        // In a line's prefix comrak knows better which `>` belongs to it.
        let first = if self.fresh { hinted.filter(follows) } else { None };
        [first, Some(here), hinted]
    }

    /// Goes past what `look` finds at the next node's start, and says where it started.
    pub(super) fn open(&mut self, hint: Hint, look: impl Fn(&[u8]) -> Option<usize>) -> Option<usize> {
        for start in self.guesses(hint).into_iter().flatten() {
            if let Some(length) = self.bytes.get(start..self.limit).and_then(&look) {
                self.go(start + length);
                return Some(start);
            }
        }
        None
    }

    /// Goes past a closing delimiter, and says where it ended.
    pub(super) fn close(&mut self, hint: Hint, delimiter: &[u8]) -> Option<usize> {
        let hinted = hint.end.and_then(|end| end.checked_sub(delimiter.len()));
        for start in self.guesses(Hint { start: hinted, end: None }).into_iter().flatten() {
            if self.starts_with(start, delimiter) {
                self.go(start + delimiter.len());
                return Some(self.cursor);
            }
        }
        None
    }

    /// The bytes of a text.
    pub(super) fn text(&mut self, hint: Hint, literal: &str, coding: Coding) -> Option<Span> {
        let literal = literal.as_bytes();
        for start in self.guesses(hint).into_iter().flatten() {
            if let Some(end) = self.spells(start, literal, coding) {
                self.go(end);
                return Some(Span::at(start, end));
            }
        }
        let start = self.search(literal)?;
        self.go(start + literal.len());
        Some(Span::at(start, self.cursor))
    }

    fn search(&mut self, look: &[u8]) -> Option<usize> {
        if look.len() < 2 || memchr::memchr2(b'\\', b'&', look).is_some() {
            return None;
        }
        self.searches = self.searches.checked_sub(1)?;
        let rest = self.bytes.get(self.cursor..self.limit)?;
        memmem::find(rest, look).map(|found| self.cursor + found)
    }

    /// The end of the bytes at `start` that read as `literal`.
    fn spells(&self, start: usize, literal: &[u8], coding: Coding) -> Option<usize> {
        let plain = coding == Coding::Plain || memchr::memchr2(b'\\', b'&', literal).is_none();
        if plain && self.starts_with(start, literal) {
            return Some(start + literal.len());
        }
        if coding == Coding::Plain {
            return None;
        }
        let mut at = start;
        let mut read = 0;
        while read < literal.len() {
            let byte = *self.bytes.get(at).filter(|_| at < self.limit)?;
            let escaped = self.bytes.get(at + 1).filter(|next| next.is_ascii_punctuation());
            if byte == b'\\'
                && coding == Coding::Markdown
                && let Some(&escaped) = escaped
            {
                if literal[read] != escaped {
                    return None;
                }
                at += 2;
                read += 1;
            } else if byte == b'&'
                && let Some((length, taken)) = self.entity(at, &literal[read..])
            {
                at += length;
                read += taken;
            } else if literal[read] == byte {
                at += 1;
                read += 1;
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// The length of the entity at `at`, and of what it stands for at the start of `literal`.
    fn entity(&self, at: usize, literal: &[u8]) -> Option<(usize, usize)> {
        let rest = self.bytes.get(at..self.limit)?;
        let end = rest.iter().take(34).position(|&byte| byte == b';')?;
        let whole = std::str::from_utf8(&rest[..=end]).ok()?;
        let name = &whole[1..end];
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
            return None;
        }
        let decoded = decode_entities(whole, 0).text;
        if decoded != whole && literal.starts_with(decoded.as_bytes()) {
            return Some((end + 1, decoded.len()));
        }
        // Browsers read some numbers in the manner of Windows, CommonMark does not.
        if name.starts_with('#') && literal.first() != Some(&b'&') {
            let length = literal.iter().skip(1).take_while(|byte| **byte & 0xC0 == 0x80).count() + 1;
            return Some((end + 1, length));
        }
        None
    }

    /// The bytes of a line break: from the blanks or the backslash before it to the next line.
    pub(super) fn line_break(&mut self, hard: bool) -> Option<Span> {
        let blanks = |from: usize| {
            from + self.bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
        };
        let mut newline = blanks(self.cursor);
        if hard && self.bytes.get(newline) == Some(&b'\\') {
            newline += 1;
        }
        let is_newline = |at: usize| matches!(self.bytes.get(at), Some(b'\n' | b'\r'));
        let found = is_newline(newline) && newline < self.limit;
        if !found {
            // Lost in this line; the next one is a new start.
            let rest = self.bytes.get(self.cursor..self.limit)?;
            newline = self.cursor + memchr::memchr2(b'\n', b'\r', rest)?;
        }
        let end = newline + if self.bytes[newline..].starts_with(b"\r\n") { 2 } else { 1 };
        let before =
            if self.fresh { target::prefix(self.bytes, self.cursor, self.quotes) } else { self.cursor };
        let start = if hard { before.min(newline) } else { newline };
        self.cursor = end;
        self.fresh = true;
        found.then(|| Span::at(start, end))
    }

    /// The bytes of code between so many backticks.
    pub(super) fn code(&mut self, hint: Hint, ticks: usize) -> Option<Span> {
        let run = |bytes: &[u8]| bytes.iter().take_while(|&&byte| byte == b'`').count();
        let start = self.open(hint, |rest| (run(rest) == ticks).then_some(ticks))?;
        let mut at = self.cursor;
        while let Some(found) = memchr::memchr(b'`', self.bytes.get(at..self.limit)?) {
            at += found;
            let length = run(&self.bytes[at..]);
            at += length;
            if length == ticks {
                self.go(at);
                return Some(Span::at(start, at));
            }
        }
        self.go(start);
        None
    }

    /// The bytes of mathematics between one or two dollar signs.
    pub(super) fn math(&mut self, hint: Hint, dollars: usize) -> Option<Span> {
        let fence = &b"$$"[..dollars.min(2)];
        let start = self.open(hint, |rest| rest.starts_with(fence).then_some(fence.len()))?;
        let mut at = self.cursor;
        while let Some(found) = memchr::memchr(b'$', self.bytes.get(at..self.limit)?) {
            at += found;
            let escaped = fence.len() == 1 && self.bytes[at - 1] == b'\\';
            if !escaped && self.starts_with(at, fence) {
                self.go(at + fence.len());
                return Some(Span::at(start, self.cursor));
            }
            at += 1;
        }
        self.go(start);
        None
    }

    /// The bytes of a raw HTML tag or comment; line prefixes are not in its literal.
    pub(super) fn html(&mut self, hint: Hint, literal: &str) -> Option<Span> {
        for start in self.guesses(hint).into_iter().flatten() {
            if let Some(end) = self.spells_lines(start, literal.as_bytes()) {
                self.go(end);
                return Some(Span::at(start, end));
            }
        }
        None
    }

    fn spells_lines(&self, start: usize, literal: &[u8]) -> Option<usize> {
        let mut at = start;
        let mut lines = literal.split_inclusive(|&byte| byte == b'\n');
        let first = lines.next()?;
        if !self.starts_with(at, first) {
            return None;
        }
        at += first.len();
        for line in lines {
            if !self.starts_with(at, line) {
                at = target::prefix(self.bytes, at, self.quotes);
                if !self.starts_with(at, line) {
                    return None;
                }
            }
            at += line.len();
        }
        Some(at)
    }

    /// The bytes of `[^name]`.
    pub(super) fn footnote(&mut self, hint: Hint) -> Option<Span> {
        let start = self.open(hint, |rest| rest.starts_with(b"[^").then_some(2))?;
        let rest = self.bytes.get(self.cursor..self.limit)?;
        let Some(found) = memchr::memchr(b']', rest) else {
            self.go(start);
            return None;
        };
        self.go(self.cursor + found + 1);
        Some(Span::at(start, self.cursor))
    }

    /// The parts of `(target "title")`, when that is what comes next.
    pub(super) fn tail(&mut self) -> Option<target::Tail> {
        let tail = target::tail(&self.bytes[..self.limit], self.cursor, self.quotes)?;
        self.go(tail.end);
        Some(tail)
    }

    /// The label of a reference whose text stands between `open` and the cursor: that of `[label]`
    /// right after it, else the text itself.
    pub(super) fn label(&mut self, open: usize) -> Span {
        let text = Span::at(open + 1, self.cursor.saturating_sub(1).max(open + 1));
        match target::label(&self.bytes[..self.limit], self.cursor) {
            Some(label) => {
                self.go(label.end as usize + 1);
                if self.bytes[label.range()].trim_ascii().is_empty() { text } else { label }
            }
            None => text,
        }
    }
}
