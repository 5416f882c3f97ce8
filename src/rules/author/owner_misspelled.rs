//! author/owner-misspelled

use super::OwnerForms;
use crate::diagnostic::{Place, Safety, Severity};
use crate::model::name::{Likeness, Name};
use crate::model::{Author, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Owner;
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "author/owner-misspelled",
    summary: "An author list misspells the name of the page's owner",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/owner-misspelled.md"),
};

/// A near miss of the owner's name in an author list.
pub(super) struct OwnerMisspelled;

/// What is known of one spelling that is nearly the owner's.
#[derive(Default)]
struct Spelling<'a> {
    name: &'a str,
    places: Vec<Place>,
    /// Some entry lists it beside the owner: another person.
    beside_owner: bool,
    /// It is set apart as the owner is.
    highlighted: u32,
    neighbours: bool,
}

impl Rule for OwnerMisspelled {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let Some(owner) = &cx.site().owner else { return };
        if owner.group {
            return;
        }
        let forms = OwnerForms::new(owner);
        let mut spellings: BTreeMap<&str, Spelling<'_>> = BTreeMap::new();
        let mut exact = Vec::new();
        for (page, publication) in cx.site().publications() {
            for (author, likeness) in judged(&forms, publication) {
                match likeness {
                    Likeness::Same => exact.push((page.at(author.span), &*author.name)),
                    Likeness::Near | Likeness::Neighbours => {
                        let beside = judged(&forms, publication)
                            .any(|(_, other)| matches!(other, Likeness::Same | Likeness::Compatible));
                        let spelling = spellings.entry(&author.name).or_default();
                        spelling.name = &author.name;
                        spelling.places.push(page.at(author.span));
                        spelling.beside_owner |= beside;
                        spelling.highlighted += u32::from(author.highlighted);
                        spelling.neighbours |= likeness == Likeness::Neighbours;
                    }
                    _ => {}
                }
            }
        }
        for spelling in spellings.into_values() {
            if is_slip(&spelling, exact.len()) {
                report(cx, owner, &spelling, &exact);
            }
        }
    }
}

fn judged<'a>(
    forms: &'a OwnerForms,
    publication: &'a Publication,
) -> impl Iterator<Item = (&'a Author, Likeness)> {
    publication.authors.iter().map(|author| (author, forms.likeness(&Name::parse(&author.name))))
}

/// Whether a spelling is a slip rather than another person, given how often the right one stands.
fn is_slip(spelling: &Spelling<'_>, exact: usize) -> bool {
    let count = spelling.places.len();
    // A person who is listed beside the owner, or as often, is somebody else.
    if spelling.beside_owner || exact < 2 || count * 3 > exact.max(3) {
        return false;
    }
    // Both are names of their own: only what is set apart as the owner is means the owner.
    !spelling.neighbours || (spelling.highlighted as usize == count && exact >= 3)
}

fn report(cx: &mut Context<'_>, owner: &Owner, spelling: &Spelling<'_>, exact: &[(Place, &str)]) {
    let written = &spelling.name;
    // The form that the same file uses, as it is written there.
    let same_file = exact.iter().find(|(place, _)| place.file == spelling.places[0].file);
    let Some((place, right)) = same_file.or(exact.first()) else { return };
    for &slip in &spelling.places {
        cx.report(slip, format!("`{written}` is a misspelling of the owner's name, `{}`", owner.name))
            .related(*place, format!("written `{right}` here"))
            .related(owner.place, "the owner is named here")
            .help(format!("write `{right}`, or list `{written}` under `[owner] aliases` in scholint.toml"))
            .replace(format!("replace by `{right}`"), Safety::Ask, slip, *right);
    }
}
