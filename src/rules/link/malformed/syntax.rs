//! Brackets that were to be a Markdown link and are none: read from the source, since what is no
//! link is not in the tree.

use crate::markup::Dialect;
use crate::text::{Span, offset_in, slice};
use regex::Regex;
use std::sync::LazyLock;

/// How a link is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// `[text] (target)`.
    Gap,
    /// `[text)(target)`.
    Bracket,
    /// `[text](target` without its end.
    Unclosed,
    /// `[text]([text](target))`.
    Nested,
    /// `[text](https:// x)`.
    Blank,
    /// `[text]（target）`.
    Fullwidth,
    /// `text](target)`.
    Unopened,
}

impl Break {
    /// What is wrong, one clause.
    pub(super) fn message(self) -> &'static str {
        match self {
            Break::Gap => "the white space between `]` and `(` keeps this from being a link",
            Break::Bracket => "`)(` for `](` keeps this from being a link",
            Break::Unclosed => "the target is not closed by `)`, which keeps this from being a link",
            Break::Nested => "a link stands inside the target of a link",
            Break::Blank => "white space inside the address keeps this from being a link",
            Break::Unopened => "no `[` opens the text of this link",
            Break::Fullwidth => "full-width parentheses keep this from being a link",
        }
    }
}

/// Something found in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The target of a link that is well formed.
    Target(Span),
    /// A link that is broken.
    Broken {
        /// How.
        how: Break,
        /// The bytes from its opening bracket.
        span: Span,
        /// The one repair that is certain: what to replace, and by what.
        repair: Option<(Span, String)>,
    },
}

/// How far a bracket or the end of a target is looked for.
const REACH: usize = 1500;

/// Finds targets and broken links in Markdown source, in order.
///
/// `silent` tells whether a byte belongs to code, mathematics or a comment; `jump` gives the end of a
/// construct of a template that begins at a byte.
pub(super) fn scan(
    text: &str,
    dialect: Dialect,
    silent: &dyn Fn(usize) -> bool,
    jump: &dyn Fn(usize) -> Option<usize>,
) -> Vec<Found> {
    let mut out = Vec::new();
    let mut after = 0;
    for at in memchr::memchr_iter(b']', text.as_bytes()) {
        if at < after || silent(at) || escaped(text, at) {
            continue;
        }
        let rest = tail(text, at + 1);
        let found = if rest.starts_with('(') {
            destination(text, at, dialect, jump)
        } else {
            gap(text, at, rest).or_else(|| fullwidth(text, at, rest))
        };
        if let Some(found) = found {
            if let Found::Broken { span, .. } = &found {
                after = span.end as usize;
            }
            out.push(found);
        }
    }
    for at in memchr::memmem::find_iter(text.as_bytes(), ")(") {
        if !silent(at) && !escaped(text, at) {
            out.extend(bracket(text, at));
        }
    }
    out
}

fn tail(text: &str, at: usize) -> &str {
    slice(text, Span::at(at, (at + REACH).min(text.len())))
}

fn escaped(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take(REACH).take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// The opening bracket that a closing one belongs to, within its paragraph.
fn opening(text: &str, closing: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0u32;
    let mut blank = false;
    for at in (closing.saturating_sub(REACH)..closing).rev() {
        match bytes[at] {
            b'\n' if blank => return None,
            b'\n' => blank = true,
            b' ' | b'\t' | b'\r' => {}
            b']' if !escaped(text, at) => {
                depth += 1;
                blank = false;
            }
            b'[' if !escaped(text, at) => {
                if depth == 0 {
                    return Some(at);
                }
                depth -= 1;
                blank = false;
            }
            _ => blank = false,
        }
    }
    None
}

/// `](`: the target, or how it is broken.
fn destination(
    text: &str,
    closing: usize,
    dialect: Dialect,
    jump: &dyn Fn(usize) -> Option<usize>,
) -> Option<Found> {
    let Some(open) = opening(text, closing) else { return unopened(text, closing, jump) };
    let rest = tail(text, closing + 2);
    let start = closing + 2 + (rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len());
    let first = tail(text, start);
    if first.starts_with('<') {
        let end = first.find(['>', '\n']).filter(|&end| first.as_bytes()[end] == b'>')?;
        return Some(Found::Target(Span::at(start + 1, start + end)));
    }
    if first.starts_with('[') {
        let inner = Regex::is_match(nested_link(), first);
        return inner.then(|| Found::Broken {
            how: Break::Nested,
            span: Span::at(open, line_end(text, start).min(start + nested_end(first))),
            repair: None,
        });
    }
    let end = target_end(text, start, jump);
    if closes(tail(text, end)) {
        let target = slice(text, Span::at(start, end));
        if target.contains("](") && is_address(target) {
            return Some(unclosed(text, open, start, end));
        }
        return Some(Found::Target(Span::at(start, end)));
    }
    if let Some(found) = blank(text, open, start) {
        return Some(found);
    }
    let target = slice(text, Span::at(start, end));
    if !is_address(target)
        || jump(end).is_some()
        || (dialect == Dialect::Kramdown && blank_is_fine(text, end))
    {
        return None;
    }
    Some(unclosed(text, open, start, end))
}

/// `](target)` without a bracket that opens: the line must not have one either.
fn unopened(text: &str, closing: usize, jump: &dyn Fn(usize) -> Option<usize>) -> Option<Found> {
    let start = closing + 2;
    let end = target_end(text, start, jump);
    let target = slice(text, Span::at(start, end));
    let line = closing - tail_before(text, closing).len();
    let before = slice(text, Span::at(line, closing));
    let is_told = before.contains(['[', '<', '`', '$', '{']) || before.trim().is_empty();
    let is_web = target.starts_with("http://") || target.starts_with("https://");
    (is_web && !is_told && text.as_bytes().get(end) == Some(&b')')).then(|| Found::Broken {
        how: Break::Unopened,
        span: Span::at(closing, end + 1),
        repair: None,
    })
}

/// What stands before a byte on its line.
fn tail_before(text: &str, at: usize) -> &str {
    let before = slice(text, Span::at(at.saturating_sub(REACH), at));
    before.rsplit('\n').next().unwrap_or(before)
}

fn nested_link() -> &'static Regex {
    static NESTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\[[^\[\]\n]*\]\([^()\s]*\)\s*\)?").expect("a constant pattern"));
    &NESTED
}

