//! The link family.

mod malformed;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&malformed::Malformed];
