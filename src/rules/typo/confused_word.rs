//! `typo/confused-word`: a word that was taken for another, in a phrase that leaves no doubt.

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::{Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::HashMap;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "typo/confused-word",
    summary: "A word was taken for another",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/typo/confused-word.md"),
};

/// The rule.
pub(super) struct ConfusedWord;

/// A row of `rules/data/confused-words.tsv`.
struct Pattern {
    /// For each word its alternatives.
    words: Vec<Vec<&'static str>>,
    /// Which of them is flagged.
    flagged: usize,
    /// What is meant; `-` when the word goes.
    meant: &'static str,
    severity: Severity,
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    include_str!("../../../rules/data/confused-words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    rows()
        .filter_map(|row| {
            let parts: Vec<&str> = row.first()?.split(' ').collect();
            let severity = if row.get(2) == Some(&"warning") { Severity::Warning } else { Severity::Hint };
            Some(Pattern {
                words: parts.iter().map(|part| part.trim_matches(['[', ']']).split('|').collect()).collect(),
                flagged: parts.iter().position(|part| part.starts_with('['))?,
                meant: row.get(1)?,
                severity,
            })
        })
        .collect()
});

/// The patterns by the flagged words.
static BY_WORD: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, pattern) in PATTERNS.iter().enumerate() {
        for word in &pattern.words[pattern.flagged] {
            by_word.entry(word).or_default().push(index);
        }
    }
    by_word
});

impl Rule for ConfusedWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (passage, tongue) in page.prose().iter() {
            if tongue == Tongue::Other {
                continue;
            }
            let words = passage.words();
            for at in 0..words.len() {
                if let Some(pattern) = confused(passage, &words, at) {
                    report(page, passage, words[at], pattern, cx);
                }
            }
        }
    }
}

fn report(page: &Page, passage: &Passage, word: Word<'_>, pattern: &Pattern, cx: &mut Context<'_>) {
    let span = passage.span(word.start, word.end);
    let place = page.at(span);
    if pattern.meant == "-" {
        let gap = passage.span(word.start, word.end + 1);
        let clean = gap.len() == span.len() + 1 && page.slice(gap).ends_with(' ');
        let report = cx.report(place, superfluous(word.text)).severity(pattern.severity);
        if clean {
            report.replace("remove it", Safety::Ask, page.at(Span::new(span.start, gap.end)), "");
        }
        return;
    }
    let meant = in_case(word.text, pattern.meant);
    let report = cx.report(place, taken_for(word.text, &meant)).severity(pattern.severity);
    if passage.exact(word.start, word.end) {
        report.replace(format!("write `{meant}`"), Safety::Ask, place, meant);
    }
}

fn taken_for(word: &str, meant: &str) -> String {
    format!("`{word}` stands where `{meant}` is meant")
}

fn superfluous(word: &str) -> String {
    format!("`{word}` does not belong here")
}

/// A word with a capital where the one it replaces has one.
fn in_case(written: &str, meant: &str) -> String {
    let mut letters = meant.chars();
    match letters.next() {
        Some(first) if written.starts_with(char::is_uppercase) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => meant.to_owned(),
    }
}

/// The pattern of which this word is the flagged one.
fn confused(passage: &Passage, words: &[Word<'_>], at: usize) -> Option<&'static Pattern> {
    let patterns = BY_WORD.get(words[at].text.to_lowercase().replace('’', "'").as_str())?;
    patterns.iter().map(|&index| &PATTERNS[index]).find(|pattern| {
        let Some(first) = at.checked_sub(pattern.flagged) else { return false };
        let Some(row) = words.get(first..first + pattern.words.len()) else { return false };
        let fits = row.iter().zip(&pattern.words).all(|(word, choice)| {
            word.plain && choice.contains(&word.text.to_lowercase().replace('’', "'").as_str())
        });
        fits && row.windows(2).all(|pair| {
            let gap = passage.part(pair[0].end, pair[1].start);
            !gap.is_empty() && gap.chars().all(char::is_whitespace)
        }) && !matches!(passage.before(row[0].start), Some('-' | '"' | '“'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::markup::Dialect;
    use crate::model::Format;
    use crate::text::Source;

    fn found(text: &str) -> usize {
        let page = Page::read(FileId(0), Source::new("index.md", text), Format::Markdown(Dialect::Kramdown));
        let hits = |passage: &Passage| {
            let words = passage.words();
            (0..words.len()).filter(|&at| confused(passage, &words, at).is_some()).count()
        };
        page.prose().passages.iter().map(hits).sum()
    }

    #[test]
    fn each_pattern_finds_its_own_example_and_leaves_the_other() {
        assert!(PATTERNS.len() >= 40);
        for row in rows() {
            let [pattern, _, severity, flagged, fine] = row[..] else { panic!("five columns: {row:?}") };
            assert!(matches!(severity, "warning" | "hint"), "{pattern}");
            assert_eq!(found(flagged), 1, "{pattern}: {flagged}");
            assert_eq!(found(fine), 0, "{pattern}: {fine}");
        }
    }
}
