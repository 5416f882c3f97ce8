//! `typo/misspelling`: a known misspelling in running English.

use super::lexicon::{self, Correction};
use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::{Origin, Passage, Word, passages};
use crate::model::tongue::{self, Tongue, tongues};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::{HashMap, HashSet};

static META: Meta = Meta {
    id: "typo/misspelling",
    summary: "a word is a known misspelling",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/typo/misspelling.md"),
};

/// The rule.
pub(super) struct Misspelling;

/// In how many files a spelling must stand to count as the site's own.
const OWN_SPELLING: usize = 3;

impl Rule for Misspelling {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let known = allowed(cx);
        let found: Vec<(&Page, Vec<Finding>)> =
            site.pages.iter().map(|page| (&**page, judge(page, &known))).collect();
        let mut files: HashMap<&str, usize> = HashMap::new();
        for (_, findings) in &found {
            let spellings: HashSet<&str> = findings.iter().map(|finding| &*finding.lower).collect();
            for spelling in spellings {
                *files.entry(spelling).or_default() += 1;
            }
        }
        for (page, findings) in &found {
            for finding in findings {
                if !finding.certain && files.get(&*finding.lower).is_some_and(|&count| count >= OWN_SPELLING)
                {
                    continue;
                }
                report(page, finding, cx);
            }
        }
    }
}

/// A misspelling on a page.
struct Finding {
    span: Span,
    word: Box<str>,
    lower: Box<str>,
    right: Option<String>,
    alternatives: Vec<&'static str>,
    certain: bool,
    exact: bool,
}

fn report(page: &Page, finding: &Finding, cx: &mut Context<'_>) {
    let place = page.at(finding.span);
    match &finding.right {
        Some(right) => {
            let report = cx.report(place, one_correction(&finding.word, right));
            if finding.exact {
                report.replace(format!("write `{right}`"), Safety::Ask, place, right.as_str());
            }
        }
        None => {
            cx.report(place, no_such_word(&finding.word)).help(perhaps(&finding.alternatives));
        }
    }
}

fn one_correction(word: &str, right: &str) -> String {
    format!("`{word}` is a misspelling of `{right}`")
}

fn no_such_word(word: &str) -> String {
    format!("`{word}` is a misspelling")
}

fn perhaps(alternatives: &[&str]) -> String {
    let named: Vec<String> = alternatives.iter().take(4).map(|word| format!("`{word}`")).collect();
    format!("perhaps {}", named.join(", "))
}

/// Words that are right on this site, in lower case.
struct Known {
    /// Those of the configuration.
    words: HashSet<String>,
    /// The parts of the names of people.
    names: HashSet<String>,
}

fn allowed(cx: &Context<'_>) -> Known {
    let words = cx.config().typo.words.iter().map(|word| word.to_lowercase()).collect();
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
    Known { words, names }
}

fn judge(page: &Page, known: &Known) -> Vec<Finding> {
    let passages = passages(page);
    let languages = tongues(&passages);
    let mut found = Vec::new();
    for (passage, tongue) in passages.iter().zip(languages) {
        if tongue == Tongue::Other {
            continue;
        }
        let words = passage.words();
        for at in 0..words.len() {
            if let Some(finding) = misspelled(passage, &words, at, tongue, known) {
                found.push(finding);
            }
        }
    }
    found
}

fn misspelled(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    tongue: Tongue,
    known: &Known,
) -> Option<Finding> {
    let word = words[at];
    let stem = ["'s", "’s"].iter().find_map(|end| word.text.strip_suffix(end)).unwrap_or(word.text);
    if !word.plain || !stem.is_ascii() {
        return None;
    }
    let case = Case::of(stem)?;
    let lower = stem.to_ascii_lowercase();
    let correction = lexicon::correction(&lower)?;
    let end = word.start + stem.len();
    if known.words.contains(&lower)
        || (known.names.contains(&lower) && !correction.certain)
        || (tongue == Tongue::Unclear && !correction.certain && lower.len() < 7)
        || is_label(passage, word.start, end)
        || beside_foreign(words, at)
        || (case != Case::Lower && !meant_as_word(passage, words, at, case, &lower, &correction))
    {
        return None;
    }
    let right = correction.clear().map(|right| case.apply(right));
    Some(Finding {
        span: passage.span(word.start, end),
        word: stem.into(),
        lower: lower.into(),
        right,
        certain: correction.certain,
        alternatives: correction.words,
        exact: passage.exact(word.start, end),
    })
}

