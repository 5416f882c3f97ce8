//! What scholint understood of a site: whose it is, what it lists.

use super::json::{Range, locate, print, range};
use super::{clean, count};
use crate::engine::Outcome;
use crate::model::name::Name;
use crate::model::{Page, Publication};
use crate::site::Resolution;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Document<'a> {
    generator: &'static str,
    owner: Option<OwnerView<'a>>,
    pages: Vec<PageView<'a>>,
    publications: Vec<PublicationView<'a>>,
}

#[derive(Serialize)]
struct OwnerView<'a> {
    name: &'a str,
    aliases: Vec<&'a str>,
    path: String,
    span: Range,
}

#[derive(Serialize)]
struct PageView<'a> {
    path: String,
    links: Vec<LinkView<'a>>,
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
    let owner = site.owner.as_ref().map(|owner| {
        let (path, span) = locate(outcome, owner.place);
        OwnerView {
            name: &owner.name,
            aliases: owner.aliases.iter().map(|alias| &**alias).collect(),
            path,
            span,
        }
    });
    let pages = site
        .pages
        .iter()
        .map(|page| PageView {
            path: outcome.path_of(&page.source),
            links: page
                .links
                .iter()
                .map(|link| LinkView { label: &link.text, target: &link.target })
                .collect(),
        })
        .collect();
    let publications =
        site.publications().map(|(page, publication)| view(outcome, page, publication)).collect();
    print(&Document { generator: outcome.site.facts.generator.name(), owner, pages, publications })
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

/// The site for a person to read in a minute.
pub fn inspect_text(outcome: &Outcome) -> String {
    let site = &outcome.site;
    let mut out = String::new();
    let _ = writeln!(out, "generator     {}", outcome.site.facts.generator.name());
    match &site.owner {
        Some(owner) => {
            let source = site.source(owner.place.file);
            let at = source.position(owner.place.span.start);
            let aliases: Vec<&str> = owner.aliases.iter().map(|alias| &**alias).collect();
            let aliases =
                if aliases.is_empty() { String::new() } else { format!(" (also {})", aliases.join(", ")) };
            let _ = writeln!(
                out,
                "owner         {}{}, read at {}:{}:{}",
                clean::line(&owner.name),
                clean::line(&aliases),
                clean::line(&outcome.path_of(source)),
                at.line,
                at.column
            );
        }
        None => out.push_str("owner         not found; scholint.toml can name one: [owner] name = \"…\"\n"),
    }
    let _ = writeln!(out, "files read    {}", site.pages.len());
    let _ = writeln!(out, "publications  {}", site.publications().count());
    out.push_str(&overview(outcome));
    for page in &site.pages {
        if page.publications.is_empty() && page.links.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "\n{}: {}, {}",
            clean::line(&outcome.path_of(&page.source)),
            count(page.publications.len(), "publication"),
            count(page.links.len(), "link")
        );
        for publication in &page.publications {
            out.push_str(&entry(page, publication));
        }
    }
    out
}

/// Publications by year, the most frequent authors, and what was not understood.
fn overview(outcome: &Outcome) -> String {
    let site = &outcome.site;
    let mut years: BTreeMap<i16, usize> = BTreeMap::new();
    let mut people: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let mut bare = 0;
    for (_, publication) in site.publications() {
        if let Some((year, _)) = publication.year {
            *years.entry(year).or_default() += 1;
        }
        bare += usize::from(publication.authors.is_empty());
        for author in &publication.authors {
            let name = Name::parse(&author.name);
            let key = format!(
                "{} {}",
                name.family_key(),
                name.given.first().map_or("", |given| given.get(..1).unwrap_or(""))
            );
            people.entry(key).or_insert((0, &author.name)).0 += 1;
        }
    }
    let mut out = String::new();
    if !years.is_empty() {
        let by_year: Vec<String> =
            years.iter().rev().map(|(year, count)| format!("{year}: {count}")).collect();
        let _ = writeln!(out, "by year       {}", by_year.join(", "));
    }
    let mut people: Vec<(usize, &str)> = people.into_values().collect();
    people.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
    if !people.is_empty() {
        let most: Vec<String> =
            people.iter().take(8).map(|(count, name)| format!("{name} {count}")).collect();
        let _ = writeln!(out, "most authors  {}", clean::line(&most.join(", ")));
    }
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &site.pages {
        for link in &page.links {
            if let Resolution::Unknown(reason) = site.resolve_link(page, link) {
                *reasons.entry(reason).or_default() += 1;
            }
        }
    }
    let unknown: Vec<String> = reasons.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
    if !unknown.is_empty() {
        let _ = writeln!(out, "not resolved  links: {}", unknown.join(", "));
    }
    if bare > 0 {
        let _ = writeln!(out, "no authors    {}", count(bare, "publication"));
    }
    for page in &site.pages {
        for problem in &page.problems {
            let at = page.source.position(problem.span.start);
            let path = outcome.path_of(&page.source);
            let _ = writeln!(
                out,
                "not parsed    {}:{}: {}",
                clean::line(&path),
                at.line,
                clean::line(&problem.message)
            );
        }
    }
    out
}

fn entry(page: &Page, publication: &Publication) -> String {
    let mut out = String::new();
    let line = page.source.position(publication.span.start).line;
    let title = publication.title.as_ref().map_or("(no title found)", |title| &title.text);
    let _ = writeln!(out, "{line:>6}  {}", clean::line(title));
    let mut authors: Vec<String> = publication
        .authors
        .iter()
        .map(|author| {
            let marks: String = author.marks.concat();
            if author.highlighted {
                format!("[{}]{marks}", author.name)
            } else {
                format!("{}{marks}", author.name)
            }
        })
        .collect();
    if publication.truncated {
        authors.push("…".to_owned());
    }
    if !authors.is_empty() {
        let _ = writeln!(out, "        {}", clean::line(&authors.join(", ")));
    }
    let venue = publication.venue.as_ref().map(|venue| venue.text.to_string());
    let year = publication.year.map(|(year, _)| year.to_string());
    let identifiers =
        publication.identifiers.iter().map(|each| format!("{} {}", each.kind.name(), each.value));
    let facts: Vec<String> = venue.into_iter().chain(year).chain(identifiers).collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "        {}", clean::line(&facts.join(" · ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::diagnostic::{FileId, Place};
    use crate::model::{Author, Identifier, IdentifierKind, Spot};
    use crate::site::{Owner, OwnerSource};
    use crate::text::Span;

    fn sample() -> Outcome {
        let mut outcome = samples::outcome("a.md", "Ada Byron\n\nEngines\nAda, B\n");
        outcome.site.owner = Some(Owner {
            name: "Ada Byron".into(),
            aliases: vec!["A. Byron".into()],
            place: Place { file: FileId(0), span: Span::new(0, 9) },
            source: OwnerSource::Sentence,
            group: false,
        });
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
