//! What the site itself says of its words: its people, its terms, what it writes in capitals.

use crate::model::Page;
use crate::model::prose::{Passage, Word};
use crate::rules::Context;
use crate::rules::typo::shape::{Standing, standing};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// What is known of the words of a site.
pub(super) struct Vocabulary<'a> {
    /// Those that the configuration allows, in lower case.
    pub words: HashSet<String>,
    /// The parts of the names of people, in lower case.
    pub names: HashSet<String>,
    /// The words that are not known, with their uses; in lower case.
    uses: HashMap<String, Use>,
    /// The words as written, in any case.
    seen: HashMap<&'a str, Standing>,
    /// The known words of the site and names it writes, in lower case.
    written: HashSet<String>,
    /// The targets of all links, in lower case.
    targets: String,
}

/// How a site uses a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Use {
    /// In how many different surroundings.
    pub contexts: HashSet<u64>,
    /// Written with a capital within a sentence, or in mixed case.
    pub capital: u32,
    /// Written in lower case.
    pub lower: u32,
}

impl<'a> Vocabulary<'a> {
    /// Reads the site's words.
    pub(super) fn of(cx: &Context<'a>) -> Self {
        let mut vocabulary = Vocabulary {
            words: cx.config().typo.words.iter().map(|word| word.to_lowercase()).collect(),
            names: names(cx),
            uses: HashMap::new(),
            seen: HashMap::new(),
            written: HashSet::new(),
            targets: String::new(),
        };
        for page in &cx.site().pages {
            for passage in &page.prose().passages {
                let words = passage.words();
                for at in 0..words.len() {
                    vocabulary.count(&words, at, passage);
                }
            }
            vocabulary.note_targets(page);
        }
        vocabulary
    }

    fn count(&mut self, words: &[Word<'a>], at: usize, passage: &Passage) {
        let word = words[at];
        let text = stem(word.text);
        let standing = if let Some(&standing) = self.seen.get(text) {
            standing
        } else {
            let lower = text.to_lowercase();
            let standing = if lower.is_ascii() { standing(&lower) } else { Standing::Known };
            self.seen.insert(text, standing);
            self.written.insert(lower);
            standing
        };
        if standing == Standing::Known {
            return;
        }
        let beside = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.text);
        let around = BuildHasherDefault::<DefaultHasher>::default()
            .hash_one((beside(at.checked_sub(1)), beside(Some(at + 1))));
        let entry = self.uses.entry(text.to_ascii_lowercase()).or_default();
        entry.contexts.insert(around);
        if text.chars().any(char::is_uppercase) {
            let mixed = text.chars().skip(1).any(char::is_uppercase);
            if mixed || !begins_sentence(passage, word.start) {
                entry.capital += 1;
            }
        } else {
            entry.lower += 1;
        }
    }

    fn note_targets(&mut self, page: &Page) {
        for link in &page.links {
            if link.target.contains("://") {
                self.targets.push_str(&link.target.to_ascii_lowercase());
                self.targets.push('\n');
            }
        }
    }

    /// What is known of a word as written.
    pub(super) fn standing(&self, word: &str) -> Standing {
        self.seen.get(word).copied().unwrap_or(Standing::Known)
    }

    /// How the site uses an unknown word, in lower case.
    pub(super) fn uses(&self, lower: &str) -> Option<&Use> {
        self.uses.get(lower)
    }

    /// Whether the site writes a word, given in lower case.
    pub(super) fn writes(&self, word: &str) -> bool {
        self.written.contains(word)
    }

    /// Whether a word in lower case stands in an address on the web.
    pub(super) fn in_address(&self, lower: &str) -> bool {
        self.targets.contains(lower)
    }
}

/// A word without its possessive ending.
pub(super) fn stem(word: &str) -> &str {
    ["'s", "’s", "s’", "s'"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

/// Whether a sentence begins at a byte of a passage.
pub(super) fn begins_sentence(passage: &Passage, start: usize) -> bool {
    let before = passage.part(0, start).trim_end_matches([' ', '*', '"', '“', '(', '\n', '-', '•', '–']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\u{fffc}'])
}

/// The parts of the names of people.
fn names(cx: &Context<'_>) -> HashSet<String> {
    let mut names: HashSet<String> = HashSet::new();
    let mut name = |text: &str| {
        for part in text.split(|c: char| !c.is_alphabetic()) {
            if part.len() > 2 {
                names.insert(part.to_lowercase());
            }
        }
    };
    if let Some(owner) = &cx.site().owner {
        name(&owner.name);
        owner.aliases.iter().for_each(|alias| name(alias));
    }
    for page in &cx.site().pages {
        for entry in &page.bib.entries {
            for field in ["author", "editor"] {
                if let Some(people) = entry.field(field) {
                    name(&people.text);
                }
            }
        }
        for publication in &page.publications {
            publication.authors.iter().for_each(|author| name(&author.name));
        }
    }
    names
}
