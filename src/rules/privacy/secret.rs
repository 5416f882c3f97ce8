//! `privacy/secret`: a token that opens what should be closed.

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "privacy/secret",
    summary: "A token, key or private link on the page",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/privacy/secret.md"),
};

/// The rule.
pub(super) struct Secret;

/// Keys that are known by their form.
static KEY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x) \b(?: gh[pousr]_[A-Za-z0-9]{36} | github_pat_[A-Za-z0-9_]{60,90} | AKIA[0-9A-Z]{16}
            | xox[abps]-[0-9A-Za-z-]{20,80} | sk-(?:proj-|ant-)?[A-Za-z0-9_-]{40,200} | hf_[A-Za-z0-9]{34} )\b
          | -----BEGIN\ (?:RSA\ |EC\ |OPENSSH\ )?PRIVATE\ KEY-----",
    )
    .expect("a constant pattern")
});

/// Parameters of links that open them for whoever has the link.
const TOKENS: &[&str] = &["casa_token=", "access_token=", "x-amz-signature=", "authkey=", "sharing_token="];

impl Rule for Secret {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for found in KEY.find_iter(page.source.text()) {
            // In a signed address it only names the key that signed.
            let before = page.source.text().get(..found.start()).unwrap_or_default();
            if before.ends_with("KeyId=") || before.ends_with("Credential=") {
                continue;
            }
            cx.report(page.at(Span::at(found.start(), found.end())), "a secret key stands here")
                .help("take it out and have a new one made: whoever has read the page has it");
        }
        for link in &page.links {
            let lower = link.target.to_ascii_lowercase();
            if let Some((name, at)) = TOKENS.iter().find_map(|name| Some((*name, lower.find(name)?))) {
                token(page, link, name.trim_end_matches('='), at, cx);
            } else if is_edit_link(&lower) {
                cx.report(page.at(link.target_span), "whoever has this link can edit the document")
                    .help("share the link for reading");
            }
        }
    }
}

fn token(page: &Page, link: &crate::model::Link, name: &str, at: usize, cx: &mut Context<'_>) {
    let target = &*link.target;
    let help = "the token is made out to one reader and runs out: link to the page without it";
    if !link.exact || page.slice(link.target_span) != target || at == 0 {
        cx.report(page.at(link.target_span), format!("`{name}` is an access token")).help(help);
        return;
    }
    let end = target.get(at..).and_then(|rest| rest.find(['&', '#'])).map_or(target.len(), |more| at + more);
    let place = page.at(Span::at(at, end).shift(link.target_span.start));
    let report = cx.report(place, format!("`{name}` is an access token")).help(help);
    // Alone behind the question mark, or last: the sign before it goes, too.
    if end == target.len() {
        let without = page.at(Span::at(at - 1, end).shift(link.target_span.start));
        let _ = report.replace("Take the token out", Safety::Ask, without, "");
    }
}

/// A link to an Overleaf project by its editing key: digits, then twelve letters.
fn is_edit_link(target: &str) -> bool {
    let Some((_, rest)) = target.split_once("overleaf.com/") else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let letters = rest.bytes().skip(digits).take_while(u8::is_ascii_lowercase).count();
    digits >= 8 && letters == 12
}
