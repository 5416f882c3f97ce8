//! Running text: the passages of a page between its breaks, with their words, wherever they stand:
//! in the flow, in alternative texts, in front matter and data, in BibTeX fields.
//!
//! A passage is text as its reader sees it with a map back to the source. What is no prose (code,
//! mathematics, Liquid, images) stands in it as [`OPAQUE`]. Nothing here judges a word.

use super::tongue::Tongue;
use super::{Format, Page, letter};
use crate::markup::{BlockKind, Cooked, Data, Dialect, Run, RunKind, Style, Value, cook, decode_entities};
use crate::text::{Span, slice};
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Stands in a passage for what is shown but is no prose.
pub const OPAQUE: char = '\u{fffc}';

/// Where a passage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In a paragraph, item or box.
    Text,
    /// In a heading.
    Heading,
    /// In a table's cell.
    Cell,
    /// In a quotation.
    Quote,
    /// The alternative text of an image.
    Alt,
    /// In a value of front matter or of a data file, by its key.
    Field(Box<str>),
    /// In a BibTeX field, by its name.
    Bib(Box<str>),
}

/// A stretch of a passage that looks alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte in the passage's text.
    pub start: u32,
    /// How it looks.
    pub style: Style,
    /// The link it stands in, as an index into the flow's links.
    pub link: Option<u32>,
}

/// Text between two breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub origin: Origin,
    /// The block it stands in, as an index into the flow's blocks; 0 outside the flow.
    pub block: u32,
    /// The stretches that look alike, in order.
    pub pieces: Vec<Piece>,
    cooked: Cooked,
    /// The words: first byte, end, and whether they are plain.
    tokens: Vec<(u32, u32, bool)>,
}

/// The running text of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The passages in the order of the file.
    pub passages: Vec<Passage>,
    /// The language of each.
    pub tongues: Vec<Tongue>,
}

impl Prose {
    /// Reads the running text of a page.
    pub fn of(page: &Page) -> Self {
        let mut passages = read(page);
        for passage in &mut passages {
            passage.tokens = tokens(passage);
        }
        let tongues = super::tongue::tongues(&passages);
        Self { passages, tongues }
    }

    /// The passages, each with its language.
    pub fn iter(&self) -> impl Iterator<Item = (&Passage, Tongue)> {
        self.passages.iter().zip(self.tongues.iter().copied())
    }
}

/// A word of a passage: letters with inner apostrophes. A hyphen parts words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word as its reader sees it.
    pub text: &'a str,
    /// Its first byte in the passage's text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Prose, rather than a part of an address, a path, an identifier or a formula.
    pub plain: bool,
}

impl Passage {
    /// The text as its reader sees it.
    pub fn text(&self) -> &str {
        &self.cooked.text
    }

    /// A part of the text, by bytes.
    pub fn part(&self, start: usize, end: usize) -> &str {
        slice(&self.cooked.text, Span::at(start, end))
    }

    /// The source bytes of a range of the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.cooked.source_span(start, end)
    }

    /// Whether a range of the text stands in the source as it is, so that it can be replaced.
    pub fn exact(&self, start: usize, end: usize) -> bool {
        self.span(start, end).len() as usize == end - start
            && self.piece_index(start) == self.piece_index(end.max(start + 1) - 1)
    }

    /// The character before a byte of the text.
    pub fn before(&self, at: usize) -> Option<char> {
        self.part(0, at).chars().next_back()
    }

    /// The character at a byte of the text.
    pub fn after(&self, at: usize) -> Option<char> {
        self.part(at, self.cooked.text.len()).chars().next()
    }

    /// The stretch that holds a byte of the text.
    pub fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(self.piece_index(at))
    }

    fn piece_index(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.start as usize <= at).saturating_sub(1)
    }

    /// The words in order.
    pub fn words(&self) -> Vec<Word<'_>> {
        self.tokens
            .iter()
            .map(|&(start, end, plain)| {
                let (start, end) = (start as usize, end as usize);
                Word { text: self.part(start, end), start, end, plain }
            })
            .collect()
    }

    /// Whether a range lies in one stretch, or in several that touch in the source.
    fn exact_enough(&self, start: usize, end: usize) -> bool {
        self.piece_index(start) == self.piece_index(end - 1)
    }
}

