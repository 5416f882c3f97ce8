//! Whether a piece of text has the shape of a name.

use super::{fold_letters, is_cjk, is_particle, is_suffix};
use crate::model::letter::is_alphabetic;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What a piece of text between two separators of an author list may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Given and family name, in any order: `Yu Zhang`, `J. Doe`, `Xu YS`.
    Full,
    /// A name in Chinese, Japanese or Korean script.
    Native,
    /// One capitalised word: a family name, or a name of one word.
    Single,
    /// Initials alone: `V.`, `J. M.`, `A.-B.`.
    Initials,
    /// Two or three capitalised words of which one is no name by itself (`Clemens Winter`): a name
    /// among names.
    Doubtful,
    /// No name.
    No,
}

/// Words that stand capitalised in titles, venues and headings and in hardly any name: by their first
/// letter, in the order of their bytes.
static NOT_NAMES: LazyLock<[Vec<&'static str>; 26]> = LazyLock::new(|| {
    let mut words = [const { Vec::new() }; 26];
    for line in include_str!("../../../rules/data/not-names.txt").lines() {
        if let Some(letter) = letter(line) {
            words[letter].push(line);
        }
    }
    words
});

/// The number of a word's first letter.
fn letter(word: &str) -> Option<usize> {
    word.bytes().next().filter(u8::is_ascii_lowercase).map(|first| usize::from(first - b'a'))
}

fn is_no_name(word: &str) -> bool {
    letter(word).is_some_and(|letter| NOT_NAMES[letter].binary_search(&word).is_ok())
}

/// Those of [`NOT_NAMES`] that are syllables of names too (`To Truong An`, `Or Katz`): they refute a name
/// only when no other word speaks for it.
fn is_soft(word: &str) -> bool {
    matches!(
        word,
        "to" | "an"
            | "do"
            | "can"
            | "in"
            | "on"
            | "or"
            | "no"
            | "so"
            | "as"
            | "at"
            | "by"
            | "mar"
            | "may"
            | "jun"
            | "june"
            | "april"
            | "long"
            | "chi"
            | "new"
    )
}

/// Whether a folded word stands in the names of groups that sign papers.
fn is_of_group(word: &str) -> bool {
    matches!(
        word,
        "team" | "collaboration" | "consortium" | "group" | "lab" | "initiative" | "community" | "committee"
    )
}

/// Whether a folded word is the whole name of a group.
fn is_group_itself(word: &str) -> bool {
    matches!(word, "openai" | "anthropic" | "deepmind" | "qwen" | "kimi" | "nvidia")
}

/// Whether the text names a group rather than a person: `OpenAI`, `The ATLAS Collaboration`.
pub fn is_group(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let known = if words.clone().nth(1).is_none() { is_group_itself } else { is_of_group };
    let mut buffer = [0; 24];
    words.any(|word| known(&folded_word(word, &mut buffer)))
}

/// Whether a word may stand in a name without a capital.
pub fn is_joint(word: &str) -> bool {
    let mut buffer = [0; 24];
    let folded = &*folded_word(word, &mut buffer);
    is_particle(folded) || matches!(folded, "y" | "e" | "d" | "dr" | "bint" | "abu" | "vom")
}

/// Whether the text holds initials only: `V.`, `J. M.`, `J.-H.`, `YS`.
pub fn is_initials(text: &str) -> bool {
    let text = text.trim();
    let mut letters = 0;
    let mut dots = 0;
    for word in text.split(|c: char| c.is_whitespace() || c == '-' || c == '‐' || c == '–') {
        let mut length = 0;
        for character in word.chars() {
            match character {
                '.' => dots += 1,
                _ if character.is_uppercase() => length += 1,
                _ => return false,
            }
        }
        if length == 0 {
            return false;
        }
        if length > 3 || (length > 1 && word.ends_with('.') && dots == 1) {
            // `PhD.`-like: two letters under one dot are an abbreviation unless they are plain capitals.
            return length == 2;
        }
        letters += length;
    }
    letters > 0 && letters <= 4
}

