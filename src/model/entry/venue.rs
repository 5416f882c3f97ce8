//! The venue and the year of an entry.

use super::parts::{is_status, trimmed};
use super::text::Look;
use super::{AuthorRun, EntryText, Segment};
use crate::model::venue::{is_short_name, is_venue};
use crate::model::years;
use crate::text::{Span, slice};

pub(super) fn venue(
    entry: &EntryText,
    segments: &[Segment],
    run: Option<&AuthorRun>,
    title: Option<(usize, usize)>,
) -> Option<(usize, usize)> {
    let taken = |start: usize, end: usize| {
        title.is_some_and(|(from, to)| start < to && from < end)
            || run.is_some_and(|run| start < run.end && run.start < end)
    };
    let mut best: Option<(i32, usize, usize)> = None;
    let mut offer = |score: i32, start: usize, end: usize| {
        if let Some((start, end)) = venue_bounds(entry, start, end)
            && best.is_none_or(|(held, _, _)| score > held)
        {
            best = Some((score, start, end));
        }
    };
    for (start, end, class) in &entry.classes {
        if ["venue", "conference", "journal", "badge"].iter().any(|word| class.contains(word))
            && !taken(*start, *end)
        {
            offer(9, *start, *end);
        }
    }
    for phrase in &entry.phrases {
        if taken(phrase.start, phrase.end) {
            continue;
        }
        let text = slice(entry.text(), Span::at(phrase.start, phrase.end));
        match phrase.look {
            Look::Emph | Look::Strong | Look::Code if is_venue(text) => offer(8, phrase.start, phrase.end),
            Look::Code | Look::Strong | Look::Link if is_dated_name(text) => {
                offer(6, phrase.start, phrase.end);
            }
            Look::Emph if is_dated_name(text) => offer(6, phrase.start, phrase.end),
            Look::Emph if title.is_some_and(|(_, to)| to <= phrase.start) && plausible(text) => {
                offer(5, phrase.start, phrase.end);
            }
            _ => {}
        }
    }
    for segment in segments {
        if taken(segment.start, segment.end) || entry.link(segment.start).is_some() {
            continue;
        }
        let text = segment.text(entry);
        if is_venue(text) {
            offer(if text.split_whitespace().any(is_short_name) { 7 } else { 6 }, segment.start, segment.end);
        } else if is_dated_name(text) {
            offer(4, segment.start, segment.end);
        }
    }
    // `Authors. Title. Phys. Rev. Fluids (2026).`: what follows the title up to the first number.
    if let (Some((_, end)), Some(_)) = (title, run)
        && let Some((from, to)) = behind_title(entry, end)
        && !taken(from, to)
    {
        offer(3, from, to);
    }
    best.map(|(_, start, end)| (start, end))
}

/// Whether a phrase is a short name with its year (`SETTA 2024`, `ML - 2020`).
fn is_dated_name(text: &str) -> bool {
    if years(text).is_empty() {
        return false;
    }
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    (2..=8).contains(&words.len())
        && words[0].chars().next().is_some_and(char::is_uppercase)
        && words.iter().any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        && !is_status(text)
        && !MONTHS.iter().any(|month| words.iter().any(|word| word.to_lowercase().starts_with(month)))
}

/// The beginnings of month names: a date with a year is no venue.
const MONTHS: &[&str] =
    &["jan", "feb", "apr", "june", "july", "aug", "sept", "oct", "nov", "dec", "march", "may"];

/// The words behind the title, up to a number, a bracket or a break; at most ten, the first in capitals.
fn behind_title(entry: &EntryText, title_end: usize) -> Option<(usize, usize)> {
    let tail = entry.text().get(title_end..)?;
    let body = tail.trim_start_matches(|c: char| c.is_whitespace() && c != '\n' || ".,\"”»?!".contains(c));
    let start = title_end + (tail.len() - body.len());
    if tail.get(..tail.len() - body.len()).is_none_or(|gap| gap.trim().is_empty()) || body.starts_with('\n') {
        return None;
    }
    let stop = body
        .find(|c: char| c == '\n' || c.is_ascii_digit() || "([;:\u{fffc}".contains(c))
        .unwrap_or(body.len());
    let name = body.get(..stop)?.trim_end_matches(|c: char| c.is_whitespace() || ",.".contains(c));
    let words = name.split_whitespace().count();
    let fits = (1..=10).contains(&words) && plausible(name) && entry.link(start).is_none();
    fits.then_some((start, start + name.len()))
}

/// Whether an italic phrase behind the title can be a venue.
fn plausible(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let words = lower.split_whitespace().count();
    (1..=14).contains(&words)
        && text.trim().chars().next().is_some_and(|c| c.is_uppercase() || crate::model::name::is_cjk(c))
        && ![
            "submitted",
            "under review",
            "in preparation",
            "to appear",
            "accepted",
            "equal",
            "oral",
            "spotlight",
            "keyword",
        ]
        .iter()
        .any(|word| lower.starts_with(word))
        && lower.chars().filter(|c| c.is_alphabetic()).count() > 3
}

/// A venue without `In`, and without brackets and stops at its ends.
fn venue_bounds(entry: &EntryText, start: usize, end: usize) -> Option<(usize, usize)> {
    let (mut start, end) = trimmed(entry, start, end)?;
    let text = slice(entry.text(), Span::at(start, end));
    for opening in [
        "In: ",
        "In ",
        "in ",
        "Accepted by ",
        "accepted by ",
        "Accepted at ",
        "To appear in ",
        "to appear in ",
    ] {
        if let Some(rest) = text.strip_prefix(opening) {
            start = end - rest.trim_start().len();
        }
    }
    (start < end && end - start < 200).then_some((start, end))
}

/// The year in brackets right behind the authors: `Gagnon, S. (2018). Title`.
pub(super) fn dated(entry: &EntryText, authors_end: usize) -> Option<(i16, usize, usize)> {
    let tail = entry.text().get(authors_end..)?;
    let open = tail.find(['(', '（'])?;
    if open > 8 || tail.get(..open)?.chars().any(char::is_alphanumeric) {
        return None;
    }
    let inner = tail.get(open..)?.split([')', '）']).next()?;
    let (year, span) = years(inner).into_iter().next()?;
    let start = authors_end + open;
    (inner.len() < 24).then(|| (year, start + span.start as usize, start + span.end as usize))
}

/// The year, with its place: the one in the venue, else the last that stands outside the title.
pub(super) fn year(
    entry: &EntryText,
    title: Option<(usize, usize)>,
    venue: Option<(usize, usize)>,
) -> Option<(i16, usize, usize)> {
    let found = years(entry.text());
    let outside =
        |span: &Span| title.is_none_or(|(from, to)| (span.end as usize) <= from || to <= span.start as usize);
    let place = |(year, span): &(i16, Span)| (*year, span.start as usize, span.end as usize);
    if let Some((from, to)) = venue
        && let Some(inside) =
            found.iter().rev().find(|(_, span)| from <= span.start as usize && span.end as usize <= to)
    {
        return Some(place(inside));
    }
    // Years of awards, versions and dates of access stand last: the first behind the venue is the venue's.
    if let Some((_, to)) = venue
        && let Some(next) = found.iter().find(|(_, span)| to <= span.start as usize && outside(span))
        && !slice(entry.text(), Span::at(to, next.1.start as usize)).contains('\n')
    {
        return Some(place(next));
    }
    found.iter().rev().find(|(_, span)| outside(span)).map(place)
}
