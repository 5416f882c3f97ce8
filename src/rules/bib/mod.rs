//! The bib family: bibliographies and the data that belong to them.

mod coauthors_data;
mod escape;
mod fields;
mod syntax;
mod venues_data;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[
    &coauthors_data::CoauthorsData,
    &escape::Escape,
    &fields::Fields,
    &syntax::Syntax,
    &venues_data::VenuesData,
];
