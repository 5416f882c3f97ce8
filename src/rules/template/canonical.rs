//! `template/canonical`: a setting that says that this site is another one.

use super::leftovers::hits;
use crate::diagnostic::Severity;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "template/canonical",
    summary: "A setting that names another site as this one",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/template/canonical.md"),
};

/// The rule.
pub(super) struct Canonical;

impl Rule for Canonical {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let mut spoke = false;
        for hit in hits(page, cx).into_iter().filter(|hit| hit.leftover.rule == "canonical") {
            spoke = true;
            let key = hit.key.as_deref().unwrap_or("canonical");
            let message = format!("`{key}` still names {}: `{}`", hit.leftover.template, hit.text);
            cx.report(page.at(hit.span), message).severity(hit.leftover.severity).help(help(key));
        }
        if !spoke && Some(page.id) == cx.site().facts.config_file {
            contradiction(page, cx);
        }
    }
}

fn help(key: &str) -> &'static str {
    match key {
        "repository" => "name your own repository: links and counters are taken from it",
        "baseurl" => "leave it empty unless the site lives in a folder of this name",
        _ => "search engines take the page for a copy of that site: put your own address here",
    }
}

/// `canonical` that names none of the hosts that serve the site, and `url` beside another `CNAME`.
fn contradiction(page: &Page, cx: &mut Context<'_>) {
    let site = cx.site();
    let Some(data) = &page.data else { return };
    let own = |host: &str| {
        let bare = |host: &str| host.trim_start_matches("www.").to_owned();
        // A repository of GitHub's pages is served under its owner's name, too.
        let account = site.facts.remote.as_deref().and_then(|remote| remote.split('/').next());
        let pages = account.map(|account| format!("{}.github.io", account.to_lowercase()));
        site.facts.hosts.iter().chain(&pages).any(|known| bare(known) == bare(host))
    };
    if let Some(canonical) = data.get("canonical")
        && let Some(host) = canonical.text().and_then(host_of)
        && !site.facts.hosts.is_empty()
        && !own(&host)
    {
        let known = site.facts.hosts.join(" and ");
        cx.report(
            page.at(canonical.text_span()),
            format!("`canonical` names `{host}`, but {known} serves it"),
        )
        .help(help("canonical"));
    }
    // Both the owner and the name of a repository differ: a fork keeps its name.
    if let (Some(remote), Some(repository)) = (&site.facts.remote, data.get("repository"))
        && let Some(named) = repository.text().map(|text| text.trim_start_matches("https://github.com/"))
        && let (Some((account, name)), Some((other, other_name))) =
            (remote.split_once('/'), named.split_once('/'))
        && !account.eq_ignore_ascii_case(other)
        && !name.eq_ignore_ascii_case(other_name.trim_end_matches(".git").trim_end_matches('/'))
    {
        let place = page.at(repository.text_span());
        let _ = cx
            .report(place, format!("`repository` names `{named}`, but this is `{remote}`"))
            .severity(Severity::Warning)
            .help(help("repository"));
    }
}

/// The host of an absolute address, in lower case.
fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    host.contains('.').then_some(host)
}
