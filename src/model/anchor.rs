//! The anchors of a page: what may stand behind `#` in a link to it.
//!
//! Headings get their ids exactly as each renderer makes them. Which renderer a site uses, and what
//! layouts and includes add, is not known here.

use super::{Format, Page};
use crate::markup::html::Token;
use crate::markup::{Doc, Foreign, Kind, Node, NodeId, cook, decode_entities};
use crate::text::{Span, slice};
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// How a renderer makes the id of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorStyle {
    /// kramdown with `input: GFM`, which Jekyll and GitHub Pages use.
    KramdownGfm,
    /// kramdown with `input: kramdown`.
    Kramdown,
    /// GitHub, for READMEs.
    Github,
    /// Goldmark as Hugo sets it up.
    Goldmark,
    /// Goldmark with `autoHeadingIDType: github-ascii`.
    GoldmarkAscii,
    /// Pandoc and Quarto.
    Pandoc,
}

/// The anchors of a page.
#[derive(Clone, Debug, Default)]
pub struct Anchors {
    /// Each with how often it was made.
    ids: HashMap<String, u32>,
    headings: usize,
    generated: bool,
    bibliography: bool,
}

impl Anchors {
    /// The anchors that the text of a page makes.
    pub fn of(page: &Page, style: AnchorStyle) -> Self {
        let mut out = Self::default();
        let (text, doc) = (page.source.text(), &page.doc);
        for (kind, span) in &doc.foreign {
            out.foreign(*kind, slice(text, *span));
        }
        let is_markdown = matches!(page.format, Format::Markdown(_));
        let mut open: Option<String> = None;
        for (id, node) in doc.iter() {
            match node.kind {
                Kind::Heading(_) if is_markdown => out.heading(text, doc, id, node, style),
                Kind::HtmlBlock | Kind::HtmlInline => {
                    for token in doc.html(id) {
                        out.html(text, token, style, &mut open);
                    }
                }
                Kind::Text => {
                    if let Some(heading) = &mut open {
                        heading.push_str(&cook(slice(text, node.span), node.span.start).text);
                    }
                }
                Kind::CodeBlock => out.labels(slice(text, node.span)),
                _ => {}
            }
        }
        out
    }

    /// Whether a link may name this anchor.
    pub fn has(&self, anchor: &str) -> bool {
        self.ids.contains_key(anchor)
    }

    /// All anchors.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// How many headings made one.
    pub fn headings(&self) -> usize {
        self.headings
    }

    /// Whether a template makes ids that cannot be known from the text.
    pub fn is_generated(&self) -> bool {
        self.generated
    }

    /// Whether a bibliography is shown here, so that the keys of its entries are anchors.
    pub fn has_bibliography(&self) -> bool {
        self.bibliography
    }

    /// Takes in the anchors of a text that is shown on the same page.
    pub fn include(&mut self, other: &Anchors) {
        for (id, count) in &other.ids {
            let held = self.ids.entry(id.clone()).or_default();
            let before = *held;
            *held += count;
            // The second of two equal headings is numbered.
            if before > 0 {
                self.ids.entry(format!("{id}-{before}")).or_insert(1);
            }
        }
        self.headings += other.headings;
        self.generated |= other.generated;
        self.bibliography |= other.bibliography;
    }

    fn add(&mut self, id: impl Into<String>) {
        *self.ids.entry(id.into()).or_default() += 1;
    }

