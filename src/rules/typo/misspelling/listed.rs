//! Words that a list of misspellings knows.

use super::Finding;
use super::beside::{beside_foreign, beside_word, is_label, may_be_name};
use super::case::Case;
use super::vocabulary::Vocabulary;
use crate::model::prose::{Origin, Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::typo::dictionary::rank;
use crate::rules::typo::lexicon::{self, Correction};

/// The misspelling at a word, when it is on a list.
pub(super) fn listed(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    tongue: Tongue,
    known: &Vocabulary<'_>,
) -> Option<Finding> {
    let word = words[at];
    let stem = ["'s", "’s"].iter().find_map(|end| word.text.strip_suffix(end)).unwrap_or(word.text);
    if !word.plain || !stem.is_ascii() {
        return None;
    }
    let case = Case::of(stem)?;
    let lower = stem.to_ascii_lowercase();
    let correction = lexicon::correction(&lower)?;
    let end = word.start + stem.len();
    if known.words.contains(&lower)
        || (known.names.contains(&lower) && !correction.certain)
        || (tongue == Tongue::Unclear && !correction.certain && lower.len() < 7)
        || is_label(passage, word.start, end)
        || beside_foreign(words, at)
        || (case != Case::Lower && !meant_as_word(passage, words, at, case, &lower, &correction))
    {
        return None;
    }
    // A long common word is nobody's own, however often it is misspelled.
    let common = lower.len() > 7
        && !known.names.contains(&lower)
        && correction.clear().and_then(rank).is_some_and(|rank| rank >= 5);
    let right = correction.clear().map(|right| case.apply(right));
    Some(Finding {
        span: passage.span(word.start, end),
        word: stem.into(),
        lower: lower.into(),
        right,
        certain: correction.certain || common,
        alternatives: correction.words.iter().map(|&word| word.to_owned()).collect(),
        exact: passage.exact(word.start, end),
    })
}

/// Whether a capitalised word is a word rather than a name or an abbreviation.
fn meant_as_word(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    case: Case,
    lower: &str,
    correction: &Correction,
) -> bool {
    let word = words[at];
    if matches!(passage.origin, Origin::Bib(ref field) if &**field == "booktitle" || &**field == "howpublished")
        && passage.after(word.end) == Some('.')
    {
        return false;
    }
    if correction.certain {
        return true;
    }
    // A name cannot be told from a word with two corrections; a beginning of a word is an abbreviation.
    let Some(right) = correction.clear() else { return false };
    if case == Case::Upper {
        return lexicon::is_common(right);
    }
    let starts_longer = correction.words.iter().any(|word| word.starts_with(lower));
    let after_name = at > 0 && may_be_name(passage, words[at - 1], word.start, true);
    let before_name = words.get(at + 1).is_some_and(|next| may_be_name(passage, *next, word.end, false));
    if !lexicon::is_common(right) || starts_longer || after_name || before_name {
        return false;
    }
    word.text.len() >= 7 || at == 0 || beside_word(words, at)
}
