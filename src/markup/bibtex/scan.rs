//! The structure of a bibliography: entries, keys, fields and values, without recursion.

use super::{Bib, BibEntry, BibError, BibField, latex};
use crate::text::{Span, offset_in};
use std::collections::HashMap;

/// Parses a bibliography; Jekyll's front matter at its top is passed over.
pub fn parse(text: &str) -> Bib {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        strings: HashMap::new(),
        expansions: 1 << 22,
        line: 0,
        seen: 0,
        bib: Bib::default(),
    };
    scanner.skip_front_matter();
    while let Some(found) = memchr::memchr(b'@', &scanner.bytes[scanner.at..]) {
        scanner.at += found;
        let start = scanner.at;
        if let Err(error) = scanner.block() {
            scanner.bib.errors.push(error);
            scanner.resume(start + 1);
        }
    }
    scanner.bib
}

/// How a value ended that is not closed by its own delimiter.
const UNCLOSED: &str = "the value does not end";

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// `@string` names in lower case with their texts as written.
    strings: HashMap<String, String>,
    /// How many bytes `@string` names may still be replaced by, so that strings made of strings cannot
    /// grow without bounds.
    expansions: usize,
    /// The start of the line that holds the byte `seen`, so that none is searched for twice.
    line: usize,
    seen: usize,
    bib: Bib,
}

impl<'t> Scanner<'t> {
    fn error<T>(&self, message: impl Into<String>) -> Result<T, BibError> {
        Err(self.here(message))
    }

