//! The freshness family.

mod calendar;
mod past_future;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[&past_future::PastFuture];
