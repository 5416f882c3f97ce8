//! `link/unpublished`: a link to a file that is there and that the generator does not publish.

use crate::diagnostic::Severity;
use crate::markup::{Data, Dialect};
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
        // What a document of the repository links to need not be published, and what is not published itself
        // may link to its like.
        let is_part = page.path().split('/').any(|part| part.starts_with('_') || part == "includes");
        let is_kept = page.format.is_page() && site.urls.of(page.id).is_empty() && !is_part;
        if page.format == Format::Markdown(Dialect::Github) || is_kept {
            return;
        }
        for link in super::links(site, page) {
            if matches!(link.kind, LinkKind::Field(_) | LinkKind::Bib(_)) && !link.target.starts_with('/') {
                continue;
            }
            let Resolution::Unpublished(path) = site.resolve_link(page, link) else { continue };
            let Some((message, help)) = words(site, &path) else { continue };
            let _ = cx.report(page.at(link.target_span), message).help(help);
        }
    }
}

/// What is wrong, and what to do about it.
fn words(site: &Site, path: &str) -> Option<(String, String)> {
    let facts = &site.facts;
    let front = site.urls.page_of_file(path).and_then(|id| site.page(id).data.as_ref());
    let take = "publish it, or take the link away".to_owned();
    if facts.generator.is_hugo() {
        // What is kept from being rendered may be shown by another page; a draft is shown by none.
        let builds_drafts = facts.config.as_ref().and_then(|config| config.get("buildDrafts"));
        let is_draft = front.and_then(|front| front.get("draft")).is_some_and(Data::is_true);
        return (is_draft && !builds_drafts.is_some_and(Data::is_true))
            .then(|| (format!("`{path}` is a draft, which Hugo does not publish"), take));
    }
    if front.and_then(|front| front.get("published")).is_some() {
        return Some((format!("`{path}` is held back by `published: false`"), take));
    }
    let collection = path
        .strip_prefix('_')
        .and_then(|inner| inner.split_once('/'))
        .and_then(|(name, _)| Some((name, facts.collections.get(name)?)));
    let unseen = path.split('/').find(|part| part.starts_with(['_', '.', '#', '~']));
    Some(match (collection, unseen) {
        (Some((name, collection)), _) if !collection.output => (
            format!("`{path}` is not published: the collection `{name}` has no `output: true`"),
            format!("set `collections.{name}.output: true` in the configuration"),
        ),
        (None, Some(name)) => (
            format!("`{path}` is not published: Jekyll keeps `{name}` to itself"),
            format!("move the file, or list `{name}` under `include` in the configuration"),
        ),
        _ => (
            format!("the configuration excludes `{path}`, so that it is not published"),
            "take it off the list, or take the link away".to_owned(),
        ),
    })
}
