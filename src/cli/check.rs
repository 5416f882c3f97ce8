//! `check`: what to look at, what to repair, what to show of it.

use super::args::{Check, Colour, ReportFormat};
use super::baseline::{self, Baseline};
#[cfg(feature = "net")]
use super::online;
use super::{
    CLEAN, FAILED, FOUND, Failure, INTERRUPTED, colours, names_of_rules, options, print, repair, tell, watch,
    write_file,
};
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::engine::{self, Choice, Job, Options, Outcome};
use crate::report::{self, Report};
use crate::site::Site;
use std::io::{self, Read as _};

/// Checks once, or stays and watches.
pub(super) fn run(check: &Check, colour: Colour) -> Result<u8, Failure> {
    for name in check.select.iter().chain(&check.ignore) {
        if !names_of_rules().any(|known| known == name) {
            return Err(Failure::UnknownRule(name.clone()));
        }
    }
    super::threads(check.threads.unwrap_or(0))?;
    if check.watch {
        return watch::watch(check, colour);
    }
    let (jobs, options, known) = (jobs(check)?, options_of(check), known(check)?);
    let (outcomes, written) = if check.fix || check.diff {
        match repaired(check, &jobs, &options, known.as_ref())? {
            Repaired::Printed(code) => return Ok(code),
            Repaired::Written(outcomes, all) => (narrowed(&jobs, outcomes, known.as_ref()), all),
        }
    } else {
        (checked(&jobs, &options, known.as_ref())?, true)
    };
    if check.write_baseline
        && let Some(path) = &check.baseline
    {
        write_file(path, &baseline::text(&outcomes))?;
        return Ok(CLEAN);
    }
    let report = report_of(check, &outcomes, colour);
    if check.verbose {
        tell(&what_was_read(&outcomes));
    }
    // A log of GitHub obeys commands anywhere in a line: there, the notes are annotations like the findings.
    if !check.quiet && !matches!(check.output_format, ReportFormat::Github) {
        tell(&report::notes(&report));
    }
    let text = text_of(check, &report);
    match &check.output {
        Some(path) => {
            write_file(path, &text)?;
            if !check.quiet {
                let path = path.display().to_string();
                tell(&format!("{}; written to {}\n", report.closing(), report::clean::line(&path)));
            }
        }
        None => print(&text)?,
    }
    Ok(exit_code(check, &outcomes, written))
}

fn exit_code(check: &Check, outcomes: &[Outcome], written: bool) -> u8 {
    let fail_on: Severity = check.fail_on.into();
    let found = outcomes.iter().flat_map(|outcome| &outcome.diagnostics).any(|each| each.severity >= fail_on);
    let failed = outcomes.iter().flat_map(|outcome| &outcome.notes).any(|note| note.failed);
    if outcomes.iter().any(|outcome| outcome.interrupted) {
        INTERRUPTED
    } else if failed || !written {
        FAILED
    } else if found {
        FOUND
    } else {
        CLEAN
    }
}

pub(super) fn options_of(check: &Check) -> Options {
    let choice = Choice { select: check.select.clone(), ignore: check.ignore.clone() };
    let options = options(check.config.clone(), choice, check.today);
    #[cfg(feature = "net")]
    let options = Options { witness: online::witness(check), ..options };
    options
}

/// What to check: the named paths, or the text from standard input.
pub(super) fn jobs(check: &Check) -> Result<Vec<Job>, Failure> {
    let mut jobs = match &check.stdin_filename {
        None => engine::plan(&check.paths, None)?,
        Some(path) => {
            let mut text = String::new();
            io::stdin().lock().read_to_string(&mut text).map_err(Failure::Stdin)?;
            engine::plan(&[], Some((path.clone(), text)))?
        }
    };
    for job in &mut jobs {
        job.pages_only = check.force_exclude;
        if let Some(revision) = &check.since {
            job.changes = Some(engine::since(job, revision)?);
        }
    }
    Ok(jobs)
}

/// The findings that shall not be spoken of.
pub(super) fn known(check: &Check) -> Result<Option<Baseline>, Failure> {
    match &check.baseline {
        Some(path) if !check.write_baseline => baseline::read(path).map(Some),
        _ => Ok(None),
    }
}

