//! HTML split into tags and text, each with its bytes, by html5gum.

use crate::text::{Span, slice};
use html5gum::{Token as Raw, Tokenizer, emitters::default::DefaultEmitter};

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// `<name …>`.
    Start(Tag),
    /// `</name>`.
    End {
        /// The name in lower case.
        name: Box<str>,
        /// The whole tag.
        span: Span,
    },
    /// Text between tags, entities not decoded.
    Text(Span),
    /// `<!-- … -->`, `<!…>` or the body of a script or style element.
    Silent(Span),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The name in lower case.
    pub name: Box<str>,
    /// From `<` to `>`.
    pub span: Span,
    /// The attributes, by name.
    pub attrs: Vec<Attr>,
    /// `<name … />`.
    pub self_closing: bool,
}

/// An attribute of a start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attr {
    /// The name in lower case.
    pub name: Box<str>,
    /// The value, entities decoded.
    pub value: Box<str>,
    /// The bytes of the value, without its quotes.
    pub span: Span,
}

impl Tag {
    /// The attribute of a name.
    pub fn attr(&self, name: &str) -> Option<&Attr> {
        self.attrs.iter().find(|attr| &*attr.name == name)
    }

    /// The value of an attribute; empty when there is none.
    pub fn value(&self, name: &str) -> &str {
        self.attr(name).map_or("", |attr| &attr.value)
    }

    /// Whether `class` holds a name.
    pub fn has_class(&self, name: &str) -> bool {
        self.value("class").split_ascii_whitespace().any(|class| class.eq_ignore_ascii_case(name))
    }
}

/// Whether elements of this name have no content and no end tag.
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Splits the bytes `span` of `text` into tags and text.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let part = slice(text, span);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let place = |raw: html5gum::Span<usize>| {
        Span::at(raw.start.min(part.len()), raw.end.min(part.len())).shift(span.start)
    };
    let mut out: Vec<Token> = Vec::new();
    let mut silent: Option<Box<str>> = None;
    for raw in Tokenizer::new_with_emitter(part, emitter) {
        let Ok(raw) = raw;
        match raw {
            Raw::StartTag(tag) => {
                let span = place(tag.span);
                let name: Box<str> = String::from_utf8_lossy(&tag.name).into();
                if matches!(&*name, "script" | "style") && !tag.self_closing {
                    silent = Some(name.clone());
                }
                let attrs = tag
                    .attributes
                    .into_iter()
                    .map(|(name, value)| Attr {
                        span: value_span(text, place(value.span), name.len()),
                        name: String::from_utf8_lossy(&name).into(),
                        value: String::from_utf8_lossy(&value.value).into(),
                    })
                    .collect();
                out.push(Token::Start(Tag { name, span, attrs, self_closing: tag.self_closing }));
            }
            Raw::EndTag(tag) => {
                let name: Box<str> = String::from_utf8_lossy(&tag.name).into();
                if silent.as_ref() == Some(&name) {
                    silent = None;
                }
                out.push(Token::End { name, span: place(tag.span) });
            }
            Raw::String(string) => {
                let span = place(string.span);
                match out.last_mut() {
                    _ if silent.is_some() => out.push(Token::Silent(span)),
                    Some(Token::Text(last)) if last.end == span.start => last.end = span.end,
                    _ => out.push(Token::Text(span)),
                }
            }
            Raw::Comment(comment) => out.push(Token::Silent(place(comment.span))),
            Raw::Doctype(doctype) => out.push(Token::Silent(place(doctype.span))),
            Raw::Error(_) => {}
        }
    }
    out
}

/// The span of an attribute's value without its quotes, from the span of the whole attribute, whose
/// name is `name` bytes long. The tokenizer's end of an unquoted value is one too far.
fn value_span(text: &str, span: Span, name: usize) -> Span {
    let whole = slice(text, span);
    let empty = Span::new(span.end, span.end);
    let Some(behind) = whole.get(name..) else { return empty };
    let Some(value) = behind.trim_start().strip_prefix('=').map(str::trim_start) else { return empty };
    let start = span.end - value.len() as u32;
    let length = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = &value[1..];
            return Span::at(0, inner.find(quote).unwrap_or(inner.len())).shift(start + 1);
        }
        _ => value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len()),
    };
    Span::at(0, length).shift(start)
}

/// Decodes the entities of a piece of text.
pub(crate) fn decode_text(text: &str) -> String {
    let mut out = String::new();
    for token in Tokenizer::new(text) {
        let Ok(token) = token;
        if let Raw::String(string) = token {
            out.push_str(&String::from_utf8_lossy(&string));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_those_of_the_source() {
        let text = "..é<a HREF=\"x?a=1&amp;b\" class='p q'>T &amp; u</a><br/><!-- c --> <img src=i.png>";
        let tokens = tokens(text, Span::at(2, text.len()));
        let shown: Vec<&str> = tokens
            .iter()
            .map(|token| match token {
                Token::Start(tag) => slice(text, tag.span),
                Token::End { span, .. } | Token::Text(span) | Token::Silent(span) => slice(text, *span),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "é",
                "<a HREF=\"x?a=1&amp;b\" class='p q'>",
                "T &amp; u",
                "</a>",
                "<br/>",
                "<!-- c -->",
                " ",
                "<img src=i.png>"
            ]
        );
        let Token::Start(link) = &tokens[1] else { panic!("a start tag") };
        let href = link.attr("href").expect("href");
        assert_eq!(&*href.value, "x?a=1&b");
        assert_eq!(slice(text, href.span), "x?a=1&amp;b");
        assert!(link.has_class("q"));
    }

    #[test]
    fn values_are_found_however_they_are_written() {
        let text = "<a href = u/v id=\"\" title='a\nb' hidden lang=\"é\">";
        let tokens = tokens(text, Span::at(0, text.len()));
        let Token::Start(tag) = &tokens[0] else { panic!("a start tag") };
        let shown = |name: &str| tag.attr(name).map(|attr| (slice(text, attr.span), &*attr.value));
        assert_eq!(shown("href"), Some(("u/v", "u/v")));
        assert_eq!(shown("id"), Some(("", "")));
        assert_eq!(shown("title"), Some(("a\nb", "a\nb")));
        assert_eq!(shown("hidden"), Some(("", "")));
        assert_eq!(shown("lang"), Some(("é", "é")));
    }

    #[test]
    fn scripts_are_silent() {
        let tokens = tokens("<script>if (a<b) {}</script>x", Span::new(0, 29));
        assert!(matches!(tokens[1], Token::Silent(_)), "{tokens:?}");
        assert!(matches!(tokens.last(), Some(Token::Text(_))), "{tokens:?}");
    }
}
