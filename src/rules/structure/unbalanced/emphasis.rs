//! Asterisks that were meant to set text apart and stand on the page instead, or that set apart what
//! they were not meant to.

use super::Found;
use crate::markup::{Kind, NodeId};
use crate::model::Page;
use crate::rules::structure::walk::{Inside, Piece, pieces};
use crate::text::Span;
use std::collections::HashSet;

/// Asterisks that show, and what stands around them.
#[derive(Clone, Copy, Debug)]
struct Star {
    span: Span,
    before: char,
    after: char,
}

impl Star {
    /// Text begins behind it, as behind an opening one.
    fn opens(self) -> bool {
        (self.after.is_alphanumeric() || "([\"“'".contains(self.after))
            && (self.before.is_whitespace() || "([{\"“>".contains(self.before))
    }

    /// It stands behind a blank and before another, or before the end of the line.
    fn is_loose_end(self) -> bool {
        self.before == ' ' && (self.after.is_whitespace() || ".:;[(<".contains(self.after))
    }
}

pub(super) fn find(page: &Page, is_kramdown: bool, found: &mut Vec<Found>) {
    let doc = &page.doc;
    let mut legend = None;
    for (piece, inside) in pieces(page) {
        let Piece::Node(id) = piece else { continue };
        let node = &doc.nodes[id as usize];
        if node.kind == Kind::Item {
            doubled_bullet(page, id, found);
        }
        if node.wide || !matches!(node.kind, Kind::Paragraph | Kind::Heading(_) | Kind::Cell) {
            continue;
        }
        let stars = stars(page, id);
        if stars.is_empty() || inside == Inside::Raw {
            continue;
        }
        let taken = pairs(page, &stars, found);
        let rest: Vec<Star> =
            stars.iter().filter(|star| !taken.contains(&star.span.start)).copied().collect();
        let lone = beside_emphasis(page, id, &rest, found);
        if lone || !taken.is_empty() {
            continue;
        }
        if is_kramdown && inside == Inside::Markdown && node.kind != Kind::Cell {
            eaten(page, id, &rest, found);
        } else {
            let has_legend = *legend.get_or_insert_with(|| has_legend(page));
            if !has_legend {
                unopened(&rest, found);
            }
        }
    }
}

/// The asterisks of a block that comrak left in its text, in order; runs of them are one.
fn stars(page: &Page, block: NodeId) -> Vec<Star> {
    let doc = &page.doc;
    let text = page.source.text();
    let mut out: Vec<Star> = Vec::new();
    let end = doc.nodes[block as usize].end;
    for node in &doc.nodes[block as usize + 1..end as usize] {
        if node.kind != Kind::Text || node.wide {
            continue;
        }
        let slice = page.slice(node.span);
        for (at, _) in slice.match_indices('*') {
            let start = node.span.start + at as u32;
            if doc.foreign_in(Span::new(start, start + 1)).next().is_some() {
                continue;
            }
            if let Some(last) = out.last_mut()
                && last.span.end == start
            {
                last.span.end += 1;
                last.after = character_at(text, start + 1);
                continue;
            }
            let before = text.get(..start as usize).and_then(|text| text.chars().next_back());
            if before == Some('\\') {
                continue;
            }
            out.push(Star {
                span: Span::new(start, start + 1),
                before: before.unwrap_or('\n'),
                after: character_at(text, start + 1),
            });
        }
    }
    out
}

fn character_at(text: &str, at: u32) -> char {
    text.get(at as usize..).and_then(|rest| rest.chars().next()).unwrap_or('\n')
}

