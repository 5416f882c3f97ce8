//! The lines of the file around a finding, numbered, with the marked place.

use crate::report::clean;
use crate::text::{Source, Span};
use maud::{Markup, html};

/// Lines shown before and behind the marked place.
const AROUND: u32 = 2;
/// Lines of a marked place that are shown.
const MARKED: u32 = 8;
/// Characters of a line shown before and behind the mark, or before the first of a line without one.
const WIDTH: usize = 240;

/// The lines around a span.
pub(super) fn around(source: &Source, span: Span) -> Markup {
    let first = source.line_index(span.start);
    let last = source.line_index(span.end.saturating_sub(1).max(span.start)).min(first + MARKED - 1);
    let from = first.saturating_sub(AROUND);
    let to = (last + AROUND).min(source.line_count().saturating_sub(1));
    html! {
        pre tabindex="0" {
            @for line in from..=to {
                @let (before, marked, after) = parts(source, source.line_span(line), span);
                span.line.at[line >= first && line <= last] {
                    span.number { (line + 1) }
                    code { (before) @if let Some(marked) = &marked { mark { (marked) } } (after) }
                }
            }
        }
    }
}

/// What stands on a line before, in and behind the marked place; the mark of nothing is a stroke.
fn parts(source: &Source, line: Span, span: Span) -> (String, Option<String>, String) {
    let inside = |offset: u32| offset.clamp(line.start, line.end);
    let touches = span.start <= line.end && (span.end > line.start || span.start >= line.start);
    let (start, end) = (inside(span.start), inside(span.end));
    if !touches || (start == end && !span.is_empty()) {
        return (head(source.slice(line)), None, String::new());
    }
    let marked = source.slice(Span::new(start, end));
    let marked = if marked.is_empty() { "\u{2009}".to_owned() } else { head(marked) };
    (
        tail(source.slice(Span::new(line.start, start))),
        Some(marked),
        head(source.slice(Span::new(end, line.end))),
    )
}

/// The beginning of a text.
fn head(text: &str) -> String {
    let mut shown: String = text.chars().take(WIDTH).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    harmless(&shown)
}

/// The end of a text.
fn tail(text: &str) -> String {
    match text.char_indices().rev().nth(WIDTH) {
        Some((at, _)) => {
            let rest = text.split_at_checked(at).map_or("", |(_, rest)| rest);
            format!("…{}", harmless(rest))
        }
        None => harmless(text),
    }
}

/// The text without a byte order mark, and cleaned.
fn harmless(text: &str) -> String {
    clean::line(text.trim_start_matches('\u{feff}')).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, start: u32, end: u32) -> String {
        around(&Source::new("a.md", text), Span::new(start, end)).into_string()
    }

    #[test]
    fn the_place_is_marked_on_each_of_its_lines() {
        let text = shown("one\ntwo\nthree\nfour\nfive\n", 5, 11);
        for part in [
            "<span class=\"number\">1</span><code>one</code>",
            "<code>t<mark>wo</mark></code>",
            "<code><mark>thr</mark>ee</code>",
            "<code>four</code>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(text.matches("class=\"line at\"").count(), 2, "{text}");
    }

    #[test]
    fn a_place_without_extent_is_marked() {
        assert!(shown("ab\n", 1, 1).contains("a<mark>\u{2009}</mark>b"), "{}", shown("ab\n", 1, 1));
    }

    #[test]
    fn long_lines_and_long_places_are_cut() {
        let text = format!("{}teh{}", "é".repeat(50_000), "b".repeat(50_000));
        let shown_text = shown(&text, 100_000, 100_003);
        assert!(
            shown_text.len() < 2_000 && shown_text.contains("é<mark>teh</mark>b"),
            "{}",
            shown_text.len()
        );
        let many = "x\n".repeat(10_000);
        assert!(shown(&many, 0, 20_000).matches("class=\"line").count() < 12);
    }
}
