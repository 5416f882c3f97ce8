//! Which lines changed since a revision, as git itself tells.

use super::{Error, Job};
use std::collections::BTreeMap;
use std::process::Command;

/// Lines that changed, by path from the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// First and last line of each stretch, counted from 1.
    lines: BTreeMap<String, Vec<(u32, u32)>>,
}

impl Changes {
    /// Whether any line from `first` to `last` of a file changed.
    pub fn touch(&self, path: &str, first: u32, last: u32) -> bool {
        self.lines
            .get(path)
            .is_some_and(|stretches| stretches.iter().any(|(from, to)| *from <= last && first <= *to))
    }
}

/// What changed in a site since a revision: committed, staged, or not yet known to git.
///
/// # Errors
/// When git is missing, the site is no repository, or the revision is not there, as in a shallow clone.
pub fn since(job: &Job, revision: &str) -> Result<Changes, Error> {
    let git = |arguments: &[&str]| {
        let failed = |reason: String| Error::Git { revision: revision.to_owned(), reason };
        let output = Command::new("git")
            .arg("-C")
            .arg(&job.root)
            .args([
                "-c",
                "core.quotePath=false",
                "-c",
                "diff.noprefix=false",
                "-c",
                "diff.mnemonicPrefix=false",
            ])
            .args(arguments)
            .output()
            .map_err(|error| failed(error.to_string()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(failed(said.lines().next().unwrap_or("it failed").to_owned()))
    };
    // A revision must not be taken for an option.
    let revision = format!("{}^{{commit}}", revision.trim_start_matches('-'));
    let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &revision]).map_err(
        |error| match error {
            Error::Git { revision, reason } if reason == "it failed" => {
                let shallow = git(&["rev-parse", "--is-shallow-repository"]);
                let reason = if shallow.is_ok_and(|answer| answer.trim() == "true") {
                    "this clone is shallow and lacks it"
                } else {
                    "it knows no such revision"
                };
                Error::Git { revision, reason: reason.to_owned() }
            }
            other => other,
        },
    )?;
    let diff = git(&[
        "diff",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-renames",
        "--relative",
        commit.trim(),
        "--",
        ".",
    ])?;
    let mut changes = parse(&diff);
    for path in git(&["ls-files", "--others", "--exclude-standard", "-z"])?.split('\0') {
        if !path.is_empty() {
            changes.lines.insert(path.to_owned(), vec![(1, u32::MAX)]);
        }
    }
    Ok(changes)
}

/// Reads a unified diff without context.
fn parse(diff: &str) -> Changes {
    let mut changes = Changes::default();
    let mut path: Option<String> = None;
    let mut inside = 0_u32;
    for line in diff.lines() {
        if inside > 0 && line.starts_with(['+', '-']) {
            inside -= 1;
            continue;
        }
        if let Some(name) = line.strip_prefix("+++ ") {
            path =
                name.trim_matches('"').strip_prefix("b/").map(|name| name.trim_end_matches('\t').to_owned());
        } else if let Some(hunk) = line.strip_prefix("@@ ") {
            let mut ranges = hunk.split(' ');
            let (Some((_, removed)), Some((start, count))) = (
                ranges.next().and_then(|range| range_of(range, '-')),
                ranges.next().and_then(|range| range_of(range, '+')),
            ) else {
                continue;
            };
            inside = removed + count;
            if let Some(path) = &path
                && count > 0
            {
                changes.lines.entry(path.clone()).or_default().push((start, start + count - 1));
            }
        }
    }
    changes
}

/// `+12,3` as its start and count.
fn range_of(range: &str, sign: char) -> Option<(u32, u32)> {
    let range = range.strip_prefix(sign)?;
    let (start, count) = range.split_once(',').unwrap_or((range, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_a_diff() {
        let diff = "diff --git a/x y.md b/x y.md\n--- a/x y.md\t\n+++ b/x y.md\t\n@@ -1,0 +2,2 @@ head\n+++ no header\n+b\n@@ -9 +11 @@\n-c\n+d\ndiff --git a/gone.md b/gone.md\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-e\n";
        let changes = parse(diff);
        for (path, first, last, expected) in [
            ("x y.md", 1, 1, false),
            ("x y.md", 1, 2, true),
            ("x y.md", 4, 10, false),
            ("x y.md", 11, 11, true),
            ("gone.md", 1, 9, false),
        ] {
            assert_eq!(changes.touch(path, first, last), expected, "{path} {first} {last}");
        }
    }
}
