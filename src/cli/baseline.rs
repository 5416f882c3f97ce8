//! `--baseline`: findings that are known and shall not be spoken of, by fingerprints that stay when lines move.

use super::Failure;
use crate::engine::Outcome;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The file.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Baseline {
    version: u32,
    fingerprints: BTreeSet<String>,
}

/// Leaves out what the file knows.
pub(super) fn apply(path: &Path, outcomes: &mut [Outcome]) -> Result<(), Failure> {
    let unreadable = |reason: String| Failure::Baseline { path: path.display().to_string(), reason };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    let baseline: Baseline = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
    if baseline.version != 1 {
        return Err(unreadable(format!("version {} is not known", baseline.version)));
    }
    for outcome in outcomes {
        outcome.suppressed += outcome.keep(|_, _, fingerprint| !baseline.fingerprints.contains(fingerprint));
    }
    Ok(())
}

/// The file that knows all of these findings.
pub(super) fn text(outcomes: &[Outcome]) -> String {
    let fingerprints = outcomes.iter().flat_map(|outcome| outcome.fingerprints.iter().cloned()).collect();
    let baseline = Baseline { version: 1, fingerprints };
    let mut text = serde_json::to_string_pretty(&baseline).unwrap_or_default();
    text.push('\n');
    text
}
