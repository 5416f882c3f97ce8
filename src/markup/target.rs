//! The grammar of link targets, titles, labels and link reference definitions, as CommonMark has it,
//! with the bytes of each part.
//!
//! It reads masked text (see [`super::mask`]) and knows nothing of the tree.

use super::Definition;
use crate::text::Span;

/// Blanks, and at most as many quotation marks after a line ending as there are quotations around.
pub(super) fn skip_blanks(bytes: &[u8], mut at: usize, quotes: u32) -> usize {
    let mut marks = None;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\n' | b'\r' => marks = Some(quotes),
            b' ' | b'\t' => {}
            b'>' => match marks {
                Some(left) if left > 0 => marks = Some(left - 1),
                _ => break,
            },
            _ => break,
        }
        at += 1;
    }
    at
}

/// A target at `at`: its bytes without `<` and `>`, and where it ends.
pub(super) fn target(bytes: &[u8], at: usize) -> Option<(Span, usize)> {
    if bytes.get(at) == Some(&b'<') {
        let mut end = at + 1;
        loop {
            match bytes.get(end)? {
                b'>' => return Some((Span::at(at + 1, end), end + 1)),
                b'\\' => end += 2,
                b'\n' | b'\r' | b'<' => return None,
                _ => end += 1,
            }
        }
    }
    let mut end = at;
    let mut depth = 0;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if bytes.get(end + 1).is_some_and(u8::is_ascii_punctuation) => end += 1,
            b'(' if depth == 32 => return None,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            _ if byte.is_ascii_whitespace() || (byte.is_ascii_control() && byte != 0) => break,
            _ => {}
        }
        end += 1;
    }
    let end = end.min(bytes.len());
    (depth == 0).then_some((Span::at(at, end), end))
}

/// Where a title at `at` ends.
pub(super) fn title(bytes: &[u8], at: usize) -> Option<usize> {
    let close = match bytes.get(at)? {
        b'(' => b')',
        &quote @ (b'"' | b'\'') => quote,
        _ => return None,
    };
    let mut end = at + 1;
    loop {
        match *bytes.get(end)? {
            b'\\' => end += 1,
            byte if byte == close => return Some(end + 1),
            b'(' if close == b')' => return None,
            _ => {}
        }
        end += 1;
    }
}

/// The parts of `(target "title")`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tail {
    /// The target without `<` and `>`.
    pub(super) target: Span,
    /// The title with its quotes.
    pub(super) title: Option<Span>,
    /// One past the closing parenthesis.
    pub(super) end: usize,
}

/// The tail of an inline link, whose `(` is at `at`.
pub(super) fn tail(bytes: &[u8], at: usize, quotes: u32) -> Option<Tail> {
    if bytes.get(at) != Some(&b'(') {
        return None;
    }
    let start = skip_blanks(bytes, at + 1, quotes);
    let (target, target_end) = target(bytes, start)?;
    let title_start = skip_blanks(bytes, target_end, quotes);
    let mut end = title_start;
    let mut found = None;
    if title_start > target_end
        && let Some(title_end) = title(bytes, title_start)
    {
        found = Some(Span::at(title_start, title_end));
        end = skip_blanks(bytes, title_end, quotes);
    }
    (bytes.get(end) == Some(&b')')).then_some(Tail { target, title: found, end: end + 1 })
}

/// The bytes between the brackets of a label whose `[` is at `at`.
pub(super) fn label(bytes: &[u8], at: usize) -> Option<Span> {
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let mut end = at + 1;
    while end - at <= 1002 {
        match *bytes.get(end)? {
            b']' => return Some(Span::at(at + 1, end)),
            b'[' => return None,
            b'\\' if bytes.get(end + 1).is_some_and(u8::is_ascii_punctuation) => end += 1,
            _ => {}
        }
        end += 1;
    }
    None
}

