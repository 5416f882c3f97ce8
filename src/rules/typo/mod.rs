//! The typo family.

mod dictionary;
mod lexicon;
mod misspelling;
mod shape;
mod stray_letter;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&misspelling::Misspelling, &stray_letter::StrayLetter];
