//! duplicate/permalink

use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "duplicate/permalink",
    summary: "Two files claim one address",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/duplicate/permalink.md"),
};

/// Two files whose front matter claims one address.
pub(super) struct Permalink;

impl Rule for Permalink {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut seen: BTreeMap<String, (&Page, Span)> = BTreeMap::new();
        for page in &cx.site().pages {
            if !page.format.is_page() || !cx.site().facts.generator.is_jekyll() {
                continue;
            }
            let Some(data) = &page.data else { continue };
            // Sites in several languages give a page and its translations one address.
            let off = data.get("published").is_some_and(crate::markup::Data::is_false);
            if off || data.get("lang").is_some() || data.get("language").is_some() || is_draft(page.path()) {
                continue;
            }
            let Some(value) = data.get("permalink") else { continue };
            let Some(text) = value.text().filter(|text| !text.contains([':', '{'])) else { continue };
            let key = text.trim().trim_end_matches("index.html").trim_matches('/').to_owned();
            let span = value.text_span();
            let Some((first, at)) = seen.get(&key) else {
                seen.insert(key, (page, span));
                continue;
            };
            // One page in the folders of two languages.
            let name = |page: &Page| page.path().rsplit('/').next().unwrap_or_default().to_owned();
            if name(first) == name(page) {
                continue;
            }
            let message = format!("`{text}` is the address of `{}` too", first.path());
            cx.report(page.at(span), message)
                .related(first.at(*at), "claimed here")
                .help("give each page an address of its own: the generator writes only one of them");
        }
    }
}

/// Whether a file is built only on request, or never: the template's post from the far future.
fn is_draft(path: &str) -> bool {
    path.starts_with("_drafts/") || path.contains("/_drafts/") || path.contains("/2199-")
}
