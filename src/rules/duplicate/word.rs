//! `duplicate/word`: a word written twice in a row.

use crate::diagnostic::{Safety, Severity};
use crate::markup::Style;
use crate::model::Page;
use crate::model::prose::{Origin, Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "duplicate/word",
    summary: "a word is written twice in a row",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/duplicate/word.md"),
};

/// The rule.
pub(super) struct DuplicateWord;

impl Rule for DuplicateWord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (passage, tongue) in page.prose().iter() {
            let words = passage.words();
            for word in &words {
                if let Some(second) = run_on(passage, *word) {
                    report_run(page, passage, second, cx);
                }
            }
            for (at, pair) in words.windows(2).enumerate() {
                let before = at.checked_sub(1).and_then(|before| words.get(before));
                let after = words.get(at + 2);
                // Whoever writes a word three times means it.
                let thrice = [before, after]
                    .into_iter()
                    .flatten()
                    .any(|third| third.text.eq_ignore_ascii_case(pair[1].text));
                if (!thrice || is_function_word(pair[1].text))
                    && doubled(passage, [before, after], pair[0], pair[1], tongue)
                {
                    report(page, passage, pair[0], pair[1], cx);
                }
            }
        }
    }
}

fn report(page: &Page, passage: &Passage, first: Word<'_>, second: Word<'_>, cx: &mut Context<'_>) {
    let word = passage.span(second.start, second.end);
    let with_gap = Span::new(passage.span(first.start, first.end).end, word.end);
    // Only white space may go with the word: emphasis or the prefix of a quoted line must stay.
    let clean = page.slice(with_gap).trim_start() == second.text
        && with_gap.len() > word.len()
        && passage.exact(second.start, second.end);
    if clean {
        let place = page.at(with_gap);
        cx.report(place, twice(second.text)).replace("remove the second", Safety::Safe, place, "");
    } else {
        cx.report(page.at(word), twice(second.text));
    }
}

