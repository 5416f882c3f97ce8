//! The list of a site's files, with their true letter case.
//!
//! It is a value: it never asks the disk, whose answer ignores letter case on some machines.

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::sync::Arc;

/// Every file and folder of a site, by path relative to the root, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Files {
    paths: BTreeSet<Arc<str>>,
    folders: BTreeSet<Arc<str>>,
    /// Paths of files and folders in lower case → as they are.
    folded: BTreeMap<String, Vec<Arc<str>>>,
    /// File names in lower case → paths, for suffix searches.
    names: BTreeMap<String, Vec<Arc<str>>>,
    /// Files and folders that exist and that git ignores or that are build output; a folder ends in `/`.
    hidden: BTreeSet<Arc<str>>,
    /// The `.gitignore` files, the deepest first.
    ignores: Arc<Vec<(String, Gitignore)>>,
}

impl Files {
    /// The list from its paths.
    pub fn new(paths: impl IntoIterator<Item = Arc<str>>) -> Self {
        let mut files = Self::default();
        for path in paths {
            let mut folder = &*path;
            while let Some((parent, _)) = folder.rsplit_once('/') {
                if !files.folders.insert(parent.into()) {
                    break;
                }
                folder = parent;
            }
            let name = path.rsplit('/').next().unwrap_or_default();
            files.names.entry(name.to_lowercase()).or_default().push(path.clone());
            files.paths.insert(path);
        }
        for path in files.paths.iter().chain(&files.folders) {
            files.folded.entry(path.to_lowercase()).or_default().push(path.clone());
        }
        files
    }

    /// Adds what exists but is not read (`hidden`: git-ignored files, and folders that end in `/`), and
    /// the `.gitignore` files as (folder, text), which also tell of files that are yet to be built.
    #[must_use]
    pub fn with_ignored(
        mut self,
        hidden: impl IntoIterator<Item = Arc<str>>,
        ignores: &[(String, String)],
    ) -> Self {
        self.hidden.extend(hidden);
        let mut matchers: Vec<(String, Gitignore)> = ignores
            .iter()
            .filter_map(|(folder, text)| {
                let mut builder = GitignoreBuilder::new("");
                for line in text.lines() {
                    // A pattern that does not parse ignores nothing, as git has it.
                    let _ = builder.add_line(None, line);
                }
                Some((folder.clone(), builder.build().ok()?))
            })
            .collect();
        matchers.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
        self.ignores = Arc::new(matchers);
        self
    }

    /// Whether there is a file of exactly this path.
    pub fn has_file(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether there is a folder of exactly this path; the root is one.
    pub fn has_folder(&self, path: &str) -> bool {
        path.is_empty() || self.folders.contains(path)
    }

    /// All files in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<str>> {
        self.paths.iter()
    }

    /// The files in a folder and below it, in order.
    pub fn within<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a Arc<str>> + use<'a> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.paths
            .range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded))
            .take_while(move |path| path.starts_with(&prefix))
    }

    /// The files and folders that have this path when letter case is ignored.
    pub fn ignoring_case(&self, path: &str) -> &[Arc<str>] {
        self.folded.get(&path.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// The files of a name, in any letter case and any folder.
    pub fn named(&self, name: &str) -> &[Arc<str>] {
        self.names.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// Whether a file ends with this path, at the border of a folder.
    pub fn has_suffix(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        // Many files of one name (`index.md`, `featured.jpg`) would make this a long search.
        self.named(name).iter().take(500).any(|file| {
            file.strip_suffix(path).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    /// Whether git ignores this path, or it lies in build output: then nothing can be said about it.
    pub fn is_ignored(&self, path: &str) -> bool {
        if self.hidden.contains(path) {
            return true;
        }
        let inside = path
            .match_indices('/')
            .any(|(at, _)| path.get(..=at).is_some_and(|folder| self.hidden.contains(folder)));
        inside || self.hidden.contains(format!("{path}/").as_str()) || self.is_git_ignored(path)
    }

    fn is_git_ignored(&self, path: &str) -> bool {
        // A pattern is tried on every parent folder: bound the depth of what a link may ask.
        if path.is_empty() || path.matches('/').count() > 64 {
            return false;
        }
        for (folder, matcher) in self.ignores.iter() {
            let inner = if folder.is_empty() {
                Some(path)
            } else {
                path.strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/'))
            };
            let Some(inner) = inner.filter(|inner| !inner.is_empty() && !inner.starts_with('/')) else {
                continue;
            };
            match matcher.matched_path_or_any_parents(inner, path.ends_with('/')) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Files {
        Files::new(paths.iter().map(|path| Arc::from(*path)))
    }

    #[test]
    fn files_and_folders_in_their_true_case() {
        let files = files(&["img/Lisa.JPG", "a/b/c.md", "a/d.md", "ab.md"]);
        assert!(files.has_file("img/Lisa.JPG") && !files.has_file("img/lisa.jpg"));
        assert!(
            files.has_folder("a/b")
                && files.has_folder("a")
                && files.has_folder("")
                && !files.has_folder("b")
        );
        assert_eq!(&*files.ignoring_case("IMG/lisa.jpg")[0], "img/Lisa.JPG");
        assert_eq!(files.within("a").count(), 2);
        assert!(files.has_suffix("b/c.md") && !files.has_suffix("b.md") && files.has_suffix("c.md"));
    }

    #[test]
    fn what_git_ignores_is_not_missing() {
        let files = files(&["index.md"]).with_ignored(
            [Arc::from("_site/"), Arc::from("secret.pdf")],
            &[
                (String::new(), "*.log\n/build\n!keep.log\n[bad\n".to_owned()),
                ("sub".to_owned(), "*.pdf".to_owned()),
            ],
        );
        for (path, expected) in [
            ("_site/x/y.html", true),
            ("secret.pdf", true),
            ("x.log", true),
            ("keep.log", false),
            ("build/cv.pdf", true),
            ("sub/cv.pdf", true),
            ("cv.pdf", false),
            ("", false),
        ] {
            assert_eq!(files.is_ignored(path), expected, "{path}");
        }
    }
}
