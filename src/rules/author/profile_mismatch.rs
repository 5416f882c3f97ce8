//! author/profile-mismatch

use crate::diagnostic::Severity;
use crate::model::Page;
use crate::model::name::{Likeness, Name, compare};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "author/profile-mismatch",
    summary: "The profile behind a name is that of another person",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/author/profile-mismatch.md"),
};

/// A profile whose address names another person.
pub(super) struct ProfileMismatch;

impl Rule for ProfileMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for author in page.publications.iter().flat_map(|publication| &publication.authors) {
            let Some(named) = author.url.as_deref().and_then(name_in) else { continue };
            let (name, other) = (Name::parse(&author.name), Name::parse(&named));
            // A changed family name keeps the given one, and the other way round.
            let kept = name.given_key() == other.given_key() || name.family_key() == other.family_key();
            if kept
                || name.given.is_empty()
                || other.given.is_empty()
                || compare(&name, &other) != Likeness::Different
            {
                continue;
            }
            cx.report(page.at(author.span), format!("`{}` links to the profile of `{named}`", author.name))
                .help("link the person's own profile");
        }
    }
}

/// The name that the address of a profile carries: Semantic Scholar, OpenReview, old DBLP.
fn name_in(url: &str) -> Option<String> {
    let tail =
        |host: &str| url.split_once(host).map(|(_, tail)| tail.split(['?', '#', '&']).next().unwrap_or(tail));
    let clean = |slug: &str| {
        let name: String = slug.chars().map(|c| if "-_.".contains(c) { ' ' } else { c }).collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        (name.contains(' ') && !name.contains('%')).then_some(name)
    };
    if let Some(path) = tail("semanticscholar.org/author/") {
        let (slug, id) = path.split_once('/')?;
        return id.starts_with(|c: char| c.is_ascii_digit()).then(|| clean(slug))?;
    }
    if let Some((_, id)) = url.split_once("openreview.net/profile?id=~") {
        let slug = id.split('&').next().unwrap_or(id);
        return clean(slug.trim_end_matches(|c: char| c.is_ascii_digit()));
    }
    None
}
