//! `structure/unbalanced`: an opening without an ending, or the other way round, that shows on the page.

mod brackets;
mod emphasis;
mod liquid;
mod tags;

use crate::diagnostic::{Edit, Safety, Severity};
use crate::markup::{Dialect, Kind};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "structure/unbalanced",
    summary: "Emphasis, a tag, a quote or a Liquid tag that is opened and not closed, or the reverse",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../../rules/structure/unbalanced.md"),
};

/// The rule.
pub(super) struct Unbalanced;

/// Something that does not balance.
struct Found {
    span: Span,
    message: String,
    help: &'static str,
    /// Replacements that repair it.
    edits: Vec<(Span, String)>,
}

/// The code of a page, in the order of its places.
struct Code(Vec<Span>);

impl Code {
    fn of(page: &Page) -> Self {
        let is_code = |kind: &Kind| matches!(kind, Kind::CodeBlock | Kind::Code);
        Self(page.doc.nodes.iter().filter(|node| is_code(&node.kind)).map(|node| node.span).collect())
    }

    /// Whether a place stands in code, in a comment or in the front matter.
    fn hides(&self, page: &Page, span: Span) -> bool {
        let next = self.0.partition_point(|code| code.start < span.end);
        next.checked_sub(1).is_some_and(|last| self.0[last].overlaps(span))
            || page.flow.is_hidden(span)
            || page.doc.front.is_some_and(|front| front.span.overlaps(span))
    }
}

impl Rule for Unbalanced {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let facts = &cx.site().facts;
        if !page.format.is_page() || !facts.shows(page.path()) {
            return;
        }
        let mut found = Vec::new();
        if let Format::Markdown(dialect) = page.format {
            // Another engine than kramdown may be configured.
            let engine = facts.config.as_ref().and_then(|config| config.str("markdown"));
            let is_kramdown = facts.generator.is_jekyll()
                && engine.is_none_or(|name| name.eq_ignore_ascii_case("kramdown"));
            emphasis::find(page, is_kramdown, &mut found);
            brackets::find(page, &mut found);
            conflicts(page, &mut found);
            let code = Code::of(page);
            match dialect {
                Dialect::Kramdown => liquid::find(page, &code, &mut found),
                Dialect::Goldmark | Dialect::Pandoc => liquid::shortcodes(page, &code, &mut found),
                Dialect::Github => {}
            }
        }
        tags::find(page, &mut found);
        found.sort_by_key(|each| (each.span.start, each.span.end));
        for each in found {
            let report = cx.report(page.at(each.span), each.message).help(each.help);
            if !each.edits.is_empty() {
                let edits =
                    each.edits.into_iter().map(|(span, text)| Edit { place: page.at(span), text }).collect();
                let _ = report.fix("Balance it", Safety::Ask, edits);
            }
        }
    }
}

/// The marks that git leaves where two versions did not fit.
fn conflicts(page: &Page, found: &mut Vec<Found>) {
    let source = &page.source;
    let mut open: Option<Span> = None;
    for index in 0..source.line_count() {
        let line = source.line_span(index);
        let text = source.slice(line);
        if text.starts_with("<<<<<<< ") {
            open = Some(line);
        } else if text.starts_with(">>>>>>> ")
            && let Some(start) = open.take()
        {
            found.push(Found {
                span: start.cover(line),
                message: "git's marks of a conflict stand on the page".to_owned(),
                help: "keep one of the two versions and take the marks out",
                edits: Vec::new(),
            });
        }
    }
}
