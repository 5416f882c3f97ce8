//! Repairs: choose those that do not touch each other, put them in order, apply them to the text.
//!
//! This module writes no file, and it does not judge whether a repair is right.

use crate::diagnostic::{Diagnostic, Edit, FileId, Fix, Safety};
use crate::site::Site;
use crate::text::{Source, Span};
use std::collections::{BTreeMap, HashMap};

/// What repairs made of the texts.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The new text of each file that changed.
    pub texts: BTreeMap<FileId, String>,
    /// How many repairs were applied.
    pub applied: usize,
    /// How many were left out because they touch one that was applied; they may fit the new text.
    pub skipped: usize,
}

/// Applies the fixes of some findings: the safe ones, and with `Safety::Ask` those that need a look.
pub fn apply(site: &Site, diagnostics: &[Diagnostic], allowed: Safety) -> Repaired {
    let mut fixes: Vec<&Fix> = diagnostics
        .iter()
        .filter_map(|diagnostic| diagnostic.fix.as_ref())
        .filter(|fix| allowed == Safety::Ask || fix.safety == Safety::Safe)
        .filter(|fix| !fix.edits.is_empty())
        .collect();
    fixes.sort_by_key(|fix| fix.edits.iter().map(|edit| edit.place).min());
    let mut repaired = Repaired::default();
    let mut taken: HashMap<FileId, BTreeMap<u32, &Edit>> = HashMap::new();
    for fix in fixes {
        // All of a fix or none of it.
        let fits = fix.edits.iter().all(|edit| {
            let others = taken.get(&edit.place.file);
            is_whole(site.source(edit.place.file), edit.place.span)
                && others.is_none_or(|others| is_free(others, edit.place.span))
        });
        if !fits || quarrels_with_itself(fix) {
            repaired.skipped += 1;
            continue;
        }
        repaired.applied += 1;
        for edit in &fix.edits {
            taken.entry(edit.place.file).or_default().insert(edit.place.span.start, edit);
        }
    }
    for (file, edits) in taken {
        let source = site.source(file);
        let text = rewrite(source, &edits);
        if text != source.text() {
            repaired.texts.insert(file, text);
        }
    }
    repaired
}

/// Whether a span lies in the text and cuts no character.
fn is_whole(source: &Source, span: Span) -> bool {
    source.text().get(span.range()).is_some()
}

/// Whether a span touches no edit that was taken. Two edits at one place would have no order.
fn is_free(taken: &BTreeMap<u32, &Edit>, span: Span) -> bool {
    let before = taken.range(..=span.start).next_back();
    let behind = taken.range(span.start..).next();
    before.is_none_or(|(start, edit)| edit.place.span.end <= span.start && *start != span.start)
        && behind.is_none_or(|(start, _)| span.end <= *start)
}

fn quarrels_with_itself(fix: &Fix) -> bool {
    let mut places: Vec<_> = fix.edits.iter().map(|edit| edit.place).collect();
    places.sort();
    places.windows(2).any(|pair| {
        pair[0].file == pair[1].file
            && (pair[0].span.end > pair[1].span.start || pair[0].span.start == pair[1].span.start)
    })
}

/// The text with all edits, which are in order and apart.
fn rewrite(source: &Source, edits: &BTreeMap<u32, &Edit>) -> String {
    let mut out = String::with_capacity(source.text().len());
    let mut reached = 0;
    for edit in edits.values() {
        out.push_str(source.slice(Span::new(reached, edit.place.span.start)));
        out.push_str(&edit.text);
        reached = edit.place.span.end;
    }
    out.push_str(source.slice(Span::new(reached, u32::MAX)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, Severity};
    use crate::markup::Dialect;
    use crate::model::{Format, Page};
    use crate::site::{Facts, Files};
    use std::sync::Arc;

    type Sketch<'a> = (Safety, &'a [(u32, u32, &'a str)]);

    /// Applies fixes, each given as edits `(start, end, text)`; returns the text and the counts.
    fn repaired(text: &str, fixes: &[Sketch<'_>], allowed: Safety) -> (String, usize, usize) {
        let format = Format::Markdown(Dialect::Kramdown);
        let page = Page::read(FileId(0), Source::new("a.md", text), format);
        let site = Site::new(vec![Arc::new(page)], Files::default(), Facts::default());
        let diagnostics: Vec<Diagnostic> = fixes
            .iter()
            .map(|(safety, edits)| {
                let edit = |(start, end, text): &(u32, u32, &str)| Edit {
                    place: Place { file: FileId(0), span: Span::new(*start, *end) },
                    text: (*text).to_owned(),
                };
                Diagnostic {
                    rule: "typo/x",
                    severity: Severity::Warning,
                    place: Place { file: FileId(0), span: Span::new(0, 1) },
                    message: String::new(),
                    related: Vec::new(),
                    help: None,
                    fix: Some(Fix {
                        title: String::new(),
                        safety: *safety,
                        edits: edits.iter().map(edit).collect(),
                    }),
                }
            })
            .collect();
        let repaired = apply(&site, &diagnostics, allowed);
        let text = repaired.texts.get(&FileId(0)).map_or(text, String::as_str).to_owned();
        (text, repaired.applied, repaired.skipped)
    }

    #[test]
    fn fixes_are_applied_whole_and_apart() {
        use Safety::{Ask, Safe};
        for (fixes, allowed, expected) in [
            (&[(Safe, &[(0, 1, "X")][..]), (Safe, &[(4, 5, "Y")])][..], Safe, ("XbcdYf", 2, 0)),
            // The order of the findings does not matter.
            (&[(Safe, &[(4, 5, "Y")]), (Safe, &[(0, 1, "X")])], Safe, ("XbcdYf", 2, 0)),
            (&[(Safe, &[(0, 3, "X")]), (Safe, &[(2, 4, "Y")])], Safe, ("Xdef", 1, 1)),
            (&[(Safe, &[(0, 1, ""), (5, 6, "")]), (Safe, &[(4, 6, "Y")])], Safe, ("bcde", 1, 1)),
            (&[(Ask, &[(0, 1, "X")]), (Safe, &[(1, 2, "Y")])], Safe, ("aYcdef", 1, 0)),
            (&[(Ask, &[(0, 1, "X")]), (Safe, &[(1, 2, "Y")])], Ask, ("XYcdef", 2, 0)),
            // Two insertions at one place have no order.
            (&[(Safe, &[(2, 2, "X")]), (Safe, &[(2, 2, "Y")])], Safe, ("abXcdef", 1, 1)),
            (&[(Safe, &[(0, 3, "X"), (2, 4, "Y")])], Safe, ("abcdef", 0, 1)),
            (&[(Safe, &[(5, 9, "X")])], Safe, ("abcdef", 0, 1)),
        ] {
            let (text, applied, skipped) = repaired("abcdef", fixes, allowed);
            assert_eq!((text.as_str(), applied, skipped), expected, "{fixes:?}");
        }
        assert_eq!(repaired("é", &[(Safe, &[(1, 2, "X")])], Safe).0, "é");
    }
}
