//! Puts an entry together: which of its texts is the title, which the authors, the venue, the year.

use super::text::{Look, OBJECT};
use super::{AuthorRun, EntryText, Gap, Segment, author_runs, segments};
use crate::markup::Flow;
use crate::model::venue::{is_short_name, is_venue};
use crate::model::{Author, Spot, years};
use crate::text::{Span, slice};

/// The parts of an entry.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct Parts {
    /// The title.
    pub(in crate::model) title: Option<Spot>,
    /// The authors.
    pub(in crate::model) authors: Vec<Author>,
    /// The list leaves authors out.
    pub(in crate::model) truncated: bool,
    /// The year.
    pub(in crate::model) year: Option<(i16, Span)>,
    /// The venue.
    pub(in crate::model) venue: Option<Spot>,
    /// How surely this is a publication: the author list's score plus what else was found.
    pub(in crate::model) score: u32,
}

/// A candidate for the title.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    start: usize,
    end: usize,
    score: i32,
}

/// Reads the parts of an entry.
pub(in crate::model) fn read(flow: &Flow, entry: &EntryText) -> Parts {
    let segments = segments(entry);
    let runs = author_runs(entry, &segments);
    let run = best_run(entry, &runs);
    let title = title(entry, &segments, run);
    // A name alone is an author only when a title stands beside it.
    let run = run.filter(|run| run.score > 1 || title.is_some());
    let authors: Vec<Author> = run
        .map(|run| run.authors.iter().map(|found| found.author(entry, flow)).collect())
        .unwrap_or_default();
    let venue = venue(entry, &segments, run, title);
    let year = run.and_then(|run| dated(entry, run.end)).or_else(|| year(entry, title, venue));
    let score = run.map_or(0, |run| run.score)
        + u32::from(title.is_some()) * 3
        + u32::from(venue.is_some()) * 2
        + u32::from(year.is_some()) * 2;
    let spot = |range: (usize, usize)| Spot {
        text: words(slice(entry.text(), Span::at(range.0, range.1))).into(),
        span: entry.cooked.source_span(range.0, range.1),
    };
    Parts {
        title: title.map(spot),
        authors,
        truncated: run.is_some_and(|run| run.truncated),
        year: year.map(|(year, start, end)| (year, entry.cooked.source_span(start, end))),
        venue: venue.map(spot),
        score,
    }
}

fn words(text: &str) -> String {
    text.replace(OBJECT, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The likeliest author list: the best score; among equals the first. A block whose class names the
/// authors decides.
fn best_run<'r>(entry: &EntryText, runs: &'r [AuthorRun]) -> Option<&'r AuthorRun> {
    let classed = |run: &AuthorRun| {
        entry
            .classes
            .iter()
            .any(|(start, end, class)| *start <= run.start && run.start < *end && class.contains("author"))
    };
    let best = runs.iter().max_by_key(|run| (classed(run), run.score))?;
    // Editors and hosts of a volume stand behind the authors and may be more: the first sure list wins.
    let sure =
        |run: &&AuthorRun| classed(run) == classed(best) && run.score >= 8 && run.score * 2 >= best.score;
    runs.iter()
        .find(sure)
        .or_else(|| runs.iter().find(|run| classed(run) == classed(best) && run.score == best.score))
}

// ---- title ------------------------------------------------------------------------------------

fn title(entry: &EntryText, segments: &[Segment], run: Option<&AuthorRun>) -> Option<(usize, usize)> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for phrase in &entry.phrases {
        let bonus = match phrase.look {
            Look::Quoted => 7,
            Look::Link | Look::Strong => 3,
            Look::Heading => 5,
            Look::Emph => 0,
            Look::Code => continue,
        };
        candidates.push(Candidate { start: phrase.start, end: phrase.end, score: bonus });
    }
    for (start, end) in sentences(entry, segments, run) {
        candidates.push(Candidate { start, end, score: 0 });
    }
    for (start, end, class) in &entry.classes {
        if class.contains("title") {
            candidates.push(Candidate { start: *start, end: *end, score: 8 });
        }
    }
    let mut best: Option<Candidate> = None;
    for candidate in candidates {
        if let Some(candidate) = judge(entry, run, candidate)
            && best.is_none_or(|held| candidate.score > held.score)
        {
            best = Some(candidate);
        }
    }
    best.map(|candidate| (candidate.start, candidate.end))
}

