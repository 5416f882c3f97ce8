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

/// Repairs a site without writing anything: what is `shown`, and no more. Where the repairs of a rule
/// quarrel with others, or make something new wrong, its findings in that file stay as they are.
pub(super) fn repair(
    job: &Job,
    options: &Options,
    allowed: Safety,
    shown: &dyn Fn(&Outcome, &Diagnostic, &str) -> bool,
) -> Result<Repairs, Failure> {
    let first = engine::check(job, options)?;
    let before = complaints(&first);
    let mut held = Held::new(&first, shown);
    let mut first = Some(first);
    loop {
        let start = match first.take() {
            Some(outcome) => outcome,
            None => engine::check(job, options)?,
        };
        let attempt = rounds(job, start, options, allowed, &held)?;
        let spoilt = attempt.quarrel.clone().unwrap_or_else(|| spoilt(&before, &attempt.repairs));
        if spoilt.is_empty() {
            held.tell();
            return Ok(attempt.repairs);
        }
        for path in spoilt {
            held.refuse(&path, attempt.rules.get(&path));
        }
    }
}

/// Findings that are not to be repaired.
struct Held {
    /// Those that are not shown, by path, rule and message.
    hidden: BTreeSet<(String, &'static str, String)>,
    /// Rules that do harm in a file: who was tried, and who is left out now.
    refused: BTreeMap<String, Suspects>,
}

/// The rules that changed a file for the worse: one of them alone may be to blame, else all are.
#[derive(Default)]
struct Suspects {
    rules: BTreeSet<&'static str>,
    tried: usize,
}

impl Suspects {
    fn holds(&self, rule: &str) -> bool {
        self.rules
            .iter()
            .enumerate()
            .any(|(at, each)| *each == rule && (self.is_all() || at + 1 == self.tried))
    }

    fn is_all(&self) -> bool {
        self.tried > self.rules.len() || self.rules.len() == 1
    }
}

impl Held {
    fn new(outcome: &Outcome, shown: &dyn Fn(&Outcome, &Diagnostic, &str) -> bool) -> Self {
        let findings = outcome.diagnostics.iter().zip(&outcome.fingerprints);
        let hidden = findings
            .filter(|(each, fingerprint)| !shown(outcome, each, fingerprint))
            .map(|(each, _)| named(outcome, each))
            .collect();
        Self { hidden, refused: BTreeMap::new() }
    }

    /// Leaves out one more rule in a file, and when each was tried in vain, all of them.
    fn refuse(&mut self, path: &str, rules: Option<&BTreeSet<&'static str>>) {
        let suspects = self.refused.entry(path.to_owned()).or_default();
        if suspects.tried == 0 || suspects.is_all() {
            suspects.rules.extend(rules.into_iter().flatten());
        }
        suspects.tried += 1;
    }

    /// Whether a finding may be repaired: it is shown, and all that it changes is in files that are reported on.
    fn allows(&self, outcome: &Outcome, each: &Diagnostic, job: &Job) -> bool {
        each.fix.as_ref().is_some_and(|fix| {
            fix.edits.iter().all(|edit| {
                let path = outcome.site.page(edit.place.file).path();
                job.names(path) && self.refused.get(path).is_none_or(|suspects| !suspects.holds(each.rule))
            })
        }) && !self.hidden.contains(&named(outcome, each))
    }

    fn tell(&self) {
        for (path, suspects) in &self.refused {
            let rules: Vec<&str> =
                suspects.rules.iter().filter(|rule| suspects.holds(rule)).copied().collect();
            let (path, rules) = (report::clean::line(path), rules.join(", "));
            tell(&format!(
                "note: {path}: repairs of {rules} would make something new wrong, and were left out\n"
            ));
        }
    }
}

/// A finding by path, rule and message.
fn named(outcome: &Outcome, each: &Diagnostic) -> (String, &'static str, String) {
    (outcome.site.page(each.place.file).path().to_owned(), each.rule, each.message.clone())
}

/// One attempt, and the files in which repairs never came to rest.
struct Attempt {
    repairs: Repairs,
    rules: BTreeMap<String, BTreeSet<&'static str>>,
    quarrel: Option<BTreeSet<String>>,
}

/// Repairs round by round, from what the site was found to be.
fn rounds(
    job: &Job,
    mut outcome: Outcome,
    options: &Options,
    allowed: Safety,
    held: &Held,
) -> Result<Attempt, Failure> {
    let mut job = job.clone();
    let mut changed: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut rules: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let mut applied = 0;
    let mut quarrel = None;
    for round in 0.. {
        let wanted: Vec<Diagnostic> =
            outcome.diagnostics.iter().filter(|each| held.allows(&outcome, each, &job)).cloned().collect();
        let repaired = fix::apply(&outcome.site, &wanted, allowed);
        if repaired.texts.is_empty() {
            break;
        }
        for (file, names) in repaired.rules {
            rules.entry(outcome.site.page(file).path().to_owned()).or_default().extend(names);
        }
        if round == ROUNDS {
            let paths = repaired.texts.keys().map(|file| outcome.site.page(*file).path().to_owned());
            quarrel = Some(paths.collect());
            break;
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
    Ok(Attempt { repairs: Repairs { outcome, changed, applied }, rules, quarrel })
}

/// How often each complaint at `warning` or above is made, by path, rule and message.
fn complaints(outcome: &Outcome) -> BTreeMap<(String, &'static str, String), usize> {
    let mut out = BTreeMap::new();
    for each in outcome.diagnostics.iter().filter(|each| each.severity >= Severity::Warning) {
        *out.entry(named(outcome, each)).or_default() += 1;
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
