//! `bib/fields`: a field that is missing, misspelt, doubled, or that holds what belongs elsewhere.

use crate::diagnostic::{Safety, Severity};
use crate::markup::{BibEntry, BibField};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::{HashMap, HashSet};

static META: Meta = Meta {
    id: "bib/fields",
    summary: "A BibTeX field that is missing, misspelt, doubled, or that holds what belongs elsewhere",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/bib/fields.md"),
};

/// What each type of entry must have; of names with a bar one is enough.
const REQUIRED: &[(&str, &[&str])] = &[
    ("article", &["author|editor", "title", "journal|journaltitle|eprint|arxiv|howpublished", "year|date"]),
    ("inproceedings", &["author|editor", "title", "booktitle|journal|eventtitle", "year|date"]),
    ("conference", &["author|editor", "title", "booktitle|journal|eventtitle", "year|date"]),
    ("phdthesis", &["author", "title", "school|institution|university|publisher", "year|date"]),
    ("mastersthesis", &["author", "title", "school|institution|university|publisher", "year|date"]),
    ("book", &["author|editor", "title", "publisher", "year|date"]),
    ("misc", &["title|howpublished"]),
];

/// Names that fields are known by; a name that nearly is one of them is misspelt.
const KNOWN: &[&str] = &[
    "abstract",
    "additional_info",
    "address",
    "altmetric",
    "annotation",
    "archiveprefix",
    "author",
    "award",
    "award_name",
    "bibtex_show",
    "booktitle",
    "chapter",
    "copyright",
    "crossref",
    "dimensions",
    "edition",
    "editor",
    "editors",
    "eprint",
    "eprinttype",
    "google_scholar_id",
    "howpublished",
    "inspirehep_id",
    "institution",
    "journal",
    "journals",
    "journaltitle",
    "keywords",
    "language",
    "location",
    "month",
    "months",
    "number",
    "numbers",
    "organization",
    "organisation",
    "pages",
    "page",
    "pagetotal",
    "poster",
    "posters",
    "preview",
    "primaryclass",
    "publisher",
    "school",
    "selected",
    "series",
    "shortjournal",
    "shorttitle",
    "slides",
    "slide",
    "subtitle",
    "title",
    "titleaddon",
    "urldate",
    "venue",
    "video",
    "videos",
    "volume",
    "volumes",
    "website",
    "websites",
    "authors",
    "author+an",
    "author_an",
    "titles",
    "year",
    "years",
    "yeartext",
    "date",
    "dates",
    "note",
    "notes",
    "doi",
    "issn",
    "isbn",
    "eissn",
    "origdate",
    "origtitle",
    "keyword",
    "bookauthor",
    "authora",
    "publishers",
    "paper",
    "papers",
    "annote",
    "pagination",
];

/// The rule.
pub(super) struct Fields;

impl Rule for Fields {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format != Format::Bibtex {
            return;
        }
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for field in page.bib.entries.iter().flat_map(|entry| &entry.fields) {
            *uses.entry(&field.name).or_default() += 1;
        }
        let broken: HashSet<u32> = page.bib.errors.iter().map(|error| error.span.start).collect();
        for entry in &page.bib.entries {
            names(page, entry, &uses, cx);
            values(page, entry, cx);
            let is_broken = broken.iter().any(|at| entry.span.holds(*at));
            if !is_broken && !entry.fields.is_empty() && entry.field("crossref").is_none() {
                missing(page, entry, cx);
            }
        }
    }
}

