//! author/mark-without-legend

use super::legend;
use crate::diagnostic::Severity;
use crate::model::Page;
use crate::model::prose::passages;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeSet;

static META: Meta = Meta {
    id: "author/mark-without-legend",
    summary: "A mark behind authors is explained nowhere",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/mark-without-legend.md"),
};

/// A mark on authors that nothing explains.
pub(super) struct MarkWithoutLegend;

impl Rule for MarkWithoutLegend {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        // A legend may stand in another file that the layout includes.
        let elsewhere = cx.site().pages.iter().any(|page| has_legend(page));
        if elsewhere {
            return;
        }
        for page in cx.site().pages.iter().filter(|page| page.format.is_page()) {
            let mut seen: BTreeSet<char> = BTreeSet::new();
            for author in page.publications.iter().flat_map(|publication| &publication.authors) {
                let marks = author.marks.iter().flat_map(|mark| mark.chars());
                for mark in marks.filter(|mark| "*∗†‡§¶#^".contains(*mark)) {
                    if seen.insert(mark) {
                        cx.report(
                            page.at(author.span),
                            format!("`{mark}` behind an author is not explained on this page"),
                        )
                        .help(format!("add a line such as `{mark} equal contribution`"));
                    }
                }
            }
        }
    }
}

/// Whether a page says what its marks mean, outside its entries and their titles.
fn has_legend(page: &Page) -> bool {
    passages(page).iter().any(|passage| {
        let text = passage.text();
        text.contains(['*', '∗', '†', '‡', '§', '¶', '#', '^']) && legend::explains(text)
    }) || page.source.text().contains("equal contribution")
}
