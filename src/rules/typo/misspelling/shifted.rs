//! A space that slipped by one letter: `th emain`, `informations treams`.

use super::Finding;
use super::beside::beside_foreign;
use super::case::Case;
use super::vocabulary::Vocabulary;
use crate::model::prose::{Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::typo::dictionary::rank;

/// The slip at two words that are none, and are two common ones when a letter changes sides.
pub(super) fn shifted(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    tongue: Tongue,
    vocabulary: &Vocabulary<'_>,
) -> Option<Finding> {
    let (word, next) = (words[at], *words.get(at + 1)?);
    let case = Case::of(word.text)?;
    let (head, tail) = (word.text.to_lowercase(), next.text);
    let is_odd = |text: &str| {
        text.len() > 1
            && text.bytes().all(|b| b.is_ascii_lowercase())
            && rank(text).is_none_or(|rank| rank < 2)
            && !vocabulary.words.contains(text)
            && !vocabulary.names.contains(text)
    };
    if tongue != Tongue::English
        || beside_foreign(words, at)
        || !word.plain
        || !next.plain
        || case == Case::Upper
        || passage.part(word.end, next.start) != " "
        || !is_odd(&head)
        || !is_odd(tail)
    {
        return None;
    }
    let whole = format!("{head}{tail}");
    let is_common = |text: &str| rank(text).is_some_and(|rank| rank >= if text.len() > 2 { 5 } else { 7 });
    let parts = [head.len() - 1, head.len() + 1].into_iter().find_map(|at| {
        let (head, tail) = whole.split_at_checked(at)?;
        let long = head.len().max(tail.len()) > 3;
        (long && is_common(head) && is_common(tail)).then_some((head, tail))
    });
    let (head, tail) = parts?;
    let (start, end) = (word.start, next.end);
    Some(Finding {
        span: passage.span(start, end),
        word: passage.part(start, end).into(),
        lower: whole.as_str().into(),
        right: Some(format!("{} {tail}", case.apply(head))),
        certain: true,
        alternatives: Vec::new(),
        exact: passage.exact(start, end),
    })
}
