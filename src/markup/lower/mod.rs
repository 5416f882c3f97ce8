//! comrak's tree → our own, with a confirmed span for each node.
//!
//! It walks the tree once, in a loop, so that depth costs no stack. What a span must look like is
//! [`super::locate`]'s matter.

mod inline;
#[cfg(test)]
mod tests;

use super::foreign::{self, Construct};
use super::locate::{Hint, Lines, Locator};
use super::target::normal_label;
use super::{Definition, Dialect, Doc, Foreign, Form, Kind, Node, NodeId, front, mask};
use crate::text::{Span, slice};
use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Node as Comrak, NodeValue};
use comrak::options::BrokenLinkReference;
use comrak::{Arena, Options, ResolvedReference};
use inline::unknown_destination;
use std::collections::HashMap;
use std::sync::Arc;

pub(super) fn parse(text: &str, dialect: Dialect) -> Doc {
    let front = if dialect == Dialect::Goldmark { front::find_below_blanks(text) } else { front::find(text) };
    let body = front.map_or(0, |front| front.span.end as usize);
    let constructs = foreign::scan(text, body, dialect);
    let masked = mask::mask(text, front, &constructs, dialect);
    let foreign = listed(&constructs);
    let labels = labels(text, &masked.definitions);

    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    // kramdown and Pandoc close emphasis after the punctuation of Chinese and Japanese.
    options.extension.cjk_friendly_emphasis = matches!(dialect, Dialect::Kramdown | Dialect::Pandoc);
    options.parse.leave_footnote_definitions = true;
    if !labels.is_empty() {
        options.parse.broken_link_callback = Some(Arc::new(|link: BrokenLinkReference<'_>| {
            labels
                .contains_key(&normal_label(link.original))
                .then(|| ResolvedReference { url: String::new(), title: String::new() })
        }));
    }
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &masked.text, &options);
    let lowering = Lowering::new(text, masked.text.as_bytes(), dialect, foreign, masked.definitions);
    let mut doc = lowering.run(root);
    doc.front = front;
    doc
}

pub(super) fn parse_html(text: &str) -> Doc {
    let front = front::find(text);
    let body = front.map_or(0, |front| front.span.end);
    let whole = Span::at(0, text.len());
    let rest = Span::new(body, whole.end);
    let has_block = !slice(text, rest).trim().is_empty();
    let count = if has_block { 2 } else { 1 };
    let mut nodes = vec![Node { kind: Kind::Document, span: whole, wide: false, parent: 0, end: count }];
    if has_block {
        nodes.push(Node { kind: Kind::HtmlBlock, span: rest, wide: false, parent: 0, end: count });
    }
    let foreign = listed(&foreign::scan_html(text, body as usize));
    let mut doc = Doc::new(text, nodes, Vec::new(), foreign);
    doc.front = front;
    doc
}

fn listed(constructs: &[Construct]) -> Vec<(Foreign, Span)> {
    constructs.iter().map(|construct| (construct.kind, construct.span)).collect()
}

/// The first definition of each label.
fn labels(text: &str, definitions: &[Definition]) -> HashMap<String, usize> {
    let mut labels = HashMap::with_capacity(definitions.len());
    for (index, definition) in definitions.iter().enumerate() {
        labels.entry(normal_label(slice(text, definition.label_span))).or_insert(index);
    }
    labels
}

/// What closes an open node.
enum Open {
    /// A block.
    Block,
    /// A block that holds text.
    TextBlock,
    /// `*`, `_`, `**`, `__`, `~` or `~~`.
    Delimiter(&'static [u8]),
    /// A bracket: a link or an image.
    Bracket { url: String },
    /// `<`: an autolink.
    Angle { url: String },
    /// A bare URL.
    Bare { url: String },
    /// Nothing can be told.
    Lost,
}

struct Frame {
    id: NodeId,
    open: Open,
    hint: Hint,
    /// Where the last child ends, or the content starts: the next child cannot start before.
    floor: u32,
}

struct Lowering<'a> {
    text: &'a str,
    bytes: &'a [u8],
    lines: Lines,
    dialect: Dialect,
    nodes: Vec<Node>,
    frames: Vec<Frame>,
    locator: Locator<'a>,
    foreign: Vec<(Foreign, Span)>,
    definitions: Vec<Definition>,
    /// Links whose target stands in a definition, with their normal labels.
    references: Vec<(NodeId, String)>,
    /// Inline nodes of the current block that were not found.
    lost: Vec<NodeId>,
    quotes: u32,
    /// HTML elements of block level that are open.
    open_html: i32,
}

