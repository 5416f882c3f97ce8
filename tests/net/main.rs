//! The network, asked for real: servers on this machine under names that a table resolves.
#![cfg(feature = "net")]

mod cache;
mod cli;
mod records;
mod server;
mod visits;

use scholint::evidence::net::{Network, Options, Pace};
use scholint::evidence::{Answer, Doubt, Evidence, Gone, Proof, Query, Terms, Visit, Witness as _};
use std::time::Duration;

/// Names that lead to this machine and may be asked.
const NAMES: &[&str] = &["a.test", "b.test", "c.test", "lab.test", "www.lab.test"];

/// Options under which the servers of this machine can be asked, and nothing is kept.
fn options() -> Options {
    let mut options = Options {
        cache: None,
        pace: Pace { again: Duration::from_millis(20), ..Pace::default() },
        ..Options::default()
    };
    for name in NAMES {
        options.allowed.insert((*name).to_owned());
        options.resolve.insert((*name).to_owned(), vec![([127, 0, 0, 1], 0).into()]);
    }
    // Nothing leaves this machine by mistake.
    for origin in
        ["https://web.archive.org", "https://doi.org", "https://export.arxiv.org", "https://arxiv.org"]
    {
        options.origins.insert(origin.to_owned(), "http://127.0.0.1:9".to_owned());
    }
    options
}

/// Terms of a short patience.
fn terms() -> Terms {
    Terms { timeout: Some(1), ..Terms::default() }
}

fn url(url: &str) -> Query {
    Query::Url(url.into())
}

/// Asks about URLs.
fn ask(options: Options, urls: &[&str]) -> Evidence {
    let queries = urls.iter().map(|each| url(each)).collect();
    Network::new(options).ask(queries, &terms()).evidence
}

/// Asks about one URL.
fn ask_one(options: Options, written: &str) -> Answer {
    ask(options, &[written]).answer(&url(written)).clone()
}

fn alive(end: &str, content_type: &str) -> Answer {
    Answer::Alive(Visit { url: end.into(), content_type: content_type.into() })
}

fn moved(end: &str) -> Answer {
    Answer::Moved(Visit { url: end.into(), content_type: "".into() })
}

fn gone(proof: Proof) -> Answer {
    Answer::Gone(Gone { proof, archived: None })
}

const fn unsure(doubt: Doubt) -> Answer {
    Answer::Unsure(doubt)
}
