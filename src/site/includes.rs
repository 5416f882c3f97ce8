//! What a page takes in: `{% include x.html %}`, `{% include_relative y.md %}`, and what it points to by a tag:
//! `{% link z.md %}`, `{% post_url 2020-01-01-title %}`.

use super::{Facts, Files};
use crate::markup::{Foreign, liquid_tag};
use crate::model::Page;
use crate::text::Span;

/// A file that a tag names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The name of the tag.
    pub tag: Box<str>,
    /// The file as it is written.
    pub name: Box<str>,
    /// The bytes of that name.
    pub span: Span,
    /// The file's path, where there is one.
    pub path: Option<String>,
}

impl Include {
    /// Whether the file's text becomes a part of the page.
    pub fn is_shown(&self) -> bool {
        self.tag.starts_with("include")
    }
}

/// The files that the tags of a page name; those whose names a template makes are left out.
pub(super) fn of(page: &Page, files: &Files, facts: &Facts) -> Vec<Include> {
    if !facts.generator.is_jekyll() {
        return Vec::new();
    }
    page.doc
        .foreign
        .iter()
        .filter(|(kind, _)| *kind == Foreign::LiquidTag)
        .filter_map(|(_, span)| read(page, *span, files))
        .collect()
}

fn read(page: &Page, span: Span, files: &Files) -> Option<Include> {
    let text = page.slice(span);
    let (tag, rest) = liquid_tag(text);
    if !matches!(tag, "include" | "include_relative" | "include_cached" | "link" | "post_url") {
        return None;
    }
    let rest = rest.trim();
    let name = rest.split_whitespace().next()?.trim_matches(['"', '\'']);
    // A name may hold blanks only where nothing follows it.
    if name.is_empty() || name.contains('{') || text.contains("{{") || name.contains('=') {
        return None;
    }
    let name = if matches!(tag, "link" | "post_url") { rest } else { name };
    let at = crate::text::offset_in(text, name)?;
    let folder = page.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let path = match tag {
        "include" | "include_cached" => Some(format!("_includes/{name}")),
        "include_relative" if folder.is_empty() => Some(name.to_owned()),
        "include_relative" => Some(format!("{folder}/{name}")),
        "link" => Some(name.trim_start_matches('/').to_owned()),
        _ => post(name, files),
    };
    let path = path.map(|path| path.replace("/./", "/")).filter(|path| files.has_file(path));
    Some(Include {
        tag: tag.into(),
        name: name.into(),
        span: Span::at(at as usize, at as usize + name.len()).shift(span.start),
        path,
    })
}

/// The post of a name: the file `_posts/…/name.md`.
pub(super) fn post(name: &str, files: &Files) -> Option<String> {
    let name = name.trim_start_matches('/');
    ["md", "markdown", "html", "qmd"].iter().find_map(|ending| {
        let wanted = format!("{name}.{ending}");
        let last = wanted.rsplit('/').next().unwrap_or(&wanted);
        let found = files.named(last).iter().find(|path| path.ends_with(&wanted) && path.contains("_posts/"));
        found.map(ToString::to_string)
    })
}
