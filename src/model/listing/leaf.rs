//! What each block of text holds: author lists are looked for once, and only where they can stand.

use super::section::{Section, SectionKind, Sections, heading_spot, kind};
use crate::markup::{Block, BlockKind, Flow, Run, RunKind};
use crate::model::entry::{Cut, EntryText};
use crate::model::letter::is_alphabetic;
use crate::model::name::{is_cjk, is_joint};

/// What a leaf block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaf {
    /// An author list.
    Authors,
    /// One or two names, which may be an author list where no better one stands in the same entry.
    Names,
    /// A heading that opens a section.
    Heading,
    /// Other text.
    Text,
}

/// What the blocks of a page hold.
pub(super) struct Leaves {
    /// For each block, what it holds; containers hold [`Leaf::Text`].
    holds: Vec<Leaf>,
    /// For each heading, what it says of its section.
    kinds: Vec<SectionKind>,
    /// For each block that was looked into, its text.
    cuts: Vec<Option<Cut>>,
    /// Number of author lists before each block, so that a subtree's count is a difference.
    authors_before: Vec<u32>,
    /// Number of headings that open a known section before each block.
    sections_before: Vec<u32>,
}

impl Leaves {
    /// Reads all blocks of a page. `None` where there are too few that may list authors for a page
    /// without a section of publications, which is most pages.
    pub(super) fn new(flow: &Flow, source: &str, page: &Section, readme: bool) -> Option<Self> {
        let mut sections = Sections::new(page.clone());
        let mut kinds = Vec::with_capacity(flow.blocks.len());
        let mut suspects = Vec::with_capacity(flow.blocks.len());
        for block in &flow.blocks {
            let mut known = SectionKind::Unknown;
            if let BlockKind::Heading(level) = block.kind {
                let spot = heading_spot(flow, source, block);
                known = kind(&spot.text);
                if known == SectionKind::Unknown {
                    sections.leave(level);
                } else {
                    sections.enter(level, spot, known);
                }
            }
            kinds.push(known);
            suspects.push(
                is_leaf(block)
                    && known == SectionKind::Unknown
                    && sections.kind() != SectionKind::Other
                    && may_list_names(flow, source, block, sections.kind()),
            );
        }
        let listed = page.kind == SectionKind::Publications || kinds.contains(&SectionKind::Publications);
        if !listed && !readme && suspects.iter().filter(|suspect| **suspect).count() < super::COMPANY {
            return None;
        }
        let (mut holds, cuts): (Vec<Leaf>, Vec<Option<Cut>>) = suspects
            .into_iter()
            .enumerate()
            .map(|(index, suspect)| leaf(flow, source, index as u32, suspect))
            .unzip();
        settle(flow, &mut holds);
        let authors_before = counts(holds.iter().map(|leaf| *leaf == Leaf::Authors));
        let sections_before = counts(kinds.iter().map(|kind| *kind != SectionKind::Unknown));
        Some(Self { holds, kinds, cuts, authors_before, sections_before })
    }

    /// What a block holds.
    pub(super) fn of(&self, index: u32) -> Leaf {
        self.holds.get(index as usize).copied().unwrap_or(Leaf::Text)
    }

    /// The text of a run of blocks; that of a block which was looked into is handed on.
    pub(super) fn cut(&mut self, flow: &Flow, source: &str, leaves: &[u32]) -> Cut {
        let known = match leaves {
            [leaf] => self.cuts.get_mut(*leaf as usize).and_then(Option::take),
            _ => None,
        };
        known.unwrap_or_else(|| Cut::new(EntryText::new(flow, source, leaves)))
    }

    /// What a heading says of its section.
    pub(super) fn kind(&self, index: u32) -> SectionKind {
        self.kinds.get(index as usize).copied().unwrap_or_default()
    }

    /// The number of author lists in a block.
    pub(super) fn authors_in(&self, flow: &Flow, index: u32) -> u32 {
        self.authors_before[flow.blocks[index as usize].end as usize] - self.authors_before[index as usize]
    }

    /// Whether a block holds a heading that opens a known section.
    pub(super) fn opens_section(&self, flow: &Flow, index: u32) -> bool {
        self.sections_before[flow.blocks[index as usize].end as usize] > self.sections_before[index as usize]
    }
}

/// How many hold before each index, and in all.
fn counts(holds: impl Iterator<Item = bool>) -> Vec<u32> {
    let mut count = 0;
    let mut out = vec![0];
    for each in holds {
        count += u32::from(each);
        out.push(count);
    }
    out
}

/// Whether a block holds text of its own that is shown.
pub(super) fn is_leaf(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Text | BlockKind::Heading(_)) && !block.folded
}

