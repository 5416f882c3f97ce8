//! In which language a stretch of text is written, by its function words: English, another, or
//! unclear. It tells English apart from the rest and no more.

use super::prose::{Passage, Word};
use std::collections::HashSet;
use std::sync::LazyLock;

/// What the function words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    English,
    /// Another language.
    Other,
    /// Too few words to tell.
    Unclear,
}

/// English words that no other common language of these pages spells alike.
static ENGLISH: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "the of and to for with from is are was were be been that this these those which who my our we i \
     you your it its at by as has have had will can their they he she his her not but or if than then \
     into about also both using via towards toward between under through over beyond without within \
     how what why when where more other such some all any each on do does"
        .split_whitespace()
        .collect()
});

/// Function words of other languages that are no English words.
static OTHER: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "der und das ist mit für von auf dem eine einer eines einem einen nicht sich auch wir ich werden wird \
     bei zur zum über aus nach wie oder sie im des les du est une dans pour sur avec aux ces cette qui \
     que nous vous sont leur leurs ses entre chez où à été être ont en de la le el los las y una por \
     con para se su sus como más al esta este muy fue lo os um uma e é com não em dos da nas \
     pelo pela são il gli della delle dei di che è per sono nel nella degli alla het een van voor \
     zijn niet dat te bij ook och att som är på av og til med ikke ve bir için ile untuk dengan \
     pada w z się jest oraz dla nie je som und ut sed qui nec ad ipsum dolor sit amet și cu în \
     és az egy nem và của là trong cho các những ja ei että l d qu nos wo dich zu sein seine als noch nur \
     unter durch vom ab les sous vers afin ainsi depuis mais donc comme tout tous toutes notre votre \
     mes mon dell nell sull tra fra anche più quando hanno questo questa sobre desde hasta entre cuando \
     pero ser estar nuestro nuestra tu eu ele ela foi mais uns umas quando onde seu sua sem"
        .split_whitespace()
        .collect()
});

/// How many words of a text speak for and against English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ballot {
    /// Function words of English.
    pub english: u32,
    /// Function words of other languages, and words with letters that English lacks.
    pub other: u32,
}

impl Ballot {
    /// Counts the words of a passage.
    pub fn of(words: &[Word<'_>]) -> Self {
        let mut ballot = Self::default();
        for word in words {
            ballot.count(word.text);
        }
        ballot
    }

    fn count(&mut self, word: &str) {
        // An elided article stands before its apostrophe: `l’état`, `d'une`, `dell'arte`.
        if let Some((head, tail)) = word.split_once(['\'', '’'])
            && tail.len() > 2
            && matches!(
                head.to_lowercase().as_str(),
                "l" | "d" | "qu" | "dell" | "nell" | "all" | "un" | "s" | "n" | "j"
            )
        {
            self.other += 1;
            return;
        }
        let lower = word.to_lowercase();
        if ENGLISH.contains(lower.as_str()) {
            self.english += 1;
        } else if word.chars().next().is_some_and(char::is_lowercase)
            // Capitalised ones are surnames more often than not: Du, La, Zu.
            && (OTHER.contains(lower.as_str()) || word.chars().any(|c| c.is_alphabetic() && !c.is_ascii()))
        {
            self.other += 1;
        }
    }

    /// Both counts together.
    #[must_use]
    pub fn with(self, more: Ballot) -> Self {
        Self { english: self.english + more.english, other: self.other + more.other }
    }

    /// What the counts say.
    pub fn verdict(self) -> Tongue {
        if self.other > self.english {
            Tongue::Other
        } else if self.english > 0 {
            Tongue::English
        } else {
            Tongue::Unclear
        }
    }
}

/// The language of each passage of a page; a passage too short to tell has that of the page.
pub fn tongues(passages: &[Passage]) -> Vec<Tongue> {
    let ballots: Vec<Ballot> = passages.iter().map(|passage| Ballot::of(&passage.words())).collect();
    let page = ballots.iter().fold(Ballot::default(), |sum, &each| sum.with(each)).verdict();
    ballots
        .iter()
        .map(|ballot| match ballot.verdict() {
            Tongue::Unclear => page,
            told => told,
        })
        .collect()
}

/// Whether a word, in lower case, is a function word of a language other than English.
pub fn is_foreign(word: &str) -> bool {
    OTHER.contains(word)
}

/// Whether a word, in lower case, is a function word of English.
pub fn is_english(word: &str) -> bool {
    ENGLISH.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_tell_the_language() {
        let cases = [
            ("I work on the theory of graphs", Tongue::English),
            ("A note on the work of van den Berg", Tongue::English),
            ("Ich arbeite an der Theorie und Praxis", Tongue::Other),
            ("Les projets de la chaire", Tongue::Other),
            ("L’apprentissage statistique", Tongue::Other),
            ("Trabajo en la universidad con datos abiertos", Tongue::Other),
            ("Graph Neural Networks", Tongue::Unclear),
        ];
        for (text, expected) in cases {
            let mut ballot = Ballot::default();
            for word in text.split_whitespace() {
                ballot.count(word);
            }
            assert_eq!(ballot.verdict(), expected, "{text}");
        }
    }
}
