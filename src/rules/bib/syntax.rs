//! `bib/syntax`: a BibTeX entry that does not parse.

use crate::diagnostic::{Edit, Safety, Severity};
use crate::markup::BibError;
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "bib/syntax",
    summary: "A BibTeX entry that does not parse",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Safe,
    needs: Needs::Page,
    page: include_str!("../../../rules/bib/syntax.md"),
};

/// The rule.
pub(super) struct Syntax;

impl Rule for Syntax {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format != Format::Bibtex {
            return;
        }
        for error in &page.bib.errors {
            let place = page.at(error.span);
            let report = cx.report(place, error.message.clone()).help(help(error));
            let Some((at, text)) = error.missing else { continue };
            // Where a brace belongs is a guess that is nearly always right; a comma is certain.
            let safety = if text == "," { Safety::Safe } else { Safety::Ask };
            let edit = Edit { place: page.at(Span::new(at, at)), text: text.to_owned() };
            let _ = report.fix(format!("Insert `{text}`"), safety, vec![edit]);
        }
        for entry in &page.bib.entries {
            let Some(odd) = entry.key.chars().find(|each| !fits_key(*each)) else { continue };
            let place = page.at(entry.key_span);
            if odd.is_whitespace() {
                cx.report(place, "a key ends at its first blank")
                    .severity(Severity::Warning)
                    .help("join the words by `_` or `-`");
            } else {
                cx.report(place, format!("`{odd}` in a key: not every tool can cite it"))
                    .severity(Severity::Hint)
                    .help("use letters from a to z, digits, and `-`, `_` or `:`");
            }
        }
    }
}

/// Whether all tools take a character in a key.
fn fits_key(character: char) -> bool {
    character.is_ascii_graphic()
        && !matches!(character, '\'' | '"' | '#' | '%' | '~' | '\\' | '(' | ')' | '{' | '}')
}

fn help(error: &BibError) -> &'static str {
    match error.missing {
        Some((_, ",")) => "a field ends in a comma",
        Some(_) => "close the value on this line; what follows is swallowed by it",
        None => "many tools drop the entry, and some the whole file",
    }
}
