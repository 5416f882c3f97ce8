//! `--watch`: checks again whenever a file of the site changes, and shows what came of it.

use super::args::{Check, Colour};
use super::check::{checked, jobs, known, options_of, report_of, text_of};
use super::{Failure, complaint, print, write_file};
use crate::engine::Outcome;
use crate::report::{self, Report};
use notify::{Event, EventKind, RecursiveMode, Watcher as _};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A save is several events: this long without one, it is over.
const QUIET: Duration = Duration::from_millis(80);
/// Whatever else happens, it is checked again after this long.
const PATIENCE: Duration = Duration::from_secs(1);
/// Empties the screen and what was scrolled out of it.
const CLEAR: &str = "\u{1b}[H\u{1b}[2J\u{1b}[3J";

/// Checks, and checks again after each change, until it is interrupted or nobody reads on.
pub(super) fn watch(check: &Check, colour: Colour) -> Result<u8, Failure> {
    let places = jobs(check)?;
    let (sender, events) = channel();
    // Nobody listens any more once this function has ended.
    let mut watcher =
        notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(Failure::Watch)?;
    for job in &places {
        watcher.watch(&job.root, RecursiveMode::Recursive).map_err(Failure::Watch)?;
    }
    let roots: Vec<String> = places.iter().map(|job| name_of(&job.prefix)).collect();
    let status = format!("watching {}; Ctrl-C ends\n", roots.join(", "));
    let terminal = io::stdout().is_terminal();
    let mut shown = None;
    loop {
        let text = view(check, colour);
        // A generator may write a hundred files and change nothing that was said.
        if shown.as_ref() != Some(&text) {
            let clear = if terminal { CLEAR } else { "" };
            print(&format!("{clear}{text}{status}"))?;
            shown = Some(text);
        }
        wait(&events, check.output.as_deref())?;
    }
}

fn name_of(prefix: &str) -> String {
    let name = if prefix.is_empty() { "./" } else { prefix };
    report::clean::line(name).into_owned()
}

/// What there is to see now. A mistake in the configuration is one more thing to see.
fn view(check: &Check, colour: Colour) -> String {
    let seen = findings(check).and_then(|outcomes| {
        let report: Report<'_> = report_of(check, &outcomes, colour);
        let notes = if check.quiet { String::new() } else { report::notes(&report) };
        let text = text_of(check, &report);
        match &check.output {
            None => Ok(notes + &text),
            Some(path) => write_file(path, &text).map(|()| notes + &report.closing() + "\n"),
        }
    });
    seen.unwrap_or_else(|failure| complaint(&failure, super::colours(colour, &io::stdout())))
}

fn findings(check: &Check) -> Result<Vec<Outcome>, Failure> {
    checked(&jobs(check)?, &options_of(check), known(check)?.as_ref())
}

/// Waits for a change, and for the rest of what belongs to it.
fn wait(events: &Receiver<notify::Result<Event>>, output: Option<&Path>) -> Result<(), Failure> {
    let gone = || Failure::Watch(notify::Error::generic("the watch has ended"));
    loop {
        if is_change(&events.recv().map_err(|_| gone())?, output) {
            break;
        }
    }
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        match events.recv_timeout(QUIET) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Err(gone()),
        }
    }
    Ok(())
}

/// Whether something of the site may have changed: not by reading, not by git, not by our own report. A watch
/// that lost count may have missed anything.
fn is_change(event: &notify::Result<Event>, output: Option<&Path>) -> bool {
    let Ok(event) = event else { return true };
    let output = output.and_then(Path::file_name);
    let of_site =
        |path: &Path| path.file_name() != output && !path.components().any(|part| part.as_os_str() == ".git");
    !matches!(event.kind, EventKind::Access(_))
        && (event.paths.is_empty() || event.paths.iter().any(|path| of_site(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind};

    #[test]
    fn only_changes_of_the_site_count() {
        let create = EventKind::Create(CreateKind::File);
        for (kind, path, expected) in [
            (create, "site/index.md", true),
            (create, "site/.git/index.lock", false),
            (create, "site/report.html", false),
            (EventKind::Access(AccessKind::Any), "site/index.md", false),
        ] {
            let event = Ok(Event::new(kind).add_path(path.into()));
            assert_eq!(is_change(&event, Some(Path::new("out/report.html"))), expected, "{path}");
        }
        assert!(is_change(&Err(notify::Error::generic("overflow")), None));
    }
}
