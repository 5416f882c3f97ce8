//! Paths named on the command line → sites to read, each with what is reported of it.

use super::{Changes, Error, Options, walk};
use crate::config::{Config, Dictionary, Fault};
use crate::text::Source;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// One site to read, and what to report of it.
#[derive(Clone, Debug)]
pub struct Job {
    /// The root of the site.
    pub root: PathBuf,
    /// What leads from the working directory to the root, empty or ending in `/`.
    pub prefix: String,
    /// Files named, from the root, with `/`: reported even where their place says otherwise.
    pub files: Vec<String>,
    /// Of the named files, only those that belong to the site are read.
    pub pages_only: bool,
    /// Folders named, from the root, with `/`; the root itself is the empty path.
    pub folders: Vec<String>,
    /// The text that stands in for one file.
    pub stdin: Option<Stdin>,
    /// Texts that stand in for files, by path from the root: what repairs have made of them so far.
    pub texts: BTreeMap<String, String>,
    /// The lines that others are asked about; `None` for all.
    pub changes: Option<Changes>,
    /// The site is the one file named: its surroundings are not looked at.
    pub alone: bool,
}

/// Text from standard input, as editors send it.
#[derive(Clone, Debug)]
pub struct Stdin {
    /// The file it stands in for, from the root, with `/`.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Job {
    /// All of the site at a root.
    pub fn of_site(root: PathBuf) -> Self {
        Self {
            root,
            prefix: String::new(),
            files: Vec::new(),
            pages_only: false,
            folders: vec![String::new()],
            stdin: None,
            texts: BTreeMap::new(),
            changes: None,
            alone: false,
        }
    }

    /// One file of a folder, of which nothing else is looked at.
    pub fn of_file(folder: PathBuf, name: String) -> Self {
        Self { files: vec![name], folders: Vec::new(), alone: true, ..Self::of_site(folder) }
    }

    /// Whether what is found in a file is reported.
    pub fn names(&self, path: &str) -> bool {
        self.stdin.as_ref().is_some_and(|stdin| stdin.path == path)
            || self.files.iter().any(|file| file == path)
            || self.folders.iter().any(|folder| {
                folder.is_empty()
                    || path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
    }
}

/// Groups paths by the site they belong to. `stdin` is a path and the text that stands in for it; its
/// file need not exist.
///
/// # Errors
/// When a path is not there.
pub fn plan(paths: &[PathBuf], stdin: Option<(PathBuf, String)>) -> Result<Vec<Job>, Error> {
    let here = std::env::current_dir().map_err(Error::NoWorkingDirectory)?;
    let here = std::fs::canonicalize(&here).map_or(here, plain);
    let mut jobs: Vec<Job> = Vec::new();
    for path in paths {
        let full = std::fs::canonicalize(path)
            .map(plain)
            .map_err(|_| Error::NoSuchPath(path.display().to_string()))?;
        let is_folder = full.is_dir();
        let root = root_of(&full, is_folder);
        let relative = relative_path(&root, &full);
        let job = job_of(&mut jobs, root, &here);
        let names = if is_folder { &mut job.folders } else { &mut job.files };
        names.push(relative);
    }
    if let Some((path, text)) = stdin {
        let full = here.join(&path);
        let folder = full.parent().unwrap_or(&here);
        let folder = std::fs::canonicalize(folder)
            .map(plain)
            .map_err(|_| Error::NoSuchPath(folder.display().to_string()))?;
        let root = root_of(&folder, true);
        let path = relative_path(&root, &folder.join(full.file_name().unwrap_or_default()));
        job_of(&mut jobs, root, &here).stdin = Some(Stdin { path, text });
    }
    Ok(jobs)
}

/// The clock's day.
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}

/// The root of the site that a path belongs to.
fn root_of(full: &Path, is_folder: bool) -> PathBuf {
    let root = walk::find_root(full);
    // A folder that its surroundings' git ignores, such as a checkout of another site, is no part of
    // the site around it.
    if is_folder
        && root != full
        && !walk::list(&root, &[]).files.iter().any(|path| is_below(&root, path, full))
    {
        return full.to_path_buf();
    }
    root
}

fn is_below(root: &Path, path: &str, folder: &Path) -> bool {
    root.join(path).starts_with(folder)
}

fn job_of<'a>(jobs: &'a mut Vec<Job>, root: PathBuf, here: &Path) -> &'a mut Job {
    let known = jobs.iter().position(|job| job.root == root);
    let at = known.unwrap_or_else(|| {
        let prefix = match relative_path(here, &root) {
            path if path.is_empty() || path.ends_with('/') => path,
            path => path + "/",
        };
        jobs.push(Job { prefix, folders: Vec::new(), ..Job::of_site(root) });
        jobs.len() - 1
    });
    &mut jobs[at]
}

