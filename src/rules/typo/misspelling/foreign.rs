//! Words of a language for which the site has a dictionary: judged where most words of a passage are in it.

use super::Finding;
use super::beside::is_label;
use super::case::Case;
use super::vocabulary::{Vocabulary, begins_sentence};
use crate::config::TypoConfig;
use crate::model::prose::{Passage, Word};
use crate::rules::typo::dictionary::rank;
use crate::rules::typo::word_list::WordList;

/// The words of all dictionaries of the site.
pub(super) fn dictionary(config: &TypoConfig) -> WordList {
    let mut list = WordList::default();
    for dictionary in &config.dictionaries {
        list.add(&dictionary.text, dictionary.affixes.as_deref());
    }
    list
}

/// Whether the dictionaries speak the language of a passage: they know three of four of its words.
pub(super) fn is_covered(words: &[Word<'_>], list: &WordList) -> bool {
    let long = || words.iter().filter(|word| word.plain && word.text.chars().count() > 1);
    let known = long().filter(|word| list.has(&word.text.to_lowercase())).count();
    !list.is_empty() && known > 3 && known * 4 >= long().count() * 3
}

/// The slip at a word that no dictionary has.
pub(super) fn foreign(
    passage: &Passage,
    word: Word<'_>,
    list: &WordList,
    vocabulary: &Vocabulary<'_>,
) -> Option<Finding> {
    let lower = word.text.to_lowercase();
    let case = Case::of(word.text)?;
    // A capital within a sentence is a name.
    let named = case != Case::Lower && !begins_sentence(passage, word.start);
    if !word.plain
        || lower.chars().count() < 5
        || named
        || list.has(&lower)
        || rank(&lower).is_some()
        || vocabulary.words.contains(&lower)
        || vocabulary.names.contains(&lower)
        || vocabulary.in_address(&lower)
        || vocabulary.writes(&lower) > 2
        || is_label(passage, word.start, word.end)
    {
        return None;
    }
    let alternatives: Vec<String> = list.near(&lower).iter().map(|near| case.apply(near)).collect();
    let right = alternatives.first()?.clone();
    Some(Finding {
        span: passage.span(word.start, word.end),
        word: word.text.into(),
        lower: lower.into(),
        right: (alternatives.len() == 1).then_some(right),
        alternatives,
        certain: false,
        exact: passage.exact(word.start, word.end),
    })
}
