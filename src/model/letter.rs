//! Classes of characters as Unicode has them, by plain loops.
//!
//! A pattern with classes of Unicode takes milliseconds to compile, one of ASCII alone takes
//! microseconds. So texts are shown to patterns [`in_ascii`], where the letter case and the kind of a
//! letter do not matter.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// As [`char::is_alphabetic`], which looks each ideograph up in a table.
pub fn is_alphabetic(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
        || c.is_alphabetic()
}

/// Whether a character is a letter (`\p{L}`).
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // Alphabetic are also numbers such as `Ⅷ`, vowel signs, and letters in circles and squares.
    c.is_alphabetic()
        && !c.is_numeric()
        && !is_combining_mark(c)
        && !matches!(c, '\u{24b6}'..='\u{24e9}' | '\u{1f130}'..='\u{1f189}')
}

/// Whether a character is a letter or a mark on one (`[\p{L}\p{M}]`).
pub fn is_letter_or_mark(c: char) -> bool {
    is_letter(c) || (!c.is_ascii() && is_combining_mark(c))
}

/// Whether a character is a digit of one of the scripts in use (`\d`).
pub fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            '\u{660}'..='\u{669}'
                | '\u{6f0}'..='\u{6f9}'
                | '\u{966}'..='\u{96f}'
                | '\u{9e6}'..='\u{9ef}'
                | '\u{be6}'..='\u{bef}'
                | '\u{e50}'..='\u{e59}'
                | '\u{ff10}'..='\u{ff19}'
                | '\u{1d7ce}'..='\u{1d7ff}'
        )
}

/// Whether a character may stand in a word (`\w`): a letter, a mark, a digit, a low line.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphabetic()
        || is_combining_mark(c)
        || is_digit(c)
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{ff3f}')
}

/// The same text with one ASCII character for each other one: `Q` for a letter, `0` for a digit, a blank
/// for white space, `\x01` for what else may stand in a word, `\x02` for anything else.
pub fn in_ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.chars().map(stand_in).collect()) }
}

fn stand_in(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        _ if is_letter(c) => 'Q',
        _ if is_digit(c) => '0',
        _ if c.is_whitespace() => ' ',
        _ if is_word(c) => '\u{1}',
        _ => '\u{2}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn classes_are_those_of_unicode() {
        let class = |pattern: &str| Regex::new(pattern).expect("a pattern");
        let (letter, either, word) = (class(r"^\p{L}$"), class(r"^[\p{L}\p{M}]$"), class(r"^[\w--\p{Nd}]$"));
        let in_use = (0..0xa700).filter_map(char::from_u32);
        let mut wrong = Vec::new();
        for c in in_use {
            let text = c.to_string();
            let text = text.as_str();
            let right = letter.is_match(text) == is_letter(c)
                && either.is_match(text) == is_letter_or_mark(c)
                && (c.is_numeric() || word.is_match(text) == (is_word(c) && !is_digit(c)));
            if !right {
                wrong.push(c);
            }
        }
        // The tables of two libraries are of different years.
        assert!(wrong.len() < 60, "{}: {wrong:?}", wrong.len());
        assert!(wrong.iter().all(|&c| c > '\u{500}'), "{wrong:?}");
    }

    #[test]
    fn ideographs_are_alphabetic() {
        let differ = |c: &char| is_alphabetic(*c) != c.is_alphabetic();
        assert_eq!(('\0'..=char::MAX).find(differ), None);
    }

    #[test]
    fn a_text_keeps_its_length_in_characters() {
        assert_eq!(in_ascii("Rössler, 2023年 – x²"), "RQssler, 2023Q \u{2} x\u{2}");
        assert_eq!(in_ascii("plain"), "plain");
    }
}
