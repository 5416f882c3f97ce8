//! Lines that stand twice, as they are left when an entry is pasted without a blank line before it: it
//! then belongs to the paragraph above, and no block is the copy of another.

use super::begins_with_label;
use crate::markup::{BlockKind, Dialect};
use crate::model::name::fold;
use crate::model::{Format, Page, title};
use crate::rules::Context;
use crate::text::Span;
use std::collections::BTreeMap;

/// The least number of letters and digits in a run of lines that says something once only.
const LEAST: usize = 60;
/// The same for a line by itself.
const LEAST_ALONE: usize = 120;
/// So long a line is a paragraph, whatever it opens with.
const PARAGRAPH: usize = 240;
/// More runs than this on one page are its manner of writing.
const MANY: usize = 6;

/// A line of text.
struct Line {
    span: Span,
    /// Its letters and digits, folded.
    key: String,
    /// How many of them show: those of targets and tags do not.
    shown: usize,
    /// It begins an entry: bold text, a link or a number in brackets opens it.
    opens: bool,
    /// A label opens it: `Dataset: …` stands on each of many entries.
    labelled: bool,
}

/// Reports runs of lines that stand above already; `copies` are blocks that are reported as a whole.
pub(super) fn report(page: &Page, copies: &[Span], cx: &mut Context<'_>) {
    let lines = lines(page);
    let mut runs = runs(&lines);
    // A page that repeats itself throughout is written so; the rest of the work would be in vain.
    if runs.len() > 100 {
        return;
    }
    runs.retain(|(first, second)| {
        !copies.iter().any(|copy| copy.overlaps(*second))
            && !is_one_paper(page, *first, *second)
            && !is_filed_twice(page, *first, *second)
    });
    if runs.len() > MANY {
        return;
    }
    for (first, second) in runs {
        let number = page.source.position(first.start).line;
        cx.report(page.at(second), format!("this stands already in line {number}"))
            .related(page.at(first), "first here")
            .help("remove one of the two");
    }
}

/// The lines of all text that is shown, without those that hold tags or template code.
fn lines(page: &Page) -> Vec<Line> {
    let mut out = Vec::new();
    for block in page.flow.blocks.iter().filter(|block| block.kind == BlockKind::Text && !block.folded) {
        let raw = page.slice(block.span);
        if raw.len() > 40_000 || raw.contains("$$") || raw.contains("{%") {
            continue;
        }
        if page.flow.around(block.parent, |block| block.kind == BlockKind::Table).is_some() {
            continue;
        }
        let mut start = block.span.start;
        let first = start;
        for line in raw.split_inclusive('\n') {
            let span = Span::new(start, start + line.trim_end().len() as u32);
            start += line.len() as u32;
            let mut key = fold(line);
            key.retain(char::is_alphanumeric);
            // A block may be part of another.
            let is_new = out.last().is_none_or(|last: &Line| last.span.end <= span.start);
            if is_new && !line.trim_start().starts_with(['|', '!', '{']) && !key.is_empty() {
                let marked = ["**", "__", "["].iter().any(|mark| line.trim_start().starts_with(mark));
                // At the start of a block, one of several lines: shorter blocks are compared as a whole.
                let opens = marked && (span.start > first || raw.lines().nth(2).is_some());
                out.push(Line { span, key, shown: shown(line), opens, labelled: begins_with_label(line) });
            }
        }
    }
    out
}

/// How many letters and digits of a line show.
fn shown(line: &str) -> usize {
    let mut hidden = None;
    let mut before = ' ';
    let mut count = 0;
    for c in line.chars() {
        match (hidden, c) {
            (Some(end), _) if c == end => hidden = None,
            (None, '(') if before == ']' => hidden = Some(')'),
            (None, '<') => hidden = Some('>'),
            (None, _) => count += usize::from(c.is_alphanumeric()),
            _ => {}
        }
        before = c;
    }
    count
}

/// The runs of lines that stand above already: where first, and where again.
fn runs(lines: &[Line]) -> Vec<(Span, Span)> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, line) in lines.iter().enumerate() {
        places.entry(&line.key).or_default().push(index);
    }
    let mut out = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        // What stands three times is said on purpose.
        let place = &places[&*lines[index].key];
        let first = place.first().copied().filter(|first| *first < index && place.len() == 2);
        let Some(first) = first else {
            index += 1;
            continue;
        };
        let same =
            |offset: &usize| first + offset < index && lines[first + offset].key == lines[index + offset].key;
        let length = (0..lines.len() - index).take_while(same).count();
        let letters: usize = lines[index..index + length].iter().map(|line| line.shown).sum();
        let says = (length > 1 && letters >= LEAST) || letters >= LEAST_ALONE;
        let paragraph = letters >= PARAGRAPH && !lines[index].labelled;
        if says && (lines[index].opens || paragraph) {
            let span = |from: usize| lines[from].span.cover(lines[from + length - 1].span);
            out.push((span(first), span(index)));
        }
        index += length.max(1);
    }
    out
}

/// Whether a list of papers on a subject has both places under two of its heads.
fn is_filed_twice(page: &Page, first: Span, second: Span) -> bool {
    // What was pasted into the paragraph of another paper is filed nowhere.
    let begins = page.flow.blocks.iter().any(|block| {
        matches!(block.kind, BlockKind::Text | BlockKind::Item)
            && block.span.start <= second.start
            && second.start - block.span.start <= 6
    });
    begins
        && page.format == Format::Markdown(Dialect::Github)
        && page.flow.blocks.iter().any(|block| {
            let start = block.span.start;
            matches!(block.kind, BlockKind::Heading(_)) && first.start < start && start < second.start
        })
}

/// Whether both places are parts of two entries of one paper, which duplicate/publication judges.
fn is_one_paper(page: &Page, first: Span, second: Span) -> bool {
    let paper = |span: Span| {
        let entry = page.publications.iter().find(|entry| entry.span.contains(span))?;
        Some((entry.span, title::key(&entry.title.as_ref()?.text)))
    };
    // Both in one entry: the copy was pasted into its paragraph.
    matches!((paper(first), paper(second)), (Some((one, a)), Some((other, b))) if a == b && one != other)
}
