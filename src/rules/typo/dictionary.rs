//! The dictionary: which English words there are, how common each is, and which lie near a misspelling.
//! It is searched as it lies in the binary; nothing is parsed. What a word means is for the rules to judge.

use fst::Map;
use std::sync::LazyLock;

/// Compiled by `build.rs` from `rules/data/dictionary/words.tsv`.
static WORDS: LazyLock<Map<&'static [u8]>> = LazyLock::new(|| {
    let compiled: &'static [u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.fst"));
    Map::new(compiled).expect("build.rs wrote it")
});

/// Longer words are not searched for corrections.
const LONGEST: usize = 22;

/// How common a word in lower case is, from 1 (obscure) to 7 (on every page); 0 for a name, `None` for an
/// unknown word.
pub(super) fn rank(word: &str) -> Option<u8> {
    WORDS.get(word).map(|rank| u8::try_from(rank).unwrap_or(u8::MAX))
}

/// A word that a misspelling may stand for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Near {
    /// The word.
    pub word: String,
    /// How common it is; 0 for a name.
    pub rank: u8,
    /// How unlikely the slip is: about 1 for one letter.
    pub cost: f32,
}

impl Near {
    /// How likely the word is meant; only comparisons make sense.
    pub(super) fn score(&self) -> f32 {
        f32::from(self.rank) - 3.0 * self.cost
    }
}

/// The words within one slip of a word in lower case, or two (`twice`) where none is within one; the likeliest first.
/// Obscure ones and names are among them.
pub(super) fn near(word: &str, twice: bool) -> Vec<Near> {
    if !(4..=LONGEST).contains(&word.len()) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut found = search(word, 1);
    if twice && word.len() >= 7 && found.iter().all(|near| near.rank < 4) {
        found.extend(search(word, 2).into_iter().filter(|near| near.rank > 2));
    }
    found.sort_by(|a, b| b.score().total_cmp(&a.score()).then_with(|| a.word.cmp(&b.word)));
    found.dedup_by(|a, b| a.word == b.word);
    found
}

/// A row of the table of edit distances.
type Row = [u8; LONGEST + 1];

/// Walks the dictionary's automaton along every path within `most` edits (a swap of neighbours is one).
fn search(word: &str, most: u8) -> Vec<Near> {
    let letters = word.as_bytes();
    let width = letters.len();
    let automaton = WORDS.as_fst();
    let mut first: Row = [0; LONGEST + 1];
    for (at, cell) in first.iter_mut().enumerate() {
        *cell = u8::try_from(at).unwrap_or(u8::MAX);
    }
    let mut found = Vec::new();
    // (node, value so far, rows of the path's last two letters, the least of the last row, its last letter, its length)
    let root = automaton.root();
    let mut stack = vec![(root.addr(), 0u64, first, first, 0u8, 0u8, 0usize)];
    let mut paths: Vec<u8> = Vec::new();
    while let Some((address, value, row, above, least_above, last, depth)) = stack.pop() {
        paths.truncate(depth.saturating_sub(1));
        if depth > 0 {
            paths.push(last);
        }
        let node = automaton.node(address);
        if node.is_final() && row[width] <= most && row[width] > 0 {
            let rank = u8::try_from(value + node.final_output().value()).unwrap_or(0);
            let right = String::from_utf8_lossy(&paths).into_owned();
            found.push(Near { rank, cost: slip(letters, right.as_bytes()), word: right });
        }
        for transition in node.transitions() {
            // Two slips at once never hit the first letter.
            if depth == 0 && most > 1 && transition.inp != letters[0] {
                continue;
            }
            let (next, least) = next_row(letters, &row, &above, last, transition.inp, depth, most);
            if least <= most || least_above < most {
                let output = transition.out.value();
                stack.push((transition.addr, value + output, next, row, least, transition.inp, depth + 1));
            }
        }
    }
    found
}

/// The row behind a letter, with the least distance in it. Farther than `most` from the diagonal every distance
/// is greater than `most`, and nobody asks how much.
fn next_row(
    letters: &[u8],
    row: &Row,
    above: &Row,
    before: u8,
    letter: u8,
    depth: usize,
    most: u8,
) -> (Row, u8) {
    let mut next: Row = [u8::MAX; LONGEST + 1];
    let mut least = u8::MAX;
    let band =
        (depth + 1).saturating_sub(usize::from(most))..=(depth + 1 + usize::from(most)).min(letters.len());
    for at in band {
        next[at] = row[at].saturating_add(1);
        if at > 0 {
            let change = row[at - 1].saturating_add(u8::from(letters[at - 1] != letter));
            next[at] = change.min(next[at]).min(next[at - 1].saturating_add(1));
        }
        if depth > 0 && at > 1 && letters[at - 1] == before && letters[at - 2] == letter {
            next[at] = next[at].min(above[at - 2].saturating_add(1));
        }
        least = least.min(next[at]);
    }
    (next, least)
}

