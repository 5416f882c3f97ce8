//! A publication as a page lists it.

use super::{Author, Identifier};
use crate::text::Span;

/// A piece of text of an entry, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The text as the reader sees it.
    pub text: Box<str>,
    /// Its bytes.
    pub span: Span,
}

/// An entry of a list of publications.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// The whole entry.
    pub span: Span,
    /// The title.
    pub title: Option<Spot>,
    /// The authors in order.
    pub authors: Vec<Author>,
    /// The list of authors says that it leaves some out (`et al.`, `…`).
    pub truncated: bool,
    /// The year of publication, from the entry or from the heading above it.
    pub year: Option<(i16, Span)>,
    /// The venue as written.
    pub venue: Option<Spot>,
    /// Its links, as indexes into [`super::Page::links`].
    pub links: Vec<u32>,
    /// What its links and fields identify it by.
    pub identifiers: Vec<Identifier>,
    /// The heading it stands under.
    pub heading: Option<Spot>,
    /// The number of the section or list it stands in, from 0 on each page.
    pub list: u32,
}
