//! One lane a host: how many requests at once, how long from one to the next, and when to leave a host
//! alone. It knows time and names of hosts, and sends nothing.

use super::hosts::HOSTS;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

/// The first delay after `429`, and the longest.
const BUSY: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));
/// What a `5xx` adds to the delay, and the longest.
const FAULT: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));
/// The longest that a host may make us wait.
const PATIENCE: Duration = Duration::from_secs(60);
/// After so many failures in a row a host is left alone.
const FAILURES: u32 = 6;

/// How hosts are asked that no table knows.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Requests at once to one host.
    pub lanes: usize,
    /// The time from one request to the next.
    pub spacing: Duration,
    /// How long after a first failure a second one proves that something is gone.
    pub again: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { lanes: 2, spacing: Duration::from_millis(500), again: Duration::from_secs(3) }
    }
}

/// What a request came to, as far as the pace is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// An answer.
    Well,
    /// `429`, with the seconds the host asks for.
    Busy(Option<u64>),
    /// `5xx`.
    Fault,
    /// No answer.
    Nothing,
}

/// All lanes of a run.
#[derive(Debug)]
pub(super) struct Lanes {
    pace: Pace,
    /// Requests at once, over all hosts.
    global: Arc<Semaphore>,
    width: usize,
    hosts: Mutex<HashMap<String, Arc<Lane>>>,
}

#[derive(Debug)]
struct Lane {
    slots: Arc<Semaphore>,
    spacing: Duration,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// When the next request may start.
    next: Instant,
    /// The delay on top of the spacing.
    delay: Duration,
    /// Failures in a row.
    failures: u32,
    /// Left alone for the rest of the run.
    closed: bool,
}

/// The right to send one request.
#[derive(Debug)]
pub(super) struct Turn {
    lane: Arc<Lane>,
    _slot: OwnedSemaphorePermit,
    _global: OwnedSemaphorePermit,
}

impl Lanes {
    pub(super) fn new(pace: Pace, width: usize) -> Self {
        let width = width.max(1);
        Self { pace, global: Arc::new(Semaphore::new(width)), width, hosts: Mutex::default() }
    }

    /// How many requests at once a host takes. One that was allowed by name takes all there are.
    pub(super) fn lanes(&self, host: &str, allowed: bool) -> usize {
        if allowed { self.width } else { HOSTS.lanes(host).unwrap_or(self.pace.lanes).max(1) }
    }

    fn lane(&self, host: &str, allowed: bool) -> Arc<Lane> {
        let mut hosts = lock(&self.hosts);
        if let Some(lane) = hosts.get(host) {
            return lane.clone();
        }
        let spacing = if allowed { Duration::ZERO } else { HOSTS.spacing(host).unwrap_or(self.pace.spacing) };
        let lane = Arc::new(Lane {
            slots: Arc::new(Semaphore::new(self.lanes(host, allowed))),
            spacing,
            state: Mutex::new(State {
                next: Instant::now(),
                delay: Duration::ZERO,
                failures: 0,
                closed: false,
            }),
        });
        hosts.insert(host.to_owned(), lane.clone());
        lane
    }

    /// Waits for a host's turn; `None` when the host is left alone.
    pub(super) async fn turn(&self, host: &str, allowed: bool) -> Option<Turn> {
        let lane = self.lane(host, allowed);
        let slot = lane.slots.clone().acquire_owned().await.ok()?;
        let start = lane.reserve()?;
        // Most hosts are free at once: the timer is for those that are not.
        if start > Instant::now() {
            sleep_until(start).await;
        }
        let global = self.global.clone().acquire_owned().await.ok()?;
        // It may have been closed in the meantime.
        let open = !lock(&lane.state).closed;
        open.then_some(Turn { lane, _slot: slot, _global: global })
    }
}

impl Lane {
    /// The time of the next start, which is then taken; `None` when the lane is closed.
    fn reserve(&self) -> Option<Instant> {
        let mut state = lock(&self.state);
        if state.closed {
            return None;
        }
        let start = state.next.max(Instant::now());
        state.next = start + self.spacing + state.delay;
        Some(start)
    }
}

