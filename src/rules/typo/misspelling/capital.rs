//! A capital that was struck twice: `TThe`.

use super::Finding;
use super::vocabulary::Vocabulary;
use crate::model::prose::{Passage, Word};
use crate::rules::typo::dictionary::rank;

/// The slip at a word that begins with one capital twice.
pub(super) fn capital(passage: &Passage, word: Word<'_>, vocabulary: &Vocabulary<'_>) -> Option<Finding> {
    let mut letters = word.text.chars();
    let (first, second) = (letters.next()?, letters.next()?);
    let right = word.text.get(first.len_utf8()..)?;
    let lower = word.text.to_ascii_lowercase();
    if !word.plain
        || first != second
        || !first.is_ascii_uppercase()
        || right.len() < 3
        || !letters.clone().all(|letter| letter.is_ascii_lowercase())
        || vocabulary.words.contains(&lower)
        || vocabulary.names.contains(&lower)
        || vocabulary.uses(&lower).is_some_and(|uses| uses.contexts.len() > 1)
        || rank(&right.to_ascii_lowercase()).is_none_or(|rank| rank < 5)
    {
        return None;
    }
    Some(Finding {
        span: passage.span(word.start, word.end),
        word: word.text.into(),
        lower: lower.into(),
        right: Some(right.to_owned()),
        certain: false,
        alternatives: Vec::new(),
        exact: passage.exact(word.start, word.end),
    })
}
