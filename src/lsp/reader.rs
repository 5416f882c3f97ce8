//! The thread that reads and judges whole sites, so that nobody who types waits for it.

use super::Event;
use crate::engine::{self, Choice, Job, Options, Session};
use crate::site::Site;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A site to read.
pub(super) struct Task {
    /// Its root, or the one file that it is.
    pub(super) key: PathBuf,
    /// How often it had changed by then.
    pub(super) revision: u64,
    /// What to read.
    pub(super) job: Job,
    /// The site as it was.
    pub(super) before: Option<Arc<Site>>,
}

/// A site that was read.
pub(super) struct Read {
    /// As in the task.
    pub(super) key: PathBuf,
    /// As in the task.
    pub(super) revision: u64,
    /// The site, or why it could not be read.
    pub(super) session: Result<Session, Failure>,
}

/// Why a site could not be read.
#[derive(Debug)]
pub(super) enum Failure {
    /// The engine says why.
    Engine(engine::Error),
    /// It panicked.
    Panic,
}

/// Starts the thread.
pub(super) fn start(events: Sender<Event>) -> std::io::Result<Sender<Task>> {
    let (tasks, inbox) = channel();
    std::thread::Builder::new().stack_size(super::STACK).spawn(move || work(&inbox, &events))?;
    Ok(tasks)
}

fn work(inbox: &Receiver<Task>, events: &Sender<Event>) {
    for Task { key, revision, job, before } in inbox {
        let options = Options {
            config: None,
            choice: Choice::default(),
            today: None,
            clock: engine::today(),
            witness: None,
        };
        let attempt = catch_unwind(AssertUnwindSafe(|| Session::open(job, options, before.as_deref())));
        let session = attempt.map_err(|_| Failure::Panic).and_then(|read| read.map_err(Failure::Engine));
        if events.send(Event::Read(Box::new(Read { key, revision, session }))).is_err() {
            return;
        }
    }
}
