//! Finding a site's root and listing its files.
//!
//! The only place that walks folders. It reads `.gitignore` files and names, no page; it never leaves
//! the site, whatever a symbolic link says.

use crate::site::Files;
use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// What was found under a site's root. All paths are relative to it, with `/`, and sorted.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The files.
    pub files: Vec<Arc<str>>,
    /// Those of them that the configuration excludes from reading.
    pub excluded: BTreeSet<Arc<str>>,
    /// Files and folders (ending in `/`) that exist and are not looked into: what git ignores, build
    /// output, installed packages, links out of the site.
    pub hidden: Vec<Arc<str>>,
    /// The `.gitignore` files, as folder and text.
    pub ignores: Vec<(String, String)>,
    /// Folders that could not be read, and names that are no Unicode.
    pub unreadable: Vec<String>,
}

impl Listing {
    /// The listing as the site keeps it.
    pub fn to_files(&self) -> Files {
        Files::new(self.files.iter().cloned()).with_ignored(self.hidden.iter().cloned(), &self.ignores)
    }
}

/// The files that make a folder the root of a site.
const ROOT_FILES: &[&str] = &[
    "scholint.toml",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "hugo.json",
    "_quarto.yml",
    "_quarto.yaml",
    "hugoblox.yaml",
];

/// Folders that are never looked into.
const CLOSED: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "bower_components",
    "_site",
    ".jekyll-cache",
    ".jekyll-metadata",
    ".sass-cache",
    ".bundle",
    ".quarto",
    ".venv",
    ".cache",
    "__pycache__",
    ".scholint-cache",
];

/// The root of the site that `start`, a file or folder, belongs to: the nearest folder upwards that has
/// a configuration or is a repository; the start itself when there is none.
pub fn find_root(start: &Path) -> PathBuf {
    let start = fs::canonicalize(start).unwrap_or_else(|_| start.to_path_buf());
    let folder = if start.is_file() { start.parent().unwrap_or(&start) } else { &start };
    folder.ancestors().find(|folder| is_root(folder)).unwrap_or(folder).to_path_buf()
}

/// The root of the site that a file in `top` or below it belongs to: `top` itself when no folder between
/// says otherwise. Nothing above `top` is looked at.
pub fn root_within(top: &Path, file: &Path) -> PathBuf {
    let folders = file.ancestors().skip(1).take_while(|folder| folder.starts_with(top));
    folders.into_iter().find(|folder| is_root(folder)).unwrap_or(top).to_path_buf()
}

fn is_root(folder: &Path) -> bool {
    folder.parent().is_some()
        && (ROOT_FILES.iter().any(|name| folder.join(name).is_file())
            || folder.join(".git").exists()
            || folder.join("config/_default").is_dir()
            || (folder.join("content").is_dir()
                && ["config.toml", "config.yaml", "config.yml"]
                    .iter()
                    .any(|name| folder.join(name).is_file())))
}

/// A listing of one file, of whose surroundings nothing is known.
pub fn alone(file: &str) -> Listing {
    // What git ignores may be there or not.
    let ignores = vec![(String::new(), "*".to_owned())];
    Listing { files: vec![file.into()], ignores, ..Listing::default() }
}

/// Lists the files under a root. `exclude` holds patterns in the syntax of `.gitignore`.
pub fn list(root: &Path, exclude: &[String]) -> Listing {
    let mut builder = GitignoreBuilder::new("");
    for pattern in exclude {
        // A pattern that does not parse excludes nothing; the configuration reports it.
        let _ = builder.add_line(None, pattern);
    }
    let exclude = builder.build().unwrap_or_else(|_| Gitignore::empty());
    let mut walk = Walk {
        root,
        canonical: fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf()),
        exclude,
        matchers: Vec::new(),
        listing: Listing::default(),
        open: vec![Folder { path: String::new(), matchers: Vec::new() }],
    };
    while let Some(folder) = walk.open.pop() {
        walk.folder(&folder);
    }
    let mut listing = walk.listing;
    listing.files.sort();
    listing.hidden.sort();
    listing.ignores.sort();
    listing.unreadable.sort();
    listing
}

/// A folder to be looked into.
struct Folder {
    /// Its path; empty for the root.
    path: String,
    /// The `.gitignore` files above it, the deepest last, as indexes into [`Walk::matchers`].
    matchers: Vec<usize>,
}

