//! `link/case-mismatch`: a path that is right but for upper and lower case.

use crate::diagnostic::{Safety, Severity};
use crate::model::{Link, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Resolution;
use unicode_normalization::UnicodeNormalization;

pub(super) struct CaseMismatch;

static META: Meta = Meta {
    id: "link/case-mismatch",
    summary: "A path that matches a file only when letter case, or the form of its accents, is ignored",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Site,
    page: include_str!("../../../rules/link/case-mismatch.md"),
};

impl Rule for CaseMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let site = cx.site();
        for link in super::links(site, page) {
            let Resolution::Miscased { path, actual } = site.resolve_link(page, link) else { continue };
            let report = cx.report(page.at(link.target_span), message(&path, &actual));
            if let Some(text) = replacement(page, link, &actual) {
                let title = format!("Write `{text}`");
                let _ = report.replace(title, Safety::Safe, page.at(link.target_span), text);
            }
        }
    }
}

fn message(path: &str, actual: &str) -> String {
    if path.nfc().eq(actual.nfc()) {
        return format!(
            "the name of the file `/{actual}` is stored with its accents apart, and this one has them composed, \
             or the reverse: web servers tell the two from each other"
        );
    }
    format!("the file is `/{actual}`: web servers tell upper from lower case")
}

/// The target with the letters of the path as it is; `None` where the target cannot be edited.
fn replacement(page: &Page, link: &Link, actual: &str) -> Option<String> {
    let target = &*link.target;
    if !link.exact || page.slice(link.target_span) != target || target.contains(['{', '%']) {
        return None;
    }
    let end = target.find(['#', '?']).unwrap_or(target.len());
    let (path, rest) = target.split_at_checked(end)?;
    let (bare, slash) = path.strip_suffix('/').map_or((path, ""), |bare| (bare, "/"));
    let bare =
        bare.strip_suffix(".html").filter(|_| actual.rsplit('.').next() != Some("html")).unwrap_or(bare);
    let tail: Vec<char> = bare
        .chars()
        .rev()
        .zip(actual.chars().rev())
        .take_while(|(written, real)| written.to_lowercase().eq(real.to_lowercase()))
        .map(|(_, real)| real)
        .collect();
    let kept: String = bare.chars().take(bare.chars().count() - tail.len()).collect();
    let ending = path.strip_suffix(slash)?.strip_prefix(bare)?;
    let text = format!("{kept}{}{ending}{slash}{rest}", tail.into_iter().rev().collect::<String>());
    (text != target && text.to_lowercase() == target.to_lowercase()).then_some(text)
}
