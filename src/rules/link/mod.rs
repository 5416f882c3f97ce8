//! The link family: links that lead nowhere, or not where they say.

mod address;
mod baseurl;
mod case_mismatch;
mod empty;
mod foreign_host;
mod insecure;
mod label_mismatch;
mod legacy_host;
mod malformed;
mod missing_anchor;
mod missing_file;
mod text;
mod unpublished;

use super::Rule;
use crate::markup::Dialect;
use crate::model::{Format, Page};
use crate::site::Site;

pub(super) static RULES: &[&dyn Rule] = &[
    &baseurl::Baseurl,
    &case_mismatch::CaseMismatch,
    &empty::Empty,
    &foreign_host::ForeignHost,
    &insecure::Insecure,
    &label_mismatch::LabelMismatch,
    &legacy_host::LegacyHost,
    &malformed::Malformed,
    &missing_anchor::MissingAnchor,
    &missing_file::MissingFile,
    &text::Text,
    &unpublished::Unpublished,
];

/// Whether a visitor of the site, or of its repository, may meet the links of a file.
fn is_shown(site: &Site, page: &Page) -> bool {
    !page.format.is_page()
        || page.format == Format::Markdown(Dialect::Github)
        || site.facts.shows(page.path())
}
