//! What is known of spellings: misspelled words with their corrections, and words that are right.
//! It looks words up; whether a word in a text is meant is for the rules to judge.

use super::dictionary::rank;
use crate::text::{Span, slice};
use fst::Map;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Misspellings of academic words, right in any letter case.
static ACADEMIC: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    lines(include_str!("../../../rules/data/misspellings.tsv"))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// What lists of misspellings get wrong.
static RIGHT: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../../rules/data/not-misspelled.txt")).collect());

/// Words that academic prose uses often, in the order of their bytes.
static COMMON: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lines(include_str!("../../../rules/data/common-words.txt")).collect());

/// Misspellings of any word, with the places of their corrections; compiled by `build.rs`.
static MISSPELLINGS: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let compiled: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/misspellings.fst"));
    Map::new(compiled).expect("build.rs wrote it")
});

/// The corrections, a line for each misspelling.
static CORRECTIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/corrections.txt"));

/// Words whose misspellings are no names, wherever they stand.
const INSTITUTIONS: &[&str] = &[
    "university",
    "universities",
    "institute",
    "institution",
    "department",
    "faculty",
    "laboratory",
    "conference",
    "workshop",
    "workshops",
    "symposium",
    "professor",
    "professors",
    "ministry",
    "publication",
    "publications",
    "proceedings",
    "dissertation",
    "international",
    "engineering",
    "science",
    "sciences",
    "technology",
    "association",
    "committee",
    "government",
    "research",
    "researcher",
    "student",
    "students",
    "scholarship",
    "fellowship",
    "internship",
    "assistant",
    "artificial",
    "intelligence",
    "computational",
    "electrical",
    "electronic",
    "architectures",
    "architecture",
    "networks",
    "recognition",
    "learning",
    "language",
    "processing",
    "communications",
    "transactions",
];

/// The word of [`INSTITUTIONS`] of which an unknown word in lower case is one letter away. What differs in its
/// last letters only is another language's word: `Universiti`, `Professora`.
pub(super) fn institution(word: &str) -> Option<&'static str> {
    if word.len() < 7 || is_right(word) {
        return None;
    }
    INSTITUTIONS.iter().copied().find(|right| {
        let near =
            right.len() > 6 && right.len().abs_diff(word.len()) < 2 && strsim::osa_distance(right, word) == 1;
        let shared = right.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        near && (shared + 2 < right.len() || word.ends_with('y') || word.len() + 1 == right.len())
            && !word.ends_with(['a', 'i', 'o', 'e', 'u', 't'])
    })
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What a misspelling stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Correction {
    /// The corrections, the likeliest first, in lower case.
    pub words: Vec<&'static str>,
    /// No name looks like this: it is wrong wherever it stands.
    pub certain: bool,
}

impl Correction {
    /// The one correction, or the first when the others are hardly ever meant.
    pub(super) fn clear(&self) -> Option<&'static str> {
        match self.words[..] {
            [only] => Some(only),
            [first, ref others @ ..] if is_common(first) && !others.iter().any(|word| is_common(word)) => {
                Some(first)
            }
            _ => None,
        }
    }
}

/// The corrections of a word in lower case, when it is a known misspelling.
pub(super) fn correction(word: &str) -> Option<Correction> {
    if let Some(&right) = ACADEMIC.get(word) {
        return Some(Correction { words: vec![right], certain: word.len() > 4 });
    }
    if word.len() < 5 || is_right(word) || is_common(word) {
        return None;
    }
    let at = MISSPELLINGS.get(word)? as usize;
    let line = slice(CORRECTIONS, Span::at(at, CORRECTIONS.len())).lines().next()?;
    let mut words: Vec<&'static str> = line.split(',').map(|right| in_number(word, right)).collect();
    words.dedup();
    let certain = words.iter().all(|each| INSTITUTIONS.contains(each));
    Some(Correction { words, certain })
}

/// A correction without its plural ending, where the misspelling is nearer to the word without one.
fn in_number(wrong: &str, right: &'static str) -> &'static str {
    right
        .strip_suffix('s')
        .filter(|one| !wrong.ends_with('s') && rank(one).is_some_and(|rank| rank > 2))
        .filter(|one| strsim::osa_distance(wrong, one) < strsim::osa_distance(wrong, right))
        .unwrap_or(right)
}

/// Whether a word in lower case only looks like a misspelling.
pub(super) fn is_right(word: &str) -> bool {
    RIGHT.contains(word)
}

/// Whether academic prose uses a word, in lower case, often.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspellings_are_known() {
        let cases = [
            ("bachelar", Some("bachelor")),
            ("publicaitons", Some("publications")),
            ("accpeted", Some("accepted")),
            ("effcient", Some("efficient")),
            ("recieve", Some("receive")),
            ("teh", Some("the")),
            ("colour", None),
            ("optimise", None),
            ("holliday", None),
            ("alos", Some("also")),
            ("presentaiton", Some("presentation")),
            ("openset", None),
        ];
        for (word, right) in cases {
            assert_eq!(correction(word).and_then(|known| known.clear()), right, "{word}");
        }
    }

    #[test]
    fn no_list_contradicts_another() {
        for (wrong, right) in ACADEMIC.iter() {
            assert!(!is_common(wrong), "{wrong} is listed as common");
            assert!(!RIGHT.contains(wrong), "{wrong} is listed as right");
            assert!(!ACADEMIC.contains_key(right), "{right} is listed as wrong");
            assert_eq!(*wrong, wrong.to_lowercase());
        }
        assert!(ACADEMIC.len() >= 150);
        assert!(COMMON.is_sorted());
    }

    #[test]
    fn a_second_correction_that_is_common_makes_it_unclear() {
        let unclear = correction("detailes").expect("a known misspelling");
        assert_eq!(unclear.clear(), None);
        assert_eq!(unclear.words, ["details", "detailed"]);
    }
}
