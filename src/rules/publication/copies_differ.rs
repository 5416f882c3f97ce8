//! publication/copies-differ

use crate::diagnostic::Severity;
use crate::model::name::{Likeness, Name, compare};
use crate::model::{Format, Page, Publication, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
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
    page: include_str!("../../../rules/publication/copies-differ.md"),
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
        for page in &site.pages {
            inside_bib(page, cx);
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
    if let (Some((year, span)), Some((other, at))) = (ours.year, theirs.year)
        && year.abs_diff(other) > u16::from(!beside)
    {
        cx.report(copy.page.at(span), format!("{year} here, {other} in the BibTeX entry"))
            .severity(if beside && year.abs_diff(other) > 1 { Severity::Warning } else { Severity::Hint })
            .related(record.page.at(at), "the year there");
    }
    let short = |publication: &Publication| publication.truncated || publication.authors.len() < 2;
    if short(ours) || short(theirs) {
        return;
    }
    let parsed = |publication: &Publication| -> Vec<Name> {
        publication.authors.iter().map(|author| Name::parse(&author.name)).collect()
    };
    let (a, b) = (parsed(ours), parsed(theirs));
    let known =
        |list: &[Name], name: &Name| list.iter().any(|other| compare(other, name) != Likeness::Different);
    // `me` and `admin` stand for the owner in some generators.
    let alias = |index: usize| matches!(&*ours.authors[index].name, "admin" | "me");
    let has_alias = (0..a.len()).any(alias) || copy.page.slice(ours.span).contains("admin");
    let owner = cx.site().owner.as_ref().filter(|_| has_alias).map(|owner| Name::parse(&owner.name));
    let stands_for =
        |name: &Name| owner.as_ref().is_some_and(|owner| compare(owner, name) != Likeness::Different);
    let missing: Vec<usize> =
        (0..b.len()).filter(|&index| !known(&a, &b[index]) && !stands_for(&b[index])).collect();
    let extra: Vec<usize> = (0..a.len()).filter(|&index| !alias(index) && !known(&b, &a[index])).collect();
    // Where most names differ, one of the two lists was misread.
    if missing.len() + extra.len() == 0 || (missing.len().max(extra.len())) * 3 > b.len().max(3) * 2 {
        return;
    }
    let aliases = (0..a.len()).filter(|&index| alias(index)).count();
    if missing.len() <= aliases && extra.is_empty() {
        return;
    }
    let name = |index: &usize| format!("`{}`", theirs.authors[*index].name);
    let message = match (&missing[..], &extra[..]) {
        ([], [index, ..]) => {
            format!("`{}` is not among the authors of the BibTeX entry", ours.authors[*index].name)
        }
        (missing, _) => format!(
            "the BibTeX entry lists {} too",
            missing.iter().take(3).map(name).collect::<Vec<_>>().join(", ")
        ),
    };
    let place = match (&extra[..], ours.authors.first(), ours.authors.last()) {
        ([index, ..], _, _) => ours.authors[*index].span,
        (_, Some(first), Some(last)) => first.span.cover(last.span),
        _ => return,
    };
    let at = theirs.authors.first().map_or(theirs.span, |author| author.span);
    cx.report(copy.page.at(place), message)
        .severity(severity)
        .related(record.page.at(at), "the authors there")
        .help("correct the one that is wrong");
}

/// The year of an entry against the year that its venue names.
fn inside_bib(page: &Page, cx: &mut Context<'_>) {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s{(]*\p{Lu}[\p{L}-]{1,11}[\s'’]*((?:19|20)\d\d)[\s})]*$").expect("a constant pattern")
    });
    for entry in
        page.bib.entries.iter().filter(|entry| matches!(&*entry.kind, "inproceedings" | "conference"))
    {
        let venue = entry.field("abbr").or_else(|| entry.field("booktitle"));
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
