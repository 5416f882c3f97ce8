//! `link/doi-unregistered`: a DOI that the handle service does not know.

use super::remote;
use crate::diagnostic::Severity;
use crate::evidence::{Answer, Query};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;
use std::collections::BTreeSet;

pub(super) struct DoiUnregistered;

static META: Meta = Meta {
    id: "link/doi-unregistered",
    summary: "A DOI that is not registered",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/link/doi-unregistered.md"),
};

impl Rule for DoiUnregistered {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        let asked: BTreeSet<Query> =
            site.pages.iter().flat_map(|page| remote::dois(site, page).map(|(query, _)| query)).collect();
        asked.into_iter().for_each(ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (query, span) in remote::dois(cx.site(), page) {
            let (Query::Doi(doi), Answer::Gone(_)) = (&query, cx.evidence().answer(&query)) else { continue };
            let _ = cx
                .report(page.at(span), format!("the DOI `{doi}` is not registered"))
                .help("look the paper up and correct the DOI, or link to its publisher's page");
        }
    }
}