    fn here(&self, message: impl Into<String>) -> BibError {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let width = rest.chars().next().map_or(0, char::len_utf8);
        BibError { span: Span::at(self.at, self.at + width), message: message.into() }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over the front matter that makes Jekyll process the file.
    fn skip_front_matter(&mut self) {
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
    fn resume(&mut self, from: usize) {
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

    fn starts_line(&self, at: usize) -> bool {
        at == 0 || self.bytes.get(at - 1) == Some(&b'\n')
    }

    /// Whether an entry begins here: `@word{` at the start of a line.
    fn entry_begins(&self) -> bool {
        if self.peek() != Some(b'@') || !self.starts_line(self.at) {
            return false;
        }
        let after = &self.bytes[self.at + 1..];
        let word = after.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let blank = after[word..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        word > 1 && matches!(after.get(word + blank), Some(b'{' | b'('))
    }

    /// Blanks, and comments from `%` to the end of the line.
    fn skip_blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => self.skip_line(),
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => break,
            }
        }
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    }

    /// What begins with the `@` here.
    fn block(&mut self) -> Result<(), BibError> {
        let start = self.at;
        // Everything outside entries is a comment, and there an `@` stands in addresses.
        if let Some(newline) = memchr::memrchr(b'\n', &self.bytes[self.seen.min(start)..start]) {
            self.line = self.seen + newline + 1;
        }
        self.seen = start;
        let line = &self.bytes[self.line..start];
        let opens = match line.iter().rfind(|byte| !byte.is_ascii_whitespace()) {
            None => true,
            Some(before) => matches!(before, b'}' | b')') && line.first() != Some(&b'%'),
        };
        self.at += 1;
        if !opens {
            return Ok(());
        }
        self.skip_blank();
        let kind = self.name().to_ascii_lowercase();
        self.skip_blank();
        let Some(open @ (b'{' | b'(')) = self.peek() else {
            if kind.is_empty() || kind == "comment" {
                return Ok(());
            }
            return self.error(format!("expected `{{` after `@{kind}`"));
        };
        self.at += 1;
        let close = if open == b'{' { b'}' } else { b')' };
        match kind.as_str() {
            "comment" | "preamble" => self.delimited(close).map(|_| ()),
            "string" => self.string(close),
            _ => self.entry(start, kind, close),
        }
    }

    /// A name of a type, field or string.
    fn name(&mut self) -> &'t str {
        let start = self.at;
        while let Some(byte) = self.peek() {
            if byte.is_ascii_whitespace() || b"{}(),=\"#%@".contains(&byte) {
                break;
            }
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn string(&mut self, close: u8) -> Result<(), BibError> {
        self.skip_blank();
        let name = self.name().to_ascii_lowercase();
        self.skip_blank();
        if self.peek() != Some(b'=') {
            return self.error("expected `=` after the name of the string");
        }
        self.at += 1;
        let (raw, _) = self.value()?;
        self.strings.insert(name, raw);
        self.skip_blank();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.skip_blank();
        }
        if self.peek() != Some(close) {
            return self.error(format!("expected `{}` after the string", close as char));
        }
        self.at += 1;
        Ok(())
    }

    fn entry(&mut self, start: usize, kind: String, close: u8) -> Result<(), BibError> {
        let key_span = self.key(close);
        let mut entry = BibEntry {
            span: Span::default(),
            kind: kind.into(),
            key: crate::text::slice(self.text, key_span).into(),
            key_span,
            fields: Vec::new(),
        };
        loop {
            self.skip_blank();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    break;
                }
                None | Some(b'@') if self.peek().is_none() || self.entry_begins() => {
                    // All fields are whole; only the last brace is missing.
                    let error = self.here(format!("the entry is not closed by `{}`", close as char));
                    let end = self.text[..self.at].trim_end().len();
                    self.bib.errors.push(BibError { span: key_span, ..error });
                    entry.span = Span::at(start, end);
                    self.bib.entries.push(entry);
                    return Ok(());
                }
                _ => {
                    let field = self.field()?;
                    entry.fields.push(field);
                    self.skip_blank();
                    if let Some(byte) = self.peek()
                        && byte != b','
                        && byte != close
                        && !self.entry_begins()
                    {
                        if !(byte.is_ascii_alphabetic() && self.field_begins()) {
                            return self.error("expected `,` after the field");
                        }
                        let error = self.here("expected `,` before the field");
                        self.bib.errors.push(error);
                    }
                }
            }
        }
        entry.span = Span::at(start, self.at);
        self.bib.entries.push(entry);
        Ok(())
    }

    /// The key, up to its comma; empty where a field comes at once.
    fn key(&mut self, close: u8) -> Span {
        self.skip_blank();
        let start = self.at;
        let mut end = start;
        while let Some(byte) = self.bytes.get(end) {
            if matches!(byte, b',' | b'\n') || *byte == close {
                break;
            }
            if matches!(byte, b'=' | b'"' | b'{') {
                return Span::at(start, start);
            }
            end += 1;
        }
        let key = self.text[start..end].trim_end();
        self.at = end;
        if self.peek() != Some(b',') {
            self.skip_blank();
        }
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(byte) if byte == close => {}
            _ => {
                let error = self.here("expected `,` after the key");
                self.bib.errors.push(error);
            }
        }
        Span::at(start, start + key.len())
    }

    /// Whether a name and `=` stand here.
    fn field_begins(&self) -> bool {
        let rest = &self.bytes[self.at..];
        let name = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b':'))
            .count();
        let blank = rest[name..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        name > 0 && rest.get(name + blank) == Some(&b'=')
    }

    fn field(&mut self) -> Result<BibField, BibError> {
        let start = self.at;
        let name = self.name();
        let name_span = Span::at(start, start + name.len());
        if name.is_empty() {
            return self.error("expected the name of a field");
        }
        self.skip_blank();
        if self.peek() != Some(b'=') {
            return self.error(format!("expected `=` after `{name}`"));
        }
        self.at += 1;
        let name: Box<str> = name.to_lowercase().into();
        let (raw, value_span) = self.value()?;
        let text = if is_verbatim(&name) { latex::verbatim(&raw) } else { latex::decode(&raw) };
        Ok(BibField { name, name_span, text: text.into(), value_span })
    }

    /// A value of one or more pieces joined by `#`: its text as written, and the bytes between its
    /// delimiters.
    fn value(&mut self) -> Result<(String, Span), BibError> {
        let mut raw = String::new();
        let mut span: Option<Span> = None;
        loop {
            self.skip_blank();
            let piece = match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    let piece = self.delimited(b'}')?;
                    raw.push_str(crate::text::slice(self.text, piece));
                    piece
                }
                Some(b'"') => {
                    self.at += 1;
                    let piece = self.delimited(b'"')?;
                    raw.push_str(crate::text::slice(self.text, piece));
                    piece
                }
                _ => {
                    let start = self.at;
                    let name = self.name();
                    if name.is_empty() {
                        return self.error("expected a value");
                    }
                    match self.strings.get(&name.to_ascii_lowercase()) {
                        Some(known) if known.len() <= self.expansions => {
                            self.expansions -= known.len();
                            raw.push_str(known);
                        }
                        _ => raw.push_str(name),
                    }
                    Span::at(start, self.at)
                }
            };
            span = Some(span.map_or(piece, |first| first.cover(piece)));
            self.skip_blank();
            if self.peek() != Some(b'#') {
                break;
            }
            self.at += 1;
        }
        Ok((raw, span.unwrap_or_default()))
    }

    /// What stands before the closing delimiter, braces balanced; moves behind it.
    fn delimited(&mut self, close: u8) -> Result<Span, BibError> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            if byte == close && depth == 0 {
                let span = Span::at(start, self.at);
                self.at += 1;
                return Ok(span);
            }
            match byte {
                b'\\' => self.at += 1,
                b'{' => depth += 1,
                b'}' if depth == 0 => return self.error("a brace that closes nothing"),
                b'}' => depth -= 1,
                b'@' if self.entry_begins() => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        Err(BibError { span: Span::at(start.saturating_sub(1), start), message: UNCLOSED.to_owned() })
    }
}

