//! author/lonely-mark

use super::legend;
use crate::diagnostic::Severity;
use crate::model::{Author, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "author/lonely-mark",
    summary: "One author alone contributed equally",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/author/lonely-mark.md"),
};

/// One author alone carries the mark of equal contribution.
pub(super) struct LonelyMark;

impl Rule for LonelyMark {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let Some(equal) = legend::equal_mark(page) else { return };
        for publication in page.publications.iter().filter(|each| !each.truncated && each.authors.len() > 1) {
            let has_mark = |author: &&Author| {
                author.marks.iter().any(|mark| mark.contains(equal) && mark.chars().count() == 1)
            };
            let marked: Vec<&Author> = publication.authors.iter().filter(has_mark).collect();
            let raw = page.slice(publication.span);
            // `(* corresponding author)` in the entry itself explains it.
            if let [author] = marked[..]
                && !legend::explains(raw)
            {
                let message =
                    format!("`{}` alone is marked as contributing equally (`{equal}`)", author.name);
                cx.report(page.at(author.span), message)
                    .help("mark the other author too, or take the mark out");
            }
        }
    }
}
