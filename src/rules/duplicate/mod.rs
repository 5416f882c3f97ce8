//! The duplicate family.

mod publication;
mod word;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&publication::DuplicatePublication, &word::DuplicateWord];
