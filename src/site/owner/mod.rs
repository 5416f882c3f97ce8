//! Whose site it is: what the generator's configuration says, what the home page says, and the name that
//! the lists of publications set apart. All that name somebody are kept, and how well they agree.

mod accounts;
mod members;
mod naming;
mod sources;

pub use accounts::Account;
pub(super) use accounts::find as accounts_of;
pub use members::Member;
pub(super) use members::find as members_of;

use crate::diagnostic::Place;
use crate::model::Page;
use crate::model::name::{Likeness, Name, compare};
use crate::site::{Facts, Generator};
use std::sync::Arc;

/// Where the owner's name was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerSource {
    /// In scholint's configuration.
    Config,
    /// In the generator's configuration, or in the file of the site's author.
    Generator,
    /// In the front matter of the home page.
    FrontMatter,
    /// In a sentence such as "my name is …".
    Sentence,
    /// In a heading of the home page.
    Heading,
    /// The name most often highlighted.
    Highlights,
}

impl OwnerSource {
    /// The source as reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            OwnerSource::Config => "scholint's configuration",
            OwnerSource::Generator => "configuration",
            OwnerSource::FrontMatter => "front matter",
            OwnerSource::Sentence => "sentence",
            OwnerSource::Heading => "heading",
            OwnerSource::Highlights => "highlighted author",
        }
    }
}

/// A place that names somebody as the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The name in Latin letters where there is one.
    pub name: Box<str>,
    /// Other forms of the name that stand there.
    pub aliases: Vec<Box<str>>,
    /// Where the name stands.
    pub place: Place,
    /// What kind of place that is.
    pub source: OwnerSource,
}

/// How sure the owner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Places disagree, or the name was only guessed from highlights or a heading.
    Low,
    /// One place names the owner, and nothing speaks against it.
    Medium,
    /// Several places agree, or scholint was told.
    High,
}

impl Confidence {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
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
    /// How sure it is.
    pub confidence: Confidence,
    /// Every place that names an owner, this one or another, in the order of their weight.
    pub claims: Vec<Claim>,
}

impl Owner {
    /// The owner of a claim that stands alone.
    pub fn of(claim: Claim) -> Self {
        let confidence = match claim.source {
            OwnerSource::Config => Confidence::High,
            OwnerSource::Generator | OwnerSource::FrontMatter | OwnerSource::Sentence => Confidence::Medium,
            OwnerSource::Heading | OwnerSource::Highlights => Confidence::Low,
        };
        let Claim { name, aliases, place, source } = claim.clone();
        Owner { name, aliases, place, source, group: false, confidence, claims: vec![claim] }
    }

    /// The claims that name somebody else.
    pub fn dissent(&self) -> impl Iterator<Item = &Claim> {
        let own = Claim {
            name: self.name.clone(),
            aliases: self.aliases.clone(),
            place: self.place,
            source: self.source,
        };
        self.claims.iter().filter(move |claim| verdict(&own, claim) == Verdict::Other)
    }
}

/// Whether two claims name one person.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Same,
    Other,
    /// One slip apart, or in two scripts.
    Unclear,
}

fn verdict(left: &Claim, right: &Claim) -> Verdict {
    let names = |claim: &Claim| -> Vec<Name> {
        std::iter::once(&claim.name).chain(&claim.aliases).map(|name| Name::parse(name)).collect()
    };
    let right = names(right);
    let mut verdict = Verdict::Unclear;
    for left in names(left) {
        for right in &right {
            match compare(&left, right) {
                Likeness::Same | Likeness::Compatible => return Verdict::Same,
                Likeness::Different => verdict = Verdict::Other,
                Likeness::Near | Likeness::Neighbours | Likeness::Incomparable => {}
            }
        }
    }
    verdict
}

pub(super) fn find(pages: &[Arc<Page>], facts: &Facts, members: &[Member]) -> Option<Owner> {
    let claims: Vec<Claim> = [
        sources::from_generator(pages, facts),
        sources::from_author_file(pages),
        sources::from_site_file(pages, facts),
        sources::from_home_front_matter(pages),
        sources::from_sentence(pages),
        sources::from_heading(pages),
        sources::from_highlights(pages),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut owner = weigh(claims)?;
    owner.group = facts.generator == Generator::LabWebsite || members.len() > 3;
    Some(owner)
}

/// The owner that the claims make likeliest: the first, unless what the page says and what its lists set
/// apart agree on somebody else, and nothing agrees with the first.
fn weigh(claims: Vec<Claim>) -> Option<Owner> {
    let agreeing = |claim: &Claim| -> Vec<usize> {
        (0..claims.len()).filter(|index| verdict(claim, &claims[*index]) == Verdict::Same).collect()
    };
    let first = agreeing(claims.first()?);
    let spoken = claims.iter().position(|claim| claim.source == OwnerSource::Sentence);
    let other = spoken.map(|index| agreeing(&claims[index])).filter(|other| {
        first.len() == 1
            && other.len() > 1
            && !other.contains(&0)
            && other.iter().any(|&index| is_shown(&claims[index]))
    });
    let chosen = other.unwrap_or(first);
    let mut owner = Owner::of(claims.get(*chosen.first()?)?.clone());
    // Other forms of the name, in Latin letters and in others, count wherever they stand.
    for claim in chosen.iter().skip(1).filter_map(|&index| claims.get(index)) {
        for form in std::iter::once(&claim.name).chain(&claim.aliases) {
            if *form != owner.name && !owner.aliases.contains(form) && !Name::parse(form).has_only_initials()
            {
                owner.aliases.push(form.clone());
            }
        }
    }
    owner.claims = claims;
    if owner.dissent().next().is_some() && chosen.len() < 3 {
        owner.confidence = Confidence::Low;
    } else if chosen.len() > 1 {
        owner.confidence = Confidence::High;
    }
    Some(owner)
}

/// Whether a claim is what the lists of publications set apart.
fn is_shown(claim: &Claim) -> bool {
    claim.source == OwnerSource::Highlights
}

#[cfg(test)]
mod tests;
