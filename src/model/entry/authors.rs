//! Finds the author lists of an entry: runs of names between separators that join names.

use super::text::{Look, OBJECT};
use super::{Cut, EntryText, Gap, Segment};
use crate::markup::{Flow, Style};
use crate::model::Author;
use crate::model::name::{Shape, is_cjk, is_group, is_joint, is_suffix, shape};
use crate::text::{Span, slice};

/// A list of authors.
#[derive(Debug)]
pub(in crate::model) struct AuthorRun {
    /// First byte of the list in the entry's text.
    pub(in crate::model) start: usize,
    /// One past its last byte, marks and `et al.` included.
    pub(in crate::model) end: usize,
    /// The authors.
    pub(in crate::model) authors: Vec<Found>,
    /// The list says that it leaves authors out.
    pub(in crate::model) truncated: bool,
    /// How surely it is a list of authors.
    pub(in crate::model) score: u32,
}

/// A name in a list, as places in the entry's text.
#[derive(Clone, Debug)]
pub(in crate::model) struct Found {
    /// First byte of the name.
    pub(in crate::model) start: usize,
    /// One past the last byte of the name.
    pub(in crate::model) end: usize,
    /// The marks behind or before it.
    pub(in crate::model) marks: Vec<Box<str>>,
    shape: Shape,
}

/// Characters that mark an author and are no part of the name.
fn is_mark(character: char) -> bool {
    if character.is_ascii() {
        return matches!(character, '*' | '#' | '^' | '~' | '+' | '=');
    }
    !is_cjk(character) && "∗⋆†‡§¶‖✉📧📮♠♣♢♡◇◆★☆△▲○●◦✝✦✧⚑🌟⭐\u{fe0f}\u{200d}".contains(character)
}

impl Found {
    /// The author as the model keeps it.
    pub(in crate::model) fn author(&self, entry: &EntryText, flow: &Flow) -> Author {
        let text = slice(entry.text(), Span::at(self.start, self.end));
        let name: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let emphasis = Style::STRONG.with(Style::UNDERLINE).with(Style::COLOUR);
        let url = entry.link(self.start).map(|link| flow.links[link as usize].target.clone());
        Author {
            name: name.into(),
            span: entry.cooked.source_span(self.start, self.end),
            highlighted: entry.is_styled(self.start, self.end, emphasis),
            marks: self.marks.clone(),
            url,
        }
    }
}

/// The name inside a segment: marks, raised text and empty space around it are left out.
fn name_in(entry: &EntryText, segment: &Segment) -> Option<Found> {
    let text = segment.text(entry);
    let mut marks: Vec<Box<str>> = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = segment.start;
    let mut mark = String::new();
    for (offset, character) in text.char_indices() {
        let at = segment.start + offset;
        let raised = entry.is_raised(at);
        if character.is_ascii_alphabetic() && !raised && mark.is_empty() {
            start.get_or_insert(at);
            end = at + 1;
            continue;
        }
        // A digit is a mark where it touches the name: `BMVC 2021` is no name with a mark.
        let touches = end == at;
        let digit = character.is_ascii_digit()
            || ('\u{2070}'..='\u{2089}').contains(&character)
            || matches!(character, '¹' | '²' | '³');
        if raised || is_mark(character) || (digit && touches && start.is_some()) {
            if !character.is_whitespace() && character != '$' {
                mark.push(character);
            }
            continue;
        }
        if !mark.is_empty() {
            marks.push(std::mem::take(&mut mark).into());
        }
        if character.is_whitespace() || character == '\u{200b}' {
            continue;
        }
        start.get_or_insert(at);
        end = at + character.len_utf8();
    }
    if !mark.is_empty() {
        marks.push(mark.into());
    }
    let start = start?;
    let name = slice(entry.text(), Span::at(start, end));
    Some(Found { start, end, marks, shape: shape(name) })
}

/// Whether a segment holds only marks (`*`, `†`, a raised `1`).
fn is_only_marks(entry: &EntryText, segment: &Segment) -> bool {
    let text = segment.text(entry);
    text.char_indices().all(|(offset, character)| {
        entry.is_raised(segment.start + offset)
            || is_mark(character)
            || character.is_ascii_digit()
            || character.is_whitespace()
            || character == OBJECT
    })
}

/// All runs of names in the entry, in order.
pub(in crate::model) fn author_runs(entry: &EntryText, segments: &[Segment]) -> Vec<AuthorRun> {
    let name = |each: &Segment| if has_no_name(entry, each) { None } else { name_in(entry, each) };
    let pieces = Pieces { entry, segments, names: segments.iter().map(name).collect() };
    let mut out = Vec::new();
    let mut index = 0;
    while index < segments.len() {
        match run_from(&pieces, index) {
            Some((run, next)) => {
                out.push(run);
                index = next.max(index + 1);
            }
            None => index += 1,
        }
    }
    out
}

