//! What a rule says: a diagnostic with its place, related places, help and fix.
//!
//! These types know nothing of how they are shown; `report` does that.

use crate::text::Span;
use serde::{Deserialize, Serialize};

/// How bad a finding is. Ordered: a hint is the least.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; shown only on request.
    Hint,
    /// Almost surely a slip.
    Warning,
    /// A visitor meets something broken, or reads something false.
    Error,
}

impl Severity {
    /// The lower-case name, as in reports and configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A file of the site, as an index into its table of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A span in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// Whether a fix may be applied unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Changes nothing that a reader could want: applied by `--fix`.
    Safe,
    /// Needs a look: applied by `--fix --unsafe-fixes`, or picked in the editor.
    Ask,
}

/// One replacement of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub place: Place,
    /// What stands there afterwards.
    pub text: String,
}

/// A repair: all of its edits or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button would say it.
    pub title: String,
    /// Whether it may be applied unasked.
    pub safety: Safety,
    /// The replacements.
    pub edits: Vec<Edit>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule's name, `family/name`.
    pub rule: &'static str,
    /// How bad it is, after configuration.
    pub severity: Severity,
    /// What is wrong, and where.
    pub place: Place,
    /// One sentence without a final full stop.
    pub message: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What to do about it.
    pub help: Option<String>,
    /// A repair, where one is known.
    pub fix: Option<Fix>,
}
