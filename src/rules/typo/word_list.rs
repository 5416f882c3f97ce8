//! Dictionaries that a site brings along for languages that none is built in for: a plain list of words, one a
//! line, or a dictionary of Hunspell with its affixes.

use std::collections::{BTreeSet, HashMap, HashSet};

/// Longer words are not searched for corrections.
const LONGEST: usize = 30;

/// The words of a dictionary, in lower case.
#[derive(Debug, Default)]
pub(super) struct WordList {
    words: HashSet<String>,
    letters: BTreeSet<char>,
}

impl WordList {
    /// Adds the words of a dictionary; `affixes` is the text of Hunspell's `.aff` file beside it.
    pub(super) fn add(&mut self, text: &str, affixes: Option<&str>) {
        let rules = affixes.map(Affixes::parse);
        for line in text.lines() {
            let line = line.split('\t').next().unwrap_or_default().trim();
            let (word, flags) = line.split_once('/').unwrap_or((line, ""));
            // A number on its own is Hunspell's count of the lines.
            if word.is_empty() || word.starts_with('#') || word.chars().all(|c| c.is_ascii_digit()) {
                continue;
            }
            if let Some(rules) = &rules {
                rules.forms(word, flags, &mut |form| self.insert(&form));
            }
            self.insert(word);
        }
    }

    fn insert(&mut self, word: &str) {
        let lower = word.to_lowercase().replace('’', "'");
        self.letters.extend(lower.chars().filter(|c| c.is_alphabetic()));
        self.words.insert(lower);
    }

    /// Whether there is no word in it.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a word in lower case is in it; what stands before an apostrophe may be an article: `l'école`.
    pub(super) fn has(&self, word: &str) -> bool {
        let word = word.replace('’', "'");
        self.words.contains(&word)
            || word.split_once('\'').is_some_and(|(head, tail)| head.len() < 3 && self.words.contains(tail))
    }

    /// The words one slip from a word in lower case, in the order of the alphabet.
    pub(super) fn near(&self, word: &str) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() > LONGEST {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        let mut try_word = |letters: &[char]| {
            let word: String = letters.iter().collect();
            if self.words.contains(&word) {
                found.insert(word);
            }
        };
        for at in 0..=letters.len() {
            let mut other = letters.clone();
            for &letter in &self.letters {
                other.insert(at, letter);
                try_word(&other);
                other.remove(at);
            }
            if at == letters.len() {
                continue;
            }
            for &letter in &self.letters {
                other[at] = letter;
                try_word(&other);
            }
            other.remove(at);
            try_word(&other);
            if at > 0 {
                other.clone_from(&letters);
                other.swap(at - 1, at);
                try_word(&other);
            }
        }
        found.into_iter().collect()
    }
}

/// One way to change a word's beginning or end.
struct Affix {
    prefix: bool,
    /// May stand together with one at the other end.
    crosses: bool,
    strip: String,
    add: String,
    /// What the word must end or begin with, a set of letters for each place.
    condition: Vec<Letters>,
}

/// The letters that may stand at one place.
struct Letters {
    any: bool,
    not: bool,
    set: Vec<char>,
}

/// How flags are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flags {
    Letter,
    Two,
    Number,
}

/// The rules of an `.aff` file by their flags.
struct Affixes {
    flags: Flags,
    aliases: Vec<String>,
    by_flag: HashMap<String, Vec<Affix>>,
}

