//! The structure family: what does not hold together.

mod include;
mod reference;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&include::Include, &reference::Reference];