/// Pairs that a blank on the inner side keeps from working: `** bold**`, `*text *`.
fn pairs(page: &Page, stars: &[Star], found: &mut Vec<Found>) -> HashSet<u32> {
    let mut taken = HashSet::new();
    let mut at = 0;
    while let Some([first, second]) = stars.get(at..at + 2) {
        at += 1;
        let inner = Span::new(first.span.end, second.span.start);
        let between = page.slice(inner);
        if first.span.len() != second.span.len()
            || first.span.len() > 3
            || between.contains(['\n', '*'])
            || !between.contains(char::is_alphabetic)
        {
            continue;
        }
        let (leads, trails) = (between.starts_with(' '), between.ends_with(' '));
        let opens = first.before.is_whitespace() || "([>-:".contains(first.before);
        let ends = second.after.is_whitespace() || ".,:;)[(<".contains(second.after);
        // Marks behind names look alike: `Ann Lee *, Bo Li *`.
        let is_mark = |star: &Star| star.span.len() == 1 && ",.;)".contains(star.after);
        let works = match (leads, trails) {
            (true, false) => opens && ends && first.span.len() > 1,
            (false, true) => opens && ends && !is_mark(second) && first.opens(),
            _ => false,
        };
        if works {
            let side = if leads { "opening" } else { "closing" };
            let blank = if leads {
                Span::new(inner.start, inner.end - between.trim_start().len() as u32)
            } else {
                Span::new(inner.start + between.trim_end().len() as u32, inner.end)
            };
            found.push(Found {
                span: first.span.cover(second.span),
                message: format!(
                    "a blank inside the {side} `{}` keeps it from working",
                    page.slice(first.span)
                ),
                help: "the asterisks show on the page: take the blank out",
                edits: vec![(blank, String::new())],
            });
            taken.extend([first.span.start, second.span.start]);
            at += 1;
        }
    }
    // `** text` at a line's start, with nothing that closes it.
    for star in stars {
        let is_start = star.before == '\n' || star.before == ' ' && is_line_start(page, star.span.start);
        if !taken.contains(&star.span.start)
            && star.span.len() == 2
            && star.after == ' '
            && is_start
            && stars.iter().filter(|other| other.span.len() > 1).count() == 1
            && !is_legend(rest_of_line(page, star.span.end))
        {
            found.push(Found {
                span: star.span,
                message: "`**` begins no list and closes nowhere".to_owned(),
                help: "one asterisk begins a list; two around a text set it in bold",
                edits: Vec::new(),
            });
            taken.insert(star.span.start);
        }
    }
    taken
}

/// An asterisk that touches emphasis from outside, so that one side has more than the other:
/// `**title*:`.
fn beside_emphasis(page: &Page, block: NodeId, stars: &[Star], found: &mut Vec<Found>) -> bool {
    let doc = &page.doc;
    let mut any = false;
    let end = doc.nodes[block as usize].end;
    for node in &doc.nodes[block as usize + 1..end as usize] {
        if node.kind != Kind::Emph || node.wide || !page.slice(node.span).starts_with('*') {
            continue;
        }
        let before = stars.iter().find(|star| star.span.end == node.span.start && star.span.len() == 1);
        let behind = stars.iter().find(|star| star.span.start == node.span.end && star.span.len() == 1);
        let inner = page.slice(node.span).trim_matches('*');
        let span = match (before, behind) {
            (Some(star), None) if star.before.is_whitespace() => star.span.cover(node.span),
            // A mark may stand behind a name; not where the name is set in bold elsewhere.
            (None, Some(star)) if is_bold_elsewhere(page, inner) => star.span.cover(node.span),
            _ => continue,
        };
        any = true;
        found.push(Found {
            span,
            message: "one side has more asterisks than the other".to_owned(),
            help: "one asterisk on each side sets text in italics, two in bold",
            edits: vec![(span, format!("**{inner}**"))],
        });
    }
    any
}

fn is_bold_elsewhere(page: &Page, text: &str) -> bool {
    let marked = format!("**{text}**");
    let mut rest = page.source.text().match_indices(&marked);
    // The pair at hand, `*name**`, does not contain this.
    text.len() > 3 && rest.next().is_some()
}

