//! YAML by saphyr's events. Its marks count characters; they become bytes here.

use super::build::Builder;
use super::{DEPTH, Data, DataError, Value};
use crate::text::{Span, slice};
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::collections::HashMap;

/// How much text and how many values aliases may copy in one document, so that a few lines cannot
/// grow without bounds.
const COPIES: usize = 1 << 20;

/// Parses YAML in the bytes `span` of `text`. An empty document is a null; of several documents the
/// first counts.
///
/// # Errors
/// Where the parser gave up, and why. Nesting deeper than 128 is refused; an alias whose copy would
/// be too large is a null.
pub fn parse_yaml(text: &str, span: Span) -> Result<Data, DataError> {
    let part = slice(text, span);
    let part = part.strip_prefix('\u{feff}').unwrap_or(part);
    let base = crate::text::offset_in(text, part).unwrap_or(span.start);
    events(text, part, base).or_else(|error| {
        // libyaml, which Jekyll uses, takes more than the standard allows.
        let lenient = lenient(part);
        if lenient == part { Err(error) } else { events(text, &lenient, base).map_err(|_| error) }
    })
}

/// The text as libyaml would have it, of the same length: a tab after `:` or `-` is a blank, and so is a
/// byte order mark; inside quotes and brackets lines may begin anywhere, so that they become one.
fn lenient(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut indents = true;
    let mut quote: Option<char> = None;
    let mut brackets = 0_u32;
    let mut before = '\n';
    for (at, character) in part.char_indices() {
        let rest = || part.get(at + character.len_utf8()..).unwrap_or_default();
        // A quote or bracket counts only where a value may begin.
        let begins =
            |out: &str| matches!(before, ' ' | '[' | ',' | '{' | '\n') && (brackets > 0 || value_begins(out));
        match character {
            '\u{feff}' => out.push_str("   "),
            '\r' | '\n' if quote.is_some() || brackets > 0 => out.push(' '),
            '\n' => {
                indents = true;
                out.push('\n');
            }
            '\t' if !indents => out.push(' '),
            _ => {
                indents &= matches!(character, ' ' | '\t' | '-');
                match (quote, character) {
                    (Some('"'), '"') if before != '\\' => quote = None,
                    (Some('\''), '\'') if !rest().starts_with('\'') && before != '\'' => quote = None,
                    (None, '"' | '\'') if begins(&out) => quote = Some(character),
                    (None, '[' | '{') if begins(&out) => brackets += 1,
                    (None, ']' | '}') => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                out.push(character);
            }
        }
        before = if character == '\t' { ' ' } else { character };
    }
    out
}

/// Whether a value may begin behind this text: behind `key: ` or `- `.
fn value_begins(before: &str) -> bool {
    let bytes = before.trim_end_matches(' ').as_bytes();
    bytes.len() < before.len() && matches!(bytes.last(), Some(b':' | b'-'))
}

/// Reads `part`, which stands at `base` in `text`, or a copy of it of the same shape.
fn events(text: &str, part: &str, base: u32) -> Result<Data, DataError> {
    let marks = Marks::new(part, base);
    let mut builder = Builder::default();
    let mut anchors: HashMap<usize, (Data, usize)> = HashMap::new();
    let mut copies = COPIES;
    let mut parser = Parser::new_from_str(part);
    while let Some(event) = parser.next_event() {
        let (event, place) = event.map_err(|error| {
            let at = marks.byte(error.marker().index());
            DataError { span: Span::new(at, at), message: error.info().to_string() }
        })?;
        let place = Span::new(marks.byte(place.start.index()), marks.byte(place.end.index()));
        let finished = match event {
            Event::DocumentEnd | Event::StreamEnd => break,
            Event::SequenceStart(..) | Event::MappingStart(..) if builder.full() => {
                return Err(DataError { span: place, message: format!("nested deeper than {DEPTH}") });
            }
            Event::SequenceStart(anchor, _) => {
                builder.list(bracket(text, place), anchor);
                continue;
            }
            Event::MappingStart(anchor, _) => {
                builder.map(bracket(text, place), anchor);
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(finished) = builder.close(bracket(text, place)) else { continue };
                (finished.value, finished.size, finished.anchor)
            }
            Event::Scalar(content, style, anchor, _) => {
                let size = 1 + content.len();
                (scalar(text, &content, style, place, builder.wants_key()), size, anchor)
            }
            Event::Alias(anchor) => match anchors.get(&anchor) {
                Some((value, size)) if *size <= copies => {
                    copies -= size;
                    (value.clone(), *size, 0)
                }
                _ => (Data { span: place, value: Value::Null }, 1, 0),
            },
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => continue,
        };
        let (value, size, anchor) = finished;
        if anchor != 0 && size <= copies {
            copies -= size;
            anchors.insert(anchor, (value.clone(), size));
        }
        builder.put(value, size);
    }
    Ok(builder.finish().unwrap_or(Data { span: Span::new(base, base), value: Value::Null }))
}

/// The bracket that opens or closes a flow collection; empty in block style.
fn bracket(text: &str, place: Span) -> Span {
    let one = Span::new(place.start, place.start + 1);
    if matches!(slice(text, one), "[" | "]" | "{" | "}") && !place.is_empty() {
        one
    } else {
        Span::new(place.start, place.start)
    }
}

fn scalar(text: &str, content: &str, style: ScalarStyle, place: Span, is_key: bool) -> Data {
    let plain = style == ScalarStyle::Plain;
    if plain && !is_key && matches!(content, "" | "~" | "null" | "Null" | "NULL") {
        return Data { span: place, value: Value::Null };
    }
    let place = past_properties(text, place);
    // The parser's mark of a plain scalar's end may lie behind the blanks that follow it.
    let span = match style {
        ScalarStyle::Plain => {
            let kept = slice(text, place).trim_end().len() as u32;
            Span::new(place.start, place.start + kept)
        }
        _ => place,
    };
    let inner = match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if span.len() >= 2 => {
            Span::new(span.start + 1, span.end - 1)
        }
        _ => span,
    };
    let exact = (slice(text, inner) == content).then_some(inner);
    Data { span, value: Value::Text { text: content.into(), exact, plain } }
}

