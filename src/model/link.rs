//! Links and anchors of a page, however they were written.

use crate::text::Span;

/// How a link was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A Markdown link.
    Markdown,
    /// A Markdown image.
    Image,
    /// A Markdown reference link; the target stands in a definition.
    Reference,
    /// `<https://…>` or a bare URL.
    Auto,
    /// An attribute of an HTML element: (element, attribute).
    Html(Box<str>, Box<str>),
    /// A value in front matter or a data file, by its key.
    Field(Box<str>),
    /// A BibTeX field, by its name.
    Bib(Box<str>),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it was written.
    pub kind: LinkKind,
    /// The target, decoded; Liquid in it as it stands.
    pub target: Box<str>,
    /// The bytes of the target; those of the whole link where the target could not be located.
    pub target_span: Span,
    /// Whether `target_span` is the target itself, so that it can be replaced.
    pub exact: bool,
    /// The whole link.
    pub span: Span,
    /// What the reader clicks: its text, or the alternative text of an image.
    pub text: Box<str>,
}

/// A place on a page that a `#fragment` can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The fragment without `#`.
    pub id: Box<str>,
    /// What makes it.
    pub span: Span,
}
