//! author/one-page-two-names

use super::urls::{is_profile, person_url};
use crate::diagnostic::{Place, Severity};
use crate::model::Author;
use crate::model::name::{Likeness, Name, compare, is_group};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::{BTreeMap, BTreeSet};

static META: Meta = Meta {
    id: "author/one-page-two-names",
    summary: "One person's page is linked under two names",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/one-page-two-names.md"),
};

/// One personal page under two names: the link was copied from the neighbour.
pub(super) struct OnePageTwoNames;

impl Rule for OnePageTwoNames {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut by_page: BTreeMap<String, Vec<Linked<'_>>> = BTreeMap::new();
        let mut pages_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (page, publication) in cx.site().publications() {
            for author in &publication.authors {
                let Some(url) = author.url.as_deref().and_then(person_url) else { continue };
                let name = Name::parse(&author.name);
                if is_group(&author.name) || name.is_native_only() || name.given.is_empty() {
                    continue;
                }
                let key = format!("{} {}", name.family_key(), name.given_key());
                pages_of.entry(key.clone()).or_default().insert(url.clone());
                by_page.entry(url).or_default().push(Linked {
                    author,
                    name,
                    key,
                    place: page.at(author.span),
                });
            }
        }
        for (url, linked) in &by_page {
            let Some((wrong, right)) = contradiction(url, linked, &pages_of) else { continue };
            let message = format!("`{}` links to the page of `{}`", wrong.author.name, right.author.name);
            cx.report(wrong.place, message)
                .related(right.place, format!("the same page under `{}`", right.author.name))
                .help("link the person's own page, or take the link out");
        }
    }
}

/// An author with a link.
struct Linked<'a> {
    author: &'a Author,
    name: Name,
    key: String,
    place: Place,
}

/// The name that a page wrongly stands under, and the one it belongs to.
fn contradiction<'l, 'a>(
    url: &str,
    linked: &'l [Linked<'a>],
    pages_of: &BTreeMap<String, BTreeSet<String>>,
) -> Option<(&'l Linked<'a>, &'l Linked<'a>)> {
    let mut counts: BTreeMap<&str, (usize, &Linked<'_>)> = BTreeMap::new();
    for each in linked {
        counts.entry(&each.key).or_insert((0, each)).0 += 1;
    }
    // A page under three names is that of a group.
    let [(a, first), (b, second)] = <[_; 2]>::try_from(counts.into_values().collect::<Vec<_>>()).ok()?;
    if compare(&first.name, &second.name) != Likeness::Different {
        return None;
    }
    // Whose page it is: the one whose name the address carries; else the other must have a page of
    // their own.
    let carries = |each: &Linked<'_>| {
        let family = each.name.family_key();
        let given = each.name.given_key();
        (family.len() > 2 && url.contains(&family)) || (given.len() > 3 && url.contains(&given))
    };
    let has_other = |each: &Linked<'_>| pages_of.get(&each.key).is_some_and(|pages| pages.len() > 1);
    match (carries(first), carries(second)) {
        (true, false) => Some((second, first)),
        (false, true) => Some((first, second)),
        (false, false) if a >= b && has_other(second) && !has_other(first) => Some((second, first)),
        (false, false) if b >= a && has_other(first) && !has_other(second) => Some((first, second)),
        (false, false) if is_profile(url) && a > b => Some((second, first)),
        (false, false) if is_profile(url) && b > a => Some((first, second)),
        _ => None,
    }
}
