//! typo/title-differs

use super::lexicon;
use crate::diagnostic::Severity;
use crate::model::name::{Likeness, Name, compare, fold};
use crate::model::{Page, Publication, Spot, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

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
                let entry = Titled { page, publication, title };
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
            if let Some((wrong, model)) = slip(a, b) {
                report(cx, wrong, model);
            }
        }
    }
}

/// An entry with a title.
struct Titled<'a> {
    page: &'a Page,
    publication: &'a Publication,
    title: &'a Spot,
}

/// The title that is misspelled and the one that is not; none where both may be right.
fn slip<'l, 'a>(a: &'l [Titled<'a>], b: &'l [Titled<'a>]) -> Option<(&'l Titled<'a>, &'l Titled<'a>)> {
    let (first, second) = (a.first()?, b.first()?);
    // The same paper: at least its first author.
    let author =
        |titled: &Titled<'_>| titled.publication.authors.first().map(|author| Name::parse(&author.name));
    if compare(&author(first)?, &author(second)?) == Likeness::Different {
        return None;
    }
    let (left, right) = odd_words(&first.title.text, &second.title.text)?;
    let misspells = |word: &str, right: &str| {
        lexicon::correction(word).is_some_and(|correction| correction.words.contains(&right))
    };
    match (misspells(&left, &right), misspells(&right, &left)) {
        (true, false) => Some((first, second)),
        (false, true) => Some((second, first)),
        _ => None,
    }
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
    let letters = |word: &str| word.chars().all(char::is_alphabetic) && word.chars().count() > 3;
    (odd.next().is_none() && letters(&x) && letters(&y)).then_some((x, y))
}

fn report(cx: &mut Context<'_>, wrong: &Titled<'_>, model: &Titled<'_>) {
    let Some((slip, right)) = odd_words(&wrong.title.text, &model.title.text) else { return };
    let raw = wrong.page.slice(wrong.title.span);
    let lower = raw.to_lowercase();
    let span = match lower.find(&slip) {
        Some(at) if lower.len() == raw.len() => Span::at(at, at + slip.len()).shift(wrong.title.span.start),
        _ => wrong.title.span,
    };
    cx.report(wrong.page.at(span), format!("`{slip}` in this title is `{right}` elsewhere"))
        .related(model.page.at(model.title.span), "the title there")
        .help("correct the title that is wrong");
}
