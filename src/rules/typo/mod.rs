//! The typo family.

mod article;
mod confused_word;
mod dictionary;
mod lexicon;
mod line_break_hyphen;
mod misspelling;
mod neighbours;
mod proper_name;
mod shape;
mod spacing;
mod stray_bracket;
mod stray_letter;
mod title_differs;
mod word_list;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[
    &article::Article,
    &confused_word::ConfusedWord,
    &line_break_hyphen::LineBreakHyphen,
    &misspelling::Misspelling,
    &proper_name::ProperName,
    &spacing::Spacing,
    &stray_bracket::StrayBracket,
    &stray_letter::StrayLetter,
    &title_differs::TitleDiffers,
];
