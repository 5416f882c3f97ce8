//! A page as its reader sees it: blocks of text in order, whether they were written in Markdown or
//! in HTML.
//!
//! Everything that asks *what does this page say* (publications, people, words) reads the flow;
//! everything that asks *how is it written* (broken links, broken syntax) reads the tree.

mod build;
mod element;

use super::{Cooked, Doc};
use crate::text::{Span, slice};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The page.
    Root,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph, or text directly inside an item or a box.
    Text,
    /// A list, numbered or not.
    List {
        /// Numbered.
        ordered: bool,
    },
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// A `div`, `section`, `article` or other HTML block element, or a Pandoc `:::` division.
    Box,
    /// A code block: its content is not read.
    Code,
}

/// A block; blocks lie in document order, each knowing where its subtree ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes.
    pub span: Span,
    /// The index of its parent; 0 for the root.
    pub parent: u32,
    /// One past the last block of its subtree.
    pub end: u32,
    /// Its first run, counting those of its subtree.
    pub run_start: u32,
    /// One past its last run, counting those of its subtree.
    pub run_end: u32,
    /// The `class` of an HTML element; empty for Markdown.
    pub class: Box<str>,
    /// Not shown until the reader asks for it (`display: none`), as abstracts often are.
    pub folded: bool,
}

/// How a run looks. Several may hold at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style(u16);

impl Style {
    /// Bold.
    pub const STRONG: Style = Style(1);
    /// Italic.
    pub const EMPH: Style = Style(2);
    /// Underlined (`<u>`, `<ins>`).
    pub const UNDERLINE: Style = Style(4);
    /// Struck out.
    pub const STRIKE: Style = Style(8);
    /// Raised (`<sup>`).
    pub const SUPER: Style = Style(16);
    /// Lowered (`<sub>`).
    pub const SUB: Style = Style(32);
    /// Coloured, marked, or given a class that says "me".
    pub const COLOUR: Style = Style(64);
    /// Small or grey print.
    pub const SMALL: Style = Style(128);

    /// Whether any of the styles of `other` holds.
    pub const fn any(self, other: Style) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Style) -> Style {
        Style(self.0 | other.0)
    }
}

/// What a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// Text.
    Text,
    /// A line break in the source, shown as a space.
    Space,
    /// A line break that shows.
    Break,
    /// Code.
    Code,
    /// Mathematics.
    Math,
    /// An image: the text is its alternative text, or the label that its badge address carries.
    Image,
    /// Liquid output or a shortcode: something is shown that we do not know.
    Unknown,
}

/// A stretch of text of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub kind: RunKind,
    /// Its bytes.
    pub span: Span,
    /// The text as the reader sees it, where it differs from the bytes: a run of text is split so that
    /// its other parts map byte for byte.
    pub shown: Option<Box<str>>,
    /// How it looks.
    pub style: Style,
    /// The link it stands in, as an index into [`Flow::links`].
    pub link: Option<u32>,
}

/// A link that encloses runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunLink {
    /// The target, decoded.
    pub target: Box<str>,
    /// The whole link, from the opening bracket or tag to the closing one.
    pub span: Span,
    /// The bytes of the target, where known.
    pub target_span: Option<Span>,
}

/// The blocks, runs and links of a page in reading order. Comments, scripts and hidden elements are
/// not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Blocks; the first is the root.
    pub blocks: Vec<Block>,
    /// Runs.
    pub runs: Vec<Run>,
    /// Links.
    pub links: Vec<RunLink>,
    /// Liquid tags and kramdown extensions, a comment's body included, in order.
    hidden: Vec<Span>,
}

impl Run {
    /// The text as the reader sees it; a break in the source is a space, one that shows a newline.
    pub fn text<'t>(&'t self, source: &'t str) -> &'t str {
        match (&self.shown, self.kind) {
            (Some(shown), _) => shown,
            (None, RunKind::Space) => " ",
            (None, RunKind::Break) => "\n",
            (None, RunKind::Unknown) => "",
            (None, _) => slice(source, self.span),
        }
    }
}

impl Flow {
    /// Reads a parsed page the way its visitors do.
    pub fn new(text: &str, doc: &Doc) -> Self {
        build::build(text, doc)
    }

    /// The text of some runs as one string that maps back to the source.
    pub fn cooked(source: &str, runs: &[Run]) -> Cooked {
        let mut out = Cooked::default();
        for run in runs {
            out.push(run.text(source), run.span);
        }
        out
    }

    /// Whether what starts at a span's first byte stands inside a Liquid tag or comment, or one of kramdown.
    pub fn is_hidden(&self, span: Span) -> bool {
        let index = self.hidden.partition_point(|hidden| hidden.end <= span.start);
        self.hidden.get(index).is_some_and(|hidden| hidden.start <= span.start)
    }

    /// The nearest block around `index`, itself included, of which `test` holds.
    pub fn around(&self, mut index: u32, test: impl Fn(&Block) -> bool) -> Option<u32> {
        loop {
            let block = self.blocks.get(index as usize)?;
            if test(block) {
                return Some(index);
            }
            if index == 0 {
                return None;
            }
            index = block.parent;
        }
    }

    /// The direct children of a block.
    pub fn children(&self, index: u32) -> impl Iterator<Item = (u32, &Block)> {
        let end = self.blocks.get(index as usize).map_or(0, |block| block.end);
        let mut next = index + 1;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let child = next;
            let block = &self.blocks[child as usize];
            next = block.end;
            Some((child, block))
        })
    }

    /// The runs of a block and of its subtree.
    pub fn runs_of(&self, block: &Block) -> &[Run] {
        &self.runs[block.run_start as usize..block.run_end as usize]
    }
}
