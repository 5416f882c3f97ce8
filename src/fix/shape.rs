//! Whether a repair leaves alone what it does not touch.

use crate::diagnostic::Edit;
use crate::markup::Kind;
use crate::model::Page;
use crate::text::{Source, Span};
use std::collections::BTreeMap;
use std::mem::{Discriminant, discriminant};

/// Whether, in the text that some edits of a page make, all blocks that they do not touch are still the
/// same ones in the same places, and no more of the file fails to parse.
pub(super) fn holds(page: &Page, edits: &BTreeMap<u32, &Edit>, text: &str) -> bool {
    let after = Page::read(page.id, Source::new(page.path(), text), page.format);
    if after.problems.len() > page.problems.len() {
        return false;
    }
    let (mut old, mut new) = (Vec::new(), Vec::new());
    let mut shifts = Vec::new();
    let mut shift = 0_i64;
    for edit in edits.values() {
        let span = edit.place.span;
        let start = moved(span.start, shift);
        old.push(lines(&page.source, span));
        new.push(lines(&after.source, Span::new(start, start + edit.text.len() as u32)));
        shift += i64::from(edit.text.len() as u32) - i64::from(span.len());
        shifts.push((span.end, shift));
    }
    let place = |start: u32| {
        let before = shifts.partition_point(|(end, _)| *end <= start);
        moved(start, before.checked_sub(1).map_or(0, |last| shifts[last].1))
    };
    let expected: Vec<_> = untouched(page, &old).map(|(kind, start)| (kind, place(start))).collect();
    expected == untouched(&after, &new).collect::<Vec<_>>()
}

fn moved(offset: u32, by: i64) -> u32 {
    u32::try_from(i64::from(offset) + by).unwrap_or_default()
}

/// The lines that a span stands in.
fn lines(source: &Source, span: Span) -> Span {
    let last = source.line_span(source.line_index(span.end));
    source.line_span(source.line_index(span.start)).cover(last)
}

/// The blocks outside of some lines, which come in order: what each is and where it begins.
fn untouched<'a>(
    page: &'a Page,
    touched: &'a [Span],
) -> impl Iterator<Item = (Discriminant<Kind>, u32)> + 'a {
    let blocks = page.doc.nodes.iter().filter(|node| !node.kind.is_inline());
    blocks
        .filter(|node| {
            let next = touched.partition_point(|lines| lines.end < node.span.start);
            touched.get(next).is_none_or(|lines| lines.start > node.span.end)
        })
        .map(|node| (discriminant(&node.kind), node.span.start))
}