/// kramdown pairs asterisks that touch a word on one side only, so that marks behind names vanish and
/// what stands between them is set in italics.
fn eaten(page: &Page, block: NodeId, stars: &[Star], found: &mut Vec<Found>) {
    let text = page.source.text();
    let single = |star: &&Star| star.span.len() == 1;
    let Some(first) = stars.iter().filter(single).find(|star| !star.after.is_whitespace()) else { return };
    let second = stars
        .iter()
        .filter(single)
        .find(|star| star.span.start > first.span.end && !star.before.is_whitespace());
    let Some(second) = second else { return };
    // Both must be marks behind a name, outside of any link or bold text that the other is not in.
    let is_mark = |star: &Star| star.before.is_alphabetic() || ")*_>.]".contains(star.before);
    let depth = |at: u32| {
        let doc = &page.doc;
        let end = doc.nodes[block as usize].end;
        doc.nodes[block as usize + 1..end as usize]
            .iter()
            .filter(|node| {
                matches!(
                    node.kind,
                    Kind::Strong | Kind::Emph | Kind::Link(_) | Kind::Strike | Kind::Bracketed
                )
            })
            .filter(|node| node.span.holds(at))
            .map(|node| node.span.start)
            .collect::<Vec<_>>()
    };
    if !is_mark(first) || !is_mark(second) || depth(first.span.start) != depth(second.span.start) {
        return;
    }
    let between = crate::text::slice(text, Span::new(first.span.end, second.span.start));
    // What is left of a formula is no list of names.
    if between.trim().is_empty() || between.len() > 600 || between.contains(['=', '&', '|', '_']) {
        return;
    }
    let edits = stars
        .iter()
        .filter(single)
        .filter(|star| is_mark(star))
        .map(|star| (Span::new(star.span.start, star.span.start), "\\".to_owned()))
        .collect();
    found.push(Found {
        span: first.span.cover(second.span),
        message: "kramdown takes these two asterisks for a pair and sets what is between in italics"
            .to_owned(),
        help: "write `\\*` for an asterisk that is a mark",
        edits,
    });
}

/// A closing asterisk behind a full stop that nothing opens.
fn unopened(stars: &[Star], found: &mut Vec<Found>) {
    let [star] = stars else { return };
    if star.span.len() == 1 && star.before == '.' && (star.after.is_whitespace() || star.after == '[') {
        found.push(Found {
            span: star.span,
            message: "this asterisk closes what nothing opens".to_owned(),
            help: "add the opening one, or take it out",
            edits: Vec::new(),
        });
    }
    if star.is_loose_end() && star.span.len() == 2 {
        found.push(Found {
            span: star.span,
            message: "`**` closes what nothing opens".to_owned(),
            help: "add the opening one, or take it out",
            edits: Vec::new(),
        });
    }
}

/// `* * text`: a list in a list, whose outer entry is empty.
fn doubled_bullet(page: &Page, item: NodeId, found: &mut Vec<Found>) {
    let doc = &page.doc;
    let mut children = doc.children(item);
    let (Some((list, node)), None) = (children.next(), children.next()) else { return };
    if node.kind != (Kind::List { ordered: false }) || doc.children(list).count() != 1 {
        return;
    }
    let outer = doc.nodes[item as usize].span;
    let gap = page.slice(Span::new(outer.start, node.span.start));
    let mark = gap.trim();
    if !gap.contains('\n') && matches!(mark, "*" | "-" | "+") && page.slice(node.span).starts_with(mark) {
        let inner = page.slice(node.span);
        let text = inner.get(1..).unwrap_or_default();
        if text.trim_start().is_empty() || !text.starts_with([' ', '\t']) {
            return;
        }
        let span = Span::new(outer.start, node.span.start + 1);
        let edits = vec![(Span::new(outer.start, node.span.start), String::new())];
        found.push(Found {
            span,
            message: "the bullet is written twice".to_owned(),
            help: "take one out: the page shows an empty entry with a list in it",
            edits,
        });
    }
}

/// Whether a line says what marks stand for.
fn is_legend(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["equal", "correspond", "joint", "co-first", "denote", "indicat", "author", "contribut", "note"]
        .iter()
        .any(|word| lower.contains(word))
}

fn has_legend(page: &Page) -> bool {
    page.source.text().lines().any(|line| {
        let line = line.trim_start_matches(['(', ' ', '\\', '-', '>']);
        // Not a line in bold that happens to thank its contributors.
        let is_bold = line.strip_prefix("**").is_some_and(|rest| rest.contains("**"));
        line.starts_with('*') && !is_bold && !line.starts_with("* ") && is_legend(line)
            || line.starts_with("* ") && line.len() < 120 && is_legend(line)
    })
}

fn is_line_start(page: &Page, at: u32) -> bool {
    let line = page.source.line_span(page.source.line_index(at));
    page.slice(Span::new(line.start, at)).trim().is_empty()
}

fn rest_of_line(page: &Page, at: u32) -> &str {
    let line = page.source.line_span(page.source.line_index(at));
    page.slice(Span::new(at, line.end))
}