/// The shape of a piece of text without marks, brackets and commas.
pub fn shape(text: &str) -> Shape {
    let text = text.trim().trim_end_matches(['.', ':']);
    if text.is_empty() || text.chars().count() > 45 {
        return Shape::No;
    }
    let cjk = if text.is_ascii() { 0 } else { text.chars().filter(|&c| is_cjk(c)).count() };
    if cjk > 0 && !text.chars().any(|c| !is_cjk(c) && c.is_alphabetic()) {
        let others =
            text.chars().filter(|&c| !is_cjk(c)).any(|c| !c.is_whitespace() && c != '·' && c != '・');
        return if (2..=8).contains(&cjk) && !others { Shape::Native } else { Shape::No };
    }
    if is_initials(text) {
        return Shape::Initials;
    }
    // `A Simple …`, `An Efficient …`
    if text.starts_with("A ") || (text.starts_with("An ") && text.split_whitespace().count() > 2) {
        return Shape::No;
    }
    let mut capitalised = 0;
    let mut names = 0;
    let mut refuted = 0;
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        match reading(bare) {
            _ if words > 6 => return Shape::No,
            Word::No => return Shape::No,
            Word::Joined => {}
            Word::Notion => refuted += 1,
            Word::Weak => capitalised += 1,
            Word::Name => {
                capitalised += 1;
                names += 1;
            }
        }
    }
    match (capitalised, names) {
        _ if refuted > 0 => {
            if refuted == 1 && names > 0 && words <= 3 {
                Shape::Doubtful
            } else {
                Shape::No
            }
        }
        (0, _) | (_, 0) => Shape::No,
        _ if words == 1 => Shape::Single,
        _ => Shape::Full,
    }
}

/// What one word says about the text it stands in.
enum Word {
    /// It may be a name.
    Name,
    /// An initial, or a word that is as often none: no evidence.
    Weak,
    /// A particle or suffix.
    Joined,
    /// A notion, a venue, a label.
    Notion,
    /// Nothing that stands in a name.
    No,
}

/// The letters of a word, folded; plain words need no allocation.
fn folded_word<'b>(word: &str, buffer: &'b mut [u8; 24]) -> Cow<'b, str> {
    if !word.is_ascii() || word.len() > buffer.len() {
        return Cow::Owned(fold_letters(word));
    }
    let mut length = 0;
    for byte in word.bytes().filter(u8::is_ascii_alphabetic) {
        buffer[length] = byte.to_ascii_lowercase();
        length += 1;
    }
    Cow::Borrowed(std::str::from_utf8(&buffer[..length]).unwrap_or_default())
}

fn reading(bare: &str) -> Word {
    let Some(first) = bare.chars().next() else { return Word::No };
    let other = |c| matches!(c, b'0'..=b'9' | b'/' | b'\\' | b'_' | b'=' | b'<' | b'>' | b'@' | b':');
    if bare.bytes().any(other) {
        return Word::No;
    }
    if first.is_lowercase() {
        return if is_joint(bare) { Word::Joined } else { Word::No };
    }
    if !first.is_uppercase() && !is_cjk(first) {
        return Word::No;
    }
    // No such word is known, and no ending tells anything of it.
    let native = bare.chars().all(is_cjk);
    let mut buffer = [0; 24];
    let folded = if native { Cow::Borrowed("") } else { folded_word(bare, &mut buffer) };
    let folded = &*folded;
    let alone = bare.len() == first.len_utf8();
    if !alone && is_soft(folded) {
        return Word::Weak;
    }
    if !alone && is_no_name(folded) {
        return Word::Notion;
    }
    if is_suffix(bare) {
        return Word::Joined;
    }
    // Endings of notions, never of names.
    let length = folded.len();
    let ends = |least: usize, ends: &[&str]| length > least && ends.iter().any(|end| folded.ends_with(end));
    if ends(6, &["tion", "sion", "ology", "ization", "isation"])
        || ends(8, &["ity", "ics", "ical", "ment", "based", "aware", "driven"])
    {
        return Word::No;
    }
    // Capitals inside a word make an acronym or a system's name, unless they are a name's (McKay, LeCun).
    let letters = bare.chars().filter(|&c| is_alphabetic(c)).count();
    let upper = bare.chars().filter(|c| c.is_uppercase()).count();
    let parts = bare.split(['-', '\'', '’', '.', '‐', '‑']).filter(|part| !part.is_empty()).count();
    if upper > parts + 1 && upper < letters {
        return Word::No;
    }
    if letters > 1 { Word::Name } else { Word::Weak }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, expected) in [
            ("Yu Zhang", Shape::Full),
            ("Jason K. Eshraghian", Shape::Full),
            ("J. Doe", Shape::Full),
            ("Xu YS", Shape::Full),
            ("Maarten de Rijke", Shape::Full),
            ("Cardenas", Shape::Single),
            ("V.", Shape::Initials),
            ("J. M.", Shape::Initials),
            ("지해인", Shape::Native),
            ("田中 環", Shape::Native),
            ("Deep Learning", Shape::No),
            ("NeurIPS 2024", Shape::No),
            ("Attention Residuals", Shape::No),
            ("Clemens Winter", Shape::Doubtful),
            ("Or Katz", Shape::Full),
            ("Code", Shape::No),
            ("accepted by", Shape::No),
            ("OpenRLHF", Shape::No),
            ("Yann LeCun", Shape::Full),
            ("LIM", Shape::Initials),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }
}