impl Affixes {
    fn parse(text: &str) -> Self {
        let mut out = Self { flags: Flags::Letter, aliases: Vec::new(), by_flag: HashMap::new() };
        let mut crosses: HashSet<String> = HashSet::new();
        for line in text.lines() {
            let fields: Vec<&str> = line.split_whitespace().collect();
            match fields[..] {
                ["FLAG", "long"] => out.flags = Flags::Two,
                ["FLAG", "num"] => out.flags = Flags::Number,
                ["AF", flags, ..]
                    if !flags.chars().all(|c| c.is_ascii_digit()) || !out.aliases.is_empty() =>
                {
                    out.aliases.push(flags.to_owned());
                }
                // The head of a group: flag, whether it crosses, how many follow.
                [kind @ ("PFX" | "SFX"), flag, cross @ ("Y" | "N"), _] => {
                    crosses.extend((cross == "Y").then(|| format!("{kind}{flag}")));
                }
                [kind @ ("PFX" | "SFX"), flag, strip, add, ref rest @ ..] => {
                    let part = |text: &str| if text == "0" { String::new() } else { text.to_owned() };
                    let add = add.split('/').next().unwrap_or_default();
                    out.by_flag.entry(flag.to_owned()).or_default().push(Affix {
                        prefix: kind == "PFX",
                        crosses: crosses.contains(&format!("{kind}{flag}")),
                        strip: part(strip),
                        add: part(add),
                        condition: condition(rest.first().copied().unwrap_or(".")),
                    });
                }
                _ => {}
            }
        }
        out
    }

    /// Hands over the forms of a word with these flags.
    fn forms(&self, word: &str, flags: &str, each: &mut impl FnMut(String)) {
        let alias = flags.parse::<usize>().ok().and_then(|at| self.aliases.get(at.wrapping_sub(1)));
        let names = self.split(alias.map_or(flags, String::as_str));
        let affixes: Vec<&Affix> = names.iter().filter_map(|flag| self.by_flag.get(flag)).flatten().collect();
        for affix in &affixes {
            let Some(form) = affix.apply(word) else { continue };
            if !affix.prefix && affix.crosses {
                let before = affixes.iter().filter(|other| other.prefix && other.crosses);
                before.filter_map(|prefix| prefix.apply(&form)).for_each(&mut *each);
            }
            each(form);
        }
    }

    fn split(&self, flags: &str) -> Vec<String> {
        match self.flags {
            Flags::Letter => flags.chars().map(String::from).collect(),
            Flags::Number => flags.split(',').map(str::to_owned).collect(),
            Flags::Two => {
                flags.chars().collect::<Vec<_>>().chunks(2).map(|pair| pair.iter().collect()).collect()
            }
        }
    }
}

impl Affix {
    fn apply(&self, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        let places = letters.len().checked_sub(self.condition.len())?;
        let edge = if self.prefix { &letters[..self.condition.len()] } else { &letters[places..] };
        if !edge.iter().zip(&self.condition).all(|(letter, allowed)| allowed.has(*letter)) {
            return None;
        }
        Some(if self.prefix {
            format!("{}{}", self.add, word.strip_prefix(self.strip.as_str())?)
        } else {
            format!("{}{}", word.strip_suffix(self.strip.as_str())?, self.add)
        })
    }
}

impl Letters {
    fn has(&self, letter: char) -> bool {
        self.any || self.set.contains(&letter) != self.not
    }
}

/// `[^aeiou]y` as the letters allowed at each place; `.` alone is no condition.
fn condition(text: &str) -> Vec<Letters> {
    let mut out = Vec::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let mut set: Vec<char> = vec![letter];
        let mut not = false;
        if letter == '[' {
            set = letters.by_ref().take_while(|&c| c != ']').collect();
            not = set.first() == Some(&'^');
            if not {
                set.remove(0);
            }
        }
        out.push(Letters { any: letter == '.', not, set });
    }
    if text == "." { Vec::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_list_is_read() {
        let mut list = WordList::default();
        list.add("# harbour words\nécole\nhafen\n", None);
        assert!(list.has("école") && list.has("l’école") && !list.has("harbour"));
        assert_eq!(list.near("hafne"), ["hafen"]);
        assert_eq!(list.near("ecole"), ["école"]);
        assert!(list.near("mare").is_empty());
    }

    #[test]
    fn affixes_make_forms() {
        let affixes = "SET UTF-8\nSFX S Y 2\nSFX S 0 s [^xy]\nSFX S y ies y\nPFX R Y 1\nPFX R 0 re .\n";
        let mut list = WordList::default();
        list.add("3\nboat/S\nferry/S\nsail/RS\n", Some(affixes));
        for word in ["boat", "boats", "ferries", "resail", "resails", "sails"] {
            assert!(list.has(word), "{word}");
        }
        for word in ["ferrys", "reboat", "3"] {
            assert!(!list.has(word), "{word}");
        }
    }
}
