//! `link/insecure`: `http://` to a host that is known to serve https.

use super::address::{Address, is_among};
use super::legacy_host;
use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::sync::LazyLock;

pub(super) struct Insecure;

static META: Meta = Meta {
    id: "link/insecure",
    summary: "An `http://` link to a host that serves https",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/link/insecure.md"),
};

/// Hosts that serve https, in the order of the data file.
static HOSTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let text = include_str!("../../../rules/data/https-hosts.txt");
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

impl Rule for Insecure {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for link in super::links(cx.site(), page) {
            let Some(address) = Address::parse(&link.target).filter(|address| !address.secure) else {
                continue;
            };
            if !is_among(&address.name(), &HOSTS) || legacy_host::modern(&link.target).is_some() {
                continue;
            }
            let report = cx.report(page.at(link.target_span), message(address.host));
            // The letter is put behind `http`, wherever else the target is decoded.
            if link.exact && page.slice(link.target_span).get(..5) == Some("http:") {
                let at = Span::new(link.target_span.start + 4, link.target_span.start + 4);
                report.replace("use `https://`", Safety::Safe, page.at(at), "s");
            }
        }
    }
}

fn message(host: &str) -> String {
    format!("`{host}` serves https, and this link asks for http")
}