fn nested_end(text: &str) -> usize {
    nested_link().find(text).map_or(0, |found| found.end())
}

fn line_end(text: &str, at: usize) -> usize {
    text.as_bytes().get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(text.len(), |end| at + end)
}

/// Where a target that begins at `start` ends: at white space or at the parenthesis that closes it.
fn target_end(text: &str, start: usize, jump: &dyn Fn(usize) -> Option<usize>) -> usize {
    let bytes = text.as_bytes();
    let limit = (start + REACH).min(bytes.len());
    let mut depth = 0u32;
    let mut at = start;
    while at < limit {
        if let Some(end) = jump(at) {
            at = end.max(at + 1);
            continue;
        }
        match bytes[at] {
            b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b' ' | b'\t' | b'\n' | b'\r' => break,
            _ => {}
        }
        at += 1;
    }
    at.min(text.len())
}

/// Whether a target ends here: a parenthesis, with or without a title before it.
fn closes(rest: &str) -> bool {
    static CLOSES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)^\s*(?:\)|(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))\s*\))"#)
            .expect("a constant pattern")
    });
    CLOSES.is_match(rest)
}

/// Whether text is the beginning of an address or of a path to a document.
fn is_address(text: &str) -> bool {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"(?i)^["“]?(?:h?t?tt?ps?:?//?[\w\[]|www\.\w|mailto:\w|\.{0,2}/?[\w./~%-]+\.(?:pdf|html?|md|bib|png|jpe?g|zip|pptx?|txt|svg|gif)\b|\{\{|/[\w-]+/[\w./-]*)"#,
        )
        .expect("a constant pattern")
    });
    ADDRESS.is_match(text)
}

/// kramdown takes white space for a part of the target, as long as the parenthesis comes.
fn blank_is_fine(text: &str, end: usize) -> bool {
    let rest = slice(text, Span::at(end, line_end(text, end).min(end + REACH)));
    match rest.find([')', '[', '(']) {
        Some(at) if rest.as_bytes()[at] == b')' => {
            // Whatever ends like a file's name is one.
            rest.get(..at).is_some_and(|between| {
                let tail = between.trim_end();
                between.split_whitespace().count() <= 2
                    || tail
                        .rsplit('.')
                        .next()
                        .is_some_and(|suffix| (2..=5).contains(&suffix.len()) && suffix != tail)
                        && !tail.contains(". ")
            })
        }
        _ => false,
    }
}

/// `](https:// x)`.
fn blank(text: &str, open: usize, start: usize) -> Option<Found> {
    static BLANK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)^(https?[ \t]*:?[ \t]*/[ \t]*/?[ \t]*)([^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)")
            .expect("a constant pattern")
    });
    let rest = tail(text, start);
    let found = BLANK.captures(rest)?;
    let scheme = found.get(1)?;
    if !scheme.as_str().contains([' ', '\t']) {
        return None;
    }
    let name = if scheme.as_str().to_ascii_lowercase().starts_with("https") { "https" } else { "http" };
    Some(Found::Broken {
        how: Break::Blank,
        span: Span::at(open, start + found.get(0)?.end()),
        repair: Some((Span::at(start, start + scheme.end()), format!("{name}://"))),
    })
}

