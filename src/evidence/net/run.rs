//! One run: everything asked once, what was missing asked again, and archived copies of what is gone.

use super::client::Client;
use super::kept::Kept;
use super::progress::{EVERY, Meter};
use super::visit::Found;
use super::wishes::Wishes;
use super::work::{self, Work};
use super::{Options, lock};
use crate::evidence::{Answer, Doubt, Gone, Proof, Query};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

/// So many archived copies are looked for in a run.
const COPIES: usize = 100;

/// What came of a run.
pub(super) struct Outcome<'q> {
    /// The answer to each question, and what is kept of it.
    pub(super) answers: Vec<(&'q Query, Answer, Option<Kept>)>,
    /// It was stopped before the end.
    pub(super) interrupted: bool,
}

/// What the tasks of a run share.
struct Shared {
    client: Client,
    meter: Meter,
    found: Mutex<Findings>,
}

/// What was found so far: it survives when the run is stopped.
#[derive(Default)]
struct Findings {
    first: HashMap<Work, Found>,
    second: HashMap<Work, Found>,
}

/// Asks all questions. `missed` are those that were missing in an earlier run.
pub(super) fn run<'q>(
    client: Client,
    wishes: &Wishes,
    options: &Options,
    queries: &[&'q Query],
    missed: &BTreeSet<&Query>,
) -> Outcome<'q> {
    let works: Vec<(&'q Query, Result<Work, Doubt>)> =
        queries.iter().map(|query| (*query, Work::of(query, &client, wishes))).collect();
    let shared = Arc::new(Shared { client, meter: Meter::new(options.progress), found: Mutex::default() });
    let missed: BTreeSet<&Work> = works
        .iter()
        .filter(|(query, _)| missed.contains(query))
        .filter_map(|(_, work)| work.as_ref().ok())
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(32).build();
    let interrupted = runtime.map_or(true, |runtime| {
        let interrupted = runtime.block_on(async {
            tokio::select! {
                () = everything(&shared, &works, &missed, wishes, options) => false,
                // Without a handler for it, Ctrl-C ends the process as it always does.
                Ok(()) = tokio::signal::ctrl_c() => true,
                () = tell(&shared) => true,
            }
        });
        // A name service that hangs must not hold us up.
        runtime.shutdown_background();
        interrupted
    });
    shared.meter.end();
    let found = std::mem::take(&mut *lock(&shared.found));
    let answers = works
        .iter()
        .map(|(query, work)| {
            let (answer, kept) = match work {
                Ok(work) => {
                    conclude(query, work, &found, missed.contains(work), shared.client.has_reached_anybody())
                }
                Err(doubt) => (Answer::Unsure(*doubt), None),
            };
            (*query, answer, kept)
        })
        .collect();
    Outcome { answers, interrupted }
}

/// Tells of the progress, for ever.
async fn tell(shared: &Shared) {
    loop {
        sleep(EVERY).await;
        shared.meter.tell();
    }
}

async fn everything(
    shared: &Arc<Shared>,
    works: &[(&Query, Result<Work, Doubt>)],
    missed: &BTreeSet<&Work>,
    wishes: &Wishes,
    options: &Options,
) {
    let all: BTreeSet<&Work> = works.iter().filter_map(|(_, work)| work.as_ref().ok()).collect();
    drive(shared, all.into_iter().cloned().collect(), false).await;
    // The index of arXiv may lack what its pages have.
    let unknown: BTreeSet<Work> = {
        let found = lock(&shared.found);
        let is_unknown =
            |work: &Work| found.first.get(work) == Some(&Found::Answer(Answer::Unsure(Doubt::Unknown)));
        let known = works.iter().filter_map(|(query, work)| Some((query, work.as_ref().ok()?)));
        known
            .filter(|(_, work)| is_unknown(work))
            .filter_map(|(query, work)| page_behind(query, work))
            .collect()
    };
    drive(shared, unknown.into_iter().collect(), false).await;
    let missing: Vec<Work> = {
        let found = lock(&shared.found);
        let is_new = |work: &&Work| !missed.contains(work);
        let gone = found.first.iter().filter(|(_, found)| matches!(found, Found::Missing(_)));
        gone.map(|(work, _)| work).filter(is_new).cloned().collect()
    };
    if !missing.is_empty() {
        sleep_until(Instant::now() + options.pace.again).await;
        drive(shared, missing, true).await;
    }
    if !wishes.let_ask("web.archive.org") {
        return;
    }
    let gone: BTreeSet<String> = {
        let found = lock(&shared.found);
        found
            .first
            .iter()
            .filter(|(work, first)| {
                matches!(first, Found::Missing(_))
                    && (missed.contains(work) || matches!(found.second.get(work), Some(Found::Missing(_))))
            })
            .filter_map(|(work, _)| match work {
                Work::Page(url) => Some(url.clone()),
                _ => None,
            })
            .collect()
    };
    drive(shared, gone.into_iter().take(COPIES).map(Work::Archive).collect(), false).await;
}

