//! author/owner-missing

use super::OwnerForms;
use crate::diagnostic::Severity;
use crate::model::name::{Likeness, Name};
use crate::model::{Author, Page, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::OwnerSource;

static META: Meta = Meta {
    id: "author/owner-missing",
    summary: "An entry of the owner's list leaves the owner out",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/owner-missing.md"),
};

/// An entry of the owner's own list without the owner.
pub(super) struct OwnerMissing;

impl Rule for OwnerMissing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let Some(owner) = &cx.site().owner else { return };
        if owner.group || owner.source == OwnerSource::Highlights {
            return;
        }
        let forms = OwnerForms::new(owner);
        let site = cx.site();
        for page in site.pages.iter().filter(|page| page.publications.len() >= 10 && !is_reading(page.path()))
        {
            let listed: Vec<&Publication> =
                page.publications.iter().filter(|publication| !publication.authors.is_empty()).collect();
            let (with, without): (Vec<&Publication>, Vec<&Publication>) = listed
                .iter()
                .partition(|publication| publication.authors.iter().any(|author| may_be(&forms, author)));
            // The list is the owner's own when hardly an entry lacks the owner.
            if with.len() < 10 || without.len() * 20 > listed.len().max(20) {
                continue;
            }
            for publication in without.into_iter().filter(|publication| is_complete(page, publication)) {
                report(cx, page, publication);
            }
        }
    }
}

/// Whether a page lists what others wrote.
fn is_reading(path: &str) -> bool {
    let lower = path.to_lowercase();
    ["reading", "reference", "recommended", "related", "resource", "group", "team"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether an author may be the owner, slips and other scripts included.
fn may_be(forms: &OwnerForms, author: &Author) -> bool {
    forms.likeness(&Name::parse(&author.name)) != Likeness::Different
}

/// Whether the entry names all of its authors, and nothing in it speaks of another role.
fn is_complete(page: &Page, publication: &Publication) -> bool {
    let raw = page.slice(publication.span).to_lowercase();
    let role = [
        "editor",
        "advis",
        "supervis",
        "mentor",
        "student",
        "thesis",
        "group",
        "team",
        "collaboration",
        "et al",
        "...",
    ];
    !publication.truncated
        && publication.authors.len() > 1
        && publication.authors.iter().all(|author| author.name.contains(' '))
        && !role.iter().any(|word| raw.contains(word))
}

fn report(cx: &mut Context<'_>, page: &Page, publication: &Publication) {
    let (Some(first), Some(last)) = (publication.authors.first(), publication.authors.last()) else { return };
    let Some(owner) = &cx.site().owner else { return };
    let message = format!("this entry does not list `{}`, as all others do", owner.name);
    let owner_place = owner.place;
    cx.report(page.at(first.span.cover(last.span)), message)
        .related(owner_place, "the owner is named here")
        .help("complete the author list, or move the entry out of the owner's publications");
}