/// A quick look that tells for most of running text that no name is in it: a word in lower case may
/// stand in one only when it joins others.
fn has_no_name(entry: &EntryText, segment: &Segment) -> bool {
    !entry.is_any_raised()
        && segment.text(entry).split_ascii_whitespace().any(|word| {
            word.starts_with(|c: char| c.is_ascii_lowercase()) && !(word.len() < 8 && is_joint(word))
        })
}

/// The segments of an entry, each with the name in it.
struct Pieces<'a> {
    entry: &'a EntryText,
    segments: &'a [Segment],
    names: Vec<Option<Found>>,
}

impl Pieces<'_> {
    /// The shape of the name in a segment.
    fn shape(&self, index: usize) -> Shape {
        self.names.get(index).and_then(Option::as_ref).map_or(Shape::No, |found| found.shape)
    }

    /// Whether what stands in a segment is surely a name.
    fn is_sure(&self, index: usize) -> bool {
        matches!(self.shape(index), Shape::Full | Shape::Native)
    }
}

/// Reads a run of names that starts at segment `first`.
fn run_from(pieces: &Pieces<'_>, first: usize) -> Option<(AuthorRun, usize)> {
    let Pieces { entry, segments, names } = pieces;
    if segments[first].bracketed {
        return None;
    }
    let opening = opening(entry, &segments[first]);
    let stripped = opening.map(|opening| name_in(entry, &opening).filter(|_| !has_no_name(entry, &opening)));
    let start_found = stripped.as_ref().unwrap_or(&names[first]).as_ref()?;
    let doubtful = start_found.shape == Shape::Doubtful && among_names(pieces, first, &[]);
    if !(is_namelike(start_found, entry) || doubtful) {
        return None;
    }
    let mut founds: Vec<(Found, Gap)> = Vec::new();
    let mut truncated = false;
    let mut end = segments[first].end;
    let mut index = first;
    let dashed =
        segments.get(first + 1).is_some_and(|second| second.before == Gap::DASH) && pieces.is_sure(first + 1);
    while index < segments.len() {
        let segment = opening.filter(|_| index == first).unwrap_or(segments[index]);
        if index > first {
            let gap = segment.before;
            if gap.any(Gap::ET_AL) && !founds.is_empty() {
                truncated = true;
                end = end.max(segment.start.min(segment.end));
                // `A, …, B`: the list goes on behind the dots only after a comma, and with a full name.
                let goes_on = gap.any(Gap::COMMA) && pieces.is_sure(index);
                if !goes_on {
                    break;
                }
            }
            if segment.bracketed && gap.any(Gap::BRACKET) {
                // A native form, a role or a footnote in brackets does not end the list.
                if is_aside(segment.text(entry)) {
                    index += 1;
                    continue;
                }
                break;
            }
            if is_only_marks(entry, &segment) {
                if let Some((last, _)) = founds.last_mut() {
                    last.marks.extend(segment.text(entry).split_whitespace().map(Into::into));
                }
                end = segment.end;
                index += 1;
                continue;
            }
            let joins =
                gap.any(Gap::COMMA.with(Gap::AND).with(Gap::SEMICOLON)) || (dashed && gap.any(Gap::DASH));
            let breaks = gap.any(Gap::SENTENCE.with(Gap::QUOTE).with(Gap::OTHER).with(Gap::BORDER));
            if !joins || breaks {
                break;
            }
        }
        let found = stripped.as_ref().filter(|_| index == first).unwrap_or(&names[index]);
        let Some(found) = found else { break };
        let doubtful = found.shape == Shape::Doubtful && among_names(pieces, index, &founds);
        if !(doubtful || is_namelike(found, entry)) {
            // `… and C. A title behind the last name`: nothing of it is a name.
            break;
        }
        end = segment.end;
        founds.push((found.clone(), segment.before));
        index += 1;
    }
    let tail_gap = segments.get(index).map_or(Gap::default(), |segment| segment.before);
    if !truncated && tail_gap.any(Gap::ET_AL) && !founds.is_empty() {
        truncated = true;
    }
    if segments.get(index).is_none()
        && entry
            .text()
            .get(end..)
            .is_some_and(|tail| tail.contains("et al") || tail.contains('…') || tail.contains("..."))
    {
        truncated = true;
    }
    let authors = merge_initials(entry, &founds);
    let score = score(&authors, truncated, entry);
    (score > 0).then(|| {
        let start = authors.first().map_or(segments[first].start, |found| found.start);
        (AuthorRun { start, end, authors, truncated, score }, index)
    })
}

