//! `typo/stray-bracket`: a round or square bracket, or a quotation mark, without its partner.
//!
//! Marks are paired as the reader sees them, within a passage and then with those of the passages nearby;
//! what brackets mean in the markup of links is for `link/malformed`.

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::{OPAQUE, Origin, Passage};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "typo/stray-bracket",
    summary: "A bracket or quotation mark has no partner",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/typo/stray-bracket.md"),
};

/// The rule.
pub(super) struct StrayBracket;

/// How many passages away a partner may stand.
const NEAR: usize = 40;

/// With more than these a page writes something of its own: formulas, faces, a list in another style.
const MOST: usize = 6;

/// A passage with more lone marks than these is no prose.
const MOST_OPEN: usize = 32;

/// How far around a mark a formula may reach, in characters.
const FORMULA: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Round,
    Square,
    Quote,
}

/// A mark without a partner in its passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Lone {
    passage: usize,
    start: usize,
    end: usize,
    kind: Kind,
    opens: bool,
}

impl Rule for StrayBracket {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !page.format.is_page() {
            return;
        }
        let passages = &page.prose().passages;
        let mut lone = Vec::new();
        for (index, passage) in passages.iter().enumerate() {
            if matches!(passage.origin, Origin::Text | Origin::Heading | Origin::Cell | Origin::Quote) {
                lone_marks(index, passage, &mut lone);
            }
        }
        let stray = without_partner(&lone);
        if stray.len() > MOST {
            return;
        }
        for mark in stray {
            let passage = &passages[mark.passage];
            if is_meant(passage, mark) || !passage.exact(mark.start, mark.end) {
                continue;
            }
            let place = page.at(passage.span(mark.start, mark.end));
            let report = cx.report(place, no_partner(passage.part(mark.start, mark.end), mark.opens));
            // One too many beside its like can go.
            if !mark.opens && passage.before(mark.start) == passage.after(mark.start) {
                report.replace("remove it", Safety::Ask, place, "");
            }
        }
    }
}

fn no_partner(mark: &str, opens: bool) -> String {
    format!("`{mark}` is never {}", if opens { "closed" } else { "opened" })
}

/// The marks of a passage that have no partner in it.
fn lone_marks(index: usize, passage: &Passage, out: &mut Vec<Lone>) {
    let text = passage.text();
    let first = out.len();
    let quotes = text.matches(QUOTES).count();
    for (start, mark) in text.match_indices(MARKS) {
        let end = start + mark.len();
        let (kind, opens) = match mark {
            "(" | "（" => (Kind::Round, true),
            ")" | "）" => (Kind::Round, false),
            "[" => (Kind::Square, true),
            "]" => (Kind::Square, false),
            // How several of them pair is for a reader to say.
            _ if quotes > 1 => continue,
            _ => (Kind::Quote, !closes(passage, start, end)),
        };
        if kind == Kind::Round && is_face(passage.part(0, start)) {
            continue;
        }
        let partner = out[first..].iter().rposition(|lone| lone.kind == kind && lone.opens);
        match partner {
            Some(at) if !opens => {
                out.remove(first + at);
            }
            _ => out.push(Lone { passage: index, start, end, kind, opens }),
        }
        if out.len() > first + MOST_OPEN {
            out.truncate(first);
            return;
        }
    }
    // `[0, 1)` is an interval, `(see there]` a pair all the same.
    let last = |out: &[Lone], opens: bool| {
        out[first..].iter().rposition(|lone| lone.kind != Kind::Quote && lone.opens == opens)
    };
    while let (Some(open), Some(close)) = (last(out, true), last(out, false)) {
        if open > close {
            break;
        }
        out.remove(first + close);
        out.remove(first + open);
    }
}

const QUOTES: [char; 7] = ['"', '“', '”', '„', '«', '»', '″'];

const MARKS: [char; 7] = ['(', ')', '[', ']', '（', '）', '"'];

/// Whether a text ends in the eyes of a face.
fn is_face(before: &str) -> bool {
    let eyes = before.trim_end_matches(['-', '\'', '’', 'o', '^']);
    let beside = |mark: char| {
        eyes.strip_suffix(mark).is_some_and(|head| {
            head.is_empty() || head.ends_with(|c: char| c.is_whitespace() || "!.?,)".contains(c))
        })
    };
    eyes.len() + 2 > before.len() && ([':', ';', '=', '8', '^'].into_iter().any(beside))
}

/// Whether a straight quotation mark ends something.
fn closes(passage: &Passage, start: usize, end: usize) -> bool {
    passage.before(start).is_some_and(|c| !c.is_whitespace() && c != '(')
        && passage.after(end).is_none_or(|c| !c.is_alphanumeric() && c != OPAQUE)
}

/// The marks that have none in the passages nearby either.
fn without_partner(lone: &[Lone]) -> Vec<Lone> {
    let mut left: Vec<Lone> = Vec::new();
    for &mark in lone {
        let near = left.partition_point(|other| mark.passage - other.passage > NEAR);
        let partner = left[near..].iter().rposition(|other| other.kind == mark.kind && other.opens);
        match partner.map(|at| near + at) {
            Some(at) if !mark.opens => {
                left.remove(at);
            }
            _ => left.push(mark),
        }
    }
    left
}

/// Whether a mark stands alone on purpose: behind the number of a list, in a face, in a formula, where a
/// text is cut off.
fn is_meant(passage: &Passage, mark: Lone) -> bool {
    let text = passage.text();
    let from = passage.part(0, mark.start).char_indices().rev().take(FORMULA).last().map_or(0, |(at, _)| at);
    let mut around = passage.part(from, text.len()).chars().take(2 * FORMULA);
    if around.any(|c| matches!(c, '\\' | '$' | '=' | '≤' | '≥' | '∈' | '<' | '>' | '^'))
        || text.trim_end().ends_with(['…', OPAQUE]) && mark.opens
    {
        return true;
    }
    let before = passage.part(0, mark.start);
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let token = token.trim_start_matches(['*', '_', ',', ';', '(']);
    let rest = passage.part(mark.end, text.len());
    let in_address = |part: &str| part.contains("://") || part.starts_with("www.") || part.contains('@');
    let near = rest.split(char::is_whitespace).next().unwrap_or_default();
    if in_address(token) || in_address(near) {
        return true;
    }
    match mark.kind {
        // Each paragraph of a long quotation opens anew; inches and seconds close nothing.
        Kind::Quote => mark.opens || token.ends_with(|c: char| c.is_ascii_digit()),
        Kind::Square => mark.opens && rest.trim().is_empty(),
        // A face may close what is open, too.
        Kind::Round if mark.opens => {
            let ends_in_face =
                rest.match_indices(')').any(|(at, _)| is_face(rest.get(..at).unwrap_or_default()));
            text.ends_with("...") || rest.trim().is_empty() || ends_in_face
        }
        Kind::Round => {
            let label = token.chars().filter(|c| c.is_alphanumeric()).count();
            (label < 3
                && token.chars().count() < 4
                && !token.is_empty()
                && token.chars().all(char::is_alphanumeric))
                || is_roman(token)
                || before.trim().is_empty()
        }
    }
}

fn is_roman(token: &str) -> bool {
    !token.is_empty() && token.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'))
}
