//! `typo/spacing`: a space missing after a mark, or one too many before it.

use super::dictionary::rank;
use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::prose::{Origin, Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "typo/spacing",
    summary: "A space is missing or out of place",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/typo/spacing.md"),
};

/// The rule.
pub(super) struct Spacing;

impl Rule for Spacing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (passage, tongue) in page.prose().iter() {
            if tongue == Tongue::English && is_prose(&passage.origin) {
                inside_brackets(page, passage, cx);
            }
            if tongue == Tongue::English && !matches!(passage.origin, Origin::Cell) {
                let words = passage.words();
                let bare = |pair: &&[Word<'_>]| passage.part(pair[0].end, pair[1].start) == ",";
                // Keywords, labels: a list that is to be read by a program.
                let is_list = words.windows(2).filter(bare).count() > 2 || passage.text().contains(";;");
                if !is_list && !matches!(passage.origin, Origin::Bib(ref field) if &**field == "note") {
                    for pair in words.windows(2) {
                        judge(page, passage, pair[0], pair[1], cx);
                    }
                }
            }
        }
    }
}

fn is_prose(origin: &Origin) -> bool {
    matches!(origin, Origin::Text | Origin::Heading | Origin::Quote)
}

/// A space before the bracket that ends, where none stands behind the one that begins: `(COLING )`.
fn inside_brackets(page: &Page, passage: &Passage, cx: &mut Context<'_>) {
    let text = passage.text();
    for (at, _) in text.match_indices(" )") {
        let before = passage.part(0, at);
        let Some(open) = before.rfind('(') else { continue };
        let inside = passage.part(open + 1, at);
        let span = passage.span(at, at + 1);
        if inside.ends_with(char::is_alphanumeric)
            && inside.starts_with(char::is_alphanumeric)
            && !inside.contains(')')
            && page.slice(Span::new(span.start, span.end + 1)) == " )"
        {
            let place = page.at(span);
            cx.report(place, "a space stands before the bracket").severity(Severity::Warning).replace(
                "mend the spaces",
                Safety::Ask,
                place,
                "",
            );
        }
    }
}

fn judge(page: &Page, passage: &Passage, word: Word<'_>, next: Word<'_>, cx: &mut Context<'_>) {
    let (start, end) = (word.end, next.start);
    let gap = passage.part(start, end);
    // A full stop between letters makes a token technical, unless a sentence ends there.
    let inside = passage.after(next.end) == Some('.') || passage.before(word.start) == Some('.');
    let ends_sentence =
        gap == "." && !inside && is_word(word, 4) && is_sentence_start(next) && is_lower(word);
    if !(ends_sentence || word.plain && next.plain) {
        return;
    }
    let (message, text) = match gap {
        "." if ends_sentence => ("a space is missing after the full stop", ". "),
        "," if is_word(word, 3) && is_word(next, 3) && is_lower(word) => {
            ("a space is missing after the comma", ", ")
        }
        ";" if is_word(word, 4) && is_word(next, 3) => ("a space is missing after the semicolon", "; "),
        "(" if is_word(word, 4) && is_word(next, 4) && is_lower(word) && !is_plural(next) => {
            ("a space is missing before the bracket", " (")
        }
        ")" if is_word(word, 3) && is_word(next, 3) && is_lower(next) && !opens_inside(passage, word) => {
            ("a space is missing after the bracket", ") ")
        }
        " , " if is_word(word, 3) => ("a space stands before the comma", ", "),
        " . " if is_word(word, 3) && is_sentence_start(next) => ("a space stands before the full stop", ". "),
        ",, " if is_word(word, 2) => ("the comma stands twice", ", "),
        ".. " if is_lower(word) && is_sentence_start(next) => ("the full stop stands twice", ". "),
        _ => return,
    };
    // A citation or a footnote may stand there unseen.
    let span = passage.span(start, end);
    if page.slice(span) == gap {
        let place = page.at(span);
        cx.report(place, message).replace("mend the spaces", Safety::Ask, place, text);
    }
}

/// A word of the dictionary of at least so many letters.
fn is_word(word: Word<'_>, shortest: usize) -> bool {
    word.text.len() >= shortest && rank(&word.text.to_lowercase()).is_some_and(|rank| rank >= 3)
}

fn is_lower(word: Word<'_>) -> bool {
    word.text.chars().all(char::is_lowercase)
}

/// A capital and nothing but small letters behind it.
fn is_sentence_start(word: Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
        && word.text.chars().skip(1).all(char::is_lowercase)
        && is_word(word, 2)
}

/// `model(s)`
fn is_plural(word: Word<'_>) -> bool {
    matches!(word.text, "s" | "es" | "ies")
}

/// `(re)search`: a bracket within a word.
fn opens_inside(passage: &Passage, word: Word<'_>) -> bool {
    passage.before(word.start) == Some('(')
}