/// Whether a doubtful name stands among sure ones: two before it, or two behind it, or one on each side.
fn among_names(pieces: &Pieces<'_>, index: usize, before: &[(Found, Gap)]) -> bool {
    let is_sure = |shape: Shape| matches!(shape, Shape::Full | Shape::Native);
    let sure_before = before.iter().rev().take(2).take_while(|(found, _)| is_sure(found.shape)).count();
    let sure_after = (index + 1..pieces.segments.len())
        .take(2)
        .take_while(|&next| {
            let gap = pieces.segments[next].before;
            let joins = gap.any(Gap::COMMA.with(Gap::AND))
                && !gap.any(Gap::SENTENCE.with(Gap::QUOTE).with(Gap::BORDER));
            joins && pieces.is_sure(next)
        })
        .count();
    // Behind a list, a title may follow after a comma: only a list that ends is believed.
    let ends = pieces.segments.get(index + 1).is_none_or(|next| {
        next.before.any(Gap::SENTENCE.with(Gap::BREAK).with(Gap::BORDER).with(Gap::QUOTE))
    });
    (sure_before > 0 && sure_after > 0)
        || (before.is_empty() && sure_after == 2)
        || (sure_before == 2 && ends)
}

/// A segment without the word (`By`, `with`) that stands before its first name, where there is one.
fn opening(entry: &EntryText, segment: &Segment) -> Option<Segment> {
    let text = segment.text(entry);
    let word = text
        .split_inclusive(' ')
        .next()
        .filter(|word| matches!(*word, "by " | "By " | "with " | "With " | "and "))?;
    let rest = text.strip_prefix(word)?;
    Some(Segment { start: segment.end - rest.len(), ..*segment })
}

fn is_namelike(found: &Found, entry: &EntryText) -> bool {
    match found.shape {
        Shape::Doubtful => false,
        Shape::No => {
            let text = slice(entry.text(), Span::at(found.start, found.end));
            text.len() < 50 && text.starts_with(char::is_uppercase) && is_group(text)
        }
        _ => true,
    }
}

/// Whether bracketed text inside a list of authors belongs to a name (another script, an affiliation, a
/// role, what a mark means) rather than ending the list as a year does.
fn is_aside(text: &str) -> bool {
    text.chars().count() < 80 && !text.chars().any(|c| c.is_ascii_digit())
}

/// Joins family names and the initials behind them (`Sanjay, V.`), and pairs of words between stronger
/// separators (`Villarreal, Dan; Clark, Lynn`).
fn merge_initials(entry: &EntryText, founds: &[(Found, Gap)]) -> Vec<Found> {
    let initials_follow = founds.windows(2).filter(|pair| is_pair(&pair[0].0, &pair[1], entry)).count();
    let singles = founds.iter().filter(|(found, _)| found.shape == Shape::Single).count();
    let strong = founds
        .iter()
        .filter(|(_, gap)| gap.any(Gap::SEMICOLON.with(Gap::AND)) && !gap.any(Gap::COMMA))
        .count();
    // `Last, First` pairs between `;` or `and`: every name is one word, and half of them open a pair.
    let paired = singles == founds.len()
        && founds.len() >= 4
        && founds.len().is_multiple_of(2)
        && strong + 1 == founds.len() / 2;
    let turned = is_first_turned(entry, founds);
    let mut out: Vec<Found> = Vec::with_capacity(founds.len());
    let mut index = 0;
    while index < founds.len() {
        let (found, _) = &founds[index];
        if let Some(next) = founds.get(index + 1)
            && ((initials_follow > 0 && is_pair(found, next, entry))
                || (paired && index % 2 == 0)
                || (turned && index == 0))
        {
            let mut joined = found.clone();
            joined.end = next.0.end;
            joined.marks.extend(next.0.marks.iter().cloned());
            joined.shape = Shape::Full;
            out.push(joined);
            index += 2;
        } else if let Some(last) = out.last_mut()
            && is_suffix(slice(entry.text(), Span::at(found.start, found.end)))
        {
            last.end = found.end;
            index += 1;
        } else {
            out.push(found.clone());
            index += 1;
        }
    }
    out
}

