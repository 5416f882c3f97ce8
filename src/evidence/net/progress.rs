//! How the wait for the network is told of: a bar on a terminal, else a line now and then.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The time from one line to the next.
pub(super) const EVERY: Duration = Duration::from_secs(10);

/// How the wait is told of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Not at all.
    #[default]
    Silent,
    /// A bar on standard error, for a terminal.
    Bar,
    /// A line on standard error every ten seconds.
    Lines,
}

/// Counts what is done.
#[derive(Debug)]
pub(super) struct Meter {
    form: Progress,
    bar: ProgressBar,
    start: Instant,
    done: AtomicU64,
    all: AtomicU64,
    hosts: AtomicU64,
}

impl Meter {
    pub(super) fn new(form: Progress) -> Self {
        let bar = if form == Progress::Bar { ProgressBar::new(0) } else { ProgressBar::hidden() };
        let template = "{bar:24} {pos} of {len} asked, {msg} to go, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        if form == Progress::Bar {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self {
            form,
            bar,
            start: Instant::now(),
            done: AtomicU64::new(0),
            all: AtomicU64::new(0),
            hosts: AtomicU64::new(0),
        }
    }

    /// There is more to do, of so many hosts.
    pub(super) fn more(&self, works: usize, hosts: usize) {
        let all = self.all.fetch_add(works as u64, Ordering::Relaxed) + works as u64;
        self.hosts.fetch_add(hosts as u64, Ordering::Relaxed);
        self.bar.set_length(all);
        self.show_hosts();
    }

    /// So much is done.
    pub(super) fn done(&self, works: usize) {
        self.done.fetch_add(works as u64, Ordering::Relaxed);
        self.bar.inc(works as u64);
    }

    /// Nothing is left to ask of a host.
    pub(super) fn host_done(&self) {
        self.hosts.fetch_sub(1, Ordering::Relaxed);
        self.show_hosts();
    }

    fn show_hosts(&self) {
        if self.form == Progress::Bar {
            self.bar.set_message(hosts(self.hosts.load(Ordering::Relaxed)));
        }
    }

    /// The line that is due.
    pub(super) fn tell(&self) {
        if self.form == Progress::Lines {
            let line = self.line(self.start.elapsed());
            // Nobody can be told when this fails.
            let _ = writeln!(io::stderr().lock(), "{line}");
        }
    }

    fn line(&self, elapsed: Duration) -> String {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        let hosts = hosts(self.hosts.load(Ordering::Relaxed));
        let left = match (elapsed.as_secs() * all.saturating_sub(done)).checked_div(done) {
            Some(seconds) => format!("about {seconds} s left"),
            None => "waiting for the first answer".to_owned(),
        };
        format!("{done} of {all} asked, {hosts} to go, {left}")
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}

fn hosts(number: u64) -> String {
    if number == 1 { "1 host".to_owned() } else { format!("{number} hosts") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_long_it_takes() {
        let meter = Meter::new(Progress::Lines);
        meter.more(100, 3);
        assert_eq!(
            meter.line(Duration::from_secs(10)),
            "0 of 100 asked, 3 hosts to go, waiting for the first answer"
        );
        meter.done(20);
        meter.host_done();
        meter.host_done();
        assert_eq!(meter.line(Duration::from_secs(10)), "20 of 100 asked, 1 host to go, about 40 s left");
    }
}