/// What there is to say of the sites.
pub(super) fn checked(
    jobs: &[Job],
    options: &Options,
    known: Option<&Baseline>,
) -> Result<Vec<Outcome>, Failure> {
    let outcomes = jobs.iter().map(|job| engine::check(job, options)).collect::<Result<Vec<_>, _>>()?;
    Ok(narrowed(jobs, outcomes, known))
}

/// Leaves out what the options do not want to hear of.
fn narrowed(jobs: &[Job], mut outcomes: Vec<Outcome>, known: Option<&Baseline>) -> Vec<Outcome> {
    for (job, outcome) in jobs.iter().zip(&mut outcomes) {
        outcome.keep(|site, each, _| is_changed(job, site, each));
        outcome.suppressed += outcome.keep(|_, _, fingerprint| !is_known(known, fingerprint));
    }
    outcomes
}

/// Whether a finding stands on lines that are asked about.
fn is_changed(job: &Job, site: &Site, each: &Diagnostic) -> bool {
    let source = site.source(each.place.file);
    let first = source.line_index(each.place.span.start) + 1;
    let last = source.line_index(each.place.span.end.saturating_sub(1)) + 1;
    job.changes.as_ref().is_none_or(|changes| changes.touch(source.path(), first, last.max(first)))
}

fn is_known(known: Option<&Baseline>, fingerprint: &str) -> bool {
    known.is_some_and(|known| known.holds(fingerprint))
}

/// What became of repairs.
enum Repaired {
    /// A patch or a text was printed, and that is all.
    Printed(u8),
    /// Files were written: the sites after it, and whether all could be.
    Written(Vec<Outcome>, bool),
}

/// Repairs what is shown: what is not shown is not touched.
fn repaired(
    check: &Check,
    jobs: &[Job],
    options: &Options,
    known: Option<&Baseline>,
) -> Result<Repaired, Failure> {
    let allowed = if check.unsafe_fixes { Safety::Ask } else { Safety::Safe };
    let shown_from: Severity = check.min_severity.into();
    let (mut outcomes, mut patch, mut written) = (Vec::new(), String::new(), true);
    for job in jobs {
        let shown = |outcome: &Outcome, each: &Diagnostic, fingerprint: &str| {
            each.severity >= shown_from
                && !is_known(known, fingerprint)
                && is_changed(job, &outcome.site, each)
        };
        let repairs = repair::repair(job, options, allowed, &shown)?;
        if check.diff {
            patch += &repairs.patch();
        } else if let Some(stdin) = &job.stdin {
            // An editor sends the text and takes the repaired one.
            let repaired = repairs.changed.get(&stdin.path).map_or(&stdin.text, |(_, new)| new);
            print(repaired)?;
            return Ok(Repaired::Printed(CLEAN));
        } else {
            written &= repairs.write(job);
            if !check.quiet && repairs.applied > 0 {
                tell(&repairs.told());
            }
        }
        outcomes.push(repairs.outcome);
    }
    if check.diff {
        print(&patch)?;
        return Ok(Repaired::Printed(if patch.is_empty() { CLEAN } else { FOUND }));
    }
    Ok(Repaired::Written(outcomes, written))
}

/// The report as the options want it.
pub(super) fn report_of<'a>(check: &Check, outcomes: &'a [Outcome], colour: Colour) -> Report<'a> {
    let mut report = Report::new(outcomes, check.min_severity.into());
    report.quiet = check.quiet;
    if check.output.is_none() {
        report.colour = colours(colour, &io::stdout());
        report.links =
            colour != Colour::Never && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    }
    report
}

/// The report's text; the counts by rule follow where they break no format.
pub(super) fn text_of(check: &Check, report: &Report<'_>) -> String {
    let format: report::Format = check.output_format.into();
    let mut text = report.write(format);
    if check.statistics {
        let statistics = report::statistics(report);
        if format.is_prose() {
            text += &statistics;
        } else {
            tell(&statistics);
        }
    }
    text
}

/// For `--verbose`: a line a site.
fn what_was_read(outcomes: &[Outcome]) -> String {
    let line = |outcome: &Outcome| {
        let site = &outcome.site;
        let owner = site.owner.as_ref().map_or("unknown", |owner| &*owner.name);
        let root = if outcome.prefix.is_empty() { "./" } else { &outcome.prefix };
        format!(
            "{}: {:?} site of {}, {} files read\n",
            report::clean::line(root),
            site.facts.generator,
            report::clean::line(owner),
            site.pages.len()
        )
    };
    outcomes.iter().map(line).collect()
}