/// Names that stand twice, or that nearly are a known one.
fn names(page: &Page, entry: &BibEntry, uses: &HashMap<&str, usize>, cx: &mut Context<'_>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for field in &entry.fields {
        if let Some(first) = seen.insert(&field.name, field.name_span) {
            // Reference managers export these many times over.
            let repeats = matches!(&*field.name, "keywords" | "keyword" | "file" | "note" | "url" | "annote");
            if !repeats {
                cx.report(page.at(field.name_span), format!("`{}` stands twice in this entry", field.name))
                    .related(page.at(first), "the first")
                    .help("only one of the two is read");
            }
        }
        if let Some(meant) = misspelt(&field.name, uses).filter(|meant| entry.field(meant).is_none()) {
            let place = page.at(field.name_span);
            let message = format!("no field is called `{}`", field.name);
            let report = cx.report(place, message).help(format!("did you mean `{meant}`?"));
            let _ = report.replace(format!("Rename to `{meant}`"), Safety::Ask, place, meant);
        }
    }
}

/// The known name that a rare one nearly is.
fn misspelt(name: &str, uses: &HashMap<&str, usize>) -> Option<&'static str> {
    if name.len() < 5 || KNOWN.contains(&name) || uses.get(name).is_some_and(|count| *count > 2) {
        return None;
    }
    let near = |known: &&&str| {
        known.len() > 4
            && known.len().abs_diff(name.len()) < 2
            && known.starts_with(|first| name.starts_with([first]))
            && strsim::osa_distance(name, known) == 1
    };
    KNOWN.iter().find(near).copied()
}

/// Values that belong into another field.
fn values(page: &Page, entry: &BibEntry, cx: &mut Context<'_>) {
    for field in &entry.fields {
        match &*field.name {
            "doi" => doi(page, field, cx),
            "issn" if is_isbn(&field.text) && !field.text.contains(',') => {
                let place = page.at(field.name_span.cover(field.value_span));
                cx.report(place, "the field `issn` holds an ISBN")
                    .help("rename the field to `isbn`")
                    .replace("Rename to `isbn`", Safety::Ask, page.at(field.name_span), "isbn");
            }
            "issn" | "isbn" => {
                let mut parts = field.text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
                if let Some(first) = parts.next()
                    && parts.any(|part| part == first)
                {
                    let place = page.at(field.value_span);
                    let _ = cx.report(place, format!("`{first}` stands twice")).severity(Severity::Hint);
                }
            }
            _ => {}
        }
    }
}

/// A DOI given as an address: layouts put `https://doi.org/` before it once more.
fn doi(page: &Page, field: &BibField, cx: &mut Context<'_>) {
    let value = page.slice(field.value_span);
    let Some(at) = value.find("doi.org/") else { return };
    if !value.starts_with("http") {
        return;
    }
    let bare = value.get(at + "doi.org/".len()..).unwrap_or_default();
    if !bare.starts_with("10.") {
        return;
    }
    let place = page.at(field.value_span);
    let _ = cx
        .report(place, "the field `doi` holds an address")
        .severity(Severity::Hint)
        .help("layouts put `https://doi.org/` before it once more")
        .replace(format!("Write `{bare}`"), Safety::Ask, place, bare);
}

/// Thirteen digits that begin with 978 or 979.
fn is_isbn(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.len() == 13 && (digits.starts_with("978") || digits.starts_with("979"))
}

fn missing(page: &Page, entry: &BibEntry, cx: &mut Context<'_>) {
    let Some((_, required)) = REQUIRED.iter().find(|(kind, _)| *kind == &*entry.kind) else { return };
    let has = |name: &str| {
        entry.field(name).is_some_and(|field| !field.text.trim().is_empty())
            // Web exports of reference managers keep a field away by this prefix.
            || entry.fields.iter().any(|field| field.name.strip_prefix("opt") == Some(name))
    };
    let absent: Vec<&str> = required
        .iter()
        .filter(|names| !names.split('|').any(has))
        .map(|names| names.split('|').next().unwrap_or(names))
        .collect();
    if absent.is_empty() || entry.key.is_empty() {
        return;
    }
    let named = absent.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
    cx.report(page.at(entry.key_span), format!("this @{} has no {named}", entry.kind))
        .severity(Severity::Hint)
        .help("styles and layouts print the field");
}
