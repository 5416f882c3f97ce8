//! What the site itself says of its words: its people, its terms, what it writes in capitals.

use crate::model::Page;
use crate::model::prose::{Passage, Word};
use crate::rules::Context;
use crate::rules::typo::dictionary::{self, Near};
use crate::rules::typo::neighbours::Neighbours;
use crate::rules::typo::shape::{Standing, standing};
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// What a site writes as often as this is no slip.
const OWN: u32 = 3;

/// What is known of the words of a site.
pub(super) struct Vocabulary<'a> {
    /// Those that the configuration allows, in lower case.
    pub words: HashSet<String>,
    /// The parts of the names of people, in lower case.
    pub names: HashSet<String>,
    /// The words that are not known, with their uses; in lower case.
    uses: HashMap<String, Use>,
    /// The words as written, with how often.
    seen: HashMap<&'a str, (Standing, u32)>,
    /// How often the site writes a word, in lower case.
    written: OnceCell<HashMap<String, u32>>,
    /// What lies near the words that the site writes again and again.
    own: OnceCell<Neighbours>,
    /// The targets of all links, in lower case.
    targets: String,
    /// The words of the dictionary near those that were asked about.
    near: RefCell<HashMap<Search, Vec<Near>>>,
}

/// A word that was searched for, and whether two slips were allowed.
type Search = (Box<str>, bool);

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
            written: OnceCell::new(),
            own: OnceCell::new(),
            targets: String::new(),
            near: RefCell::default(),
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
        let seen = self.seen.entry(text).or_insert_with(|| {
            let lower = text.to_lowercase();
            (if lower.is_ascii() { standing(&lower) } else { Standing::Known }, 0)
        });
        seen.1 += 1;
        let standing = seen.0;
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
        self.seen.get(word).map_or(Standing::Known, |seen| seen.0)
    }

    /// How often the site writes a word in this letter case.
    pub(super) fn as_written(&self, word: &str) -> u32 {
        self.seen.get(word).map_or(0, |seen| seen.1)
    }

    /// How the site uses an unknown word, in lower case.
    pub(super) fn uses(&self, lower: &str) -> Option<&Use> {
        self.uses.get(lower)
    }

    /// How often the site writes a word, given in lower case, in any letter case.
    pub(super) fn writes(&self, word: &str) -> u32 {
        let written = self.written.get_or_init(|| {
            let mut written: HashMap<String, u32> = HashMap::new();
            for (word, (_, count)) in &self.seen {
                *written.entry(word.to_lowercase()).or_default() += count;
            }
            written
        });
        written.get(word).copied().unwrap_or(0)
    }

    /// The words of the dictionary near a word in lower case, as [`dictionary::near`] finds them.
    pub(super) fn near(&self, lower: &str, twice: bool) -> Vec<Near> {
        let mut known = self.near.borrow_mut();
        known.entry((lower.into(), twice)).or_insert_with(|| dictionary::near(lower, twice)).clone()
    }

    /// The words that the site writes several times, to be found by what lies near them.
    pub(super) fn own(&self) -> &Neighbours {
        self.own.get_or_init(|| {
            let mut words: Vec<&str> = self
                .seen
                .iter()
                .filter(|(word, (_, count))| *count >= OWN && word.len() > 4)
                .map(|(word, _)| *word)
                .collect();
            words.sort_unstable();
            Neighbours::of(words.into_iter())
        })
    }

    /// Whether a word in lower case stands in an address on the web, or ends a part of one.
    pub(super) fn in_address(&self, lower: &str) -> bool {
        self.targets.match_indices(lower).any(|(at, _)| {
            let rest = self.targets.get(at + lower.len()..).unwrap_or_default();
            !rest.starts_with(|c: char| c.is_ascii_alphabetic())
        })
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
