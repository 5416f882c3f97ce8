//! The template family: what a template shipped and its new owner forgot.

mod canonical;
mod identity;
mod leftovers;
mod placeholder;
mod unreachable;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] =
    &[&canonical::Canonical, &identity::Identity, &placeholder::Placeholder, &unreachable::Unreachable];
