//! author/letter-case

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::name::{is_cjk, is_group, is_particle};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "author/letter-case",
    summary: "An author's name is in small or capital letters among others that are not",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/author/letter-case.md"),
};

/// A name in other letters than its neighbours: `ziyu wang`, `ROSA LINDQVIST`.
pub(super) struct LetterCase;

impl Rule for LetterCase {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for publication in page.publications.iter().filter(|each| each.authors.len() > 2) {
            let manners: Vec<Manner> =
                publication.authors.iter().map(|author| manner(&author.name)).collect();
            let usual = manners.iter().filter(|manner| **manner == Manner::Usual).count();
            // One name in a list of names that are written as usual.
            if usual + 1 != manners.len() {
                continue;
            }
            let odd = manners.iter().position(|manner| matches!(manner, Manner::Small | Manner::Capitals));
            let Some(author) = odd.map(|at| &publication.authors[at]) else { continue };
            let right = capitalised(&author.name);
            let report = cx
                .report(
                    page.at(author.span),
                    format!("`{}` is in other letters than the names beside it", author.name),
                )
                .help(format!("write `{right}`"));
            if page.slice(author.span) == &*author.name {
                report.replace(format!("write `{right}`"), Safety::Ask, page.at(author.span), right);
            }
        }
    }
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
    if name.contains([',', '\'', '’']) || is_group(name) || words.contains(&"al.") {
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