impl Turn {
    /// Learns from what came: whether it is worth another try.
    pub(super) fn came(self, came: Came) -> bool {
        let mut state = lock(&self.lane.state);
        match came {
            Came::Well => {
                state.delay = Duration::ZERO;
                state.failures = 0;
                return false;
            }
            Came::Busy(seconds) => {
                state.delay = (state.delay * 2).clamp(BUSY.0, BUSY.1);
                let wait = seconds.map_or(state.delay, Duration::from_secs).max(state.delay);
                state.closed |= wait > PATIENCE;
                state.next = state.next.max(Instant::now() + wait.min(PATIENCE));
            }
            Came::Fault => {
                state.delay = (state.delay + FAULT.0).min(FAULT.1.max(state.delay));
                state.next = state.next.max(Instant::now() + state.delay);
            }
            Came::Nothing => {}
        }
        state.failures += 1;
        state.closed |= state.failures >= FAILURES;
        !state.closed
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(lanes: usize, millis: u64) -> Pace {
        Pace { lanes, spacing: Duration::from_millis(millis), again: Duration::ZERO }
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_keep_their_distance() {
        let lanes = Lanes::new(pace(2, 500), 64);
        let start = Instant::now();
        for expected in [0, 500, 1000] {
            let turn = lanes.turn("a.org", false).await.expect("a turn");
            assert_eq!(start.elapsed().as_millis(), expected);
            turn.came(Came::Well);
        }
        lanes.turn("b.org", false).await.expect("another host does not wait");
        assert_eq!(start.elapsed().as_millis(), 1000);
        for _ in 0..9 {
            lanes.turn("wiki.lan", true).await.expect("what was allowed by name does not wait");
        }
        assert_eq!(start.elapsed().as_millis(), 1000);
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_at_once_than_there_are_lanes() {
        let lanes = Lanes::new(pace(2, 0), 3);
        let turns = (lanes.turn("a.org", false).await, lanes.turn("a.org", false).await);
        let soon = Duration::from_millis(10);
        assert!(tokio::time::timeout(soon, lanes.turn("a.org", false)).await.is_err(), "both are taken");
        let other = lanes.turn("b.org", false).await;
        assert!(tokio::time::timeout(soon, lanes.turn("c.org", false)).await.is_err(), "all are taken");
        drop(turns);
        assert!(lanes.turn("a.org", false).await.is_some());
        drop(other);
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_host_is_asked_less_and_less() {
        let lanes = Lanes::new(pace(1, 0), 8);
        let mut waits = Vec::new();
        for _ in 0..4 {
            let start = Instant::now();
            let turn = lanes.turn("a.org", false).await.expect("a turn");
            waits.push(start.elapsed().as_millis());
            assert!(turn.came(Came::Busy(None)));
        }
        assert_eq!(waits, [0, 500, 1000, 2000]);
        lanes.turn("a.org", false).await.expect("a turn").came(Came::Well);
        let start = Instant::now();
        lanes.turn("a.org", false).await.expect("a turn").came(Came::Busy(Some(20)));
        lanes.turn("a.org", false).await.expect("a turn").came(Came::Busy(Some(90)));
        assert_eq!(start.elapsed().as_secs(), 24, "the last delay of before, and what the host asked for");
        assert!(lanes.turn("a.org", false).await.is_none(), "nobody waits a minute and a half");
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_fails_again_and_again_is_left_alone() {
        let lanes = Lanes::new(pace(1, 0), 8);
        for tries in 1..=FAILURES {
            let turn = lanes.turn("a.org", false).await.expect("a turn");
            let came = if tries % 2 == 0 { Came::Fault } else { Came::Nothing };
            assert_eq!(turn.came(came), tries < FAILURES);
        }
        assert!(lanes.turn("a.org", false).await.is_none());
        assert!(lanes.turn("b.org", false).await.is_some());
    }
}
