//! `scholint.toml`: one file, no cascade. Unknown keys and bad values are errors with a span.

use crate::diagnostic::Severity;
use std::collections::BTreeMap;

/// The configuration of a run.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `[owner]`.
    pub owner: OwnerConfig,
    /// `[rules]`: severities by rule or family; `None` switches off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// `[people]`: a name and its other spellings.
    pub people: BTreeMap<String, Vec<String>>,
    /// `[typo]`.
    pub typo: TypoConfig,
    /// `exclude`: patterns of paths that are not read.
    pub exclude: Vec<String>,
}

/// Whose site it is, where scholint cannot tell.
#[derive(Clone, Debug, Default)]
pub struct OwnerConfig {
    /// The name.
    pub name: Option<String>,
    /// Other forms of it.
    pub aliases: Vec<String>,
}

/// Words that are right on this site.
#[derive(Clone, Debug, Default)]
pub struct TypoConfig {
    /// The words, in any case.
    pub words: Vec<String>,
}
