//! duplicate/news

mod lines;

use crate::diagnostic::Severity;
use crate::markup::{Block, BlockKind, Data, Flow, RunKind};
use crate::model::letter::{is_letter, is_word};
use crate::model::name::{fold, is_cjk};
use crate::model::{Format, Page, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

static META: Meta = Meta {
    id: "duplicate/news",
    summary: "The same item or paragraph stands twice on a page",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../../rules/duplicate/news.md"),
};

/// A list item or paragraph that is no publication, twice on one page.
pub(super) struct News;

impl Rule for News {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if matches!(page.format, Format::Yaml | Format::Json | Format::Toml) {
            return in_data(page, cx);
        }
        if page.format == Format::Html {
            return;
        }
        let flow = &page.flow;
        // Tutorials repeat their steps.
        let code = flow.blocks.iter().filter(|block| block.kind == BlockKind::Code).count();
        let is_tutorial = code > 2;
        let entries: Vec<Span> = page.publications.iter().map(|publication| publication.span).collect();
        let mut seen: BTreeMap<String, Copy> = BTreeMap::new();
        let mut found: Vec<(Copy, Copy, Span)> = Vec::new();
        let mut section = 0;
        let mut held = Span::new(0, 0);
        for (index, block) in flow.blocks.iter().enumerate() {
            match block.kind {
                BlockKind::Heading(_) => section = index,
                BlockKind::Cell => held = block.span,
                BlockKind::Item | BlockKind::Text if block.span.start >= held.end => {
                    let Some(key) = key(page, block) else { continue };
                    held = block.span;
                    let entry = entry_title(page, &entries, block.span);
                    let copy = Copy { span: block.span, section, entry, item: block.kind == BlockKind::Item };
                    match seen.get(&key) {
                        Some(first) => found.push((*first, copy, block.span)),
                        None => drop(seen.insert(key, copy)),
                    }
                }
                _ => {}
            }
        }
        let copies: Vec<Span> = found.iter().map(|(_, _, span)| *span).collect();
        if !is_tutorial {
            lines::report(page, &copies, cx);
        }
        // Many copies are a manner of writing: a description under each course, a note under each entry.
        let total = found.len();
        let mut times: BTreeMap<u32, usize> = BTreeMap::new();
        let mut between: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (first, second, _) in &found {
            *times.entry(first.span.start).or_default() += 1;
            *between.entry((first.section, second.section)).or_default() += 1;
        }
        let apart_total = found.iter().filter(|(first, second, _)| first.section != second.section).count();
        for (first, second, span) in found {
            // Across sections a few words may be said of two things.
            let apart = first.section != second.section;
            let long = page.slice(span).chars().filter(|c| c.is_alphanumeric()).count() >= 90;
            // A post says at its top what it says below; what is pasted twice is long, or stands close by.
            let line_of = |span: Span| page.source.position(span.start).line;
            let far = line_of(span) - line_of(first.span) > 40;
            if far && (!long || is_post(page.path())) {
                continue;
            }
            let across = apart && !second.item && entries.is_empty();
            let deliberate = is_tutorial
                || across
                || (apart && (!long || apart_total > 4 || between[&(first.section, second.section)] > 3));
            if times[&first.span.start] > 2
                || total > 6
                || deliberate
                || (first.entry != 0 && first.entry == second.entry)
            {
                continue;
            }
            let line = page.source.position(first.span.start).line;
            let cooked = |span: Span| shown(page, span);
            let span = cooked(span);
            cx.report(page.at(span), format!("this stands already in line {line}"))
                .related(page.at(cooked(first.span)), "first here")
                .help("remove one of the two");
        }
    }
}

/// Whether a file is an article rather than a list.
fn is_post(path: &str) -> bool {
    let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders);
    folders
        .split('/')
        .any(|part| matches!(part.trim_start_matches('_'), "posts" | "post" | "blog" | "blogs" | "articles"))
}

