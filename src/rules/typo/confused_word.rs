//! `typo/confused-word`: a word that was taken for another, in a phrase that leaves no doubt.

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::{Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::HashMap;
use std::ops::Range;
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
    words: Vec<Place>,
    /// Which of them are flagged.
    flagged: Range<usize>,
    /// What is meant; `-` when the words go.
    meant: &'static str,
    severity: Severity,
}

/// What may stand at one place of a pattern.
struct Place {
    words: Vec<&'static str>,
    /// Any word but these.
    others: bool,
    /// Joined with the word before by a hyphen.
    joined: bool,
}

impl Pattern {
    fn parse(row: &[&'static str]) -> Option<Self> {
        let [pattern, meant, severity, ..] = *row else { return None };
        let mut words = Vec::new();
        let (mut first, mut last) = (None, None);
        let mut joined = false;
        for part in pattern.split_inclusive([' ', '-']) {
            let text = part.trim_end_matches([' ', '-']);
            if text.starts_with('[') {
                first = Some(words.len());
            }
            if text.ends_with(']') {
                last = Some(words.len());
            }
            let text = text.trim_matches(['[', ']']);
            let others = text.starts_with('!');
            words.push(Place { words: text.trim_start_matches('!').split('|').collect(), others, joined });
            joined = part.ends_with('-');
        }
        let severity = if severity == "warning" { Severity::Warning } else { Severity::Hint };
        Some(Self { words, flagged: first?..last? + 1, meant, severity })
    }
}

fn rows() -> impl Iterator<Item = Vec<&'static str>> {
    include_str!("../../../rules/data/confused-words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

static PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| rows().filter_map(|row| Pattern::parse(&row)).collect());

/// The patterns by the first of the flagged words.
static BY_WORD: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, pattern) in PATTERNS.iter().enumerate() {
        for word in &pattern.words[pattern.flagged.start].words {
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
                    let last = words[at + pattern.flagged.len() - 1];
                    report(page, passage, (words[at].start, last.end), pattern, cx);
                }
            }
        }
    }
}

fn report(
    page: &Page,
    passage: &Passage,
    (start, end): (usize, usize),
    pattern: &Pattern,
    cx: &mut Context<'_>,
) {
    let span = passage.span(start, end);
    let place = page.at(span);
    let written = passage.part(start, end);
    if pattern.meant == "-" {
        let gap = passage.span(start, end + 1);
        let clean = gap.len() == span.len() + 1 && page.slice(gap).ends_with(' ');
        let report = cx.report(place, superfluous(written)).severity(pattern.severity);
        if clean {
            report.replace("remove it", Safety::Ask, page.at(Span::new(span.start, gap.end)), "");
        }
        return;
    }
    let meant = in_case(written, &meant(written, pattern.meant));
    let report = cx.report(place, taken_for(written, &meant)).severity(pattern.severity);
    if passage.exact(start, end) {
        report.replace(format!("write `{meant}`"), Safety::Ask, place, meant);
    }
}

/// What is meant by a word as written.
fn meant(written: &str, meant: &str) -> String {
    match meant {
        "-s" => written.strip_suffix('s').unwrap_or(written).to_owned(),
        "+s" => format!("{written}s"),
        "+ing" => format!("{}ing", written.strip_suffix('e').unwrap_or(written)),
        _ => meant.to_owned(),
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

/// A word in lower case with a straight apostrophe.
fn plain_form(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// The pattern of which this word is the first that is flagged.
fn confused(passage: &Passage, words: &[Word<'_>], at: usize) -> Option<&'static Pattern> {
    let patterns = BY_WORD.get(plain_form(words[at].text).as_str())?;
    // In capitals it is a name.
    if words[at].text.chars().all(char::is_uppercase) {
        return None;
    }
    patterns.iter().map(|&index| &PATTERNS[index]).find(|pattern| {
        let Some(first) = at.checked_sub(pattern.flagged.start) else { return false };
        let Some(row) = words.get(first..first + pattern.words.len()) else { return false };
        let (start, end) = (row[0].start, row[row.len() - 1].end);
        let fits = row.iter().zip(&pattern.words).all(|(word, place)| {
            word.plain && place.words.contains(&plain_form(word.text).as_str()) != place.others
        });
        let joined = row.windows(2).zip(&pattern.words[1..]).all(|(pair, place)| {
            let gap = passage.part(pair[0].end, pair[1].start);
            if place.joined { gap == "-" } else { !gap.is_empty() && gap.chars().all(char::is_whitespace) }
        });
        fits && joined
            && !matches!(passage.before(start), Some('-' | '"' | '“'))
            && !matches!(passage.after(end), Some('\'' | '’'))
            && (pattern.flagged.end < row.len() || passage.after(end) != Some('-'))
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
        assert!(PATTERNS.len() >= 150 && PATTERNS.len() == rows().count());
        let mut wrong = Vec::new();
        for row in rows() {
            let [pattern, _, severity, flagged, fine] = row[..] else { panic!("five columns: {row:?}") };
            assert!(matches!(severity, "warning" | "hint"), "{pattern}");
            if (found(flagged), found(fine)) != (1, 0) {
                wrong.push(row);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
