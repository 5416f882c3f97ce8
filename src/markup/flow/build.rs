//! Builds the flow: one walk over the tree, with the HTML in it opened and closed as a browser would.

use super::element::{Element, badge_label, block_kind, element, is_folded};
use super::{Block, BlockKind, Flow, Run, RunKind, RunLink, Style};
use crate::markup::html::{self, Tag, Token};
use crate::markup::{Cooked, Doc, Foreign, Kind, Node, cook, decode_entities};
use crate::text::{Span, slice};

/// How far up the open elements an end tag is looked for; deeper ones are taken for strays.
const REACH: usize = 256;

pub(super) fn build(text: &str, doc: &Doc) -> Flow {
    let mut builder = Builder::new(text, doc);
    let mut ends: Vec<(u32, usize, u32)> = Vec::new();
    let mut index = 0;
    while (index as usize) < doc.nodes.len() {
        while let Some(&(end, depth, at)) = ends.last() {
            if index < end {
                break;
            }
            ends.pop();
            builder.close_to(depth, at);
        }
        let node = &doc.nodes[index as usize];
        let depth = builder.open.len();
        if builder.enter(index, node) {
            ends.push((node.end, depth, node.span.end));
            index += 1;
        } else {
            index = node.end.max(index + 1);
        }
    }
    while let Some((_, depth, at)) = ends.pop() {
        builder.close_to(depth, at);
    }
    builder.finish()
}

/// Something that is open: a block, a style or a link, of Markdown or HTML.
struct Open {
    /// The HTML element's name; `None` for Markdown.
    name: Option<Box<str>>,
    /// The block it opened.
    block: Option<u32>,
    /// What held before it.
    style: Style,
    link: Option<u32>,
    code: bool,
    hidden: bool,
}

