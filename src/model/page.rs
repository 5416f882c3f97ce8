//! One file of a site, read.

use super::prose::Prose;
use super::{Link, Publication, Spot, link, listing, title};
use crate::diagnostic::{FileId, Place};
use crate::markup::{
    Bib, Data, DataError, Dialect, Doc, Flow, FrontLanguage, parse_bibtex, parse_html, parse_json,
    parse_markdown, parse_toml, parse_yaml,
};
use crate::text::{Source, Span};
use std::sync::OnceLock;

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
    /// Publications in order.
    pub publications: Vec<Publication>,
    /// What did not parse.
    pub problems: Vec<Problem>,
    /// The running text, read when it is first asked for.
    pub(crate) prose: OnceLock<Prose>,
}

impl Page {
    /// Reads a file. Never fails: what does not parse is among [`Page::problems`].
    pub fn read(id: FileId, source: Source, format: Format) -> Self {
        let mut page = Page {
            id,
            source,
            format,
            doc: Doc::default(),
            flow: Flow::default(),
            data: None,
            bib: Bib::default(),
            links: Vec::new(),
            publications: Vec::new(),
            problems: Vec::new(),
            prose: OnceLock::new(),
        };
        let whole = page.source.span();
        match format {
            Format::Markdown(dialect) => page.read_page(|text| parse_markdown(text, dialect)),
            Format::Html => page.read_page(parse_html),
            Format::Bibtex => {
                page.bib = parse_bibtex(page.source.text());
                page.problems = page
                    .bib
                    .errors
                    .iter()
                    .map(|error| Problem { span: error.span, message: error.message.clone() })
                    .collect();
                page.links = link::of_bib(page.source.text(), &page.bib);
                page.publications = listing::of_bib(page.source.text(), &page.bib);
            }
            Format::Yaml => page.read_data(parse_yaml, whole),
            Format::Toml => page.read_data(parse_toml, whole),
            Format::Json => page.read_data(parse_json, whole),
        }
        page
    }

    fn read_page(&mut self, parse: impl Fn(&str) -> Doc) {
        let source = self.source.clone();
        let text = source.text();
        self.doc = parse(text);
        self.flow = Flow::new(text, &self.doc);
        self.links = link::of_page(text, &self.doc, &self.flow);
        if let Some(front) = self.doc.front {
            let parse = match front.language {
                FrontLanguage::Yaml => parse_yaml,
                FrontLanguage::Toml => parse_toml,
                FrontLanguage::Json => parse_json,
            };
            self.read_data(parse, front.content);
        }
        let page_title = self.data.as_ref().and_then(|data| data.str("title"));
        let found = listing::publications(
            &self.flow,
            text,
            &self.links,
            page_title,
            source.path(),
            self.format == Format::Markdown(Dialect::Github),
        );
        // A page about one paper cites it in its text: that is the same entry, not another one.
        let own: Vec<String> = self
            .publications
            .iter()
            .filter_map(|own| own.title.as_ref())
            .map(|spot| title::key(&spot.text))
            .collect();
        let is_own = |spot: &Spot| own.contains(&title::key(&spot.text));
        self.publications.extend(found.into_iter().filter(|entry| !entry.title.as_ref().is_some_and(is_own)));
    }

    fn read_data(&mut self, parse: fn(&str, Span) -> Result<Data, DataError>, span: Span) {
        let source = self.source.clone();
        match parse(source.text(), span) {
            Ok(data) => {
                let links = link::of_data(source.text(), &data);
                // Front matter stands above everything else.
                let first = self.links.len();
                self.links.extend(links);
                self.links.rotate_left(first);
                self.publications =
                    listing::of_data(source.text(), &data, self.format, source.path(), &self.links);
                self.data = Some(data);
            }
            Err(error) => self.problems.push(Problem { span: error.span, message: error.message }),
        }
    }

    /// The running text.
    pub fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| Prose::of(self))
    }

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
