//! `link/foreign-host`: files of the owner's papers that lie on another person's site.

use super::address::Address;
use crate::diagnostic::{Place, Severity};
use crate::model::name::Name;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::{BTreeMap, BTreeSet};

pub(super) struct ForeignHost;

static META: Meta = Meta {
    id: "link/foreign-host",
    summary: "Files of the owner's papers lie on another person's site",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/link/foreign-host.md"),
};

/// So many files on one site are more than a co-author's copy of a joint paper.
const MANY: usize = 5;
/// How many places are shown.
const SHOWN: usize = 10;

impl Rule for ForeignHost {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let Some(owner) = site.owner.as_ref().filter(|owner| !owner.group) else { return };
        let own: BTreeSet<String> =
            std::iter::once(&owner.name).chain(&owner.aliases).flat_map(|name| handles(name)).collect();
        let mut people: BTreeMap<String, Box<str>> = BTreeMap::new();
        for (_, publication) in site.publications() {
            for author in &publication.authors {
                for handle in handles(&author.name) {
                    people.entry(handle).or_insert_with(|| author.name.clone());
                }
            }
        }
        let mut hosts: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for page in site.pages.iter().filter(|page| super::is_shown(site, page)) {
            for link in &page.links {
                if let Some(address) = Address::parse(&link.target)
                    && is_asset(address.path)
                    && !site.facts.hosts.contains(&address.host.to_lowercase())
                {
                    hosts.entry(address.name()).or_default().push(page.at(link.target_span));
                }
            }
        }
        for (host, places) in hosts.into_iter().filter(|(_, places)| places.len() >= MANY) {
            let label: String = person_of(&host).chars().filter(char::is_ascii_alphanumeric).collect();
            if own.contains(&label) {
                continue;
            }
            let (Some(person), Some((first, rest))) = (people.get(&label), places.split_first()) else {
                continue;
            };
            let message = format!(
                "{} files lie on `{host}`, which seems to be the site of {person}, and not of {}",
                places.len(),
                owner.name
            );
            let mut report = cx.report(*first, message).help("put copies on this site, where they stay");
            for place in rest.iter().take(SHOWN) {
                report = report.related(*place, "another file there");
            }
        }
    }
}

/// The part of a host that may name a person: `ann` of `ann.github.io`, `annlee` of `annlee.site`.
fn person_of(host: &str) -> &str {
    let mut labels = host.rsplit('.');
    let (last, second) = (labels.next(), labels.next());
    match (second, last) {
        (Some("github" | "gitlab" | "netlify" | "vercel" | "pages"), Some(_)) => {
            labels.next().unwrap_or_default()
        }
        (Some(second), _) => second,
        _ => host,
    }
}

/// Whether a path is that of a file which one keeps on a site of one's own.
fn is_asset(path: &str) -> bool {
    let lower = path.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    lower.rsplit_once('.').is_some_and(|(_, ending)| {
        matches!(
            ending,
            "pdf"
                | "bib"
                | "png"
                | "jpg"
                | "jpeg"
                | "gif"
                | "svg"
                | "pptx"
                | "ppt"
                | "key"
                | "zip"
                | "mp4"
                | "txt"
        )
    })
}

/// The names under which a person's site may run: `yzhang`, `yuzhang`, `zhangyu`, `yu`.
fn handles(name: &str) -> Vec<String> {
    let name = Name::parse(name);
    let lower =
        |text: &str| -> String { text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect() };
    let (given, family) = (lower(&name.given_key()), lower(&name.family_key()));
    if given.len() < 2 || family.len() < 2 {
        return Vec::new();
    }
    let initial: String = given.chars().take(1).collect();
    vec![
        format!("{initial}{family}"),
        format!("{given}{family}"),
        format!("{family}{given}"),
        format!("{family}{initial}"),
    ]
}
