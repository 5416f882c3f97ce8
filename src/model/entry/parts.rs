//! Puts an entry together: which of its texts is the title, which the authors, the venue, the year.

use super::text::{Look, OBJECT};
use super::venue::{dated, venue, year};
use super::{AuthorRun, EntryText, Gap, Segment, author_runs, segments};
use crate::markup::Flow;
use crate::model::letter::is_alphabetic;
use crate::model::venue::is_venue;
use crate::model::{Author, Spot, years};
use crate::text::{Span, slice};

/// An entry's text, cut at what may separate names, with the author lists in it.
#[derive(Debug)]
pub(in crate::model) struct Cut {
    /// The text.
    pub(in crate::model) text: EntryText,
    /// Its segments.
    pub(in crate::model) segments: Vec<Segment>,
    /// Its author lists.
    pub(in crate::model) runs: Vec<AuthorRun>,
}

impl Cut {
    /// Cuts a text.
    pub(in crate::model) fn new(text: EntryText) -> Self {
        let segments = segments(&text);
        let runs = author_runs(&text, &segments);
        Self { text, segments, runs }
    }
}

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
pub(in crate::model) fn read(flow: &Flow, cut: &Cut) -> Parts {
    let Cut { text: entry, segments, runs } = cut;
    let run = best_run(entry, runs);
    let title = title(entry, segments, run);
    // A name alone is an author only when a title stands beside it.
    let run = run.filter(|run| run.score > 1 || title.is_some());
    let authors: Vec<Author> = run
        .map(|run| run.authors.iter().map(|found| found.author(entry, flow)).collect())
        .unwrap_or_default();
    let venue = venue(entry, segments, run, title);
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
        let least = best.map_or(3, |held| held.score.max(3));
        best = judge(entry, run, candidate, least).or(best);
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

/// Whether a word in lower case is a label of a link or a status, and no title.
fn is_label(word: &str) -> bool {
    matches!(
        word,
        "paper"
            | "code"
            | "pdf"
            | "arxiv"
            | "project"
            | "website"
            | "slides"
            | "poster"
            | "video"
            | "bibtex"
            | "bib"
            | "doi"
            | "link"
            | "supplementary"
            | "supplement"
            | "talk"
            | "blog"
            | "data"
            | "dataset"
            | "demo"
            | "appendix"
            | "abstract"
            | "preprint"
            | "html"
            | "github"
            | "page"
            | "cite"
            | "press"
            | "media"
            | "download"
            | "journal"
            | "publisher"
            | "proceedings"
            | "here"
            | "more"
            | "full"
            | "text"
            | "version"
            | "author"
            | "keyword"
            | "keywords"
            | "official"
            | "tldr"
            | "accepted"
            | "submitted"
            | "oral"
            | "spotlight"
    )
}

/// Scores a candidate after trimming it; `None` when it is no title, or scores no more than `least`.
fn judge(entry: &EntryText, run: Option<&AuthorRun>, candidate: Candidate, least: i32) -> Option<Candidate> {
    if run.is_some_and(|run| run.start <= candidate.start && candidate.end <= run.end) {
        return None;
    }
    let (start, end) = trimmed(entry, candidate.start, candidate.end)?;
    let text = slice(entry.text(), Span::at(start, end));
    if run.is_some_and(|run| start < run.end && run.start < end) {
        return None;
    }
    let count = text.split_whitespace().count();
    let cjk =
        if text.is_ascii() { 0 } else { text.chars().filter(|&c| crate::model::name::is_cjk(c)).count() };
    let mut score = candidate.score + i32::try_from(count.max(cjk / 3).min(10)).unwrap_or(10);
    // What speaks for it and is not counted yet comes to 6 at most.
    if score + 6 <= least
        || text.chars().filter(|&c| is_alphabetic(c)).nth(2).is_none()
        || text.chars().count() > 400
    {
        return None;
    }
    let lower = text.to_lowercase();
    let mut label_words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if label_words.all(|word| is_label(word) || word.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
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
    (score > least).then_some(Candidate { start, end, score })
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

pub(super) fn is_status(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !is_alphabetic(c)).as_bytes();
    STATUSES.iter().any(|status| {
        text.get(..status.len()).is_some_and(|head| head.eq_ignore_ascii_case(status.as_bytes()))
    })
}

/// Whether the text between two parts holds words: years, marks and brackets do not count.
fn has_words(text: &str) -> bool {
    text.split(|c: char| !is_alphabetic(c)).any(|word| word.chars().nth(3).is_some())
}

/// Whether a text is a type of document as GB/T 7714 writes it behind a title: `[J]`, `[C/OL]`.
fn is_type(text: &str) -> bool {
    let kind = text.split('/').next().unwrap_or(text);
    matches!(kind, "J" | "C" | "D" | "M" | "N" | "P" | "R" | "S" | "EB" | "DB") && text.len() <= 5
}

/// A range without white space, separators and opening numbers at its ends.
pub(super) fn trimmed(entry: &EntryText, start: usize, end: usize) -> Option<(usize, usize)> {
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
        if is_venue(inner) || !years(inner).is_empty() || is_status(inner) || is_type(inner) {
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
