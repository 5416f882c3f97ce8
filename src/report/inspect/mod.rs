//! What scholint understood of a site: whose it is, what it lists, and what it could not make out.

mod text;

pub use text::inspect_text;

use super::json::{Range, locate, print, range};
use crate::engine::Outcome;
use crate::model::{Link, Page, Publication};
use crate::site::{Owner, Resolution, Site};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Document<'a> {
    generator: &'static str,
    owner: Option<OwnerView<'a>>,
    accounts: Vec<AccountView<'a>>,
    members: Vec<MemberView<'a>>,
    pages: Vec<PageView<'a>>,
    publications: Vec<PublicationView<'a>>,
    not_understood: Vec<GapView<'a>>,
}

#[derive(Serialize)]
struct OwnerView<'a> {
    name: &'a str,
    aliases: Vec<&'a str>,
    path: String,
    span: Range,
    group: bool,
    source: &'static str,
    confidence: &'static str,
    claims: Vec<ClaimView<'a>>,
}

#[derive(Serialize)]
struct ClaimView<'a> {
    name: &'a str,
    source: &'static str,
    path: String,
    span: Range,
}

#[derive(Serialize)]
struct AccountView<'a> {
    kind: &'static str,
    value: &'a str,
    path: String,
    span: Range,
}

#[derive(Serialize)]
struct MemberView<'a> {
    name: &'a str,
    aliases: Vec<&'a str>,
    path: String,
    span: Range,
}

#[derive(Serialize)]
struct PageView<'a> {
    path: String,
    urls: &'a [String],
    reach: &'static str,
    links: Vec<LinkView<'a>>,
}

/// Something that was not understood: a link that may or may not work, a file that does not parse.
#[derive(Serialize)]
struct GapView<'a> {
    reason: &'a str,
    text: &'a str,
    path: String,
    span: Range,
}

#[derive(Serialize)]
struct PublicationView<'a> {
    path: String,
    span: Range,
    title: Option<&'a str>,
    authors: Vec<AuthorView<'a>>,
    truncated: bool,
    year: Option<i16>,
    venue: Option<&'a str>,
    links: Vec<LinkView<'a>>,
    identifiers: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
struct AuthorView<'a> {
    name: &'a str,
    highlighted: bool,
    marks: Vec<&'a str>,
    url: Option<&'a str>,
    span: Range,
}

#[derive(Serialize)]
struct LinkView<'a> {
    label: &'a str,
    target: &'a str,
}

/// The site as JSON.
pub fn inspect_json(outcome: &Outcome) -> String {
    let site = &outcome.site;
    let owner = site.owner.as_ref().map(|owner| owner_view(outcome, owner));
    let accounts = site.accounts();
    let accounts = accounts.iter().map(|account| {
        let (path, span) = locate(outcome, account.place);
        let profile = &account.profile;
        AccountView { kind: profile.kind.name(), value: &profile.value, path, span }
    });
    let members = site.members.iter().map(|member| {
        let (path, span) = locate(outcome, member.place);
        let aliases = member.aliases.iter().map(|alias| &**alias).collect();
        MemberView { name: &member.name, aliases, path, span }
    });
    let pages = site.pages.iter().map(|page| PageView {
        path: outcome.path_of(&page.source),
        urls: site.urls.of(page.id),
        reach: site.reach(page).name(),
        links: page.links.iter().map(|link| LinkView { label: &link.text, target: &link.target }).collect(),
    });
    let publications = site.publications().map(|(page, publication)| view(outcome, page, publication));
    print(&Document {
        generator: site.facts.generator.name(),
        owner,
        accounts: accounts.collect(),
        members: members.collect(),
        pages: pages.collect(),
        publications: publications.collect(),
        not_understood: gaps(outcome),
    })
}

fn owner_view<'a>(outcome: &Outcome, owner: &'a Owner) -> OwnerView<'a> {
    let (path, span) = locate(outcome, owner.place);
    let claims = owner.claims.iter().map(|claim| {
        let (path, span) = locate(outcome, claim.place);
        ClaimView { name: &claim.name, source: claim.source.name(), path, span }
    });
    OwnerView {
        name: &owner.name,
        aliases: owner.aliases.iter().map(|alias| &**alias).collect(),
        path,
        span,
        group: owner.group,
        source: owner.source.name(),
        confidence: owner.confidence.name(),
        claims: claims.collect(),
    }
}

