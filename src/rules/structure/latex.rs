//! `structure/latex`: commands of LaTeX in Markdown, which shows them as they are written.

use crate::diagnostic::{Safety, Severity};
use crate::markup::{Dialect, Kind};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "structure/latex",
    summary: "A command of LaTeX in Markdown, which shows it as it is written",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/structure/latex.md"),
};

/// The rule.
pub(super) struct Latex;

/// Commands that set text, and that no formula of a page needs outside of its dollar signs; and what is
/// left of one that lost its backslash.
static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\\{1,2}(?P<name>textbf|textit|emph|texttt|textsc|textsuperscript|underline|href|url)\{(?P<given>[^{}\n]+)\}|[0-9](?P<bare>textsuperscript|textsubscript)")
        .expect("a constant pattern")
});

/// What stands in longer braces, in bytes, is no word that was set.
const LONGEST: usize = 200;

impl Rule for Latex {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        // Pandoc takes them for what they are.
        if matches!(page.format, Format::Markdown(Dialect::Pandoc)) || !cx.site().facts.shows(page.path()) {
            return;
        }
        let text = page.source.text();
        // The pattern is large: pages without a backslash never compile it.
        if !(text.contains('\\') || text.contains("textsu")) || !COMMAND.is_match(text) {
            return;
        }
        let nodes = page.doc.nodes.iter().filter(|node| !node.wide);
        for block in nodes.filter(|node| matches!(node.kind, Kind::Paragraph | Kind::Heading(_) | Kind::Cell))
        {
            let shown = page.slice(block.span);
            // A script may set the formulas of a paragraph, wherever they begin and end.
            if shown.contains('$')
                || [r"\(", r"\[", r"\begin", r"\\("].iter().any(|sign| shown.contains(sign))
            {
                continue;
            }
            for found in COMMAND.captures_iter(shown) {
                let Some(whole) = found.get(0) else { continue };
                if found.name("given").is_some_and(|given| given.len() > LONGEST) {
                    continue;
                }
                let whole = found.name("bare").unwrap_or(whole);
                let span = Span::at(whole.start(), whole.end()).shift(block.span.start);
                if is_quiet(page, span) {
                    continue;
                }
                let place = page.at(span);
                let report = cx
                    .report(place, "this command of LaTeX shows as it is written")
                    .help("write it in Markdown or HTML");
                if let Some(mended) = found
                    .name("given")
                    .zip(found.name("name"))
                    .and_then(|(given, name)| markdown(name.as_str(), given.as_str()))
                {
                    let _ = report.replace(format!("Write `{mended}`"), Safety::Ask, place, mended.as_str());
                }
            }
        }
    }
}

/// Whether a place stands in code, in a link's target or out of sight.
fn is_quiet(page: &Page, span: Span) -> bool {
    let start = Span::new(span.start, span.start + 1);
    page.flow.is_hidden(span)
        || page.doc.foreign_in(span).next().is_some()
        || !page
            .doc
            .nodes
            .iter()
            .any(|node| node.kind == Kind::Text && !node.wide && node.span.overlaps(start))
}

/// The same in Markdown.
fn markdown(name: &str, given: &str) -> Option<String> {
    if given.contains(['*', '_', '`', '<']) {
        return None;
    }
    match name {
        "textbf" => Some(format!("**{given}**")),
        "textit" | "emph" => Some(format!("*{given}*")),
        "texttt" => Some(format!("`{given}`")),
        "textsuperscript" => Some(format!("<sup>{given}</sup>")),
        _ => None,
    }
}
