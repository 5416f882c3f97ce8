//! author/highlight-not-owner

use super::OwnerForms;
use crate::diagnostic::{Place, Severity};
use crate::model::Author;
use crate::model::name::{Likeness, Name};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Owner, OwnerSource};
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "author/highlight-not-owner",
    summary: "The highlighted author of the entries is not the person whose page it is",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/highlight-not-owner.md"),
};

/// The highlighted author of entries is not the page's owner: left from the page that was copied.
pub(super) struct HighlightNotOwner;

/// Entries that highlight one name.
struct Wrong<'a> {
    name: &'a str,
    places: Vec<Place>,
}

impl Rule for HighlightNotOwner {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let Some(owner) = &cx.site().owner else { return };
        // Where the owner was guessed from the highlights, they agree with themselves.
        if owner.group || owner.source == OwnerSource::Highlights {
            return;
        }
        let forms = OwnerForms::new(owner);
        let mut right = 0;
        let mut entries = 0;
        let mut wrong: BTreeMap<String, Wrong<'_>> = BTreeMap::new();
        for (page, publication) in cx.site().publications().filter(|(page, _)| page.format.is_page()) {
            let likeness = |author: &Author| forms.likeness(&Name::parse(&author.name));
            let is_owner =
                |author: &Author| !matches!(likeness(author), Likeness::Different | Likeness::Incomparable);
            let highlighted: Vec<&Author> =
                publication.authors.iter().filter(|author| author.highlighted).collect();
            if highlighted.is_empty() {
                continue;
            }
            entries += 1;
            // The owner stands in the list: a student or a co-author may well be set apart.
            if publication.authors.iter().any(is_owner) {
                right += 1;
            } else if let [author] = &highlighted[..]
                && likeness(author) == Likeness::Different
            {
                let name = Name::parse(&author.name);
                let key = format!("{} {}", name.family_key(), name.given_key());
                wrong
                    .entry(key)
                    .or_insert_with(|| Wrong { name: &author.name, places: Vec::new() })
                    .places
                    .push(page.at(author.span));
            }
        }
        let total: usize = wrong.values().map(|wrong| wrong.places.len()).sum();
        for found in wrong.into_values() {
            // One name, again and again: not the varying students of a supervisor.
            if found.places.len() >= 3
                && found.places.len() * 3 >= total * 2
                && found.places.len() * 3 >= entries
            {
                report(cx, owner, &found, right);
            }
        }
    }
}

fn report(cx: &mut Context<'_>, owner: &Owner, wrong: &Wrong<'_>, right: usize) {
    let count = wrong.places.len();
    let name = wrong.name;
    let message = format!("{count} entries highlight `{name}`, but this is the page of `{}`", owner.name);
    let mut report =
        cx.report(wrong.places[0], message).related(owner.place, format!("`{}` is named here", owner.name));
    for place in &wrong.places[1..] {
        report = report.related(*place, format!("`{name}` is highlighted here too"));
    }
    let others =
        if right > 0 { format!("; {right} other entries list `{}`", owner.name) } else { String::new() };
    report.help(format!(
        "remove the entries of `{name}`, or name the owner under `[owner]` in scholint.toml{others}"
    ));
}
