//! publication/id-venue

use super::meeting;
use crate::diagnostic::Severity;
use crate::model::identifier::{self, Told, Track};
use crate::model::prose::passages;
use crate::model::{Link, Page, venue, years};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::BTreeSet;

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
            let from_fields = publication.identifiers.iter().map(|each| (each.told(), each.span));
            let links = publication.links.iter().filter_map(|&index| page.links.get(index as usize));
            let from_links = links.map(|link| (identifier::told(&link.target), link.target_span));
            let told: Vec<(Told, Span)> = from_links
                .chain(from_fields)
                .filter_map(|(told, span)| Some((told.filter(|told| told.series.is_some())?, span)))
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
    let told: Vec<(&Link, &'static str, i16)> = page
        .links
        .iter()
        .filter_map(|link| meeting::by_host(&link.target).map(|(series, year)| (link, series, year)))
        .collect();
    if told.is_empty() {
        return;
    }
    for passage in passages(page) {
        let whole = passage.span(0, passage.text().len());
        for &(link, series, year) in told.iter().filter(|(link, ..)| whole.contains(link.span)) {
            let [named] = meeting::editions(passage.text(), series)[..] else { continue };
            if named != year {
                let message = format!("this address is of {series} {year}, the text speaks of {named}");
                cx.report(page.at(link.target_span), message).help("link the meeting that is meant");
            }
        }
    }
}

/// What an address says against a venue as it is written.
fn contradiction(told: &Told, written: &str) -> Option<String> {
    let (series, year) = (told.series?, told.year?);
    let lower = written.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let named = words.map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()));
    let known: BTreeSet<&str> = named.filter_map(identifier::series).collect();
    let [name] = known.into_iter().collect::<Vec<_>>()[..] else { return None };
    if ["workshop", "tutorial", "demo", "journal", "extended", "preprint", "arxiv"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return None;
    }
    let title = venue::canonical(series).unwrap_or(series);
    if told.track == Track::Findings
        && series == name
        && !lower.contains("finding")
        && !lower.contains("fing")
    {
        return Some(format!("this address is one of the Findings of {title}, not of the conference"));
    }
    let differs = series != name || matches!(years(written)[..], [(written, _)] if written != year);
    differs.then(|| format!("this address is one of {title} {year}"))
}