/// How unlikely it is that `wrong` was written for `right`, in slips.
fn slip(wrong: &[u8], right: &[u8]) -> f32 {
    let (height, width) = (wrong.len(), right.len());
    let mut table = vec![vec![f32::MAX; width + 1]; height + 1];
    table[0][0] = 0.0;
    for i in 0..=height {
        for j in 0..=width {
            let mut best = table[i][j];
            if i > 0 && j > 0 {
                best = best.min(table[i - 1][j - 1] + change(wrong[i - 1], right[j - 1]));
            }
            if i > 0 {
                best = best.min(table[i - 1][j] + extra(wrong, i - 1));
            }
            if j > 0 {
                best = best.min(table[i][j - 1] + dropped(right, j - 1));
            }
            if i > 1 && j > 1 && wrong[i - 1] == right[j - 2] && wrong[i - 2] == right[j - 1] {
                best = best.min(table[i - 2][j - 2] + 0.7);
            }
            table[i][j] = best;
        }
    }
    // A first letter is seldom wrong, and a letter before a word more often means something.
    let first = match (wrong.first() == right.first(), width < height) {
        (true, _) => 0.0,
        (false, true) => 0.8,
        (false, false) => 0.5,
    };
    table[height][width] + first
}

/// The cost of one letter for another.
fn change(wrong: u8, right: u8) -> f32 {
    let is_vowel = |letter: u8| b"aeiouy".contains(&letter);
    if wrong == right {
        0.0
    } else if (is_vowel(wrong) && is_vowel(right)) || beside_on_keyboard(wrong, right) {
        1.0
    } else {
        1.3
    }
}

/// The cost of a letter too many.
fn extra(wrong: &[u8], at: usize) -> f32 {
    let letter = wrong[at];
    let beside = [at.wrapping_sub(1), at + 1].map(|at| wrong.get(at).copied().unwrap_or(0));
    if beside.contains(&letter) {
        0.8
    } else if beside.iter().any(|&other| beside_on_keyboard(letter, other)) {
        1.0
    } else {
        1.2
    }
}

/// The cost of a letter left out.
fn dropped(right: &[u8], at: usize) -> f32 {
    let beside = [at.wrapping_sub(1), at + 1].map(|at| right.get(at).copied().unwrap_or(0));
    if beside.contains(&right[at]) { 0.8 } else { 1.0 }
}

fn beside_on_keyboard(a: u8, b: u8) -> bool {
    const ROWS: [&[u8]; 3] = [b"qwertyuiop", b"asdfghjkl", b"zxcvbnm"];
    let place = |letter: u8| {
        ROWS.iter()
            .enumerate()
            .find_map(|(row, keys)| keys.iter().position(|&key| key == letter).map(|column| (row, column)))
    };
    let (Some((row, column)), Some((other_row, other))) = (place(a), place(b)) else { return false };
    row.abs_diff(other_row) <= 1 && column.abs_diff(other) <= 1 && a != b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_ranks() {
        for word in ["the", "publications", "university", "learning", "colour", "color", "keypoint"] {
            assert!(rank(word).is_some_and(|rank| rank >= 4), "{word}: {:?}", rank(word));
        }
        assert_eq!(rank("publicaitons"), None);
        assert_eq!(rank("bachelar"), None);
        assert_eq!(rank("goettingen"), None);
    }

    #[test]
    fn near_words_come_with_the_likeliest_first() {
        for (wrong, right) in [
            ("explainning", "explaining"),
            ("commdity", "commodity"),
            ("dyanmics", "dynamics"),
            ("outcpmes", "outcomes"),
            ("reserch", "research"),
            ("simualition", "simulation"),
            ("enivironemntal", "environmental"),
            ("eperiments", "experiments"),
            ("surival", "survival"),
            ("bachelar", "bachelor"),
        ] {
            let found = near(wrong, true);
            assert_eq!(found.first().map(|near| near.word.as_str()), Some(right), "{wrong}: {found:?}");
        }
        assert!(near("zzzzqqqqzz", true).is_empty());
        assert!(near("x", true).is_empty() && near("größe", true).is_empty());
    }

    #[test]
    fn the_list_is_sorted_and_in_lower_case() {
        let list = include_str!("../../../rules/data/dictionary/words.tsv");
        let words: Vec<&str> = list
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split('\t').next())
            .collect();
        assert!(words.len() > 150_000);
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
