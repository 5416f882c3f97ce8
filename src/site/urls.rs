//! File → URL, as the generators map them.
//!
//! URLs here are paths from the site's root, without `baseurl`. Where a generator's version or plugins
//! would decide, a file gets every URL it may have: a map that is too generous misses a broken link,
//! one that is too strict invents some.

mod hugo;
mod jekyll;

use crate::diagnostic::FileId;
use crate::markup::Data;
use crate::model::Page;
use crate::site::{Facts, Files, Generator};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// What a URL path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Served {
    /// A page that was read.
    Page(FileId),
    /// A file that was not.
    File(Arc<str>),
}

/// Which URL paths a site serves.
#[derive(Clone, Debug, Default)]
pub struct UrlMap {
    served: HashMap<String, Served>,
    /// URLs that files would have if the generator published them.
    unpublished: HashMap<String, FileId>,
    /// The URLs of each page, by its number; the first is the main one.
    urls: Vec<Vec<String>>,
    paths: HashMap<Arc<str>, FileId>,
    /// The keys in lower case → as they are.
    folded: HashMap<String, String>,
    /// The first parts of all keys that have more than one.
    folders: HashSet<String>,
    /// The last parts of all keys.
    names: HashSet<String>,
    /// The keys of one part.
    top: BTreeSet<String>,
}

/// The URLs of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Urls {
    /// From the root, with a leading slash; the first is the main one.
    urls: Vec<String>,
    /// The generator does not publish the file.
    unpublished: bool,
}

impl UrlMap {
    /// The map of a site.
    pub fn new(pages: &[Arc<Page>], files: &Files, facts: &Facts) -> Self {
        let mut map = Self::default();
        for page in pages {
            map.paths.insert(page.source.path().clone(), page.id);
        }
        for page in pages {
            let is_page = page.format.is_page() && !facts.is_document(page.path(), files);
            let Urls { urls, unpublished } = if is_page {
                urls_of(page.path(), page.data.as_ref(), facts, files)
            } else {
                Urls::default()
            };
            for url in &urls {
                if unpublished {
                    map.unpublished.entry(key(url)).or_insert(page.id);
                } else {
                    map.served.entry(key(url)).or_insert(Served::Page(page.id));
                }
            }
            map.urls.push(if unpublished { Vec::new() } else { urls });
        }
        for path in files.iter() {
            if map.paths.contains_key(path) || !is_rendered(path) {
                continue;
            }
            let Urls { urls, unpublished: false } = urls_of(path, None, facts, files) else { continue };
            for url in &urls {
                map.served.entry(key(url)).or_insert_with(|| Served::File(path.clone()));
            }
        }
        for key in map.served.keys() {
            map.folded.insert(key.to_lowercase(), key.clone());
            match key.split_once('/') {
                Some((first, _)) => drop(map.folders.insert(first.to_owned())),
                None => drop(map.top.insert(key.clone())),
            }
            map.names.extend(key.rsplit('/').next().map(str::to_owned));
        }
        map
    }

