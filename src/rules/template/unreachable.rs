//! `template/unreachable`: a file of the template that nothing shows.

use super::leftovers::hits;
use super::reach::{Reach, reach};
use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Generator, OwnerSource};

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
        if !is_part || site.facts.generator == Generator::Plain || reach(site, page) != Reach::Unknown {
            return;
        }
        let text = page.source.text();
        let found = hits(page, cx);
        if let Some(hit) = found.first() {
            cx.report(page.at(hit.span), "no page includes this file, and it is the template's")
                .help("it can go");
            return;
        }
        // Another person set in bold where the owner should be: the file came with the template.
        let foreign =
            ["**Yi Ren**", "**Kaiming He**"].iter().find_map(|name| Some((*name, text.find(name)?)));
        let known = site.owner.as_ref().is_some_and(|owner| owner.source <= OwnerSource::Heading);
        if let (Some((name, at)), true) = (foreign, known) {
            let span = crate::text::Span::at(at, at + name.len());
            cx.report(page.at(span), "no page includes this file, and it lists the template author's papers")
                .help("it can go");
        }
    }
}
