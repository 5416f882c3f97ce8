//! Names of no list that the site writes in one letter case of their own, nearly always: `LoRa`, `NetLogo`.

use super::{NAMES, is_joined};
use crate::model::prose::{Passage, Word};
use crate::rules::typo::dictionary::rank;
use crate::site::Site;
use std::collections::{BTreeMap, HashMap};

/// How often a form must be written for one of another letter case to be a slip.
const OFTEN: u32 = 4;

/// The names by their form in lower case.
pub(super) struct Names<'a>(HashMap<String, &'a str>);

impl<'a> Names<'a> {
    /// Reads the site's words with a capital inside.
    pub(super) fn of(site: &'a Site, allowed: &[String]) -> Self {
        let mut seen: HashMap<&str, u32> = HashMap::new();
        for page in &site.pages {
            for passage in &page.prose().passages {
                for word in passage.words() {
                    if word.plain && word.text.len() > 3 {
                        *seen.entry(word.text).or_default() += 1;
                    }
                }
            }
        }
        let mut forms: BTreeMap<String, Vec<(&str, u32)>> = BTreeMap::new();
        for (&word, &count) in seen.iter().filter(|(word, _)| is_mixed(word)) {
            forms.entry(word.to_lowercase()).or_default().push((word, count));
        }
        let names = forms.into_iter().filter_map(|(lower, forms)| {
            // Two ways to write it in mixed case: the site has not made up its mind.
            let (name, count) = *forms.iter().max_by_key(|(word, count)| (*count, *word))?;
            let rest: u32 = forms.iter().map(|(_, count)| count).sum::<u32>() - count;
            let is_known = rank(&lower).is_some() || NAMES.contains_key(&lower) || allowed.contains(&lower);
            (count >= OFTEN && rest * 4 <= count && !is_known).then_some((lower, name))
        });
        Self(names.collect())
    }

    /// The name that a word is, in another letter case.
    pub(super) fn misspelled(&self, passage: &Passage, words: &[Word<'_>], at: usize) -> Option<&'a str> {
        let word = words[at];
        // Half of the name of a person, as others write it: `Zihao Wang`.
        let is_name = |other: Option<&Word<'_>>| {
            other.is_some_and(|other| {
                other.text.starts_with(char::is_uppercase)
                    && rank(&other.text.to_lowercase()).is_none_or(|rank| rank == 0)
                    && (other.start == word.end + 1 || other.end + 1 == word.start)
            })
        };
        if is_name(words.get(at + 1)) || is_name(at.checked_sub(1).and_then(|at| words.get(at))) {
            return None;
        }
        // A capital at the front or inside: in lower case it is a package, in capitals a heading.
        if !word.plain || word.text.len() < 4 || !word.text.starts_with(char::is_uppercase) {
            return None;
        }
        let name = *self.0.get(word.text.to_lowercase().as_str())?;
        let is_upper = word.text.chars().all(char::is_uppercase);
        // `missingHE` begins a title with a capital.
        let is_raised = word.text.get(1..) == name.get(1..);
        (name != word.text && !is_upper && !is_raised && !is_joined(passage, word.start, word.end))
            .then_some(name)
    }
}

/// Small letters and a capital that is not the first.
fn is_mixed(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
        && word.chars().any(char::is_lowercase)
        && word.chars().all(char::is_alphabetic)
        && !word.ends_with('s')
}
