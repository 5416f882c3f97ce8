//! Guesses where a broken entry goes on, by the shape of its lines: `name = …`, or a closing brace of its own.

use super::scan::Scanner;
use crate::text::offset_in;

impl Scanner<'_> {
    /// Passes over the front matter that makes Jekyll process the file.
    pub(super) fn skip_front_matter(&mut self) {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
        let mut lines = text.split_inclusive('\n');
        if lines.next().is_none_or(|line| line.trim_end() != "---") {
            return;
        }
        for line in lines {
            if line.trim_end() == "---" {
                let end = offset_in(self.text, line).unwrap_or(0) as usize + line.len();
                self.at = end;
                return;
            }
            if line.starts_with('@') {
                return;
            }
        }
    }

    /// Moves on to the next line that begins with `@`, from the error at the latest.
    pub(super) fn resume(&mut self, from: usize) {
        self.at = self.at.max(from).min(self.bytes.len());
        if self.starts_line(self.at) && self.peek() == Some(b'@') {
            return;
        }
        for newline in memchr::memchr_iter(b'\n', &self.bytes[self.at..]) {
            let line = self.at + newline + 1;
            if self.bytes.get(line) == Some(&b'@') {
                self.at = line;
                return;
            }
        }
        self.at = self.bytes.len();
    }

    /// Whether a value that is still open at the end of this line must have ended: what follows is a field,
    /// behind a comma, or the end of the entry. `last` is the line's last byte that is no blank.
    pub(super) fn value_ended(&self, last: u8) -> bool {
        let line = &self.bytes[self.at + 1..];
        (last == b',' && begins_field(line)) || self.ends_entry(self.at + 1)
    }

    /// Moves to where the entry may go on: a line that begins with a field, the entry's end, or another
    /// entry.
    pub(super) fn recover(&mut self, close: u8) {
        if self.entry_begins() || self.peek() == Some(close) && is_blank_to_end(&self.bytes[self.at + 1..]) {
            return;
        }
        while let Some(newline) = memchr::memchr(b'\n', &self.bytes[self.at..]) {
            self.at += newline + 1;
            if self.entry_begins() || begins_field(&self.bytes[self.at..]) || self.ends_entry(self.at) {
                return;
            }
        }
        self.at = self.bytes.len();
    }

    /// Whether the line at `at` is a lone closing brace, with another entry or nothing behind it.
    fn ends_entry(&self, at: usize) -> bool {
        let line = &self.bytes[at.min(self.bytes.len())..];
        let indent = indent(line);
        if line.get(indent) != Some(&b'}') || !is_blank_to_end(&line[indent + 1..]) {
            return false;
        }
        let rest = &line[indent + 1..];
        let gap = rest.iter().take(200).take_while(|byte| byte.is_ascii_whitespace()).count();
        matches!(rest.get(gap), None | Some(b'@' | b'%'))
    }
}

/// Whether a line begins with `name =` and the start of a value.
fn begins_field(line: &[u8]) -> bool {
    let line = &line[indent(line)..];
    let name = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte)).count();
    if name < 2 || !line[0].is_ascii_alphabetic() {
        return false;
    }
    let line = &line[name..];
    let line = &line[indent(line)..];
    if line.first() != Some(&b'=') {
        return false;
    }
    let value = &line[1..];
    value
        .get(indent(value))
        .is_some_and(|first| matches!(first, b'{' | b'"') || first.is_ascii_alphanumeric())
}

/// How many blanks a line begins with.
fn indent(line: &[u8]) -> usize {
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn is_blank_to_end(rest: &[u8]) -> bool {
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b',')).count();
    matches!(rest.get(blanks), None | Some(b'\n'))
}