/// Whether the first name alone stands with its family name in front, as in Chicago style:
/// `Lindqvist, Rosa, and Tomas Abara`.
fn is_first_turned(entry: &EntryText, founds: &[(Found, Gap)]) -> bool {
    let [(family, _), (given, gap), others @ ..] = founds else { return false };
    let text = slice(entry.text(), Span::at(given.start, given.end));
    // `Rosa`, `Rosa M.`
    let is_given = given.shape == Shape::Single
        || text.rsplit_once(' ').is_some_and(|(_, last)| last.ends_with('.') && last.chars().count() == 2);
    family.shape == Shape::Single
        && is_given
        && *gap == Gap::COMMA
        && others.last().is_some_and(|(_, gap)| gap.any(Gap::AND))
        && others.iter().all(|(found, _)| found.shape == Shape::Full)
}

/// Whether `next` holds the initials that follow the family name `found` after a comma.
fn is_pair(found: &Found, next: &(Found, Gap), entry: &EntryText) -> bool {
    let text = slice(entry.text(), Span::at(found.start, found.end));
    next.0.shape == Shape::Initials
        && next.1 == Gap::COMMA
        && match found.shape {
            Shape::Single => true,
            // Double surnames, and names in capitals that look like initials.
            Shape::Full => !text.contains('.') && text.split_whitespace().count() <= 3,
            Shape::Initials => !text.contains('.') && text.len() > 1,
            _ => false,
        }
}

/// How surely the names are a list of authors; 0 when they are not.
fn score(authors: &[Found], truncated: bool, entry: &EntryText) -> u32 {
    let emphasis = Style::STRONG.with(Style::UNDERLINE).with(Style::COLOUR);
    let mut full = 0;
    let mut single = 0;
    let mut highlighted = 0;
    let mut last_first = 0;
    for found in authors {
        match found.shape {
            Shape::Full | Shape::Native | Shape::Doubtful => full += 1,
            Shape::Single => single += 1,
            _ => {}
        }
        let text = slice(entry.text(), Span::at(found.start, found.end));
        last_first += u32::from(text.contains(',') && text.contains('.'));
        highlighted += u32::from(entry.is_styled(found.start, found.end, emphasis));
    }
    let all = authors.len() as u32;
    if full == 0 && !(truncated && single == 1) {
        return 0;
    }
    // Single words are names only among full ones.
    if single > full + 1 && !truncated {
        return 0;
    }
    if all == 1 && !truncated {
        return lone_score(&authors[0], highlighted == 1, last_first == 1, entry);
    }
    full * 4 + single + u32::from(highlighted == 1) * 6 + last_first + u32::from(truncated) * 4
}

/// How surely one name by itself is an author: 1 for a name somewhere, more where its place says so.
fn lone_score(found: &Found, highlighted: bool, last_first: bool, entry: &EntryText) -> u32 {
    // A name within a longer bold phrase, link or quotation is a part of a title.
    let in_phrase = entry.phrases.iter().any(|phrase| {
        phrase.look != Look::Heading
            && phrase.start <= found.start
            && found.end <= phrase.end
            && phrase.end - phrase.start > found.end - found.start + 6
    });
    if in_phrase {
        return 0;
    }
    let before = entry.text().get(..found.start).unwrap_or("").trim_end_matches([' ', '\u{a0}']);
    let after = entry
        .text()
        .get(found.end..)
        .unwrap_or("")
        .trim_start_matches(|c: char| is_mark(c) || ". ,".contains(c));
    // `Sanjay, V. (2026)`, and a line that holds the name alone.
    let dated = after.starts_with('(') && after.chars().skip(1).take(4).all(|c| c.is_ascii_digit());
    let own_line =
        (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'));
    if highlighted {
        6
    } else if last_first || dated || (own_line && !before.is_empty()) {
        5
    } else {
        1
    }
}

/// Every piece of a text that is known to hold authors and nothing else, whatever its shape; and
/// whether it says that it leaves some out.
pub(in crate::model) fn every_piece(cut: &Cut, flow: &Flow) -> (Vec<Author>, bool) {
    let entry = &cut.text;
    let mut founds: Vec<(Found, Gap)> = Vec::new();
    let mut truncated = entry.text().contains("et al");
    for segment in &cut.segments {
        truncated |= segment.before.any(Gap::ET_AL);
        if is_only_marks(entry, segment) {
            if let Some((last, _)) = founds.last_mut() {
                last.marks.extend(segment.text(entry).split_whitespace().map(Into::into));
            }
        } else if !segment.bracketed
            && let Some(found) = name_in(entry, segment)
        {
            founds.push((found, segment.before));
        }
    }
    let authors = merge_initials(entry, &founds);
    (authors.iter().map(|found| found.author(entry, flow)).collect(), truncated)
}
