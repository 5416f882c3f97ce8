//! duplicate/bib-key

use crate::diagnostic::Severity;
use crate::markup::BibEntry;
use crate::model::{Page, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "duplicate/bib-key",
    summary: "One BibTeX key names two entries",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/duplicate/bib-key.md"),
};

/// One key twice in a bibliography.
pub(super) struct BibKey;

impl Rule for BibKey {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let mut seen: BTreeMap<&str, &BibEntry> = BTreeMap::new();
        for entry in page.bib.entries.iter().filter(|entry| !entry.key.is_empty()) {
            let Some(first) = seen.get(&*entry.key) else {
                seen.insert(&entry.key, entry);
                continue;
            };
            let line = page.source.position(first.key_span.start).line;
            let message = format!("the key `{}` is taken by the entry in line {line}", entry.key);
            let title = |entry: &BibEntry| entry.field("title").map(|field| title::key(&field.text));
            let severity = if title(first) == title(entry) { Severity::Warning } else { Severity::Error };
            cx.report(page.at(entry.key_span), message)
                .severity(severity)
                .related(page.at(first.key_span), "first here")
                .related(page.at(first.span), "the first entry")
                .related(page.at(entry.span), "the second entry")
                .help("give the entry a key of its own, or remove it if it is the same paper");
        }
    }
}
