//! Finds the entries of a page: which blocks are publications.
//!
//! A recogniser per kind of listing proposes candidates (a range of blocks each); the entry reader
//! judges them. Data files and bibliographies have recognisers of their own.

mod blocks;
mod fields;
mod leaf;
mod section;

pub(super) use fields::{of_bib, of_data};
use section::{Section, SectionKind};

use super::entry::{self, Parts};
use super::{Identifier, Link, Publication, identifier};
use crate::markup::{Flow, Run, RunKind};
use crate::text::{Span, slice};

/// How many entries make a list of publications where no heading says so.
const COMPANY: usize = 3;

/// A candidate: the leaf blocks that make up one entry, and where it stands.
pub(super) struct Candidate {
    /// The leaves in order, as indexes into [`Flow::blocks`].
    leaves: Vec<u32>,
    /// The bytes of the whole entry.
    span: Span,
    /// The section it stands in.
    section: Section,
    /// Its parts, where they were read already.
    parts: Option<Parts>,
}

/// The publications of a Markdown or HTML page.
///
/// `title` is the page's own title, `path` its file's; a `readme` may be a list of other people's papers.
pub(super) fn publications(
    flow: &Flow,
    source: &str,
    links: &[Link],
    title: Option<&str>,
    path: &str,
    readme: bool,
) -> Vec<Publication> {
    let page = Section::of_page(title, path);
    let Some((candidates, mut leaves)) = blocks::candidates(flow, source, page, readme) else {
        return Vec::new();
    };
    // What a template fills in is no entry: the data that it is filled with is.
    let is_template = |candidate: &Candidate| {
        let leaves = candidate.leaves.iter().map(|leaf| &flow.blocks[*leaf as usize]);
        // Shortcodes draw icons; Liquid prints what the data hold.
        let unknown =
            |run: &&Run| run.kind == RunKind::Unknown && !slice(source, run.span).starts_with("{{<");
        leaves.map(|leaf| flow.runs_of(leaf).iter().filter(unknown).count()).sum::<usize>() > 1
    };
    let mut read: Vec<(Candidate, Parts)> = candidates
        .into_iter()
        .filter(|candidate| candidate.section.kind != SectionKind::Other && !is_template(candidate))
        .map(|mut candidate| {
            let parts = candidate
                .parts
                .take()
                .unwrap_or_else(|| entry::read(flow, &leaves.cut(flow, source, &candidate.leaves)));
            (candidate, parts)
        })
        .collect();
    read.retain(|(candidate, parts)| accepts(candidate, parts) || (readme && is_listed(candidate, parts)));
    // Outside a section of publications, an entry needs company: one alone is a sentence with names.
    let mut out = Vec::new();
    let alone = read.len() < COMPANY;
    for (candidate, parts) in read {
        if !alone || candidate.section.kind == SectionKind::Publications {
            out.push(publication(candidate, parts, links));
        }
    }
    out
}

/// Whether a candidate is a publication, given what was found in it and where it stands.
fn accepts(candidate: &Candidate, parts: &Parts) -> bool {
    if parts.title.is_none() {
        return false;
    }
    match candidate.section.kind {
        // Without authors, a year and a link or venue speak for it.
        SectionKind::Publications => !parts.authors.is_empty() || parts.score >= 5,
        SectionKind::Unknown => {
            (parts.authors.len() >= 2
                || parts.truncated
                || parts.authors.iter().any(|author| author.highlighted && author.name.contains(' ')))
                && parts.score >= 11
                && (parts.venue.is_some() || parts.year.is_some())
        }
        SectionKind::Other => false,
    }
}

/// Whether an item of a list of papers names no authors: a title, and a year or venue, are enough there.
fn is_listed(candidate: &Candidate, parts: &Parts) -> bool {
    candidate.section.kind != SectionKind::Other
        && parts.title.is_some()
        && (parts.venue.is_some() || parts.year.is_some())
}

fn publication(candidate: Candidate, parts: Parts, links: &[Link]) -> Publication {
    let from = links.partition_point(|link| link.span.start < candidate.span.start);
    let to = links.partition_point(|link| link.span.start < candidate.span.end).max(from);
    let indexes: Vec<u32> = (from as u32..to as u32).collect();
    let mut identifiers: Vec<Identifier> = Vec::new();
    for link in &links[from..to] {
        identifier::add(&mut identifiers, identifier::in_url(&link.target), link.target_span);
    }
    let year = parts.year.or(candidate.section.year);
    Publication {
        span: candidate.span,
        title: parts.title,
        authors: parts.authors,
        truncated: parts.truncated,
        year,
        venue: parts.venue,
        links: indexes,
        identifiers,
        heading: candidate.section.heading,
        list: candidate.section.number,
    }
}
