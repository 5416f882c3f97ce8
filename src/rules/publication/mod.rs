//! The publication family: entries that contradict themselves.

mod arxiv_year;
mod copies_differ;
mod count_claim;
mod dates_differ;
mod id_syntax;
mod id_venue;
mod nips_rename;
mod slug_mismatch;
mod unknown_venue;
mod venue_spelling;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[
    &arxiv_year::ArxivYear,
    &copies_differ::CopiesDiffer,
    &count_claim::CountClaim,
    &dates_differ::DatesDiffer,
    &id_syntax::IdSyntax,
    &id_venue::IdVenue,
    &nips_rename::NipsRename,
    &slug_mismatch::SlugMismatch,
    &unknown_venue::UnknownVenue,
    &venue_spelling::VenueSpelling,
];
