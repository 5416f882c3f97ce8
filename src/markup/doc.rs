//! The tree of a page: our own nodes with byte spans, owned, `Send` and `Sync`.
//!
//! Nodes lie in one vector in document order, each knowing where its subtree ends, so that a walk
//! is a loop and a subtree is a slice.

use super::html::{Token, tokens_in};
use crate::text::Span;

/// The index of a node in [`Doc::nodes`].
pub type NodeId = u32;

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The whole page; always node 0.
    Document,
    /// A paragraph.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A bulleted or numbered list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
    },
    /// An item of a list.
    Item,
    /// A block quotation.
    Quote,
    /// A fenced or indented code block.
    CodeBlock,
    /// A block of raw HTML; see [`crate::markup::html`].
    HtmlBlock,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// A thematic break.
    Rule,
    /// A footnote's definition.
    Footnote,
    /// Text. Its slice may hold escapes and entities: read it through [`crate::markup::cook`].
    Text,
    /// A line break in the source that shows as a space.
    SoftBreak,
    /// A line break that shows.
    HardBreak,
    /// Code in a line.
    Code,
    /// One raw HTML tag or comment in a line.
    HtmlInline,
    /// Emphasis.
    Emph,
    /// Strong emphasis.
    Strong,
    /// Struck-out text.
    Strike,
    /// Text in brackets with attributes behind it, as Pandoc writes it: `[text]{.me}`, from `[` to `]`.
    Bracketed,
    /// A link.
    Link(Box<Destination>),
    /// An image; its children are its alternative text.
    Image(Box<Destination>),
    /// Mathematics between dollar signs.
    Math,
    /// A reference to a footnote.
    FootnoteReference,
}

impl Kind {
    /// Whether nodes of this kind stand inside a line.
    pub const fn is_inline(&self) -> bool {
        matches!(
            self,
            Kind::Text
                | Kind::SoftBreak
                | Kind::HardBreak
                | Kind::Code
                | Kind::HtmlInline
                | Kind::Emph
                | Kind::Strong
                | Kind::Strike
                | Kind::Bracketed
                | Kind::Link(_)
                | Kind::Image(_)
                | Kind::Math
                | Kind::FootnoteReference
        )
    }
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `[text](target)`.
    Inline,
    /// `[text][label]`, `[label][]` or `[label]`.
    Reference,
    /// `<https://…>` or a bare URL.
    Auto,
}

/// Where a link or image leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The target, escapes and entities decoded; Liquid in it as it stands in the source.
    pub target: Box<str>,
    /// The bytes of the target, without `<` and `>`; for a reference link, in its definition.
    /// `None` when it could not be located.
    pub target_span: Option<Span>,
    /// The bytes of the title with its quotes.
    pub title_span: Option<Span>,
    /// How it was written.
    pub form: Form,
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the true source.
    pub span: Span,
    /// The span could not be confirmed and covers the whole block instead: no fix, no sub-span.
    pub wide: bool,
    /// The parent; 0 for the document itself.
    pub parent: NodeId,
    /// One past the last node of its subtree.
    pub end: NodeId,
}

/// A link reference definition, `[label]: target "title"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The whole definition, without the line ending.
    pub span: Span,
    /// The label between the brackets.
    pub label_span: Span,
    /// The target, without `<` and `>`.
    pub target_span: Span,
    /// The title with its quotes.
    pub title_span: Option<Span>,
}

/// A construct that is not CommonMark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// `{{ … }}` of Liquid.
    LiquidOutput,
    /// `{% … %}` of Liquid; for `comment` and `highlight` with everything up to the end
    /// tag, none of which is parsed.
    LiquidTag,
    /// `{{< … >}}` or `{{% … %}}` of Hugo and Quarto.
    Shortcode,
    /// `{: …}` or `{:name: …}` of kramdown.
    AttributeList,
    /// `{::name …}` or `{:/}` of kramdown; a comment with everything up to its end.
    Extension,
    /// `{#id}`, `{.class}` or `{key="value"}` of Goldmark and Pandoc.
    Attributes,
    /// A `:::` line of Pandoc.
    Fence,
}

/// The front matter of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// Everything, delimiters and the line ending after the last one included.
    pub span: Span,
    /// What stands between the delimiters.
    pub content: Span,
    /// Its language.
    pub language: FrontLanguage,
}

/// The language of front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontLanguage {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// A `{ … }` at the top.
    Json,
}

/// A parsed page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// All nodes in document order; the first is the document, unless the page was not parsed.
    pub nodes: Vec<Node>,
    /// The front matter.
    pub front: Option<FrontMatter>,
    /// Link reference definitions, in order.
    pub definitions: Vec<Definition>,
    /// Constructs that are not CommonMark, in order and disjoint, those in code left out.
    pub foreign: Vec<(Foreign, Span)>,
    /// The tags and text of all HTML.
    tokens: Vec<Token>,
    /// The nodes of HTML in order, each with the end of its tokens.
    html: Vec<(NodeId, u32)>,
}

impl Doc {
    /// A tree whose HTML is split into tags and text.
    pub(super) fn new(
        text: &str,
        nodes: Vec<Node>,
        definitions: Vec<Definition>,
        foreign: Vec<(Foreign, Span)>,
    ) -> Self {
        let mut doc = Self { nodes, definitions, foreign, ..Self::default() };
        let (mut tokens, mut html) = (Vec::new(), Vec::new());
        for (id, node) in
            doc.iter().filter(|(_, node)| matches!(node.kind, Kind::HtmlBlock | Kind::HtmlInline))
        {
            tokens.extend(tokens_in(text, &doc, node.span));
            html.push((id, tokens.len() as u32));
        }
        (doc.tokens, doc.html) = (tokens, html);
        doc
    }

    /// A piece of a file read as HTML.
    pub fn of_html(text: &str, span: Span) -> Self {
        let node = |kind, end| Node { kind, span, wide: false, parent: 0, end };
        let nodes = vec![node(Kind::Document, 2), node(Kind::HtmlBlock, 2)];
        Self::new(text, nodes, Vec::new(), Vec::new())
    }

    /// The tags and text of a node of HTML; nothing for any other.
    pub fn html(&self, id: NodeId) -> &[Token] {
        let Ok(index) = self.html.binary_search_by_key(&id, |(id, _)| *id) else { return &[] };
        let start = index.checked_sub(1).map_or(0, |before| self.html[before].1);
        &self.tokens[start as usize..self.html[index].1 as usize]
    }

    /// The nodes with their indexes, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(id, node)| (id as NodeId, node))
    }

    /// The direct children of a node.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = (NodeId, &Node)> {
        let end = self.nodes.get(id as usize).map_or(0, |node| node.end);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = next;
            let node = &self.nodes[child as usize];
            next = node.end;
            Some((child, node))
        })
    }

    /// The foreign constructs that overlap a span.
    pub fn foreign_in(&self, span: Span) -> impl Iterator<Item = &(Foreign, Span)> {
        let from = self.foreign.partition_point(|(_, each)| each.end <= span.start);
        self.foreign[from..].iter().take_while(move |(_, each)| each.start < span.end)
    }
}
