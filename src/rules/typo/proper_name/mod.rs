//! `typo/proper-name`: a name of a tool, venue, company or place in a letter case that is not its own.

mod own;

use crate::diagnostic::{Edit, Place, Safety, Severity};
use crate::model::Page;
use crate::model::prose::{Origin, Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "typo/proper-name",
    summary: "A proper name is not written as its owner writes it",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../../rules/typo/proper-name.md"),
};

/// The rule.
pub(super) struct ProperName;

/// What is wrong besides the name as it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Any,
    Capital,
    Lower,
}

/// The names by their first word in lower case.
static NAMES: LazyLock<HashMap<String, Vec<(&'static str, Wrong)>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<(&str, Wrong)>> = HashMap::new();
    for line in include_str!("../../../../rules/data/proper-names.tsv").lines() {
        let Some((name, wrong)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
        let wrong = match wrong {
            "any" => Wrong::Any,
            "capital" => Wrong::Capital,
            _ => Wrong::Lower,
        };
        let first = name.split(' ').next().unwrap_or(name).to_lowercase();
        names.entry(first).or_default().push((name, wrong));
    }
    // The longest first: `Google Scholar` before `Google`.
    for names in names.values_mut() {
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    names
});

/// The names of the list as they are written.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.values().flatten().map(|(name, _)| *name)
}

impl Rule for ProperName {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let own = own::Names::of(cx.site(), &cx.config().typo.words);
        for page in &cx.site().pages {
            let mut found: Found<'_> = BTreeMap::new();
            for (passage, tongue) in page.prose().iter() {
                if tongue != Tongue::Other && is_prose(&passage.origin) {
                    judge(page, passage, tongue, &own, &mut found);
                }
            }
            for ((written, name), places) in found {
                report(&written, name, &places, cx);
            }
        }
    }
}

/// The forms of names on a page, with their places and whether they stand there as they are.
type Found<'a> = BTreeMap<(String, &'a str), Vec<(Place, bool)>>;

/// Further places that are shown with the first.
const MOST_SHOWN: usize = 50;

/// One finding for each form on a page, at its first place.
fn report(written: &str, name: &str, places: &[(Place, bool)], cx: &mut Context<'_>) {
    let Some(((first, _), rest)) = places.split_first() else { return };
    let mut report = cx.report(*first, other_case(written, name));
    for (place, _) in rest.iter().take(MOST_SHOWN) {
        report = report.related(*place, "and here");
    }
    if places.iter().all(|(_, exact)| *exact) {
        let edits = places.iter().map(|&(place, _)| Edit { place, text: name.to_owned() }).collect();
        report.fix(format!("write `{name}`"), Safety::Ask, edits);
    }
}

fn judge<'a>(page: &Page, passage: &Passage, tongue: Tongue, own: &own::Names<'a>, found: &mut Found<'a>) {
    let words = passage.words();
    let mut next = 0;
    for at in 0..words.len() {
        if at < next {
            continue;
        }
        let known = misspelled(passage, &words, at, tongue);
        let own = || own.misspelled(passage, &words, at).map(|name| (name, words[at].end));
        let Some((name, end)) = known.or_else(own) else { continue };
        next = at + name.split(' ').count();
        let start = words[at].start;
        let written = passage.part(start, end).to_owned();
        let place = page.at(passage.span(start, end));
        found.entry((written, name)).or_default().push((place, passage.exact(start, end)));
    }
}

fn other_case(written: &str, name: &str) -> String {
    format!("`{written}` is written `{name}`")
}

/// BibTeX changes the case of titles, and alternative texts are often file names.
fn is_prose(origin: &Origin) -> bool {
    match origin {
        Origin::Bib(_) | Origin::Alt => false,
        Origin::Field(key) => matches!(
            &**key,
            "title"
                | "subtitle"
                | "description"
                | "summary"
                | "excerpt"
                | "bio"
                | "text"
                | "content"
                | "details"
        ),
        _ => true,
    }
}

/// The name that begins at a word in a wrong letter case, and where what is written ends.
fn misspelled(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    tongue: Tongue,
) -> Option<(&'static str, usize)> {
    let names = NAMES.get(words[at].text.to_lowercase().as_str())?;
    for &(name, wrong) in names {
        let parts = name.split(' ').count();
        let Some(last) = words.get(at + parts - 1) else { continue };
        let (start, end) = (words[at].start, last.end);
        let written = passage.part(start, end);
        if written.to_lowercase() != name.to_lowercase() {
            continue;
        }
        let plain = words[at..at + parts].iter().all(|word| word.plain);
        if same_but_for_words(written, name) || !plain || is_joined(passage, start, end) {
            return None;
        }
        let is_lower = written.chars().all(|c| !c.is_uppercase());
        let is_upper = written.chars().all(|c| !c.is_lowercase());
        let begins = written.chars().next().is_some_and(char::is_uppercase);
        let flagged = match wrong {
            Wrong::Any => !(is_upper || is_lower && is_label(passage, start, end)),
            Wrong::Capital => begins && !is_upper,
            Wrong::Lower => is_lower && tongue == Tongue::English && !is_label(passage, start, end),
        };
        return flagged.then_some((name, end));
    }
    None
}

/// Equal, but for the case of the parts that are no names: `Python Package`.
fn same_but_for_words(written: &str, name: &str) -> bool {
    written
        .split(' ')
        .zip(name.split(' '))
        .all(|(written, name)| written == name || !name.chars().any(char::is_uppercase))
}

/// Part of an address, a path, a tag or a compound identifier.
fn is_joined(passage: &Passage, start: usize, end: usize) -> bool {
    matches!(passage.before(start), Some('-' | '/' | '.' | '@' | '#' | ':' | '_' | '\\'))
        || matches!(passage.after(end), Some('/' | '@' | '(' | '_' | ':'))
        || (passage.after(end) == Some('-')
            && passage.part(end + 1, end + 3).starts_with(|c: char| c.is_ascii_digit()))
}

/// A link of this one name, or a row of labels: `[github](…) / [arxiv](…)`.
fn is_label(passage: &Passage, start: usize, end: usize) -> bool {
    let link = passage.piece(start).and_then(|piece| piece.link);
    let all = passage.text().trim();
    all.len() < end - start + 4
        || link.is_some_and(|link| {
            let same: usize = passage.pieces.iter().filter(|piece| piece.link == Some(link)).count();
            let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            same < 3 && outside(passage.before(start)) && outside(passage.after(end))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_long_and_each_name_stands_once() {
        let names: Vec<&str> = names().collect();
        assert!(names.len() >= 200, "{}", names.len());
        let lower: std::collections::HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), names.len());
    }
}
