//! publication/copies-differ

mod authors;
mod badge;
mod citation;

use crate::diagnostic::Severity;
use crate::model::{Format, Page, Publication, title, venue};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/copies-differ",
    summary: "Two copies of one entry differ",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../../rules/publication/copies-differ.md"),
};

/// Two copies of one fact that differ: an entry against its `.bib`, a field against another.
pub(super) struct CopiesDiffer;

impl Rule for CopiesDiffer {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let mut by_title: BTreeMap<String, Vec<Copy<'_>>> = BTreeMap::new();
        for (page, publication) in site.publications() {
            if let Some(title) = publication.title.as_ref().filter(|title| title::is_telling(&title.text)) {
                by_title.entry(title::key(&title.text)).or_default().push(Copy { page, publication });
            }
        }
        for copies in by_title.values() {
            // The bibliography is the record; the page is measured by it.
            let records: Vec<&Copy<'_>> =
                copies.iter().filter(|copy| copy.page.format == Format::Bibtex).collect();
            for copy in copies.iter().filter(|copy| copy.page.format != Format::Bibtex) {
                let beside = records.iter().find(|record| folder(record.page) == folder(copy.page));
                let only = records.first().filter(|_| records.len() == 1);
                if let Some(record) = beside.or(only) {
                    compare_copies(copy, record, cx);
                }
            }
        }
        in_one_folder(site, cx);
        for page in &site.pages {
            inside_bib(page, cx);
            badge::compare(page, cx);
            citation::compare(page, cx);
        }
    }
}

/// One entry of a paper.
#[derive(Clone, Copy)]
struct Copy<'a> {
    page: &'a Page,
    publication: &'a Publication,
}

fn folder(page: &Page) -> &str {
    page.path().rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn compare_copies(copy: &Copy<'_>, record: &Copy<'_>, cx: &mut Context<'_>) {
    // A file of its own beside the page is a copy of it; another bibliography may hold another version.
    let beside = folder(copy.page) == folder(record.page) && !folder(copy.page).is_empty();
    let severity = if beside { Severity::Warning } else { Severity::Hint };
    let (ours, theirs) = (copy.publication, record.publication);
    if let (Some((year, span)), Some((other, at))) = (ours.year, theirs.year) {
        let apart = year.abs_diff(other);
        // A page may be dated by the day the paper was online, a year or two before its volume.
        let early = u16::from(year < other);
        if apart > early.max(u16::from(!beside)) {
            let sure = beside && apart > 1 + early;
            cx.report(copy.page.at(span), format!("{year} here, {other} in the BibTeX entry"))
                .severity(if sure { Severity::Warning } else { Severity::Hint })
                .related(record.page.at(at), "the year there");
        }
    }
    if let (Some(venue), Some(other)) = (&ours.venue, &theirs.venue)
        && is_slip(&venue.text, &other.text)
    {
        let message = format!("the BibTeX entry spells the venue `{}`", other.text.trim());
        cx.report(copy.page.at(venue.span), message)
            .severity(severity)
            .related(record.page.at(other.span), "the venue there")
            .help("correct the one that is wrong");
    }
    authors::compare_lists(copy, record, severity, cx);
}

/// Whether two long names of venues are one but for a letter or three.
fn is_slip(left: &str, right: &str) -> bool {
    let letters = |text: &str| -> String {
        let mut key = title::key(text);
        key.retain(char::is_alphabetic);
        key
    };
    let (a, b) = (letters(left), letters(right));
    // `Letter` and `Letters`, `of` and `of the` are manners of writing.
    let is_manner = a.replace('s', "").replace("the", "") == b.replace('s', "").replace("the", "");
    a.chars().count() >= 15 && a != b && !is_manner && strsim::osa_distance(&a, &b) <= 3
}

/// A page and a bibliography of one entry each in one folder are of one paper.
fn in_one_folder<'a>(site: &'a Site, cx: &mut Context<'_>) {
    let mut folders: BTreeMap<&str, (Vec<Copy<'a>>, Vec<Copy<'a>>)> = BTreeMap::new();
    for (page, publication) in site.publications().filter(|(page, _)| !folder(page).is_empty()) {
        let (pages, records) = folders.entry(folder(page)).or_default();
        let copies = if page.format == Format::Bibtex { records } else { pages };
        copies.push(Copy { page, publication });
    }
    for (pages, records) in folders.values() {
        let ([copy], [record]) = (&pages[..], &records[..]) else { continue };
        let (Some(title), Some(other)) = (&copy.publication.title, &record.publication.title) else {
            continue;
        };
        // Those of one title are compared already.
        if title::key(&title.text) == title::key(&other.text) {
            continue;
        }
        if title::differ(&title.text, &other.text) {
            cx.report(copy.page.at(title.span), "the BibTeX file beside this page is of another paper")
                .related(record.page.at(other.span), "the title there")
                .help("was the folder copied?");
        } else {
            compare_copies(copy, record, cx);
        }
    }
}

/// The year of an entry against the year that its venue names.
fn inside_bib(page: &Page, cx: &mut Context<'_>) {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s{(]*\p{Lu}[\p{L}-]{1,11}[\s'’]*((?:19|20)\d\d)[\s})]*$").expect("a constant pattern")
    });
    for entry in &page.bib.entries {
        let of_meeting = matches!(&*entry.kind, "inproceedings" | "conference");
        // What is shown as a badge: a preprint has its own year, and a journal is no meeting.
        let is_meeting = |name: &str| {
            let series = name.trim_matches(|c: char| !c.is_alphabetic());
            venue::canonical(series).is_some_and(|name| name != "arXiv")
                && !series.contains(char::is_whitespace)
        };
        let badge = entry.field("abbr").filter(|field| of_meeting || is_meeting(&field.text));
        let venue = badge.or_else(|| entry.field("booktitle").filter(|_| of_meeting));
        let (Some(year), Some(venue)) = (entry.field("year"), venue) else { continue };
        let (Some(found), Ok(claimed)) = (SHORT.captures(&venue.text), year.text.trim().parse::<i16>())
        else {
            continue;
        };
        let Ok(named) = found[1].parse::<i16>() else { continue };
        if named != claimed {
            cx.report(page.at(venue.value_span), format!("the venue is of {named}, the entry of {claimed}"))
                .related(page.at(year.value_span), "the year of the entry")
                .help("correct the one that is wrong");
        }
    }
}