/// The words within letters that run on where two elements meet: `<span>Tides</span><span>Winds</span>`.
fn at_seams(passage: &Passage, start: usize, end: usize) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut from = start;
    let (first, last) = (passage.piece_index(start), passage.piece_index(end.saturating_sub(1)));
    for piece in passage.pieces.get(first + 1..=last).unwrap_or_default() {
        let seam = piece.start as usize;
        let lower = passage.before(seam).is_some_and(char::is_lowercase);
        if lower && passage.after(seam).is_some_and(char::is_uppercase) {
            out.push(from..seam);
            from = seam;
        }
    }
    out.push(from..end);
    out
}

fn tokens(passage: &Passage) -> Vec<(u32, u32, bool)> {
    let technical = technical_tokens(&passage.cooked.text);
    let mut next = 0;
    letters(&passage.cooked.text)
        .into_iter()
        .flat_map(|(start, end)| at_seams(passage, start, end))
        .map(|found| {
            while technical.get(next).is_some_and(|token: &Span| token.end as usize <= found.start) {
                next += 1;
            }
            let in_token = technical.get(next).is_some_and(|token| token.start as usize <= found.start);
            let joins = |beside: Option<char>| {
                beside.is_some_and(|c| c == OPAQUE || c == '_' || c == '\\' || c.is_numeric())
            };
            let plain = !in_token
                && !joins(passage.before(found.start))
                && !joins(passage.after(found.end))
                && passage.exact_enough(found.start, found.end);
            (found.start as u32, found.end as u32, plain)
        })
        .collect()
}

/// The runs of letters and marks, apostrophes between them included.
fn letters(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        match open {
            _ if letter::is_letter_or_mark(c) => {
                open = Some((open.map_or(at, |(start, _)| start), at + c.len_utf8()));
            }
            // An apostrophe right behind a letter: the next character tells whether the word goes on.
            Some((_, end)) if end == at && matches!(c, '\'' | '’') => {}
            _ => out.extend(open.take()),
        }
    }
    out.extend(open);
    out
}

/// The tokens between white space that are addresses, paths, identifiers or formulas.
fn technical_tokens(text: &str) -> Vec<Span> {
    static TECHNICAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x-u) ://  |  \bwww\.  |  [\w\x01]@[\w\x01]  |  ^@[\w\x01]  |  [_\\=~^<>|{}$`]
              |  [A-Za-z0-9]\.(?:[a-z]{2,5}\b|[0-9])  |  ^[\#/.]+[\w\x01]  |  [\w\x01]/[\w\x01]+/[\w\x01]
              |  ^:[\w\x01+-]+:  |  [\w\x01]\(\)  |  [0-9][a-z]+[0-9]  |  [\w\x01]::[\w\x01]
              |  [\w\x01]\#[\w\x01]",
        )
        .expect("a constant pattern")
    });
    let mut out = Vec::new();
    let mut start = 0;
    for token in text.split(char::is_whitespace) {
        let at = crate::text::offset_in(text, token).map_or(start, |at| at as usize);
        if TECHNICAL.is_match(&letter::in_ascii(token)) {
            out.push(Span::at(at, at + token.len()));
        }
        start = at + token.len();
    }
    out
}

/// All passages of a page in the order of the file.
pub fn passages(page: &Page) -> &[Passage] {
    &page.prose().passages
}

fn read(page: &Page) -> Vec<Passage> {
    let mut out = Vec::new();
    if let Some(fields) = &page.data {
        field_passages(page.source.text(), fields, &mut out);
    }
    if page.format == Format::Bibtex {
        for field in page.bib.entries.iter().flat_map(|entry| &entry.fields) {
            if matches!(&*field.name, "title" | "booktitle" | "abstract" | "note" | "annote" | "howpublished")
            {
                let raw = page.slice(field.value_span);
                out.push(tex_passage(raw, field.value_span.start, Origin::Bib(field.name.clone())));
            }
        }
    }
    flow_passages(page, &mut out);
    if matches!(page.format, Format::Markdown(Dialect::Pandoc)) {
        caption_passages(page, &mut out);
    }
    out
}

/// The captions and alternative texts that stand in attribute lists: `![](a.png){fig-alt="A boat"}`.
fn caption_passages(page: &Page, out: &mut Vec<Passage>) {
    static CAPTION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\{[^{}\n]*?\bfig-(?:alt|cap|scap)="([^"\n]{1,2000})"|^#\| *fig-(?:alt|cap): *"([^"\n]{1,2000})""#)
            .expect("a constant pattern")
    });
    let source = page.source.text();
    if !source.contains("fig-") {
        return;
    }
    for found in CAPTION.captures_iter(source) {
        let Some(text) = found.get(1).or(found.get(2)) else { continue };
        let span = Span::at(text.start(), text.end());
        if !page.flow.is_hidden(span) {
            out.push(raw_passage(text.as_str(), span.start, Origin::Alt));
        }
    }
}

