//! typo/title-differs

use super::{dictionary, lexicon};
use crate::diagnostic::{Safety, Severity};
use crate::model::name::{Likeness, Name, compare, fold};
use crate::model::{Format, Page, Publication, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "typo/title-differs",
    summary: "One paper's title is spelled in two ways",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/typo/title-differs.md"),
};

/// The same paper's title spelled in two ways.
pub(super) struct TitleDiffers;

impl Rule for TitleDiffers {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut titles: BTreeMap<String, Vec<Titled<'_>>> = BTreeMap::new();
        for (page, publication) in cx.site().publications() {
            if let Some(title) = publication.title.as_ref().filter(|title| title::is_telling(&title.text)) {
                let entry = Titled { page, publication, title: &title.text, span: title.span };
                parted_numbers(&entry, cx);
                titles.entry(title::key(&title.text)).or_default().push(entry);
            }
        }
        // Titles that begin or end alike: a slip stands in one place only.
        let mut alike: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for key in titles.keys().filter(|key| key.chars().count() >= 24) {
            let head: String = key.chars().take(12).collect();
            let tail: String = key.chars().rev().take(12).collect();
            alike.entry(format!("< {head}")).or_default().push(key);
            alike.entry(format!("> {tail}")).or_default().push(key);
        }
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for keys in alike.values().filter(|keys| keys.len() < 24) {
            for (at, left) in keys.iter().enumerate() {
                for right in &keys[at + 1..] {
                    if left.len().abs_diff(right.len()) <= 2 && strsim::osa_distance(left, right) <= 2 {
                        pairs.insert((left, right));
                    }
                }
            }
        }
        for (left, right) in pairs {
            let (a, b) = (&titles[left], &titles[right]);
            if let Some((wrong, model, severity)) = slip(a, b) {
                report(cx, wrong, model, severity);
            }
        }
    }
}

/// An entry with a title.
struct Titled<'a> {
    page: &'a Page,
    publication: &'a Publication,
    title: &'a str,
    span: Span,
}

/// The title that is misspelled and the one that is not; none where both may be right.
fn slip<'l, 'a>(
    a: &'l [Titled<'a>],
    b: &'l [Titled<'a>],
) -> Option<(&'l Titled<'a>, &'l Titled<'a>, Severity)> {
    let (first, second) = (a.first()?, b.first()?);
    // The same paper: at least its first author.
    let author =
        |titled: &Titled<'_>| titled.publication.authors.first().map(|author| Name::parse(&author.name));
    if compare(&author(first)?, &author(second)?) == Likeness::Different {
        return None;
    }
    let (left, right) = odd_words(first.title, second.title)?;
    let misspells = |word: &str, right: &str| {
        word.chars().count() > 3
            && lexicon::correction(word).is_some_and(|correction| correction.words.contains(&right))
    };
    match (misspells(&left, &right), misspells(&right, &left)) {
        (true, false) => return Some((first, second, Severity::Warning)),
        (false, true) => return Some((second, first, Severity::Warning)),
        _ if !are_one_paper(first, second) => return None,
        _ => {}
    }
    let is_word = |word: &str| dictionary::rank(word).is_some();
    match (is_word(&left), is_word(&right)) {
        (false, true) => Some((first, second, Severity::Warning)),
        (true, false) => Some((second, first, Severity::Warning)),
        (both, _) => {
            let (wrong, model) = measured(a, b)?;
            Some((wrong, model, if both { Severity::Warning } else { Severity::Hint }))
        }
    }
}

