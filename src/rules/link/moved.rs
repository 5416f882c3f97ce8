//! `link/moved`: an address that its host has given up for another, and says so.

use super::address::{Address, is_among};
use super::remote;
use crate::diagnostic::{Safety, Severity};
use crate::evidence::{Answer, Query};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

pub(super) struct Moved;

static META: Meta = Meta {
    id: "link/moved",
    summary: "An address that has permanently moved",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Net,
    page: include_str!("../../../rules/link/moved.md"),
};

/// Hosts whose addresses lead elsewhere on purpose, or by who asks.
const FORWARDERS: &[&str] = &[
    "aka.ms",
    "amzn.to",
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "dub.sh",
    "forms.gle",
    "fb.me",
    "git.io",
    "goo.gl",
    "hdl.handle.net",
    "is.gd",
    "lnkd.in",
    "maps.app.goo.gl",
    "n2t.net",
    "ow.ly",
    "purl.org",
    "rb.gy",
    "rebrand.ly",
    "scholar.google.com",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "urn.fi",
    "w3id.org",
    "wp.me",
    "youtu.be",
];

/// Parts of the address of a page that asks who is there.
const GATES: &[&str] =
    &["login", "signin", "sign-in", "sign_in", "/sso", "/cas/", "oauth", "consent", "captcha"];

impl Rule for Moved {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        remote::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (link, query) in remote::links(cx, page) {
            let Answer::Moved(visit) = cx.evidence().answer(&query) else { continue };
            let Query::Url(asked) = &query else { continue };
            let Some(message) = message(asked, &visit.url) else { continue };
            let fragment = if visit.url.contains('#') { "" } else { remote::fragment(&link.target) };
            let target = format!("{}{fragment}", visit.url);
            let report = cx.report(page.at(link.target_span), message).help(format!("it is {target} now"));
            if remote::fits(page, link, &target) {
                let _ =
                    report.replace("Write the new address", Safety::Ask, page.at(link.target_span), target);
            }
        }
    }
}

/// What to say of a move; `None` where nobody would write the new address.
fn message(from: &str, to: &str) -> Option<&'static str> {
    let (old, new) = (Address::parse(from)?, Address::parse(to)?);
    let lower = to.to_lowercase();
    if is_among(&old.name(), FORWARDERS)
        || GATES.iter().any(|gate| lower.contains(gate))
        || lower.contains(";jsessionid")
    {
        return None;
    }
    let path = |address: &Address<'_>| {
        let path = address.path.strip_suffix("/index.html").unwrap_or(address.path);
        path.trim_end_matches('/').to_owned()
    };
    let same_place = old.name() == new.name() && path(&old) == path(&new);
    if same_place {
        return (new.secure && !old.secure).then_some("this host serves https by now");
    }
    // A home page sends its visitors where it likes, and a page that became a home page is gone.
    if path(&new).is_empty() != path(&old).is_empty() || path(&old).is_empty() && old.name() == new.name() {
        return None;
    }
    Some("this address has permanently moved")
}
