//! `template/unreachable`: a file of the template that nothing shows.

use super::leftovers::hits;
use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Generator, OwnerSource, Reach};
use crate::text::Span;

static META: Meta = Meta {
    id: "template/unreachable",
    summary: "A file with a template's content that nothing shows",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/template/unreachable.md"),
};

/// The rule.
pub(super) struct Unreachable;

impl Rule for Unreachable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let site = cx.site();
        let is_part = page.path().contains("/includes/") && page.format.is_page();
        if !is_part
            || site.facts.generator == Generator::Plain
            || !matches!(site.reach(page), Reach::Unused | Reach::CommentedOut)
        {
            return;
        }
        let text = page.source.text();
        let found = hits(page, cx);
        // Another person set in bold where the owner should be: the file came with the template.
        let known = site.owner.as_ref().is_some_and(|owner| owner.source <= OwnerSource::Heading);
        let foreign: Vec<Span> = if known {
            ["**Yi Ren**", "**Kaiming He**"]
                .iter()
                .flat_map(|name| text.match_indices(name).map(|(at, name)| Span::at(at, at + name.len())))
                .collect()
        } else {
            Vec::new()
        };
        let mut places = found.iter().map(|hit| hit.span).chain(foreign);
        if let Some(first) = places.next() {
            let mut report = cx
                .report(page.at(first), "no page includes this file, and it is the template's")
                .help("it can go");
            for other in places {
                report = report.related(page.at(other), "more of the template's author");
            }
        }
    }
}
