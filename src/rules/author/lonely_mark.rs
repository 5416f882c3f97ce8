//! author/lonely-mark

use super::legend;
use crate::diagnostic::Severity;
use crate::model::{Author, Page, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

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
            // Marks may be joined: `*†`.
            let has_mark = |author: &&Author| author.marks.iter().any(|mark| mark.contains(equal));
            let marked: Vec<&Author> = publication.authors.iter().filter(has_mark).collect();
            let raw = page.slice(publication.span);
            // `(* corresponding author)` in the entry itself explains it.
            if let [author] = marked[..]
                && author.marks.iter().any(|mark| mark.chars().count() == 1)
                && written(names(page, publication), equal) == 1
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

/// The list of names with the marks behind the last of them.
fn names<'p>(page: &'p Page, publication: &Publication) -> &'p str {
    let (Some(first), Some(last)) = (publication.authors.first(), publication.authors.last()) else {
        return "";
    };
    let tail = page.slice(Span::new(last.span.end, publication.span.end.max(last.span.end)));
    let marks = tail.find(char::is_alphanumeric).unwrap_or(tail.len()) as u32;
    page.slice(Span::new(first.span.start, last.span.end + marks))
}

/// How often a mark stands in an entry by itself: the model may not see one beside a formula.
fn written(raw: &str, mark: char) -> usize {
    let bytes: Vec<char> = raw.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| bytes.get(index).copied());
    (0..bytes.len())
        .filter(|&index| bytes[index] == mark && at(Some(index + 1)) != Some(mark))
        .filter(|&index| at(index.checked_sub(1)) != Some(mark))
        .count()
}
