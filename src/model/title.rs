//! Titles: their normal form, in which two spellings of one title are equal.

use super::name::fold;
use std::collections::BTreeSet;

/// The letters and digits of a title, folded: case, accents, punctuation, hyphens and spaces do not count.
pub fn key(title: &str) -> String {
    let mut folded = fold(title);
    folded.retain(char::is_alphanumeric);
    folded
}

/// Whether a title says enough to be that of one paper only: "Editorial" or "Introduction" does not.
pub fn is_telling(title: &str) -> bool {
    let words = title.split_whitespace().count();
    let letters = title.chars().filter(|c| c.is_alphanumeric()).count();
    let cjk = title.chars().filter(|&c| super::name::is_cjk(c)).count();
    (words >= 3 && letters >= 15) || letters >= 24 || cjk >= 6
}

/// Whether two titles are surely those of two papers: they share few words, and neither holds the other.
pub fn differ(left: &str, right: &str) -> bool {
    let (a, b) = (key(left), key(right));
    if a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a) || !share_script(left, right) {
        return false;
    }
    let words = |title: &str| -> BTreeSet<String> {
        fold(title)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 3)
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(left), words(right));
    let (shared, smaller) = (a.intersection(&b).count(), a.len().min(b.len()));
    // Titles in two scripts or of one word cannot be compared.
    smaller > 1 && shared * 3 <= smaller
}

/// Whether two titles are in one script: where they are not, one may be the translation of the other.
pub fn share_script(left: &str, right: &str) -> bool {
    script(left) == script(right)
}

fn script(title: &str) -> char {
    let of = |first: char, last: char| title.chars().any(|c| (first..=last).contains(&c));
    match () {
        () if of('\u{ac00}', '\u{d7af}') => '한',
        () if of('\u{3040}', '\u{30ff}') => 'か',
        () if of('\u{4e00}', '\u{9fff}') => '文',
        () if of('\u{400}', '\u{4ff}') => 'я',
        () => 'a',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_title_are_equal() {
        assert_eq!(key("Pre-training: A Survey"), key("Pretraining — a survey"));
        assert_ne!(key("Pretraining: a survey"), key("Pretraining: a study"));
    }

    #[test]
    fn titles_in_two_scripts_cannot_be_compared() {
        assert!(differ("Counting Bees in Winter Hives", "Missing Data and what they Cost"));
        assert!(!differ("Counting Bees in Winter Hives", "冬季蜂巢——蜜蜂计数"));
    }

    #[test]
    fn short_titles_tell_nothing() {
        assert!(!is_telling("Editorial"));
        assert!(!is_telling("Preface to it"));
        assert!(is_telling("Counting Bees in Winter Hives"));
    }
}
