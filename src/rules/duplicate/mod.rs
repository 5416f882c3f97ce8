//! The duplicate family.

mod word;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&word::DuplicateWord];
