//! Letters without their accents, as names are compared.

use crate::model::letter::is_alphabetic;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, compatibility forms resolved, accents dropped, letters with strokes spelled out,
/// hyphens and apostrophes unified.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for character in text.nfkd() {
        if is_combining_mark(character) {
            continue;
        }
        match character {
            'ß' | 'ẞ' => out.push_str("ss"),
            'ı' => out.push('i'),
            'ø' | 'Ø' => out.push('o'),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'ħ' | 'Ħ' => out.push('h'),
            '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
            '’' | 'ʼ' | '′' | '‘' => out.push('\''),
            _ => out.extend(character.to_lowercase()),
        }
    }
    out
}

/// Like [`fold`], and only the letters remain.
pub fn fold_letters(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(is_alphabetic);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding() {
        for (text, folded) in
            [("Schölkopf", "scholkopf"), ("Łukasz", "lukasz"), ("O’Neil", "oneil"), ("Zhi‑Ming", "zhiming")]
        {
            assert_eq!(fold_letters(text), folded);
        }
    }
}
