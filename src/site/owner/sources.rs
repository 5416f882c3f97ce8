//! The places that name a site's owner, each read by itself.

use super::naming::{in_title, is_person, read};
use super::{Claim, OwnerSource};
use crate::diagnostic::Place;
use crate::markup::{BlockKind, Data, Flow, Value};
use crate::model::name::Name;
use crate::model::{Format, Page};
use crate::site::Facts;
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Pages that are likely the home page, the likeliest first.
const HOME: &[&str] = &[
    "index.md",
    "_pages/about.md",
    "_pages/home.md",
    "index.qmd",
    "index.html",
    "index.markdown",
    "index.Rmd",
    "content/_index.md",
    "content/en/_index.md",
    "about.md",
    "about.qmd",
    "pages/index.md",
    "pages/about.md",
    "README.md",
    "_pages/index.md",
];

/// A claim of a name as it is written.
fn claim(text: &str, place: Place, source: OwnerSource) -> Claim {
    let (name, aliases) = read(text);
    Claim { name, aliases, place, source }
}

/// The owner in a value, when it is a person's name.
fn person(page: &Page, value: &Data, source: OwnerSource) -> Option<Claim> {
    in_title(value.text()?).map(|name| claim(&name, page.at(value.text_span()), source))
}

pub(super) fn page_at<'p>(pages: &'p [Arc<Page>], path: &str) -> Option<&'p Page> {
    pages.binary_search_by(|page| page.path().cmp(path)).ok().map(|index| &*pages[index])
}

pub(super) fn from_generator(pages: &[Arc<Page>], facts: &Facts) -> Option<Claim> {
    let page = page_at(pages, facts.config_path.as_deref()?)?;
    let config = page.data.as_ref()?;
    let source = OwnerSource::Generator;
    if let Some(last) =
        config.get("last_name").filter(|last| last.text().is_some_and(|text| !text.trim().is_empty()))
    {
        let part = |key: &str| config.str(key).map(str::trim).filter(|text| !text.is_empty());
        let parts: Vec<&str> =
            [part("first_name"), part("middle_name"), part("last_name")].into_iter().flatten().collect();
        let whole = parts.join(" ");
        if is_person(&whole, true) {
            let mut found = claim(&whole, page.at(last.text_span()), source);
            if let (Some(_), Some(first), Some(last)) =
                (part("middle_name"), part("first_name"), part("last_name"))
            {
                found.aliases.push(format!("{first} {last}").into());
            }
            return Some(found);
        }
    }
    let author = config.get("author");
    let website = config.get("website");
    let candidates = [
        author.and_then(|author| author.get("name")),
        author,
        website.and_then(|website| website.get("title")),
        config.get("title"),
        config.get("name"),
        website.and_then(|website| website.get("description")),
    ];
    candidates.into_iter().flatten().find_map(|value| person(page, value, source))
}

/// Hugo keeps the owner in a file of its own.
pub(super) fn from_author_file(pages: &[Arc<Page>]) -> Option<Claim> {
    let is_author_file = |path: &str| {
        path.contains("authors/")
            && (path.ends_with("/_index.md") || path.ends_with("/me.yaml") || path.ends_with("/admin.yaml"))
    };
    let mut best: Option<(u8, Claim)> = None;
    for page in pages.iter().filter(|page| is_author_file(page.path())) {
        let Some(data) = &page.data else { continue };
        let default_folder = page.path().contains("/admin") || page.path().contains("/me");
        let rank = if data.get("superuser").is_some_and(Data::is_true)
            || data.get("is_owner").is_some_and(Data::is_true)
        {
            2
        } else {
            u8::from(default_folder)
        };
        let name = data.get("name");
        let display = name.and_then(|name| name.get("display")).or(name).or_else(|| data.get("title"));
        if rank > 0
            && best.as_ref().is_none_or(|(held, _)| rank > *held)
            && let Some(found) = display.and_then(|value| person(page, value, OwnerSource::Generator))
        {
            best = Some((rank, found));
        }
    }
    best.map(|(_, claim)| claim)
}

/// Other generators keep their settings in a file at the root.
pub(super) fn from_site_file(pages: &[Arc<Page>], facts: &Facts) -> Option<Claim> {
    let is_settings = |page: &&Arc<Page>| {
        matches!(page.format, Format::Toml | Format::Yaml)
            && !page.path().contains('/')
            && facts.config_path.as_deref() != Some(page.path())
    };
    pages.iter().filter(is_settings).find_map(|page| {
        let data = page.data.as_ref()?;
        ["author", "site_author", "title", "site_name", "name"]
            .iter()
            .filter_map(|key| data.get(key))
            .find_map(|value| person(page, value, OwnerSource::Generator))
    })
}

