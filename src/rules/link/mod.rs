//! The link family.

mod malformed;
mod missing_file;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&malformed::Malformed, &missing_file::MissingFile];
