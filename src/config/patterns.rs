//! Patterns of paths, written as in `.gitignore`.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// A list of patterns; `!` before a pattern takes back what an earlier one matched.
#[derive(Clone, Debug)]
pub struct Patterns(Gitignore);

impl Patterns {
    /// The list.
    ///
    /// # Errors
    /// The index of the first pattern that is none, and why.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, (usize, String)> {
        let mut builder = GitignoreBuilder::new("");
        for (index, pattern) in patterns.into_iter().enumerate() {
            builder.add_line(None, pattern).map_err(|error| (index, error.to_string()))?;
        }
        builder.build().map(Self).map_err(|error| (0, error.to_string()))
    }

    /// Whether a path of a file, relative with `/`, or a folder above it, is among them.
    pub fn matches(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        !path.is_empty() && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_git_does() {
        let patterns = Patterns::new(["drafts/", "/talks/*.md", "!/talks/keep.md"]).expect("patterns");
        for (path, expected) in [
            ("drafts/a.md", true),
            ("x/drafts/b/c.md", true),
            ("talks/a.md", true),
            ("talks/keep.md", false),
            ("x/talks/a.md", false),
            ("index.md", false),
            ("/drafts/a.md", true),
            ("", false),
        ] {
            assert_eq!(patterns.matches(path), expected, "{path}");
        }
    }
}