/// The place without the anchor and the tag in front of the value.
fn past_properties(text: &str, place: Span) -> Span {
    let whole = slice(text, place);
    let mut rest = whole;
    while rest.starts_with(['&', '!']) {
        let Some((_, after)) = rest.split_once(char::is_whitespace) else { break };
        rest = after.trim_start();
    }
    Span::new(place.start + (whole.len() - rest.len()) as u32, place.end)
}

/// Character counts → bytes, by a table of every 64th character.
struct Marks<'t> {
    text: &'t str,
    base: u32,
    /// The byte of every 64th character; `None` when all characters are one byte.
    table: Option<Vec<u32>>,
}

impl<'t> Marks<'t> {
    const STEP: usize = 64;

    fn new(text: &'t str, base: u32) -> Self {
        let table = (!text.is_ascii())
            .then(|| text.char_indices().step_by(Self::STEP).map(|(at, _)| at as u32).collect());
        Self { text, base, table }
    }

    fn byte(&self, index: usize) -> u32 {
        let at = match &self.table {
            None => index.min(self.text.len()),
            Some(table) => match table.get(index / Self::STEP) {
                None => self.text.len(),
                Some(&start) => self
                    .text
                    .get(start as usize..)
                    .and_then(|rest| rest.char_indices().nth(index % Self::STEP))
                    .map_or(self.text.len(), |(at, _)| start as usize + at),
            },
        };
        self.base + at as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn parse(text: &str) -> Data {
        parse_yaml(text, Span::at(0, text.len())).expect("parses")
    }

    #[test]
    fn spans_are_bytes_of_the_source() {
        let text = "名前: 山田 太郎  # who\r\nquoted: 'it''s'\r\n\"k\": \"é x\"\r\nlist:\r\n  - [a, b]\r\n  - c: d\r\n";
        let data = parse(text);
        let name = data.get("名前").expect("name");
        assert_eq!(slice(text, name.text_span()), "山田 太郎");
        assert_eq!(name.span, name.text_span());
        let quoted = data.get("quoted").expect("quoted");
        assert_eq!(quoted.text(), Some("it's"));
        assert_eq!(slice(text, quoted.span), "'it''s'");
        assert!(matches!(quoted.value, Value::Text { exact: None, plain: false, .. }));
        assert_eq!(slice(text, data.get("k").expect("k").text_span()), "é x");
        let list = data.get("list").expect("list").list();
        assert_eq!(slice(text, list[0].span), "[a, b]");
        assert_eq!(slice(text, list[1].span), "c: d");
        assert_eq!(slice(text, data.pairs()[2].key_span), "\"k\"");
        assert_eq!(slice(text, data.span).chars().last(), Some('d'));
        for text in [
            "# é é é\nk: v # ü ü\nl: w\n",
            "k: |\n  é\n\n  ü\nl: w",
            "k: >-\n  é é\n  é\nl: w",
            "k: a é\n  é\nl: w",
        ] {
            let data = parse(text);
            assert_eq!(slice(text, data.get("l").expect("l").text_span()), "w", "{text:?}");
        }
    }

    #[test]
    fn what_jekyll_accepts() {
        assert_eq!(parse("a: 1\na: 2\n").str("a"), Some("2"), "the last of two keys wins");
        assert_eq!(parse("a:\tb\n").str("a"), Some("b"), "a tab may part key and value");
        assert_eq!(parse("").value, Value::Null);
        assert_eq!(parse("a:\nb: ~\n").get("b").map(|b| &b.value), Some(&Value::Null));
        assert!(parse("a: yes\n").get("a").is_some_and(Data::is_true));
        assert_eq!(parse("---\na: b\n...\n").str("a"), Some("b"));
        assert_eq!(parse("\u{feff}a: b\n").str("a"), Some("b"));
        let text = "a: [x,\ny,\n  z]\nb: \"one\ntwo\"\nc: 'it''s\nso'\nd: e\n";
        let data = parse(text);
        assert_eq!(data.get("a").map(|a| a.list().len()), Some(3));
        assert_eq!((data.str("b"), data.str("c")), (Some("one two"), Some("it's so")));
        assert_eq!(slice(text, data.get("d").expect("d").text_span()), "e");
        assert_eq!(
            parse_yaml("a: \u{feff}[b]\n", Span::at(0, 11)).expect("parses").get("a").map(|a| a.list().len()),
            Some(1)
        );
    }

    #[test]
    fn aliases_are_copies_with_a_bound() {
        let text = "a: &x Ann\nb: *x\n";
        let data = parse(text);
        assert_eq!(data.str("b"), Some("Ann"));
        assert_eq!(slice(text, data.get("a").expect("a").text_span()), "Ann");
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..30 {
            let below = format!("*a{}", level - 1);
            let list = [below.as_str(); 10].join(",");
            writeln!(bomb, "a{level}: &a{level} [{list}]").expect("a line");
        }
        let data = parse(&bomb);
        assert_eq!(data.pairs().len(), 30);
    }

    #[test]
    fn depth_is_refused_and_length_is_not() {
        for deep in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000)] {
            assert!(parse_yaml(&deep, Span::at(0, deep.len())).is_err());
        }
        let long = "- {title: \"é\", year: 2020}\n".repeat(20_000);
        assert_eq!(parse(&long).list().len(), 20_000);
    }

    #[test]
    fn errors_have_a_place() {
        let text = "é: x\nb: 'open\n";
        let error = parse_yaml(text, Span::at(0, text.len())).expect_err("an open quote");
        assert!(error.span.end as usize <= text.len());
        assert!(!error.message.is_empty());
    }
}
