//! What the network, or its cache, said about the questions that rules ask.
//!
//! Rules name the evidence they would like; whoever drives the engine gathers it from a [`Witness`].
//! Without a network every answer is [`Answer::Unsure`], and rules stay silent. This room holds the
//! questions and the answers; it judges nothing. Only `net` asks anybody.

#[cfg(feature = "net")]
pub mod net;

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A question about the world outside the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Query {
    /// Does this URL lead somewhere? Absolute, http or https, without its fragment.
    Url(Box<str>),
    /// Does the handle service know this DOI? In lower case, without `https://doi.org/`.
    Doi(Box<str>),
    /// What does the registry say of the paper with this identifier?
    Record(Registry, Box<str>),
}

/// Where the record of a paper is kept, by the identifier that leads there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Registry {
    /// arXiv, by its id without a version.
    Arxiv,
    /// Crossref or DataCite, by the DOI in lower case.
    Doi,
    /// The ACL Anthology, by its id.
    Anthology,
    /// Semantic Scholar, by its 40 hexadecimal digits.
    SemanticScholar,
    /// DBLP, by the key of the record.
    Dblp,
}

/// What is known about a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// Nothing certain.
    Unsure(Doubt),
    /// The URL leads somewhere; the DOI is registered.
    Alive(Visit),
    /// The URL has permanently moved, and leads somewhere.
    Moved(Visit),
    /// It answers, but with a page that says it is none.
    Hollow(Hollow, Visit),
    /// Proven gone, twice.
    Gone(Gone),
    /// The record of a paper.
    Record(Box<Record>),
}

/// Why nothing certain is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Doubt {
    /// Nobody asked: no network was wanted.
    Unasked,
    /// Hosts of this kind are never asked, as a matter of courtesy or because they lie to programs.
    Courtesy,
    /// The address is none that may be asked: private, local, or of another scheme.
    Refused,
    /// The host turned us away (401, 403, 429, a challenge).
    Blocked,
    /// The host failed (5xx, a broken answer, no connection, a certificate that does not hold).
    Failed,
    /// No answer in time.
    Late,
    /// It was not found once; only a second time proves it.
    Once,
    /// The service has no record. Not found is not wrong.
    Unknown,
    /// The run was stopped before it could be asked.
    Interrupted,
}

/// Where a URL led.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Where it ends, after all redirects; empty where there were none.
    pub url: Box<str>,
    /// The first part of the content type, in lower case (`text/html`); empty where unknown.
    pub content_type: Box<str>,
}

/// How a page says that it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hollow {
    /// Its title or heading says "not found".
    NotFound,
    /// The domain is for sale, or parked.
    Parked,
    /// A deep link was sent to the home page.
    Home,
    /// It was sent to a page that asks to log in.
    Login,
}

/// Proof that something is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The proof.
    pub proof: Proof,
    /// The newest archived copy, where there is one.
    pub archived: Option<Box<str>>,
}

/// What proves that something is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Proof {
    /// An HTTP status: 404 or 410.
    Status(u16),
    /// The host has no address.
    NoSuchHost,
    /// The handle service does not know the DOI.
    NoSuchHandle,
}

/// What a registry says of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The title, without markup.
    pub title: Box<str>,
    /// Titles of other versions.
    pub other_titles: Vec<Box<str>>,
    /// The authors in the registry's order, as `Given Family`.
    pub authors: Vec<Box<str>>,
    /// Whether the list of authors is complete, and in the order of the paper.
    pub authors_complete: bool,
    /// The venue, where the registry owns it.
    pub venue: Option<Box<str>>,
    /// The year, where the registry owns it.
    pub year: Option<u16>,
    /// Retracted or withdrawn.
    pub retracted: bool,
    /// The DOI of the published version of a preprint, where the registry names one.
    pub published_doi: Option<Box<str>>,
}

/// All answers of a run.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    answers: BTreeMap<Query, Answer>,
}

/// The answer to what nobody asked.
static UNASKED: Answer = Answer::Unsure(Doubt::Unasked);

impl Evidence {
    /// The answer to a question.
    pub fn answer(&self, query: &Query) -> &Answer {
        self.answers.get(query).unwrap_or(&UNASKED)
    }

    /// Records an answer.
    pub fn record(&mut self, query: Query, answer: Answer) {
        self.answers.insert(query, answer);
    }

    /// Whether nothing was answered, as offline.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// All answers, in the order of their questions.
    pub fn iter(&self) -> impl Iterator<Item = (&Query, &Answer)> {
        self.answers.iter()
    }
}

/// Someone who answers questions: the network with its cache, or a table in a test.
pub trait Witness: std::fmt::Debug + Send + Sync {
    /// Answers what can be answered; a question without an answer was not asked.
    fn ask(&self, queries: BTreeSet<Query>, terms: &Terms) -> Testimony;
}

/// How a site, or whoever checks it, wants questions to be asked.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// An address that servers can complain to.
    pub mailto: Option<String>,
    /// Hosts that are never asked (`false`) or always (`true`).
    pub hosts: BTreeMap<String, bool>,
    /// Seconds to wait for an answer.
    pub timeout: Option<u32>,
    /// Questions asked at once.
    pub concurrency: Option<u32>,
    /// Where answers are kept.
    pub cache: Option<String>,
    /// Whether whoever runs scholint chose these terms. Those that a site brings along must not widen what
    /// is asked, or where anything is written.
    pub trusted: bool,
}

/// What a witness said.
#[derive(Clone, Debug, Default)]
pub struct Testimony {
    /// The answers.
    pub evidence: Evidence,
    /// What went wrong, each with its advice.
    pub remarks: Vec<(String, &'static str)>,
    /// The run was stopped before all was answered.
    pub interrupted: bool,
}
