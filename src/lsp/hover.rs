//! What stands under the pointer: a finding and its rule's page, or what scholint understood.

use super::place::Talk;
use crate::engine::{self, Session};
use crate::model::{Author, Page, Publication};
use crate::report::page_of;
use crate::text::Span;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};
use std::fmt::Write as _;

/// What there is to say of a place on a page.
pub(super) fn at(talk: Talk, session: &Session, page: &Page, offset: u32) -> Option<Hover> {
    let here = |span: Span| span.holds(offset) || span.start == offset;
    let findings = session.diagnostics_of(page.id).iter().filter(|each| here(each.place.span));
    let mut parts = Vec::new();
    let mut span: Option<Span> = None;
    for finding in findings {
        let smallest = span.map_or(finding.place.span, |span| shorter(span, finding.place.span));
        span = Some(smallest);
        parts.push(rule(finding.rule));
    }
    if parts.is_empty() {
        let publication = page.publications.iter().find(|publication| here(publication.span))?;
        let author = publication.authors.iter().find(|author| here(author.span));
        span = Some(author.map_or(publication.span, |author| author.span));
        parts.push(author.map_or_else(|| entry(page, publication), person));
    }
    parts.dedup();
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::Markdown,
            value: parts.join("\n\n---\n\n"),
        }),
        range: span.map(|span| talk.range(&page.source, span)),
    })
}

fn shorter(a: Span, b: Span) -> Span {
    if b.len() < a.len() { b } else { a }
}

/// The prose of a rule's page, up to its examples.
fn rule(id: &str) -> String {
    let page = engine::catalogue().find(|meta| meta.id == id).map_or("", |meta| meta.page);
    let prose: Vec<&str> = page.lines().skip(1).take_while(|line| !line.starts_with("## ")).collect();
    let prose = prose.join("\n");
    format!("**{id}**\n\n{}\n\n[The rule's page]({})", prose.trim(), page_of(id))
}

fn entry(page: &Page, publication: &Publication) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "- {name}: {}", plain(value));
        }
    };
    if let Some(title) = &publication.title {
        line("title", &title.text);
    }
    let authors: Vec<&str> = publication.authors.iter().map(|author| &*author.name).collect();
    let more = if publication.truncated { ", …" } else { "" };
    line("authors", &format!("{}{more}", authors.join(", ")));
    if let Some(venue) = &publication.venue {
        line("venue", &venue.text);
    }
    if let Some((year, _)) = publication.year {
        line("year", &year.to_string());
    }
    for identifier in &publication.identifiers {
        line(identifier.kind.name(), &identifier.value);
    }
    let links = publication.links.iter().filter_map(|link| page.links.get(*link as usize));
    let links: Vec<&str> = links.map(|link| &*link.target).collect();
    line("links", &links.join(" "));
    format!("**publication**\n\n{out}")
}

fn person(author: &Author) -> String {
    let mut out = format!("**author** {}\n\n", plain(&author.name));
    if author.highlighted {
        out.push_str("- set apart from the others\n");
    }
    if !author.marks.is_empty() {
        let _ = writeln!(out, "- marks: {}", plain(&author.marks.join(" ")));
    }
    if let Some(url) = &author.url {
        let _ = writeln!(out, "- page: {}", plain(url));
    }
    out
}

/// Text of a page that editors must not take for markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            continue;
        }
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '!' | '|') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
