//! Whether a piece of text has the shape of a name.

use super::{fold_letters, is_cjk, is_particle, is_suffix};
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

/// Words that stand capitalised in titles, venues and headings and in hardly any name, in the order of
/// their bytes.
static NOT_NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("../../../rules/data/not-names.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

/// Those of [`NOT_NAMES`] that are syllables of names too (`To Truong An`, `Or Katz`): they refute a name
/// only when no other word speaks for it.
const SOFT: &[&str] = &[
    "to", "an", "do", "can", "in", "on", "or", "no", "so", "as", "at", "by", "mar", "may", "jun", "june",
    "april", "long", "chi", "new",
];

/// Words in the names of groups that sign papers.
const GROUP_WORDS: &[&str] =
    &["team", "collaboration", "consortium", "group", "lab", "initiative", "community", "committee"];

/// Groups that sign with one word.
const GROUPS: &[&str] = &["openai", "anthropic", "deepmind", "qwen", "kimi", "nvidia"];

/// Whether the text names a group rather than a person: `OpenAI`, `The ATLAS Collaboration`.
pub fn is_group(text: &str) -> bool {
    let mut words = text.split_whitespace().map(fold_letters);
    match words.clone().count() {
        1 => words.any(|word| GROUPS.contains(&word.as_str())),
        _ => words.any(|word| GROUP_WORDS.contains(&word.as_str())),
    }
}

/// Whether the text holds initials only: `V.`, `J. M.`, `J.-H.`, `YS`.
pub fn is_initials(text: &str) -> bool {
    let text = text.trim();
    let mut letters = 0;
    let mut dots = 0;
    for word in text.split(|c: char| c.is_whitespace() || c == '-' || c == '‐' || c == '–') {
        let word_letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
        dots += word.chars().filter(|c| *c == '.').count();
        if word_letters.is_empty() || !word_letters.iter().all(|c| c.is_uppercase()) {
            return false;
        }
        if word_letters.len() > 3 || (word_letters.len() > 1 && word.ends_with('.') && dots == 1) {
            // `PhD.`-like: two letters under one dot are an abbreviation unless they are plain capitals.
            return word_letters.len() == 2;
        }
        letters += word_letters.len();
    }
    letters > 0 && letters <= 4
}

/// The shape of a piece of text without marks, brackets and commas.
pub fn shape(text: &str) -> Shape {
    let text = text.trim().trim_end_matches(['.', ':']);
    let length = text.chars().count();
    if length == 0 || length > 45 {
        return Shape::No;
    }
    let cjk = text.chars().filter(|&c| is_cjk(c)).count();
    if cjk > 0 && !text.chars().any(|c| c.is_alphabetic() && !is_cjk(c)) {
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
    if bare.chars().any(|c| c.is_ascii_digit() || "/\\_=<>@:".contains(c)) {
        return Word::No;
    }
    let mut buffer = [0; 24];
    let folded = &*folded_word(bare, &mut buffer);
    if first.is_lowercase() {
        let joins = is_particle(folded) || matches!(folded, "y" | "e" | "d" | "dr" | "bint" | "abu" | "vom");
        return if joins { Word::Joined } else { Word::No };
    }
    if !first.is_uppercase() && !is_cjk(first) {
        return Word::No;
    }
    if SOFT.contains(&folded) && bare.chars().count() > 1 {
        return Word::Weak;
    }
    if NOT_NAMES.binary_search(&folded).is_ok() && bare.chars().count() > 1 {
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
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
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
