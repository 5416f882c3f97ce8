//! HTML split into tags and text, each with its bytes, by html5gum.

use super::Doc;
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

/// Splits the HTML of a page into tags and text. Liquid and the like count as letters, so that quotes in
/// them end no attribute (`href="{{ "/cv.pdf" | relative_url }}"`); values hold them as they stand.
pub fn tokens_in(text: &str, doc: &Doc, span: Span) -> Vec<Token> {
    let mut foreign = doc.foreign_in(span).peekable();
    if foreign.peek().is_none() {
        return tokens(text, span);
    }
    let mut bytes = slice(text, span).as_bytes().to_vec();
    for (_, each) in foreign {
        let from = each.start.saturating_sub(span.start) as usize;
        let to = (each.end.saturating_sub(span.start) as usize).min(bytes.len());
        if let Some(hidden) = bytes.get_mut(from..to) {
            // Line ends stay, so that a tag does not swallow what stands behind it.
            hidden.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'x');
        }
    }
    let masked = String::from_utf8_lossy(&bytes);
    let mut out = tokens(&masked, Span::at(0, masked.len()));
    for token in &mut out {
        match token {
            Token::Start(tag) => {
                tag.span = tag.span.shift(span.start);
                for attr in &mut tag.attrs {
                    attr.span = attr.span.shift(span.start);
                    if doc.foreign_in(attr.span).next().is_some() {
                        attr.value = decode_text(slice(text, attr.span)).into();
                    }
                }
            }
            Token::End { span: own, .. } | Token::Text(own) | Token::Silent(own) => {
                *own = own.shift(span.start);
            }
        }
    }
    out
}

/// Splits the bytes `span` of `text` into tags and text.
pub fn tokens(text: &str, span: Span) -> Vec<Token> {
    let part = slice(text, span);
    if let Some(tag) = bare_tag(part, span) {
        return vec![tag];
    }
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
                        name: String::from_utf8_lossy(&name).into(),
                        span: value_span(text, place(value.span)),
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

/// A text that is one tag without attributes, as most of those within a line are: `<br>`, `<hr/>`, `</a>`.
fn bare_tag(part: &str, span: Span) -> Option<Token> {
    let inner = part.strip_prefix('<')?.strip_suffix('>')?;
    let (inner, ends) = inner.strip_prefix('/').map_or((inner, false), |rest| (rest, true));
    let (name, self_closing) =
        inner.strip_suffix('/').filter(|_| !ends).map_or((inner, false), |name| (name, true));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let name = is_name.then(|| name.to_ascii_lowercase().into())?;
    Some(if ends {
        Token::End { name, span }
    } else {
        Token::Start(Tag { name, span, attrs: Vec::new(), self_closing })
    })
}

/// The value's bytes without quotes, given the span that html5gum gives the attribute: from its name
/// to about the end of the value. An attribute without a value has an empty one at its end.
fn value_span(text: &str, attribute: Span) -> Span {
    let bytes = slice(text, attribute).as_bytes();
    let Some(equals) = memchr::memchr(b'=', bytes) else {
        return Span::new(attribute.end, attribute.end);
    };
    let blanks = bytes[equals + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = attribute.start as usize + equals + 1 + blanks;
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    if let Some(&quote @ (b'"' | b'\'')) = rest.first() {
        let length = memchr::memchr(quote, &rest[1..]).unwrap_or(rest.len() - 1);
        return Span::at(start + 1, start + 1 + length);
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>';
    Span::at(start, start + rest.iter().position(ends).unwrap_or(rest.len()))
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
    fn a_tag_by_itself_is_split_as_among_others() {
        for tag in
            ["<br>", "<BR/>", "</a>", "<h1>", "<1>", "</a/>", "<>", "</>", "<a b>", "<br />", "<script>"]
        {
            let among = format!("{tag} ");
            let mut others = tokens(&among, Span::at(0, among.len()));
            match others.pop() {
                Some(Token::Text(mut rest) | Token::Silent(mut rest)) if rest.start < rest.end => {
                    rest.end -= 1;
                    others.extend((rest.start < rest.end).then_some(Token::Text(rest)));
                }
                last => others.extend(last),
            }
            assert_eq!(tokens(tag, Span::at(0, tag.len())), others, "{tag}");
        }
    }

    #[test]
    fn values_are_located_however_they_are_quoted() {
        let text = "<a b=c.pdf d e = 'é' f=\"\" g='x&amp;' h=\"i=j\"><a k=l/>";
        let mut found = Vec::new();
        for token in tokens(text, Span::at(0, text.len())) {
            let Token::Start(tag) = token else { continue };
            found.extend(tag.attrs.iter().map(|attr| (attr.name.to_string(), slice(text, attr.span))));
        }
        found.sort();
        let expected =
            [("b", "c.pdf"), ("d", ""), ("e", "é"), ("f", ""), ("g", "x&amp;"), ("h", "i=j"), ("k", "l/")];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn quotes_in_liquid_end_no_attribute() {
        let text = "<a href=\"{{ \"/cv.pdf\" | relative_url }}\" id='é'>CV</a>";
        let doc = super::super::parse_markdown(text, super::super::Dialect::Kramdown);
        let tokens = tokens_in(text, &doc, Span::at(0, text.len()));
        let Token::Start(tag) = &tokens[0] else { panic!("a start tag") };
        assert_eq!(tag.value("href"), "{{ \"/cv.pdf\" | relative_url }}");
        assert_eq!(tag.attr("id").map(|attr| slice(text, attr.span)), Some("é"));
        assert_eq!(tokens.len(), 3);
    }

    #[test]
    fn scripts_are_silent() {
        let tokens = tokens("<script>if (a<b) {}</script>x", Span::new(0, 29));
        assert!(matches!(tokens[1], Token::Silent(_)), "{tokens:?}");
        assert!(matches!(tokens.last(), Some(Token::Text(_))), "{tokens:?}");
    }
}
