//! `typo/stray-letter`: a lone letter where a function word lost its other half: `n 2019`, `o the`.

use super::shape::run_together;
use crate::diagnostic::{Safety, Severity};
use crate::model::prose::{OPAQUE, Passage, Word};
use crate::model::tongue::{self, Tongue};
use crate::model::{Page, venue};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "typo/stray-letter",
    summary: "A letter or a space was lost between two words",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/typo/stray-letter.md"),
};

/// The rule.
pub(super) struct StrayLetter;

impl Rule for StrayLetter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (passage, tongue) in page.prose().iter() {
            if tongue == Tongue::English {
                judge(page, passage, cx);
                lost_spaces(page, passage, cx);
                glued_venues(page, passage, cx);
                behind_year(page, passage, cx);
            }
        }
    }
}

fn judge(page: &Page, passage: &Passage, cx: &mut Context<'_>) {
    let words = passage.words();
    if speaks_of_variables(passage, &words) {
        return;
    }
    for (at, word) in words.iter().enumerate() {
        let Some(meant) = meant(passage, &words, at) else { continue };
        let place = page.at(passage.span(word.start, word.end));
        let exact = passage.exact(word.start, word.end);
        let report = cx.report(place, lost_letter(word.text, meant[0]));
        if let [only] = meant {
            if exact {
                report.replace(format!("write `{only}`"), Safety::Ask, place, *only);
            }
        } else {
            report.help(format!("or `{}`", meant[1..].join("` or `")));
        }
    }
}

/// Words that ran together when their space was lost: `thedata`.
fn lost_spaces(page: &Page, passage: &Passage, cx: &mut Context<'_>) {
    for word in passage.words() {
        let lower = word.text.chars().all(|c| c.is_ascii_lowercase());
        let beside = [passage.before(word.start), passage.after(word.end)];
        let joined =
            beside.iter().flatten().any(|c| matches!(c, '-' | '_' | '/' | '.' | '@' | '#' | '(' | ':'))
                && passage.after(word.end) != Some('.');
        if !word.plain || !lower || joined || cx.config().typo.words.iter().any(|known| known == word.text) {
            continue;
        }
        let Some((head, tail)) = run_together(word.text) else { continue };
        let place = page.at(passage.span(word.start, word.end));
        let exact = passage.exact(word.start, word.end);
        let apart = format!("{head} {tail}");
        let report = cx.report(place, lost_space(word.text, &apart));
        if exact {
            report.replace(format!("write `{apart}`"), Safety::Ask, place, apart);
        }
    }
}

/// A preposition without the space before a venue: `InESANN 2007`.
fn glued_venues(page: &Page, passage: &Passage, cx: &mut Context<'_>) {
    for word in passage.words() {
        let Some((head, venue)) =
            ["In", "At", "in", "at"].iter().find_map(|head| Some((*head, word.text.strip_prefix(head)?)))
        else {
            continue;
        };
        let year = passage.part(word.end, word.end + 5).trim_start();
        let dated = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
        let known = venue.len() > 3
            && venue.chars().all(|c| c.is_ascii_uppercase())
            && (venue::canonical(venue).is_some() || (dated && venue.len() > 4))
            && venue::canonical(word.text).is_none();
        if !known || !word.plain {
            continue;
        }
        let place = page.at(passage.span(word.start, word.end));
        let apart = format!("{head} {venue}");
        let report = cx.report(place, lost_space(word.text, &apart));
        if passage.exact(word.start, word.end) {
            report.replace(format!("write `{apart}`"), Safety::Ask, place, apart);
        }
    }
}

/// A letter behind the full stop that ends an entry with its year: `2021.s`.
fn behind_year(page: &Page, passage: &Passage, cx: &mut Context<'_>) {
    let text = passage.text().trim_end();
    let Some((rest, letter)) = text.char_indices().next_back().map(|(at, c)| (passage.part(0, at), c)) else {
        return;
    };
    let Some(year) = rest.strip_suffix(['.', ',']).map(|rest| rest.rsplit(' ').next().unwrap_or(rest)) else {
        return;
    };
    let is_year = year.len() == 4
        && (year.starts_with("19") || year.starts_with("20"))
        && year.chars().all(|c| c.is_ascii_digit());
    if is_year && letter.is_ascii_lowercase() && passage.exact(rest.len(), text.len()) {
        let place = page.at(passage.span(rest.len(), text.len()));
        cx.report(place, format!("a stray `{letter}` behind the year")).replace(
            "remove it",
            Safety::Ask,
            place,
            "",
        );
    }
}

