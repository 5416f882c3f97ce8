//! The privacy family: what a page gives away.

mod personal;
mod secret;
mod tracking;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&personal::Personal, &secret::Secret, &tracking::Tracking];
