//! What the network, or its cache, said about the questions that rules ask.
//!
//! Rules name the evidence they would like; whoever drives the engine gathers it. Without a network
//! every answer is [`Answer::Unsure`], and rules stay silent.

use std::collections::BTreeMap;

/// A question about the world outside the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Query {
    /// Does this URL lead somewhere? Without its fragment.
    Url(Box<str>),
}

/// What is known about a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// Nothing certain.
    #[default]
    Unsure,
    /// It leads somewhere.
    Alive,
    /// It is proven gone.
    Gone,
}

/// All answers of a run.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    answers: BTreeMap<Query, Answer>,
}

impl Evidence {
    /// The answer to a question.
    pub fn answer(&self, query: &Query) -> &Answer {
        self.answers.get(query).unwrap_or(&Answer::Unsure)
    }

    /// Records an answer.
    pub fn record(&mut self, query: Query, answer: Answer) {
        self.answers.insert(query, answer);
    }
}
