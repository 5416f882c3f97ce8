//! `link/soft-404`: an address that answers with a page which says that it is none.

use super::address::{Address, is_among};
use super::remote;
use crate::diagnostic::Severity;
use crate::evidence::{Answer, Hollow, Query};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

pub(super) struct Soft404;

static META: Meta = Meta {
    id: "link/soft-404",
    summary: "A link to a page that says it was not found, is for sale, or became a home page",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/link/soft-404.md"),
};

/// Hosts of shared files, where a page that asks to log in means that the file was not shared.
const SHARES: &[&str] = &["drive.google.com", "docs.google.com"];

impl Rule for Soft404 {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        remote::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (link, query) in remote::links(cx, page) {
            let (Query::Url(asked), Answer::Hollow(how, _)) = (&query, cx.evidence().answer(&query)) else {
                continue;
            };
            let Some((message, help)) = Address::parse(asked).and_then(|asked| words(*how, asked)) else {
                continue;
            };
            let _ = cx.report(page.at(link.target_span), message).help(help);
        }
    }
}

/// What to say, and what to do.
fn words(how: Hollow, asked: Address<'_>) -> Option<(&'static str, &'static str)> {
    let elsewhere = "find out where the page went, or take the link away";
    match how {
        Hollow::NotFound => Some(("the page at this address says that it was not found", elsewhere)),
        Hollow::Parked => Some(("this domain is for sale: whoever had it has gone", elsewhere)),
        Hollow::Home => (!is_home(asked.path)).then_some((
            "this address leads to the home page of its host: the page itself is gone",
            elsewhere,
        )),
        // Elsewhere it is the way in that was linked.
        Hollow::Login => is_among(&asked.name(), SHARES).then_some((
            "visitors are asked to log in: the file is not shared with them",
            "share it with everyone who has the link",
        )),
    }
}

/// Whether a path is that of a home page: `/`, `/index.html`, `/en/`.
fn is_home(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default().trim_matches('/');
    path.is_empty()
        || !path.contains('/') && (path.starts_with("index.") || path.starts_with("home") || path.len() == 2)
}
