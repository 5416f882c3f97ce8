//! author/stray-accent

use crate::diagnostic::{Safety, Severity};
use crate::model::prose::passages;
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use unicode_normalization::char::compose;

static META: Meta = Meta {
    id: "author/stray-accent",
    summary: "An accent stands beside the letter it belongs on",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/author/stray-accent.md"),
};

/// An accent of its own within a name, as it is copied from a PDF: `Siki´c`.
pub(super) struct StrayAccent;

/// Accents that stand by themselves, and the marks they become on a letter.
const ACCENTS: [(char, char); 6] = [
    ('´', '\u{301}'),
    ('¨', '\u{308}'),
    ('ˇ', '\u{30c}'),
    ('˘', '\u{306}'),
    ('˝', '\u{30b}'),
    ('˙', '\u{307}'),
];

impl Rule for StrayAccent {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format == Format::Bibtex || !page.source.text().contains(ACCENTS.map(|(accent, _)| accent)) {
            return;
        }
        for passage in passages(page) {
            let text = passage.text();
            for (at, accent) in text.match_indices(ACCENTS.map(|(accent, _)| accent)) {
                let end = at + accent.len();
                let (Some(head), Some(tail)) = (text.get(..at), text.get(end..)) else { continue };
                let Some(letter) = letter(head, accent, tail) else { continue };
                let next = tail.chars().next().map_or(0, char::len_utf8);
                let place = page.at(passage.span(at, end + next));
                let report = cx.report(place, "an accent stands beside the letter it belongs on");
                if passage.exact(at, end + next) {
                    report.replace(format!("write `{letter}`"), Safety::Ask, place, letter.to_string());
                }
            }
        }
    }
}

/// The letter that an accent within a capitalised word and the letter behind it make.
fn letter(head: &str, accent: &str, tail: &str) -> Option<char> {
    let start = head
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + head.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let before = head.get(start..)?;
    let base = match tail.chars().next()? {
        'ı' => 'i',
        base => base,
    };
    let word = tail.chars().take_while(|c| c.is_alphabetic()).count();
    // `L´Aquila` and `Rosa´s` take it for an apostrophe.
    let apostrophe = accent == "´" && (before.chars().count() < 2 || (base == 's' && word == 1));
    if !before.starts_with(char::is_uppercase) || !base.is_lowercase() || apostrophe {
        return None;
    }
    let (_, mark) = ACCENTS.iter().find(|(each, _)| accent.starts_with(*each))?;
    compose(base, *mark)
}
