//! The owner's accounts: what configuration and home page link to at ORCID, Google Scholar, DBLP, …

use super::{Owner, sources};
use crate::diagnostic::Place;
use crate::markup::{Data, Value};
use crate::model::Page;
use crate::model::identifier::{self, Profile, ProfileKind};
use crate::model::name::{Likeness, Name, compare};
use crate::site::Facts;
use std::sync::Arc;

/// An account or number of the owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which one.
    pub profile: Profile,
    /// Where it stands.
    pub place: Place,
}

/// Keys under which configurations hold a bare number or account.
const KEYS: &[(&str, ProfileKind)] = &[
    ("orcid", ProfileKind::Orcid),
    ("orcid_id", ProfileKind::Orcid),
    ("googlescholar", ProfileKind::Scholar),
    ("google-scholar", ProfileKind::Scholar),
    ("google_scholar", ProfileKind::Scholar),
    ("scholar_userid", ProfileKind::Scholar),
    ("dblp", ProfileKind::Dblp),
    ("dblp_url", ProfileKind::Dblp),
    ("semanticscholar_id", ProfileKind::SemanticScholar),
    ("openreview_id", ProfileKind::OpenReview),
    ("github", ProfileKind::GitHub),
    ("github_username", ProfileKind::GitHub),
];

/// The accounts of a site's owner, each kind and value once.
pub(in crate::site) fn find(pages: &[Arc<Page>], facts: &Facts, owner: Option<&Owner>) -> Vec<Account> {
    let mut out: Vec<Account> = Vec::new();
    let of_author = owner.map(|owner| owner.place.file);
    for page in pages {
        let path = page.path();
        let is_settings = facts.config_path.as_deref() == Some(path)
            || path.starts_with("_data/socials.")
            || (Some(page.id) == of_author && path.contains("authors/"));
        if let Some(data) = page.data.as_ref().filter(|_| is_settings) {
            read(page, data, "", 0, &mut out);
        }
    }
    for page in sources::home_pages(pages) {
        for link in &page.links {
            let Some(profile) = identifier::profile(&link.target) else { continue };
            let in_entry = page.publications.iter().any(|entry| entry.span.contains(link.target_span));
            if !in_entry && is_own(&profile, &link.text, owner) {
                add(&mut out, profile, page.at(link.target_span));
            }
        }
    }
    out
}

/// Whether a link of the home page is the owner's: its text is the service's name, or the owner's.
fn is_own(profile: &Profile, text: &str, owner: Option<&Owner>) -> bool {
    let is_owner = |name: &str| {
        owner.is_some_and(|owner| {
            let likeness = compare(&Name::parse(&owner.name), &Name::parse(name));
            matches!(likeness, Likeness::Same | Likeness::Compatible)
        })
    };
    if let Some(name) = &profile.name {
        return is_owner(name);
    }
    let lower = text.to_lowercase();
    let service = match profile.kind {
        ProfileKind::Scholar => "scholar",
        ProfileKind::SemanticScholar => "semantic",
        kind => kind.name(),
    };
    lower.trim().is_empty() || lower.contains(service) || is_owner(text)
}

/// The accounts in a value and below it.
fn read(page: &Page, data: &Data, key: &str, depth: usize, out: &mut Vec<Account>) {
    match &data.value {
        Value::Text { text, .. } => {
            let known = KEYS.iter().find(|(known, _)| *known == key);
            let bare = known.and_then(|(_, kind)| Profile::of(*kind, text));
            if let Some(profile) = identifier::profile(text).or(bare) {
                add(out, profile, page.at(data.text_span()));
            }
        }
        Value::List(list) if depth < 4 => {
            for each in list {
                read(page, each, key, depth + 1, out);
            }
        }
        Value::Map(pairs) if depth < 4 => {
            for pair in pairs {
                read(page, &pair.value, &pair.key, depth + 1, out);
            }
        }
        _ => {}
    }
}

fn add(out: &mut Vec<Account>, profile: Profile, place: Place) {
    if !out.iter().any(|known| known.profile.kind == profile.kind && known.profile.value == profile.value) {
        out.push(Account { profile, place });
    }
}
