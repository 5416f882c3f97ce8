//! Words that the site itself, or the list of proper names, spells right: a name met once that is one
//! swapped, lost or added letter from them; a word of a language of which there is no dictionary here.

use super::Finding;
use super::beside::{is_label, may_be_name};
use super::vocabulary::{Vocabulary, stem};
use crate::model::prose::{Passage, Word};
use crate::rules::typo::dictionary::rank;
use crate::rules::typo::neighbours::{Neighbours, Slip};
use crate::rules::typo::proper_name;
use crate::rules::typo::shape::Standing;
use std::sync::LazyLock;

/// The names of tools, venues, companies and places, and the long words in them.
static NAMES: LazyLock<Neighbours> = LazyLock::new(|| {
    let mut names: Vec<&str> = proper_name::names()
        .flat_map(|name| {
            let parts = name.split(' ');
            let shortest = if name.contains(' ') { 7 } else { 4 };
            parts.filter(move |part| part.len() > shortest && part.starts_with(char::is_uppercase))
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    Neighbours::of(names.into_iter())
});

/// The slip at a name: `Sheffiel` where the site writes `Sheffield`, `Gitub`.
pub(super) fn own_name(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<Finding> {
    let word = words[at];
    let text = stem(word.text);
    let end = word.start + text.len();
    let lower = text.to_lowercase();
    let first = text.chars().next()?;
    if text.len() < 5
        || !is_single(&word, &lower, vocabulary)
        || is_label(passage, word.start, end)
        || rank(&lower).is_some()
    {
        return None;
    }
    let length = text.len();
    // `Rapsberry` is made of two words.
    let is_made = vocabulary.standing(text) == Standing::Known;
    let mixed = text.chars().skip(1).any(char::is_uppercase);
    // `Theatre` and `Theater`, `Korea` and `Korean`: the end of a word is another language's.
    let swapped = |slip: Slip| {
        matches!(slip, Slip::Swap(_)) && !["re", "er", "le", "el"].iter().any(|end| lower.ends_with(end))
    };
    let lost = |right: &str, slip: Slip| matches!(slip, Slip::Length(at) if at > 0 && right.len() > length);
    let listed = NAMES.near(text).into_iter().find(|&(name, slip)| {
        let inside = matches!(slip, Slip::Length(at) if at + 1 < name.len());
        let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
        (!mixed || (length > 6 && capitals(name) == capitals(text)))
            && ((swapped(slip) && (!is_made || length > 6))
                || (!is_made && inside && lost(name, slip) && (length > 6 || first.is_lowercase())))
    });
    if let Some((right, _)) = listed {
        return Some(finding(passage, word.start, end, right.to_owned()));
    }
    if mixed || is_made || !first.is_uppercase() {
        return None;
    }
    let mut near = vocabulary.own().near(text).into_iter().filter(|&(right, slip)| {
        right.starts_with(char::is_uppercase)
            && !vocabulary.names.contains(&right.to_lowercase())
            && (swapped(slip) || (length > 6 && lost(right, slip) && !right.ends_with('s')))
    });
    let (right, slip) = near.next()?;
    if near.next().is_some() || beside_name(passage, words, at, slip) {
        return None;
    }
    Some(finding(passage, word.start, end, right.to_owned()))
}

/// Whether the other half of a name stands beside a word; an acronym is none.
fn beside_name(passage: &Passage, words: &[Word<'_>], at: usize, slip: Slip) -> bool {
    let word = words[at];
    let is_acronym = |other: &Word<'_>| other.text.len() > 1 && other.text.chars().all(char::is_uppercase);
    let is_name = |other: &Word<'_>, edge: usize, before: bool| {
        may_be_name(passage, *other, edge, before)
            && !(matches!(slip, Slip::Swap(_)) && is_acronym(other))
            && rank(&other.text.to_lowercase()).is_none_or(|rank| rank < 4)
    };
    let previous = at.checked_sub(1).and_then(|at| words.get(at));
    previous.is_some_and(|other| is_name(other, word.start, true))
        || words.get(at + 1).is_some_and(|other| is_name(other, word.end, false))
}

/// The slip at a word of another language: `infomación` where the site writes `información`.
pub(super) fn own_word(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<Finding> {
    let word = words[at];
    let text = word.text;
    let length = text.chars().count();
    let lower = text.to_lowercase();
    let mixed = text.chars().skip(1).any(char::is_uppercase);
    if length < 6
        || mixed
        || !is_single(&word, &lower, vocabulary)
        || rank(&lower).is_some()
        || is_label(passage, word.start, word.end)
    {
        return None;
    }
    // The end of a word is its grammar.
    let mut near = vocabulary.own().near(text).into_iter().filter(|(right, slip)| {
        right.starts_with(char::is_uppercase) == text.starts_with(char::is_uppercase)
            && match slip {
                Slip::Swap(at) => at + 2 < length,
                // A compound may do without what joins its parts.
                Slip::Length(at) => {
                    let letter = right.chars().nth(*at);
                    let joins = letter.is_some_and(|letter| matches!(letter, 'e' | 'n' | 's'));
                    length > 7 && right.len() > text.len() && *at > 1 && at + 5 < length && !joins
                }
            }
    });
    let (right, _) = near.next()?;
    near.next().is_none().then(|| finding(passage, word.start, word.end, right.to_owned()))
}

/// Written once on the whole site, and not a part of a name or an address.
fn is_single(word: &Word<'_>, lower: &str, vocabulary: &Vocabulary<'_>) -> bool {
    word.plain
        && vocabulary.writes(lower) == 1
        && !vocabulary.words.contains(lower)
        && !vocabulary.names.contains(lower)
        && !vocabulary.in_address(lower)
}

fn finding(passage: &Passage, start: usize, end: usize, right: String) -> Finding {
    let word = passage.part(start, end);
    Finding {
        span: passage.span(start, end),
        word: word.into(),
        lower: word.to_lowercase().into(),
        right: Some(right),
        certain: true,
        alternatives: Vec::new(),
        exact: passage.exact(start, end),
    }
}