/// The passages of the flow alone.
fn flow_passages(page: &Page, out: &mut Vec<Passage>) {
    let flow = &page.flow;
    let mut open: Vec<u32> = Vec::new();
    let mut next_block = 0;
    let mut current: Option<Passage> = None;
    for (index, run) in flow.runs.iter().enumerate() {
        let index = index as u32;
        let mut moved = false;
        while open.last().is_some_and(|&block| flow.blocks[block as usize].run_end <= index) {
            open.pop();
            moved = true;
        }
        while flow.blocks.get(next_block).is_some_and(|block| block.run_start <= index) {
            if flow.blocks[next_block].run_end > index {
                open.push(next_block as u32);
            }
            moved = true;
            next_block += 1;
        }
        let block = open.last().copied().unwrap_or(0);
        if moved || run.kind == RunKind::Break {
            out.extend(current.take());
        }
        if run.kind == RunKind::Break || in_code(page, &open) {
            continue;
        }
        let passage = current.get_or_insert_with(|| Passage {
            origin: origin(page, &open),
            block,
            pieces: Vec::new(),
            cooked: Cooked::default(),
            tokens: Vec::new(),
        });
        passage.push_run(page, run);
        if run.kind == RunKind::Image {
            out.extend(alt_passage(page, run, block));
        }
    }
    out.extend(current);
}

fn in_code(page: &Page, open: &[u32]) -> bool {
    open.last().is_some_and(|&block| page.flow.blocks[block as usize].kind == BlockKind::Code)
}

fn origin(page: &Page, open: &[u32]) -> Origin {
    // The innermost blocks decide; four levels up is far enough for a quotation or a cell.
    for &block in open.iter().rev().take(4) {
        match page.flow.blocks[block as usize].kind {
            BlockKind::Heading(_) => return Origin::Heading,
            BlockKind::Cell => return Origin::Cell,
            BlockKind::Quote => return Origin::Quote,
            _ => {}
        }
    }
    Origin::Text
}

impl Passage {
    fn push_run(&mut self, page: &Page, run: &Run) {
        let start = self.cooked.text.len() as u32;
        self.pieces.push(Piece { start, style: run.style, link: run.link });
        match run.kind {
            RunKind::Text => self.push_text(page.slice(run.span), run),
            RunKind::Space => self.cooked.push(" ", run.span),
            RunKind::Break => {}
            RunKind::Code | RunKind::Math | RunKind::Image | RunKind::Unknown => {
                self.cooked.push("\u{fffc}", run.span);
            }
        }
        if self.cooked.text.len() as u32 == start {
            self.pieces.pop();
        }
    }

    fn push_text(&mut self, raw: &str, run: &Run) {
        let Some(shown) = run.shown.as_deref() else {
            self.cooked.push_exact(raw, run.span.start);
            return;
        };
        let markdown = cook(raw, run.span.start);
        if markdown.text == shown {
            append(&mut self.cooked, &markdown);
            return;
        }
        let html = decode_entities(raw, run.span.start);
        if html.text == shown {
            append(&mut self.cooked, &html);
        } else {
            self.cooked.push(shown, run.span);
        }
    }
}

fn append(to: &mut Cooked, from: &Cooked) {
    for (index, (at, span)) in from.parts.iter().enumerate() {
        let end = from.parts.get(index + 1).map_or(from.text.len() as u32, |(next, _)| *next);
        to.push(slice(&from.text, Span::new(*at, end)), *span);
    }
}

/// The alternative text of an image where it stands in the source as it is.
fn alt_passage(page: &Page, run: &Run, block: u32) -> Option<Passage> {
    let raw = page.slice(run.span);
    let shown = run.shown.as_deref().unwrap_or(raw);
    let start = ["![", "alt=\"", "alt='"].iter().find_map(|opener| {
        let rest = raw.find(opener).and_then(|at| raw.get(at + opener.len()..))?;
        (!shown.is_empty() && rest.starts_with(shown)).then_some(rest)
    })?;
    let at = crate::text::offset_in(raw, start)?;
    let mut cooked = Cooked::default();
    cooked.push_exact(shown, run.span.start + at);
    Some(Passage { origin: Origin::Alt, block, pieces: Vec::new(), cooked, tokens: Vec::new() })
}

