//! `--baseline`: findings that are known and shall not be spoken of, by fingerprints that stay when lines move.

use super::Failure;
use crate::engine::Outcome;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Baseline {
    version: u32,
    fingerprints: BTreeSet<String>,
}

impl Baseline {
    /// Whether a finding is known.
    pub(super) fn holds(&self, fingerprint: &str) -> bool {
        self.fingerprints.contains(fingerprint)
    }
}

/// Reads the file.
pub(super) fn read(path: &Path) -> Result<Baseline, Failure> {
    let unreadable = |reason: String| Failure::Baseline { path: path.display().to_string(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let baseline: Baseline = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    if baseline.version == 1 {
        Ok(baseline)
    } else {
        Err(unreadable(format!("version {} is not known", baseline.version)))
    }
}

/// The file that knows all of these findings.
pub(super) fn text(outcomes: &[Outcome]) -> String {
    let fingerprints = outcomes.iter().flat_map(|outcome| outcome.fingerprints.iter().cloned()).collect();
    let baseline = Baseline { version: 1, fingerprints };
    let mut text = serde_json::to_string_pretty(&baseline).unwrap_or_default();
    text.push('\n');
    text
}