pub(super) fn home_pages(pages: &[Arc<Page>]) -> impl Iterator<Item = &Page> {
    HOME.iter().filter_map(|path| page_at(pages, path))
}

pub(super) fn from_home_front_matter(pages: &[Arc<Page>]) -> Option<Claim> {
    home_pages(pages).find_map(|page| {
        let data = page.data.as_ref()?;
        let author = data.get("author");
        let listed = author.and_then(|author| author.list().first());
        [
            author.and_then(|author| author.get("name")),
            author,
            listed,
            data.get("name"),
            data.get("title"),
            data.get("subtitle"),
        ]
        .into_iter()
        .flatten()
        .find_map(|value| match &value.value {
            Value::Text { .. } => person(page, value, OwnerSource::FrontMatter),
            _ => None,
        })
    })
}

static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:[Mm]y name is|I am|I[’']m|[Tt]his is|Name:|[Ii]ch bin|[Mm]ein Name ist|[Jj]e suis|[Jj]e m[’']appelle|[Mm]i nombre es|[Mm]e llamo|[Mm]eu nome é|[Mm]i chiamo)\s+",
        r"((?:(?:Dr|Prof)\.?\s+)?[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĨĪĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽƠƯȘȚΆΈ-ΏΑ-ΫЀ-Я][A-Za-z\x{aa}\x{ba}\x{c0}-\x{2af}\x{370}-\x{1fff}\x{2c00}-\x{d7ff}.’'-]*(?:\s+\([^()\n]{2,20}\))?(?:\s+(?:van|von|de|der|den|del|di|la|da|[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĨĪĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽƠƯȘȚΆΈ-ΏΑ-ΫЀ-Я][A-Za-z\x{aa}\x{ba}\x{c0}-\x{2af}\x{370}-\x{1fff}\x{2c00}-\x{d7ff}.’'-]*)){1,4}(?:\s*[（(][^()（）\n]{2,20}[)）])?)",
        r"|我(?:是|叫)\s*(\p{Han}{2,4})",
    ))
    .ok()
});

pub(super) fn from_sentence(pages: &[Arc<Page>]) -> Option<Claim> {
    let pattern = SENTENCE.as_ref()?;
    home_pages(pages).find_map(|page| {
        for block in page.flow.blocks.iter().filter(|block| block.kind == BlockKind::Text) {
            let cooked = Flow::cooked(page.source.text(), page.flow.runs_of(block));
            for captures in pattern.captures_iter(&cooked.text) {
                let Some(found) = captures.get(1).or_else(|| captures.get(2)) else { continue };
                let text = found.as_str().trim_end_matches(['.', ',']);
                if is_person(text, false) {
                    let span = cooked.source_span(found.start(), found.start() + text.len());
                    return Some(claim(text, page.at(span), OwnerSource::Sentence));
                }
            }
        }
        None
    })
}

pub(super) fn from_heading(pages: &[Arc<Page>]) -> Option<Claim> {
    home_pages(pages).find_map(|page| {
        let headings =
            page.flow.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(1..=2)));
        headings.take(3).find_map(|block| {
            let cooked = Flow::cooked(page.source.text(), page.flow.runs_of(block));
            let text = cooked.text.trim();
            let span: Span = cooked.source_span(0, cooked.text.len());
            is_person(text, false).then(|| claim(text, page.at(span), OwnerSource::Heading))
        })
    })
}

/// The name that most entries highlight: at least three of them, and more than half.
pub(super) fn from_highlights(pages: &[Arc<Page>]) -> Option<Claim> {
    let mut counts: BTreeMap<(String, String), (u32, &str, Place)> = BTreeMap::new();
    let mut entries = 0;
    for page in pages {
        for publication in &page.publications {
            let mut any = false;
            for author in publication.authors.iter().filter(|author| author.highlighted) {
                any = true;
                let name = Name::parse(&author.name);
                let key = if name.is_native_only() {
                    (name.native.clone().unwrap_or_default(), String::new())
                } else {
                    (name.family_key(), name.given_key())
                };
                counts.entry(key).or_insert((0, &author.name, page.at(author.span))).0 += 1;
            }
            entries += u32::from(any);
        }
    }
    let (count, name, place) =
        counts.into_values().max_by_key(|(count, _, place)| (*count, std::cmp::Reverse(*place)))?;
    (count >= 3 && count * 2 > entries).then(|| claim(name, place, OwnerSource::Highlights))
}
