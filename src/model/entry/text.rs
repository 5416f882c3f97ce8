//! The text of an entry with the look of every character.

use crate::markup::{BlockKind, Cooked, Flow, RunKind, Style};
use crate::text::Span;

/// A stretch of an entry's text that is set apart as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Look {
    /// The text of a link.
    Link,
    /// Bold.
    Strong,
    /// Italic.
    Emph,
    /// Between quotation marks, the marks not included.
    Quoted,
    /// Code: how some templates set the venue.
    Code,
    /// A heading.
    Heading,
}

/// A phrase: a stretch of text of one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) struct Phrase {
    /// First byte in the entry's text.
    pub(in crate::model) start: usize,
    /// One past the last.
    pub(in crate::model) end: usize,
    /// What sets it apart.
    pub(in crate::model) look: Look,
}

/// The runs of an entry as one text.
#[derive(Debug)]
pub(in crate::model) struct EntryText {
    /// The text; a shown break is a newline, as is the border of two blocks.
    pub(in crate::model) cooked: Cooked,
    /// For each part of the text, what it is, its style, and its link as an index into [`Flow::links`].
    looks: Vec<(RunKind, Style, Option<u32>)>,
    /// Stretches that are raised or mathematics.
    raised: Vec<(usize, usize)>,
    /// The classes of the blocks: (first byte, one past the last, class).
    pub(in crate::model) classes: Vec<(usize, usize, Box<str>)>,
    /// Phrases in order of their start.
    pub(in crate::model) phrases: Vec<Phrase>,
}

/// Stands for an image, or for template output whose text is not known.
pub(in crate::model) const OBJECT: char = '\u{fffc}';

impl EntryText {
    /// The text of the leaf blocks `leaves`, in order.
    pub(in crate::model) fn new(flow: &Flow, source: &str, leaves: &[u32]) -> Self {
        let blocks = || leaves.iter().map(|&leaf| &flow.blocks[leaf as usize]);
        let runs: usize = blocks().map(|block| flow.runs_of(block).len() + 1).sum();
        let bytes: usize = blocks().map(|block| block.span.len() as usize).sum();
        let mut out = Self {
            cooked: Cooked { text: String::with_capacity(bytes), parts: Vec::with_capacity(runs) },
            looks: Vec::with_capacity(runs),
            raised: Vec::new(),
            classes: Vec::new(),
            phrases: Vec::new(),
        };
        for &leaf in leaves {
            let block = &flow.blocks[leaf as usize];
            if block.kind == BlockKind::Code {
                continue;
            }
            let start = out.cooked.text.len();
            if start > 0 && !out.cooked.text.ends_with('\n') {
                out.push(
                    "\n",
                    Span::new(block.span.start, block.span.start),
                    RunKind::Break,
                    Style::default(),
                    None,
                );
            }
            let start = out.cooked.text.len().max(start);
            for run in flow.runs_of(block) {
                let text = match run.kind {
                    RunKind::Image | RunKind::Unknown => "\u{fffc}",
                    _ => run.text(source),
                };
                out.push(text, run.span, run.kind, run.style, run.link);
            }
            let end = out.cooked.text.len();
            if matches!(block.kind, BlockKind::Heading(_)) && end > start {
                out.phrases.push(Phrase { start, end, look: Look::Heading });
            }
            let classed = flow.around(leaf, |block| !block.class.is_empty());
            if let Some(classed) = classed {
                out.classes.push((
                    start,
                    end,
                    flow.blocks[classed as usize].class.to_ascii_lowercase().into(),
                ));
            }
        }
        out.find_phrases();
        out
    }

    fn push(&mut self, text: &str, span: Span, kind: RunKind, style: Style, link: Option<u32>) {
        if !text.is_empty() {
            if style.any(Style::SUPER) || kind == RunKind::Math {
                let start = self.cooked.text.len();
                self.raised.push((start, start + text.len()));
            }
            self.cooked.push(text, span);
            self.looks.push((kind, style, link));
        }
    }

    /// The whole text.
    pub(in crate::model) fn text(&self) -> &str {
        &self.cooked.text
    }

    /// The part that holds a byte.
    fn part(&self, at: usize) -> usize {
        self.cooked.parts.partition_point(|(start, _)| *start as usize <= at).saturating_sub(1)
    }

