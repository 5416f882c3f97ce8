//! Identifiers of papers and people: how to recognise them in links and fields.

use crate::text::Span;

/// What kind of identifier it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// arXiv, without version: `2406.06484`, `hep-th/9901001`.
    Arxiv,
    /// DOI, lower case.
    Doi,
    /// ACL Anthology.
    Anthology,
    /// OpenReview forum.
    OpenReview,
    /// Semantic Scholar paper: 40 hexadecimal digits.
    SemanticScholar,
}

impl IdentifierKind {
    /// The name as reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            IdentifierKind::Arxiv => "arxiv",
            IdentifierKind::Doi => "doi",
            IdentifierKind::Anthology => "anthology",
            IdentifierKind::OpenReview => "openreview",
            IdentifierKind::SemanticScholar => "s2",
        }
    }
}

/// An identifier and the bytes that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Its normal form.
    pub value: Box<str>,
    /// The link target or field that carries it.
    pub span: Span,
}
