//! Texts → site: detects the generator, reads each page, and lets the configuration name the owner.
//!
//! It opens no file itself: tests and editors put a site together from values.

use super::Note;
use crate::config::Config;
use crate::diagnostic::{FileId, Place};
use crate::markup::Dialect;
use crate::model::{Format, Page};
use crate::site::{self, Claim, Facts, Files, Owner, OwnerSource, Role, Site};
use crate::text::Source;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What a site is made of.
pub struct Material<'a> {
    /// Every file there is.
    pub files: Files,
    /// The files to read, by path from the root, in the order of the paths.
    pub texts: Vec<(Arc<str>, Arc<str>)>,
    /// The text of any file, for the detection of the generator.
    pub lookup: &'a dyn Fn(&str) -> Option<String>,
    /// The site as it was: pages whose text is still the same are not read again.
    pub before: Option<&'a Site>,
}

/// The language of a file by its name; `None` for what scholint does not read.
///
/// Markdown is given in the dialect that its ending implies, or in the default.
pub fn format_of(path: &str) -> Option<Format> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" | "mdown" | "mkd" => Format::Markdown(Dialect::default()),
        "qmd" | "rmd" => Format::Markdown(Dialect::Pandoc),
        "html" | "htm" => Format::Html,
        "bib" => Format::Bibtex,
        "yml" | "yaml" => Format::Yaml,
        "toml" => Format::Toml,
        "json" => Format::Json,
        _ => return None,
    })
}

/// Puts a site together. Files that cannot be parsed at all are kept, empty, with a note each.
pub fn assemble(material: Material<'_>, config: &Config, config_path: Option<&str>) -> (Site, Vec<Note>) {
    let Material { files, texts, lookup, before } = material;
    let mut facts = site::detect(&files, lookup);
    let read: Vec<(Arc<Page>, Option<Note>)> = texts
        .into_par_iter()
        .filter_map(|(path, text)| {
            let format = match format_of(&path)? {
                Format::Markdown(Dialect::Pandoc) => Format::Markdown(Dialect::Pandoc),
                Format::Markdown(_) => Format::Markdown(facts.dialect_of(&path, &files)),
                other => other,
            };
            Some((path, text, format))
        })
        .collect::<Vec<_>>()
        .into_par_iter()
        .enumerate()
        .map(|(number, (path, text, format))| {
            let is_document = facts.is_document(&path, &files);
            let id = FileId(number as u32);
            match before.and_then(|before| known(before, id, &path, &text, format, is_document)) {
                Some(page) => (page, None),
                None => read_page(id, &Source::new(path, text), format, is_document),
            }
        })
        .collect();
    let (pages, notes): (Vec<_>, Vec<_>) = read.into_iter().unzip();
    facts.config_file = facts.config_file.or_else(|| number_of_config(&pages, &facts));
    let layouts = layouts(&files, lookup);
    let mut site = Site::new(pages, files, facts).with_layouts(layouts);
    name_owner(&mut site, config, config_path);
    (site, notes.into_iter().flatten().collect())
}

/// The texts of a site's own layouts, and of the includes that are design.
fn layouts(files: &Files, lookup: &dyn Fn(&str) -> Option<String>) -> Vec<Source> {
    ["_layouts", "_includes", "layouts"]
        .iter()
        .flat_map(|folder| files.within(folder))
        .filter(|path| site::role(path) == Role::Present)
        .filter(|path| path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "html" | "liquid")))
        .filter_map(|path| Some(Source::new(path.clone(), lookup(path)?)))
        .collect()
}

/// A page as it was read before, when nothing that it was read from has changed since.
fn known(
    before: &Site,
    id: FileId,
    path: &str,
    text: &str,
    format: Format,
    is_document: bool,
) -> Option<Arc<Page>> {
    let page = before.page_at(path)?;
    let same = page.source.text() == text
        && page.format == format
        && before.facts.is_document(path, &before.files) == is_document;
    same.then(|| if page.id == id { page.clone() } else { Arc::new(Page { id, ..(**page).clone() }) })
}

/// Reads one page; a fault of the parser costs that page only. A document of the repository beside the site
/// lists no publications of its owner.
pub(super) fn read_page(
    id: FileId,
    source: &Source,
    format: Format,
    is_document: bool,
) -> (Arc<Page>, Option<Note>) {
    let attempt = catch_unwind(AssertUnwindSafe(|| Page::read(id, source.clone(), format)));
    match attempt {
        Ok(mut page) => {
            if is_document {
                page.publications.clear();
            }
            (Arc::new(page), None)
        }
        Err(panic) => {
            let note = Note {
                path: Some(source.path().to_string()),
                message: format!("could not be parsed: {}", super::judge::words_of(&*panic)),
                advice: "this is a fault of scholint: please report it, with the file",
                failed: true,
            };
            (Arc::new(Page::read(id, Source::new(source.path().clone(), ""), format)), Some(note))
        }
    }
}

/// The number of the page whose content is the generator's configuration.
fn number_of_config(pages: &[Arc<Page>], facts: &Facts) -> Option<FileId> {
    let config = facts.config.as_ref()?;
    pages.iter().find(|page| page.data.as_ref() == Some(config)).map(|page| page.id)
}

/// What `scholint.toml` says of the owner goes before what the site says.
fn name_owner(site: &mut Site, config: &Config, config_path: Option<&str>) {
    let aliases = config.owner.aliases.iter().map(|alias| alias.as_str().into());
    match (&config.owner.name, &mut site.owner) {
        (Some(name), found) => {
            let page = site.pages.iter().find(|page| Some(page.path()) == config_path);
            let place = match (page, &found) {
                (Some(page), _) => page.at(config.owner.name_span),
                (None, Some(owner)) => owner.place,
                (None, None) => Place { file: FileId(0), span: crate::text::Span::default() },
            };
            if !site.pages.is_empty() {
                let claim = Claim {
                    name: name.as_str().into(),
                    aliases: aliases.collect(),
                    place,
                    source: OwnerSource::Config,
                };
                let others = found.take().map(|owner| owner.claims).unwrap_or_default();
                let mut owner = Owner::of(claim);
                owner.claims.extend(others);
                *found = Some(owner);
            }
        }
        (None, Some(owner)) => owner.aliases.extend(aliases),
        (None, None) => {}
    }
}
