//! `privacy/tracking`: parameters of links that only say where a click came from.

use crate::diagnostic::{Safety, Severity};
use crate::model::{Link, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::HashSet;

static META: Meta = Meta {
    id: "privacy/tracking",
    summary: "A link with parameters that only track the click",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/privacy/tracking.md"),
};

/// The rule.
pub(super) struct Tracking;

impl Rule for Tracking {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let mut told = HashSet::new();
        for link in page.links.iter().filter(|link| link.exact && told.insert(link.target_span)) {
            judge(page, link, cx);
        }
    }
}

fn judge(page: &Page, link: &Link, cx: &mut Context<'_>) {
    let raw = page.slice(link.target_span);
    let Some((before, rest)) = raw.split_once('?') else { return };
    let (query, fragment) = rest.split_once('#').map_or((rest, None), |(query, part)| (query, Some(part)));
    let separator = if query.contains("&amp;") { "&amp;" } else { "&" };
    let host = before.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let (tracking, kept): (Vec<&str>, Vec<&str>) =
        query.split(separator).partition(|parameter| is_tracking(parameter, host));
    let Some(first) = tracking.first() else { return };
    let mut clean = before.to_owned();
    if !kept.is_empty() {
        clean.push('?');
        clean.push_str(&kept.join(separator));
    }
    if let Some(fragment) = fragment {
        clean.push('#');
        clean.push_str(fragment);
    }
    let Some(at) = crate::text::offset_in(raw, first) else { return };
    let start = link.target_span.start + at;
    let name = first.split('=').next().unwrap_or(first);
    let place = page.at(Span::new(start, start + first.len() as u32));
    let _ = cx
        .report(place, format!("`{name}` only tells where the click came from"))
        .help("the link works without it")
        .replace("Take it out", Safety::Safe, page.at(link.target_span), clean);
}

/// Whether a parameter changes nothing but what is known of the visitor.
fn is_tracking(parameter: &str, host: &str) -> bool {
    let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
    match name {
        "fbclid" | "gclid" | "mc_cid" | "mc_eid" | "igshid" | "authuser" | "_ga" | "msclkid" => true,
        "usp" => matches!(value, "sharing" | "share_link" | "drive_link" | "sf_link"),
        "si" => host.ends_with("youtube.com") || host == "youtu.be" || host.ends_with("spotify.com"),
        _ => name.starts_with("utm_"),
    }
}
