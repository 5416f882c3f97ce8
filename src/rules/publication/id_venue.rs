//! publication/id-venue

use super::told::{self, Told};
use crate::diagnostic::Severity;
use crate::model::prose::passages;
use crate::model::{Link, Page, years};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "publication/id-venue",
    summary: "An identifier tells another venue or year than the entry",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/id-venue.md"),
};

/// A venue or year told by an address that the entry contradicts.
pub(super) struct IdVenue;

impl Rule for IdVenue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        meetings(page, cx);
        for publication in &page.publications {
            let Some(venue) = &publication.venue else { continue };
            let from_fields = publication.identifiers.iter().map(|each| (&*each.value, each.span));
            let links = publication.links.iter().filter_map(|&index| page.links.get(index as usize));
            let from_links = links.map(|link| (&*link.target, link.target_span));
            let told: Vec<(Told, Span)> = from_links
                .chain(from_fields)
                .filter_map(|(text, span)| Some((told::by(text)?, span)))
                .collect();
            // Two versions with two addresses: one of them is not this entry's.
            let Some((first, span)) = told.first() else { continue };
            if told.iter().any(|(other, _)| other != first) {
                continue;
            }
            if let Some(message) = contradiction(first, &venue.text) {
                cx.report(page.at(*span), message)
                    .related(page.at(venue.span), "what the entry says")
                    .help("correct the venue, or the link");
            }
        }
    }
}

/// Links to the site of a meeting of another year than their paragraph speaks of: `GECCO'25` with
/// `gecco-2022.example.org`.
fn meetings(page: &Page, cx: &mut Context<'_>) {
    let told: Vec<(&Link, Told)> =
        page.links.iter().filter_map(|link| Some((link, told::by_host(&link.target)?))).collect();
    if told.is_empty() {
        return;
    }
    for passage in passages(page) {
        let whole = passage.span(0, passage.text().len());
        for (link, told) in told.iter().filter(|(link, _)| whole.contains(link.span)) {
            let named = told::editions(passage.text(), told.series);
            let [year] = named[..] else { continue };
            if year != told.year {
                let series = told.series.to_uppercase();
                let message = format!("this address is of {series} {}, the text speaks of {year}", told.year);
                cx.report(page.at(link.target_span), message).help("link the meeting that is meant");
            }
        }
    }
}

/// What an address says against a venue as it is written.
fn contradiction(told: &Told, venue: &str) -> Option<String> {
    let lower = venue.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let bare = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let names: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let known = told::SERIES.iter().filter(|name| names.iter().any(|word| word == *name)).collect::<Vec<_>>();
    let [name] = known[..] else { return None };
    if ["workshop", "tutorial", "demo", "journal", "extended", "preprint", "arxiv"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return None;
    }
    if told.findings && told.series == *name && !lower.contains("finding") && !lower.contains("fing") {
        return Some(format!(
            "this address is one of the Findings of {}, not of the conference",
            told.series.to_uppercase()
        ));
    }
    if told.series != *name {
        return Some(format!("this address is one of {} {}", told.series.to_uppercase(), told.year));
    }
    let years = years(venue);
    let [(year, _)] = years[..] else { return None };
    (year != told.year)
        .then(|| format!("this address is one of {} {}", told.series.to_uppercase(), told.year))
}
