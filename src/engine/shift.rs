//! What becomes of findings in a text that was edited since: those beside the edit move with their text,
//! those within it are gone.

use crate::diagnostic::{Diagnostic, FileId, Fix, Place};
use crate::text::Span;

/// The part of a file in which its old text and its new one differ.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shift {
    file: FileId,
    /// The bytes of the old text that are no longer there.
    old: Span,
    /// Where what stands there now ends.
    new_end: u32,
}

impl Shift {
    /// What changed between two texts.
    pub(super) fn between(file: FileId, old: &str, new: &str) -> Self {
        let alike = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let most = old.len().min(new.len()) - alike;
        let behind = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(|(a, b)| a == b).count();
        Self { file, old: Span::at(alike, old.len() - behind), new_end: (new.len() - behind) as u32 }
    }

    /// The place in the new text; `None` when it was edited.
    pub(super) fn place(&self, place: Place) -> Option<Place> {
        let span = place.span;
        if place.file != self.file || span.end < self.old.start {
            return Some(place);
        }
        // What touches the edit may be another word now.
        (span.start > self.old.end).then(|| {
            let moved = |offset: u32| offset - self.old.end + self.new_end;
            Place { span: Span::new(moved(span.start), moved(span.end)), ..place }
        })
    }

    /// The finding in the new text. A fix that was edited is no longer offered.
    pub(super) fn carry(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        finding.place = self.place(finding.place)?;
        finding.related.retain_mut(|related| match self.place(related.place) {
            Some(place) => {
                related.place = place;
                true
            }
            None => false,
        });
        finding.fix = finding.fix.and_then(|fix| self.fix(fix));
        Some(finding)
    }

    fn fix(&self, mut fix: Fix) -> Option<Fix> {
        for edit in &mut fix.edits {
            edit.place = self.place(edit.place)?;
        }
        Some(fix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_their_text() {
        for (old, new, word, expected) in [
            ("abc teh cd", "axbc teh cd", "teh", Some(5)),
            ("ab teh cd", "ab x teh cd", "teh", None),
            ("ab teh cd", "ab teh cd more", "teh", Some(3)),
            ("ab teh cd", "teh cd", "cd", Some(4)),
            ("ab teh cd", "ab the cd", "teh", None),
            ("ab teh cd", "ab tehx cd", "teh", None),
            ("aaaa teh", "aa teh", "teh", Some(3)),
            ("é teh", "éé teh", "teh", Some(5)),
        ] {
            let at = old.find(word).expect("the word");
            let place = Place { file: FileId(0), span: Span::at(at, at + word.len()) };
            let moved = Shift::between(FileId(0), old, new).place(place);
            assert_eq!(moved.map(|place| place.span.start), expected, "{old} {new}");
            let elsewhere = Place { file: FileId(1), ..place };
            assert_eq!(Shift::between(FileId(0), old, new).place(elsewhere), Some(elsewhere));
        }
    }
}
