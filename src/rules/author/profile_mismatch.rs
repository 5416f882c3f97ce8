//! author/profile-mismatch

use crate::diagnostic::Severity;
use crate::model::name::{Likeness, Name, compare};
use crate::model::{Page, identifier};
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
            let Some(named) =
                author.url.as_deref().and_then(identifier::profile).and_then(|profile| profile.name)
            else {
                continue;
            };
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