/// Keys whose values are running text.
static PROSE_KEYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "title subtitle description excerpt abstract summary bio content text tagline teaser_text caption \
     details intro announcement news about award note research highlights author_notes interests role \
     position degree course courses area studytype keywords label header heading message quote alt \
     tooltip"
        .split_whitespace()
        .collect()
});

/// Keys whose values never are.
static OTHER_KEYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "url link href path file image img icon id key class type layout permalink date email mail author \
     authors name names editor slug css style color script code command regex pattern exclude include \
     plugins gems whitelist markdown theme remote_theme baseurl repository format filter template \
     selector address location user username pi students advisor supervisor members people aliases bibtex bib doi language lang locale"
        .split_whitespace()
        .collect()
});

/// Whether the values of a key are running text: some always are, others where they read like it.
fn is_prose_key(key: &str, value: &str) -> bool {
    let lower = key.to_ascii_lowercase();
    if PROSE_KEYS.contains(lower.as_str()) {
        return true;
    }
    if OTHER_KEYS.contains(lower.rsplit('_').next().unwrap_or(&lower)) {
        return false;
    }
    // A sentence: words between blanks, and nothing that code is made of.
    let words = value.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
    words > 1 && !value.contains(['{', '<', '\\', '=', '@', '/', '_', '|', '*', '$', '`'])
}

fn field_passages(source: &str, fields: &Data, out: &mut Vec<Passage>) {
    let mut stack: Vec<(&str, &Data)> = vec![("", fields)];
    while let Some((key, value)) = stack.pop() {
        match &value.value {
            Value::Null => {}
            Value::List(list) => stack.extend(list.iter().rev().map(|each| (key, each))),
            Value::Map(pairs) => stack.extend(pairs.iter().rev().map(|pair| (&*pair.key, &pair.value))),
            Value::Text { exact, .. } => {
                let span = exact.unwrap_or(value.span);
                if is_prose_key(key, slice(source, span)) {
                    out.push(raw_passage(slice(source, span), span.start, Origin::Field(key.into())));
                }
            }
        }
    }
}

/// Text of a value, which may hold Markdown and HTML: what is no prose becomes [`OPAQUE`].
fn raw_passage(raw: &str, start: u32, origin: Origin) -> Passage {
    static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?sx) <[^<>]{1,400}> | \]\([^()\s]*\) | `[^`\n]*` | \$[^$\n]{1,200}\$ | \{\{.{0,200}?\}\}
               | \{%.{0,200}?%\} | \\. | &\w{1,10};",
        )
        .expect("a constant pattern")
    });
    masked_passage(raw, start, origin, &MARKUP)
}

/// Text of a BibTeX value: commands are opaque, protecting braces are gone.
fn tex_passage(raw: &str, start: u32, origin: Origin) -> Passage {
    static TEX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?sx) \\(?:[A-Za-z]+|.) | \$[^$\n]{1,200}\$ | https?://\S+ | <[^<>]{1,400}>")
            .expect("a constant pattern")
    });
    let masked = masked_passage(raw, start, origin, &TEX);
    let mut cooked = Cooked::default();
    for (index, (at, span)) in masked.cooked.parts.iter().enumerate() {
        let end =
            masked.cooked.parts.get(index + 1).map_or(masked.cooked.text.len() as u32, |(next, _)| *next);
        let part = slice(&masked.cooked.text, Span::new(*at, end));
        if span.len() as usize != part.len() {
            cooked.push(part, *span);
            continue;
        }
        for bare in part.split(['{', '}']) {
            let offset = crate::text::offset_in(part, bare).unwrap_or(0);
            cooked.push_exact(bare, span.start + offset);
        }
    }
    Passage { cooked, ..masked }
}

fn masked_passage(raw: &str, start: u32, origin: Origin, markup: &Regex) -> Passage {
    let mut cooked = Cooked::default();
    let mut from = 0;
    for found in markup.find_iter(raw) {
        cooked.push_exact(slice(raw, Span::at(from, found.start())), start + from as u32);
        cooked.push("\u{fffc}", Span::at(found.start(), found.end()).shift(start));
        from = found.end();
    }
    cooked.push_exact(slice(raw, Span::at(from, raw.len())), start + from as u32);
    Passage { origin, block: 0, pieces: Vec::new(), cooked, tokens: Vec::new() }
}
