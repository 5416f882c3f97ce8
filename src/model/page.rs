//! One file of a site, read.

use super::{Anchor, Link, Publication};
use crate::diagnostic::{FileId, Place};
use crate::markup::{Bib, Data, Dialect, Doc, Flow};
use crate::text::{Source, Span};

/// The language a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown in one of its dialects.
    Markdown(Dialect),
    /// HTML, with or without front matter.
    Html,
    /// BibTeX.
    Bibtex,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

impl Format {
    /// Whether visitors see the file itself, rather than what a layout makes of its values.
    pub const fn is_page(self) -> bool {
        matches!(self, Format::Markdown(_) | Format::Html)
    }
}

/// Front matter or data that did not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where the parser gave up.
    pub span: Span,
    /// What it said.
    pub message: String,
}

/// A file, read: what it says, with spans. Owned, `Send` and `Sync`.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its number in the site.
    pub id: FileId,
    /// Its text and path.
    pub source: Source,
    /// Its language.
    pub format: Format,
    /// The tree of a Markdown or HTML page.
    pub doc: Doc,
    /// The page as its reader sees it.
    pub flow: Flow,
    /// Front matter, or the content of a data file.
    pub data: Option<Data>,
    /// The entries of a BibTeX file.
    pub bib: Bib,
    /// Links in order of their spans.
    pub links: Vec<Link>,
    /// Places that a fragment can name.
    pub anchors: Vec<Anchor>,
    /// Publications in order.
    pub publications: Vec<Publication>,
    /// What did not parse.
    pub problems: Vec<Problem>,
}

impl Page {
    /// The path relative to the site's root.
    pub fn path(&self) -> &str {
        self.source.path()
    }

    /// A place on this page.
    pub fn at(&self, span: Span) -> Place {
        Place { file: self.id, span }
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.source.slice(span)
    }

    /// The scalar under a key of the front matter or data file.
    pub fn field(&self, key: &str) -> Option<&str> {
        self.data.as_ref()?.str(key)
    }
}

// PLACEHOLDER, replaced at merge.
impl Page {
    /// Reads one file.
    pub fn read(id: FileId, source: Source, format: Format) -> Page {
        let text = source.text();
        Page {
            id,
            format,
            doc: match format {
                Format::Markdown(dialect) => crate::markup::parse_markdown(text, dialect),
                Format::Html => crate::markup::parse_html(text),
                _ => Doc::default(),
            },
            flow: Flow::default(),
            data: None,
            bib: if format == Format::Bibtex { crate::markup::parse_bibtex(text) } else { Bib::default() },
            links: Vec::new(),
            anchors: Vec::new(),
            publications: Vec::new(),
            problems: Vec::new(),
            source,
        }
    }
}
