//! `link/text`: a link whose text says nothing of where it leads.

use crate::diagnostic::Severity;
use crate::model::{Link, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

pub(super) struct Text;

static META: Meta = Meta {
    id: "link/text",
    summary: "A link text that says nothing of the target, such as \"here\"",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/link/text.md"),
};

/// Texts that say nothing, in lower case.
const EMPTY: &[&str] = &[
    "here",
    "click here",
    "click",
    "link",
    "this link",
    "this",
    "links",
    "this page",
    "this website",
    "over here",
    "see here",
    "check here",
    "read here",
    "this url",
    "url",
    "more",
    "read more",
    "learn more",
    "hier",
    "ici",
    "aquí",
    "aqui",
    "qui",
    "这里",
    "此处",
    "链接",
    "点击这里",
    "こちら",
    "여기",
    "링크",
];

impl Rule for Text {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !super::is_shown(cx.site(), page) || super::is_demonstration(page) {
            return;
        }
        for link in page.links.iter().filter(|link| is_link(link)) {
            let text = link.text.trim_matches(|each: char| !each.is_alphanumeric()).to_lowercase();
            if EMPTY.contains(&text.as_str()) && !link.target.is_empty() {
                let message = format!("the link text \"{}\" says nothing of the target", link.text.trim());
                let _ = cx.report(page.at(link.span), message).help("name what the link leads to");
            }
        }
    }
}

fn is_link(link: &Link) -> bool {
    match &link.kind {
        LinkKind::Markdown | LinkKind::Reference => true,
        LinkKind::Html(element, _) => &**element == "a",
        _ => false,
    }
}