/// Entries of a data file of news that say the same.
fn in_data(page: &Page, cx: &mut Context<'_>) {
    let name = page.path().rsplit('/').next().unwrap_or_default().to_lowercase();
    let Some(data) = page.data.as_ref().filter(|_| name.contains("news") || name.contains("update")) else {
        return;
    };
    let mut seen: BTreeMap<String, &Data> = BTreeMap::new();
    for entry in data.list() {
        let texts = entry.pairs().iter().filter_map(|pair| pair.value.text());
        let whole: String = texts.chain(entry.text()).collect::<Vec<_>>().join(" ");
        let mut key = fold(&whole);
        key.retain(char::is_alphanumeric);
        if key.len() < 60 {
            continue;
        }
        match seen.get(&key) {
            Some(first) => {
                let line = page.source.position(first.span.start).line;
                cx.report(page.at(entry.span), format!("this stands already in line {line}"))
                    .related(page.at(first.span), "first here")
                    .help("remove one of the two");
            }
            None => drop(seen.insert(key, entry)),
        }
    }
}

/// A block that may stand twice.
#[derive(Clone, Copy)]
struct Copy {
    span: Span,
    section: usize,
    /// The publication it is part of, which another rule judges.
    entry: u64,
    /// An item of a list.
    item: bool,
}

/// The bytes of a block that show: not the bullet before it.
fn shown(page: &Page, span: Span) -> Span {
    let raw = page.slice(span);
    let start = raw.find(|c: char| c.is_alphanumeric() || "[(\"“*_`<".contains(c)).unwrap_or(0);
    let bullet = raw.starts_with("* ") || raw.starts_with("*\t");
    let start = if bullet { raw.len() - raw.trim_start_matches(['*', ' ', '\t']).len() } else { start };
    Span::new(span.start + start as u32, span.end)
}

/// The title of the publication that a block is part of, as a hash of its key; 0 outside.
fn entry_title(page: &Page, entries: &[Span], span: Span) -> u64 {
    let at = entries.partition_point(|entry| entry.end <= span.start);
    let entry = entries.get(at).filter(|entry| entry.overlaps(span));
    let title = entry.and_then(|_| page.publications.get(at)?.title.as_ref());
    title.map_or(0, |title| {
        let mut hasher = DefaultHasher::new();
        title::key(&title.text).hash(&mut hasher);
        hasher.finish() | 1
    })
}

/// `Institution: …`: a label that stands under each of several headings.
fn begins_with_label(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|c| !is_word(c));
    for _ in 0..3 {
        let behind = rest.trim_start_matches(is_letter);
        if behind.len() == rest.len() {
            return false;
        }
        if let Some(after) = behind.strip_prefix(':') {
            return after.starts_with(char::is_whitespace);
        }
        let Some(next) = behind.strip_prefix(' ') else { return false };
        rest = next;
    }
    false
}

/// Longer blocks are no items of news but lists of others, which are looked at one by one.
const LONGEST: u32 = 10_000;

/// What a block says, links included; `None` where that is too little to be said once only.
fn key(page: &Page, block: &Block) -> Option<String> {
    let flow = &page.flow;
    if block.span.len() > LONGEST {
        return None;
    }
    let runs = flow.runs_of(block);
    let raw = page.slice(block.span);
    let count = |kind: RunKind| runs.iter().filter(|run| run.kind == kind).count();
    let hides = count(RunKind::Unknown) > 0 || count(RunKind::Math) > 2;
    let is_formula = raw.matches('\\').count() > 6;
    if block.folded || raw.contains("$$") || raw.contains("{%") || hides || is_formula {
        return None;
    }
    let cooked = Flow::cooked(page.source.text(), runs);
    let letters = cooked.text.chars().filter(|c| c.is_alphanumeric()).count();
    let wide = cooked.text.chars().filter(|&c| is_cjk(c)).count();
    let words = cooked.text.split_whitespace().count();
    if letters + wide * 2 < 60 || (words < 8 && wide < 20) {
        return None;
    }
    // `Institution: …` under each post; a text of the template, or one that repeats itself.
    let lower = cooked.text.to_lowercase();
    let distinct: BTreeSet<&str> = lower.split_whitespace().collect();
    if begins_with_label(&cooked.text) || lower.contains("lorem ipsum") || distinct.len() * 2 < words {
        return None;
    }
    let mut key = fold(&cooked.text);
    key.retain(char::is_alphanumeric);
    let mut last = None;
    for link in runs.iter().filter_map(|run| run.link) {
        if last != Some(link) {
            last = Some(link);
            // An empty target and `#` lead nowhere.
            let target = flow.links[link as usize].target.trim_matches('#');
            if !target.is_empty() {
                key.push(' ');
                key.push_str(target);
            }
        }
    }
    Some(key)
}
