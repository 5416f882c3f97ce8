//! PLACEHOLDER, replaced at merge: finds the root of a site and lists its files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The files of a site.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Paths relative to the root, with `/`, sorted.
    pub paths: Vec<Arc<str>>,
    /// What could not be listed, and why.
    pub unreadable: Vec<(String, String)>,
}

/// The nearest ancestor that looks like the root of a site, else the start itself.
pub fn find_root(start: &Path) -> PathBuf {
    let folder = if start.is_dir() { start } else { start.parent().unwrap_or(start) };
    folder
        .ancestors()
        .find(|folder| {
            ["scholint.toml", "_config.yml", "hugo.toml", "_quarto.yml", ".git"]
                .iter()
                .any(|name| folder.join(name).exists())
        })
        .unwrap_or(folder)
        .to_path_buf()
}

/// Every file of a site that git does not ignore.
pub fn list(root: &Path, exclude: &[String]) -> Listing {
    let patterns = crate::config::Patterns::new(exclude.iter().map(String::as_str)).ok();
    let mut paths: Vec<Arc<str>> = ignore::WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| Some(entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/").into()))
        .filter(|path: &Arc<str>| !path.starts_with(".git/"))
        .filter(|path: &Arc<str>| patterns.as_ref().is_none_or(|patterns| !patterns.matches(path)))
        .collect();
    paths.sort();
    Listing { paths, unreadable: Vec::new() }
}
