//! publication/unknown-venue

use crate::diagnostic::{Safety, Severity};
use crate::model::prose::passages;
use crate::model::{Page, venue};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/unknown-venue",
    summary: "The name of a venue is misspelled",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/unknown-venue.md"),
};

/// A near miss of a known venue: `Iclr`, `NeurlPS`, `EMNPL 2023`.
pub(super) struct UnknownVenue;

impl Rule for UnknownVenue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static NAMED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"\b([A-Za-z]{4,9})(?:[\s'’-]{1,2}|\b)?(?:20[0-9][0-9]|[0-9][0-9])\b")
                .expect("a constant pattern")
        });
        for passage in passages(page) {
            for found in NAMED.captures_iter(passage.text()) {
                let Some(name) = found.get(1) else { continue };
                let Some(meant) = meant(name.as_str()) else { continue };
                let place = page.at(passage.span(name.start(), name.end()));
                let report = cx.report(place, format!("the venue is called `{meant}`"));
                if passage.exact(name.start(), name.end()) {
                    report.replace(format!("write `{meant}`"), Safety::Ask, place, meant);
                }
            }
        }
    }
}

/// The venue that a word misspells.
fn meant(word: &str) -> Option<&'static str> {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    // Words of a sentence, and names in capitals throughout, are spelled as they may be.
    if capitals == 0 || venue::canonical(word).is_some_and(|name| name == word) {
        return None;
    }
    if let Some(name) = venue::canonical(word) {
        let odd = word.to_uppercase() != word && name.chars().filter(|c| c.is_uppercase()).count() > 1;
        return odd.then_some(name);
    }
    // A small L for a capital I, as scanned text has it; two letters in the wrong order.
    if word.contains('l')
        && let Some(name) = venue::canonical(&word.replace('l', "I"))
        && capitals > 1
    {
        return Some(name);
    }
    if capitals < word.chars().count() || word.chars().count() < 5 {
        return None;
    }
    let letters: Vec<char> = word.chars().collect();
    (0..letters.len() - 1).find_map(|at| {
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        let swapped: String = swapped.into_iter().collect();
        venue::canonical(&swapped).filter(|name| *name == swapped)
    })
}
