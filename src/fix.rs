//! Repairs: choose those that do not touch each other, put them in order, apply them to the text.
//!
//! This module writes no file, and it does not judge whether a repair is right.

mod shape;

use crate::diagnostic::{Diagnostic, Edit, FileId, Fix, Safety};
use crate::site::Site;
use crate::text::{Source, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What repairs made of the texts.
#[derive(Debug, Default)]
pub struct Repaired {
    /// The new text of each file that changed.
    pub texts: BTreeMap<FileId, String>,
    /// The rules whose repairs changed it.
    pub rules: BTreeMap<FileId, BTreeSet<&'static str>>,
    /// How many repairs were applied.
    pub applied: usize,
    /// How many were left out because they touch one that was applied; they may fit the new text.
    pub skipped: usize,
    /// How many were left out because blocks that they do not touch would become others.
    pub dropped: usize,
}

/// Applies the fixes of some findings: the safe ones, and with `Safety::Ask` those that need a look. A fix
/// that changes what the page is made of elsewhere is left out.
pub fn apply(site: &Site, diagnostics: &[Diagnostic], allowed: Safety) -> Repaired {
    let mut fixes: Vec<Named<'_>> = diagnostics
        .iter()
        .filter_map(|diagnostic| Some((diagnostic.rule, diagnostic.fix.as_ref()?)))
        .filter(|(_, fix)| allowed == Safety::Ask || fix.safety == Safety::Safe)
        .filter(|(_, fix)| !fix.edits.is_empty())
        .collect();
    fixes.sort_by_key(|(_, fix)| fix.edits.iter().map(|edit| edit.place).min());
    let mut repaired = Repaired::default();
    let fitting = choose(site, fixes, &mut repaired.skipped);
    let chosen = sound(site, &fitting);
    repaired.applied = chosen.len();
    repaired.dropped = fitting.len() - chosen.len();
    for (rule, fix) in &chosen {
        for edit in &fix.edits {
            repaired.rules.entry(edit.place.file).or_default().insert(rule);
        }
    }
    repaired.texts = rewritten(site, &chosen)
        .into_iter()
        .map(|(file, (text, _))| (file, text))
        .filter(|(file, text)| text != site.source(*file).text())
        .collect();
    repaired
}

/// Those fixes that leave the pages around them as they are, found by halves: each that does harm costs
/// a few readings of its page, and the others none.
fn sound<'a>(site: &Site, fixes: &[Named<'a>]) -> Vec<Named<'a>> {
    let holds = |fixes: &[Named<'_>]| rewritten(site, fixes).values().all(|(_, holds)| *holds);
    if holds(fixes) {
        return fixes.to_vec();
    }
    if fixes.len() < 2 {
        return Vec::new();
    }
    let (left, right) = fixes.split_at(fixes.len() / 2);
    let left = sound(site, left);
    let both = [left.as_slice(), &sound(site, right)].concat();
    if holds(&both) { both } else { left }
}

/// A fix and the rule that offers it.
type Named<'a> = (&'static str, &'a Fix);

/// Those fixes that do not touch one before them; all of a fix or none of it.
fn choose<'a>(site: &Site, fixes: Vec<Named<'a>>, skipped: &mut usize) -> Vec<Named<'a>> {
    let mut taken: HashMap<FileId, BTreeMap<u32, &Edit>> = HashMap::new();
    let mut chosen = Vec::new();
    for (rule, fix) in fixes {
        let fits = fix.edits.iter().all(|edit| {
            let others = taken.get(&edit.place.file);
            is_whole(site.source(edit.place.file), edit.place.span)
                && others.is_none_or(|others| is_free(others, edit.place.span))
        });
        if !fits || quarrels_with_itself(fix) {
            *skipped += 1;
            continue;
        }
        for edit in &fix.edits {
            taken.entry(edit.place.file).or_default().insert(edit.place.span.start, edit);
        }
        chosen.push((rule, fix));
    }
    chosen
}

/// The new text of each file, and whether all is as it was where no edit is.
fn rewritten(site: &Site, chosen: &[Named<'_>]) -> BTreeMap<FileId, (String, bool)> {
    let mut taken: BTreeMap<FileId, BTreeMap<u32, &Edit>> = BTreeMap::new();
    for edit in chosen.iter().flat_map(|(_, fix)| &fix.edits) {
        taken.entry(edit.place.file).or_default().insert(edit.place.span.start, edit);
    }
    taken
        .into_iter()
        .map(|(file, edits)| {
            let text = rewrite(site.source(file), &edits);
            let holds = shape::holds(site.page(file), &edits, &text);
            (file, (text, holds))
        })
        .collect()
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

    #[test]
    fn what_no_edit_touches_stays_what_it_is() {
        use Safety::Safe;
        let text = "Maps.\n\nSeas.\n\n- one\n- two\n";
        for (edits, applied) in [
            (&[(0, 4, "Charts")][..], 1),
            // A fence that is never closed, and a comment, would swallow all that follows.
            (&[(0, 0, "```\n")], 0),
            (&[(5, 5, " <!--")], 1),
            (&[(0, 0, "<!-- ")], 0),
            // The paragraph would become a heading, or the list a part of it.
            (&[(14, 14, "==\n")], 1),
            (&[(6, 7, "")], 0),
        ] {
            let (after, count, _) = repaired(text, &[(Safe, edits)], Safe);
            assert_eq!((count, after == text), (applied, applied == 0), "{edits:?} {after}");
        }
        // One that would break the page keeps no other from being applied.
        let (after, count, _) =
            repaired(text, &[(Safe, &[(0, 0, "```\n")]), (Safe, &[(7, 11, "Oceans")])], Safe);
        assert_eq!((after.as_str(), count), ("Maps.\n\nOceans.\n\n- one\n- two\n", 1));
    }
}
