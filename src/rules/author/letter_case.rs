//! author/letter-case

use crate::diagnostic::{Place, Safety, Severity};
use crate::model::name::{Name, Shape, is_cjk, is_group, is_particle, shape};
use crate::model::prose::{Passage, passages};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::{Span, slice};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "author/letter-case",
    summary: "An author's name is in small or capital letters among others that are not",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/letter-case.md"),
};

/// A name in other letters than its neighbours: `ziyu wang`, `ROSA LINDQVIST`.
pub(super) struct LetterCase;

impl Rule for LetterCase {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let known =
            Known::of(site.publications().flat_map(|(_, entry)| &entry.authors).map(|author| &*author.name));
        for page in &site.pages {
            let in_entries = odd_authors(page);
            for (place, name) in &in_entries {
                report(page, *place, name, cx);
            }
            if page.format == Format::Bibtex {
                continue;
            }
            for passage in passages(page).iter().filter(|passage| passage.text().contains(", ")) {
                for (start, end) in in_list(passage, &known) {
                    let place = page.at(passage.span(start, end));
                    if !in_entries.iter().any(|(other, _)| other.span.overlaps(place.span)) {
                        report(page, place, passage.part(start, end), cx);
                    }
                }
            }
        }
    }
}

fn report(page: &Page, place: Place, name: &str, cx: &mut Context<'_>) {
    let right = capitalised(name);
    let exact = page.slice(place.span) == name;
    let report = cx
        .report(place, format!("`{name}` is in other letters than the names beside it"))
        .help(format!("write `{right}`"));
    if exact {
        report.replace(format!("write `{right}`"), Safety::Ask, place, right);
    }
}

/// The one author of an entry whose name is written in another manner than all the others.
fn odd_authors(page: &Page) -> Vec<(Place, String)> {
    let mut out = Vec::new();
    for publication in page.publications.iter().filter(|each| each.authors.len() > 2) {
        let manners: Vec<Manner> = publication.authors.iter().map(|author| manner(&author.name)).collect();
        let usual = manners.iter().filter(|manner| **manner == Manner::Usual).count();
        let odd = manners.iter().position(|manner| matches!(manner, Manner::Small | Manner::Capitals));
        if usual + 1 == manners.len()
            && let Some(author) = odd.map(|at| &publication.authors[at])
        {
            out.push((page.at(author.span), author.name.to_string()));
        }
    }
    out
}

/// The names that the entries of a site know.
struct Known {
    families: BTreeSet<String>,
    givens: BTreeSet<String>,
}

impl Known {
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let mut known = Self { families: BTreeSet::new(), givens: BTreeSet::new() };
        for name in names.map(Name::parse).filter(|name| !name.has_only_initials()) {
            known.families.insert(name.family_key());
            known.givens.insert(name.given_key());
        }
        known
    }

    /// Whether both words are names, the one in capital letters being one by itself.
    fn has(&self, given: &str, family: &str) -> bool {
        let name = Name::parse(&format!("{given} {family}"));
        let is_small = |word: &str| word.starts_with(char::is_lowercase);
        (!is_small(family) || self.families.contains(&name.family_key()))
            && (!is_small(given) || self.givens.contains(&name.given_key()))
    }
}

/// Names in small letters among capitalised ones in a list within a text: `…, Rosa Lindqvist, tomas abara,
/// and …`.
fn in_list(passage: &Passage, known: &Known) -> Vec<(usize, usize)> {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?-u)[,;][ \t\n]*(?:and[ \t\n]+|&[ \t\n]*)?|[ \t\n]+(?:and|&)[ \t\n]+|\.[ \t\n]+|[.\n(]*$|[|:]",
        )
        .expect("a constant pattern")
    });
    let text = passage.text();
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for gap in BETWEEN.find_iter(text) {
        pieces.push((from, gap.start()));
        from = gap.end();
    }
    let piece = |index: usize| pieces.get(index).map(|&(start, end)| slice(text, Span::at(start, end)));
    let is_name = |index: usize| {
        piece(index).is_some_and(|text| shape(text) == Shape::Full && manner(text) == Manner::Usual)
    };
    let mut out = Vec::new();
    for (index, bytes) in pieces.iter().enumerate().skip(1) {
        let Some((given, family)) = piece(index).and_then(|text| text.split_once(' ')) else { continue };
        let plain =
            |word: &str| word.chars().count() > 2 && word.chars().all(|c| c.is_alphabetic() || c == '-');
        let small = [given, family].iter().any(|word| word.starts_with(char::is_lowercase));
        if small
            && plain(given)
            && plain(family)
            && is_name(index - 1)
            && (index.checked_sub(2).is_some_and(is_name) || is_name(index + 1))
            && known.has(given, family)
        {
            out.push(*bytes);
        }
    }
    out
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// `Rosa Lindqvist`.
    Usual,
    /// `rosa lindqvist`, `Rosa lindqvist`.
    Small,
    /// `ROSA LINDQVIST`.
    Capitals,
    /// Anything else: one word, initials, other scripts.
    Other,
}

fn manner(name: &str) -> Manner {
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = words.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || "-.'’,".contains(c)));
    if words.len() < 2 || words.len() > 4 || !plain || name.chars().any(is_cjk) {
        return Manner::Other;
    }
    let speaks = |word: &&str| {
        ["participants", "members", "authors", "others", "contributors", "and", "the", "for"].contains(word)
    };
    if name.contains([',', '\'', '’'])
        || is_group(name)
        || words.iter().any(|word| *word == "al." || speaks(word))
    {
        return Manner::Other;
    }
    let small = |word: &&str| word.chars().count() > 2 && word.chars().all(char::is_lowercase);
    let capitals = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let long = words.iter().all(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1);
    // Particles are in small letters, and inner capitals (`deYoung`) are a manner of their own.
    let ends = [words[0], words[words.len() - 1]];
    let odd = ends.iter().filter(|word| small(word) && !is_particle(word));
    match odd.count() {
        0 if long && words.iter().all(capitals) && name.chars().count() > 6 => Manner::Capitals,
        0 => Manner::Usual,
        _ => Manner::Small,
    }
}

fn capitalised(name: &str) -> String {
    let mut start = true;
    name.chars()
        .flat_map(|letter| {
            let upper = std::mem::replace(&mut start, " -.".contains(letter));
            let text: String =
                if upper { letter.to_uppercase().collect() } else { letter.to_lowercase().collect() };
            text.chars().collect::<Vec<_>>()
        })
        .collect()
}
