//! The badge on the picture of an entry against the venue in its text.

use crate::markup::{BlockKind, Flow};
use crate::model::{Page, Publication, venue};
use crate::rules::Context;
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A venue with its year, where it has one.
type Venue = (&'static str, Option<i16>);

/// Reports badges that name another venue, or another year of it, than the entry they stand on.
pub(super) fn compare(page: &Page, cx: &mut Context<'_>) {
    let is_badge = |class: &str| class.split_whitespace().any(|word| word == "badge");
    let flow = &page.flow;
    for (index, block) in flow.blocks.iter().enumerate().filter(|(_, block)| is_badge(&block.class)) {
        let after = page.publications.partition_point(|entry| entry.span.end <= block.span.start);
        let Some(entry) = page.publications.get(after).filter(|entry| entry.span.contains(block.span)) else {
            continue;
        };
        let cooked = Flow::cooked(page.source.text(), flow.runs_of(block));
        let span = cooked.source_span(0, cooked.text.len());
        let [badge] = &venues(&cooked.text)[..] else { continue };
        let range = index as u32..block.end;
        let Some((venue, at)) = venue_of(page, entry, &range) else { continue };
        if contradict(badge, &venue) {
            let name = |(series, year): &Venue| match year {
                Some(year) => format!("{series} {year}"),
                None => (*series).to_owned(),
            };
            let message = format!("the badge says {}, the entry {}", name(badge), name(&venue));
            cx.report(page.at(span), message)
                .related(page.at(at), "what the entry says")
                .help("correct the one that is wrong");
        }
    }
}

fn contradict(badge: &Venue, venue: &Venue) -> bool {
    // A paper of a meeting may be a preprint as well; then its badge is out of date.
    badge.0 != venue.0 || matches!((badge.1, venue.1), (Some(a), Some(b)) if a != b)
}

/// The one venue with a year that an entry names beside its title or authors, preprints left out.
fn venue_of(page: &Page, entry: &Publication, badge: &std::ops::Range<u32>) -> Option<(Venue, Span)> {
    let title = entry.title.as_ref().map(|title| title.span);
    let authors = entry.authors.first().map(|author| author.span);
    let mut found: BTreeSet<Venue> = BTreeSet::new();
    let mut place = None;
    let from = page.flow.blocks.partition_point(|block| block.span.start < entry.span.start);
    for (at, block) in page.flow.blocks.iter().enumerate().skip(from) {
        if block.span.start >= entry.span.end {
            break;
        }
        let is_head = [title, authors].into_iter().flatten().any(|part| block.span.overlaps(part));
        let is_leaf = matches!(block.kind, BlockKind::Text | BlockKind::Heading(_));
        if badge.contains(&(at as u32)) || !is_head || !is_leaf {
            continue;
        }
        let cooked = Flow::cooked(page.source.text(), page.flow.runs_of(block));
        for (venue, start, end) in named(&cooked.text) {
            let span = cooked.source_span(start, end);
            if venue.0 != "arXiv" && venue.1.is_some() && title.is_none_or(|title| !title.overlaps(span)) {
                place.get_or_insert(span);
                found.insert(venue);
            }
        }
    }
    (found.len() == 1).then(|| found.pop_first()).flatten().zip(place)
}

fn venues(text: &str) -> Vec<Venue> {
    named(text).into_iter().map(|(venue, _, _)| venue).collect()
}

/// The known venues in a text, with their bytes.
fn named(text: &str) -> Vec<(Venue, usize, usize)> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b([A-Za-z]{3,10})(?:[\s'’-]{0,2}(20[0-9][0-9]))?\b").expect("a constant pattern")
    });
    NAMED
        .captures_iter(text)
        .filter_map(|found| {
            let name = found.get(1)?;
            let series = venue::canonical(name.as_str())?;
            // Words of a sentence are no venues.
            let as_written = series == name.as_str() || name.as_str().chars().all(char::is_uppercase);
            let series = if series == "NIPS" { "NeurIPS" } else { series };
            let year = found.get(2).and_then(|year| year.as_str().parse().ok());
            as_written
                .then(|| ((series, year), name.start(), found.get(0).map_or(name.end(), |all| all.end())))
        })
        .collect()
}
