//! `typo/misspelling`: a word of running English that is misspelled: it is on a list of misspellings, or no
//! dictionary knows it and one slip explains it.

mod beside;
mod capital;
mod case;
mod foreign;
mod listed;
mod own;
mod shifted;
mod unknown;
mod vocabulary;

use capital::capital;
use listed::listed;
use own::{own_name, own_word};
use shifted::shifted;
use unknown::unknown;
use vocabulary::Vocabulary;

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::tongue::Tongue;
use crate::rules::typo::word_list::WordList;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::{HashMap, HashSet};

static META: Meta = Meta {
    id: "typo/misspelling",
    summary: "A word is misspelled",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../../rules/typo/misspelling.md"),
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
        let known = Vocabulary::of(cx);
        let dictionary = foreign::dictionary(&cx.config().typo);
        let found: Vec<(&Page, Vec<Finding>)> =
            site.pages.iter().map(|page| (&**page, judge(page, &known, &dictionary))).collect();
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
    alternatives: Vec<String>,
    /// However often it stands there, it is wrong.
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

fn perhaps(alternatives: &[String]) -> String {
    let named: Vec<String> = alternatives.iter().take(4).map(|word| format!("`{word}`")).collect();
    format!("perhaps {}", named.join(", "))
}

fn judge(page: &Page, known: &Vocabulary<'_>, dictionary: &WordList) -> Vec<Finding> {
    let mut found = Vec::new();
    let foreign = is_of_another_language(page.path());
    for (passage, tongue) in page.prose().iter() {
        let words = passage.words();
        if tongue == Tongue::Other || (foreign && tongue == Tongue::Unclear) {
            let covered = foreign::is_covered(&words, dictionary);
            found.extend((0..words.len()).filter_map(|at| {
                let own = own_word(passage, &words, at, known);
                own.or_else(|| {
                    covered.then(|| foreign::foreign(passage, words[at], dictionary, known)).flatten()
                })
            }));
            continue;
        }
        let mut next = 0;
        for at in 0..words.len() {
            if at < next {
                continue;
            }
            if let Some(finding) = shifted(passage, &words, at, tongue, known) {
                found.push(finding);
                next = at + 2;
                continue;
            }
            let finding = listed(passage, &words, at, tongue, known)
                .or_else(|| unknown(passage, &words, at, tongue, known))
                .or_else(|| own_name(passage, &words, at, known))
                .or_else(|| capital(passage, words[at], known));
            found.extend(finding);
        }
    }
    found
}

/// Whether a path says that the page is a translation: `zh/about.md`, `_pages/about_ja.md`, `index.fr.md`.
fn is_of_another_language(path: &str) -> bool {
    const CODES: &[&str] = &[
        "ar", "ca", "cn", "cs", "da", "de", "el", "es", "eu", "fa", "fi", "fr", "he", "hu", "it", "ja", "jp",
        "ko", "kr", "nl", "no", "pl", "pt", "pt-br", "ro", "ru", "sv", "tr", "tw", "uk", "vi", "zh", "zh-cn",
        "zh-hans", "zh-hant", "zh-tw",
    ];
    let lower = path.to_lowercase();
    let is_code = |part: &str| CODES.contains(&part);
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    folders.split('/').any(is_code)
        || stem.rsplit(['.', '_']).next().is_some_and(|last| last != stem && is_code(last))
        || is_code(stem)
}