/// Whether two entries are surely of one paper: they share an identifier, or a long list of authors and
/// a long title.
fn are_one_paper(left: &Titled<'_>, right: &Titled<'_>) -> bool {
    let (a, b) = (left.publication, right.publication);
    // Versions of a paper may be renamed.
    let year = |publication: &Publication| publication.year.map(|(year, _)| year);
    if matches!((year(a), year(b)), (Some(x), Some(y)) if x != y) {
        return false;
    }
    if a.identifiers
        .iter()
        .any(|one| b.identifiers.iter().any(|other| one.kind == other.kind && one.value == other.value))
    {
        return true;
    }
    let names = |publication: &Publication| -> Vec<Name> {
        publication.authors.iter().map(|author| Name::parse(&author.name)).collect()
    };
    let (of_a, of_b) = (names(a), names(b));
    let same = of_a.iter().zip(&of_b).filter(|(x, y)| compare(x, y) != Likeness::Different).count();
    // `admin` may stand for the owner.
    of_a.len() == of_b.len()
        && of_a.len() >= 3
        && same + 1 >= of_a.len()
        && left.title.split_whitespace().count() >= 7
}

/// The one of two titles that is measured by the other: by the bibliography, or by the commoner one.
fn measured<'l, 'a>(a: &'l [Titled<'a>], b: &'l [Titled<'a>]) -> Option<(&'l Titled<'a>, &'l Titled<'a>)> {
    let is_record = |titled: &&Titled<'_>| titled.page.format == Format::Bibtex;
    let (in_a, in_b) = (a.iter().find(is_record), b.iter().find(is_record));
    let page = |list: &'l [Titled<'a>]| list.iter().find(|titled| !is_record(titled));
    match (in_a, in_b) {
        (None, Some(record)) => Some((a.first()?, record)),
        (Some(record), None) => Some((b.first()?, record)),
        _ if a.len() > b.len() => Some((page(b)?, a.first()?)),
        _ if b.len() > a.len() => Some((page(a)?, b.first()?)),
        _ => None,
    }
}

/// `PTQ1. 61`, as some indexes export the number of a version: the title, in the text and in the source.
fn parted_numbers(titled: &Titled<'_>, cx: &mut Context<'_>) {
    static PARTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"[A-Za-z]-?[0-9]{1,3}\.( )[0-9]{1,2}(?:[^0-9.]|$)").expect("a constant pattern")
    });
    let raw = titled.page.slice(titled.span);
    let Some(blank) = PARTED.captures(raw).and_then(|found| found.get(1)) else { return };
    let place = titled.page.at(Span::at(blank.start(), blank.end()).shift(titled.span.start));
    cx.report(place, "a blank parts this number")
        .help("indexes export titles so: take the blank out")
        .replace("take the blank out", Safety::Ask, place, "");
}

/// The one word in which two titles differ.
fn odd_words(left: &str, right: &str) -> Option<(String, String)> {
    let words = |text: &str| -> Vec<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(left), words(right));
    if a.len() != b.len() {
        return None;
    }
    let mut odd = a.into_iter().zip(b).filter(|(x, y)| x != y);
    let (x, y) = odd.next()?;
    let letters = |word: &str| word.chars().all(char::is_alphabetic) && word.chars().count() > 1;
    (odd.next().is_none() && letters(&x) && letters(&y)).then_some((x, y))
}

fn report(cx: &mut Context<'_>, wrong: &Titled<'_>, model: &Titled<'_>, severity: Severity) {
    let Some((slip, right)) = odd_words(wrong.title, model.title) else { return };
    let raw = wrong.page.slice(wrong.span);
    let lower = raw.to_lowercase();
    let is_word = |at: &usize| {
        let before = lower.get(..*at).and_then(|head| head.chars().next_back());
        let after = lower.get(at + slip.len()..).and_then(|tail| tail.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    };
    let span = match lower.match_indices(&slip).map(|(at, _)| at).find(is_word) {
        Some(at) if lower.len() == raw.len() => Span::at(at, at + slip.len()).shift(wrong.span.start),
        _ => wrong.span,
    };
    cx.report(wrong.page.at(span), format!("`{slip}` in this title is `{right}` elsewhere"))
        .severity(severity)
        .related(model.page.at(model.span), "the title there")
        .help("correct the title that is wrong");
}
