//! What HTML elements do to the text inside them.

use super::{BlockKind, Style};
use crate::markup::html::Tag;
use percent_encoding::percent_decode_str;

/// What an element is to its reader.
pub(super) enum Element {
    /// It opens a block.
    Block(BlockKind),
    /// It styles text.
    Style(Style),
    /// A link.
    Link,
    /// Code.
    Code,
    /// Its content is not shown.
    Hidden,
    /// It changes nothing.
    Plain,
}

pub(super) fn element(tag: &Tag) -> Element {
    if let Some(kind) = block_kind(&tag.name) {
        return Element::Block(kind);
    }
    if is_folded(tag) {
        return Element::Hidden;
    }
    match &*tag.name {
        "a" => Element::Link,
        "code" | "kbd" | "samp" | "tt" => Element::Code,
        "script" | "style" | "template" | "noscript" | "svg" | "select" | "textarea" | "head" => {
            Element::Hidden
        }
        _ => {
            let style = style(tag);
            if style == Style::default() { Element::Plain } else { Element::Style(style) }
        }
    }
}

/// The block that an element of this name opens.
pub(super) fn block_kind(name: &str) -> Option<BlockKind> {
    Some(match name {
        "p" => BlockKind::Text,
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "ul" | "menu" => BlockKind::List { ordered: false },
        "ol" => BlockKind::List { ordered: true },
        "li" => BlockKind::Item,
        "blockquote" => BlockKind::Quote,
        "table" => BlockKind::Table,
        "tr" => BlockKind::Row,
        "td" | "th" => BlockKind::Cell,
        "pre" => BlockKind::Code,
        "address" | "article" | "aside" | "body" | "caption" | "center" | "dd" | "details" | "div" | "dl"
        | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "header" | "html" | "main"
        | "nav" | "section" | "summary" => BlockKind::Box,
        _ => return None,
    })
}

/// Whether an element is not shown until a script shows it.
pub(super) fn is_folded(tag: &Tag) -> bool {
    tag.attr("hidden").is_some() || {
        let style = tag.value("style");
        style.contains("display") && style.replace(' ', "").to_ascii_lowercase().contains("display:none")
    }
}

fn style(tag: &Tag) -> Style {
    let mut style = match &*tag.name {
        "b" | "strong" => Style::STRONG,
        "i" | "em" | "cite" | "var" | "dfn" => Style::EMPH,
        "u" | "ins" => Style::UNDERLINE,
        "s" | "del" | "strike" => Style::STRIKE,
        "sup" => Style::SUPER,
        "sub" => Style::SUB,
        "mark" => Style::COLOUR,
        "small" => Style::SMALL,
        "font" if tag.attr("color").is_some() => Style::COLOUR,
        _ => Style::default(),
    };
    if tag.attr("style").is_some() {
        let css = tag.value("style").replace(' ', "").to_ascii_lowercase();
        for part in css.split(';') {
            style = style.with(match part.split_once(':') {
                Some(("color", _)) => Style::COLOUR,
                Some(("font-weight", "bold" | "bolder" | "600" | "700" | "800" | "900")) => Style::STRONG,
                Some(("font-style", "italic")) => Style::EMPH,
                Some(("text-decoration", value)) if value.contains("underline") => Style::UNDERLINE,
                Some(("vertical-align", "super")) => Style::SUPER,
                _ => Style::default(),
            });
        }
    }
    // Templates set the venue apart by a class of its own.
    let class = tag.value("class");
    if !class.is_empty()
        && ["venue", "journal", "conference"].iter().any(|word| class.to_ascii_lowercase().contains(word))
    {
        style = style.with(Style::EMPH);
    }
    if ["me", "self", "author-me", "me-author", "owner", "highlight-author"]
        .iter()
        .any(|class| tag.has_class(class))
    {
        style = style.with(Style::COLOUR);
    }
    style
}

/// The style of a list of attributes: `{.me style="color: red"}`.
pub(super) fn style_of_list(list: &str) -> Style {
    let words =
        list.split(|c: char| c.is_whitespace() || "{}:;\"'=".contains(c)).filter(|word| !word.is_empty());
    words.fold(Style::default(), |style, word| {
        style.with(match word {
            ".me" | ".self" | ".author-me" | ".me-author" | ".owner" | ".highlight-author" | ".mark"
            | "color" => Style::COLOUR,
            ".underline" | ".ul" | "underline" => Style::UNDERLINE,
            ".bold" | ".strong" | "bold" => Style::STRONG,
            ".italic" | ".emph" | ".venue" | ".journal" | "italic" => Style::EMPH,
            _ => Style::default(),
        })
    })
}

/// What a badge says: the label that a shields.io address carries (`/badge/<label>-<message>-<colour>`,
/// with `--`, `__` and `_` for `-`, `_` and a space).
pub(super) fn badge_label(target: &str) -> Option<String> {
    let (_, rest) = target.split_once("shields.io/badge/")?;
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let decoded = percent_decode_str(rest).decode_utf8_lossy();
    // A doubled hyphen is an escaped one: hide it while splitting.
    let hidden = decoded.replace("--", "\u{1}");
    let mut parts: Vec<&str> = hidden.split('-').collect();
    if parts.len() > 1 {
        parts.pop();
    }
    let label = parts.iter().find(|part| !part.is_empty())?;
    let label = label.replace('\u{1}', "-").replace("__", "\u{2}").replace('_', " ").replace('\u{2}', "_");
    let label = label.trim().trim_end_matches(".svg");
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_say_their_label() {
        for (target, label) in [
            ("https://img.shields.io/badge/paper-d6d6d6.svg?style=flat", Some("paper")),
            ("https://img.shields.io/badge/-Paper-blue?logo=x", Some("Paper")),
            ("https://img.shields.io/badge/citation-0-d6d6d6.svg", Some("citation")),
            ("https://img.shields.io/badge/Coming%20Soon-yellow", Some("Coming Soon")),
            ("https://img.shields.io/badge/ICLR--2025-x-red", Some("ICLR-2025")),
            ("https://img.shields.io/badge/50%+5-x", Some("50%+5")),
            ("https://example.org/badge.svg", None),
        ] {
            assert_eq!(badge_label(target).as_deref(), label, "{target}");
        }
    }
}
