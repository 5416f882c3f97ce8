//! The typo family.

mod lexicon;
mod misspelling;
mod stray_letter;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&misspelling::Misspelling, &stray_letter::StrayLetter];