/// Every link of which it cannot be known where it leads, with its page and the reason.
fn unresolved(site: &Site) -> impl Iterator<Item = (&Page, &Link, &'static str)> {
    site.pages.iter().flat_map(move |page| {
        page.links.iter().filter_map(move |link| match site.resolve_link(page, link) {
            Resolution::Unknown(reason) => Some((&**page, link, reason)),
            _ => None,
        })
    })
}

/// What was not understood, in the order of the pages.
fn gaps(outcome: &Outcome) -> Vec<GapView<'_>> {
    let site = &outcome.site;
    let links = unresolved(site).map(|(page, link, reason)| GapView {
        reason,
        text: &link.target,
        path: outcome.path_of(&page.source),
        span: range(&page.source, link.target_span),
    });
    let problems = site.pages.iter().flat_map(|page| {
        page.problems.iter().map(|problem| GapView {
            reason: "does not parse",
            text: &problem.message,
            path: outcome.path_of(&page.source),
            span: range(&page.source, problem.span),
        })
    });
    links.chain(problems).collect()
}

fn view<'a>(outcome: &Outcome, page: &'a Page, publication: &'a Publication) -> PublicationView<'a> {
    let links = publication.links.iter().filter_map(|index| page.links.get(*index as usize));
    PublicationView {
        path: outcome.path_of(&page.source),
        span: range(&page.source, publication.span),
        title: publication.title.as_ref().map(|title| &*title.text),
        authors: publication
            .authors
            .iter()
            .map(|author| AuthorView {
                name: &author.name,
                highlighted: author.highlighted,
                marks: author.marks.iter().map(|mark| &**mark).collect(),
                url: author.url.as_deref(),
                span: range(&page.source, author.span),
            })
            .collect(),
        truncated: publication.truncated,
        year: publication.year.map(|(year, _)| year),
        venue: publication.venue.as_ref().map(|venue| &*venue.text),
        links: links.map(|link| LinkView { label: &link.text, target: &link.target }).collect(),
        identifiers: publication
            .identifiers
            .iter()
            .map(|identifier| (identifier.kind.name(), &*identifier.value))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::diagnostic::{FileId, Place};
    use crate::model::{Author, Identifier, IdentifierKind, Spot};
    use crate::site::{Claim, Owner, OwnerSource};
    use crate::text::Span;

    fn sample() -> Outcome {
        let mut outcome = samples::outcome("a.md", "Ada Byron\n\nEngines\nAda, B\n");
        outcome.site.owner = Some(Owner::of(Claim {
            name: "Ada Byron".into(),
            aliases: vec!["A. Byron".into()],
            place: Place { file: FileId(0), span: Span::new(0, 9) },
            source: OwnerSource::Sentence,
        }));
        let author = |name: &str, highlighted| Author {
            name: name.into(),
            span: Span::new(19, 22),
            highlighted,
            marks: vec!["*".into()],
            url: None,
        };
        let page = std::sync::Arc::make_mut(&mut outcome.site.pages[0]);
        page.publications = vec![crate::model::Publication {
            span: Span::new(11, 25),
            title: Some(Spot { text: "Engines".into(), span: Span::new(11, 18) }),
            authors: vec![author("Ada", true), author("B", false)],
            truncated: true,
            year: Some((2024, Span::new(0, 1))),
            venue: None,
            links: Vec::new(),
            identifiers: vec![Identifier {
                kind: IdentifierKind::Arxiv,
                value: "2406.06484".into(),
                span: Span::new(0, 1),
            }],
            heading: None,
            list: 0,
        }];
        outcome
    }

    #[test]
    fn people_read_it() {
        let text = inspect_text(&sample());
        assert!(text.contains("owner         Ada Byron (also A. Byron), read at site/a.md:1:1\n"), "{text}");
        assert!(
            text.ends_with("     3  Engines\n        [Ada]*, B*, …\n        2024 · arxiv 2406.06484\n"),
            "{text}"
        );
    }

    #[test]
    fn scripts_read_it() {
        let json: serde_json::Value = serde_json::from_str(&inspect_json(&sample())).expect("JSON");
        assert_eq!(json["generator"], "plain");
        assert_eq!(json["owner"]["span"]["end"]["column"], 10);
        assert_eq!(json["owner"]["path"], "site/a.md");
        let entry = &json["publications"][0];
        assert_eq!(entry["span"]["start"]["line"], 3);
        assert_eq!(entry["authors"][0]["highlighted"], true);
        assert_eq!(entry["authors"][1]["marks"][0], "*");
        assert_eq!(entry["identifiers"]["arxiv"], "2406.06484");
        assert_eq!(entry["venue"], serde_json::Value::Null);
    }
}
