//! freshness/stale-status

use crate::diagnostic::Severity;
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "freshness/stale-status",
    summary: "An old entry is still under review or to appear",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/freshness/stale-status.md"),
};

/// An entry that has been under review or to appear for too long.
pub(super) struct StaleStatus;

impl Rule for StaleStatus {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static STATUS: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?i-u)\b(?:under (?:major |minor )?(?:review|revision)|in (?:review|press|submission|revision)|to appear|forthcoming|submitted to|in preparation)\b")
                .expect("a constant pattern")
        });
        for span in unknown_pages(page) {
            cx.report(page.at(span), "`n/a` shows where volume and pages belong")
                .severity(Severity::Warning)
                .help("the paper has appeared in print: fill in its volume and pages");
        }
        let today = cx.today();
        for publication in &page.publications {
            let Some((year, span)) = publication.year else { continue };
            // A year and a half behind its middle.
            let age = (i32::from(today.year()) - i32::from(year)) * 12 + i32::from(today.month()) - 6;
            if age <= 18 {
                continue;
            }
            let raw = page.slice(publication.span);
            let title = publication.title.as_ref().map(|title| title.span);
            let Some(found) = STATUS.find_iter(raw).find(|found| {
                let at = Span::at(found.start(), found.end()).shift(publication.span.start);
                title.is_none_or(|title| !title.overlaps(at)) && is_said_of_entry(page, at)
            }) else {
                continue;
            };
            let place = page.at(Span::at(found.start(), found.end()).shift(publication.span.start));
            let message = format!("`{}`, but the entry is of {year}", found.as_str());
            cx.report(place, message)
                .related(page.at(span), "the year of the entry")
                .help("say what became of the paper");
        }
    }
}

/// Where `n/a` stands for volume and pages, as publishers export papers that are out before their issue.
fn unknown_pages(page: &Page) -> Vec<Span> {
    static UNKNOWN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)\(n/a\)(?:, n/a)?|\bn/a ?\(n/a\)(?:[,:] ?n/a)?|\bn/a[,:] ?n/a\b")
            .expect("a constant pattern")
    });
    let mut out = Vec::new();
    for entry in &page.bib.entries {
        let named = ["volume", "pages"].iter().filter_map(|name| entry.field(name));
        let unknown = named.filter(|field| field.text.trim().eq_ignore_ascii_case("n/a"));
        out.extend(unknown.map(|field| field.value_span).take(1));
    }
    let fields = ["publication", "publication_short", "venue", "journal", "citation"];
    let values = page.data.iter().flat_map(|data| fields.iter().filter_map(|name| data.get(name)));
    for span in values.map(crate::markup::Data::text_span) {
        let found = UNKNOWN.find(page.slice(span));
        out.extend(found.map(|found| Span::at(found.start(), found.end()).shift(span.start)));
    }
    out
}

/// Whether words of a BibTeX entry speak of its state: not those of its abstract or key.
fn is_said_of_entry(page: &Page, at: Span) -> bool {
    if page.format != Format::Bibtex {
        return page.format.is_page();
    }
    let index = page.bib.entries.partition_point(|entry| entry.span.end <= at.start);
    page.bib.entries.get(index).is_some_and(|entry| {
        entry.fields.iter().any(|field| {
            field.value_span.contains(at)
                && matches!(
                    &*field.name,
                    "note" | "journal" | "booktitle" | "howpublished" | "pubstate" | "status" | "addendum"
                )
        })
    })
}
