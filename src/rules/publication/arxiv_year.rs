//! publication/arxiv-year

use crate::diagnostic::Severity;
use crate::model::{Identifier, IdentifierKind, Page, identifier};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "publication/arxiv-year",
    summary: "The arXiv id contradicts the year of the entry",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/arxiv-year.md"),
};

/// An arXiv id that the claimed year contradicts.
pub(super) struct ArxivYear;

impl Rule for ArxivYear {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let today = cx.today();
        for publication in &page.publications {
            let ids: Vec<&Identifier> =
                publication.identifiers.iter().filter(|each| each.kind == IdentifierKind::Arxiv).collect();
            let [identifier] = ids[..] else { continue };
            let Some((posted, month)) = identifier::arxiv_month(&identifier.value) else { continue };
            let place = page.at(identifier.span);
            if (posted, month) > (today.year(), today.month()) {
                cx.report(
                    place,
                    format!("`{}` is of a month to come: {posted}-{month:02}", identifier.value),
                )
                .help("look the paper up and correct the id");
                continue;
            }
            let Some((year, span)) = publication.year else { continue };
            // Years of old papers posted late and of reprints differ by decades: no slip.
            let late = posted - year;
            if (2..=8).contains(&late) || (-8..-3).contains(&late) {
                let message =
                    format!("`{}` was posted in {posted}, but the entry is of {year}", identifier.value);
                // A meeting's paper may be posted years later, a journal's may appear years later.
                let lower = publication.venue.as_ref().map(|venue| venue.text.to_lowercase());
                let is_preprint =
                    lower.is_none_or(|venue| venue.contains("arxiv") || venue.contains("preprint"));
                let severity = if is_preprint { Severity::Warning } else { Severity::Hint };
                cx.report(place, message)
                    .severity(severity)
                    .related(page.at(span), "the year of the entry")
                    .help("one of the two is wrong: was the link copied from another entry?");
            }
        }
    }
}