/// `[text](target` without its end.
fn unclosed(text: &str, open: usize, start: usize, end: usize) -> Found {
    let target = slice(text, Span::at(start, end));
    // The next bracket, bar, tag or sign of another script is no part of the address.
    let stop =
        target.find(['[', ']', '|', '<', '{', '，', '。', '；', '、', '）', '（']).unwrap_or(target.len());
    let address =
        target.get(..stop).unwrap_or(target).trim_end_matches(['.', ',', ';', ':', '*', '_', '!', '?', '(']);
    let place = start + address.len();
    // `[text](target\)`: the closing parenthesis is there, but escaped.
    if let Some(bare) = address.strip_suffix("\\)") {
        let at = start + bare.len();
        return Found::Broken {
            how: Break::Unclosed,
            span: Span::at(open, place),
            repair: Some((Span::at(at, at + 1), String::new())),
        };
    }
    let rest = slice(text, Span::at(place, line_end(text, place).min(place + REACH)));
    // Whether the author's parenthesis stands further on cannot be known.
    let certain = rest.find(')').is_none_or(|paren| rest.find('[').is_some_and(|next| next < paren))
        && !address.is_empty();
    Found::Broken {
        how: Break::Unclosed,
        span: Span::at(open, place),
        repair: certain.then(|| (Span::at(place, place), ")".to_owned())),
    }
}

/// The text between the brackets that close at `closing`, when a link could be meant.
fn label(text: &str, closing: usize) -> Option<(usize, &str)> {
    let open = opening(text, closing)?;
    let label = slice(text, Span::at(open + 1, closing));
    let trimmed = label.trim();
    let is_mark = trimmed.is_empty()
        || trimmed.starts_with(['^', '@'])
        || matches!(trimmed, "x" | "X" | "sic" | "...")
        // `[12]` is a reference; `[2023]` and `[2.5]` name what they lead to.
        || trimmed.len() <= 3 && trimmed.chars().all(|c| c.is_ascii_digit())
        || trimmed.chars().all(|c| !c.is_alphanumeric())
        || label.contains("](");
    // `[a][b] (u)`: the second pair is a label of a reference.
    let reference = text.as_bytes().get(open.wrapping_sub(1)).is_some_and(|&byte| byte == b']');
    (!is_mark && !reference).then_some((open, label))
}

/// `[text] (target)`.
fn gap(text: &str, closing: usize, rest: &str) -> Option<Found> {
    static GAP: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r#"^([ \t]+|[ \t]*\n[ \t]*)\(\s*(<[^\s<>]+>|[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:\s+"[^"\n]*")?\s*\)"#,
        )
        .expect("a constant pattern")
    });
    let found = GAP.captures(rest)?;
    let target = found.get(2)?.as_str();
    let bare = target.trim_matches(['<', '>']);
    if !is_address(bare) || target.starts_with("{{") || target.contains("](") {
        return None;
    }
    let (open, _) = label(text, closing)?;
    let white = found.get(1)?;
    Some(Found::Broken {
        how: Break::Gap,
        span: Span::at(open, closing + 1 + found.get(0)?.end()),
        repair: Some((Span::at(closing + 1, closing + 1 + white.len()), String::new())),
    })
}

/// `[text]（target）`.
fn fullwidth(text: &str, closing: usize, rest: &str) -> Option<Found> {
    static FULLWIDTH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^（\s*(https?://[^\s()（）]+)\s*[）)]").expect("a constant pattern"));
    if !rest.starts_with('（') {
        return None;
    }
    let found = FULLWIDTH.captures(rest)?;
    let (open, _) = label(text, closing)?;
    let whole = found.get(0)?;
    Some(Found::Broken {
        how: Break::Fullwidth,
        span: Span::at(open, closing + 1 + whole.end()),
        repair: Some((
            Span::at(closing + 1, closing + 1 + whole.end()),
            format!("({})", found.get(1)?.as_str()),
        )),
    })
}

/// `[text)(target)`; `at` is the first of `)(`.
fn bracket(text: &str, at: usize) -> Option<Found> {
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:https?:/{1,2}|www\.|mailto:|/|\.{1,2}/)[^\s()]+(?:\([^\s()]*\)[^\s()]*)*\)")
            .expect("a constant pattern")
    });
    let target = TARGET.find(tail(text, at + 2))?;
    let bytes = text.as_bytes();
    // The bracket must be open, and no parenthesis between may claim the `)`.
    let mut parens = 0i32;
    let open = (at.saturating_sub(REACH)..at).rev().find_map(|each| match bytes[each] {
        b'\n' if bytes.get(each.wrapping_sub(1)) == Some(&b'\n') => Some(None),
        b']' => Some(None),
        b')' => {
            parens += 1;
            None
        }
        b'(' => {
            parens -= 1;
            (parens < 0).then_some(None)
        }
        b'[' => Some((!escaped(text, each)).then_some(each)),
        _ => None,
    })??;
    let label = slice(text, Span::at(open + 1, at));
    if label.trim().is_empty() || offset_in(text, label).is_none() {
        return None;
    }
    Some(Found::Broken {
        how: Break::Bracket,
        span: Span::at(open, at + 2 + target.end()),
        repair: Some((Span::at(at, at + 1), "]".to_owned())),
    })
}

#[cfg(test)]
mod tests;
