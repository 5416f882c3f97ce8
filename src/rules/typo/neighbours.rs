//! Words that lie one dropped, added or swapped letter from another. A letter taken for another is no
//! neighbour here: names and the forms of a word often differ so.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// How a word came out of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    /// Two neighbouring letters changed places; the index of the first.
    Swap(usize),
    /// A letter was left out or added; its index in the longer word.
    Length(usize),
}

/// Words by what is left of them without one letter.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    words: Vec<Box<str>>,
    by_rest: HashMap<u64, Vec<u32>, BuildHasherDefault<DefaultHasher>>,
}

impl Neighbours {
    /// Adds words; letter case counts in what is returned only.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut out = Self::default();
        for word in words {
            let index = u32::try_from(out.words.len()).unwrap_or(u32::MAX);
            for rest in rests(&letters(word)) {
                let entry = out.by_rest.entry(rest).or_default();
                if entry.last() != Some(&index) {
                    entry.push(index);
                }
            }
            out.words.push(word.into());
        }
        out
    }

    /// The words one slip away.
    pub(super) fn near(&self, word: &str) -> Vec<(&str, Slip)> {
        let wrong = letters(word);
        let mut found: Vec<u32> =
            rests(&wrong).filter_map(|rest| self.by_rest.get(&rest)).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|index| {
                let right = &*self.words[index as usize];
                slip(&wrong, &letters(right)).map(|slip| (right, slip))
            })
            .collect()
    }
}

fn letters(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// The word itself and the word without each of its letters.
fn rests(letters: &[char]) -> impl Iterator<Item = u64> {
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let whole = hasher.hash_one((letters, &[] as &[char]));
    (0..letters.len())
        .map(move |at| {
            let (head, tail) = letters.split_at(at);
            let mut rest = head.to_vec();
            rest.extend(&tail[1..]);
            hasher.hash_one((rest.as_slice(), &[] as &[char]))
        })
        .chain(std::iter::once(whole))
}

/// The slip that leads from the right word to the wrong one.
fn slip(wrong: &[char], right: &[char]) -> Option<Slip> {
    let head = wrong.iter().zip(right).take_while(|(a, b)| a == b).count();
    let same_tail = |a: &[char], b: &[char]| a == b;
    if wrong.len() == right.len() {
        let swapped = wrong.get(head)? == right.get(head + 1)? && wrong.get(head + 1)? == right.get(head)?;
        return (swapped && same_tail(&wrong[head + 2..], &right[head + 2..])).then_some(Slip::Swap(head));
    }
    let (short, long) = if wrong.len() < right.len() { (wrong, right) } else { (right, wrong) };
    (long.len() == short.len() + 1 && same_tail(&short[head..], &long[head + 1..]))
        .then_some(Slip::Length(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_one_slip_away_are_found() {
        let words = Neighbours::of(["Sheffield", "información", "Berlin", "Raspberry"].into_iter());
        for (wrong, right) in [
            ("Sheffiel", Some(("Sheffield", Slip::Length(8)))),
            ("infomación", Some(("información", Slip::Length(4)))),
            ("Belrin", Some(("Berlin", Slip::Swap(2)))),
            ("Rapsberry", Some(("Raspberry", Slip::Swap(2)))),
            ("Berlan", None),
            ("Berlin", None),
            ("", None),
        ] {
            assert_eq!(words.near(wrong).first().copied(), right, "{wrong}");
        }
    }
}
