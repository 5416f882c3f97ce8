//! The author family: people whose names do not match.

mod coauthor_spelling;
mod highlight_not_owner;
mod legend;
mod letter_case;
mod list_punctuation;
mod lonely_mark;
mod mark_without_legend;
mod one_page_two_names;
mod order_swapped;
mod owner_missing;
mod owner_misspelled;
mod people;
mod profile_mismatch;
mod stray_accent;
mod two_pages;
mod urls;

pub(super) use people::People;

use super::Rule;
use crate::model::name::{Likeness, Name, compare};
use crate::site::Owner;

pub(super) static RULES: &[&dyn Rule] = &[
    &coauthor_spelling::CoauthorSpelling,
    &highlight_not_owner::HighlightNotOwner,
    &letter_case::LetterCase,
    &list_punctuation::ListPunctuation,
    &lonely_mark::LonelyMark,
    &mark_without_legend::MarkWithoutLegend,
    &one_page_two_names::OnePageTwoNames,
    &order_swapped::OrderSwapped,
    &owner_misspelled::OwnerMisspelled,
    &owner_missing::OwnerMissing,
    &profile_mismatch::ProfileMismatch,
    &stray_accent::StrayAccent,
    &two_pages::TwoPages,
];

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