    /// The link that the character at a byte stands in.
    pub(in crate::model) fn link(&self, at: usize) -> Option<u32> {
        self.looks.get(self.part(at)).and_then(|look| look.2)
    }

    /// Whether anything is raised.
    pub(in crate::model) fn is_any_raised(&self) -> bool {
        !self.raised.is_empty()
    }

    /// Whether the character at a byte is a raised mark or mathematics: no text of a name.
    pub(in crate::model) fn is_raised(&self, at: usize) -> bool {
        if self.raised.is_empty() {
            return false;
        }
        let index = self.raised.partition_point(|(_, end)| *end <= at);
        self.raised.get(index).is_some_and(|(start, _)| *start <= at)
    }

    /// Whether most of a range has one of the styles.
    pub(in crate::model) fn is_styled(&self, start: usize, end: usize, style: Style) -> bool {
        let first = self.part(start);
        let mut styled = 0;
        for index in first..self.cooked.parts.len() {
            let from = (self.cooked.parts[index].0 as usize).max(start);
            let to = self
                .cooked
                .parts
                .get(index + 1)
                .map_or(self.cooked.text.len(), |(at, _)| *at as usize)
                .min(end);
            if from >= end {
                break;
            }
            if self.looks[index].1.any(style) {
                styled += to.saturating_sub(from);
            }
        }
        styled * 2 > end.saturating_sub(start)
    }

    fn find_phrases(&mut self) {
        let mut found = Vec::new();
        self.collect(&mut found, Look::Link, |(_, _, link)| link.map_or(0, |link| link + 1));
        self.collect(&mut found, Look::Strong, |(_, style, _)| u32::from(style.any(Style::STRONG)));
        self.collect(&mut found, Look::Emph, |(_, style, _)| u32::from(style.any(Style::EMPH)));
        self.collect(&mut found, Look::Code, |(kind, _, _)| u32::from(kind == RunKind::Code));
        if !self.text().is_ascii() || self.text().contains('"') {
            self.quotes(&mut found);
        }
        self.phrases.append(&mut found);
        self.phrases.sort_by_key(|phrase| (phrase.start, std::cmp::Reverse(phrase.end)));
    }

    /// Collects the stretches over which `key` keeps one value that is not 0.
    fn collect(&self, out: &mut Vec<Phrase>, look: Look, key: impl Fn((RunKind, Style, Option<u32>)) -> u32) {
        let mut open: Option<(u32, usize, usize)> = None;
        for (index, &(at, _)) in self.cooked.parts.iter().enumerate() {
            let end = self.cooked.parts.get(index + 1).map_or(self.cooked.text.len(), |(at, _)| *at as usize);
            let value = key(self.looks[index]);
            // A raised mark in the middle of a phrase does not end it.
            match &mut open {
                Some((held, _, to)) if *held == value => *to = end,
                _ => {
                    out.extend(open.take().map(|(_, start, end)| Phrase { start, end, look }));
                    if value != 0 {
                        open = Some((value, at as usize, end));
                    }
                }
            }
        }
        out.extend(open.map(|(_, start, end)| Phrase { start, end, look }));
    }

    /// Collects what stands between quotation marks.
    fn quotes(&self, out: &mut Vec<Phrase>) {
        let mut open: Option<(char, usize)> = None;
        for (at, character) in self.cooked.text.char_indices() {
            let after = at + character.len_utf8();
            match (open, character) {
                (Some((closing, start)), _) if character == closing => {
                    if start < at {
                        out.push(Phrase { start, end: at, look: Look::Quoted });
                    }
                    open = None;
                }
                // A quotation does not run over more than a few lines.
                (Some((_, start)), '\n') if at - start > 300 => open = None,
                (None | Some(_), '“' | '«' | '„' | '《' | '「' | '『' | '｢') => {
                    let closing = match character {
                        '“' | '„' => '”',
                        '«' => '»',
                        '《' => '》',
                        '「' => '」',
                        '『' => '』',
                        _ => '｣',
                    };
                    open = Some((closing, after));
                }
                (None, '"') => open = Some(('"', after)),
                _ => {}
            }
        }
    }
}