/// The path from one folder to a file or folder, with `/`; both absolute and without `..`.
fn relative_path(from: &Path, to: &Path) -> String {
    let parts = |path: &Path| -> Vec<String> {
        path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect()
    };
    let (from, target) = (parts(from), parts(to));
    let shared = from.iter().zip(&target).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        // Another drive.
        return to.to_string_lossy().replace('\\', "/");
    }
    let ups = from.iter().skip(shared).map(|_| "..".to_owned());
    ups.chain(target.into_iter().skip(shared)).collect::<Vec<_>>().join("/")
}

/// A canonical path without the prefix that Windows puts before it.
fn plain(path: PathBuf) -> PathBuf {
    let mut parts = path.components();
    match parts.next() {
        Some(Component::Prefix(prefix)) => match prefix.kind() {
            std::path::Prefix::VerbatimDisk(disk) => {
                let mut plain = PathBuf::from(format!("{}:\\", char::from(disk)));
                plain.extend(parts.filter(|part| *part != Component::RootDir));
                plain
            }
            _ => path,
        },
        _ => path,
    }
}

/// The name of a site's configuration.
const OWN: &str = "scholint.toml";

/// The file beside the configuration that lists words which are right on a site.
pub const WORDS: &str = ".scholint-words.txt";

/// The configuration of a site, and its path from the root where it lies inside.
pub(super) fn configuration(job: &Job, options: &Options) -> Result<(Config, Option<String>), Error> {
    let own = job.root.join(OWN);
    let path = match &options.config {
        Some(path) => path.clone(),
        None if own.is_file() || job.texts.contains_key(OWN) => own,
        None => {
            let mut config = Config::default();
            config.typo.words.extend(site_words(job, &job.root));
            return Ok((config, None));
        }
    };
    let inside = options.config.is_none().then(|| OWN.to_owned());
    let shown = options
        .config
        .as_ref()
        .map_or_else(|| format!("{}{OWN}", job.prefix), |path| path.to_string_lossy().replace('\\', "/"));
    let unreadable = |reason: String| Error::UnreadableConfig { path: shown.clone(), reason };
    let text = if let Some(text) = job.texts.get(OWN).filter(|_| inside.is_some()) {
        text.clone()
    } else {
        let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
        String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))?
    };
    let known: Vec<&str> = super::catalogue().map(|meta| meta.id).collect();
    let mut config = Config::parse(&text, &known)
        .map_err(|faults| Error::Config { text: Source::new(shown.clone(), text.as_str()), faults })?;
    let folder = path.parent().unwrap_or(&job.root);
    config.typo.words.extend(site_words(job, folder));
    for dictionary in &mut config.typo.dictionaries {
        read_dictionary(folder, dictionary).map_err(|reason| Error::Config {
            text: Source::new(shown.clone(), text.as_str()),
            faults: vec![Fault {
                span: dictionary.span,
                message: format!("the dictionary `{}` cannot be read: {reason}", dictionary.path),
                help: Some("paths are seen from this file".to_owned()),
            }],
        })?;
    }
    Ok((config, inside))
}

/// Reads a dictionary, and the affixes beside it.
fn read_dictionary(folder: &Path, dictionary: &mut Dictionary) -> Result<(), std::io::Error> {
    let path = folder.join(&dictionary.path);
    if !path.is_file() {
        return Err(std::io::ErrorKind::NotFound.into());
    }
    dictionary.text = std::fs::read_to_string(&path)?;
    dictionary.affixes = std::fs::read_to_string(path.with_extension("aff")).ok();
    Ok(())
}

/// The words that [`WORDS`] lists beside the configuration, one a line; `#` begins a comment.
fn site_words(job: &Job, folder: &Path) -> Vec<String> {
    let text = match job.texts.get(WORDS).filter(|_| folder == job.root) {
        Some(text) => text.clone(),
        None => std::fs::read_to_string(folder.join(WORDS)).unwrap_or_default(),
    };
    let words = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_working_directory() {
        for (from, to, expected) in [
            ("/a/b", "/a/b", ""),
            ("/a/b", "/a/b/c/d.md", "c/d.md"),
            ("/a/b/c", "/a/b", ".."),
            ("/a/b", "/a/x/y", "../x/y"),
        ] {
            assert_eq!(relative_path(Path::new(from), Path::new(to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn only_what_is_named_is_reported() {
        let job = Job {
            files: vec!["a.md".to_owned()],
            folders: vec!["posts".to_owned()],
            ..Job::of_site(PathBuf::new())
        };
        for (path, expected) in
            [("a.md", true), ("b.md", false), ("posts/x.md", true), ("posts.md", false), ("x/a.md", false)]
        {
            assert_eq!(job.names(path), expected, "{path}");
        }
    }

    #[test]
    fn a_path_that_is_not_there_is_an_error() {
        let error = plan(&[PathBuf::from("no/such/path")], None).expect_err("an error");
        assert!(matches!(error, Error::NoSuchPath(_)));
        assert!(!error.advice().is_empty());
    }
}
