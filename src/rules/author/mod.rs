//! The author family.

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[];
