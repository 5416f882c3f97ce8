//! `structure/markdown-in-html`: Markdown in an HTML block, where it shows as it is written.

use super::walk::{Inside, Piece, pieces};
use crate::diagnostic::Severity;
use crate::markup::Dialect;
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "structure/markdown-in-html",
    summary: "Markdown in an HTML block, which shows as it is written",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/structure/markdown-in-html.md"),
};

/// The rule.
pub(super) struct MarkdownInHtml;

static MARKDOWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\*\*[^\s*][^*\n<]{0,200}[^\s*]\*\*|\[[^\]\[\n]{1,120}\]\((?:https?://|/|\.\.?/|mailto:)[^)\s]{1,300}\)")
        .expect("a constant pattern")
});

impl Rule for MarkdownInHtml {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let facts = &cx.site().facts;
        let Format::Markdown(dialect) = page.format else { return };
        if !facts.shows(page.path()) {
            return;
        }
        let config = facts.config.as_ref();
        let kramdown = config.and_then(|config| config.get("kramdown"));
        let parses = kramdown.and_then(|kramdown| kramdown.get("parse_block_html"));
        if parses.is_some_and(crate::markup::Data::is_true) {
            return;
        }
        for (piece, inside) in pieces(page) {
            let Piece::Text(span) = piece else { continue };
            // An element with a `markdown` attribute is kramdown's and Pandoc's matter.
            if inside != Inside::Raw || dialect == Dialect::Pandoc || page.flow.is_hidden(span) {
                continue;
            }
            if let Some(found) = MARKDOWN.find(page.slice(span)) {
                let place = page.at(Span::at(found.start(), found.end()).shift(span.start));
                cx.report(place, "Markdown inside HTML shows as it is written").help(match dialect {
                    Dialect::Kramdown => "give the element the attribute `markdown=\"1\"`, or write HTML",
                    _ => "put a blank line before it, or write HTML",
                });
            }
        }
    }
}