impl<'a> Lowering<'a> {
    fn new(
        text: &'a str,
        bytes: &'a [u8],
        dialect: Dialect,
        foreign: Vec<(Foreign, Span)>,
        definitions: Vec<Definition>,
    ) -> Self {
        Self {
            text,
            bytes,
            lines: Lines::new(bytes),
            dialect,
            nodes: Vec::with_capacity(bytes.len() / 24 + 8),
            frames: Vec::new(),
            locator: Locator::new(bytes, 0, 0, 0),
            foreign,
            definitions,
            references: Vec::new(),
            lost: Vec::new(),
            quotes: 0,
            open_html: 0,
        }
    }

    fn run(mut self, root: Comrak<'_>) -> Doc {
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) => self.open(node),
                NodeEdge::End(node) => self.close(node),
            }
        }
        self.resolve_references();
        self.drop_code_from_foreign();
        Doc::new(self.text, self.nodes, self.definitions, self.foreign)
    }

    fn open(&mut self, node: Comrak<'_>) {
        let ast = node.data();
        let hint = self.lines.hint(ast.sourcepos);
        match &ast.value {
            NodeValue::Document => {
                self.push(Kind::Document, Span::at(0, self.text.len()), false);
                self.frames.push(Frame { id: 0, open: Open::Block, hint, floor: 0 });
            }
            NodeValue::Paragraph => self.open_text(Kind::Paragraph, hint),
            NodeValue::Heading(heading) => self.open_text(Kind::Heading(heading.level), hint),
            NodeValue::TableCell => self.open_cell(hint),
            NodeValue::Text(literal) => self.text(hint, literal),
            NodeValue::SoftBreak => {
                let found = self.locator.line_break(false);
                self.leaf(Kind::SoftBreak, found);
            }
            NodeValue::LineBreak => {
                let found = self.locator.line_break(true);
                self.leaf(Kind::HardBreak, found);
            }
            NodeValue::Code(code) => {
                let found = self.locator.code(hint, code.num_backticks);
                self.leaf(Kind::Code, found);
            }
            NodeValue::Math(math) => {
                let found = self.locator.math(hint, if math.display_math { 2 } else { 1 });
                self.leaf(Kind::Math, found);
            }
            NodeValue::HtmlInline(literal) => {
                let found = self.locator.html(hint, literal);
                self.leaf(Kind::HtmlInline, found);
            }
            NodeValue::FootnoteReference(_) => {
                let found = self.locator.footnote(hint);
                self.leaf(Kind::FootnoteReference, found);
            }
            NodeValue::Emph => self.open_delimiter(Kind::Emph, hint, &[b"*", b"_"]),
            NodeValue::Strong => self.open_delimiter(Kind::Strong, hint, &[b"**", b"__"]),
            NodeValue::Strikethrough => self.open_delimiter(Kind::Strike, hint, &[b"~~", b"~"]),
            NodeValue::Link(link) => {
                let child = node.first_child().map(|child| child.data());
                let shown = child.as_ref().and_then(|child| child.value.text());
                self.open_link(hint, &link.url, shown);
            }
            NodeValue::Image(link) => {
                let start = self.locator.open(hint, |rest| rest.starts_with(b"![").then_some(2));
                let kind = Kind::Image(Box::new(unknown_destination(Form::Inline)));
                self.open_inline(kind, hint, start, Open::Bracket { url: link.url.clone() });
            }
            // A fence that is never closed in a list item: comrak loses its end.
            NodeValue::CodeBlock(code) if code.fenced && !code.closed => {
                let lines = memchr::memchr_iter(b'\n', code.literal.as_bytes()).count();
                let end = hint.start.map(|start| self.lines.end_of_line(start, lines));
                self.open_block(Kind::CodeBlock, Hint { start: hint.start, end }, Open::Block);
            }
            other => {
                self.open_block(block_kind(other), hint, Open::Block);
            }
        }
    }

    fn close(&mut self, node: Comrak<'_>) {
        let value = &node.data().value;
        let opened = match value {
            NodeValue::Text(_)
            | NodeValue::SoftBreak
            | NodeValue::LineBreak
            | NodeValue::Code(_)
            | NodeValue::Math(_)
            | NodeValue::HtmlInline(_)
            | NodeValue::FootnoteReference(_) => false,
            // A cell that was added to a short row was not opened.
            NodeValue::TableCell => {
                self.frames.last().is_some_and(|frame| self.nodes[frame.id as usize].kind == Kind::Cell)
            }
            _ => true,
        };
        if !opened {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.open {
            Open::Block | Open::TextBlock => self.close_block(&frame),
            _ => self.close_inline(frame),
        }
    }

    fn push(&mut self, kind: Kind, span: Span, wide: bool) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let parent = self.frames.last().map_or(0, |frame| frame.id);
        self.nodes.push(Node { kind, span, wide, parent, end: id + 1 });
        id
    }

    fn open_block(&mut self, kind: Kind, hint: Hint, open: Open) -> NodeId {
        let floor = self.frames.last().map_or(0, |frame| frame.floor);
        let start = hint.start.filter(|&start| start >= floor as usize && self.text.is_char_boundary(start));
        let wide = start.is_none();
        let start = start.unwrap_or(floor as usize);
        self.quotes += u32::from(kind == Kind::Quote);
        let kind = self.true_kind(kind, start, hint);
        let id = self.push(kind, Span::at(start, start), wide);
        self.frames.push(Frame { id, open, hint, floor: start as u32 });
        id
    }

    /// kramdown reads the content of an HTML element as HTML, so that indentation in it is no code.
    fn true_kind(&mut self, kind: Kind, start: usize, hint: Hint) -> Kind {
        if self.dialect != Dialect::Kramdown {
            return kind;
        }
        let span = Span::at(start, hint.end.unwrap_or(start).max(start));
        let content = slice(self.text, span);
        let indented = kind == Kind::CodeBlock && !content.starts_with(['`', '~']);
        if kind == Kind::HtmlBlock || (indented && self.open_html > 0) {
            self.open_html = (self.open_html + balance(content)).max(0);
            return Kind::HtmlBlock;
        }
        kind
    }

    fn open_text(&mut self, kind: Kind, hint: Hint) {
        let heading = matches!(kind, Kind::Heading(_));
        let id = self.open_block(kind, hint, Open::TextBlock);
        let mut start = self.nodes[id as usize].span.start as usize;
        let limit = hint.end.filter(|&end| end > start).unwrap_or(self.bytes.len());
        if heading {
            let hashes = self.bytes[start..].iter().take_while(|&&byte| byte == b'#').count();
            if matches!(self.bytes.get(start + hashes), None | Some(b' ' | b'\t' | b'\n' | b'\r')) {
                start += hashes;
            }
        } else if self.bytes.get(start) == Some(&b'[') {
            let known = self.definitions.len();
            let after = mask::leading_definitions(self.bytes, start, self.quotes, &mut self.definitions);
            if self.definitions.len() > known {
                start = after.min(limit);
                self.nodes[id as usize].span = Span::at(start, start);
                if let Some(frame) = self.frames.last_mut() {
                    frame.floor = start as u32;
                }
            }
        }
        self.locator = Locator::new(self.bytes, start, limit, self.quotes);
    }

    fn open_cell(&mut self, hint: Hint) {
        let added = match (hint.start, hint.end) {
            (Some(start), Some(end)) if end == start + 1 => {
                matches!(self.bytes.get(start), None | Some(b'|' | b'\n' | b'\r'))
            }
            (None, _) => true,
            (Some(start), _) => start >= self.bytes.len(),
        };
        if added {
            return;
        }
        let id = self.open_block(Kind::Cell, hint, Open::TextBlock);
        let start = self.nodes[id as usize].span.start as usize;
        let limit = hint.end.unwrap_or(start);
        self.locator = Locator::new(self.bytes, start, limit, self.quotes);
    }

    fn close_block(&mut self, frame: &Frame) {
        let id = frame.id as usize;
        let count = self.nodes.len() as NodeId;
        let node = &mut self.nodes[id];
        node.end = count;
        let has_children = count > frame.id + 1;
        let start = node.span.start;
        let content_end = frame.floor;
        let hinted = frame.hint.end.filter(|&end| end as u32 >= content_end.max(start));
        let by_children = matches!(node.kind, Kind::List { .. } | Kind::Item | Kind::Quote | Kind::Footnote);
        let end = match hinted {
            _ if node.kind == Kind::Document => self.text.len() as u32,
            _ if by_children && has_children => content_end,
            Some(end) => trimmed(self.bytes, start as usize, end) as u32,
            None => {
                node.wide |= !has_children && node.kind != Kind::Cell;
                content_end
            }
        };
        node.span = Span::new(if id == 0 { 0 } else { start }, end.max(content_end));
        let span = boundaries(self.text, node.span);
        node.span = span;
        self.quotes -= u32::from(node.kind == Kind::Quote);
        if matches!(frame.open, Open::TextBlock) {
            for lost in self.lost.drain(..) {
                let node = &mut self.nodes[lost as usize];
                node.span = span;
                node.wide = true;
            }
        }
        if let Some(parent) = self.frames.last_mut() {
            parent.floor = parent.floor.max(span.end);
        }
    }

    fn resolve_references(&mut self) {
        self.definitions.sort_by_key(|definition| definition.span.start);
        self.definitions.dedup();
        if self.references.is_empty() {
            return;
        }
        let labels = labels(self.text, &self.definitions);
        for (id, label) in std::mem::take(&mut self.references) {
            let Some(&index) = labels.get(&label) else { continue };
            let Definition { target_span, title_span, .. } = self.definitions[index];
            let target = self.decoded(target_span).into();
            let node = &mut self.nodes[id as usize];
            if let Kind::Link(destination) | Kind::Image(destination) = &mut node.kind {
                destination.target = target;
                if !node.wide {
                    destination.target_span = Some(target_span);
                    destination.title_span = title_span;
                }
            }
        }
    }

    /// Takes constructs that stand in code from the list, and attributes that stand in HTML.
    fn drop_code_from_foreign(&mut self) {
        if self.foreign.is_empty() {
            return;
        }
        let mut opaque = self
            .nodes
            .iter()
            .filter(|node| !node.wide)
            .filter(|node| matches!(node.kind, Kind::Code | Kind::CodeBlock | Kind::HtmlBlock))
            .peekable();
        self.foreign.retain(|(kind, span)| {
            while opaque.next_if(|node| node.span.end <= span.start).is_some() {}
            let Some(node) = opaque.peek().filter(|node| node.span.contains(*span)) else { return true };
            node.kind == Kind::HtmlBlock && !matches!(kind, Foreign::AttributeList | Foreign::Attributes)
        });
    }
}