/// The sentences and lines of the entry outside its author list: from one break, full stop or end of
/// the authors to the next.
fn sentences(entry: &EntryText, segments: &[Segment], run: Option<&AuthorRun>) -> Vec<(usize, usize)> {
    let inside =
        |segment: &Segment| run.is_some_and(|run| segment.start < run.end && run.start < segment.end);
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut was_bracketed = false;
    for segment in segments {
        let ends = Gap::BREAK.with(Gap::SENTENCE).with(Gap::QUOTE).with(Gap::BORDER);
        // Brackets at the very start (a status, a number) are not part of a title.
        let leaves_opening_bracket =
            was_bracketed && !segment.bracketed && open.is_some_and(|(start, end)| end - start < 30);
        if segment.before.any(ends)
            || inside(segment)
            || leaves_opening_bracket
            || is_object_gap(entry, open, segment)
        {
            out.extend(open.take());
        }
        was_bracketed = segment.bracketed;
        if inside(segment) {
            continue;
        }
        match &mut open {
            Some((_, end)) => *end = segment.end,
            None => open = Some((segment.start, segment.end)),
        }
    }
    out.extend(open);
    out
}

/// Whether an image or template output stands between the open sentence and a segment.
fn is_object_gap(entry: &EntryText, open: Option<(usize, usize)>, segment: &Segment) -> bool {
    open.is_some_and(|(_, end)| slice(entry.text(), Span::at(end, segment.start)).contains(OBJECT))
}

/// Labels of links and statuses that are no titles.
const LABELS: &[&str] = &[
    "paper",
    "code",
    "pdf",
    "arxiv",
    "project",
    "website",
    "slides",
    "poster",
    "video",
    "bibtex",
    "bib",
    "doi",
    "link",
    "supplementary",
    "supplement",
    "talk",
    "blog",
    "data",
    "dataset",
    "demo",
    "appendix",
    "abstract",
    "preprint",
    "html",
    "github",
    "page",
    "cite",
    "press",
    "media",
    "download",
    "journal",
    "publisher",
    "proceedings",
    "here",
    "more",
    "full",
    "text",
    "version",
    "author",
    "keyword",
    "keywords",
    "official",
    "tldr",
    "accepted",
    "submitted",
    "oral",
    "spotlight",
];

/// Scores a candidate after trimming it; `None` when it is no title.
fn judge(entry: &EntryText, run: Option<&AuthorRun>, candidate: Candidate) -> Option<Candidate> {
    let (start, end) = trimmed(entry, candidate.start, candidate.end)?;
    let text = slice(entry.text(), Span::at(start, end));
    if run.is_some_and(|run| start < run.end && run.start < end) {
        return None;
    }
    let count = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let cjk = text.chars().filter(|&c| crate::model::name::is_cjk(c)).count();
    if letters < 3 || text.chars().count() > 400 {
        return None;
    }
    let lower = text.to_lowercase();
    let label_words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if label_words.clone().all(|word| LABELS.contains(&word) || word.chars().all(|c| c.is_ascii_digit())) {
        return None;
    }
    let mut score = candidate.score + i32::try_from(count.max(cjk / 3).min(10)).unwrap_or(10);
    if count < 2 && cjk < 4 {
        score -= 4;
    }
    if is_venue(text) {
        score -= 8;
    }
    if ["pp.", "vol.", "no.", "volume ", "pages ", "doi:", "isbn", "eds."]
        .iter()
        .any(|word| lower.contains(word))
    {
        score -= 4;
    }
    if is_status(text) {
        score -= 8;
    }
    if text.chars().next().is_some_and(char::is_lowercase) {
        score -= 2;
    }
    if text.contains(": ") || text.ends_with('?') {
        score += 1;
    }
    match run {
        Some(run) => {
            let between_before =
                run.start.checked_sub(end).map(|_| slice(entry.text(), Span::at(end, run.start)));
            let between_after =
                start.checked_sub(run.end).map(|_| slice(entry.text(), Span::at(run.end, start)));
            if between_before.is_some_and(|gap| !has_words(gap))
                || between_after.is_some_and(|gap| !has_words(gap))
            {
                score += 5;
            } else if between_before.is_none() && between_after.is_some_and(|gap| gap.chars().count() > 120) {
                score -= 3;
            }
        }
        None if start < 4 => score += 4,
        None => {}
    }
    (score > 3).then_some(Candidate { start, end, score })
}

