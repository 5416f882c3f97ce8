//! `bib/escape`: a character of LaTeX that stands bare in a BibTeX field, or HTML in its place.

use crate::diagnostic::{Safety, Severity};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

static META: Meta = Meta {
    id: "bib/escape",
    summary: "A character that LaTeX gives a meaning stands bare in a BibTeX field, or as HTML",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/bib/escape.md"),
};

/// The fields that LaTeX prints.
const PRINTED: &[&str] =
    &["title", "booktitle", "journal", "journaltitle", "publisher", "series", "author", "editor", "school"];

/// HTML in the place of a character, and what LaTeX calls that.
const ENTITIES: &[(&str, &str)] =
    &[("&amp;", "\\&"), ("&lt;", "$<$"), ("&gt;", "$>$"), ("&nbsp;", "~"), ("&quot;", "\"")];

/// The rule.
pub(super) struct Escape;

impl Rule for Escape {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format != Format::Bibtex {
            return;
        }
        for field in page.bib.entries.iter().flat_map(|entry| &entry.fields) {
            if !PRINTED.contains(&&*field.name) {
                continue;
            }
            let value = page.slice(field.value_span);
            // Mathematics and addresses have their own rules.
            if value.contains(['$', '<']) || value.contains("://") || value.contains("\\url") {
                continue;
            }
            let mut skip = 0;
            for (at, character) in value.char_indices().filter(|(_, c)| matches!(c, '&' | '%' | '#')) {
                if at < skip || value.get(..at).is_some_and(|before| before.ends_with('\\')) {
                    continue;
                }
                let rest = value.get(at..).unwrap_or_default();
                let html = ENTITIES.iter().find(|(entity, _)| rest.starts_with(entity));
                let (bad, good) = match html {
                    Some((entity, latex)) => (*entity, (*latex).to_owned()),
                    // `{A} # {B}` joins two values.
                    None if character == '#' => continue,
                    None => (rest.get(..1).unwrap_or_default(), format!("\\{character}")),
                };
                skip = at + bad.len();
                let start = field.value_span.start + at as u32;
                let place = page.at(Span::new(start, start + bad.len() as u32));
                let message = match html {
                    Some(_) => format!("`{bad}` is HTML, not BibTeX"),
                    None => format!("`{bad}` has a meaning in LaTeX"),
                };
                let report = cx.report(place, message).help(format!("write `{good}`"));
                let _ = report.replace(format!("Write `{good}`"), Safety::Ask, place, good);
            }
        }
    }
}
