//! What stands beside a word, and what it says of it: a label, another language, the other half of a name.

use crate::model::prose::{Passage, Word};
use crate::model::tongue;
use crate::rules::typo::lexicon;

/// A key before its value, an emoji's name, a hashtag, a quoted `sic`, the end of a broken word.
pub(super) fn is_label(passage: &Passage, start: usize, end: usize) -> bool {
    let before = passage.before(start);
    let after = passage.after(end);
    let hyphenated = (before == Some('-') && !lexical_head(passage, start))
        || (after == Some('-') && !lexical_hyphen(passage, end));
    hyphenated
        || is_rest(passage, start)
        || matches!(before, Some(':' | '@' | '#' | '/' | '.' | '+'))
        || matches!(after, Some('@' | '/' | '(' | '+'))
        || passage.part(end, end + 8).contains("sic")
}

/// The rest of a word that was broken at the end of a line: `repre- sentation`.
fn is_rest(passage: &Passage, start: usize) -> bool {
    let before = passage.part(0, start);
    let head = before.trim_end();
    head.len() < before.len()
        && head.strip_suffix('-').is_some_and(|head| head.ends_with(char::is_alphabetic))
}

/// Whether a hyphen before a word parts it from another word rather than from a letter or number.
fn lexical_head(passage: &Passage, start: usize) -> bool {
    let before = passage.part(0, start);
    let head = before.trim_end_matches('-');
    let letters = head.chars().rev().take_while(char::is_ascii_alphabetic).count();
    let edge = head.chars().rev().nth(letters);
    head.len() + 1 == before.len()
        && letters > 1
        && edge.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '*'))
}

/// Whether a hyphen after a word parts it from another word rather than from a letter or number.
fn lexical_hyphen(passage: &Passage, hyphen: usize) -> bool {
    let same_piece = passage.piece(hyphen) == passage.piece(hyphen + 1);
    same_piece
        && passage.part(hyphen + 1, hyphen + 40).chars().take_while(char::is_ascii_lowercase).count() > 3
}

/// Whether a neighbour shows that this is not English.
pub(super) fn beside_foreign(words: &[Word<'_>], at: usize) -> bool {
    let from = at.saturating_sub(2);
    words
        .iter()
        .take(at + 3)
        .skip(from)
        .filter(|word| word.text.len() > 1)
        .any(|word| !word.text.is_ascii() && !word.text.contains('’') || tongue::is_foreign(word.text))
}

/// Whether a short capitalised word stands beside a capitalised word that is no name, or begins a sentence.
pub(super) fn beside_word(words: &[Word<'_>], at: usize) -> bool {
    let plain = |word: &Word<'_>| lexicon::is_common(&word.text.to_lowercase());
    words.get(at + 1).is_some_and(plain) && words.get(at.wrapping_sub(1)).is_none_or(plain)
}

/// Whether a neighbour looks like the other half of a name: an initial, or a capitalised word that
/// prose does not use.
pub(super) fn may_be_name(passage: &Passage, beside: Word<'_>, edge: usize, before: bool) -> bool {
    let gap = if before { passage.part(beside.end, edge) } else { passage.part(edge, beside.start) };
    let joined = gap.chars().all(|c| matches!(c, ' ' | '.' | '-' | ','));
    let lower = beside.text.to_lowercase();
    if !joined {
        return false;
    }
    // An initial: `J. Mannor`, `Mannor, S.`
    if beside.text.chars().count() == 1 && beside.text.chars().all(char::is_uppercase) {
        return beside.text != "A" && beside.text != "I" || gap.contains('.');
    }
    if !before && lower == "et" {
        return true;
    }
    beside.text.chars().next().is_some_and(char::is_uppercase)
        && !gap.contains(',')
        && !lexicon::is_common(&lower)
        && !tongue::is_english(&lower)
}
