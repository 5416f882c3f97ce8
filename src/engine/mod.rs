//! The way of the data: discover, read, parse, judge, suppress, sort.
//!
//! This module and those above it are the only ones that touch files and the clock. It words no
//! finding and shows nothing.

mod assemble;
mod fingerprint;
mod gather;
mod judge;
mod plan;
mod read;
mod session;
mod shift;
mod since;
pub mod walk;
mod write;

pub use assemble::{Material, assemble, format_of};
pub use judge::{Choice, Judgement, judge};
pub use plan::{Job, Stdin, WORDS, plan, today};
pub use session::Session;
pub use since::{Changes, since};
pub use write::{Unwritten, replace};

use crate::config::{Config, Fault};
use crate::diagnostic::Diagnostic;
use crate::evidence::Witness;
use crate::rules::{self, Meta};
use crate::site::{self, Files, Role, Site};
use crate::text::Source;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that can be explained, selected and configured: the rules, and what is said of ignore
/// comments.
pub fn catalogue() -> impl Iterator<Item = &'static Meta> {
    rules::all().map(rules::Rule::meta).chain([&crate::suppress::UNUSED])
}

/// What holds for all sites of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The configuration file, instead of `scholint.toml` at the site's root.
    pub config: Option<PathBuf>,
    /// Which rules.
    pub choice: Choice,
    /// The day that dates are judged by, before the configuration's.
    pub today: Option<Date>,
    /// The clock's day.
    pub clock: Date,
    /// Who answers what rules ask of the world outside the site; nobody does when offline.
    pub witness: Option<Arc<dyn Witness>>,
}

/// What came out of checking one site.
#[derive(Debug)]
pub struct Outcome {
    /// The site.
    pub site: Site,
    /// What leads from the working directory to the site's root, empty or ending in `/`.
    pub prefix: String,
    /// The findings, sorted by file, place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// For each finding, a name that stays when lines move.
    pub fingerprints: Vec<String>,
    /// How many findings were silenced by comments.
    pub suppressed: usize,
    /// How many files the findings are about.
    pub files: usize,
    /// How many links to other sites nobody asked about.
    pub unasked: usize,
    /// How many questions to other sites had no certain answer.
    pub unsure: usize,
    /// The run was stopped before everything was asked.
    pub interrupted: bool,
    /// What could not be done.
    pub notes: Vec<Note>,
}

impl Outcome {
    /// The path of a file from the working directory.
    pub fn path_of(&self, source: &Source) -> String {
        format!("{}{}", self.prefix, source.path())
    }

    /// Keeps the findings of which `keep` holds, given each with its fingerprint; tells how many went.
    pub fn keep(&mut self, keep: impl Fn(&Site, &Diagnostic, &str) -> bool) -> usize {
        let before = self.diagnostics.len();
        let findings = std::mem::take(&mut self.diagnostics);
        let fingerprints = std::mem::take(&mut self.fingerprints);
        for (diagnostic, fingerprint) in findings.into_iter().zip(fingerprints) {
            if keep(&self.site, &diagnostic, &fingerprint) {
                self.diagnostics.push(diagnostic);
                self.fingerprints.push(fingerprint);
            }
        }
        before - self.diagnostics.len()
    }
}

/// Something that could not be done, while all else went on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file it is about, from the site's root.
    pub path: Option<String>,
    /// What happened.
    pub message: String,
    /// What to do about it.
    pub advice: &'static str,
    /// Whether the run as a whole did not do what was asked.
    pub failed: bool,
}

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A path that was named is not there.
    #[error("there is no file or folder `{0}`")]
    NoSuchPath(String),
    /// A configuration file that was named cannot be read.
    #[error("the configuration `{path}` cannot be read: {reason}")]
    UnreadableConfig {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The configuration is wrong.
    #[error("the configuration is wrong")]
    Config {
        /// Its text and path.
        text: Source,
        /// What is wrong with it.
        faults: Vec<Fault>,
    },
    /// Git cannot say what changed.
    #[error("git cannot tell what changed since `{revision}`: {reason}")]
    Git {
        /// The revision that was named.
        revision: String,
        /// What git said.
        reason: String,
    },
    /// The working directory is gone.
    #[error("the working directory cannot be found: {0}")]
    NoWorkingDirectory(std::io::Error),
}

impl Error {
    /// One sentence of advice.
    pub const fn advice(&self) -> &'static str {
        match self {
            Error::NoSuchPath(_) => "check the spelling, or run it from the folder the path is relative to",
            Error::UnreadableConfig { .. } => "name a readable TOML file, or leave --config out",
            Error::Config { .. } => "mend the file; `scholint schema` describes it",
            Error::Git { .. } => {
                "name a revision that this clone has: `git fetch --depth=1 origin REV` brings one that it lacks"
            }
            Error::NoWorkingDirectory(_) => "change to a folder that exists",
        }
    }
}

