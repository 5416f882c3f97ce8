//! `link/missing-anchor`: `#part` that the target page does not have.

use crate::diagnostic::{FileId, Safety, Severity};
use crate::markup::html::{Token, tokens_in};
use crate::markup::{Dialect, Foreign};
use crate::model::{Anchors, Format, Link, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Resolution, Site};
use crate::text::Span;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

pub(super) struct MissingAnchor;

static META: Meta = Meta {
    id: "link/missing-anchor",
    summary: "A link to a `#part` that its page does not have",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/link/missing-anchor.md"),
};

impl Rule for MissingAnchor {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let mut known: HashMap<FileId, Option<Part>> = HashMap::new();
        for page in site.pages.iter().filter(|page| super::is_shown(site, page)) {
            let mut told = HashSet::new();
            for link in &page.links {
                let Some((before, anchor)) = link.target.split_once('#') else { continue };
                if !is_anchor(anchor) || before.contains("//") && !before.starts_with("http") {
                    continue;
                }
                let Resolution::Page(target) = site.resolve_link(page, link) else { continue };
                let part = known.entry(target).or_insert_with(|| part_of(site, site.page(target)));
                let Some(part) = part.as_ref() else { continue };
                if part.has(anchor) || is_scripted(page, link) || !told.insert(link.target_span) {
                    continue;
                }
                let near = part.nearest(anchor);
                if near.is_none() && !part.is_sure(anchor) {
                    continue;
                }
                report(cx, page, link, anchor, near, site.page(target));
            }
        }
    }
}

fn report(cx: &mut Context<'_>, page: &Page, link: &Link, anchor: &str, near: Option<String>, target: &Page) {
    let place = if target.id == page.id { "this page".to_owned() } else { format!("`{}`", target.path()) };
    let report = cx.report(page.at(link.target_span), format!("{place} has no part `#{anchor}`"));
    let Some(near) = near else { return };
    let report = report.help(format!("did you mean `#{near}`?"));
    // The anchor is the end of the target.
    if link.exact && page.slice(link.target_span).ends_with(anchor) {
        let at = Span::new(link.target_span.end - anchor.len() as u32, link.target_span.end);
        let _ = report.replace(format!("Link to `#{near}`"), Safety::Ask, page.at(at), near);
    }
}

/// Whether text behind `#` names a part of a page, rather than a state of a script or a place in a file.
fn is_anchor(anchor: &str) -> bool {
    let is_line =
        anchor.strip_prefix('L').is_some_and(|rest| rest.starts_with(|each: char| each.is_ascii_digit()));
    !anchor.is_empty()
        && !is_line
        && !anchor.starts_with([':', '!', '/', '~', '?'])
        && !anchor.contains(['{', '}', '=', '<', '%', '&', ' ', '/', '#'])
        && !["top", "fn", "user-content-", "_ftn", "cite", "ref"].iter().any(|known| {
            anchor.eq_ignore_ascii_case(known)
                || (known.len() < 4 && anchor.starts_with(&format!("{known}:")))
        })
}

/// A link that a script answers, such as a tab or what unfolds an abstract.
fn is_scripted(page: &Page, link: &Link) -> bool {
    if !matches!(link.kind, LinkKind::Html(..)) {
        return false;
    }
    tokens_in(page.source.text(), &page.doc, link.span).iter().any(|token| match token {
        Token::Start(tag) => tag.attrs.iter().any(|attr| {
            attr.name.starts_with("data-")
                || attr.name.starts_with("on")
                || matches!(&*attr.name, "role" | "rel")
        }),
        _ => false,
    })
}

/// The anchors of a page as it is shown, with what it takes in.
struct Part {
    anchors: Anchors,
    /// Something unread is shown too: a layout, an include of the theme.
    is_open: bool,
    ignores_case: bool,
    keys: HashSet<String>,
    /// The anchors as [`Part::form`] has them.
    forms: HashSet<String>,
}

/// How many anchors a missing one is compared with.
const COMPARED: usize = 1000;
/// Longer anchors are no slips of each other.
const LONGEST: usize = 150;
/// How deep includes are followed, and how many.
const DEPTH: usize = 8;
const MANY: usize = 200;