/// The second half of a text that was written twice without a space: `Nia OkaforNia Okafor`.
fn run_on(passage: &Passage, word: Word<'_>) -> Option<(usize, usize)> {
    let letters = word.text.as_bytes();
    let seams = letters
        .windows(2)
        .enumerate()
        .filter(|(_, pair)| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let text = passage.text();
    seams.map(|(at, _)| word.start + at + 1).find_map(|seam| {
        let tail = passage.part(seam, text.len());
        let end = seam + tail.find(|c: char| !c.is_alphabetic() && c != ' ').unwrap_or(tail.len());
        // The words behind the seam, the longest that also stand before it.
        let ends = passage.part(seam, end).match_indices(' ').map(|(at, _)| seam + at).chain([end]);
        ends.take(6).filter(|&end| end - seam > 7 && seam >= end - seam).find_map(|end| {
            let start = seam - (end - seam);
            let twice = text.get(start..seam)? == text.get(seam..end)?;
            let begins = passage.before(start).is_none_or(|c| !c.is_alphanumeric());
            let is_two = passage.part(seam, end).contains(' ');
            (twice && begins && is_two && passage.after(end).is_none_or(|c| !c.is_alphanumeric()))
                .then_some((seam, end))
        })
    })
}

fn report_run(page: &Page, passage: &Passage, (start, end): (usize, usize), cx: &mut Context<'_>) {
    let place = page.at(passage.span(start, end));
    let report = cx.report(place, twice(passage.part(start, end)));
    if passage.exact(start, end) {
        report.replace("remove the second", Safety::Ask, place, "");
    }
}

fn twice(word: &str) -> String {
    format!("`{word}` is written twice in a row")
}

fn doubled(
    passage: &Passage,
    beside: [Option<&Word<'_>>; 2],
    first: Word<'_>,
    second: Word<'_>,
    tongue: Tongue,
) -> bool {
    if !first.plain || !second.plain || !same(first.text, second.text) {
        return false;
    }
    let gap = passage.part(first.end, second.start);
    if gap.is_empty() || !gap.chars().all(char::is_whitespace) {
        return false;
    }
    if matches!(passage.before(first.start), Some('-' | '–' | '/' | '\'' | '’' | '"' | '“' | '&' | '.'))
        || matches!(passage.after(second.end), Some('-' | '/' | '\'' | '’' | '&' | '"' | '”'))
    {
        return false;
    }
    let lower = second.text;
    if is_function_word(lower) {
        return !two_links(passage, first, second)
            && (tongue != Tongue::Other
                || matches!(lower, "the" | "of" | "and" | "with" | "for" | "on" | "in"))
            && !ends_verb(beside, lower);
    }
    tongue == Tongue::English
        && lower.len() > 2
        && first.text == second.text
        && passage.origin != Origin::Cell
        && passage.piece(first.start) == passage.piece(second.start)
        // Names of species double their words, in italics: *Vulpes vulpes schrencki*.
        && !passage.piece(first.start).is_some_and(|piece| piece.style.any(Style::EMPH))
        && !may_be_doubled(lower)
}

/// Equal, the second in lower case.
fn same(first: &str, second: &str) -> bool {
    second.chars().all(char::is_lowercase)
        && second.is_ascii()
        && (first == second
            || first.eq_ignore_ascii_case(second) && !first.chars().skip(1).any(char::is_uppercase))
}

/// Different links, as in a row of labels.
fn two_links(passage: &Passage, first: Word<'_>, second: Word<'_>) -> bool {
    let link = |word: Word<'_>| passage.piece(word.start).and_then(|piece| piece.link);
    match (link(first), link(second)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}

/// Words that never rightly follow themselves.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "in"
            | "and"
            | "to"
            | "for"
            | "with"
            | "on"
            | "a"
            | "an"
            | "at"
            | "by"
            | "from"
            | "as"
            | "are"
            | "we"
            | "our"
            | "my"
            | "this"
            | "these"
            | "be"
            | "been"
            | "or"
            | "has"
            | "have"
            | "their"
            | "its"
            | "which"
            | "into"
            | "via"
            | "using"
            | "between"
            | "also"
            | "it"
            | "if"
            | "than"
            | "was"
            | "were"
    )
}

/// Whether the first of two particles belongs to a verb: `log in in two steps`, `look for for years`.
fn ends_verb(beside: [Option<&Word<'_>>; 2], particle: &str) -> bool {
    let Some(verb) = beside[0] else { return false };
    let verb = verb.text.to_lowercase();
    match particle {
        "in" | "on" => matches!(
            verb.as_str(),
            "log"
                | "logs"
                | "logged"
                | "logging"
                | "sign"
                | "signed"
                | "signing"
                | "turn"
                | "turned"
                | "turning"
                | "move"
                | "moved"
                | "moving"
                | "check"
                | "checked"
                | "plug"
                | "plugged"
                | "come"
                | "came"
                | "go"
                | "goes"
                | "went"
                | "chime"
                | "chimed"
        ),
        "for" => {
            let time = |word: &&Word<'_>| {
                matches!(
                    word.text,
                    "next" | "years" | "months" | "ages" | "decades" | "so" | "over" | "this" | "a" | "the"
                )
            };
            matches!(verb.as_str(), "look" | "looked" | "looking" | "waiting" | "waited")
                && beside[1].is_some_and(|word| time(&word))
        }
        _ => false,
    }
}

/// Words that people double on purpose, or that a sentence may bring together.
fn may_be_doubled(word: &str) -> bool {
    matches!(
        word,
        "had"
            | "that"
            | "very"
            | "many"
            | "much"
            | "really"
            | "far"
            | "long"
            | "more"
            | "again"
            | "bla"
            | "blah"
            | "yes"
            | "hey"
            | "bye"
            | "knock"
            | "chop"
            | "tut"
            | "aye"
            | "now"
            | "never"
            | "always"
            | "win"
            | "hush"
            | "there"
            | "her"
            | "you"
            | "who"
            | "what"
            | "will"
            | "can"
            | "not"
            | "boom"
            | "foo"
            | "bar"
            | "beep"
            | "tick"
            | "click"
            | "gorilla"
            | "bison"
            | "ding"
            | "haha"
            | "lorem"
            | "yada"
            | "old"
            | "big"
            | "great"
            | "well"
            | "step"
            | "bit"
            | "pom"
            | "choo"
            | "tuk"
            | "wow"
            | "yay"
            | "test"
            | "todo"
            | "xxx"
            | "pretty"
            | "super"
    )
}