    /// Ids in attribute lists; what a template makes.
    fn foreign(&mut self, kind: Foreign, text: &str) {
        static ID: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"(?:^|[\s{:])#([^\s{}#]+)").expect("a constant pattern"));
        match kind {
            Foreign::AttributeList | Foreign::Attributes | Foreign::Fence => {
                for id in ID.captures_iter(text).filter_map(|found| found.get(1)) {
                    self.add(id.as_str());
                }
            }
            Foreign::LiquidTag => {
                let name = text.trim_start_matches(['{', '%', '-']).trim_start();
                self.bibliography |= name.starts_with("bibliography");
            }
            _ => {}
        }
    }

    /// Quarto's `#| label: fig-map`.
    fn labels(&mut self, code: &str) {
        for line in code.lines().filter_map(|line| line.trim_start().strip_prefix("#|")) {
            if let Some(label) = line.trim_start().strip_prefix("label:") {
                self.add(label.trim().trim_matches(['"', '\'']));
            }
        }
    }

    fn html(&mut self, text: &str, token: &Token, style: AnchorStyle, open: &mut Option<String>) {
        let is_heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        match token {
            Token::Start(tag) => {
                for attr in tag.attrs.iter().filter(|attr| matches!(&*attr.name, "id" | "name")) {
                    if attr.value.contains("{{") || attr.value.contains("{%") {
                        self.generated = true;
                    } else if !attr.value.is_empty() {
                        self.add(&*attr.value);
                    }
                }
                // GitHub makes anchors of headings in HTML too.
                if style == AnchorStyle::Github && is_heading(&tag.name) {
                    *open = Some(String::new());
                }
            }
            Token::End { name, .. } if is_heading(name) => {
                if let Some(heading) = open.take() {
                    self.number(&github(heading.trim_matches(['\n', '\r'])), style);
                }
            }
            Token::Text(span) => {
                if let Some(heading) = open {
                    heading.push_str(&decode_entities(slice(text, *span), span.start).text);
                }
            }
            _ => {}
        }
    }

    fn heading(&mut self, text: &str, doc: &Doc, id: NodeId, node: &Node, style: AnchorStyle) {
        let raw = raw_text(slice(text, node.span));
        if let Some(explicit) = explicit_id(raw) {
            self.headings += 1;
            self.add(explicit);
            return;
        }
        let mut lists = doc.foreign_in(Span::new(node.span.start, node.span.end + 2));
        let has_own = lists.any(|(kind, span)| {
            matches!(kind, Foreign::AttributeList | Foreign::Attributes) && slice(text, *span).contains('#')
        });
        if has_own {
            self.headings += 1;
            return;
        }
        let is_made = doc
            .foreign_in(node.span)
            .any(|(kind, _)| matches!(kind, Foreign::LiquidOutput | Foreign::LiquidTag | Foreign::Shortcode));
        if is_made {
            self.generated = true;
            return;
        }
        let shown = shown_text(text, doc, id, node, style);
        match style {
            AnchorStyle::KramdownGfm => self.number(&kramdown_gfm(&shown), style),
            AnchorStyle::Kramdown => self.number(&kramdown(raw), style),
            AnchorStyle::Github => self.number(&github(&shown), style),
            AnchorStyle::Pandoc => self.number(&pandoc(&shown), style),
            AnchorStyle::Goldmark | AnchorStyle::GoldmarkAscii => {
                let made = goldmark(raw, style == AnchorStyle::GoldmarkAscii);
                let plain = goldmark(shown.trim(), style == AnchorStyle::GoldmarkAscii);
                self.number(&made, style);
                // Hugo's own headings drop what does not show.
                if plain != made {
                    self.add(plain);
                }
            }
        }
    }

    /// Adds the id of a heading; one that was made before gets a number.
    fn number(&mut self, id: &str, style: AnchorStyle) {
        self.headings += 1;
        let count = self.ids.get(id).copied().unwrap_or_default();
        if count == 0 {
            self.add(id);
            return;
        }
        *self.ids.entry(id.to_owned()).or_default() += 1;
        let mut number = count;
        // kramdown and GitHub count; Goldmark and Pandoc look for a free number.
        if matches!(style, AnchorStyle::Goldmark | AnchorStyle::GoldmarkAscii | AnchorStyle::Pandoc) {
            while self.ids.contains_key(&format!("{id}-{number}")) {
                number += 1;
            }
        }
        self.ids.entry(format!("{id}-{number}")).or_insert(1);
    }
}

/// A heading's source without its marks.
fn raw_text(source: &str) -> &str {
    if source.trim_start().starts_with('#') {
        let text = source.trim_start().trim_start_matches('#').trim();
        let bare = text.trim_end_matches('#');
        // A closing run of `#` stands apart from the text.
        return if bare.is_empty() || bare.ends_with([' ', '\t']) { bare.trim_end() } else { text };
    }
    match source.trim_end().rsplit_once('\n') {
        Some((text, line)) if line.trim().chars().all(|mark| matches!(mark, '=' | '-' | '>' | ' ')) => {
            text.trim()
        }
        _ => source.trim(),
    }
}

/// `{#id}` at the end of a heading.
fn explicit_id(raw: &str) -> Option<&str> {
    let (before, list) = raw.strip_suffix('}')?.rsplit_once('{')?;
    let list = list.trim_start_matches(':').trim();
    let id = list.split_whitespace().find_map(|part| part.strip_prefix('#'))?;
    (!id.is_empty() && !before.ends_with('{')).then_some(id)
}