struct Builder<'t> {
    text: &'t str,
    doc: &'t Doc,
    flow: Flow,
    open: Vec<Open>,
    /// The innermost open block.
    block: u32,
    style: Style,
    link: Option<u32>,
    code: bool,
    hidden: bool,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, doc: &'t Doc) -> Self {
        let hides = |kind: Foreign| matches!(kind, Foreign::LiquidTag | Foreign::Extension);
        let hidden = doc.foreign.iter().filter(|(kind, _)| hides(*kind)).map(|(_, span)| *span);
        let mut flow = Flow { hidden: hidden.collect(), ..Flow::default() };
        flow.blocks.push(Block {
            kind: BlockKind::Root,
            span: Span::at(0, text.len()),
            parent: 0,
            end: 0,
            run_start: 0,
            run_end: 0,
            class: Box::default(),
            folded: false,
        });
        Self {
            text,
            doc,
            flow,
            open: Vec::new(),
            block: 0,
            style: Style::default(),
            link: None,
            code: false,
            hidden: false,
        }
    }

    fn finish(mut self) -> Flow {
        self.close_to(0, self.text.len() as u32);
        self.close_leaf();
        let (blocks, runs) = (self.flow.blocks.len() as u32, self.flow.runs.len() as u32);
        let root = &mut self.flow.blocks[0];
        root.end = blocks;
        root.run_end = runs;
        self.flow
    }

    /// Opens a node; `false` when its children are not to be visited.
    fn enter(&mut self, index: u32, node: &Node) -> bool {
        match &node.kind {
            Kind::Document => {}
            Kind::Paragraph => self.open_md_block(BlockKind::Text, node.span),
            Kind::Heading(level) => self.open_md_block(BlockKind::Heading(*level), node.span),
            Kind::List { ordered } => self.open_md_block(BlockKind::List { ordered: *ordered }, node.span),
            Kind::Item => self.open_md_block(BlockKind::Item, node.span),
            Kind::Quote => self.open_md_block(BlockKind::Quote, node.span),
            Kind::Footnote => self.open_md_block(BlockKind::Box, node.span),
            Kind::Table => self.open_md_block(BlockKind::Table, node.span),
            Kind::Row => self.open_md_block(BlockKind::Row, node.span),
            Kind::Cell => self.open_md_block(BlockKind::Cell, node.span),
            Kind::CodeBlock => self.open_md_block(BlockKind::Code, node.span),
            Kind::Rule | Kind::FootnoteReference => return false,
            Kind::HtmlBlock | Kind::HtmlInline => {
                self.html(index, matches!(node.kind, Kind::HtmlBlock));
                return false;
            }
            Kind::Text => {
                self.prose(node);
                return false;
            }
            Kind::SoftBreak => self.soft_break(node.span),
            Kind::HardBreak => self.push(RunKind::Break, node.span, None),
            Kind::Code => {
                let shown = slice(self.text, node.span).trim_matches('`').trim();
                self.push(RunKind::Code, node.span, Some(shown.into()));
                return false;
            }
            Kind::Math => {
                self.push(RunKind::Math, node.span, None);
                return false;
            }
            Kind::Bracketed => {
                let attributes = Span::new(node.span.end, self.text.len() as u32);
                let list = slice(self.text, attributes).split('}').next().unwrap_or_default();
                self.open_style(None, super::element::style_of_list(list));
            }
            Kind::Emph => self.open_style(None, Style::EMPH),
            Kind::Strong => self.open_style(None, Style::STRONG),
            Kind::Strike => self.open_style(None, Style::STRIKE),
            Kind::Link(destination) => {
                self.open_link(None, &destination.target, node.span, destination.target_span);
            }
            Kind::Image(destination) => {
                let mut alt = String::new();
                for child in &self.doc.nodes[index as usize + 1..node.end as usize] {
                    if matches!(child.kind, Kind::Text | Kind::Code) {
                        alt.push_str(&cook(slice(self.text, child.span), child.span.start).text);
                    }
                }
                self.image(&alt, &destination.target, node.span);
                return false;
            }
        }
        true
    }

    // ---- blocks -------------------------------------------------------------------------------

    fn open_md_block(&mut self, kind: BlockKind, span: Span) {
        self.open_block(None, kind, span, Box::default());
    }

    fn open_block(&mut self, name: Option<Box<str>>, kind: BlockKind, span: Span, class: Box<str>) {
        self.close_leaf();
        let index = self.push_block(kind, span, class);
        self.remember(name, Some(index));
        self.block = index;
    }

    fn push_block(&mut self, kind: BlockKind, span: Span, class: Box<str>) -> u32 {
        let index = self.flow.blocks.len() as u32;
        let run_start = self.flow.runs.len() as u32;
        let parent = self.block;
        self.flow.blocks.push(Block {
            kind,
            span,
            parent,
            end: index + 1,
            run_start,
            run_end: run_start,
            class,
            folded: self.flow.blocks[parent as usize].folded,
        });
        index
    }

    /// Ends the text that was opened only because text stood outside any paragraph.
    fn close_leaf(&mut self) {
        let opened = self.open.iter().rev().find_map(|open| open.block).unwrap_or(0);
        if self.block != opened {
            self.seal(self.block, None);
            self.block = opened;
        }
    }

    fn seal(&mut self, index: u32, end: Option<u32>) {
        let (blocks, runs) = (self.flow.blocks.len() as u32, self.flow.runs.len() as u32);
        let last = self.flow.runs.last().map(|run| run.span.end);
        let block = &mut self.flow.blocks[index as usize];
        block.end = blocks;
        block.run_end = runs;
        let end = end.or(if runs > block.run_start { last } else { None });
        if let Some(end) = end {
            block.span.end = block.span.end.max(end);
        }
    }

    fn remember(&mut self, name: Option<Box<str>>, block: Option<u32>) {
        let (style, link, code, hidden) = (self.style, self.link, self.code, self.hidden);
        self.open.push(Open { name, block, style, link, code, hidden });
    }

    fn open_style(&mut self, name: Option<Box<str>>, style: Style) {
        self.remember(name, None);
        self.style = self.style.with(style);
    }

    fn open_link(&mut self, name: Option<Box<str>>, target: &str, span: Span, target_span: Option<Span>) {
        self.remember(name, None);
        self.link = Some(self.flow.links.len() as u32);
        self.flow.links.push(RunLink { target: target.into(), span, target_span });
    }

    /// Closes what was opened since `depth`; `at` is where the innermost of it ends.
    fn close_to(&mut self, depth: usize, at: u32) {
        while self.open.len() > depth {
            if self.open.last().is_some_and(|open| open.block.is_some()) {
                self.close_leaf();
            }
            let Some(open) = self.open.pop() else { break };
            if let Some(index) = open.block {
                let end = if open.name.is_some() || self.open.len() == depth { Some(at) } else { None };
                self.seal(index, end);
                self.block = self.flow.blocks[index as usize].parent;
            } else if self.link != open.link
                && let Some(link) = self.link
                && open.name.is_some()
            {
                let span = &mut self.flow.links[link as usize].span;
                span.end = span.end.max(at);
            }
            self.style = open.style;
            self.link = open.link;
            self.code = open.code;
            self.hidden = open.hidden;
        }
    }

    // ---- HTML ---------------------------------------------------------------------------------

    fn html(&mut self, index: u32, block: bool) {
        for token in self.doc.html(index) {
            match token {
                Token::Start(tag) => self.start_tag(tag),
                Token::End { name, span } => self.end_tag(name, *span),
                Token::Text(span) if block => self.html_text(*span),
                Token::Text(_) | Token::Silent(_) => {}
            }
        }
    }

    fn start_tag(&mut self, tag: &Tag) {
        match &*tag.name {
            "br" => return self.push(RunKind::Break, tag.span, None),
            "hr" => return self.close_leaf(),
            "img" => return self.image(tag.value("alt"), tag.value("src"), tag.span),
            name if html::is_void(name) => return,
            _ => {}
        }
        let element = element(tag);
        if let Element::Block(kind) = element {
            self.imply_ends(&tag.name, kind, tag.span.start);
            let class = tag.value("class").into();
            self.open_block(Some(tag.name.clone()), kind, tag.span, class);
            self.flow.blocks[self.block as usize].folded |= is_folded(tag);
            self.code |= kind == BlockKind::Code;
        } else if tag.self_closing {
            return;
        }
        let name = Some(tag.name.clone());
        match element {
            Element::Block(_) => {}
            Element::Style(style) => self.open_style(name, style),
            Element::Link => match tag.attr("href") {
                Some(href) => self.open_link(name, &href.value, tag.span, Some(href.span)),
                None => self.remember(name, None),
            },
            Element::Code => {
                self.remember(name, None);
                self.code = true;
            }
            Element::Hidden => {
                self.remember(name, None);
                self.hidden = true;
            }
            Element::Plain => self.remember(name, None),
        }
    }

    /// Ends the elements whose end tag may be left out before an element of this kind.
    fn imply_ends(&mut self, name: &str, kind: BlockKind, at: u32) {
        let ends: &[&str] = match (kind, name) {
            (BlockKind::Item, _) => &["li", "p"],
            (BlockKind::Row, _) => &["tr", "td", "th", "p"],
            (BlockKind::Cell, _) => &["td", "th", "p"],
            (_, "dt" | "dd") => &["dt", "dd", "p"],
            _ => &["p"],
        };
        let floor = self.open.len().saturating_sub(REACH);
        for depth in (floor..self.open.len()).rev() {
            let open = &self.open[depth];
            let Some(name) = &open.name else { return };
            if ends.contains(&&**name) {
                self.close_to(depth, at);
                return self.imply_ends_again(ends, at);
            }
            if open.block.is_some() {
                return;
            }
        }
    }

    fn imply_ends_again(&mut self, ends: &[&str], at: u32) {
        while let Some(open) = self.open.last()
            && open.name.as_ref().is_some_and(|name| ends.contains(&&**name))
        {
            self.close_to(self.open.len() - 1, at);
        }
    }

    fn end_tag(&mut self, name: &str, span: Span) {
        let block = block_kind(name).is_some();
        let floor = self.open.len().saturating_sub(REACH);
        for depth in (floor..self.open.len()).rev() {
            let open = &self.open[depth];
            match &open.name {
                Some(opened) if **opened == *name => return self.close_to(depth, span.end),
                // An inline element does not end across a block, nor HTML across Markdown.
                None => return,
                Some(_) if !block && open.block.is_some() => return,
                Some(_) => {}
            }
        }
    }

    // ---- text ---------------------------------------------------------------------------------

    /// Text of Markdown: foreign constructs are cut out of it, escapes and entities decoded.
    fn prose(&mut self, node: &Node) {
        let doc = self.doc;
        let mut from = node.span.start;
        for &(kind, span) in doc.foreign_in(node.span) {
            self.markdown(Span::new(from, span.start));
            if matches!(kind, Foreign::LiquidOutput | Foreign::Shortcode) {
                self.push(RunKind::Unknown, span, None);
            }
            from = from.max(span.end);
        }
        self.markdown(Span::new(from, node.span.end));
    }

    fn markdown(&mut self, span: Span) {
        let raw = slice(self.text, span);
        if memchr::memchr2(b'\\', b'&', raw.as_bytes()).is_some() {
            self.pieces(&cook(raw, span.start));
        } else {
            self.plain(span);
        }
    }

    /// Text that is shown as it stands in the source.
    fn plain(&mut self, span: Span) {
        if !span.is_empty() {
            self.push(if self.code { RunKind::Code } else { RunKind::Text }, span, None);
        }
    }

    /// A line's end: a space, or behind two backslashes the break that kramdown makes of them.
    fn soft_break(&mut self, span: Span) {
        let is_double = |run: &Run| run.shown.as_deref() == Some("\\") && run.span.len() == 2;
        if self.flow.runs.last().is_some_and(is_double) {
            self.flow.runs.pop();
            self.push(RunKind::Break, span, None);
        } else if self.drops_backslash() {
            self.push(RunKind::Break, span, None);
        } else {
            self.push(RunKind::Space, span, None);
        }
    }

    /// Takes a backslash with blanks behind it off the end of a line: a break was meant.
    fn drops_backslash(&mut self) -> bool {
        let Some(run) =
            self.flow.runs.last_mut().filter(|run| run.kind == RunKind::Text && run.shown.is_none())
        else {
            return false;
        };
        let text = slice(self.text, run.span);
        let Some(rest) = text.trim_end().strip_suffix('\\') else { return false };
        run.span.end = run.span.start + rest.len() as u32;
        if rest.is_empty() {
            self.flow.runs.pop();
        }
        true
    }

    /// Text of HTML: white space folds, a line break is a space.
    fn html_text(&mut self, span: Span) {
        let doc = self.doc;
        let mut from = span.start;
        for &(kind, foreign) in doc.foreign_in(span) {
            self.lines(Span::new(from, foreign.start));
            if matches!(kind, Foreign::LiquidOutput | Foreign::Shortcode) {
                self.push(RunKind::Unknown, foreign, None);
            }
            from = from.max(foreign.end);
        }
        self.lines(Span::new(from, span.end.max(from)));
    }

    fn lines(&mut self, span: Span) {
        let text = slice(self.text, span);
        let mut at = span.start;
        for line in text.split_inclusive('\n') {
            let body = line.trim();
            let lead = (line.len() - line.trim_start().len()) as u32;
            if lead > 0 && !body.is_empty() {
                self.push(RunKind::Space, Span::new(at, at + lead), None);
            }
            if body.contains('&') {
                self.pieces(&decode_entities(body, at + lead));
            } else {
                self.plain(Span::new(at + lead, at + lead + body.len() as u32));
            }
            let trail = line.len() as u32 - lead - body.len() as u32;
            if trail > 0 || body.is_empty() {
                self.push(
                    RunKind::Space,
                    Span::new(at + line.len() as u32 - trail.max(1), at + line.len() as u32),
                    None,
                );
            }
            at += line.len() as u32;
        }
    }

    fn pieces(&mut self, cooked: &Cooked) {
        for (index, &(at, span)) in cooked.parts.iter().enumerate() {
            let end = cooked.parts.get(index + 1).map_or(cooked.text.len(), |(at, _)| *at as usize);
            let shown = &cooked.text[at as usize..end];
            let exact = shown == slice(self.text, span);
            let kind = if self.code { RunKind::Code } else { RunKind::Text };
            self.push(kind, span, if exact { None } else { Some(shown.into()) });
        }
    }

    fn image(&mut self, alt: &str, target: &str, span: Span) {
        let shown = if alt.trim().is_empty() {
            badge_label(target).unwrap_or_default()
        } else {
            alt.trim().to_owned()
        };
        self.push(RunKind::Image, span, Some(shown.into()));
    }

    fn push(&mut self, kind: RunKind, span: Span, shown: Option<Box<str>>) {
        if self.hidden || self.flow.is_hidden(span) {
            return;
        }
        let in_leaf = matches!(
            self.flow.blocks[self.block as usize].kind,
            BlockKind::Text | BlockKind::Heading(_) | BlockKind::Code
        );
        if !in_leaf {
            if kind == RunKind::Space {
                return;
            }
            self.block = self.push_block(BlockKind::Text, Span::new(span.start, span.end), Box::default());
        }
        // White space folds: neither a space at the start of a block, nor after a space or break.
        let start = self.flow.blocks[self.block as usize].run_start as usize;
        if kind == RunKind::Space
            && self.flow.runs[start..]
                .last()
                .is_none_or(|run| matches!(run.kind, RunKind::Space | RunKind::Break))
        {
            return;
        }
        self.flow.runs.push(Run { kind, span, shown, style: self.style, link: self.link });
    }
}
