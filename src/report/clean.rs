//! Makes foreign text harmless for a terminal: no control characters, no escape sequences, no marks
//! that turn the direction of writing or hide text.

use std::borrow::Cow;

/// What stands for a character on a terminal, where the character itself must not.
fn stand_in(character: char) -> Option<String> {
    Some(match character {
        '\t' => " ".to_owned(),
        // The pictures that Unicode has for controls: one column each.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + character as u32)?.to_string(),
        '\u{7f}' => '\u{2421}'.to_string(),
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        // No characters at all: XML cannot hold them.
        | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => format!("\\u{{{:x}}}", character as u32),
        _ => return None,
    })
}

/// The text on one line, harmless.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| stand_in(character).is_none()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        push(&mut out, character);
    }
    Cow::Owned(out)
}

/// Appends one character, harmless.
pub(super) fn push(out: &mut String, character: char) {
    match stand_in(character) {
        Some(harmless) => out.push_str(&harmless),
        None => out.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hostile_is_left() {
        for (text, expected) in [
            ("plain é 汪 🔥", "plain é 汪 🔥"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("a\nb\r\tc\u{7}", "a␊b␍ c␇"),
            ("\u{202e}txt.exe", "\\u{202e}txt.exe"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\u{200b}b\u{2066}c", "a\\u{200b}b\\u{2066}c"),
        ] {
            assert_eq!(line(text), expected);
        }
        for code in (0..0x11_0000).filter_map(char::from_u32).filter(|c| c.is_control()) {
            assert!(!line(&code.to_string()).chars().any(char::is_control), "{code:?}");
        }
    }
}
