//! Finds front matter: YAML between `---` lines, TOML between `+++` lines, JSON between braces.
//!
//! It finds the block and its language; what stands in it is read elsewhere. A block that is never
//! closed is none: the `---` is then a thematic break, as the generators see it.

use super::{FrontLanguage, FrontMatter};
use crate::text::Span;

/// The byte order mark in UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// The front matter of a page of Hugo, which passes over blank lines above it.
pub(super) fn find_below_blanks(text: &str) -> Option<FrontMatter> {
    let blank = text.len() - text.trim_ascii_start().len();
    // Only whole lines are passed over: indented text is no front matter.
    if blank == 0 || !text[..blank].ends_with('\n') {
        return find(text);
    }
    let found = find(&text[blank..])?;
    let blank = blank as u32;
    Some(FrontMatter { span: found.span.shift(blank), content: found.content.shift(blank), ..found })
}

/// The front matter at the top of a page.
pub(super) fn find(text: &str) -> Option<FrontMatter> {
    if text.starts_with('{') {
        return json(text);
    }
    let start = if text.starts_with(MARK) { MARK.len() } else { 0 };
    let mut at = start;
    let mut language = None;
    let mut content = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        let fence = line.trim_ascii_end();
        match language {
            None => {
                language = match fence {
                    "---" => Some(FrontLanguage::Yaml),
                    "+++" => Some(FrontLanguage::Toml),
                    _ => return None,
                };
                content = end;
            }
            Some(language) if closes(language, fence) => {
                return Some(FrontMatter {
                    span: Span::at(start, end),
                    content: Span::at(content, at),
                    language,
                });
            }
            Some(_) => {}
        }
        at = end;
    }
    None
}

fn closes(language: FrontLanguage, fence: &str) -> bool {
    match language {
        FrontLanguage::Yaml => matches!(fence, "---" | "..."),
        FrontLanguage::Toml => fence == "+++",
        FrontLanguage::Json => false,
    }
}

/// JSON front matter: an object whose closing brace ends its line. Anything but a key after the
/// opening brace is Liquid, an attribute list, or plain text.
fn json(text: &str) -> Option<FrontMatter> {
    if !text[1..].trim_ascii_start().starts_with(['"', '}']) {
        return None;
    }
    let mut depth = 0_u32;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let rest = &text[at + 1..];
            let line = rest.split_inclusive('\n').next().unwrap_or_default();
            return line.trim_ascii().is_empty().then(|| FrontMatter {
                span: Span::at(0, at + 1 + line.len()),
                content: Span::at(0, at + 1),
                language: FrontLanguage::Json,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;

    /// The language, the content and what follows.
    fn split(text: &str) -> Option<(FrontLanguage, &str, &str)> {
        let front = find(text)?;
        assert!(front.span.contains(front.content));
        Some((front.language, slice(text, front.content), &text[front.span.end as usize..]))
    }

    #[test]
    fn each_language_is_found_with_its_content() {
        use FrontLanguage::{Json, Toml, Yaml};
        for (text, expected) in [
            ("---\na: 1\n---\nx", Some((Yaml, "a: 1\n", "x"))),
            ("---\na: 1\n---", Some((Yaml, "a: 1\n", ""))),
            ("--- \t\r\na: 1\r\n...  \r\nx", Some((Yaml, "a: 1\r\n", "x"))),
            ("---\n---\nx", Some((Yaml, "", "x"))),
            ("\u{feff}---\na: 1\n---\nx", Some((Yaml, "a: 1\n", "x"))),
            ("---\na: 1\n ---\n---\n", Some((Yaml, "a: 1\n ---\n", ""))),
            ("+++\na = 1\n+++\nx", Some((Toml, "a = 1\n", "x"))),
            ("{\n\"a\": \"}\\\"\"\n}\nx", Some((Json, "{\n\"a\": \"}\\\"\"\n}", "x"))),
            ("{}\n", Some((Json, "{}", ""))),
        ] {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }

    #[test]
    fn hugo_passes_over_blank_lines() {
        let text = "\n \n---\na: 1\n---\nx";
        assert!(find(text).is_none());
        let front = find_below_blanks(text).expect("front matter");
        assert_eq!(slice(text, front.content), "a: 1\n");
        assert!(find_below_blanks("\n  ---\na: 1\n---\n").is_none());
    }

    #[test]
    fn what_is_not_closed_is_none() {
        for text in [
            "",
            "---",
            "---\na: 1\n",
            "---\n+++\n",
            "----\na\n---\n",
            " ---\na\n---\n",
            "\n---\na: 1\n---\n",
            "+++\n---\n",
            "{\"a\": 1",
            "{\"a\": 1} and so on\n",
            "{{ page.title }}\n",
            "{: .wide}\n",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
