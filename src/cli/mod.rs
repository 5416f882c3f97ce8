//! The command line: arguments in, exit code out.
//!
//! It asks the engine and hands what comes to a report; it judges nothing itself.

mod args;
mod baseline;
mod diff;
mod init;
#[cfg(feature = "net")]
mod online;
mod repair;

use crate::config::closest;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::engine::{self, Choice, Job, Options, Outcome};
use crate::report::{self, Report};
use crate::site::Site;
use args::{Check, Cli, Colour, Command, TableFormat, ViewFormat};
use baseline::Baseline;
use clap::Parser as _;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Nothing at or above `--fail-on`.
const CLEAN: u8 = 0;
/// Something.
const FOUND: u8 = 1;
/// Could not check.
const FAILED: u8 = 2;
/// Stopped by Ctrl-C: what was known by then is reported.
const INTERRUPTED: u8 = 130;

/// Why the command line could not do its work.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Engine(#[from] engine::Error),
    #[error("no rule or family is called `{0}`")]
    UnknownRule(String),
    #[error("standard input cannot be read: {0}")]
    Stdin(io::Error),
    #[error("`{path}` cannot be written: {reason}")]
    Output { path: String, reason: io::Error },
    #[error("{0} threads cannot be started: {1}")]
    Threads(usize, rayon::ThreadPoolBuildError),
    #[error("the baseline `{path}` cannot be read: {reason}")]
    Baseline { path: String, reason: String },
    #[cfg(feature = "lsp")]
    #[error(transparent)]
    Editor(#[from] crate::lsp::Broken),
    #[cfg(feature = "net")]
    #[error("there is no place for a cache: the environment names no home folder")]
    NoCache,
    #[error("`{0}` is there already")]
    Exists(String),
    /// Whoever reads us has read enough.
    #[error("the reader is gone")]
    BrokenPipe,
}

impl Failure {
    /// One sentence of advice.
    fn advice(&self) -> String {
        match self {
            Failure::Engine(error) => error.advice().to_owned(),
            Failure::UnknownRule(name) => match closest(name, names_of_rules()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`scholint rules` lists them".to_owned(),
            },
            Failure::Stdin(_) => "send the file's text as UTF-8".to_owned(),
            Failure::Output { .. } => "name a file in a folder that exists and can be written to".to_owned(),
            Failure::Baseline { .. } => "write it anew with --baseline FILE --write-baseline".to_owned(),
            Failure::Exists(_) => "edit it, or remove it first".to_owned(),
            #[cfg(feature = "net")]
            Failure::NoCache => "set XDG_CACHE_HOME or HOME to an absolute path".to_owned(),
            #[cfg(feature = "lsp")]
            Failure::Editor(_) => "editors start this; docs/editors.md says how".to_owned(),
            Failure::Threads(..) => "ask for fewer with --threads".to_owned(),
            Failure::BrokenPipe => String::new(),
        }
    }
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    // A rule that fails is reported as a note; the default hook would also print a trace.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, everything else is bad usage; neither minds a closed pipe.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
        }
    };
    match dispatch(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(Failure::BrokenPipe) => ExitCode::from(CLEAN),
        Err(failure) => {
            complain(&failure, colours(cli.color, io::stderr().is_terminal()));
            ExitCode::from(FAILED)
        }
    }
}

fn dispatch(cli: &Cli) -> Result<u8, Failure> {
    let colour = colours(cli.color, io::stdout().is_terminal());
    match &cli.command {
        Command::Check(check) => return run_check(check, cli.color),
        Command::Explain { rule } => {
            let meta = engine::catalogue()
                .find(|meta| meta.id == rule)
                .ok_or_else(|| Failure::UnknownRule(rule.clone()))?;
            print(&report::explain(meta, colour))?;
        }
        Command::Rules { output_format } => {
            let rules: Vec<_> = engine::catalogue().collect();
            print(&match output_format {
                TableFormat::Text => report::rules_text(&rules),
                TableFormat::Json => report::rules_json(&rules),
                TableFormat::Markdown => report::rules_markdown(&rules),
            })?;
        }
        Command::Inspect { path, output_format, config } => {
            let options = options(config.clone(), Choice::default(), None);
            for job in engine::plan(std::slice::from_ref(path), None)? {
                let outcome = engine::understand(&job, &options)?;
                tell(&report::notes(&Report::new(std::slice::from_ref(&outcome), Severity::Hint)));
                print(&match output_format {
                    ViewFormat::Text => report::inspect_text(&outcome),
                    ViewFormat::Json => report::inspect_json(&outcome),
                })?;
            }
        }
        Command::Init { path } => return run_init(path),
        #[cfg(feature = "net")]
        Command::Cache { deed } => return online::run_cache(*deed),
        #[cfg(feature = "lsp")]
        Command::Lsp { .. } => {
            threads(0)?;
            crate::lsp::run()?;
        }
        Command::Schema => {
            let mut schema = format!("{:#}", crate::config::schema());
            schema.push('\n');
            print(&schema)?;
        }
    }
    Ok(CLEAN)
}

fn options(config: Option<PathBuf>, choice: Choice, today: Option<jiff::civil::Date>) -> Options {
    Options { config, choice, today, clock: engine::today(), witness: None }
}

