//! Whose site it is.

use crate::diagnostic::Place;
use crate::model::Page;
use crate::site::Facts;
use std::sync::Arc;

/// Where the owner's name was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerSource {
    /// In scholint's configuration.
    Config,
    /// In the generator's configuration.
    Generator,
    /// In front matter.
    FrontMatter,
    /// In a sentence such as "my name is …".
    Sentence,
    /// In a heading.
    Heading,
    /// The name most often highlighted.
    Highlights,
}

/// The person (or lab) whose site it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The name in Latin letters where there is one.
    pub name: Box<str>,
    /// Other forms of the name.
    pub aliases: Vec<Box<str>>,
    /// Where the name stands.
    pub place: Place,
    /// What kind of place that is.
    pub source: OwnerSource,
    /// A lab or group rather than a person.
    pub group: bool,
}

pub(super) fn find(pages: &[Arc<Page>], facts: &Facts) -> Option<Owner> {
    let _ = (pages, facts);
    None
}