/// The letter case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Lower,
    Capital,
    Upper,
}

impl Case {
    /// `None` for mixed case: an identifier or a product.
    fn of(word: &str) -> Option<Self> {
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        let first = word.chars().next().is_some_and(char::is_uppercase);
        match upper {
            0 => Some(Case::Lower),
            1 if first => Some(Case::Capital),
            // Shorter ones are acronyms.
            _ if upper == word.len() && upper >= 9 => Some(Case::Upper),
            _ => None,
        }
    }

    fn apply(self, word: &str) -> String {
        match self {
            Case::Lower => word.to_owned(),
            Case::Upper => word.to_uppercase(),
            Case::Capital => {
                let mut letters = word.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}

/// A key before its value, an emoji's name, a hashtag, a quoted `sic`.
fn is_label(passage: &Passage, start: usize, end: usize) -> bool {
    let before = passage.before(start);
    let after = passage.after(end);
    let hyphenated = before == Some('-') || (after == Some('-') && !lexical_hyphen(passage, end));
    hyphenated
        || matches!(before, Some(':' | '@' | '#' | '/' | '.' | '+'))
        || matches!(after, Some('@' | '/' | '(' | '+'))
        || passage.part(end, end + 8).contains("sic")
}

/// Whether a hyphen after a word parts it from another word rather than from a letter or number.
fn lexical_hyphen(passage: &Passage, hyphen: usize) -> bool {
    passage.part(hyphen + 1, hyphen + 40).chars().take_while(char::is_ascii_lowercase).count() > 3
}

/// Whether a neighbour shows that this is not English.
fn beside_foreign(words: &[Word<'_>], at: usize) -> bool {
    let from = at.saturating_sub(2);
    words
        .iter()
        .take(at + 3)
        .skip(from)
        .any(|word| !word.text.is_ascii() && !word.text.contains('’') || tongue::is_foreign(word.text))
}

/// Whether a capitalised word is a word rather than a name or an abbreviation.
fn meant_as_word(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    case: Case,
    lower: &str,
    correction: &Correction,
) -> bool {
    let word = words[at];
    if matches!(passage.origin, Origin::Bib(ref field) if &**field == "booktitle" || &**field == "howpublished")
        && passage.after(word.end) == Some('.')
    {
        return false;
    }
    if correction.certain {
        return true;
    }
    // A name cannot be told from a word with two corrections; a beginning of a word is an abbreviation.
    let Some(right) = correction.clear() else { return false };
    if case == Case::Upper {
        return lexicon::is_common(right);
    }
    let starts_longer = correction.words.iter().any(|word| word.starts_with(lower));
    let after_name = at > 0 && may_be_name(passage, words[at - 1], word.start, true);
    let before_name = words.get(at + 1).is_some_and(|next| may_be_name(passage, *next, word.end, false));
    if !lexicon::is_common(right) || starts_longer || after_name || before_name {
        return false;
    }
    word.text.len() >= 7 || at == 0 || beside_word(words, at)
}

/// Whether a short capitalised word stands beside a capitalised word that is no name, or begins a sentence.
fn beside_word(words: &[Word<'_>], at: usize) -> bool {
    let plain = |word: &Word<'_>| lexicon::is_common(&word.text.to_lowercase());
    words.get(at + 1).is_some_and(plain) && words.get(at.wrapping_sub(1)).is_none_or(plain)
}

/// Whether a neighbour looks like the other half of a name: an initial, or a capitalised word that
/// prose does not use.
fn may_be_name(passage: &Passage, beside: Word<'_>, edge: usize, before: bool) -> bool {
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
