//! Entries among the blocks of a page: list items, cards, rows, paragraphs and headings.
//!
//! The idea: an entry is the largest block that holds exactly one author list. Where paragraphs stand
//! side by side, each author list takes the paragraph or heading that carries its title with it.

use super::Candidate;
use super::leaf::{Leaf, Leaves, is_leaf};
use super::section::{Section, SectionKind, Sections, heading_spot};
use crate::markup::{Block, BlockKind, Flow};
use crate::model::entry::{self, Parts};
use crate::model::identifier;
use crate::text::Span;

struct Finder<'a> {
    flow: &'a Flow,
    source: &'a str,
    leaves: Leaves,
    sections: Sections,
    out: Vec<Candidate>,
    readme: bool,
}

/// The candidates of a page in reading order, and what its blocks hold; `None` where there can be none.
pub(super) fn candidates(
    flow: &Flow,
    source: &str,
    page: Section,
    readme: bool,
) -> Option<(Vec<Candidate>, Leaves)> {
    let leaves = Leaves::new(flow, source, &page, readme)?;
    let mut finder = Finder { flow, source, leaves, sections: Sections::new(page), out: Vec::new(), readme };
    finder.walk();
    Some((finder.out, finder.leaves))
}

impl Finder<'_> {
    /// Walks the blocks from top to bottom.
    fn walk(&mut self) {
        let mut index = 1;
        while (index as usize) < self.flow.blocks.len() {
            index = self.visit(index);
        }
    }

    /// Visits a block; returns the next to visit: its first child, or what follows its subtree.
    fn visit(&mut self, index: u32) -> u32 {
        let block = &self.flow.blocks[index as usize];
        if let BlockKind::Heading(level) = block.kind {
            if self.leaves.of(index) == Leaf::Heading && !self.is_title_heading(index) {
                let spot = heading_spot(self.flow, self.source, block);
                self.sections.enter(level, spot, self.leaves.kind(index));
            } else if self.leaves.of(index) == Leaf::Authors {
                // "Highlights" below the last entry ends where the next entry begins.
                self.sections.leave(level);
                self.take_leaf(index);
            }
            return block.end;
        }
        let count = self.leaves.authors_in(self.flow, index);
        let entry_like =
            matches!(block.kind, BlockKind::Item | BlockKind::Row | BlockKind::Box | BlockKind::Quote);
        if entry_like
            && count == 1
            && !(block.kind == BlockKind::Box && self.leaves.opens_section(self.flow, index))
            && !self.is_wrapper(index)
        {
            self.take_block(index);
            return block.end;
        }
        if entry_like
            && block.kind != BlockKind::Box
            && count == 0
            && (self.sections.kind() == SectionKind::Publications || (self.readme && self.names_paper(index)))
        {
            self.take_block(index);
            return block.end;
        }
        if is_leaf(block) && self.leaves.of(index) == Leaf::Authors {
            self.take_leaf(index);
            return block.end;
        }
        if block.kind == BlockKind::Item && count > 1 {
            return self.item_with_several(index);
        }
        index + 1
    }

    /// Whether an item of a list links to a paper by its identifier, and holds no list of its own.
    fn names_paper(&self, index: u32) -> bool {
        let block = &self.flow.blocks[index as usize];
        block.kind == BlockKind::Item
            && !self.flow.children(index).any(|(_, child)| matches!(child.kind, BlockKind::List { .. }))
            && self.flow.runs_of(block).iter().any(|run| {
                run.link.is_some_and(|link| {
                    identifier::in_url(&self.flow.links[link as usize].target)
                        .is_some_and(|(kind, _)| kind.names_paper())
                })
            })
    }

    /// An item with several author lists: a nested list of entries, or an entry with notes on others.
    fn item_with_several(&mut self, index: u32) -> u32 {
        let block = &self.flow.blocks[index as usize];
        let own: Vec<u32> = self
            .flow
            .children(index)
            .filter(|(_, child)| !matches!(child.kind, BlockKind::List { .. }))
            .map(|(child, _)| child)
            .collect();
        let own_count: u32 = own.iter().map(|child| self.leaves.authors_in(self.flow, *child)).sum();
        let nested = self.leaves.authors_in(self.flow, index) - own_count;
        // A title whose authors stand by themselves in the list below it, among notes that name people.
        let first = (index..block.end).find(|leaf| self.leaves.of(*leaf) == Leaf::Authors);
        let is_parted = own_count == 0
            && !own.is_empty()
            && first.is_some_and(|leaf| {
                let cut = self.leaves.cut(self.flow, self.source, &[leaf]);
                entry::read(self.flow, &cut).title.is_none()
            });
        if is_parted || own_count >= 1 && (own_count > 1 || nested < 3) {
            self.take_block(index);
            return block.end;
        }
        index + 1
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
        if self.leaves.kind(index) != SectionKind::Unknown {
            return false;
        }
        let words = Flow::cooked(self.source, self.flow.runs_of(block)).text.split_whitespace().count();
        words >= 4
            && self
                .flow
                .blocks
                .get(block.end as usize)
                .is_some_and(|next| next.parent == block.parent && is_leaf(next))
            && self.leaves.of(block.end) == Leaf::Authors
    }

    fn leaves_of(&self, index: u32) -> Vec<u32> {
        let block = &self.flow.blocks[index as usize];
        (index..block.end).filter(|at| is_leaf(&self.flow.blocks[*at as usize])).collect()
    }

    fn take_block(&mut self, index: u32) {
        let mut leaves = self.leaves_of(index);
        // Notes in a nested list belong to the entry, but its parts stand above them, unless the authors are there.
        let block = &self.flow.blocks[index as usize];
        let nested = (index + 1..block.end)
            .find(|at| matches!(self.flow.blocks[*at as usize].kind, BlockKind::List { .. }));
        if let Some(nested) = nested
            && block.kind == BlockKind::Item
        {
            let above: Vec<u32> = leaves.iter().copied().filter(|leaf| *leaf < nested).collect();
            if above.iter().any(|leaf| self.leaves.of(*leaf) == Leaf::Authors) {
                leaves = above;
            }
        }
        self.take(leaves, block.span, None);
    }

    fn take(&mut self, leaves: Vec<u32>, span: Span, parts: Option<Parts>) {
        self.out.push(Candidate { leaves, span, section: self.sections.current(), parts });
    }

    /// An author list in a paragraph of its own: with the heading or paragraph above it where that
    /// carries the title, and the lines below up to the next entry.
    fn take_leaf(&mut self, index: u32) {
        let block = &self.flow.blocks[index as usize];
        let mut leaves = vec![index];
        let mut span = block.span;
        let above = self.flow.blocks[..index as usize].iter().rposition(is_leaf).map(|at| at as u32);
        let parts = entry::read(self.flow, &self.leaves.cut(self.flow, self.source, &leaves));
        if parts.title.is_none()
            && let Some(above) = above
        {
            let other = &self.flow.blocks[above as usize];
            let taken = self.out.last().is_some_and(|last| last.span.overlaps(other.span));
            if other.parent == block.parent
                && other.end == index
                && !taken
                && self.leaves.of(above) != Leaf::Authors
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
            && self.leaves.of(next) == Leaf::Text
            && leaves.len() < 4
            && self.flow.blocks.get(follower.end as usize).is_none_or(|after| {
                after.parent != block.parent || self.leaves.of(follower.end) != Leaf::Authors
            })
            && is_trailer(self.flow, self.source, follower)
        {
            span = span.cover(follower.span);
            next = follower.end;
            leaves.push(next - 1);
        }
        let parts = (leaves.len() == 1).then_some(parts);
        self.take(leaves, span, parts);
    }
}

/// Whether a paragraph is the tail of an entry: mostly links, or short.
fn is_trailer(flow: &Flow, source: &str, block: &Block) -> bool {
    let runs = flow.runs_of(block);
    let linked = runs.iter().filter(|run| run.link.is_some()).count();
    let text: usize = runs.iter().map(|run| run.text(source).chars().count()).sum();
    text < 60 || linked * 2 >= runs.len()
}
