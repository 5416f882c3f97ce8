//! Reading the languages of a page: Markdown with front matter, Liquid and attribute lists, HTML,
//! BibTeX, YAML, TOML and JSON, each with byte spans in the true source.
//!
//! The only place that names comrak, html5gum and the other parsers. It knows nothing of what a page
//! is about: no authors, no publications.

// Slicing by byte is confined to this module and `text`.
#![allow(clippy::string_slice)]

mod bibtex;
mod cook;
mod data;
mod doc;
mod flow;
mod foreign;
mod front;
pub mod html;
mod locate;
mod lower;
mod mask;
mod target;

pub use bibtex::{Bib, BibEntry, BibError, BibField, decode_latex, parse as parse_bibtex};
pub use cook::{Cooked, cook, decode_entities};
pub use data::{Data, DataError, Pair, Value, parse_json, parse_toml, parse_yaml};
pub use doc::{Definition, Destination, Doc, Foreign, Form, FrontLanguage, FrontMatter, Kind, Node, NodeId};
pub use flow::{Block, BlockKind, Flow, Run, RunKind, RunLink, Style};
pub use foreign::liquid_tag;

/// The Markdown dialect of a page, which is that of the generator that renders it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Jekyll: Liquid and kramdown.
    #[default]
    Kramdown,
    /// Hugo: shortcodes and Goldmark.
    Goldmark,
    /// Quarto and R Markdown: Pandoc.
    Pandoc,
    /// A README: GitHub's own Markdown.
    Github,
}

/// Parses a Markdown page. Never fails: whatever the text is, there is a tree, and its spans are
/// right or marked wide.
pub fn parse_markdown(text: &str, dialect: Dialect) -> Doc {
    lower::parse(text, dialect)
}

/// Parses an HTML page or include: a document of one HTML block after the front matter.
pub fn parse_html(text: &str) -> Doc {
    lower::parse_html(text)
}