struct Walk<'a> {
    root: &'a Path,
    canonical: PathBuf,
    exclude: Gitignore,
    matchers: Vec<(String, Gitignore)>,
    listing: Listing,
    open: Vec<Folder>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Folder) {
        let on_disk = self.root.join(&folder.path);
        let Ok(entries) = fs::read_dir(&on_disk) else {
            self.listing.unreadable.push(folder.path.clone());
            self.listing.hidden.push(format!("{}/", folder.path).into());
            return;
        };
        let mut matchers = folder.matchers.clone();
        if let Some(matcher) = self.read_ignore(&on_disk, &folder.path) {
            matchers.push(matcher);
        }
        for entry in entries.flatten() {
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                self.listing.unreadable.push(entry.path().to_string_lossy().into_owned());
                continue;
            };
            // Git composes the names that this system takes apart, and servers have git's.
            let composed = cfg!(target_os = "macos").then(|| name.nfc().collect::<String>());
            let name = composed.as_deref().unwrap_or(name);
            let path =
                if folder.path.is_empty() { name.to_owned() } else { format!("{}/{name}", folder.path) };
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                if CLOSED.contains(&name) || self.is_ignored(&matchers, &path, true) {
                    self.listing.hidden.push(format!("{path}/").into());
                } else {
                    self.open.push(Folder { path, matchers: matchers.clone() });
                }
            } else if kind.is_file() {
                self.file(&matchers, path);
            } else if kind.is_symlink() {
                self.symlink(&matchers, path, &entry.path());
            }
            // Pipes, sockets and devices are no part of a site.
        }
    }

    fn file(&mut self, matchers: &[usize], path: String) {
        if self.is_ignored(matchers, &path, false) {
            self.listing.hidden.push(path.into());
            return;
        }
        let excluded = self.exclude.matched_path_or_any_parents(&path, false).is_ignore();
        let path: Arc<str> = path.into();
        if excluded {
            self.listing.excluded.insert(path.clone());
        }
        self.listing.files.push(path);
    }

    /// A link to a file of the site is a file; one to a folder or out of the site is not followed.
    fn symlink(&mut self, matchers: &[usize], path: String, on_disk: &Path) {
        let Ok(target) = fs::canonicalize(on_disk) else { return };
        if target.is_file() && target.starts_with(&self.canonical) {
            self.file(matchers, path);
        } else if target.is_dir() {
            self.listing.hidden.push(format!("{path}/").into());
        } else {
            self.listing.hidden.push(path.into());
        }
    }

    fn read_ignore(&mut self, on_disk: &Path, folder: &str) -> Option<usize> {
        let file = on_disk.join(".gitignore");
        // Asked first, so that a pipe of this name does not block.
        if !file.is_file() {
            return None;
        }
        let bytes = fs::read(file).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let mut builder = GitignoreBuilder::new("");
        for line in text.lines() {
            let _ = builder.add_line(None, line);
        }
        let matcher = builder.build().ok()?;
        self.matchers.push((folder.to_owned(), matcher));
        self.listing.ignores.push((folder.to_owned(), text));
        Some(self.matchers.len() - 1)
    }

    /// Whether git ignores a path whose parents it does not.
    fn is_ignored(&self, matchers: &[usize], path: &str, is_folder: bool) -> bool {
        for &index in matchers.iter().rev() {
            let (folder, matcher) = &self.matchers[index];
            let inner = path.strip_prefix(folder.as_str()).unwrap_or(path).trim_start_matches('/');
            match matcher.matched(inner, is_folder) {
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

    fn write(root: &Path, path: &str, text: &str) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a parent")).expect("folders");
        fs::write(file, text).expect("a file");
    }

    #[test]
    fn lists_what_git_would() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        write(root, ".gitignore", "*.log\n/out/\n");
        write(root, "a/.gitignore", "!kept.log\n");
        for path in
            ["index.md", "a/kept.log", "a/x.log", "out/cv.pdf", "_site/index.html", ".git/config", "B/é.md"]
        {
            write(root, path, "");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(root, root.join("a/loop")).expect("a link");
            std::os::unix::fs::symlink("/etc/hostname", root.join("out-of-here")).expect("a link");
            std::os::unix::fs::symlink("index.md", root.join("inside.md")).expect("a link");
        }
        let listing = list(root, &["B/".to_owned()]);
        let files: Vec<&str> = listing.files.iter().map(|path| &**path).collect();
        let mut expected = vec![".gitignore", "B/é.md", "a/.gitignore", "a/kept.log", "index.md"];
        if cfg!(unix) {
            expected.push("inside.md");
        }
        assert_eq!(files, expected);
        assert_eq!(listing.excluded.iter().map(|path| &**path).collect::<Vec<_>>(), ["B/é.md"]);
        let files = listing.to_files();
        assert!(
            files.is_ignored("out/cv.pdf") && files.is_ignored("a/x.log") && !files.is_ignored("a/kept.log")
        );
        assert!(files.is_ignored("_site/anything.html"));
    }

    #[test]
    fn the_root_is_the_nearest_sign_of_a_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(folder.path()).expect("a path");
        write(&root, "site/_config.yml", "");
        write(&root, "site/_posts/2020/x.md", "");
        write(&root, "plain/x.md", "");
        write(&root, "hugo/config.toml", "");
        write(&root, "hugo/content/a/b.md", "");
        assert_eq!(find_root(&root.join("site/_posts/2020/x.md")), root.join("site"));
        assert_eq!(find_root(&root.join("site/_posts")), root.join("site"));
        assert_eq!(find_root(&root.join("hugo/content/a")), root.join("hugo"));
        assert_eq!(find_root(&root.join("plain/x.md")), root.join("plain"));
    }
}
