//! The tags and Markdown nodes of a page in one order, each with what encloses it. It judges nothing.

use crate::markup::html::{Tag, Token};
use crate::markup::{Kind, NodeId};
use crate::model::Page;
use crate::text::Span;

/// A piece of a page.
pub(super) enum Piece<'p> {
    /// A start tag.
    Start(&'p Tag),
    /// An end tag.
    End {
        /// Its name in lower case.
        name: &'p str,
        /// The whole tag.
        span: Span,
    },
    /// Text in an HTML block.
    Text(Span),
    /// A node of the Markdown tree.
    Node(NodeId),
}

/// What kramdown makes of Markdown at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// It stands outside HTML blocks, or in one with a `markdown` attribute.
    Markdown,
    /// It stands in an HTML block without one, and is shown as it is written.
    Raw,
    /// It stands in an element of which that cannot be told.
    Unknown,
}

/// The pieces of a page in order.
pub(super) fn pieces(page: &Page) -> Vec<(Piece<'_>, Inside)> {
    let mut out = Vec::new();
    let mut stack = Stack::default();
    for (id, node) in page.doc.iter() {
        if !matches!(node.kind, Kind::HtmlBlock | Kind::HtmlInline) {
            out.push((Piece::Node(id), stack.inside()));
            continue;
        }
        for token in page.doc.html(id) {
            match token {
                Token::Start(tag) => {
                    let inside = stack.inside();
                    if !tag.self_closing {
                        stack.open(tag);
                    }
                    out.push((Piece::Start(tag), inside));
                }
                Token::End { name, span } => {
                    stack.close(name);
                    out.push((Piece::End { name, span: *span }, stack.inside()));
                }
                Token::Text(span) => out.push((Piece::Text(*span), stack.inside())),
                Token::Silent(_) => {}
            }
        }
    }
    out
}

/// The block elements that are open.
#[derive(Default)]
struct Stack(Vec<(Box<str>, Option<bool>)>);

impl Stack {
    fn open(&mut self, tag: &Tag) {
        if is_block(&tag.name) || is_doubtful(&tag.name) {
            let markdown = tag.attr("markdown").map(|attr| &*attr.value != "0");
            self.0.push((tag.name.clone(), markdown));
        }
    }

    /// Closes the innermost element of a name, and what was left open inside it; not far out, so that
    /// stray end tags cost little.
    fn close(&mut self, name: &str) {
        let depth = self.0.iter().rev().take(32).position(|(open, _)| &**open == name);
        if let Some(depth) = depth {
            self.0.truncate(self.0.len() - depth - 1);
        }
    }

    fn inside(&self) -> Inside {
        let near = || self.0.iter().rev().take(32);
        if let Some(says) = near().find_map(|(_, markdown)| *markdown) {
            return if says { Inside::Markdown } else { Inside::Raw };
        }
        if self.0.is_empty() {
            Inside::Markdown
        } else if near().any(|(name, _)| is_doubtful(name)) {
            Inside::Unknown
        } else {
            Inside::Raw
        }
    }
}

/// Elements whose content kramdown leaves alone.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "div" | "section" | "article" | "table" | "tbody" | "tr" | "td" | "th" | "ul" | "ol" | "figure"
    )
}

/// Elements that versions of kramdown treat in different ways, or that are often left open.
fn is_doubtful(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "center"
            | "details"
            | "summary"
            | "main"
            | "aside"
            | "header"
            | "footer"
            | "nav"
            | "blockquote"
            | "dl"
            | "dd"
            | "dt"
            | "pre"
            | "form"
            | "figcaption"
            | "script"
            | "style"
    )
}
