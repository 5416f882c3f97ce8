//! `scholint.toml`: one file, no cascade. Unknown keys and bad values are errors with a span.
//!
//! This module turns text into values; it opens no file, and it learns the names of the rules from
//! its caller.

mod file;
mod patterns;

pub use patterns::Patterns;

use crate::diagnostic::Severity;
use crate::text::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The configuration of a run.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// `[owner]`.
    pub owner: OwnerConfig,
    /// `[rules]`: severities by rule or family; `None` switches off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// `[[overrides]]`: severities for some paths; the last that matches wins.
    pub overrides: Vec<Override>,
    /// `[people]`: a name and its other spellings.
    pub people: BTreeMap<String, Vec<String>>,
    /// `[typo]`.
    pub typo: TypoConfig,
    /// `[venues]`: a venue and its other spellings.
    pub venues: BTreeMap<String, Vec<String>>,
    /// `[online]`.
    pub online: OnlineConfig,
    /// `exclude`: patterns of paths that are not read.
    pub exclude: Vec<String>,
    /// `base-url`: where the site is served, where its generator does not say so.
    pub base_url: Option<String>,
    /// `today`: the day to judge dates by, instead of the clock's.
    pub today: Option<Date>,
}

/// Whose site it is, where scholint cannot tell.
#[derive(Clone, Debug, Default)]
pub struct OwnerConfig {
    /// The name.
    pub name: Option<String>,
    /// The bytes of the name in `scholint.toml`.
    pub name_span: Span,
    /// Other forms of it.
    pub aliases: Vec<String>,
}

/// Words that are right on this site.
#[derive(Clone, Debug, Default)]
pub struct TypoConfig {
    /// The words, in any case.
    pub words: Vec<String>,
    /// Dictionaries of other languages.
    pub dictionaries: Vec<Dictionary>,
}

/// A dictionary of a language that none is built in for.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    /// Where it lies, seen from `scholint.toml`.
    pub path: String,
    /// The bytes of the path in `scholint.toml`.
    pub span: Span,
    /// Its text, which the engine reads: words, one a line, perhaps with Hunspell's flags.
    pub text: String,
    /// The affixes that the flags stand for.
    pub affixes: Option<String>,
}

/// Severities that hold for some paths only.
#[derive(Clone, Debug)]
pub struct Override {
    /// Which paths.
    pub paths: Patterns,
    /// Severities by rule or family; `None` switches off.
    pub rules: BTreeMap<String, Option<Severity>>,
}

/// How the network may be asked.
#[derive(Clone, Debug, Default)]
pub struct OnlineConfig {
    /// An address that servers can complain to.
    pub mailto: Option<String>,
    /// Hosts that are never asked (`false`) or always (`true`).
    pub hosts: BTreeMap<String, bool>,
    /// Seconds to wait for an answer.
    pub timeout: Option<u32>,
    /// Questions asked at once.
    pub concurrency: Option<u32>,
    /// Where answers are kept.
    pub cache: Option<String>,
}

/// What is wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong, one clause.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Config {
    /// Reads `scholint.toml`. `known` are the names of all rules, `family/name`.
    ///
    /// # Errors
    /// Everything found wrong, in the order of the text.
    pub fn parse(text: &str, known: &[&str]) -> Result<Self, Vec<Fault>> {
        file::parse(text, known)
    }

    /// The severity of a rule's finding on a path, `given` where the configuration says nothing;
    /// `None` when the rule is off there.
    pub fn level(&self, rule: &str, path: &str, given: Severity) -> Option<Severity> {
        self.overrides
            .iter()
            .rev()
            .filter(|each| each.paths.matches(path))
            .find_map(|each| lookup(&each.rules, rule))
            .or_else(|| lookup(&self.rules, rule))
            .map_or(Some(given), |level| *level)
    }

    /// Whether a rule must run at all: it is on by default or switched on, here or in an override.
    pub fn may_run(&self, rule: &str, default: bool) -> bool {
        // A family's severity does not wake rules that sleep by default.
        let on = |rules: &BTreeMap<String, Option<Severity>>, unsaid: bool| match rules.get(rule) {
            Some(level) => level.is_some(),
            None => default && lookup(rules, rule).map_or(unsaid, Option::is_some),
        };
        on(&self.rules, true) || self.overrides.iter().any(|each| on(&each.rules, false))
    }
}

/// What a table says of a rule: by its own name before its family's.
fn lookup<'r>(rules: &'r BTreeMap<String, Option<Severity>>, rule: &'r str) -> Option<&'r Option<Severity>> {
    let family = rule.split('/').next().unwrap_or(rule);
    rules.get(rule).or_else(|| rules.get(family))
}