/// The anchors of a page; `None` where nothing can be said of them.
fn part_of(site: &Site, page: &Page) -> Option<Part> {
    let Format::Markdown(dialect) = page.format else { return None };
    let style = site.facts.anchor_style(dialect)?;
    let is_github = dialect == Dialect::Github;
    // Text that is shown on other pages, or by widgets that make ids of their own.
    let is_made = site.facts.generator.is_hugo()
        && !is_github
        && (page.path().contains("/home/")
            || page.path().ends_with("_index.md")
            || page.field("type").is_some_and(|kind| kind == "landing" || kind == "widget_page")
            || page.data.as_ref().is_some_and(|data| data.get("sections").is_some()));
    if is_made || !is_github && site.urls.of(page.id).is_empty() {
        return None;
    }
    let mut anchors = Anchors::of(page, style);
    let mut is_open = site.facts.generator.is_jekyll() || site.facts.generator.is_hugo();
    is_open &= !is_github;
    // What a cell of code prints, or a shortcode takes in, is not known.
    is_open |= dialect == Dialect::Pandoc
        && (page.source.text().contains("asis")
            || page.doc.foreign.iter().any(|(kind, _)| *kind == Foreign::Shortcode));
    let mut seen = HashSet::from([page.id]);
    let mut waiting = vec![(page.id, 0)];
    while let Some((id, depth)) = waiting.pop() {
        for include in site.includes(site.page(id)).iter().filter(|include| include.is_shown()) {
            let inner = include.path.as_deref().and_then(|path| site.urls.page_of_file(path));
            if let Some(inner) = inner.filter(|_| depth < DEPTH && seen.len() < MANY)
                && seen.insert(inner)
            {
                anchors.include(&Anchors::of(site.page(inner), style));
                waiting.push((inner, depth + 1));
            }
        }
    }
    if anchors.is_generated() || anchors.headings() == 0 {
        return None;
    }
    let keys = if anchors.has_bibliography() || site.facts.bibliography.is_some() {
        let entries = site.pages.iter().flat_map(|page| &page.bib.entries);
        entries.map(|entry| entry.key.to_string()).collect()
    } else {
        HashSet::new()
    };
    let forms = HashSet::new();
    let mut part = Part { anchors, is_open, ignores_case: is_github, keys, forms };
    part.forms = part.anchors.iter().map(|each| part.form(each)).collect();
    Some(part)
}

/// Ids that layouts and themes like to give to their parts.
const LAYOUT: &[&str] = &[
    "main",
    "content",
    "footer",
    "header",
    "nav",
    "navbar",
    "menu",
    "sidebar",
    "home",
    "comments",
    "contact",
    "page-top",
    "wrapper",
    "disqus_thread",
    "toc",
    "search",
    "site-nav",
    "main-content",
    "page-title",
    "author",
];

impl Part {
    fn has(&self, anchor: &str) -> bool {
        if self.anchors.has(anchor) || self.keys.contains(anchor) {
            return true;
        }
        self.forms.contains(&self.form(anchor))
    }

    /// An anchor as browsers compare it, or GitHub's script, which ignores letter case.
    fn form(&self, anchor: &str) -> String {
        let folded = fold(anchor);
        if self.ignores_case { folded.to_lowercase() } else { folded }
    }

    /// Whether an anchor that was not found cannot come from elsewhere.
    fn is_sure(&self, anchor: &str) -> bool {
        // What Quarto numbers, and parts of its own.
        let is_numbered = ["fig-", "tbl-", "eq-", "sec-", "thm-", "lst-", "ref-", "quarto-", "tabset", "cb"]
            .iter()
            .any(|start| anchor.starts_with(start));
        !is_numbered && !self.is_open && !LAYOUT.contains(&anchor) && self.anchors.headings() > 1
    }

    /// The one anchor that was likely meant.
    fn nearest(&self, anchor: &str) -> Option<String> {
        let bare = bare(anchor);
        if !(3..=LONGEST).contains(&bare.chars().count()) {
            return None;
        }
        let mut near: Vec<(usize, &str)> = self
            .anchors
            .iter()
            .take(COMPARED)
            .filter_map(|each| Some((distance(&bare, each)?, each)))
            .collect();
        near.sort_unstable();
        match near.as_slice() {
            [(_, only)] => Some((*only).to_owned()),
            [(first, best), (second, _), ..] if first < second => Some((*best).to_owned()),
            _ => None,
        }
    }
}

/// How far an anchor is from what was written; `None` when it is another one.
fn distance(written: &str, anchor: &str) -> Option<usize> {
    let other = bare(anchor);
    if !(3..=LONGEST).contains(&other.chars().count()) {
        return None;
    }
    let grown = |short: &str, long: &str| {
        long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-'))
            || long.strip_suffix(short).is_some_and(|rest| rest.ends_with('-'))
    };
    let edits = strsim::osa_distance(written, &other);
    if edits * 5 <= written.chars().count().min(other.chars().count()) {
        return Some(edits);
    }
    (grown(written, &other) || grown(&other, written)).then_some(edits + 2)
}

/// An anchor without the marks that emoji and dashes leave, and without case.
fn bare(anchor: &str) -> String {
    fold(anchor).trim_matches('-').replace("--", "-").to_lowercase()
}

/// Composed, and without the invisible characters of emoji, which browsers and authors treat as they like.
fn fold(anchor: &str) -> String {
    anchor.nfc().filter(|each| !matches!(each, '\u{fe0f}' | '\u{fe0e}' | '\u{200d}')).collect()
}
