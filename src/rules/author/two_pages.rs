//! author/two-pages

use super::urls::{is_profile, person_url};
use crate::diagnostic::{Place, Severity};
use crate::model::Author;
use crate::model::name::Name;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "author/two-pages",
    summary: "One name links to two home pages",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/two-pages.md"),
};

/// The pages of one name: whether it is a profile and the address, and who links it first.
type Pages<'a> = BTreeMap<(bool, String), (Place, &'a Author)>;

/// One name with two home pages.
pub(super) struct TwoPages;

impl Rule for TwoPages {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut by_name: BTreeMap<String, Pages<'_>> = BTreeMap::new();
        for (page, publication) in cx.site().publications() {
            for author in &publication.authors {
                let Some(url) = author.url.as_deref().and_then(person_url) else { continue };
                let name = Name::parse(&author.name);
                if name.given.is_empty() || name.has_only_initials() {
                    continue;
                }
                let key = format!("{} {}", name.family_key(), name.given_key());
                let kind = is_profile(&url);
                by_name.entry(key).or_default().entry((kind, url)).or_insert((page.at(author.span), author));
            }
        }
        for pages in by_name.into_values() {
            for kind in [false, true] {
                let mut places: Vec<(Place, &Author)> = pages
                    .iter()
                    .filter(|((is_profile, _), _)| *is_profile == kind)
                    .map(|(_, each)| *each)
                    .collect();
                places.sort_by_key(|(place, _)| *place);
                let [first, second, ..] = places[..] else { continue };
                let host = |(_, author): (Place, &Author)| {
                    author
                        .url
                        .as_deref()
                        .and_then(person_url)
                        .and_then(|url| url.split(['/', '?']).next().map(str::to_owned))
                };
                // A profile here and another service there are no contradiction.
                if kind && host(first) != host(second) {
                    continue;
                }
                let message = format!("`{}` links to another page here than elsewhere", second.1.name);
                cx.report(second.0, message)
                    .related(first.0, format!("links to {}", first.1.url.as_deref().unwrap_or_default()))
                    .help("if it is one person, link one page; if not, tell the two apart");
            }
        }
    }
}
