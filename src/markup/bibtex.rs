//! BibTeX with spans. An entry that does not parse is an error in the list and costs no other entry.
//!
//! A scanner of our own, since a bibliography on the web is often broken in one place and shown all
//! the same. It must not judge what the fields say.

mod latex;
mod mend;
mod scan;

use crate::text::Span;
pub use latex::decode as decode_latex;
pub use scan::parse;

/// A parsed bibliography.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bib {
    /// The entries in order; `@comment`, `@preamble` and `@string` are not among them.
    pub entries: Vec<BibEntry>,
    /// What did not parse.
    pub errors: Vec<BibError>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibEntry {
    /// From `@` to the closing brace.
    pub span: Span,
    /// The type in lower case: `article`, `inproceedings`, …
    pub kind: Box<str>,
    /// The key as written.
    pub key: Box<str>,
    /// The bytes of the key.
    pub key_span: Span,
    /// Its fields in order.
    pub fields: Vec<BibField>,
}

/// One field of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibField {
    /// The name in lower case.
    pub name: Box<str>,
    /// The bytes of the name.
    pub name_span: Span,
    /// The value as a reader sees it: LaTeX accents decoded, protecting braces gone, `@string`
    /// names replaced, white space folded.
    pub text: Box<str>,
    /// The bytes of the value between its delimiters.
    pub value_span: Span,
}

/// Why an entry did not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibError {
    /// Where the parser gave up.
    pub span: Span,
    /// What it expected, one clause.
    pub message: String,
    /// What is missing, and before which byte, where that is certain.
    pub missing: Option<(u32, &'static str)>,
}

impl BibEntry {
    /// The field of a name in lower case.
    pub fn field(&self, name: &str) -> Option<&BibField> {
        self.fields.iter().find(|field| &*field.name == name)
    }
}

/// Whether a field holds an address or a path rather than text.
fn is_verbatim(name: &str) -> bool {
    matches!(
        name,
        "url"
            | "doi"
            | "pdf"
            | "html"
            | "code"
            | "file"
            | "arxiv"
            | "eprint"
            | "website"
            | "slides"
            | "poster"
            | "preview"
            | "video"
            | "supp"
            | "blog"
            | "image"
            | "img"
            | "github"
            | "project"
            | "demo"
            | "data"
            | "dataset"
            | "talk"
            | "link"
            | "paper"
            | "openreview"
            | "biburl"
            | "bdsk-url-1"
            | "bdsk-url-2"
            | "bdsk-url-3"
    )
}
