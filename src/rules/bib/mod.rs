//! The bib family: what BibTeX reads differently from what was meant.

mod authors;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&authors::Authors];