/// A definition whose `[` is at `at`, and where its last line ends (before the line ending).
pub(super) fn definition(bytes: &[u8], at: usize, quotes: u32) -> Option<(Definition, usize)> {
    let label_span = label(bytes, at)?;
    let name = &bytes[label_span.range()];
    if name.first() == Some(&b'^') || name.trim_ascii().is_empty() {
        return None;
    }
    let colon = label_span.end as usize + 1;
    if bytes.get(colon) != Some(&b':') {
        return None;
    }
    let start = skip_line(bytes, colon + 1, quotes);
    let (target_span, target_end) = target(bytes, start)?;
    if target_end == start {
        return None;
    }
    let span = |end| Span::at(at, end);
    let title_start = skip_line(bytes, target_end, quotes);
    if title_start > target_end
        && let Some(title_end) = title(bytes, title_start)
        && !has_blank_line(&bytes[title_start..title_end])
        && let Some(line_end) = line_end(bytes, title_end)
    {
        let title_span = Some(Span::at(title_start, title_end));
        return Some((Definition { span: span(title_end), label_span, target_span, title_span }, line_end));
    }
    let line_end = line_end(bytes, target_end)?;
    Some((Definition { span: span(target_end), label_span, target_span, title_span: None }, line_end))
}

/// Blanks with at most one line ending among them.
fn skip_line(bytes: &[u8], at: usize, quotes: u32) -> usize {
    let blanks =
        |from: usize| from + bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let end = blanks(at);
    match bytes.get(end) {
        Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => prefix(bytes, end + 2, quotes),
        Some(b'\r' | b'\n') => prefix(bytes, end + 1, quotes),
        _ => end,
    }
}

/// What follows blanks and quotation marks at the start of a line.
pub(super) fn prefix(bytes: &[u8], mut at: usize, quotes: u32) -> usize {
    let mut left = quotes;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' => {}
            b'>' if left > 0 => left -= 1,
            _ => break,
        }
        at += 1;
    }
    at
}

/// The end of the line, when only blanks stand before it.
fn line_end(bytes: &[u8], at: usize) -> Option<usize> {
    let end = at + bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    matches!(bytes.get(end), None | Some(b'\r' | b'\n')).then_some(end)
}

fn has_blank_line(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'\n', bytes).any(|newline| {
        let rest = &bytes[newline + 1..];
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        rest.get(blanks) == Some(&b'\n')
    })
}

/// A label as labels are compared: without case and with its white space folded.
pub(super) fn normal_label(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.extend(word.chars().map(|each| each.to_ascii_lowercase()));
        } else {
            out.push_str(&word.to_uppercase().to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;

    #[test]
    fn tails_of_links() {
        for (text, expected) in [
            ("(a.pdf)", Some(("a.pdf", ""))),
            ("( a.pdf  \"t (1)\" )x", Some(("a.pdf", "\"t (1)\""))),
            ("(<a b> 't')", Some(("a b", "'t'"))),
            ("(a(b)c\\)\n> (t))", Some(("a(b)c\\)", "(t)"))),
            ("()", Some(("", ""))),
            ("(a b)", None),
            ("(a \"t)", None),
            ("(a(b)", None),
            ("", None),
        ] {
            let found = tail(text.as_bytes(), 0, 1);
            let parts =
                found.map(|tail| (slice(text, tail.target), tail.title.map_or("", |span| slice(text, span))));
            assert_eq!(parts, expected, "{text:?}");
        }
    }

    #[test]
    fn definitions() {
        for (text, expected) in [
            ("[a]: /u", Some(("a", "/u", ""))),
            ("[a b]:\n  </u v>\n  'd\ne'  \nx", Some(("a b", "/u v", "'d\ne'"))),
            ("[a]: /u \"t\" x", None),
            ("[a]: /u\n\"t\" x", Some(("a", "/u", ""))),
            ("[//]: # (so it is)", Some(("//", "#", "(so it is)"))),
            ("[^a]: /u", None),
            ("[ ]: /u", None),
            ("[a] : /u", None),
            ("[a]:", None),
            ("[a[b]: /u", None),
        ] {
            let found = definition(text.as_bytes(), 0, 0).map(|(found, end)| {
                assert!(end >= found.span.end as usize);
                let title = found.title_span.map_or("", |span| slice(text, span));
                (slice(text, found.label_span), slice(text, found.target_span), title)
            });
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn labels_are_compared_without_case() {
        assert_eq!(normal_label(" My\n  PAPER "), normal_label("my paper"));
        assert_eq!(normal_label("ÉCOLE"), normal_label("école"));
    }
}
