//! `link/legacy-host`: an address that its host has given up for another form.

use super::address::Address;
use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

pub(super) struct LegacyHost;

static META: Meta = Meta {
    id: "link/legacy-host",
    summary: "An address in a form that its host has given up",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/link/legacy-host.md"),
};

impl Rule for LegacyHost {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for link in super::links(cx.site(), page) {
            let Some(modern) = modern(&link.target) else { continue };
            let report = cx.report(page.at(link.target_span), "this is an old form of the address");
            let Some(modern) = modern else {
                let _ = report.help("find the paper on the host's present site and link to that");
                continue;
            };
            let report = report.help(format!("the present form is `{modern}`"));
            if link.exact && page.slice(link.target_span) == &*link.target {
                let title = format!("Write `{modern}`");
                report.replace(title, Safety::Safe, page.at(link.target_span), modern);
            }
        }
    }
}

/// The present form of an old address, where it follows from the old one; `None` for any other address.
#[allow(clippy::option_option, reason = "an old address may have no present form that is certain")]
pub(super) fn modern(target: &str) -> Option<Option<String>> {
    let address = Address::parse(target)?;
    let path = address.path.strip_prefix('/')?;
    match &*address.name() {
        "dx.doi.org" => (!path.is_empty()).then(|| Some(format!("https://doi.org/{path}"))),
        "aclweb.org" => {
            let id = path.strip_prefix("anthology/")?;
            Some(anthology(id))
        }
        "aclanthology.info" | "aclanthology.coli.uni-saarland.de" => {
            Some(path.strip_prefix("papers/").and_then(|rest| anthology(rest.split('/').next()?)))
        }
        "arxiv.org" => {
            let id = path.strip_prefix("pdf/")?.strip_suffix(".pdf")?;
            let is_id =
                id.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '.' | '/' | '-'));
            (is_id && id.len() > 6).then(|| Some(format!("https://arxiv.org/pdf/{id}")))
        }
        "papers.nips.cc" | "books.nips.cc" => nips(&path.replace("\\_", "_")),
        _ => None,
    }
}

/// NeurIPS numbered its papers, and then named them by year and hash; the present form is another.
#[allow(clippy::option_option, reason = "as above")]
fn nips(path: &str) -> Option<Option<String>> {
    if path.starts_with("paper_files") || path.is_empty() {
        return None;
    }
    let year = path.strip_prefix("paper/").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let has_year =
        year.len() == 4 && year.chars().all(|each| each.is_ascii_digit()) && path.matches('/').count() > 2;
    Some(has_year.then(|| format!("https://papers.nips.cc/paper_files/{path}")))
}

/// The address of a paper of the ACL Anthology: `P18-1234`, `2020.acl-main.350.pdf`, `P/P18/P18-1234.pdf`.
fn anthology(id: &str) -> Option<String> {
    let id = id.split(['#', '?']).next()?.trim_end_matches('/');
    let id = id.rsplit('/').next()?;
    let (stem, ending) = id.strip_suffix(".pdf").map_or((id, ""), |stem| (stem, ".pdf"));
    let is_old = stem.len() > 5
        && stem.starts_with(|each: char| each.is_ascii_uppercase())
        && stem.contains('-')
        && stem.chars().skip(1).all(|each| each.is_ascii_digit() || each == '-');
    let is_new = stem.len() > 8
        && stem.starts_with("20")
        && stem.matches('.').count() == 2
        && stem.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '.' | '-'));
    (is_old || is_new).then(|| format!("https://aclanthology.org/{stem}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_addresses_and_their_present_form() {
        for (old, new) in [
            ("http://dx.doi.org/10.1000/x", Some("https://doi.org/10.1000/x")),
            ("https://www.aclweb.org/anthology/P18-1234/", Some("https://aclanthology.org/P18-1234")),
            (
                "http://www.aclweb.org/anthology/P/P18/P18-1234.pdf",
                Some("https://aclanthology.org/P18-1234.pdf"),
            ),
            (
                "https://www.aclweb.org/anthology/2020.acl-main.1",
                Some("https://aclanthology.org/2020.acl-main.1"),
            ),
            ("http://aclanthology.info/papers/D17-1001/d17-1001", Some("https://aclanthology.org/D17-1001")),
            ("https://arxiv.org/pdf/1706.03762v1.pdf", Some("https://arxiv.org/pdf/1706.03762v1")),
            ("https://papers.nips.cc/paper/1-a.pdf", None),
            (
                "http://papers.nips.cc/paper/2020/hash/1f-Abstract.html",
                Some("https://papers.nips.cc/paper_files/paper/2020/hash/1f-Abstract.html"),
            ),
        ] {
            assert_eq!(modern(old), Some(new.map(str::to_owned)), "{old}");
        }
        for fine in [
            "https://doi.org/10.1000/x",
            "https://arxiv.org/abs/1706.03762",
            "https://aclweb.org/",
            "x",
            "https://papers.nips.cc/paper_files/paper/2020/hash/1f.html",
        ] {
            assert_eq!(modern(fine), None, "{fine}");
        }
    }
}