/// What a heading shows, as the renderer sees it when it makes the id.
fn shown_text(text: &str, doc: &Doc, id: NodeId, node: &Node, style: AnchorStyle) -> String {
    let mut out = String::new();
    let mut at = id + 1;
    while at < node.end {
        let Some(part) = doc.nodes.get(at as usize) else { break };
        at += 1;
        match part.kind {
            Kind::Text => push_text(text, doc, part.span, &mut out),
            Kind::Code => out.push_str(slice(text, part.span).trim_matches('`').trim()),
            Kind::Math => out.push_str(slice(text, part.span).trim_matches('$')),
            Kind::SoftBreak | Kind::HardBreak => out.push(' '),
            // Only Pandoc counts the text of a picture.
            Kind::Image(_) if style != AnchorStyle::Pandoc => at = part.end,
            _ => {}
        }
    }
    let has_list = doc.foreign_in(node.span).next().is_some();
    if has_list || style != AnchorStyle::Github && style != AnchorStyle::KramdownGfm {
        out.truncate(out.trim_end().len());
    }
    out
}

/// A text without the attribute lists in it, which do not show.
fn push_text(text: &str, doc: &Doc, span: Span, out: &mut String) {
    let mut at = span.start;
    for (_, hidden) in doc.foreign_in(span) {
        if hidden.start > at {
            out.push_str(&cook(slice(text, Span::new(at, hidden.start)), at).text);
        }
        at = at.max(hidden.end);
    }
    if at < span.end {
        out.push_str(&cook(slice(text, Span::new(at, span.end)), at).text);
    }
}

/// What Ruby's `\p{Word}` matches.
fn is_word(character: char) -> bool {
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[\p{L}\p{M}\p{Nd}\p{Pc}]").expect("a constant pattern"));
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || character == '_';
    }
    MARK.is_match(character.encode_utf8(&mut [0; 4]))
}

/// What Go's `unicode.IsLetter` and `unicode.IsDigit` take: neither marks nor fractions.
fn is_letter_or_digit(character: char) -> bool {
    static CLASS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^[\p{L}\p{Nd}]").expect("a constant pattern"));
    if character.is_ascii() {
        return character.is_ascii_alphanumeric();
    }
    CLASS.is_match(character.encode_utf8(&mut [0; 4]))
}

/// `generate_gfm_header_id` of kramdown-parser-gfm. Dashes and quotes have been made typographic by then,
/// and are no letters.
fn kramdown_gfm(text: &str) -> String {
    let text = text.replace("---", "").replace("--", "");
    text.to_lowercase()
        .chars()
        .filter(|&each| is_word(each) || matches!(each, '-' | ' ' | '\t'))
        .map(|each| if matches!(each, ' ' | '\t') { '-' } else { each })
        .collect()
}

/// `basic_generate_id` of kramdown, which sees the source of the heading.
fn kramdown(raw: &str) -> String {
    let id: String = raw
        .trim_start_matches(|each: char| !each.is_ascii_alphabetic())
        .chars()
        .filter(|each| each.is_ascii_alphanumeric() || matches!(each, ' ' | '-'))
        .map(|each| if each == ' ' { '-' } else { each.to_ascii_lowercase() })
        .collect();
    if id.is_empty() { "section".to_owned() } else { id }
}

/// GitHub's filter for tables of contents.
fn github(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .filter(|&each| is_word(each) || matches!(each, '-' | ' '))
        .map(|each| if each == ' ' { '-' } else { each })
        .collect()
}

/// Hugo's `anchorize`, which sees the source of the heading.
fn goldmark(raw: &str, ascii: bool) -> String {
    let id: String = raw
        .trim()
        .chars()
        .filter(|each| !ascii || each.is_ascii())
        .filter(|&each| is_letter_or_digit(each) || matches!(each, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .map(|each| if each == ' ' { '-' } else { each })
        .collect();
    if id.is_empty() { "heading".to_owned() } else { id }
}

/// Pandoc's `auto_identifiers`.
fn pandoc(text: &str) -> String {
    // Footnotes in the line are no part of it, and dashes and dots have been made typographic by then.
    let mut text = text.to_owned();
    while let Some(start) = text.find("^[")
        && let Some(length) = text.get(start..).and_then(|rest| rest.find(']'))
    {
        text.replace_range(start..=start + length, "");
    }
    let text = text.replace("---", "").replace("--", "").replace("...", "");
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            word.chars()
                .filter(|&each| each.is_alphanumeric() || matches!(each, '_' | '-' | '.'))
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect();
    let id = words.join("-");
    let id = id.trim_start_matches(|each: char| !each.is_alphabetic());
    if id.is_empty() { "section".to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests;
