//! What visitors see where a finding is: the entry, list item or paragraph around it, without its markup.

use crate::markup::{BlockKind, Run, RunKind, Style};
use crate::model::{Page, Publication};
use crate::report::clean;
use crate::text::Span;
use maud::{Markup, html};
use std::ops::Range;

/// Runs of a longer block are shown near the finding only.
const NEAR: usize = 40;
/// Authors of a reference that are shown.
const AUTHORS: usize = 30;
/// Characters of a run that are shown.
const LONGEST: usize = 400;

/// The part of the page around a span as its reader sees it, where the file is one that is read.
pub(super) fn of(page: &Page, span: Span) -> Option<Markup> {
    let entry = page.publications.iter().find(|entry| entry.span.contains(span));
    if !page.format.is_page() || page.doc.front.is_some_and(|front| front.span.overlaps(span)) {
        return entry.map(|entry| reference(entry, span));
    }
    let runs = around(page, span, entry)?;
    // A target or a tag is not on the page, but the words of its link are.
    let link = page.flow.links.iter().position(|link| link.span.contains(span) && link.span != span);
    let of_link = |run: &Run| link.is_some() && run.link.map(|at| at as usize) == link;
    let lit = |run: &Run| run.span.overlaps(span) || of_link(run);
    let at = runs.clone().find(|at| lit(&page.flow.runs[*at])).unwrap_or(runs.start);
    let shown = runs.start.max(at.saturating_sub(NEAR))..runs.end.min(at + NEAR);
    let near = &page.flow.runs[shown.clone()];
    if near.iter().all(|run| run.text(page.source.text()).trim().is_empty()) {
        return None;
    }
    let touched = near.iter().any(|run| run.span.overlaps(span));
    Some(html! {
        @if shown.start > runs.start { "… " }
        @for (run, index) in near.iter().zip(shown.clone()) {
            @if index > shown.start { (gap(page, index)) }
            @if !touched && of_link(run) { mark { (dressed(page, run, span)) } } @else { (dressed(page, run, span)) }
        }
        @if shown.end < runs.end { " …" }
    })
}

/// The runs of the entry, or of the smallest block that says something, around a span.
fn around(page: &Page, span: Span, entry: Option<&Publication>) -> Option<Range<usize>> {
    let flow = &page.flow;
    if let Some(entry) = entry {
        let from = flow.runs.partition_point(|run| run.span.end <= entry.span.start);
        let to = flow.runs.partition_point(|run| run.span.start < entry.span.end);
        if from < to {
            return Some(from..to);
        }
    }
    let block = flow
        .blocks
        .iter()
        .filter(|block| block.run_start < block.run_end && block.span.contains(span))
        .filter(|block| !matches!(block.kind, BlockKind::Root | BlockKind::List { .. } | BlockKind::Cell))
        .min_by_key(|block| block.span.len())?;
    Some(block.run_start as usize..block.run_end as usize)
}

/// What parts a run from the one before it.
fn gap(page: &Page, index: usize) -> Markup {
    // Blocks are in the order of their runs.
    let blocks = &page.flow.blocks;
    let from = blocks.partition_point(|block| (block.run_start as usize) < index);
    let beginning = || blocks[from..].iter().take_while(|block| block.run_start as usize == index);
    html! {
        @if beginning().any(|block| block.kind == BlockKind::Cell) { " · " }
        @else if beginning().next().is_some() { br; }
    }
}

/// A run in its styles, with the part of it that is marked.
fn dressed(page: &Page, run: &Run, span: Span) -> Markup {
    let text = run.text(page.source.text());
    let plain = match run.kind {
        RunKind::Break => return html! { br; },
        RunKind::Space => return html! { " " },
        RunKind::Unknown => html! { span.unknown { (short(page.source.slice(run.span))) } },
        RunKind::Image => html! { span.image { (short(text)) } },
        RunKind::Code | RunKind::Math => html! { code { (marked(run, text, span)) } },
        RunKind::Text => marked(run, text, span),
    };
    let mut out = plain;
    for (style, wrap) in WRAPS {
        if run.style.any(*style) {
            out = wrap(out);
        }
    }
    match run.link.and_then(|link| page.flow.links.get(link as usize)) {
        Some(link) => html! { span.link title=(short(&link.target)) { (out) } },
        None => out,
    }
}

/// Puts an element around what is inside.
type Wrap = fn(Markup) -> Markup;

