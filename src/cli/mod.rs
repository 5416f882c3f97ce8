//! The command line: arguments in, exit code out.
//!
//! It asks the engine and hands what comes to a report; it judges nothing itself.

mod args;
mod baseline;
mod check;
mod diff;
mod init;
mod manual;
#[cfg(feature = "net")]
mod online;
mod repair;
mod watch;

use crate::config::closest;
use crate::diagnostic::Severity;
use crate::engine::{self, Choice, Options};
use crate::report::{self, Report};
use args::{Cli, Colour, Command, TableFormat, ViewFormat};
use clap::Parser as _;
use std::io::{self, Write as _};
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
    #[error("changes cannot be watched: {0}")]
    Watch(notify::Error),
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
            Failure::Watch(_) => {
                "name a smaller folder, or allow more watches (fs.inotify.max_user_watches)".to_owned()
            }
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
            complain(&failure, colours(cli.color, &io::stderr()));
            ExitCode::from(FAILED)
        }
    }
}

fn dispatch(cli: &Cli) -> Result<u8, Failure> {
    let colour = colours(cli.color, &io::stdout());
    match &cli.command {
        Command::Check(check) => return check::run(check, cli.color),
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
        Command::Completions { shell } => {
            print(&manual::completions(*shell))?;
        }
        Command::Man => print(&manual::page()?)?,
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

/// Names of rules and families.
fn names_of_rules() -> impl Iterator<Item = &'static str> {
    engine::catalogue().flat_map(|meta| [meta.id, meta.family()])
}

/// Whether to colour what goes to a stream.
fn colours(wish: Colour, stream: &impl anstream::stream::RawStream) -> bool {
    match wish {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
    }
}

/// Prints to standard output; a reader that has gone away is no fault.
fn print(text: &str) -> Result<(), Failure> {
    // What is coloured was decided before; old terminals of Windows need it translated.
    let mut out = anstream::AutoStream::always(io::stdout().lock());
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
    tell(&complaint(failure, colour));
}

/// What went wrong, and one sentence of advice.
fn complaint(failure: &Failure, colour: bool) -> String {
    let drawn = match failure {
        Failure::Engine(engine::Error::Config { text, faults }) => report::refusal(text, faults, colour),
        _ => String::new(),
    };
    let (message, advice) = (failure.to_string(), failure.advice());
    format!("{drawn}error: {}\nhelp: {}\n", report::clean::line(&message), report::clean::line(&advice))
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
            Failure::Watch(notify::Error::generic("x")),
            Failure::Output { path: "x".to_owned(), reason: io::Error::other("x") },
        ] {
            assert!(!failure.advice().is_empty(), "{failure}");
        }
        let meant = Failure::UnknownRule("supress/unused".to_owned()).advice();
        assert_eq!(meant, "did you mean `suppress/unused`?");
    }
}
