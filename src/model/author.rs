//! An author of an entry, and the reading of author lists.

use crate::text::Span;

/// One author as the entry names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// The name as a reader sees it, without marks.
    pub name: Box<str>,
    /// The bytes of the name, without marks, emphasis or link.
    pub span: Span,
    /// Set apart from the others: bold, underlined or coloured.
    pub highlighted: bool,
    /// The marks behind the name: `*`, `†`, …
    pub marks: Vec<Box<str>>,
    /// The page it links to.
    pub url: Option<Box<str>>,
}