/// The one of `names` that `wrong` was most likely meant to be.
pub fn closest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    names
        .into_iter()
        .map(|name| {
            // `misspelling` is meant to be `typo/misspelling`.
            let last = name.rsplit('/').next().unwrap_or(name);
            let alike = strsim::jaro_winkler(&wrong, name).max(strsim::jaro_winkler(&wrong, last));
            (alike, name)
        })
        .filter(|(alike, _)| *alike > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The JSON Schema of `scholint.toml`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(file::File).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[&str] = &["link/missing-file", "link/malformed", "typo/misspelling"];

    fn faults(text: &str) -> Vec<(String, String, Option<String>)> {
        Config::parse(text, KNOWN)
            .expect_err("faults")
            .into_iter()
            .map(|fault| (crate::text::slice(text, fault.span).to_owned(), fault.message, fault.help))
            .collect()
    }

    #[test]
    fn everything_has_its_place() {
        let text = r#"
exclude = ["drafts/"]
base-url = "https://ada.example"
today = 2026-06-01
[owner]
name = "Ada Byron"
aliases = ["A. Byron"]
[rules]
link = "hint"
"link/malformed" = "error"
"typo/misspelling" = "off"
[[overrides]]
paths = ["posts/**"]
rules = { "typo/misspelling" = "warning", link = "off" }
[people]
"Yu Zhang" = ["Y. Zhang"]
[typo]
words = ["colour"]
[venues]
"NeurIPS" = ["NIPS"]
[online]
mailto = "ada@example.org"
timeout = 20
hosts = { "example.org" = false }
"#;
        let config = Config::parse(text, KNOWN).expect("a good file");
        assert_eq!(config.owner.name.as_deref(), Some("Ada Byron"));
        assert_eq!(crate::text::slice(text, config.owner.name_span), "Ada Byron");
        assert_eq!(config.today, Some(jiff::civil::date(2026, 6, 1)));
        assert_eq!(config.exclude, ["drafts/"]);
        assert_eq!(config.online.timeout, Some(20));
        assert_eq!(config.online.hosts.get("example.org"), Some(&false));
        for (rule, path, level) in [
            ("link/missing-file", "index.md", Some(Severity::Hint)),
            ("link/malformed", "index.md", Some(Severity::Error)),
            ("link/malformed", "posts/a/b.md", None),
            ("typo/misspelling", "index.md", None),
            ("typo/misspelling", "posts/b.md", Some(Severity::Warning)),
            ("author/order-swapped", "index.md", Some(Severity::Hint)),
        ] {
            assert_eq!(config.level(rule, path, Severity::Hint), level, "{rule} on {path}");
        }
        assert!(config.may_run("typo/misspelling", true), "an override switches it on");
        assert!(!config.may_run("link/asleep", false), "a family wakes no sleeper");
    }

    #[test]
    fn the_date_may_be_quoted() {
        let config = Config::parse("today = \"2026-06-01\"", KNOWN).expect("a good file");
        assert_eq!(config.today, Some(jiff::civil::date(2026, 6, 1)));
    }

    #[test]
    fn faults_say_where_and_what_was_meant() {
        for (text, at, message, help) in [
            ("exlude = []", "exlude", "unknown key `exlude`", Some("did you mean `exclude`?")),
            (
                "[rules]\n\"link/malformd\" = \"off\"",
                "\"link/malformd\"",
                "no rule or family is called `link/malformd`",
                Some("did you mean `link/malformed`?"),
            ),
            ("[rules]\nlink = \"warn\"", "\"warn\"", "unknown value `warn`", Some("did you mean `warning`?")),
            ("today = \"soon\"", "\"soon\"", "`soon` is not a date", Some("write it as 2026-06-01")),
            (
                "[[overrides]]\npaths = [\"a{b\"]\nrules = {}",
                "\"a{b\"",
                "`a{b` is not a pattern of paths",
                None,
            ),
        ] {
            let found = faults(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].0, at, "{text}");
            assert!(found[0].1.starts_with(message), "{text}: {}", found[0].1);
            if help.is_some() {
                assert_eq!(found[0].2.as_deref(), help, "{text}");
            }
        }
        let types = faults("[owner]\nname = 3");
        assert_eq!(types[0].0, "3", "{types:?}");
        assert_eq!(faults("a = = 1").len(), 1);
    }

    #[test]
    fn several_unknown_rules_are_all_told() {
        assert_eq!(faults("[rules]\nlnk = \"off\"\ntypos = \"off\"\nlink = \"off\"").len(), 2);
    }

    #[test]
    fn the_schema_names_every_key() {
        let schema = schema();
        for key in [
            "owner",
            "rules",
            "overrides",
            "people",
            "typo",
            "venues",
            "online",
            "exclude",
            "base-url",
            "today",
        ] {
            assert!(schema["properties"].get(key).is_some(), "{key}");
        }
        assert_eq!(schema["additionalProperties"], false);
    }

    #[test]
    fn names_are_guessed_by_their_last_part_too() {
        assert_eq!(closest("mispelling", KNOWN.iter().copied()), Some("typo/misspelling"));
        assert_eq!(closest("zzz", KNOWN.iter().copied()), None);
    }
}