/// What entries say of their state, or of the people in them.
const STATUSES: &[&str] = &[
    "accepted",
    "under review",
    "to appear",
    "in press",
    "submitted",
    "best paper",
    "keyword",
    "code:",
    "tl;dr",
    "equal contribution",
    "corresponding author",
    "work in progress",
    "forthcoming",
    "in preparation",
    "in review",
    "preprint",
    "project page",
    "major revision",
    "minor revision",
];

fn is_status(text: &str) -> bool {
    let lower = text.trim_start_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    STATUSES.iter().any(|status| lower.starts_with(status))
}

/// Whether the text between two parts holds words: years, marks and brackets do not count.
fn has_words(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 3)
}

/// A range without white space, separators and opening numbers at its ends.
fn trimmed(entry: &EntryText, start: usize, end: usize) -> Option<(usize, usize)> {
    let text = slice(entry.text(), Span::at(start, end));
    let head = text.trim_start_matches(|c: char| {
        c.is_whitespace() || ",.;:–—-*|·•\"“”[(".contains(c) || c == '\u{fffc}'
    });
    let from = end - head.len();
    let is_tail = |c: char| c.is_whitespace() || ",.;:–—-*|·•\"“”«»[(".contains(c) || c == '\u{fffc}';
    let mut body = head.trim_end_matches(is_tail);
    // A closing bracket goes with its opening one.
    while let Some(rest) = body.strip_suffix([')', ']']) {
        if rest.matches(['(', '[']).count() > rest.matches([')', ']']).count() {
            break;
        }
        body = rest.trim_end_matches(is_tail);
    }
    // `Title (ICML 2024)`, `Title (under review`: what the last brackets say is said of the title.
    let open = body.rfind(['(', '[', '（']).filter(|open| {
        *open > 0
            && body
                .get(*open..)
                .is_some_and(|tail| tail.find([')', ']', '）']).is_none_or(|at| *open + at + 3 >= body.len()))
    });
    if let Some(open) = open {
        let inner = body.get(open..).unwrap_or("").trim_matches(['(', ')', '[', ']', '（', '）']);
        if is_venue(inner) || !years(inner).is_empty() || is_status(inner) {
            body = body.get(..open).unwrap_or(body).trim_end_matches(is_tail);
        }
    }
    // `[3] Title`, `1. Title` in text that is no list.
    let digits = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let (body, from) = match digits.strip_prefix(". ").or_else(|| digits.strip_prefix("] ")) {
        Some(rest) if digits.len() < body.len() => {
            (rest.trim_start(), from + body.len() - rest.trim_start().len())
        }
        _ => (body, from),
    };
    (!body.is_empty()).then_some((from, from + body.len()))
}

// ---- venue and year ---------------------------------------------------------------------------

fn venue(
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
        let named = is_venue(text);
        match phrase.look {
            Look::Emph | Look::Strong | Look::Code if named => offer(8, phrase.start, phrase.end),
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
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    (2..=8).contains(&words.len())
        && !years(text).is_empty()
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
fn dated(entry: &EntryText, authors_end: usize) -> Option<(i16, usize, usize)> {
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
fn year(
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
