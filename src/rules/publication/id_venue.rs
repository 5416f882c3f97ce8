//! publication/id-venue

use crate::diagnostic::Severity;
use crate::model::identifier::{self, Told, Track};
use crate::model::{Page, venue, years};
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