/// Starts so many threads; 0 is one a core.
fn threads(number: usize) -> Result<(), Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(number)
        .stack_size(8 << 20)
        .build_global()
        .map_err(|error| Failure::Threads(number, error))
}

fn run_check(check: &Check, colour: Colour) -> Result<u8, Failure> {
    for name in check.select.iter().chain(&check.ignore) {
        if !names_of_rules().any(|known| known == name) {
            return Err(Failure::UnknownRule(name.clone()));
        }
    }
    threads(check.threads.unwrap_or(0))?;
    let mut jobs = jobs(check)?;
    let choice = Choice { select: check.select.clone(), ignore: check.ignore.clone() };
    let options = options(check.config.clone(), choice, check.today);
    #[cfg(feature = "net")]
    let options = Options { witness: online::witness(check), ..options };
    if let Some(revision) = &check.since {
        for job in &mut jobs {
            job.changes = Some(engine::since(job, revision)?);
        }
    }
    let known = match &check.baseline {
        Some(path) if !check.write_baseline => Some(baseline::read(path)?),
        _ => None,
    };
    let mut outcomes = Vec::new();
    let mut written = true;
    if check.fix || check.diff {
        match repaired(check, &jobs, &options, known.as_ref())? {
            Repaired::Printed(code) => return Ok(code),
            Repaired::Written(after, all) => (outcomes, written) = (after, all),
        }
    } else {
        for job in &jobs {
            outcomes.push(engine::check(job, &options)?);
        }
    }
    for (job, outcome) in jobs.iter().zip(&mut outcomes) {
        outcome.keep(|site, each, _| is_changed(job, site, each));
        outcome.suppressed += outcome.keep(|_, _, fingerprint| !is_known(known.as_ref(), fingerprint));
    }
    if check.write_baseline
        && let Some(path) = &check.baseline
    {
        write_file(path, &baseline::text(&outcomes))?;
        return Ok(CLEAN);
    }

    let mut report = Report::new(&outcomes, check.min_severity.into());
    report.quiet = check.quiet;
    report.colour = check.output.is_none() && colours(colour, io::stdout().is_terminal());
    if check.verbose {
        tell(&what_was_read(&outcomes));
    }
    if !check.quiet {
        tell(&report::notes(&report));
    }
    let mut text = report.write(check.output_format.into());
    if check.statistics {
        let statistics = report::statistics(&report);
        // JSON stays JSON.
        if matches!(check.output_format, args::ReportFormat::Json) {
            tell(&statistics);
        } else {
            text += &statistics;
        }
    }
    match &check.output {
        Some(path) => write_file(path, &text)?,
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
                let (repairs, files) = (repairs.applied, repairs.changed.len());
                tell(&format!("{repairs} repaired in {files} files\n"));
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

/// Writes `scholint.toml` where there is none.
fn run_init(path: &Path) -> Result<u8, Failure> {
    let options = options(None, Choice::default(), None);
    for job in engine::plan(std::slice::from_ref(&path.to_path_buf()), None)? {
        let file = job.root.join("scholint.toml");
        if file.exists() {
            return Err(Failure::Exists(file.display().to_string()));
        }
        let outcome = engine::check(&job, &options)?;
        write_file(&file, &init::text(&outcome))?;
        tell(&format!("wrote {}\n", report::clean::line(&file.display().to_string())));
    }
    Ok(CLEAN)
}

/// What to check: the named paths, or the text from standard input.
fn jobs(check: &Check) -> Result<Vec<Job>, Failure> {
    let Some(path) = &check.stdin_filename else { return Ok(engine::plan(&check.paths, None)?) };
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text).map_err(Failure::Stdin)?;
    Ok(engine::plan(&[], Some((path.clone(), text)))?)
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

/// Names of rules and families.
fn names_of_rules() -> impl Iterator<Item = &'static str> {
    engine::catalogue().flat_map(|meta| [meta.id, meta.family()])
}

/// Whether to colour what goes to a stream.
fn colours(wish: Colour, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match wish {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// Prints to standard output; a reader that has gone away is no fault.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::BrokenPipe,
        _ => Failure::Output { path: "standard output".to_owned(), reason: error },
    })
}

/// Prints to standard error; nobody can be told when that fails.
fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn write_file(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|reason| Failure::Output { path: path.display().to_string(), reason })
}

fn complain(failure: &Failure, colour: bool) {
    if let Failure::Engine(engine::Error::Config { text, faults }) = failure {
        tell(&report::refusal(text, faults, colour));
    }
    let message = failure.to_string();
    let advice = failure.advice();
    tell(&format!("error: {}\nhelp: {}\n", report::clean::line(&message), report::clean::line(&advice)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_failure_ends_in_advice() {
        for failure in [
            Failure::Engine(engine::Error::NoSuchPath("x".to_owned())),
            Failure::UnknownRule("supress/unused".to_owned()),
            Failure::UnknownRule("zzz".to_owned()),
            Failure::Baseline { path: "x".to_owned(), reason: "y".to_owned() },
            Failure::Exists("x".to_owned()),
            Failure::Stdin(io::Error::other("x")),
            Failure::Output { path: "x".to_owned(), reason: io::Error::other("x") },
        ] {
            assert!(!failure.advice().is_empty(), "{failure}");
        }
        let meant = Failure::UnknownRule("supress/unused".to_owned()).advice();
        assert_eq!(meant, "did you mean `suppress/unused`?");
    }
}
