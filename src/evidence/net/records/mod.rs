//! Records of papers, one file a registry: how to ask it, and how to read what it says.

mod anthology;
mod arxiv;
mod dblp;
mod doi;
mod semantic_scholar;
mod xml;

use super::client::{Client, Failing, Reply, Want};
use super::visit::Found;
use crate::evidence::{Answer, Doubt, Record, Registry};

/// How many records a registry gives at once.
pub(super) const fn batch(registry: Registry) -> usize {
    match registry {
        Registry::Arxiv => 100,
        Registry::SemanticScholar => 500,
        Registry::Doi | Registry::Anthology | Registry::Dblp => 1,
    }
}

/// The host that is asked first.
pub(super) const fn host(registry: Registry) -> &'static str {
    match registry {
        Registry::Arxiv => "export.arxiv.org",
        Registry::Doi => "api.crossref.org",
        Registry::Anthology => "aclanthology.org",
        Registry::SemanticScholar => "api.semanticscholar.org",
        Registry::Dblp => "dblp.org",
    }
}

/// Asks a registry for records: as many answers as there are ids, in their order.
pub(super) async fn ask(client: &Client, registry: Registry, ids: &[String]) -> Vec<Found> {
    let records = match registry {
        Registry::Arxiv => arxiv::ask(client, ids).await,
        Registry::SemanticScholar => semantic_scholar::ask(client, ids).await,
        Registry::Doi => each(ids, |id| doi::ask(client, id)).await,
        Registry::Anthology => each(ids, |id| anthology::ask(client, id)).await,
        Registry::Dblp => each(ids, |id| dblp::ask(client, id)).await,
    };
    records
        .into_iter()
        .map(|record| {
            Found::Answer(match record {
                Ok(record) if record.title.is_empty() => Answer::Unsure(Doubt::Unknown),
                Ok(record) => Answer::Record(Box::new(record)),
                Err(doubt) => Answer::Unsure(doubt),
            })
        })
        .collect()
}

/// Whether an id is one of arXiv, without its version.
pub(super) fn is_arxiv_id(id: &str) -> bool {
    arxiv::is_sound(id)
}

/// One question after the other.
async fn each<'i, F>(ids: &'i [String], ask: impl Fn(&'i str) -> F) -> Vec<Result<Record, Doubt>>
where
    F: Future<Output = Result<Record, Doubt>>,
{
    let mut out = Vec::with_capacity(ids.len());
    for id in ids {
        out.push(ask(id).await);
    }
    out
}

/// Fetches a record.
async fn fetch(client: &Client, want: Want<'_>, url: &str) -> Result<Reply, Doubt> {
    let url = client.guard.address(url).ok_or(Doubt::Refused)?;
    let reply = client.send(want, &url).await.map_err(|failing| match failing {
        Failing::Late => Doubt::Late,
        Failing::Refused => Doubt::Refused,
        Failing::LeftAlone => Doubt::Blocked,
        Failing::NoSuchHost | Failing::Broken => Doubt::Failed,
    })?;
    match reply.status {
        200 if reply.cut => Err(Doubt::Failed),
        200 => Ok(reply),
        404 | 410 => Err(Doubt::Unknown),
        401 | 403 | 429 => Err(Doubt::Blocked),
        _ => Err(Doubt::Failed),
    }
}

/// Whether a title or note says that the paper was retracted.
fn says_retracted(title: &str) -> bool {
    let start = title.trim_start_matches(['[', '(', '*', ' ']).to_ascii_lowercase();
    [
        "retracted:",
        "retracted article",
        "retracted]",
        "retracted)",
        "retracted –",
        "retracted -",
        "withdrawn:",
    ]
    .iter()
    .any(|words| start.starts_with(words))
}
