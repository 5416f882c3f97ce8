//! `link/unpublished`: a link to a file that is there and that the generator does not publish.

use crate::diagnostic::Severity;
use crate::model::{Format, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Resolution, Site};

pub(super) struct Unpublished;

static META: Meta = Meta {
    id: "link/unpublished",
    summary: "A link to a page or file that the generator does not publish",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/link/unpublished.md"),
};

impl Rule for Unpublished {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let site = cx.site();
        let is_document = page.format == Format::Markdown(crate::markup::Dialect::Github);
        // What a document of the repository links to need not be published.
        if is_document || !super::is_shown(site, page) || !site.facts.generator.is_jekyll() {
            return;
        }
        for link in &page.links {
            if matches!(link.kind, LinkKind::Field(_) | LinkKind::Bib(_)) && !link.target.starts_with('/') {
                continue;
            }
            let Resolution::Unpublished(id) = site.resolve_link(page, link) else { continue };
            let other = site.page(id);
            let (message, help) = words(site, other);
            let _ = cx.report(page.at(link.target_span), message).help(help);
        }
    }
}

/// What is wrong, and what to do about it.
fn words(site: &Site, other: &Page) -> (String, String) {
    let path = other.path();
    let folder = path.split('/').next().and_then(|folder| folder.strip_prefix('_'));
    let hides = folder.and_then(|name| site.facts.collections.get(name).map(|each| (name, each)));
    let is_held = other.data.as_ref().and_then(|data| data.get("published")).is_some();
    match hides {
        _ if is_held => (
            format!("`{path}` is held back by `published: false`"),
            "publish it, or take the link away".to_owned(),
        ),
        Some((name, collection)) if !collection.output => (
            format!("`{path}` gets no page: the collection `{name}` has no `output: true`"),
            format!("set `collections.{name}.output: true` in the configuration"),
        ),
        _ => (
            format!("the configuration excludes `{path}`, so that it has no page"),
            "take it off the list, or take the link away".to_owned(),
        ),
    }
}
