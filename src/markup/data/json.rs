//! JSON by a small scanner of our own: the YAML parser refuses tabs and surrogate pairs.

use super::build::Builder;
use super::{DEPTH, Data, DataError, Value};
use crate::text::{Span, slice};

/// Parses JSON in the bytes `span` of `text`. Comments and trailing commas, which configuration files
/// have, are passed over.
///
/// # Errors
/// Where the parser gave up, and why.
pub fn parse_json(text: &str, span: Span) -> Result<Data, DataError> {
    let end = slice(text, span).len() + span.start as usize;
    let mut scanner = Scanner { text, at: span.start as usize, end };
    if scanner.rest().starts_with('\u{feff}') {
        scanner.at += '\u{feff}'.len_utf8();
    }
    scanner.parse()
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Value,
    Comma,
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    fn error<T>(&self, message: impl Into<String>) -> Result<T, DataError> {
        Err(DataError { span: Span::at(self.at, self.at), message: message.into() })
    }

    fn parse(&mut self) -> Result<Data, DataError> {
        let mut builder = Builder::default();
        let mut want = Want::Value;
        loop {
            self.skip_blank();
            let Some(next) = self.rest().chars().next() else { break };
            let here = Span::at(self.at, self.at + next.len_utf8());
            let (value, size) = match next {
                ']' | '}' if builder.is_open() => {
                    if builder.in_list() != (next == ']') {
                        return self.error(format!("`{next}` closes nothing"));
                    }
                    self.at += 1;
                    let Some(finished) = builder.close(here) else { break };
                    (finished.value, finished.size)
                }
                ',' if want == Want::Comma && builder.is_open() => {
                    self.at += 1;
                    want = Want::Value;
                    continue;
                }
                _ if want == Want::Comma => {
                    return self.error(if builder.is_open() { "expected `,`" } else { "expected the end" });
                }
                '[' | '{' => {
                    if builder.full() {
                        return self.error(format!("nested deeper than {DEPTH}"));
                    }
                    self.at += 1;
                    if next == '[' {
                        builder.list(here, 0);
                    } else {
                        builder.map(here, 0);
                    }
                    continue;
                }
                '"' => self.string()?,
                _ => self.word()?,
            };
            want = Want::Comma;
            if builder.wants_key() {
                self.skip_blank();
                if !self.rest().starts_with(':') {
                    return self.error("expected `:`");
                }
                self.at += 1;
                want = Want::Value;
            }
            builder.put(value, size);
        }
        if builder.is_open() {
            return self.error("unexpected end");
        }
        let nothing = Data { span: Span::at(self.at, self.at), value: Value::Null };
        Ok(builder.finish().unwrap_or(nothing))
    }

    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let blank = rest.len() - rest.trim_start().len();
            self.at += blank;
            let rest = self.rest();
            self.at += if rest.starts_with("//") {
                memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |at| at + 2)
            } else {
                return;
            };
        }
    }

    fn word(&mut self) -> Result<(Data, usize), DataError> {
        let rest = self.rest();
        let length = rest
            .find(|character: char| !(character.is_ascii_alphanumeric() || "+-._".contains(character)))
            .unwrap_or(rest.len());
        let word = &rest[..length];
        if word.is_empty() {
            return self.error("expected a value");
        }
        let span = Span::at(self.at, self.at + length);
        self.at += length;
        let value = if word == "null" {
            Value::Null
        } else {
            Value::Text { text: word.into(), exact: Some(span), plain: true }
        };
        Ok((Data { span, value }, length))
    }

    fn string(&mut self) -> Result<(Data, usize), DataError> {
        let start = self.at;
        let mut at = start + 1;
        let bytes = self.text.as_bytes();
        let mut content = String::new();
        let mut copied = at;
        loop {
            let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at..self.end]) else {
                return self.error("a string that does not end");
            };
            at += found;
            content.push_str(&self.text[copied..at]);
            if bytes[at] == b'"' {
                break;
            }
            at = escape(self.text, at, self.end, &mut content);
            copied = at;
        }
        self.at = at + 1;
        let inner = Span::at(start + 1, at);
        let exact = (slice(self.text, inner) == content).then_some(inner);
        let size = content.len() + 1;
        let value = Value::Text { text: content.into(), exact, plain: false };
        Ok((Data { span: Span::at(start, at + 1), value }, size))
    }
}

/// Decodes the escape at `at` and gives the byte after it.
fn escape(text: &str, at: usize, end: usize, out: &mut String) -> usize {
    let Some(letter) = text[at + 1..end].chars().next() else { return end };
    let after = at + 1 + letter.len_utf8();
    let unit = |from: usize| text.get(from..from + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    match letter {
        'n' => out.push('\n'),
        't' => out.push('\t'),
        'r' => out.push('\r'),
        'b' | 'f' => {}
        'u' => {
            let Some(high) = unit(after) else { return after };
            if let Some(character) = char::from_u32(high) {
                out.push(character);
                return after + 4;
            }
            let low =
                text.get(after + 4..after + 6).filter(|mark| *mark == "\\u").and_then(|_| unit(after + 6));
            if let Some(low @ 0xdc00..0xe000) = low {
                let code = 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff);
                out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                return after + 10;
            }
            out.push('\u{fffd}');
            return after + 4;
        }
        other => out.push(other),
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Data {
        parse_json(text, Span::at(0, text.len())).expect("parses")
    }

    #[test]
    fn spans_are_bytes_of_the_source() {
        let text = "{\n\t\"näme\": \"Ann \\u00e9\", \"n\": [1, true, null,], // c\n\"o\": {\"u\": \"\\ud83d\\ude00/\"}}";
        let data = parse(text);
        assert_eq!(data.str("näme"), Some("Ann é"));
        assert_eq!(slice(text, data.get("n").expect("n").span), "[1, true, null,]");
        assert_eq!(data.get("o").and_then(|o| o.str("u")), Some("😀/"));
        assert_eq!(slice(text, data.pairs()[0].key_span), "\"näme\"");
        assert_eq!(data.span, Span::at(0, text.len()));
    }

    #[test]
    fn what_is_broken_is_refused() {
        for broken in ["{", "[1 2]", "{\"a\" 1}", "[}", "\"open", "{\"a\": 1} x", "[\"\\", "[\"\\u12"] {
            assert!(parse_json(broken, Span::at(0, broken.len())).is_err(), "{broken}");
        }
        let deep = "[".repeat(10_000);
        assert!(parse_json(&deep, Span::at(0, deep.len())).is_err());
    }
}
