//! publication/id-syntax

use crate::diagnostic::{Safety, Severity};
use crate::model::{Page, identifier};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/id-syntax",
    summary: "An identifier is malformed",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/id-syntax.md"),
};

/// Malformed arXiv ids, DOIs, ORCID iDs and ISBNs.
pub(super) struct IdSyntax;

impl Rule for IdSyntax {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for link in &page.links {
            let host_and_path = link.target.trim().split_once("://").map_or("", |(_, rest)| rest);
            let place = page.at(link.target_span);
            if let Some(message) = arxiv_url(host_and_path).or_else(|| orcid_url(host_and_path)) {
                cx.report(place, message).help("copy the address from the page of the paper or profile");
            } else if let Some((message, mended)) = doi_url(host_and_path) {
                let report = cx.report(place, message);
                if link.exact {
                    report.replace(format!("write `{mended}`"), Safety::Safe, place, mended);
                }
            }
        }
        for field in page.bib.entries.iter().flat_map(|entry| &entry.fields) {
            let place = page.at(field.value_span);
            match &*field.name {
                "isbn" if !field.text.contains([' ', ',', ';', '/']) => {
                    if let Some(message) = isbn(&field.text) {
                        cx.report(place, message)
                            .severity(Severity::Warning)
                            .help("copy the number from the book");
                    }
                }
                "doi" => {
                    if let Some(bare) = doi_in_url(&field.text) {
                        cx.report(
                            place,
                            "the field `doi` holds an address: styles put `https://doi.org/` before it",
                        )
                        .severity(Severity::Hint)
                        .replace(
                            format!("write `{bare}`"),
                            Safety::Safe,
                            place,
                            bare,
                        );
                    }
                }
                _ => {}
            }
        }
    }
}

/// What is wrong with the arXiv id of an address, its scheme left out.
fn arxiv_url(rest: &str) -> Option<String> {
    static URL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(?:arXiv:)?([0-9][0-9.]*?)(?:v[0-9]+)?(?:\.pdf)?/?(?:[?#].*)?$")
            .expect("a constant pattern")
    });
    if !rest.contains("arxiv.org/") {
        return None;
    }
    let id = URL.captures(rest)?.get(1)?.as_str();
    (!identifier::is_arxiv(id)).then(|| format!("`{id}` is no arXiv id: they read `YYMM.NNNNN`"))
}

/// What is wrong with the ORCID iD of an address.
fn orcid_url(rest: &str) -> Option<String> {
    let path = rest.trim_start_matches("www.").strip_prefix("orcid.org/")?;
    let id = path.split(['?', '#', '/']).next().unwrap_or(path);
    if !id.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    (!identifier::is_orcid(id)).then(|| format!("`{id}` is no ORCID iD: its digits do not add up"))
}

/// What is wrong with a DOI's address, and the address that is meant.
fn doi_url(rest: &str) -> Option<(&'static str, String)> {
    let path = rest.strip_prefix("doi.org/").or_else(|| rest.strip_prefix("dx.doi.org/"))?;
    let inner = doi_in_url(path).or_else(|| {
        path.strip_prefix("doi:").or_else(|| path.strip_prefix("DOI:")).map(|tail| tail.trim().to_owned())
    })?;
    inner
        .starts_with("10.")
        .then(|| ("this address holds more than the DOI", format!("https://doi.org/{inner}")))
}

/// The DOI in a text that is the whole address of one.
fn doi_in_url(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let bare = rest
        .strip_prefix("doi.org/")
        .or_else(|| rest.strip_prefix("dx.doi.org/"))
        .or_else(|| rest.strip_prefix("www.doi.org/"))?;
    bare.starts_with("10.").then(|| bare.to_owned())
}

/// What is wrong with an ISBN.
fn isbn(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let well_formed = digits.bytes().rev().skip(1).all(|byte| byte.is_ascii_digit());
    (well_formed && matches!(digits.len(), 10 | 13) && !identifier::is_isbn(&digits))
        .then(|| format!("`{}` is no ISBN: its digits do not add up", text.trim()))
}
