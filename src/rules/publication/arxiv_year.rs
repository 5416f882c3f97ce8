//! publication/arxiv-year

use crate::diagnostic::Severity;
use crate::model::{Identifier, IdentifierKind, Page, Publication, identifier};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

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
            if let Some((dated, span)) = other_year(page, publication, (posted, month)) {
                let message =
                    format!("dated {dated}-{month:02}, but `{}` is of {posted}-{month:02}", identifier.value);
                cx.report(page.at(span), message)
                    .related(place, "the id of the paper")
                    .help("correct the year");
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

/// The date of an entry that names the month of its arXiv id in another year, as it happens in January
/// and in copied lines: the year and its bytes.
fn other_year(page: &Page, publication: &Publication, posted: (i16, i8)) -> Option<(i16, Span)> {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?-u)(?:^|[\s|(\[*`>])(20[0-9][0-9])[-./](0[1-9]|1[0-2])(?:[\s|)\]*`<]|$)")
            .expect("a constant pattern")
    });
    let raw = page.slice(publication.span);
    let mut dates = DATED.captures_iter(raw);
    let (date, None) = (dates.next()?, dates.next()) else { return None };
    let (year, month): (i16, i8) = (date[1].parse().ok()?, date[2].parse().ok()?);
    let span = date.get(1)?;
    let near = year != posted.0 && year.abs_diff(posted.0) <= 2 && month == posted.1;
    near.then(|| (year, Span::at(span.start(), span.end()).shift(publication.span.start)))
}
