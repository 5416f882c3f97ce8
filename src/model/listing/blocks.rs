//! Entries among the blocks of a page: list items, cards, rows, paragraphs and headings.
//!
//! The idea: an entry is the largest block that holds exactly one author list. Where paragraphs stand
//! side by side, each author list takes the paragraph or heading that carries its title with it.

use super::Candidate;
use super::section::{Section, SectionKind, Sections, heading_spot, kind};
use crate::markup::{Block, BlockKind, Flow};
use crate::model::entry::{EntryText, author_runs, segments};
use crate::model::identifier;
use crate::text::Span;

/// What a leaf block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leaf {
    /// An author list.
    Authors,
    /// One or two names, which may be an author list where no better one stands in the same entry.
    Names,
    /// A heading that opens a section.
    Heading,
    /// Other text.
    Text,
}

struct Finder<'a> {
    flow: &'a Flow,
    source: &'a str,
    /// For each block, what it holds; containers hold [`Leaf::Text`].
    leaves: Vec<Leaf>,
    /// Number of author lists before each block, so that a subtree's count is a difference.
    before: Vec<u32>,
    sections: Sections,
    out: Vec<Candidate>,
    readme: bool,
}

/// The candidates of a page in reading order.
pub(super) fn candidates(flow: &Flow, source: &str, page: Section, readme: bool) -> Vec<Candidate> {
    if flow.blocks.is_empty() {
        return Vec::new();
    }
    let mut leaves: Vec<Leaf> = flow
        .blocks
        .iter()
        .enumerate()
        .map(|(index, block)| leaf(flow, source, index as u32, block))
        .collect();
    settle(flow, &mut leaves);
    let mut before = Vec::with_capacity(leaves.len() + 1);
    let mut count = 0;
    for leaf in &leaves {
        before.push(count);
        count += u32::from(*leaf == Leaf::Authors);
    }
    before.push(count);
    let mut finder =
        Finder { flow, source, leaves, before, sections: Sections::new(page), out: Vec::new(), readme };
    finder.walk();
    finder.out
}

fn is_leaf(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Text | BlockKind::Heading(_)) && !block.folded
}

fn leaf(flow: &Flow, source: &str, index: u32, block: &Block) -> Leaf {
    if !is_leaf(block) || block.run_end == block.run_start {
        return Leaf::Text;
    }
    let classed = |word: &str| {
        let parent = &flow.blocks[block.parent as usize];
        block.class.to_ascii_lowercase().contains(word) || parent.class.to_ascii_lowercase().contains(word)
    };
    if classed("title") && !classed("author") {
        return Leaf::Text;
    }
    let entry = EntryText::new(flow, source, &[index]);
    if has_label(entry.text()) {
        return Leaf::Text;
    }
    if let BlockKind::Heading(_) = block.kind
        && kind(entry.text()) != SectionKind::Unknown
    {
        return Leaf::Heading;
    }
    let best = author_runs(&entry, &segments(&entry)).into_iter().map(|run| run.score).max().unwrap_or(0);
    match block.kind {
        _ if best >= 8 => Leaf::Authors,
        // A list of one or two names: enough where little else stands in the block.
        BlockKind::Text if best >= 5 || (best >= 1 && has_list_shape(flow, index)) => Leaf::Names,
        // `Sanjay, V. Singular jets`
        BlockKind::Heading(_) if best >= 5 => Leaf::Authors,
        BlockKind::Heading(_) => Leaf::Heading,
        _ => Leaf::Text,
    }
}

/// Whether a line opens with a label that announces no authors (`Keywords: …`, `TL;DR: …`).
fn has_label(text: &str) -> bool {
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    let label = label.trim().to_lowercase();
    [
        "keyword",
        "keywords",
        "key words",
        "tl;dr",
        "tldr",
        "code",
        "dataset",
        "datasets",
        "topics",
        "tags",
        "venue",
        "summary",
        "abstract",
    ]
    .contains(&label.as_str())
}

/// Decides which blocks with few names are author lists: those of entries that have no longer one.
fn settle(flow: &Flow, leaves: &mut [Leaf]) {
    for index in 0..leaves.len() {
        if leaves[index] != Leaf::Names {
            continue;
        }
        let entry = flow.around(index as u32, |block| {
            matches!(block.kind, BlockKind::Item | BlockKind::Row)
                || (block.kind == BlockKind::Box && !block.class.is_empty())
        });
        let range = entry.map_or(index as u32..index as u32 + 1, |entry| {
            let block = &flow.blocks[entry as usize];
            // A box may be the authors' own: the box around it is the card.
            let parent = &flow.blocks[block.parent as usize];
            if block.kind == BlockKind::Box && parent.kind == BlockKind::Box {
                block.parent..parent.end
            } else {
                entry..block.end
            }
        });
        // A long range holds many entries: each decides for itself.
        let better = range.take(64).any(|at| leaves[at as usize] == Leaf::Authors)
            || entry.is_some_and(|entry| is_note(flow, leaves, entry));
        leaves[index] = if better { Leaf::Text } else { Leaf::Authors };
    }
}

