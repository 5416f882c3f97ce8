//! Publications as symbols, and links that can be followed.

use super::place::{Talk, url};
use crate::model::{Page, Publication};
use crate::site::{Resolution, Site};
use lsp_types::{DocumentLink, DocumentSymbol, SymbolInformation, SymbolKind, Url};
use std::path::Path;

/// An editor's list has room for no more.
const MOST: usize = 1_000;

/// The publications of a page.
pub(super) fn of_page(talk: Talk, page: &Page) -> Vec<DocumentSymbol> {
    page.publications.iter().filter_map(|publication| symbol(talk, page, publication)).collect()
}

#[expect(deprecated, reason = "the type has no other way to be made")]
fn symbol(talk: Talk, page: &Page, publication: &Publication) -> Option<DocumentSymbol> {
    let title = publication.title.as_ref()?;
    let span = publication.span.cover(title.span);
    Some(DocumentSymbol {
        name: name(&title.text)?,
        detail: Some(detail(publication)).filter(|detail| !detail.is_empty()),
        kind: SymbolKind::OBJECT,
        tags: None,
        deprecated: None,
        range: talk.range(&page.source, span),
        selection_range: talk.range(&page.source, title.span),
        children: None,
    })
}

/// The publications of a site whose title has all the words of a query.
#[expect(deprecated, reason = "the type has no other way to be made")]
pub(super) fn of_site(talk: Talk, site: &Site, root: &Path, query: &str) -> Vec<SymbolInformation> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let found = site.publications().filter_map(|(page, publication)| {
        let title = publication.title.as_ref()?;
        let text = title.text.to_lowercase();
        words.iter().all(|word| text.contains(word)).then_some(())?;
        Some(SymbolInformation {
            name: name(&title.text)?,
            kind: SymbolKind::OBJECT,
            tags: None,
            deprecated: None,
            location: talk.location(site, root, page.at(title.span))?,
            container_name: Some(detail(publication)).filter(|detail| !detail.is_empty()),
        })
    });
    found.take(MOST).collect()
}

/// A symbol must not be without a name.
fn name(title: &str) -> Option<String> {
    Some(title.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Who, where and when.
fn detail(publication: &Publication) -> String {
    let authors = match publication.authors.as_slice() {
        [] => None,
        [one] => Some(one.name.to_string()),
        [one, ..] => Some(format!("{} et al.", one.name)),
    };
    let venue = publication.venue.as_ref().map(|venue| venue.text.to_string());
    let year = publication.year.map(|(year, _)| year.to_string());
    let year = year.filter(|year| !venue.as_ref().is_some_and(|venue| venue.contains(year)));
    [authors, venue, year].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The links of a page that lead somewhere.
pub(super) fn links(talk: Talk, site: &Site, root: &Path, page: &Page) -> Vec<DocumentLink> {
    page.links
        .iter()
        .filter(|link| link.exact && !link.target.is_empty())
        .filter_map(|link| {
            let target = match site.resolve_link(page, link) {
                Resolution::External => Url::parse(&link.target).ok(),
                Resolution::Page(file) => url(root, site.page(file).path()),
                Resolution::File(path) => url(root, &path),
                _ => None,
            }?;
            Some(DocumentLink {
                range: talk.range(&page.source, link.target_span),
                target: Some(target),
                tooltip: None,
                data: None,
            })
        })
        .collect()
}
