//! publication/id-syntax

use crate::diagnostic::{Safety, Severity};
use crate::model::{IdentifierKind, Page, identifier};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

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
            let target = link.target.trim();
            if !target.contains("://") {
                continue;
            }
            let place = page.at(link.target_span);
            if let Some(message) = arxiv_url(target).or_else(|| orcid_url(target)) {
                cx.report(place, message).help("copy the address from the page of the paper or profile");
            } else if let Some((message, mended)) = doi_url(target) {
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

/// What is wrong with the arXiv id of an address.
fn arxiv_url(target: &str) -> Option<String> {
    let (IdentifierKind::Arxiv, id) = identifier::claimed(target)? else { return None };
    let id = id.trim_end_matches('/');
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    let id = id.strip_prefix("arXiv:").unwrap_or(id);
    let (bare, version) = id.split_once('v').unwrap_or((id, "1"));
    let is_number = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    (is_number(bare) && is_number(version) && !identifier::is_arxiv(bare))
        .then(|| format!("`{bare}` is no arXiv id: they read `YYMM.NNNNN`"))
}

/// What is wrong with the ORCID iD of an address.
fn orcid_url(target: &str) -> Option<String> {
    let id = identifier::orcid_claimed(target)?;
    (!identifier::is_orcid(id)).then(|| format!("`{id}` is no ORCID iD: its digits do not add up"))
}

/// What is wrong with a DOI's address, and the address that is meant.
fn doi_url(target: &str) -> Option<(&'static str, String)> {
    let (IdentifierKind::Doi, path) = identifier::claimed(target)? else { return None };
    let inner = doi_in_url(path)
        .or_else(|| path.strip_prefix("doi:").or_else(|| path.strip_prefix("DOI:")).map(str::trim))?;
    inner
        .starts_with("10.")
        .then(|| ("this address holds more than the DOI", format!("https://doi.org/{inner}")))
}

/// The DOI in a text that is the whole address of one.
fn doi_in_url(text: &str) -> Option<&str> {
    let text = text.trim();
    text.contains("://").then_some(())?;
    let (IdentifierKind::Doi, bare) = identifier::claimed(text)? else { return None };
    (bare.starts_with("10.") && text.ends_with(bare)).then_some(bare)
}

/// What is wrong with an ISBN.
fn isbn(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let well_formed = digits.bytes().rev().skip(1).all(|byte| byte.is_ascii_digit());
    (well_formed && matches!(digits.len(), 10 | 13) && !identifier::is_isbn(&digits))
        .then(|| format!("`{}` is no ISBN: its digits do not add up", text.trim()))
}
