//! The structure of a bibliography: entries, keys, fields and values, without recursion.

use super::{Bib, BibEntry, BibError, BibField, latex};
use crate::text::Span;
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
        mending: false,
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

pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    /// `@string` names in lower case with their texts as written.
    strings: HashMap<String, String>,
    /// How many bytes `@string` names may still be replaced by, so that strings made of strings cannot
    /// grow without bounds.
    expansions: usize,
    /// The start of the line that holds the byte `seen`, so that none is searched for twice.
    line: usize,
    seen: usize,
    /// The entry did not parse, and is read again with a guess where its values end.
    pub(super) mending: bool,
    bib: Bib,
}

impl<'t> Scanner<'t> {
    fn error<T>(&self, message: impl Into<String>) -> Result<T, BibError> {
        Err(self.here(message))
    }

    fn here(&self, message: impl Into<String>) -> BibError {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let width = rest.chars().next().map_or(0, char::len_utf8);
        BibError { span: Span::at(self.at, self.at + width), message: message.into(), missing: None }
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub(super) fn starts_line(&self, at: usize) -> bool {
        at == 0 || self.bytes.get(at - 1) == Some(&b'\n')
    }

    /// Whether an entry begins here: `@word{` at the start of a line.
    pub(super) fn entry_begins(&self) -> bool {
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
            _ => self.entry(start, &kind, close),
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

    fn entry(&mut self, start: usize, kind: &str, close: u8) -> Result<(), BibError> {
        let body = self.at;
        let before = self.bib.errors.len();
        if let Ok(entry) = self.fields(start, kind, close) {
            self.bib.entries.push(entry);
            return Ok(());
        }
        // Once more from the start of the entry, now with a guess where its values end.
        self.bib.errors.truncate(before);
        self.at = body;
        self.mending = true;
        let mended = self.fields(start, kind, close);
        self.mending = false;
        self.bib.entries.push(mended?);
        Ok(())
    }

    /// The key and fields of an entry. While mending, errors go to the list and reading goes on.
    fn fields(&mut self, start: usize, kind: &str, close: u8) -> Result<BibEntry, BibError> {
        let before = self.bib.errors.len();
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
                    entry.span = Span::at(start, self.at);
                    return Ok(entry);
                }
                None | Some(b'@') if self.peek().is_none() || self.entry_begins() => {
                    // All fields are whole; only the last brace is missing.
                    let error = self.here(format!("the entry is not closed by `{}`", close as char));
                    if !self.mending {
                        return Err(error);
                    }
                    let end = self.text[..self.at].trim_end().len();
                    if self.bib.errors.len() == before {
                        self.bib.errors.push(BibError { span: key_span, ..error });
                    }
                    entry.span = Span::at(start, end);
                    return Ok(entry);
                }
                _ => {
                    let read = self.field().and_then(|field| {
                        entry.fields.push(field);
                        self.comma(close)
                    });
                    if let Err(error) = read {
                        if !self.mending {
                            return Err(error);
                        }
                        self.bib.errors.push(error);
                        self.recover(close);
                    }
                }
            }
        }
    }

    /// What must follow a field: a comma or the end of the entry.
    fn comma(&mut self, close: u8) -> Result<(), BibError> {
        let end = self.text[..self.at].trim_end().len();
        self.skip_blank();
        let Some(byte) = self.peek() else { return Ok(()) };
        if byte == b',' || byte == close || self.entry_begins() {
            return Ok(());
        }
        if !(byte.is_ascii_alphabetic() && self.field_begins()) {
            return self.error("expected `,` after the field");
        }
        let last = self.text[..end].chars().next_back().map_or(0, char::len_utf8);
        self.bib.errors.push(BibError {
            span: Span::at(end - last, end),
            message: "expected `,` after the field".to_owned(),
            missing: Some((end as u32, ",")),
        });
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
        let text = if super::is_verbatim(&name) { latex::verbatim(&raw) } else { latex::decode(&raw) };
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
        // The last byte that is no blank, and where it stands.
        let mut last = (0, start);
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
                b'\n' if self.mending && self.value_ended(last.0) => {
                    let end = if last.0 == b',' { last.1 } else { last.1 + 1 };
                    let closer = if close == b'"' { "\"" } else { "}" };
                    self.bib.errors.push(BibError {
                        span: Span::at(start - 1, start),
                        message: format!("the value is not closed by `{closer}`"),
                        missing: (depth == 0).then_some((end as u32, closer)),
                    });
                    self.at = end.max(start);
                    return Ok(Span::at(start, self.at));
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                last = (byte, self.at);
            }
            self.at += 1;
        }
        self.at = self.at.min(self.bytes.len());
        Err(BibError {
            span: Span::at(start.saturating_sub(1), start),
            message: UNCLOSED.to_owned(),
            missing: None,
        })
    }
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
        let text = "@article{a,\n title = {x\u{e9},\n year = {2020},\n note = {y}\n}\n@misc{z, title = {Z}}";
        let bib = parse(text);
        assert_eq!(bib.errors.len(), 1, "{bib:?}");
        assert_eq!(slice(text, bib.errors[0].span), "{");
        assert_eq!(bib.errors[0].missing, Some((text.find(",\n year").expect("a comma") as u32, "}")));
        assert_eq!((bib.entries.len(), bib.entries[0].fields.len()), (2, 3));
        let bib = parse("@article{a,\n title = \"x,\n year = \"2020\",\n}\n@misc{z, title = {Z}}");
        assert_eq!((bib.errors.len(), bib.entries.len(), bib.entries[0].fields.len()), (1, 2, 2));
        let bib = parse("@article{a,\n title = {x},\n year = {2020\n}\n\n@misc{z, title = {Z}}");
        assert_eq!((bib.errors.len(), bib.entries.len(), bib.entries[0].fields.len()), (1, 2, 2));
        let bib = parse("@article{a,\n title = x y},\n year = {2020}\n}\n@misc{z, title = {Z}}");
        assert_eq!((bib.errors.len(), bib.entries.len(), bib.entries[0].fields.len()), (1, 2, 2), "{bib:?}");
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
            format!("@a{{b, c = {{x{}", ",\n \n a = {".repeat(50_000)),
            format!("@a{{b, {}", "\n\n \n".repeat(50_000)),
            "é@é{é,é=é}".repeat(10_000),
            "}@".repeat(100_000),
            "@string{a = a # a}".repeat(10_000),
        ] {
            let _ = parse(&text);
        }
    }
}
