//! `link/empty`: a link without a target, or with a stand-in for one.

use crate::diagnostic::Severity;
use crate::markup::Foreign;
use crate::markup::html::{Tag, Token, tokens_in};
use crate::model::{Format, Link, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

pub(super) struct Empty;

static META: Meta = Meta {
    id: "link/empty",
    summary: "A link or image without a target, or with a stand-in for one",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/link/empty.md"),
};

/// Classes of links that a script answers, by parts of their names.
const SCRIPTED: &[&str] = &[
    "abstract",
    "bibtex",
    "collaps",
    "toggle",
    "dropdown",
    "accordion",
    "modal",
    "tab",
    "close",
    "carousel",
    "popup",
    "popover",
    "theme",
    "menu",
    "show",
    "hide",
    "expand",
    "trigger",
    "copy",
    "scroll",
    "back",
    "js-",
    "award",
    "dimensions",
    "altmetric",
];

impl Rule for Empty {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !super::is_shown(cx.site(), page) || super::is_demonstration(page) {
            return;
        }
        let mut mocked: Vec<Span> = Vec::new();
        for link in &page.links {
            let Some(what) = emptiness(&link.target) else { continue };
            let is_empty = match &link.kind {
                LinkKind::Markdown | LinkKind::Image => !is_scripted_list(page, link) && !is_jump(link),
                LinkKind::Html(element, attribute) => is_empty_element(page, link, element, attribute),
                LinkKind::Field(key) => is_empty_field(page, link, key),
                LinkKind::Reference | LinkKind::Auto | LinkKind::Bib(_) => false,
            };
            if is_empty && &*link.target == "#" && matches!(link.kind, LinkKind::Html(..)) {
                mocked.push(link.target_span);
            } else if is_empty {
                let place = if link.target.is_empty() { link.span } else { link.target_span };
                let place = if matches!(link.kind, LinkKind::Markdown) { link.span } else { place };
                let _ = cx.report(page.at(place), what).help(HELP);
            }
        }
        mock_ups(page, &mocked, cx);
    }
}

const HELP: &str = "add the address, or take the link away";
/// So many `#` in one page are a draft of it, which is one fault.
const DRAFT: usize = 5;
/// How many places are shown.
const SHOWN: usize = 10;

/// Reports elements that link to `#`: each, or in a draft of a page all at once.
fn mock_ups(page: &Page, spans: &[Span], cx: &mut Context<'_>) {
    let what = emptiness("#").unwrap_or_default();
    if spans.len() < DRAFT {
        for span in spans {
            let _ = cx.report(page.at(*span), what).help(HELP);
        }
    } else if let Some((first, rest)) = spans.split_first() {
        let message = format!("{} links of this page lead to `#`, which is nowhere", spans.len());
        let mut report = cx.report(page.at(*first), message).help(HELP);
        for span in rest.iter().take(SHOWN) {
            report = report.related(page.at(*span), "another one");
        }
    }
}

/// What stands in place of a target.
fn emptiness(target: &str) -> Option<&'static str> {
    let bare = target.trim().trim_end_matches('/');
    let lower = bare.to_lowercase();
    match &*lower {
        "" => target.trim().is_empty().then_some("this link has no target"),
        "#" => Some("`#` leads nowhere but to the top of this page"),
        "https:" | "http:" | "https://www." | "http://www." | "mailto:" => Some("this address names nothing"),
        "xxx" | "xxxx" | "tbd" | "tba" | "todo" | "url" | "link" | "to-do" | "#todo" | "your-link"
        | "your-url" | "link-to-paper" | "link-to-code" | "coming soon" | "coming_soon" => {
            Some("a stand-in takes the place of the target")
        }
        _ => None,
    }
}

/// Whether a target is none, or stands in for one, so that no other rule need look for it.
pub(super) fn is_empty(target: &str) -> bool {
    emptiness(target).is_some()
}

/// "Back to top" is meant to lead there.
fn is_jump(link: &Link) -> bool {
    let text = link.text.to_lowercase();
    &*link.target == "#" && (text.contains("top") || text.contains('↑') || text.contains("home"))
}

/// Whether an attribute list behind a Markdown link says that a script answers it.
fn is_scripted_list(page: &Page, link: &Link) -> bool {
    let behind = Span::new(link.span.end, link.span.end + 1);
    page.doc.foreign_in(behind).any(|(kind, span)| {
        let list = page.slice(*span).to_lowercase();
        matches!(kind, Foreign::AttributeList | Foreign::Attributes)
            && (list.contains("data-")
                || list.contains("onclick")
                || SCRIPTED.iter().any(|each| list.contains(each)))
    })
}

fn is_empty_element(page: &Page, link: &Link, element: &str, attribute: &str) -> bool {
    let Some(tag) =
        tokens_in(page.source.text(), &page.doc, link.span).into_iter().find_map(|token| match token {
            Token::Start(tag) => Some(tag),
            _ => None,
        })
    else {
        return false;
    };
    match (element, attribute) {
        ("a", "href") => {
            !is_scripted(&tag) && !is_jump(link) && !is_this_page(page, link) && has_content(page, link)
        }
        ("img", "src") => !tag.attrs.iter().any(|attr| attr.name.starts_with("data-") || &*attr.name == "id"),
        _ => false,
    }
}

/// In a list of the parts of a series, `#` stands for the part that is being read.
fn is_this_page(page: &Page, link: &Link) -> bool {
    let start: Vec<String> = link.text.split_whitespace().take(2).map(str::to_lowercase).collect();
    let title = page.field("title").unwrap_or_default().to_lowercase();
    &*link.target == "#" && start.len() == 2 && title.contains(&start.join(" "))
}

/// An `<a>` without anything to click is a mere anchor.
fn has_content(page: &Page, link: &Link) -> bool {
    if !link.text.is_empty() {
        return true;
    }
    let rest = page.source.text().get(link.span.end as usize..).unwrap_or_default();
    rest.trim_start().starts_with("<img") || rest.trim_start().starts_with("![")
}

fn is_scripted(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attr| {
        let name = &*attr.name;
        let class = attr.value.to_lowercase();
        name.starts_with("data-")
            || name.starts_with("on")
            || name.starts_with("aria-")
            || name.starts_with('@')
            || name.starts_with(':')
            || matches!(name, "role" | "id" | "name" | "rel")
            || name == "class" && SCRIPTED.iter().any(|each| class.contains(each))
    })
}

/// Fields whose emptiness shows: a theme leaves out what is not there, but not what is `#`. A parameter of an
/// include is written for this one place.
fn is_empty_field(page: &Page, link: &Link, key: &str) -> bool {
    let is_markdown = matches!(page.format, Format::Markdown(_));
    let is_parameter = is_markdown && page.doc.front.is_none_or(|front| link.span.start >= front.span.end);
    match &*link.target {
        "" => is_parameter,
        "#" => (is_markdown || key.starts_with("url_")) && !matches!(key, "file" | "path"),
        target => target.contains("://"),
    }
}
