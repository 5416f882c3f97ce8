//! Text as its reader sees it: escapes and entities decoded, with a map back to the source.

use crate::text::Span;

/// Decoded text that knows where each part of it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cooked {
    /// The text as a reader sees it.
    pub text: String,
    /// Where its parts came from: (first byte in `text`, span in the source), in order. A part whose
    /// span is as long as itself maps byte for byte; any other maps as a whole.
    pub parts: Vec<(u32, Span)>,
}

impl Cooked {
    /// Appends text that stands in the source as it is.
    pub fn push_exact(&mut self, text: &str, start: u32) {
        self.push(text, Span::new(start, start + text.len() as u32));
    }

    /// Appends text that stands for the source bytes `span`.
    pub fn push(&mut self, text: &str, span: Span) {
        if !text.is_empty() {
            self.parts.push((self.text.len() as u32, span));
            self.text.push_str(text);
        }
    }

    /// The source bytes of a range of `text`, in bytes. A range that cuts a decoded part takes the
    /// whole of it.
    pub fn source_span(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start as u32, end as u32);
        let part_at = |offset: u32| {
            let index = self.parts.partition_point(|(at, _)| *at <= offset).saturating_sub(1);
            let length = self.parts.get(index + 1).map_or(self.text.len() as u32, |(at, _)| *at);
            self.parts.get(index).map(|(at, span)| (*at, length - *at, *span))
        };
        let from = part_at(start).map_or(0, |(at, length, span)| {
            if span.len() == length { span.start + (start - at) } else { span.start }
        });
        if end <= start {
            return Span::new(from, from);
        }
        let to = part_at(end - 1).map_or(from, |(at, length, span)| {
            if span.len() == length { span.start + (end - at) } else { span.end }
        });
        Span::new(from, to.max(from))
    }
}

/// Decodes Markdown text: backslash escapes and entities. `slice` starts at byte `start` of the source.
pub fn cook(slice: &str, start: u32) -> Cooked {
    let mut out = Cooked::default();
    decode(slice, start, true, &mut out);
    out
}

/// Decodes the entities of HTML text, where a backslash is a backslash.
pub fn decode_entities(slice: &str, start: u32) -> Cooked {
    let mut out = Cooked::default();
    decode(slice, start, false, &mut out);
    out
}

fn decode(slice: &str, start: u32, escapes: bool, out: &mut Cooked) {
    let bytes = slice.as_bytes();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'\\', b'&', &bytes[at..]) {
        let here = at + found;
        let decoded = match bytes[here] {
            b'\\' if escapes && bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) => {
                Some((slice[here + 1..here + 2].to_owned(), 2))
            }
            b'&' => entity(&slice[here..]),
            _ => None,
        };
        if let Some((text, length)) = decoded {
            out.push_exact(&slice[from..here], start + from as u32);
            out.push(&text, Span::at(here, here + length).shift(start));
            from = here + length;
            at = from;
        } else {
            at = here + 1;
        }
    }
    out.push_exact(&slice[from..], start + from as u32);
}

/// The entity at the start of `text`: its characters and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(34).position(|byte| byte == b';')?;
    let name = &text[1..end];
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#') {
        return None;
    }
    let whole = &text[..=end];
    let decoded = super::html::decode_text(whole);
    (decoded != whole).then_some((decoded, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoded_text_maps_back() {
        let cooked = cook("Sch&ouml;n a\\*b & c", 10);
        assert_eq!(cooked.text, "Schön a*b & c");
        let at = cooked.text.find('ö').expect("ö");
        assert_eq!(cooked.source_span(at, at + 2), Span::new(13, 19));
        let b = cooked.text.find('b').expect("b");
        assert_eq!(cooked.source_span(b, b + 1), Span::new(24, 25));
        assert_eq!(cooked.source_span(0, cooked.text.len()), Span::new(10, 29));
    }

    #[test]
    fn html_keeps_backslashes() {
        assert_eq!(decode_entities("a\\*b &amp; &nosuch;", 0).text, "a\\*b & &nosuch;");
    }
}
