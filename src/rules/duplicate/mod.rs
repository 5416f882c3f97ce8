//! The duplicate family.

mod bib_entry;
mod bib_key;
mod heading_id;
mod identifier;
mod news;
mod permalink;
mod publication;
mod word;

use super::Rule;
pub(super) use publication::is_selection;

pub(super) static RULES: &[&dyn Rule] = &[
    &bib_entry::DuplicateBibEntry,
    &bib_key::BibKey,
    &heading_id::HeadingId,
    &identifier::DuplicateIdentifier,
    &news::News,
    &permalink::Permalink,
    &publication::DuplicatePublication,
    &word::DuplicateWord,
];
