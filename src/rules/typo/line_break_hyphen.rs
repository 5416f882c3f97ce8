//! `typo/line-break-hyphen`: a hyphen that a PDF's line break left inside a word: `represen-tation`.

use super::dictionary::rank;
use super::shape::is_prefix;
use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::{Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "typo/line-break-hyphen",
    summary: "A hyphen was left over from a line break",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/typo/line-break-hyphen.md"),
};

/// The rule.
pub(super) struct LineBreakHyphen;

impl Rule for LineBreakHyphen {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (passage, tongue) in page.prose().iter() {
            if tongue == Tongue::Other {
                continue;
            }
            for pair in passage.words().windows(2) {
                let Some(word) = broken(passage, pair[0], pair[1]) else { continue };
                let place = page.at(passage.span(pair[0].start, pair[1].end));
                // A program laid the lines out: the hyphen stands at the end of one.
                if page.slice(place.span).contains('<') {
                    continue;
                }
                let exact = passage.exact(pair[0].start, pair[1].end);
                let report = cx.report(place, left_over(&word));
                if exact {
                    report.replace(format!("write `{word}`"), Safety::Ask, place, word);
                }
            }
        }
    }
}

fn left_over(word: &str) -> String {
    format!("a hyphen was left over from a line break in `{word}`")
}

/// The whole word, where a hyphen breaks it between two parts that are no words.
fn broken(passage: &Passage, head: Word<'_>, tail: Word<'_>) -> Option<String> {
    let gap = passage.part(head.end, tail.start);
    let apart = match gap {
        "-" | "\u{ad}" => false,
        "- " | "-\n" => true,
        _ => return None,
    };
    let letters = |word: Word<'_>| word.plain && word.text.chars().all(|c| c.is_ascii_alphabetic());
    if !letters(head)
        || !letters(tail)
        || !tail.text.chars().all(|c| c.is_ascii_lowercase())
        || head.text.chars().skip(1).any(char::is_uppercase)
        || matches!(passage.before(head.start), Some('-' | '/' | '\u{fffc}'))
        || matches!(passage.after(tail.end), Some('-' | '/' | '\u{fffc}'))
    {
        return None;
    }
    let (first, second) = (head.text.to_ascii_lowercase(), tail.text.to_ascii_lowercase());
    let whole = format!("{first}{second}");
    let common = |word: &str, least: u8| rank(word).is_some_and(|rank| rank >= least);
    // `pre- and post-training`, `well-known`, `multi-modal` live with their hyphens.
    if !common(&whole, 4) || whole.len() < 7 || first.len() < 2 || second.len() < 2 || is_prefix(&first) {
        return None;
    }
    let head_lives = common(&first, 2);
    let tail_lives = common(&second, 2);
    let lives = if apart { head_lives && tail_lives } else { tail_lives || first.len() < 4 };
    let joined = format!("{}{}", head.text, tail.text);
    (!lives).then_some(joined)
}