fn lost_space(word: &str, apart: &str) -> String {
    format!("a space is missing in `{word}`: `{apart}`")
}

fn lost_letter(letter: &str, meant: &str) -> String {
    format!("a lone `{letter}`; `{meant}` is meant")
}

/// The words that a lone letter may stand for, the likeliest first.
fn meant(passage: &Passage, words: &[Word<'_>], at: usize) -> Option<&'static [&'static str]> {
    let word = words[at];
    if !word.plain || word.text.len() != 1 || at == 0 || !alone(passage, word) {
        return None;
    }
    let before = words[at - 1];
    if !before.plain || before.text.len() < 2 || introduces_variable(before.text) {
        return None;
    }
    let gap = passage.part(before.end, word.start);
    if !gap.chars().all(|c| c.is_whitespace() || c == ',') {
        return None;
    }
    let rest = passage.part(word.end, word.end + 40).trim_start();
    let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match word.text {
        "n" if is_date(next) => Some(&["in"]),
        "n" if is_determiner(next) => Some(&["in", "on"]),
        "o" if is_determiner(next) => Some(&["of", "on", "to"]),
        "f" if is_determiner(next) => Some(&["of"]),
        "t" if is_determiner(next) => Some(&["at", "to"]),
        "s" if takes_as(before.text) && matches!(next, "a" | "an" | "the") => Some(&["as"]),
        _ => None,
    }
}

/// White space on both sides, and not set apart as formulas are.
fn alone(passage: &Passage, word: Word<'_>) -> bool {
    passage.before(word.start).is_some_and(char::is_whitespace)
        && passage.after(word.end).is_some_and(char::is_whitespace)
        && passage.piece(word.start).is_none_or(|piece| (piece.start as usize) < word.start)
        && passage.piece(word.end) == passage.piece(word.start)
}

/// Whether a text names variables, so that a lone letter may be one.
fn speaks_of_variables(passage: &Passage, words: &[Word<'_>]) -> bool {
    let lone = words
        .iter()
        .filter(|word| {
            word.text.len() == 1 && word.text.chars().all(|c| c.is_ascii_lowercase() && c != 'a' && c != 'i')
        })
        .count();
    lone > 1
        || passage.text().contains(['=', '≤', '≥', '∈', '→'])
        || passage.text().matches(OPAQUE).count() > 12
}

fn introduces_variable(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "of" | "for"
            | "with"
            | "size"
            | "number"
            | "variable"
            | "parameter"
            | "letter"
            | "dimension"
            | "index"
            | "let"
            | "where"
            | "say"
            | "given"
            | "and"
            | "or"
            | "order"
            | "length"
            | "any"
            | "every"
            | "all"
            | "than"
            | "dos"
            | "don"
            | "isn"
            | "doesn"
            | "didn"
            | "can"
            | "won"
            | "couldn"
            | "wouldn"
            | "aren"
            | "haven"
    ) || tongue::is_foreign(word)
}

fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "this" | "these" | "our" | "my" | "their" | "its" | "his" | "her")
}

fn takes_as(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "work"
            | "works"
            | "worked"
            | "working"
            | "serve"
            | "serves"
            | "served"
            | "serving"
            | "known"
            | "joined"
            | "accepted"
            | "hired"
            | "appointed"
            | "university"
            | "institute"
            | "intern"
            | "interned"
            | "used"
            | "such"
    )
}

fn is_date(word: &str) -> bool {
    let year = word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.chars().all(|c| c.is_ascii_digit());
    year || matches!(
        word,
        "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "Spring"
            | "Summer"
            | "Fall"
            | "Autumn"
            | "Winter"
    )
}