/// Whether a field holds an address or a path rather than text.
fn is_verbatim(name: &str) -> bool {
    matches!(
        name,
        "url"
            | "doi"
            | "pdf"
            | "html"
            | "code"
            | "file"
            | "arxiv"
            | "eprint"
            | "website"
            | "slides"
            | "poster"
            | "preview"
            | "video"
            | "supp"
            | "blog"
            | "image"
            | "img"
            | "github"
            | "project"
            | "demo"
            | "data"
            | "dataset"
            | "talk"
            | "link"
            | "paper"
            | "openreview"
            | "biburl"
            | "bdsk-url-1"
            | "bdsk-url-2"
            | "bdsk-url-3"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;

    #[test]
    fn entries_keys_and_fields_have_their_bytes() {
        let text = "---\n---\n@string{acl = \"Annual \" # {Meeting}}\n% @misc{no,}\n@InProceedings{ann20é,\n  Title = {On {LaTeX} in {\\H o}rs},\n  booktitle = acl # { 2020},\n  year = 2020, month = jun,\n}\n";
        let bib = parse(text);
        assert_eq!(bib.errors, []);
        let [entry] = &*bib.entries else { panic!("one entry: {bib:?}") };
        assert_eq!((&*entry.kind, &*entry.key), ("inproceedings", "ann20é"));
        assert_eq!(slice(text, entry.key_span), "ann20é");
        assert!(slice(text, entry.span).starts_with("@InP") && slice(text, entry.span).ends_with(",\n}"));
        let title = entry.field("title").expect("title");
        assert_eq!(&*title.text, "On LaTeX in őrs");
        assert_eq!(slice(text, title.value_span), "On {LaTeX} in {\\H o}rs");
        assert_eq!(slice(text, title.name_span), "Title");
        assert_eq!(&*entry.field("booktitle").expect("booktitle").text, "Annual Meeting 2020");
        assert_eq!(&*entry.field("year").expect("year").text, "2020");
    }

    #[test]
    fn one_broken_entry_costs_no_other() {
        let broken = [
            "@article{a, title = {open}, author = {B\n@article{z, title = {Z}}",
            "@article{a, title = {x},\n@article{z, title = {Z}}",
            "@article{a, title {x}}\n@article{z, title = {Z}}",
            "@article{a, title = }\n@article{z, title = {Z}}",
            "@article a\n@article{z, title = {Z}}",
            "@article{a, title = \"x} y\"}\n@article{z, title = {Z}}",
            "@article{a, = {x}}\n@article{z, title = {Z}}",
        ];
        for text in broken {
            let bib = parse(text);
            assert_eq!(bib.errors.len(), 1, "{text}: {bib:?}");
            assert_eq!(bib.entries.last().map(|entry| &*entry.key), Some("z"), "{text}");
        }
    }

    #[test]
    fn slips_that_leave_the_entry_whole() {
        let bib = parse("@article{a, title = {x} year = 2020}");
        assert_eq!((bib.errors.len(), bib.entries[0].fields.len()), (1, 2));
        let bib = parse("@article{a\n title = {x}}");
        assert_eq!((bib.errors.len(), bib.entries[0].fields.len()), (1, 1));
        let bib =
            parse("@misc(b, title = {x}) @misc{c,, year = 1,}\nann@example.org writes\n@comment{x {y} z}");
        assert_eq!((bib.errors.len(), bib.entries.len()), (0, 2));
    }

    #[test]
    fn hostile_input_ends_soon() {
        for text in [
            "{".repeat(100_000),
            format!("@a{{b, c = {}", "{".repeat(1_000_000)),
            "@a{".repeat(100_000),
            "@\n".repeat(100_000),
            "@a{b,\n".repeat(100_000),
            format!("@a{{b, c = \"{}", "\\".repeat(100_001)),
            "é@é{é,é=é}".repeat(10_000),
            "}@".repeat(100_000),
            "@string{a = a # a}".repeat(10_000),
        ] {
            let _ = parse(&text);
        }
    }
}
