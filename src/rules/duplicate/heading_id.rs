//! duplicate/heading-id

use crate::diagnostic::Severity;
use crate::markup::Foreign;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "duplicate/heading-id",
    summary: "One id stands twice on a page",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/duplicate/heading-id.md"),
};

/// Two explicit ids alike on one page.
pub(super) struct HeadingId;

impl Rule for HeadingId {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static ID: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"^\{:?[^}]*?#([A-Za-z][\w:.-]*)").expect("a constant pattern"));
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (kind, span) in &page.doc.foreign {
            if !matches!(kind, Foreign::AttributeList | Foreign::Attributes) {
                continue;
            }
            let Some(id) = ID.captures(page.slice(*span)).and_then(|found| found.get(1)) else { continue };
            let place = Span::at(id.start(), id.end()).shift(span.start);
            let id = page.slice(place);
            match seen.get(id) {
                Some(first) => {
                    cx.report(page.at(place), format!("the id `{id}` stands twice on this page"))
                        .related(page.at(*first), "first here")
                        .help("links lead to the first one only: give each its own id");
                }
                None => drop(seen.insert(id, place)),
            }
        }
    }
}
