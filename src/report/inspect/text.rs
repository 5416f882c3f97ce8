//! The site for a person to read in a minute.

use super::super::{clean, count};
use super::unresolved;
use crate::diagnostic::Place;
use crate::engine::Outcome;
use crate::model::name::Name;
use crate::model::{Page, Publication};
use crate::site::{Owner, Reach, Resolution};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many entries are told one by one, and how many examples of anything else.
const ENTRIES: usize = 60;
const EXAMPLES: usize = 3;

/// The site for a person to read in a minute.
pub fn inspect_text(outcome: &Outcome) -> String {
    let site = &outcome.site;
    let mut out = String::new();
    line(&mut out, "generator", site.facts.generator.name());
    match &site.owner {
        Some(owner) => whose(&mut out, outcome, owner),
        None => line(&mut out, "owner", "not found; scholint.toml can name one: [owner] name = \"…\""),
    }
    people(&mut out, outcome);
    files(&mut out, outcome);
    publications(&mut out, outcome);
    links(&mut out, outcome);
    not_understood(&mut out, outcome);
    entries(&mut out, outcome);
    out
}

/// One fact: its name in a column, then what it is.
fn line(out: &mut String, name: &str, fact: &str) {
    let _ = writeln!(out, "{name:<14}{}", clean::line(fact));
}

/// `path:line:column` of a place.
fn place(outcome: &Outcome, place: Place) -> String {
    let source = outcome.site.source(place.file);
    let at = source.position(place.span.start);
    format!("{}:{}:{}", outcome.path_of(source), at.line, at.column)
}

/// The owner, how that is known, and who else is named.
fn whose(out: &mut String, outcome: &Outcome, owner: &Owner) {
    let aliases: Vec<&str> = owner.aliases.iter().map(|alias| &**alias).collect();
    let aliases = if aliases.is_empty() { String::new() } else { format!(" (also {})", aliases.join(", ")) };
    let kind = if owner.group { ", a group" } else { "" };
    line(out, "owner", &format!("{}{aliases}{kind}, read at {}", owner.name, place(outcome, owner.place)));
    let dissent: Vec<_> = owner.dissent().collect();
    let agreeing = owner.claims.iter().filter(|claim| !dissent.contains(claim));
    let sources: Vec<&str> = agreeing.map(|claim| claim.source.name()).collect();
    line(out, "", &format!("{} confidence: {}", owner.confidence.name(), sources.join(", ")));
    for claim in dissent {
        let at = place(outcome, claim.place);
        line(out, "", &format!("but the {} at {at} names {}", claim.source.name(), claim.name));
    }
}

/// The owner's accounts, and the members of a lab.
fn people(out: &mut String, outcome: &Outcome) {
    let accounts: Vec<String> = outcome
        .site
        .accounts()
        .iter()
        .map(|account| format!("{} {}", account.profile.kind.name(), account.profile.value))
        .collect();
    if !accounts.is_empty() {
        line(out, "accounts", &accounts.join(", "));
    }
    let members: Vec<&str> = outcome.site.members.iter().map(|member| &*member.name).collect();
    if !members.is_empty() {
        line(out, "members", &format!("{}: {}", members.len(), some(&members, 8)));
    }
}

/// The first few of a list, and that there are more.
fn some(list: &[&str], most: usize) -> String {
    let shown: Vec<&str> = list.iter().take(most).copied().collect();
    let more = if list.len() > most { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// How many files were read, and which of them nobody sees.
fn files(out: &mut String, outcome: &Outcome) {
    let site = &outcome.site;
    line(out, "files read", &site.pages.len().to_string());
    for reach in [Reach::Hidden, Reach::CommentedOut, Reach::Unused] {
        let paths: Vec<String> = site
            .pages
            .iter()
            .filter(|page| site.reach(page) == reach)
            .map(|page| outcome.path_of(&page.source))
            .collect();
        if !paths.is_empty() {
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            line(out, "", &format!("{} {}: {}", paths.len(), reach.name(), some(&paths, EXAMPLES)));
        }
    }
}

/// Publications by year, and the most frequent authors.
fn publications(out: &mut String, outcome: &Outcome) {
    let site = &outcome.site;
    line(out, "publications", &site.publications().count().to_string());
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
            let initial = name.given.first().map_or("", |given| given.get(..1).unwrap_or(""));
            let key = format!("{} {initial}", name.family_key());
            people.entry(key).or_insert((0, &author.name)).0 += 1;
        }
    }
    if !years.is_empty() {
        let by_year: Vec<String> =
            years.iter().rev().map(|(year, count)| format!("{year}: {count}")).collect();
        line(out, "by year", &by_year.join(", "));
    }
    let mut people: Vec<(usize, &str)> = people.into_values().collect();
    people.sort_by_key(|(count, name)| (Reverse(*count), *name));
    if !people.is_empty() {
        let most: Vec<String> =
            people.iter().take(8).map(|(count, name)| format!("{name} {count}")).collect();
        line(out, "most authors", &most.join(", "));
    }
    if bare > 0 {
        line(out, "no authors", &count(bare, "publication"));
    }
}

/// Where links lead.
fn links(out: &mut String, outcome: &Outcome) {
    let site = &outcome.site;
    let mut kinds: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    for page in &site.pages {
        for link in &page.links {
            let kind = match site.resolve_link(page, link) {
                Resolution::External => (0, "to other sites"),
                Resolution::Page(_) => (1, "to pages"),
                Resolution::File(_) => (2, "to files"),
                Resolution::Missing { .. } => (3, "missing"),
                Resolution::Miscased { .. } => (4, "in another letter case"),
                Resolution::Unpublished(_) => (5, "to what is not published"),
                Resolution::Unknown(_) => (6, "not known"),
            };
            *kinds.entry(kind).or_default() += 1;
        }
    }
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds.iter().map(|((_, kind), count)| format!("{count} {kind}")).collect();
        line(out, "links", &kinds.join(", "));
    }
}

/// What was not understood: the reasons by how often they hold, with the first places of each.
fn not_understood(out: &mut String, outcome: &Outcome) {
    let site = &outcome.site;
    let mut reasons: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for (page, link, reason) in unresolved(site) {
        let held = reasons.entry(reason).or_default();
        held.0 += 1;
        if held.1.len() < EXAMPLES {
            let line = page.source.position(link.target_span.start).line;
            held.1.push(format!("{}:{line}", outcome.path_of(&page.source)));
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(reason, (count, _))| (Reverse(*count), *reason));
    let mut name = "not resolved";
    for (reason, (count, places)) in reasons {
        let more = if count > places.len() { ", …" } else { "" };
        line(out, name, &format!("{count} {reason}: {}{more}", places.join(", ")));
        name = "";
    }
    for page in &site.pages {
        for problem in &page.problems {
            let at = place(outcome, page.at(problem.span));
            line(out, "not parsed", &format!("{at}: {}", problem.message));
        }
    }
}

/// The entries, page by page, unless there are too many to read.
fn entries(out: &mut String, outcome: &Outcome) {
    let site = &outcome.site;
    let is_long = site.publications().count() > ENTRIES;
    for page in &site.pages {
        if page.publications.is_empty() {
            continue;
        }
        let path = outcome.path_of(&page.source);
        let entries = count(page.publications.len(), "publication");
        let links = count(page.links.len(), "link");
        let _ = writeln!(out, "\n{}: {entries}, {links}", clean::line(&path));
        for publication in page.publications.iter().filter(|_| !is_long) {
            out.push_str(&entry(page, publication));
        }
    }
    if is_long {
        out.push_str("\n`--output-format json` tells each of the publications\n");
    }
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
