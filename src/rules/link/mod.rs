//! The link family.

mod missing_file;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&missing_file::MissingFile];
