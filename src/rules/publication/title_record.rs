//! publication/title-record

use super::record::{self, Agreement, Told};
use crate::diagnostic::Severity;
use crate::evidence::{Query, Registry};
use crate::model::name::{Likeness, Name, compare};
use crate::model::{Page, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

static META: Meta = Meta {
    id: "publication/title-record",
    summary: "The record behind an entry's identifier has another title",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/publication/title-record.md"),
};

/// A link that leads to another paper, or a title that its record spells otherwise.
pub(super) struct TitleRecord;

impl Rule for TitleRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        record::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for publication in &page.publications {
            let Some(title) = &publication.title else { continue };
            for told in record::of(publication, cx.evidence()) {
                let agreement = record::agreement(page, publication, told.record);
                let theirs = record::shortened(&told.record.title);
                let (severity, message, help) = match agreement {
                    Agreement::Same | Agreement::Unknown => continue,
                    Agreement::Alike => (
                        spelling(told.registry),
                        format!("{} has this title with other words: `{theirs}`", told.name()),
                        "correct the title, unless the paper was renamed",
                    ),
                    Agreement::Other => (
                        shared(publication, &told),
                        format!("{} is that of another paper: `{theirs}`", told.name()),
                        "look the paper up and correct the link, or the title if the paper was renamed",
                    ),
                };
                let place = if agreement == Agreement::Alike { title.span } else { told.identifier.span };
                let other = if agreement == Agreement::Alike { told.identifier.span } else { title.span };
                cx.report(page.at(place), message)
                    .severity(severity)
                    .related(
                        page.at(other),
                        if agreement == Agreement::Alike { "its identifier" } else { "the entry" },
                    )
                    .help(help);
            }
        }
    }
}

/// How bad a title of other words is: preprints are often renamed when they are published.
fn spelling(registry: Registry) -> Severity {
    match registry {
        Registry::Arxiv | Registry::SemanticScholar => Severity::Hint,
        Registry::Doi | Registry::Anthology | Registry::Dblp => Severity::Warning,
    }
}

/// How sure it is that the record is that of another paper: one by the same people may be this one under an
/// older name.
fn shared(publication: &Publication, told: &Told<'_>) -> Severity {
    let theirs: Vec<Name> = told.record.authors.iter().take(100).map(|name| Name::parse(name)).collect();
    let known = publication
        .authors
        .iter()
        .take(100)
        .map(|author| Name::parse(&author.name))
        .filter(|name| theirs.iter().any(|other| compare(name, other) != Likeness::Different))
        .count();
    match publication.authors.len() {
        // Nobody to compare.
        _ if theirs.is_empty() => Severity::Warning,
        0 => Severity::Warning,
        count if known == 0 => {
            if count > 1 || theirs.len() == 1 {
                Severity::Error
            } else {
                Severity::Warning
            }
        }
        count if known == count && theirs.len() == count => Severity::Hint,
        _ => Severity::Warning,
    }
}