/// The elements of the styles, the innermost first.
const WRAPS: &[(Style, Wrap)] = &[
    (Style::SUPER, |inner| html! { sup { (inner) } }),
    (Style::SUB, |inner| html! { sub { (inner) } }),
    (Style::STRIKE, |inner| html! { s { (inner) } }),
    (Style::UNDERLINE, |inner| html! { u { (inner) } }),
    (Style::EMPH, |inner| html! { em { (inner) } }),
    (Style::STRONG, |inner| html! { strong { (inner) } }),
];

fn marked(run: &Run, text: &str, span: Span) -> Markup {
    if !run.span.overlaps(span) {
        return html! { (short(text)) };
    }
    // A decoded run does not map byte for byte.
    let cut = |offset: u32| (offset.clamp(run.span.start, run.span.end) - run.span.start) as usize;
    let (from, to) = if run.shown.is_some() { (0, text.len()) } else { (cut(span.start), cut(span.end)) };
    let parts = (text.get(..from), text.get(from..to), text.get(to..));
    let (Some(before), Some(marked), Some(after)) = parts else { return html! { mark { (short(text)) } } };
    html! { (clean::line(before)) mark { (short(marked)) } (short(after)) }
}

fn short(text: &str) -> String {
    let mut out: String = text.chars().take(LONGEST).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    clean::line(&out).into_owned()
}

/// An entry of a bibliography or of front matter, as lists of publications commonly show it.
fn reference(entry: &Publication, span: Span) -> Markup {
    let spot = |text: &str, place: Span| {
        let text = short(text.trim());
        html! { @if place.overlaps(span) { mark { (text) } } @else { (text) } }
    };
    // Names that hold a comma are told apart by another sign.
    let between = if entry.authors.iter().any(|author| author.name.contains(',')) { "; " } else { ", " };
    html! {
        @if let Some(title) = &entry.title { strong { (spot(&title.text, title.span)) } br; }
        @for (at, author) in entry.authors.iter().take(AUTHORS).enumerate() {
            @if at > 0 { (between) }
            (spot(&author.name, author.span))
        }
        @if entry.authors.len() > AUTHORS || entry.truncated { " et al." }
        @if let Some(venue) = &entry.venue { br; em { (spot(&venue.text, venue.span)) } }
        @if let Some((year, place)) = entry.year {
            @if entry.venue.is_some() { ", " } @else { br; }
            (spot(&year.to_string(), place))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::FileId;
    use crate::markup::Dialect;
    use crate::model::Format;
    use crate::text::Source;

    /// The view of the first place where `needle` stands.
    fn seen(text: &str, needle: &str, format: Format) -> Option<String> {
        let page = Page::read(FileId(0), Source::new("a", text), format);
        let at = text.find(needle).expect("it is there");
        of(&page, Span::at(at, at + needle.len())).map(Markup::into_string)
    }

    fn markdown(text: &str, needle: &str) -> Option<String> {
        seen(text, needle, Format::Markdown(Dialect::Kramdown))
    }

    #[test]
    fn a_paragraph_without_its_markup() {
        let text = "Other.\n\nI am **Ada *teh* first** of <u>all</u>, `x` <3\n";
        assert_eq!(
            markdown(text, "teh").as_deref(),
            Some(
                "I am <strong>Ada </strong><strong><em><mark>teh</mark></em></strong><strong> first</strong> of <u>all</u>, <code>x</code> &lt;3"
            )
        );
    }

    #[test]
    fn the_words_of_a_link_stand_for_its_target() {
        let text = "My [CV](files/cv.pdf) is here.\n";
        assert_eq!(
            markdown(text, "files/cv.pdf").as_deref(),
            Some("My <mark><span class=\"link\" title=\"files/cv.pdf\">CV</span></mark> is here.")
        );
    }

    #[test]
    fn a_reference_for_bibtex_and_nothing_for_settings() {
        let bib = "@article{a, title = {On Maps}, author = {Ada Byron and Lin Qua}, journal = {Atlas}, year = 2020}";
        let view = seen(bib, "Lin Qua", Format::Bibtex).expect("a view");
        assert!(view.starts_with("<strong>On Maps</strong><br>Ada Byron, <mark>Lin Qua</mark>"), "{view}");
        assert!(view.ends_with("<em>Atlas</em>, 2020"), "{view}");
        assert_eq!(seen("title: teh\n", "teh", Format::Yaml), None);
        assert_eq!(markdown("---\ntitle: teh\n---\nText\n", "teh"), None);
    }

    #[test]
    fn a_long_block_is_cut() {
        let text = format!("{}teh {}", "*a* b ".repeat(5_000), "*a* b ".repeat(5_000));
        let view = markdown(&text, "teh").expect("a view");
        assert!(view.len() < 4_000 && view.contains("<mark>teh</mark>"), "{}", view.len());
    }
}
