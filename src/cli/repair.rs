//! `--fix` and `--diff`: repair round by round until nothing changes, look at what came of it, and only then
//! write.

use super::{Failure, diff, tell};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::engine::{self, Job, Options, Outcome};
use crate::fix;
use crate::report;
use std::collections::{BTreeMap, BTreeSet};

/// How often the repaired site is looked at again.
const ROUNDS: usize = 10;

/// What repairs made of a site.
pub(super) struct Repairs {
    /// The site after them.
    pub(super) outcome: Outcome,
    /// Old and new text of each file that changed, by path from the site's root.
    pub(super) changed: BTreeMap<String, (String, String)>,
    /// How many repairs were applied.
    pub(super) applied: usize,
}

/// Repairs a site without writing anything. A file in which the repairs quarrel, or after which there is
/// something new to complain about, stays as it is.
pub(super) fn repair(job: &Job, options: &Options, allowed: Safety) -> Result<Repairs, Failure> {
    let first = engine::check(job, options)?;
    let before = complaints(&first);
    let mut refused: BTreeSet<String> = BTreeSet::new();
    loop {
        let attempt = rounds(job, options, allowed, &refused)?;
        let spoilt = attempt.quarrel.clone().unwrap_or_else(|| spoilt(&before, &attempt.repairs));
        if spoilt.is_empty() {
            return Ok(attempt.repairs);
        }
        for path in &spoilt {
            let shown = report::clean::line(path);
            tell(&format!("note: {shown}: repairs would make something new wrong; left as it is\n"));
        }
        refused.extend(spoilt);
    }
}

/// One attempt, and the files in which repairs never came to rest.
struct Attempt {
    repairs: Repairs,
    quarrel: Option<BTreeSet<String>>,
}

fn rounds(
    job: &Job,
    options: &Options,
    allowed: Safety,
    refused: &BTreeSet<String>,
) -> Result<Attempt, Failure> {
    let mut job = job.clone();
    let mut outcome = engine::check(&job, options)?;
    let mut changed: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut applied = 0;
    for round in 0.. {
        let wanted: Vec<Diagnostic> = outcome
            .diagnostics
            .iter()
            .filter(|each| is_wanted(&outcome, each, refused, &job))
            .cloned()
            .collect();
        let repaired = fix::apply(&outcome.site, &wanted, allowed);
        if repaired.texts.is_empty() {
            break;
        }
        if round == ROUNDS {
            let paths = repaired.texts.keys().map(|file| outcome.site.page(*file).path().to_owned());
            let quarrel = Some(paths.collect());
            return Ok(Attempt { repairs: Repairs { outcome, changed, applied }, quarrel });
        }
        applied += repaired.applied;
        for (file, text) in repaired.texts {
            let source = outcome.site.source(file);
            let path = source.path().to_string();
            let entry = changed.entry(path.clone());
            entry.or_insert_with(|| (source.text().to_owned(), String::new())).1.clone_from(&text);
            job.texts.insert(path, text);
        }
        outcome = engine::check(&job, options)?;
    }
    changed.retain(|_, (old, new)| old != new);
    Ok(Attempt { repairs: Repairs { outcome, changed, applied }, quarrel: None })
}

/// Whether a finding may be repaired: all that it changes is in files that are reported on.
fn is_wanted(outcome: &Outcome, each: &Diagnostic, refused: &BTreeSet<String>, job: &Job) -> bool {
    each.fix.as_ref().is_some_and(|fix| {
        fix.edits.iter().all(|edit| {
            let path = outcome.site.page(edit.place.file).path();
            !refused.contains(path) && job.names(path)
        })
    })
}

/// How often each complaint at `warning` or above is made, by path, rule and message.
fn complaints(outcome: &Outcome) -> BTreeMap<(String, &'static str, String), usize> {
    let mut out = BTreeMap::new();
    for each in outcome.diagnostics.iter().filter(|each| each.severity >= Severity::Warning) {
        let path = outcome.site.page(each.place.file).path().to_owned();
        *out.entry((path, each.rule, each.message.clone())).or_default() += 1;
    }
    out
}

/// The changed files that are worse than before: a new complaint, or a file that no longer parses.
fn spoilt(before: &BTreeMap<(String, &'static str, String), usize>, repairs: &Repairs) -> BTreeSet<String> {
    complaints(&repairs.outcome)
        .into_iter()
        .filter(|(complaint, count)| before.get(complaint).is_none_or(|had| had < count))
        .map(|((path, ..), _)| path)
        .filter(|path| repairs.changed.contains_key(path))
        .collect()
}

impl Repairs {
    /// Writes what changed. Files that cannot be written are told of, and stay as they were.
    pub(super) fn write(&self, job: &Job) -> bool {
        let mut all = true;
        for (path, (old, new)) in &self.changed {
            if let Err(error) = engine::replace(job, path, old, new) {
                all = false;
                let shown = report::clean::line(path);
                tell(&format!("error: `{shown}` {error}\nhelp: nothing in it was changed\n"));
            }
        }
        all
    }

    /// What was done, as a line.
    pub(super) fn told(&self) -> String {
        let (repairs, files) =
            (report::count(self.applied, "repair"), report::count(self.changed.len(), "file"));
        format!("{repairs} made in {files}\n")
    }

    /// The patch.
    pub(super) fn patch(&self) -> String {
        let prefix = &self.outcome.prefix;
        self.changed
            .iter()
            .map(|(path, (old, new))| diff::unified(&format!("{prefix}{path}"), old, new))
            .collect()
    }
}