/// The page that is asked where a registry does not know what a URL names.
fn page_behind(query: &Query, work: &Work) -> Option<Work> {
    match (query, work) {
        (Query::Url(url), Work::Record(..)) => Some(Work::Page(url.to_string())),
        _ => None,
    }
}

/// Asks hosts side by side, and what is to be asked of one host in its lanes.
async fn drive(shared: &Arc<Shared>, works: Vec<Work>, again: bool) {
    let mut by_host: BTreeMap<String, VecDeque<Vec<Work>>> = BTreeMap::new();
    let count = works.len();
    for work in works {
        let queue = by_host.entry(work.host()).or_default();
        match queue.back_mut() {
            Some(batch) if batch.len() < work.batch() && batch[0].batch() == work.batch() => batch.push(work),
            _ => queue.push_back(vec![work]),
        }
    }
    shared.meter.more(count, by_host.len());
    let mut tasks = JoinSet::new();
    for (host, queue) in by_host {
        let allowed = shared.client.guard.allows(&host);
        let workers = shared.client.lanes.lanes(&host, allowed).min(queue.len());
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..workers {
            let (shared, queue) = (shared.clone(), queue.clone());
            tasks.spawn(async move {
                loop {
                    let Some(batch) = lock(&queue).pop_front() else { break };
                    // Boxed, so that a waiting task is small.
                    let answers = Box::pin(work::ask(&shared.client, &batch, again)).await;
                    shared.meter.done(batch.len());
                    let mut found = lock(&shared.found);
                    let round = if again { &mut found.second } else { &mut found.first };
                    round.extend(batch.into_iter().zip(answers));
                }
                // The last one out.
                if Arc::strong_count(&queue) == 1 {
                    shared.meter.host_done();
                }
            });
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// What all that was found comes to.
fn conclude(
    query: &Query,
    work: &Work,
    found: &Findings,
    missed: bool,
    reached: bool,
) -> (Answer, Option<Kept>) {
    let unsure = |doubt| (Answer::Unsure(doubt), None);
    let (work, first) = match found.first.get(work) {
        None => return unsure(Doubt::Interrupted),
        Some(Found::Answer(Answer::Unsure(Doubt::Unknown))) if page_behind(query, work).is_some() => {
            let Some((page, first)) =
                page_behind(query, work).and_then(|page| found.first.get_key_value(&page))
            else {
                return unsure(Doubt::Interrupted);
            };
            (page, first)
        }
        Some(first) => (work, first),
    };
    let proof = match (first, found.second.get(work)) {
        (Found::Answer(answer), _) | (Found::Missing(_), Some(Found::Answer(answer))) => {
            let answer = work.answer(query, answer.clone());
            let kept = (!matches!(answer, Answer::Unsure(_))).then(|| Kept::Answer(answer.clone()));
            return (answer, kept);
        }
        // Where nobody answers, it is our own network that is down.
        (Found::Missing(Proof::NoSuchHost), _) if !reached => return unsure(Doubt::Failed),
        (Found::Missing(proof), Some(Found::Missing(_))) => *proof,
        (Found::Missing(proof), None) if missed => *proof,
        (Found::Missing(proof), None) => return (Answer::Unsure(Doubt::Once), Some(Kept::Once(*proof))),
    };
    let copy = match work {
        Work::Page(url) => found.first.get(&Work::Archive(url.clone())),
        _ => None,
    };
    let archived = match copy {
        Some(Found::Answer(Answer::Alive(visit))) => Some(visit.url.clone()),
        _ => None,
    };
    let gone = Answer::Gone(Gone { proof, archived });
    (gone.clone(), Some(Kept::Answer(gone)))
}
