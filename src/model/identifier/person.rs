//! Identifiers of people: the profile that an address leads to, and the name that it carries.

use super::address::Address;
use super::{decode, is_orcid, syntax};

/// Where a profile is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProfileKind {
    /// ORCID.
    Orcid,
    /// Google Scholar.
    Scholar,
    /// DBLP.
    Dblp,
    /// Semantic Scholar.
    SemanticScholar,
    /// OpenReview.
    OpenReview,
    /// GitHub.
    GitHub,
}

impl ProfileKind {
    /// The name as reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            ProfileKind::Orcid => "orcid",
            ProfileKind::Scholar => "scholar",
            ProfileKind::Dblp => "dblp",
            ProfileKind::SemanticScholar => "s2",
            ProfileKind::OpenReview => "openreview",
            ProfileKind::GitHub => "github",
        }
    }
}

/// A person's number or account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Where it is kept.
    pub kind: ProfileKind,
    /// Its normal form.
    pub value: Box<str>,
    /// The person's name, where the address carries one.
    pub name: Option<Box<str>>,
}

impl Profile {
    /// A profile by its bare number or account, as configurations write it.
    pub fn of(kind: ProfileKind, value: &str) -> Option<Self> {
        let value = value.trim();
        let (fits, name) = match kind {
            ProfileKind::Orcid => (is_orcid(value), None),
            ProfileKind::Scholar => (is_scholar(value), None),
            ProfileKind::Dblp => (is_pid(value), None),
            ProfileKind::SemanticScholar => (value.bytes().all(|byte| byte.is_ascii_digit()), None),
            ProfileKind::OpenReview => {
                let slug = value.strip_prefix('~')?;
                let fits = slug.ends_with(|last: char| last.is_ascii_digit()) && slug.contains('_');
                (fits, in_slug(slug.trim_end_matches(|last: char| last.is_ascii_digit())))
            }
            ProfileKind::GitHub => (syntax::is_account(value), None),
        };
        let value = if kind == ProfileKind::GitHub { value.to_ascii_lowercase() } else { value.to_owned() };
        (fits && !value.is_empty()).then(|| Profile { kind, value: value.into(), name })
    }
}

/// The profile of a person that an address leads to.
pub fn profile(target: &str) -> Option<Profile> {
    let address = Address::parse(target)?;
    let path = address.path.trim_end_matches('/');
    match &*address.host {
        "orcid.org" => Profile::of(ProfileKind::Orcid, path),
        "openreview.net" if path == "profile" => {
            Profile::of(ProfileKind::OpenReview, &decode(address.value("id")?))
        }
        "semanticscholar.org" => {
            let path = path.strip_prefix("author/")?;
            let (slug, id) = path.rsplit_once('/').map_or((None, path), |(slug, id)| (Some(slug), id));
            let found = Profile::of(ProfileKind::SemanticScholar, id)?;
            Some(Profile { name: slug.and_then(|slug| in_slug(&decode(slug))), ..found })
        }
        "dblp.org" | "dblp.uni-trier.de" | "dblp.dagstuhl.de" | "dblp.de" => {
            let pid = path.strip_prefix("pid/")?;
            let pid = [".html", ".xml"].iter().find_map(|ending| pid.strip_suffix(ending)).unwrap_or(pid);
            Profile::of(ProfileKind::Dblp, pid)
        }
        "github.com" if !path.contains('/') => Profile::of(ProfileKind::GitHub, path),
        host if host.starts_with("scholar.google.") => {
            Profile::of(ProfileKind::Scholar, address.value("user")?)
        }
        _ => None,
    }
}

/// The ORCID iD that an address means to carry, as it is written there: it may be malformed.
pub fn orcid_claimed(target: &str) -> Option<&str> {
    let address = Address::parse(target)?;
    let id = address.path.split('/').next().unwrap_or(address.path);
    (address.host == "orcid.org" && id.starts_with(|first: char| first.is_ascii_digit())).then_some(id)
}

/// The name in `Rosa-Lindqvist`, `Rosa_Lindqvist`.
fn in_slug(slug: &str) -> Option<Box<str>> {
    let spaced: String = slug.chars().map(|c| if "-_.".contains(c) { ' ' } else { c }).collect();
    let name = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    (name.contains(' ') && !name.contains('%')).then(|| name.into())
}

/// `qc6CJjYAAAAJ`
fn is_scholar(user: &str) -> bool {
    user.len() == 12 && user.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// `50/671-92`, `h/GeoffreyEHinton`
fn is_pid(pid: &str) -> bool {
    pid.split_once('/').is_some_and(|(shelf, name)| {
        let is_shelf = (shelf.len() == 1 && shelf.bytes().all(|byte| byte.is_ascii_lowercase()))
            || ((1..=3).contains(&shelf.len()) && shelf.bytes().all(|byte| byte.is_ascii_digit()));
        is_shelf && !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}
