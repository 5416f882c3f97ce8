//! The typo family.

mod lexicon;
mod misspelling;
mod stray_letter;
mod title_differs;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] =
    &[&misspelling::Misspelling, &stray_letter::StrayLetter, &title_differs::TitleDiffers];
