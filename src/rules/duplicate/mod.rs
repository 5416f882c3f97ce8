//! The duplicate family.

mod publication;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&publication::DuplicatePublication];
