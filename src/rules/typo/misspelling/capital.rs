//! A shift key held too long: `TThe`, `STructure`.

use super::Finding;
use super::case::Case;
use super::vocabulary::Vocabulary;
use crate::model::prose::{Passage, Word};
use crate::rules::typo::dictionary::rank;
use crate::rules::typo::lexicon;

/// The slip at a word that begins with two capitals: the first struck twice, or the second letter as one.
pub(super) fn capital(passage: &Passage, word: Word<'_>, vocabulary: &Vocabulary<'_>) -> Option<Finding> {
    let mut letters = word.text.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    let lower = word.text.to_ascii_lowercase();
    if !word.plain
        || !first.is_ascii_uppercase()
        || !second.is_ascii_uppercase()
        || word.text.len() < 3
        || !letters.all(|letter| letter.is_ascii_lowercase())
        || vocabulary.words.contains(&lower)
        || vocabulary.names.contains(&lower)
        || vocabulary.as_written(word.text) > 1
    {
        return None;
    }
    let rest = word.text.get(1..)?;
    let is_common = |word: &str| rank(&word.to_ascii_lowercase()).is_some_and(|rank| rank >= 5);
    let right = if first == second && rest.len() > 2 && is_common(rest) {
        rest.to_owned()
    } else if is_shifted(passage, word, &lower) {
        Case::Capital.apply(&lower)
    } else {
        return None;
    };
    Some(Finding {
        span: passage.span(word.start, word.end),
        word: word.text.into(),
        lower: lower.into(),
        right: Some(right),
        certain: false,
        alternatives: Vec::new(),
        exact: passage.exact(word.start, word.end),
    })
}

/// Whether a word of all days stands there with its second letter as a capital. Where an acronym is explained,
/// words begin so on purpose: `COntrastive (CO)`.
fn is_shifted(passage: &Passage, word: Word<'_>, lower: &str) -> bool {
    let short = matches!(lower, "the" | "and" | "our" | "for" | "this" | "that" | "with" | "from" | "you");
    let common = lower.len() > 5 && (rank(lower).is_some_and(|rank| rank >= 6) || lexicon::is_common(lower));
    let shouts =
        |other: &Word<'_>| other.start != word.start && other.text.chars().skip(1).any(char::is_uppercase);
    (short || common)
        && !passage.words().iter().any(shouts)
        && !matches!(passage.before(word.start), Some('(' | '-' | '/' | '"' | '“'))
        && !matches!(passage.after(word.end), Some(':' | '-' | '/' | '(' | '"' | '”'))
}