/// Whether an item is a note in a card that has its author list above the notes.
fn is_note(flow: &Flow, leaves: &[Leaf], item: u32) -> bool {
    let list = flow.blocks[item as usize].parent;
    let card = flow.blocks[list as usize].parent;
    flow.blocks[card as usize].kind == BlockKind::Box
        && (card..list)
            .rev()
            .take(64)
            .any(|at| leaves[at as usize] == Leaf::Authors && flow.blocks[at as usize].parent == card)
}

/// Whether the block is an item of a list by itself, or a block whose class speaks of authors.
fn has_list_shape(flow: &Flow, index: u32) -> bool {
    let parent = &flow.blocks[flow.blocks[index as usize].parent as usize];
    let own = &flow.blocks[index as usize];
    parent.kind == BlockKind::Item
        || [&own.class, &parent.class].iter().any(|class| class.to_ascii_lowercase().contains("author"))
}

impl Finder<'_> {
    /// Walks the blocks from top to bottom.
    fn walk(&mut self) {
        let mut index = 1;
        while (index as usize) < self.flow.blocks.len() {
            index = self.visit(index);
        }
    }

    fn authors_in(&self, index: u32) -> u32 {
        let end = self.flow.blocks[index as usize].end;
        self.before[end as usize] - self.before[index as usize]
    }

    /// Visits a block; returns the next to visit: its first child, or what follows its subtree.
    fn visit(&mut self, index: u32) -> u32 {
        let block = &self.flow.blocks[index as usize];
        if let BlockKind::Heading(level) = block.kind {
            if self.leaves[index as usize] == Leaf::Heading && !self.is_title_heading(index) {
                let spot = heading_spot(self.flow, self.source, block);
                self.sections.enter(level, spot);
            } else if self.leaves[index as usize] == Leaf::Authors {
                // "Highlights" below the last entry ends where the next entry begins.
                self.sections.leave(level);
                self.take_leaf(index);
            }
            return block.end;
        }
        let count = self.authors_in(index);
        let section = self.sections.current();
        let entry_like =
            matches!(block.kind, BlockKind::Item | BlockKind::Row | BlockKind::Box | BlockKind::Quote);
        if entry_like && count == 1 && !self.opens_section(index) && !self.is_wrapper(index) {
            self.take_block(index, section);
            return block.end;
        }
        if entry_like
            && block.kind != BlockKind::Box
            && count == 0
            && (section.kind == SectionKind::Publications || (self.readme && self.names_paper(index)))
        {
            self.take_block(index, section);
            return block.end;
        }
        if is_leaf(block) && self.leaves[index as usize] == Leaf::Authors {
            self.take_leaf(index);
            return block.end;
        }
        if block.kind == BlockKind::Item && count > 1 {
            return self.item_with_several(index, section);
        }
        index + 1
    }

    /// Whether an item of a list links to a paper by its identifier, and holds no list of its own.
    fn names_paper(&self, index: u32) -> bool {
        let block = &self.flow.blocks[index as usize];
        block.kind == BlockKind::Item
            && !self.flow.children(index).any(|(_, child)| matches!(child.kind, BlockKind::List { .. }))
            && self.flow.runs_of(block).iter().any(|run| {
                run.link
                    .is_some_and(|link| identifier::in_url(&self.flow.links[link as usize].target).is_some())
            })
    }

    /// An item with several author lists: a nested list of entries, or an entry with notes on others.
    fn item_with_several(&mut self, index: u32, section: Section) -> u32 {
        let block = &self.flow.blocks[index as usize];
        let own: Vec<u32> = self
            .flow
            .children(index)
            .filter(|(_, child)| !matches!(child.kind, BlockKind::List { .. }))
            .map(|(child, _)| child)
            .collect();
        let own_count: u32 = own.iter().map(|child| self.authors_in(*child)).sum();
        let nested = self.authors_in(index) - own_count;
        if own_count >= 1 && (own_count > 1 || nested < 3) {
            self.take_block(index, section);
            return block.end;
        }
        index + 1
    }

    /// Whether a block holds a heading that opens a section of its own.
    fn opens_section(&self, index: u32) -> bool {
        let block = &self.flow.blocks[index as usize];
        block.kind == BlockKind::Box
            && (index..block.end).any(|at| {
                let inner = &self.flow.blocks[at as usize];
                matches!(inner.kind, BlockKind::Heading(_))
                    && kind(&heading_spot(self.flow, self.source, inner).text) != SectionKind::Unknown
            })
    }

    /// Whether a box only wraps another box or list that is the entry itself.
    fn is_wrapper(&self, index: u32) -> bool {
        let block = &self.flow.blocks[index as usize];
        if block.kind != BlockKind::Box {
            return false;
        }
        let lists = self
            .flow
            .children(index)
            .filter(|(_, child)| matches!(child.kind, BlockKind::List { .. } | BlockKind::Table))
            .count();
        let text: usize = self.flow.children(index).filter(|(_, child)| is_leaf(child)).count();
        lists > 0 && text == 0 && self.flow.children(index).count() == lists
    }

    /// Whether a heading is the title of the entry whose authors follow at once.
    fn is_title_heading(&self, index: u32) -> bool {
        let block = &self.flow.blocks[index as usize];
        if kind(&heading_spot(self.flow, self.source, block).text) != SectionKind::Unknown {
            return false;
        }
        let words = Flow::cooked(self.source, self.flow.runs_of(block)).text.split_whitespace().count();
        words >= 4
            && self
                .flow
                .blocks
                .get(block.end as usize)
                .is_some_and(|next| next.parent == block.parent && is_leaf(next))
            && self.leaves.get(block.end as usize) == Some(&Leaf::Authors)
    }

    fn leaves_of(&self, index: u32) -> Vec<u32> {
        let block = &self.flow.blocks[index as usize];
        (index..block.end).filter(|at| is_leaf(&self.flow.blocks[*at as usize])).collect()
    }

    fn take_block(&mut self, index: u32, section: Section) {
        let mut leaves = self.leaves_of(index);
        // Notes in a nested list belong to the entry, but its parts stand above them, unless the authors are there.
        let block = &self.flow.blocks[index as usize];
        let nested = (index + 1..block.end)
            .find(|at| matches!(self.flow.blocks[*at as usize].kind, BlockKind::List { .. }));
        if let Some(nested) = nested
            && block.kind == BlockKind::Item
        {
            let above: Vec<u32> = leaves.iter().copied().filter(|leaf| *leaf < nested).collect();
            if above.iter().any(|leaf| self.leaves[*leaf as usize] == Leaf::Authors) {
                leaves = above;
            }
        }
        self.out.push(Candidate { leaves, span: block.span, section });
    }

    /// An author list in a paragraph of its own: with the heading or paragraph above it where that
    /// carries the title, and the lines below up to the next entry.
    fn take_leaf(&mut self, index: u32) {
        let section = self.sections.current();
        let block = &self.flow.blocks[index as usize];
        let mut leaves = vec![index];
        let mut span = block.span;
        let above = self.flow.blocks[..index as usize].iter().rposition(is_leaf).map(|at| at as u32);
        let entry = EntryText::new(self.flow, self.source, &leaves);
        let parts = crate::model::entry::read(self.flow, &entry);
        if parts.title.is_none()
            && let Some(above) = above
        {
            let other = &self.flow.blocks[above as usize];
            let taken = self.out.last().is_some_and(|last| last.span.overlaps(other.span));
            if other.parent == block.parent
                && other.end == index
                && !taken
                && self.leaves[above as usize] != Leaf::Authors
            {
                leaves.insert(0, above);
                span = span.cover(other.span);
            }
        }
        // What follows at the same level without authors (links, a venue) belongs to the entry.
        let mut next = block.end;
        while let Some(follower) = self.flow.blocks.get(next as usize)
            && follower.parent == block.parent
            && follower.kind == BlockKind::Text
            && self.leaves[next as usize] == Leaf::Text
            && leaves.len() < 4
            && self.flow.blocks.get(follower.end as usize).is_none_or(|after| {
                after.parent != block.parent || self.leaves[follower.end as usize] != Leaf::Authors
            })
            && is_trailer(self.flow, self.source, follower)
        {
            span = span.cover(follower.span);
            next = follower.end;
            leaves.push(next - 1);
        }
        self.out.push(Candidate { leaves, span: Span::new(span.start, span.end), section });
    }
}

/// Whether a paragraph is the tail of an entry: mostly links, or short.
fn is_trailer(flow: &Flow, source: &str, block: &Block) -> bool {
    let runs = flow.runs_of(block);
    let linked = runs.iter().filter(|run| run.link.is_some()).count();
    let text: usize = runs.iter().map(|run| run.text(source).chars().count()).sum();
    text < 60 || linked * 2 >= runs.len()
}
