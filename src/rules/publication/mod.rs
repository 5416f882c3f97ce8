//! The publication family: entries that contradict themselves.

mod arxiv_year;
mod authors_record;
mod copies_differ;
mod count_claim;
mod dates_differ;
mod id_syntax;
mod id_venue;
mod meeting;
mod nips_rename;
mod now_published;
mod record;
mod retracted;
mod slug_mismatch;
mod title_record;
mod unknown_venue;
mod venue_record;
mod venue_spelling;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[
    &arxiv_year::ArxivYear,
    &authors_record::AuthorsRecord,
    &copies_differ::CopiesDiffer,
    &count_claim::CountClaim,
    &dates_differ::DatesDiffer,
    &id_syntax::IdSyntax,
    &id_venue::IdVenue,
    &nips_rename::NipsRename,
    &now_published::NowPublished,
    &retracted::Retracted,
    &slug_mismatch::SlugMismatch,
    &title_record::TitleRecord,
    &unknown_venue::UnknownVenue,
    &venue_record::VenueRecord,
    &venue_spelling::VenueSpelling,
];
