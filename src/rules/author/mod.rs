//! The author family: people whose names do not match.

mod highlight_not_owner;
mod owner_misspelled;

use super::Rule;
use crate::model::name::{Likeness, Name, compare};
use crate::site::Owner;

pub(super) static RULES: &[&dyn Rule] =
    &[&highlight_not_owner::HighlightNotOwner, &owner_misspelled::OwnerMisspelled];

/// The owner's name in all its forms.
struct OwnerForms(Vec<Name>);

impl OwnerForms {
    fn new(owner: &Owner) -> Self {
        let texts = std::iter::once(&owner.name).chain(&owner.aliases);
        Self(texts.map(|text| Name::parse(text)).collect())
    }

    /// How alike a name is to the form that fits it best.
    fn likeness(&self, name: &Name) -> Likeness {
        let rank = |likeness: &Likeness| match likeness {
            Likeness::Same => 0,
            Likeness::Compatible => 1,
            Likeness::Near => 2,
            Likeness::Neighbours => 3,
            Likeness::Different => 4,
            Likeness::Incomparable => 5,
        };
        self.0.iter().map(|form| compare(form, name)).min_by_key(rank).unwrap_or(Likeness::Incomparable)
    }
}
