//! The addresses on the web that a page links to, and what may be asked of them. It judges nothing.

use super::address::{Address, is_among};
use crate::evidence::{Query, Visit};
use crate::model::{Identifier, IdentifierKind, Link, LinkKind, Page, identifier};
use crate::rules::Context;
use crate::site::{Resolution, Site};
use crate::text::Span;
use std::collections::BTreeSet;

/// Names that examples are written with, and that never lead to a host (RFC 2606). Which hosts are private is
/// for those to tell who ask: whoever runs scholint may allow some.
const NOWHERE: &[&str] = &["example", "example.com", "example.net", "example.org", "invalid"];

/// Parts of addresses that stand for something else.
const STAND_INS: &[&str] = &[
    "username",
    "yourname",
    "your-name",
    "your_name",
    "yourusername",
    "your-user",
    "your_user",
    "your-repo",
    "your_repo",
    "your-site",
    "your-domain",
    "yourdomain",
    "xxxx",
];

/// Hosts whose addresses are registered handles rather than places.
pub(super) const HANDLES: &[&str] = &["doi.org"];

/// The links of a page to other sites that were asked about, with their questions; none where nobody was asked.
pub(super) fn links<'p>(
    cx: &Context<'p>,
    page: &'p Page,
) -> impl Iterator<Item = (&'p Link, Query)> + use<'p> {
    let site = Some(cx.site()).filter(|_| !cx.evidence().is_empty());
    site.into_iter().flat_map(|site| questions(site, page))
}

/// Asks about every address of the site.
pub(super) fn ask(site: &Site, ask: &mut dyn FnMut(Query)) {
    site.pages.iter().flat_map(|page| questions(site, page)).for_each(|(_, query)| ask(query));
}

/// The links of a page that may be asked about, with their questions.
fn questions<'p>(site: &'p Site, page: &'p Page) -> impl Iterator<Item = (&'p Link, Query)> {
    let chosen = site.remote(page, || {
        super::numbered(site, page)
            .filter(|(_, link)| may_ask(site, page, link))
            .map(|(index, _)| index)
            .collect()
    });
    let links = chosen.iter().filter_map(|index| page.links.get(*index as usize));
    links.map(|link| (link, Query::Url(address_of(link).into())))
}

/// What is asked about a link: its target without the fragment.
fn address_of(link: &Link) -> &str {
    let target = link.target.trim();
    target.split_once('#').map_or(target, |(before, _)| before)
}

/// Whether a link may be asked about: not what nobody may ask, and not what other rules judge as it is written.
fn may_ask(site: &Site, page: &Page, link: &Link) -> bool {
    let is_hint = matches!(&link.kind, LinkKind::Html(element, _) if matches!(&**element, "link" | "script"));
    let target = address_of(link);
    let Some(address) = Address::parse(target) else { return false };
    !(is_hint
        || target.contains(|each: char| {
            each.is_whitespace() || each.is_control() || "{}<>\"\\^`|$".contains(each)
        })
        || is_stand_in(&address)
        || is_among(&address.name(), HANDLES)
        || site.facts.hosts.contains(&address.host.to_lowercase())
        || super::malformed::is_malformed(target)
        || super::empty::is_empty(target)
        || site.resolve_link(page, link) != Resolution::External)
}

/// Whether an address stands for another one that somebody is to fill in.
fn is_stand_in(address: &Address<'_>) -> bool {
    let host = address.name();
    let whole = format!("{host}{}", address.path).to_lowercase();
    is_among(&host, NOWHERE) || STAND_INS.iter().any(|each| whole.contains(each))
}

/// The DOIs of a page, each with the bytes that carry it: targets under `doi.org`, and fields.
pub(super) fn dois<'p>(site: &'p Site, page: &'p Page) -> impl Iterator<Item = (Query, Span)> + use<'p> {
    let mut seen = BTreeSet::new();
    let from_links = super::links(site, page).filter_map(|link| {
        let address = Address::parse(&link.target).filter(|address| is_among(&address.name(), HANDLES))?;
        // An address with a query is another service of the host.
        let (kind, value) = identifier::in_url(&link.target).filter(|_| !address.path.contains('?'))?;
        Some((Identifier { kind, value, span: link.target_span }, true))
    });
    let from_fields = page.publications.iter().flat_map(|publication| &publication.identifiers);
    let from_fields = from_fields.map(|identifier| (identifier.clone(), false));
    let targets: BTreeSet<Span> = page.links.iter().map(|link| link.target_span).collect();
    from_links.chain(from_fields).filter_map(move |(found, is_link)| {
        // A target under another host carries a DOI of which only that host need know.
        let fits = found.kind == IdentifierKind::Doi
            && (is_link || super::is_shown(site, page) && !targets.contains(&found.span))
            && !found.value.starts_with("10.5555/")
            && found.value.is_ascii()
            && !found.value.contains(['\\', '{', '}', '"', '$', '%']);
        (fits && seen.insert(found.span)).then_some((Query::Doi(found.value), found.span))
    })
}

/// Whether an address can be written in place of a link's target, whatever encloses it there.
pub(super) fn fits(page: &Page, link: &Link, address: &str) -> bool {
    let balanced = address
        .chars()
        .try_fold(0u32, |depth, each| match each {
            '(' => Some(depth + 1),
            ')' => depth.checked_sub(1),
            _ => Some(depth),
        })
        .is_some_and(|depth| depth == 0);
    balanced
        && link.exact
        && page.slice(link.target_span) == &*link.target
        && !address.contains(|each: char| each.is_whitespace() || "<>\"'`{}\\|".contains(each))
}

/// What a target has behind its `#`, with it; nothing where there is none.
pub(super) fn fragment(target: &str) -> &str {
    target.find('#').and_then(|at| target.get(at..)).unwrap_or_default()
}

/// Where a visit ended: the address itself where nothing led it elsewhere.
pub(super) fn end<'a>(visit: &'a Visit, target: &'a str) -> &'a str {
    if visit.url.is_empty() { target } else { &visit.url }
}