/// Reads a site and judges it.
///
/// # Errors
/// When the configuration cannot be read or is wrong.
pub fn check(job: &Job, options: &Options) -> Result<Outcome, Error> {
    let Reading { site, config, config_path, mut notes, prefix } = read_site(job, options, None)?;
    let today = options.today.or(config.today).unwrap_or(options.clock);
    let gathered = gather::gather(&site, job, &config, options);
    let is_offline = gathered.is_none();
    let gathered = gathered.unwrap_or_default();
    notes.extend(gathered.notes);
    let judgement = judge(&site, &config, &options.choice, &gathered.evidence, today);
    notes.extend(judgement.notes);
    let reported = |path: &str| job.names(path) && config_path.as_deref() != Some(path);
    let mut diagnostics = judgement.diagnostics;
    diagnostics.retain(|diagnostic| reported(site.page(diagnostic.place.file).path()));
    let fingerprints = fingerprint::of(&site, &diagnostics);
    let pages = || site.pages.iter().filter(|page| reported(page.path()));
    let remote = || {
        let links = pages().flat_map(|page| &page.links);
        let targets = links.map(|link| link.target.split('#').next().unwrap_or_default());
        targets.filter(|target| is_remote(target)).collect::<BTreeSet<_>>().len()
    };
    let unasked = if is_offline { remote() } else { gathered.unasked };
    let files = pages().count();
    notes.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    Ok(Outcome {
        prefix,
        diagnostics,
        fingerprints,
        suppressed: judgement.suppressed,
        files,
        unasked,
        unsure: gathered.unsure,
        interrupted: gathered.interrupted,
        notes,
        site,
    })
}

/// Reads a site without judging it.
///
/// # Errors
/// When the configuration cannot be read or is wrong.
pub fn understand(job: &Job, options: &Options) -> Result<Outcome, Error> {
    let Reading { site, notes, prefix, .. } = read_site(job, options, None)?;
    let files = site.pages.len();
    Ok(Outcome {
        site,
        prefix,
        diagnostics: Vec::new(),
        fingerprints: Vec::new(),
        suppressed: 0,
        files,
        unasked: 0,
        unsure: 0,
        interrupted: false,
        notes,
    })
}

/// Whether a target is an address on the web.
fn is_remote(target: &str) -> bool {
    let scheme = target.split(':').next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && scheme.len() < target.len()
}

struct Reading {
    site: Site,
    config: Config,
    config_path: Option<String>,
    notes: Vec<Note>,
    prefix: String,
}

/// Reads a site; of `before`, the site as it was, the pages that did not change are taken over.
fn read_site(job: &Job, options: &Options, before: Option<&Site>) -> Result<Reading, Error> {
    let (config, config_path) = plan::configuration(job, options)?;
    let listing = match job.files.first() {
        Some(file) if job.alone => walk::alone(file),
        _ => walk::list(&job.root, &config.exclude),
    };
    let mut notes: Vec<Note> = listing
        .unreadable
        .iter()
        .map(|path| Note {
            path: Some(path.clone()),
            message: "cannot be listed".to_owned(),
            advice: "make it readable, or exclude it in scholint.toml",
            failed: false,
        })
        .collect();
    let is_excluded = |path: &str| listing.excluded.contains(path);
    let mut paths: BTreeSet<Arc<str>> = listing.files.iter().cloned().collect();
    paths.extend(job.stdin.iter().map(|stdin| Arc::from(&*stdin.path)));
    // A named file is read even where git ignores it, but not where the configuration excludes it.
    let named = job.files.iter().map(String::as_str).filter(|path| !job.pages_only && !is_excluded(path));
    let named: BTreeSet<&str> = named.collect();
    paths.extend(named.iter().map(|path| Arc::from(*path)));

    // A text that stands in for a file may be of one that is yet to be written.
    let mut files =
        Files::new(paths.iter().cloned()).with_ignored(listing.hidden.iter().cloned(), &listing.ignores);
    let unwritten: Vec<Arc<str>> = job
        .texts
        .keys()
        .filter(|path| !paths.contains(path.as_str()) && !files.is_ignored(path))
        .map(|path| Arc::from(path.as_str()))
        .collect();
    if !unwritten.is_empty() {
        paths.extend(unwritten);
        files =
            Files::new(paths.iter().cloned()).with_ignored(listing.hidden.iter().cloned(), &listing.ignores);
    }

    let wanted: Vec<&Arc<str>> = paths
        .iter()
        .filter(|path| {
            format_of(path).is_some()
                && ((site::role(path) != Role::Present && !is_excluded(path))
                    || named.contains(&***path)
                    || job.stdin.as_ref().is_some_and(|stdin| stdin.path == ***path)
                    || config_path.as_deref() == Some(&***path))
        })
        .collect();
    let (texts, unread) = read::all(job, &wanted, &named);
    notes.extend(unread);
    let by_path: BTreeMap<&str, &Arc<str>> = texts.iter().map(|(path, text)| (&**path, text)).collect();
    let lookup = |path: &str| match by_path.get(path) {
        Some(text) => Some((***text).to_owned()),
        // Git's own configuration is no file of the site, but tells where the site comes from.
        None => (paths.contains(path) || path == ".git/config").then(|| read::one(job, path).ok()).flatten(),
    };
    let material = Material { files, texts: texts.clone(), lookup: &lookup, before };
    let (site, lost) = assemble(material, &config, config_path.as_deref());
    notes.extend(lost);
    Ok(Reading { site, config, config_path, notes, prefix: job.prefix.clone() })
}
