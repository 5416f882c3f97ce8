//! TOML by the `toml` crate's spanned values.

use super::{DEPTH, Data, DataError, Pair, Value};
use crate::text::{Span, slice};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Parses TOML in the bytes `span` of `text`.
///
/// # Errors
/// Where the parser gave up, and why.
pub fn parse_toml(text: &str, span: Span) -> Result<Data, DataError> {
    let part = slice(text, span);
    let part = part.strip_prefix('\u{feff}').unwrap_or(part);
    let base = crate::text::offset_in(text, part).unwrap_or(span.start);
    let place = |range: std::ops::Range<usize>| {
        Span::at(range.start.min(part.len()), range.end.min(part.len())).shift(base)
    };
    let table = DeTable::parse(part).map_err(|error| DataError {
        span: error.span().map_or(Span::new(base, base), place),
        message: error.message().to_owned(),
    })?;
    let whole = place(table.span());
    map(text, table.get_ref(), whole, &place, 0)
}

fn map(
    text: &str,
    table: &DeTable<'_>,
    span: Span,
    place: &dyn Fn(std::ops::Range<usize>) -> Span,
    depth: usize,
) -> Result<Data, DataError> {
    let mut pairs = table
        .iter()
        .map(|(key, value)| {
            let value = convert(text, value, place, depth + 1)?;
            Ok(Pair { key: key.get_ref().as_ref().into(), key_span: place(key.span()), value })
        })
        .collect::<Result<Vec<_>, DataError>>()?;
    pairs.sort_by_key(|pair| pair.key_span);
    let is_inline = slice(text, span).starts_with('{');
    let span = match pairs.iter().map(|pair| pair.key_span.cover(pair.value.span)).reduce(Span::cover) {
        Some(inner) if !is_inline => inner,
        _ => span,
    };
    Ok(Data { span, value: Value::Map(pairs) })
}

fn convert(
    text: &str,
    value: &Spanned<DeValue<'_>>,
    place: &dyn Fn(std::ops::Range<usize>) -> Span,
    depth: usize,
) -> Result<Data, DataError> {
    let span = place(value.span());
    if depth > DEPTH {
        return Err(DataError { span, message: format!("nested deeper than {DEPTH}") });
    }
    let value = match value.get_ref() {
        DeValue::Table(table) => return map(text, table, span, place, depth),
        DeValue::Array(list) => {
            let list = list
                .iter()
                .map(|value| convert(text, value, place, depth + 1))
                .collect::<Result<Vec<_>, _>>()?;
            // An array of tables has the span of a header; its elements know better.
            let inner = list.iter().map(|value| value.span).reduce(Span::cover);
            let is_inline = slice(text, span).starts_with('[') && slice(text, span).ends_with(']');
            let covers = inner.is_none_or(|inner| span.contains(inner));
            let span = if is_inline && covers { span } else { inner.unwrap_or(span) };
            return Ok(Data { span, value: Value::List(list) });
        }
        DeValue::String(content) => {
            let source = slice(text, span);
            let quotes = [r#"""""#, "'''", "\"", "'"].into_iter().find(|quote| source.starts_with(quote));
            let inner = quotes.map_or(span, |quote| {
                let mut start = span.start + quote.len() as u32;
                let end = span.end.saturating_sub(quote.len() as u32).max(start);
                // A newline right after three quotes is not part of the value.
                if quote.len() == 3 {
                    let body = slice(text, Span::new(start, end));
                    let newline =
                        if body.starts_with("\r\n") { 2 } else { u32::from(body.starts_with('\n')) };
                    start += newline;
                }
                Span::new(start, end)
            });
            let exact = (slice(text, inner) == content.as_ref()).then_some(inner);
            Value::Text { text: content.as_ref().into(), exact, plain: false }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Value::Text { text: slice(text, span).into(), exact: Some(span), plain: true }
        }
    };
    Ok(Data { span, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Data {
        parse_toml(text, Span::at(0, text.len())).expect("parses")
    }

    #[test]
    fn spans_are_bytes_of_the_source() {
        let text = "title = \"Größe\"\ndate = 2024-05-01\ndraft = true\ntags = ['a', \"b\\n\"]\n\n[params.author]\nname = \"Ann\"\n\n[[links]]\nurl = \"x\"\n[[links]]\nurl = \"y\"\n";
        let data = parse(text);
        let keys: Vec<&str> = data.pairs().iter().map(|pair| &*pair.key).collect();
        assert_eq!(keys, ["title", "date", "draft", "tags", "params", "links"], "in the file's order");
        assert_eq!(slice(text, data.get("title").expect("title").text_span()), "Größe");
        assert_eq!(data.str("date"), Some("2024-05-01"));
        assert!(data.get("draft").is_some_and(Data::is_true));
        let tags = data.get("tags").expect("tags");
        assert_eq!(slice(text, tags.span), "['a', \"b\\n\"]");
        assert!(matches!(&tags.list()[1].value, Value::Text { exact: None, .. }));
        let author = data.get("params").and_then(|params| params.get("author")).expect("author");
        assert_eq!(slice(text, author.span), "name = \"Ann\"");
        let links = data.get("links").expect("links").list();
        assert_eq!(links[1].str("url"), Some("y"));
    }

    #[test]
    fn errors_have_a_place() {
        let text = "a = 1\nb = \n";
        let error = parse_toml(text, Span::at(0, text.len())).expect_err("no value");
        assert!((6..=11).contains(&error.span.start), "{error:?}");
    }

    #[test]
    fn depth_is_refused() {
        for deep in [
            format!("a = {}", "[".repeat(10_000)),
            format!("[{}a]", "a.".repeat(10_000)),
            "a.".repeat(10_000),
        ] {
            assert!(parse_toml(&deep, Span::at(0, deep.len())).is_err());
        }
    }
}