fn block_kind(value: &NodeValue) -> Kind {
    match value {
        NodeValue::BlockQuote => Kind::Quote,
        NodeValue::List(list) => Kind::List { ordered: list.list_type == comrak::nodes::ListType::Ordered },
        NodeValue::Item(_) | NodeValue::TaskItem(_) => Kind::Item,
        NodeValue::CodeBlock(_) => Kind::CodeBlock,
        NodeValue::HtmlBlock(_) => Kind::HtmlBlock,
        NodeValue::Table(_) => Kind::Table,
        NodeValue::TableRow(_) => Kind::Row,
        NodeValue::ThematicBreak => Kind::Rule,
        NodeValue::FootnoteDefinition(_) => Kind::Footnote,
        _ => Kind::Paragraph,
    }
}

/// Where a block ends without the blanks and line endings after it.
fn trimmed(bytes: &[u8], start: usize, end: usize) -> usize {
    let end = end.min(bytes.len());
    let block = bytes.get(start..end).unwrap_or_default();
    let blanks = block.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    start + block.len() - blanks
}

/// A span whose ends were moved outwards to whole characters.
fn boundaries(text: &str, span: Span) -> Span {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).min(text.len()).max(start);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::at(start, end)
}

/// How many more block elements a piece of HTML opens than it closes.
fn balance(html: &str) -> i32 {
    const NAMES: [&str; 14] = [
        "div", "section", "article", "center", "details", "figure", "table", "tbody", "thead", "tr", "td",
        "ul", "ol", "main",
    ];
    let mut balance = 0;
    let bytes = html.as_bytes();
    for at in memchr::memchr_iter(b'<', bytes) {
        let closing = bytes.get(at + 1) == Some(&b'/');
        let rest = &bytes[at + 1 + usize::from(closing)..];
        let length = rest.iter().take(8).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if NAMES.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&rest[..length])) {
            balance += if closing { -1 } else { 1 };
        }
    }
    balance
}
