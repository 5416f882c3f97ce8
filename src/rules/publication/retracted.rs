//! publication/retracted

use super::record::{self, Agreement};
use crate::diagnostic::Severity;
use crate::evidence::Query;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

static META: Meta = Meta {
    id: "publication/retracted",
    summary: "A paper that was retracted or withdrawn",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/publication/retracted.md"),
};

/// An entry whose record says that the paper was taken back, and that does not say so itself.
pub(super) struct Retracted;

impl Rule for Retracted {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        record::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for publication in &page.publications {
            let told = record::of(publication, cx.evidence()).into_iter().find(|told| {
                // The record of another paper says nothing of this one.
                told.record.retracted
                    && matches!(
                        record::agreement(page, publication, told.record),
                        Agreement::Same | Agreement::Alike
                    )
            });
            let Some(told) = told else { continue };
            let text = page.slice(publication.span).to_lowercase();
            if ["retract", "withdrawn", "withdrew"].iter().any(|word| text.contains(word)) {
                continue;
            }
            let place = publication.title.as_ref().map_or(publication.span, |title| title.span);
            cx.report(
                page.at(place),
                format!("by the record of {} this paper was retracted or withdrawn", told.name()),
            )
            .related(page.at(told.identifier.span), "its identifier")
            .help("say so in the entry, or take it off the list");
        }
    }
}