    /// The URLs of a page, from the site's root, the main one first; empty for what has no page of its
    /// own: data, includes, what is not published.
    pub fn of(&self, page: FileId) -> &[String] {
        self.urls.get(page.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// What a URL path leads to, however it is written (`x`, `/x/`, `x.html`, `x/index.html`).
    pub fn find(&self, path: &str) -> Option<&Served> {
        self.served.get(&key(path))
    }

    /// The URL path, without slashes at its ends, that differs from this one in letter case only.
    pub fn ignoring_case(&self, path: &str) -> Option<&str> {
        let key = key(path);
        self.folded.get(&key.to_lowercase()).map(String::as_str).filter(|actual| *actual != key)
    }

    /// Whether pages are served in a folder of the root.
    pub fn has_folder(&self, first: &str) -> bool {
        self.folders.contains(first)
    }

    /// Whether something is served under this name, in whichever folder.
    pub fn has_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// The names that are served at the root, in order.
    pub fn top(&self) -> impl Iterator<Item = &str> {
        self.top.iter().map(String::as_str)
    }

    /// The page that would have a URL path if it were published.
    pub fn unpublished(&self, path: &str) -> Option<FileId> {
        self.unpublished.get(&key(path)).copied()
    }

    /// The page that was read from a path.
    pub fn page_of_file(&self, path: &str) -> Option<FileId> {
        self.paths.get(path).copied()
    }

    /// All URL keys with what they lead to.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Served)> {
        self.served.iter().map(|(key, served)| (key.as_str(), served))
    }
}

/// Whether the configuration keeps a file out of the site. The documents of a collection without pages are in
/// it all the same: other pages list them.
pub(super) fn is_excluded(path: &str, facts: &Facts) -> bool {
    facts.generator.is_jekyll() && jekyll::is_excluded(path, facts)
}

/// The form under which a URL path is kept: no slash at its ends, no `index.html`, no `.html`.
fn key(path: &str) -> String {
    let path = path.trim_matches('/');
    let path = path
        .strip_suffix("index.html")
        .or_else(|| path.strip_suffix("index.htm"))
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(path);
    let path = path.strip_suffix(".html").or_else(|| path.strip_suffix(".htm")).unwrap_or(path);
    path.trim_end_matches('/').to_owned()
}

/// Whether the generator leaves a file that is no page out of what it publishes.
pub(super) fn is_hidden(path: &str, facts: &Facts, files: &Files) -> bool {
    // GitHub serves a repository of this kind as it stands, where nothing else builds it.
    facts.generator.is_jekyll() && !files.has_file(".nojekyll") && jekyll::is_hidden(path, facts)
}

/// Whether a generator makes a page of a file.
fn is_rendered(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(
        extension.as_deref(),
        Some("md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd" | "ipynb" | "html" | "htm")
    )
}

fn urls_of(path: &str, front: Option<&Data>, facts: &Facts, files: &Files) -> Urls {
    if facts.generator.is_jekyll() {
        return jekyll::urls_of(path, front, facts, files);
    }
    if facts.generator.is_hugo() {
        return hugo::urls_of(path, front, facts);
    }
    let mut urls = vec![rendered(path)];
    if facts.generator == Generator::Quarto {
        urls.extend(list(front, "aliases").into_iter().map(|alias| join(folder_of(path), &alias)));
    } else {
        urls.push(format!("/{path}"));
        if path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("readme.md")) {
            urls.push(format!("/{}", folder_of(path)));
        }
    }
    Urls { urls, unpublished: false }
}

/// `/a/b.html` for `a/b.qmd`, `/a/` for `a/index.md`.
fn rendered(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    match stem.strip_suffix("index").filter(|folder| folder.is_empty() || folder.ends_with('/')) {
        Some(folder) => format!("/{folder}"),
        None => format!("/{stem}.html"),
    }
}

/// The folder of a path, without a final slash.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An alias: from the root when it is rooted, else from the folder.
fn join(folder: &str, alias: &str) -> String {
    if alias.starts_with('/') { alias.to_owned() } else { format!("/{folder}/{alias}") }
}

/// The strings under a key of the front matter.
fn list(front: Option<&Data>, key: &str) -> Vec<String> {
    let Some(value) = front.and_then(|front| front.get(key)) else { return Vec::new() };
    match value.text() {
        Some(text) => vec![text.to_owned()],
        None => value.list().iter().filter_map(|each| each.text().map(str::to_owned)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_for_all_ways_to_write_a_url() {
        for url in ["/a/b", "a/b/", "/a/b.html", "a/b/index.html", "//a/b//"] {
            assert_eq!(key(url), "a/b", "{url}");
        }
        assert_eq!(
            (key("/"), key("/index.html"), key("/myindex.html")),
            (String::new(), String::new(), "myindex".into())
        );
    }

    #[test]
    fn quarto_and_plain_files() {
        let files = Files::default();
        let quarto = Facts { generator: Generator::Quarto, ..Facts::default() };
        assert_eq!(urls_of("a/b.qmd", None, &quarto, &files).urls, ["/a/b.html"]);
        assert_eq!(urls_of("a/index.qmd", None, &quarto, &files).urls, ["/a/"]);
        let plain = Facts::default();
        assert!(urls_of("a/README.md", None, &plain, &files).urls.contains(&"/a".to_owned()));
    }
}
