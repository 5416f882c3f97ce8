//! The network and its cache as a [`Witness`]: the only room with an async runtime.
//!
//! It is courteous (one lane a host, long pauses where a host is busy), careful (no address of this machine
//! or the networks around it, whatever a page, a redirect or a name service says), and slow to judge: only
//! what is missing twice is gone, and every doubt is an answer of its own.

mod archive;
mod cache;
mod client;
mod guard;
mod handle;
mod hollow;
mod hosts;
mod kept;
mod lanes;
mod progress;
mod records;
mod resolve;
mod run;
mod visit;
mod wishes;
mod work;

pub use cache::{clear, default_folder, prune};
pub use lanes::Pace;
pub use progress::Progress;

use super::{Answer, Doubt, Evidence, Query, Terms, Testimony, Witness};
use cache::Cache;
use client::Client;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use wishes::Wishes;

/// How the network is asked: what whoever runs scholint says of it, and what tests put in its place.
#[derive(Clone, Debug)]
pub struct Options {
    /// Hosts that may be asked wherever they are, on any port, and as fast as they answer.
    pub allowed: BTreeSet<String>,
    /// Addresses of hosts, before those of the name service; a port goes before that of the scheme. A host
    /// without an address does not exist.
    pub resolve: BTreeMap<String, Vec<SocketAddr>>,
    /// Origins that stand in for others, `https://doi.org` → `http://127.0.0.1:4711`.
    pub origins: BTreeMap<String, String>,
    /// The folder where answers are kept; `None` keeps nothing.
    pub cache: Option<PathBuf>,
    /// How hosts are asked that no table knows.
    pub pace: Pace,
    /// How the wait is told of.
    pub progress: Progress,
    /// So many questions at most are asked in a run.
    pub most: usize,
    /// Seconds since 1970, instead of the clock's.
    pub now: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allowed: BTreeSet::new(),
            resolve: BTreeMap::new(),
            origins: BTreeMap::new(),
            cache: default_folder(),
            pace: Pace::default(),
            progress: Progress::Silent,
            most: 20_000,
            now: None,
        }
    }
}

/// The network. It remembers what it was told, so that a site may be judged again while it is repaired.
#[derive(Debug)]
pub struct Network {
    options: Options,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    evidence: Evidence,
    asked: usize,
    /// Somebody wants no more questions.
    interrupted: bool,
}

impl Network {
    /// The network, to be asked like this.
    pub fn new(options: Options) -> Self {
        Self { options, memory: Mutex::default() }
    }

    fn now(&self) -> u64 {
        self.options.now.unwrap_or_else(now)
    }

    /// Asks what neither memory nor cache knows.
    fn ask_the_world(&self, rest: &[Query], wishes: &Wishes, cache: &Cache, said: &mut Testimony) -> usize {
        let now = self.now();
        let old = cache.look_up(rest.iter());
        let mut open = Vec::new();
        let mut missed = BTreeSet::new();
        for query in rest {
            match old.get(query) {
                Some((at, kept)) => {
                    let age = now.saturating_sub(*at);
                    match kept.standing(query, age) {
                        Some(answer) => said.evidence.record(query.clone(), answer.clone()),
                        None => open.push(query),
                    }
                    if kept.missed() && Duration::from_secs(age) >= self.options.pace.again {
                        missed.insert(query);
                    }
                }
                None => open.push(query),
            }
        }
        let left = self.options.most.saturating_sub(lock(&self.memory).asked);
        if open.len() > left {
            let message = format!("{} questions were not asked: there are too many", open.len() - left);
            said.remarks.push((message, "name some files, or --since a revision, to ask for less"));
            open.truncate(left);
        }
        if open.is_empty() {
            return 0;
        }
        let client = match Client::new(&self.options, wishes) {
            Ok(client) => client,
            Err(error) => {
                let message = format!("the network could not be asked: {error}");
                said.remarks.push((message, "look at the settings of proxies in the environment"));
                return 0;
            }
        };
        let outcome = run::run(client, wishes, &self.options, &open, &missed);
        if outcome.interrupted {
            said.interrupted = true;
            let message = "the network was asked in part only: the run was stopped".to_owned();
            said.remarks.push((message, "run it again: what was learnt is kept"));
        }
        let mut learnt = Vec::new();
        for (query, answer, kept) in outcome.answers {
            said.evidence.record(query.clone(), answer);
            if let Some(kept) = kept {
                learnt.push((query, kept));
            }
        }
        if let Err(error) = cache.add(&learnt, now) {
            let message = format!("the answers of the network could not be kept: {error}");
            said.remarks.push((message, "`scholint cache path` tells where they belong"));
        }
        open.len()
    }
}

impl Witness for Network {
    fn ask(&self, queries: BTreeSet<Query>, terms: &Terms) -> Testimony {
        let mut said = Testimony::default();
        let wishes = Wishes::of(terms, &self.options, &mut said.remarks);
        let mut rest = Vec::new();
        {
            let memory = lock(&self.memory);
            for query in queries {
                match memory.evidence.answer(&query) {
                    Answer::Unsure(Doubt::Unasked) => rest.push(query),
                    answer => said.evidence.record(query.clone(), answer.clone()),
                }
            }
        }
        if rest.is_empty() || lock(&self.memory).interrupted {
            return said;
        }
        let cache = wishes.cache.as_deref().map(Cache::open).unwrap_or_default();
        if cache.is_damaged() {
            let message = "the cache of the network's answers was damaged, and was written anew".to_owned();
            said.remarks.push((message, "nothing needs to be done"));
        }
        let asked = self.ask_the_world(&rest, &wishes, &cache, &mut said);
        let mut memory = lock(&self.memory);
        memory.asked += asked;
        memory.interrupted |= said.interrupted;
        for (query, answer) in said.evidence.iter() {
            // What one site does not want asked, another may.
            if !matches!(answer, Answer::Unsure(Doubt::Courtesy | Doubt::Refused)) {
                memory.evidence.record(query.clone(), answer.clone());
            }
        }
        said
    }
}

/// The seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
