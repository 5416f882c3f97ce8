//! publication/count-claim

use crate::diagnostic::Severity;
use crate::model::prose::passages;
use crate::model::{Page, Publication, years};
use crate::rules::duplicate;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/count-claim",
    summary: "The news announce more papers than the list holds",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/count-claim.md"),
};

/// "Two papers accepted by ICLR'25" where the list holds one.
pub(super) struct CountClaim;

impl Rule for CountClaim {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(concat!(
                r"(?i)\b(two|three|four|five|six|[2-9])\s+(?:(?-i:[0-9A-Za-z_\x{80}-\x{10ffff}])+\s+){0,2}?papers?\s+(?:(?:have|has|were|was|are|is|got|been|get)\s+){0,2}",
                r"(?:accepted|to\s+appear|published)\s+(?:by|at|to|in|for|@)\s+(?:the\s+)?([A-Za-z]{2,12})[\s'’-]{0,2}((?:20)?[0-9][0-9])\b"
            ))
            .expect("a constant pattern")
        });
        let selected = page.publications.iter().any(duplicate::is_selection);
        if page.publications.len() < 3 || selected {
            return;
        }
        for passage in passages(page).iter().filter(|passage| passage.text().contains("aper")) {
            for found in CLAIM.captures_iter(passage.text()) {
                let (count, name) = (number(&found[1]), found[2].to_lowercase());
                let year: i16 = found[3].parse().unwrap_or(0);
                let year = if year < 100 { 2000 + year } else { year };
                let listed =
                    page.publications.iter().filter(|publication| is_of(publication, &name, year)).count();
                // A list without any of them is older than the news, or not the one that is meant.
                if listed > 0
                    && listed < count
                    && let Some(whole) = found.get(0)
                {
                    let place = page.at(passage.span(whole.start(), whole.end()));
                    let message = format!(
                        "{count} papers are announced, but the list holds {listed} of {} {year}",
                        &found[2]
                    );
                    cx.report(place, message).help("list the others, or correct the number");
                }
            }
        }
    }
}

fn number(word: &str) -> usize {
    let words = ["two", "three", "four", "five", "six"];
    let lower = word.to_lowercase();
    words.iter().position(|each| *each == lower).map_or_else(|| lower.parse().unwrap_or(0), |at| at + 2)
}

/// Whether an entry is of a venue and year.
fn is_of(publication: &Publication, name: &str, year: i16) -> bool {
    let Some(venue) = &publication.venue else { return false };
    let lower = venue.text.to_lowercase();
    let named = lower.split(|c: char| !c.is_alphabetic()).any(|word| word == name);
    let of_venue = years(&venue.text).first().map(|(year, _)| *year);
    named && of_venue.or(publication.year.map(|(year, _)| year)).is_none_or(|found| found == year)
}
