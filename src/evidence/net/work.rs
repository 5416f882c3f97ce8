//! Questions → what is to be asked of whom. Many questions may come down to one request, and one request
//! may answer a hundred.

use super::client::Client;
use super::records;
use super::visit::{Found, visit};
use super::wishes::Wishes;
use super::{archive, handle};
use crate::evidence::{Answer, Doubt, Query, Registry, Visit};
use url::Url;

/// Something to ask.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Work {
    /// A page or file.
    Page(String),
    /// Whether a video is there, by its id: its picture is.
    Video(String),
    /// Whether a DOI is registered.
    Handle(String),
    /// A record.
    Record(Registry, String),
    /// The newest archived copy of a URL.
    Archive(String),
}

impl Work {
    /// What a question comes down to.
    pub(super) fn of(query: &Query, client: &Client, wishes: &Wishes) -> Result<Self, Doubt> {
        let work = match query {
            Query::Url(written) => {
                let url = client.guard.address(written).ok_or(Doubt::Refused)?;
                let host = url.host_str().unwrap_or_default();
                if !wishes.let_ask(host) && !client.guard.allows(host) {
                    return Err(Doubt::Courtesy);
                }
                Self::of_url(&url)
            }
            Query::Doi(doi) => Self::Handle(doi.to_lowercase()),
            Query::Record(registry, id) => Self::Record(*registry, id.to_string()),
        };
        // What stands behind a question may be unwanted, too.
        if matches!(work, Self::Page(_)) || wishes.let_ask(&work.host()) {
            Ok(work)
        } else {
            Err(Doubt::Courtesy)
        }
    }

    fn of_url(url: &Url) -> Self {
        if let Some(doi) = handle::doi_of(url) {
            return Self::Handle(doi);
        }
        if let Some(id) = arxiv_of(url) {
            return Self::Record(Registry::Arxiv, id);
        }
        if let Some(id) = video_of(url) {
            return Self::Video(id);
        }
        Self::Page(url.as_str().to_owned())
    }

    /// The host that is asked.
    pub(super) fn host(&self) -> String {
        match self {
            Self::Page(url) => {
                Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
            }
            Self::Video(_) => "img.youtube.com".to_owned(),
            Self::Handle(_) => "doi.org".to_owned(),
            Self::Record(registry, _) => records::host(*registry).to_owned(),
            Self::Archive(_) => "web.archive.org".to_owned(),
        }
    }

    /// How much of it can be asked at once, together with more of its kind.
    pub(super) const fn batch(&self) -> usize {
        match self {
            Self::Record(registry, _) => records::batch(*registry),
            _ => 1,
        }
    }

    /// The answer to a question that came down to this.
    pub(super) fn answer(&self, query: &Query, answer: Answer) -> Answer {
        match (query, answer) {
            (Query::Url(url), Answer::Record(_)) => {
                let is_pdf = url.contains("arxiv.org/pdf/");
                let content_type = if is_pdf { "application/pdf" } else { "text/html" };
                Answer::Alive(Visit { url: "".into(), content_type: content_type.into() })
            }
            (Query::Url(_), Answer::Alive(_) | Answer::Moved(_) | Answer::Hollow(..))
                if matches!(self, Self::Video(_)) =>
            {
                Answer::Alive(Visit::default())
            }
            (_, answer) => answer,
        }
    }
}

/// Asks all of a batch, which is of one kind: as many answers, in their order.
pub(super) async fn ask(client: &Client, batch: &[Work], again: bool) -> Vec<Found> {
    let Some(first) = batch.first() else { return Vec::new() };
    match first {
        Work::Record(registry, _) => {
            let ids: Vec<String> = batch
                .iter()
                .filter_map(|work| match work {
                    Work::Record(_, id) => Some(id.clone()),
                    _ => None,
                })
                .collect();
            records::ask(client, *registry, &ids).await
        }
        Work::Page(url) => vec![visit(client, url, again).await],
        Work::Video(id) => {
            vec![visit(client, &format!("https://img.youtube.com/vi/{id}/0.jpg"), again).await]
        }
        Work::Handle(doi) => vec![handle::ask(client, doi).await],
        Work::Archive(url) => vec![Found::Answer(match archive::newest(client, url).await {
            Some(copy) => Answer::Alive(Visit { url: copy, content_type: "".into() }),
            None => Answer::Unsure(Doubt::Unknown),
        })],
    }
}

/// The id, without version, of a link to a paper on arXiv.
fn arxiv_of(url: &Url) -> Option<String> {
    if !matches!(url.host_str()?, "arxiv.org" | "www.arxiv.org" | "export.arxiv.org") {
        return None;
    }
    let rest = ["/abs/", "/pdf/", "/html/"].iter().find_map(|start| url.path().strip_prefix(start))?;
    let rest = rest.trim_end_matches('/');
    let id = rest.strip_suffix(".pdf").unwrap_or(rest);
    let version = id.rsplit_once('v').filter(|(before, version)| {
        before.ends_with(|last: char| last.is_ascii_digit())
            && !version.is_empty()
            && version.bytes().all(|byte| byte.is_ascii_digit())
    });
    let bare = version.map_or(id, |(bare, _)| bare);
    records::is_arxiv_id(bare).then(|| bare.to_owned())
}

/// The id of a link to a video on YouTube.
fn video_of(url: &Url) -> Option<String> {
    let id = match url.host_str()? {
        "youtu.be" => url.path().trim_matches('/').to_owned(),
        "youtube.com" | "www.youtube.com" | "m.youtube.com" | "www.youtube-nocookie.com" => {
            let embedded = ["/embed/", "/shorts/", "/live/", "/v/"];
            match embedded.iter().find_map(|start| url.path().strip_prefix(start)) {
                Some(id) => id.trim_end_matches('/').to_owned(),
                None if url.path() == "/watch" => {
                    url.query_pairs().find(|(key, _)| key == "v")?.1.into_owned()
                }
                None => return None,
            }
        }
        _ => return None,
    };
    let is_id =
        id.len() == 11 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_id.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_urls_come_down_to() {
        for (url, work) in [
            ("https://doi.org/10.9999/ABC", Work::Handle("10.9999/abc".to_owned())),
            ("https://arxiv.org/abs/2301.99999v2", Work::Record(Registry::Arxiv, "2301.99999".to_owned())),
            (
                "http://arxiv.org/pdf/hep-th/9901999.pdf",
                Work::Record(Registry::Arxiv, "hep-th/9901999".to_owned()),
            ),
            ("https://arxiv.org/abs/2301.999999", Work::Page("https://arxiv.org/abs/2301.999999".to_owned())),
            ("https://arxiv.org/a/example_a_1", Work::Page("https://arxiv.org/a/example_a_1".to_owned())),
            ("https://youtu.be/abcdefghijk?t=3", Work::Video("abcdefghijk".to_owned())),
            ("https://www.youtube.com/watch?t=3&v=abcdefghijk", Work::Video("abcdefghijk".to_owned())),
            ("https://www.youtube.com/@ann", Work::Page("https://www.youtube.com/@ann".to_owned())),
            ("https://x.org/%7Eann", Work::Page("https://x.org/%7Eann".to_owned())),
        ] {
            assert_eq!(Work::of_url(&Url::parse(url).expect("a URL")), work, "{url}");
        }
    }
}
