//! The link family: links that lead nowhere, or not where they say.

mod address;
mod baseurl;
mod case_mismatch;
mod dead;
mod doi_unregistered;
mod empty;
mod foreign_host;
mod insecure;
mod label_mismatch;
mod legacy_host;
mod malformed;
mod missing_anchor;
mod missing_file;
mod moved;
mod remote;
mod soft_404;
mod text;
mod unpublished;
mod wrong_type;

use super::Rule;
use crate::markup::Dialect;
use crate::model::{Format, Link, Page};
use crate::site::Site;
use std::collections::HashSet;

pub(super) static RULES: &[&dyn Rule] = &[
    &baseurl::Baseurl,
    &case_mismatch::CaseMismatch,
    &dead::Dead,
    &doi_unregistered::DoiUnregistered,
    &empty::Empty,
    &foreign_host::ForeignHost,
    &insecure::Insecure,
    &label_mismatch::LabelMismatch,
    &legacy_host::LegacyHost,
    &malformed::Malformed,
    &missing_anchor::MissingAnchor,
    &missing_file::MissingFile,
    &moved::Moved,
    &soft_404::Soft404,
    &text::Text,
    &unpublished::Unpublished,
    &wrong_type::WrongType,
];

/// Whether a visitor of the site, or of its repository, may meet the links of a file.
fn is_shown(site: &Site, page: &Page) -> bool {
    !page.format.is_page()
        || page.format == Format::Markdown(Dialect::Github)
        || site.facts.shows(page.path())
}

/// A template's page that shows what it can do: no link of it is meant.
fn is_demonstration(page: &Page) -> bool {
    let name = page.path().rsplit('/').next().unwrap_or_default();
    matches!(name, "archive-layout-with-content.md" | "markdown.md" | "testbed.md")
        || ["John Doe](#)", "Lorem ipsum", "lorem ipsum"].iter().any(|text| page.source.text().contains(text))
}

/// The links of a file that a visitor may meet, each target once: an image inside a link, and all uses of one
/// definition, share theirs.
fn links<'p>(site: &Site, page: &'p Page) -> impl Iterator<Item = &'p Link> + use<'p> {
    numbered(site, page).map(|(_, link)| link)
}

/// The same with their indexes into [`Page::links`].
fn numbered<'p>(site: &Site, page: &'p Page) -> impl Iterator<Item = (u32, &'p Link)> + use<'p> {
    let mut seen = HashSet::new();
    let shown: &[Link] = if is_shown(site, page) { &page.links } else { &[] };
    (0..).zip(shown).filter(move |(_, link)| seen.insert((link.target_span, &link.target)))
}
