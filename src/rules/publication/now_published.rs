//! publication/now-published

use super::record::{self, Agreement};
use crate::diagnostic::Severity;
use crate::evidence::Query;
use crate::model::{IdentifierKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

static META: Meta = Meta {
    id: "publication/now-published",
    summary: "A preprint whose record names where it was published",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/publication/now-published.md"),
};

/// An entry that calls itself a preprint, and whose record names its venue.
pub(super) struct NowPublished;

impl Rule for NowPublished {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        record::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for publication in &page.publications {
            let Some(venue) = publication.venue.as_ref().filter(|venue| record::is_preprint(&venue.text))
            else {
                continue;
            };
            let links_to_it = |doi: &str| {
                publication.identifiers.iter().any(|each| match each.kind {
                    IdentifierKind::Doi => each.value.eq_ignore_ascii_case(doi),
                    kind => kind == IdentifierKind::Anthology,
                })
            };
            let found = record::of(publication, cx.evidence()).into_iter().find_map(|told| {
                let agrees = matches!(
                    record::agreement(page, publication, told.record),
                    Agreement::Same | Agreement::Alike
                );
                let record = told.record;
                let place = match (&record.venue, &record.published_doi) {
                    (Some(venue), _) if !record::is_preprint(venue) => match record.year {
                        Some(year) if !venue.contains(&year.to_string()) => format!("{venue}, {year}"),
                        _ => venue.to_string(),
                    },
                    (_, Some(doi)) if !links_to_it(doi) && !doi.starts_with("10.48550/") => {
                        format!("https://doi.org/{doi}")
                    }
                    _ => return None,
                };
                agrees.then(|| (told.name(), place))
            });
            let Some((name, place)) = found else { continue };
            cx.report(page.at(venue.span), format!("by the record of {name} this was published: {place}"))
                .help("name the venue, and link to the published version");
        }
    }
}