/// What a block holds, and its text where it was looked into, as that of a suspect is.
fn leaf(flow: &Flow, source: &str, index: u32, suspect: bool) -> (Leaf, Option<Cut>) {
    let block = &flow.blocks[index as usize];
    let fallback = if matches!(block.kind, BlockKind::Heading(_)) { Leaf::Heading } else { Leaf::Text };
    if !suspect {
        return (fallback, None);
    }
    let classed = |word: &str| {
        let parent = &flow.blocks[block.parent as usize];
        block.class.to_ascii_lowercase().contains(word) || parent.class.to_ascii_lowercase().contains(word)
    };
    if classed("title") && !classed("author") {
        return (Leaf::Text, None);
    }
    let text = EntryText::new(flow, source, &[index]);
    if has_label(text.text()) {
        return (Leaf::Text, None);
    }
    let cut = Cut::new(text);
    let best = cut.runs.iter().map(|run| run.score).max().unwrap_or(0);
    let leaf = match block.kind {
        _ if best >= 8 => Leaf::Authors,
        // A list of one or two names: enough where little else stands in the block.
        BlockKind::Text if best >= 5 || (best >= 1 && has_list_shape(flow, index)) => Leaf::Names,
        // `Sanjay, V. Singular jets`
        BlockKind::Heading(_) if best >= 5 => Leaf::Authors,
        _ => fallback,
    };
    (leaf, Some(cut))
}

/// A quick look at whether a block can hold an author list: enough of its words are capitalised, outside a
/// section of publications something separates them, and two that a name can be made of stand side by side.
fn may_list_names(flow: &Flow, source: &str, block: &Block, section: SectionKind) -> bool {
    let mut words = 0_u32;
    let mut capitals = 0_u32;
    let mut separators = 0_u32;
    let mut native = 0_u32;
    for run in flow.runs_of(block).iter().filter(|run| run.kind == RunKind::Text) {
        let mut in_word = false;
        for character in run.text(source).chars() {
            if character.is_ascii_lowercase() {
                words += u32::from(!in_word);
                in_word = true;
            } else if !character.is_ascii() && is_cjk(character) {
                native += 1;
                in_word = true;
            } else if character.is_alphanumeric() {
                if !in_word {
                    words += 1;
                    capitals += u32::from(character.is_uppercase());
                }
                in_word = true;
            } else {
                in_word = in_word && matches!(character, '\'' | '’' | '-' | '.');
                separators += u32::from(matches!(character, ',' | ';' | '、' | '，' | '&' | '·'));
            }
        }
    }
    let short = words < 3000 && (section == SectionKind::Publications || separators > 0 || words < 40);
    short
        && (native > 1 || (capitals * 4 >= words && capitals > 0 && Pairs::any(flow.runs_of(block), source)))
}

/// Looks for two words side by side of which a name can be made.
#[derive(Default)]
struct Pairs {
    last: Option<Part>,
    found: bool,
    /// Something says that names are left out, so that one is enough.
    cut: bool,
}

/// What a word is in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A name or an initial.
    Name,
    /// What may stand between them (`van`, `Jr`).
    Joint,
}

impl Pairs {
    /// Whether there are two such words, or one where others are left out.
    fn any(runs: &[Run], source: &str) -> bool {
        let mut pairs = Self::default();
        for run in runs {
            match run.kind {
                RunKind::Text => {
                    let text = run.text(source);
                    pairs.cut |= text.contains(['…', '等']) || text.contains("...");
                    let is_border = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.'));
                    text.split(is_border).filter(|word| !word.is_empty()).for_each(|word| pairs.add(word));
                }
                RunKind::Code => pairs.add("X"),
                _ => {}
            }
            if pairs.found || pairs.cut {
                return true;
            }
        }
        false
    }

    fn add(&mut self, word: &str) {
        let word = word.trim_matches(['.', '-', '\'', '’']);
        let last = word.rsplit('.').next().unwrap_or(word);
        let part = match word.chars().find(|&c| is_alphabetic(c)) {
            Some(first) if first.is_uppercase() || is_cjk(first) => Some(Part::Name),
            Some(_) if word.len() < 7 && (!word.is_ascii() || is_joint(word)) => Some(Part::Joint),
            // A hyphen with blanks around it, a number.
            None => return,
            Some(_) => None,
        };
        self.found |= part.is_some()
            && self.last.is_some()
            && (part == Some(Part::Name) || self.last == Some(Part::Name));
        self.cut |= matches!(last, "al" | "others" | "colleagues");
        self.last = part;
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
