//! `scholint.toml` as it is written, and its way into [`Config`].

use super::{Config, Dictionary, Fault, OnlineConfig, Override, OwnerConfig, Patterns, TypoConfig, closest};
use crate::diagnostic::Severity;
use crate::text::Span;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The configuration of scholint for one site.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "scholint.toml")]
pub(super) struct File {
    /// Whose site it is, where scholint cannot tell.
    owner: Option<Owner>,
    /// Severities by rule (`link/missing-file`) or family (`link`).
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Level>")]
    rules: Levels,
    /// Severities for some paths only; the last entry that matches wins.
    #[serde(default)]
    overrides: Vec<Overriding>,
    /// A person's name and its other spellings, all of which are right.
    #[serde(default)]
    people: BTreeMap<String, Vec<String>>,
    /// Spelling.
    typo: Option<Typo>,
    /// A venue's name and its other spellings, all of which are right.
    #[serde(default)]
    venues: BTreeMap<String, Vec<String>>,
    /// How the network may be asked.
    online: Option<Online>,
    /// Paths that are not read, as in `.gitignore`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    exclude: Vec<Spanned<String>>,
    /// Where the site is served, where its generator does not say so.
    base_url: Option<String>,
    /// The day to judge dates by (`2026-06-01`), instead of the clock's.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    today: Option<Spanned<toml::Value>>,
}

type Levels = BTreeMap<Spanned<String>, Level>;

/// Whose site it is.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Owner {
    /// The owner's name.
    #[schemars(with = "Option<String>")]
    name: Option<Spanned<String>>,
    /// Other forms of the name: initials, a former name, another script.
    #[serde(default)]
    aliases: Vec<String>,
}

/// Spelling.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Typo {
    /// Words that are right on this site.
    #[serde(default)]
    words: Vec<String>,
    /// Dictionaries of other languages, as paths from this file: lists of words, one a line, or Hunspell's `.dic` with its
    /// `.aff` beside it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    dictionaries: Vec<Spanned<String>>,
}

/// Severities for some paths.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Overriding {
    /// Which paths, as in `.gitignore`.
    #[schemars(with = "Vec<String>")]
    paths: Vec<Spanned<String>>,
    /// Severities by rule or family.
    #[schemars(with = "BTreeMap<String, Level>")]
    rules: Levels,
}

/// How the network may be asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Online {
    /// An address that servers can complain to.
    mailto: Option<String>,
    /// Hosts that are never asked (`false`) or always (`true`).
    #[serde(default)]
    hosts: BTreeMap<String, bool>,
    /// Seconds to wait for an answer.
    timeout: Option<u32>,
    /// Questions asked at once.
    concurrency: Option<u32>,
    /// Where answers are kept.
    cache: Option<String>,
}

/// A severity, or `off`.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// The rule does not report.
    Off,
    /// Worth a look.
    Hint,
    /// Almost surely a slip.
    Warning,
    /// Broken or false.
    Error,
}

impl Level {
    const fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Hint => Some(Severity::Hint),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}

pub(super) fn parse(text: &str, known: &[&str]) -> Result<Config, Vec<Fault>> {
    let file: File = toml::from_str(text).map_err(|error| vec![fault_of(&error, text)])?;
    let mut reader = Reader { text, known, faults: Vec::new() };
    let config = reader.config(file);
    if reader.faults.is_empty() {
        Ok(config)
    } else {
        reader.faults.sort_by_key(|fault| fault.span);
        Err(reader.faults)
    }
}

/// Words the parser's error as ours, with what was probably meant.
fn fault_of(error: &toml::de::Error, text: &str) -> Fault {
    let span =
        error.span().map_or(Span::at(text.len(), text.len()), |range| Span::at(range.start, range.end));
    let message = error.message().lines().collect::<Vec<_>>().join("; ");
    let mut quoted = message.split('`').skip(1).step_by(2);
    let kind = ["unknown field", "unknown variant"].into_iter().find(|kind| message.starts_with(kind));
    let (Some(kind), Some(wrong)) = (kind, quoted.next()) else {
        return Fault { span, message, help: None };
    };
    let names: Vec<&str> = quoted.collect();
    let what = if kind == "unknown field" { "key" } else { "value" };
    let help = match closest(wrong, names.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", names.join(", ")),
    };
    Fault { span, message: format!("unknown {what} `{wrong}`"), help: Some(help) }
}

/// Turns the file into a [`Config`], collecting what is wrong.
struct Reader<'a> {
    text: &'a str,
    known: &'a [&'a str],
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn config(&mut self, file: File) -> Config {
        let exclude: Vec<&Spanned<String>> = file.exclude.iter().collect();
        self.patterns(&exclude);
        Config {
            owner: file.owner.map(|owner| self.owner(owner)).unwrap_or_default(),
            rules: self.levels(file.rules),
            overrides: file.overrides.into_iter().filter_map(|each| self.overriding(each)).collect(),
            people: file.people,
            typo: file.typo.map(typo).unwrap_or_default(),
            venues: file.venues,
            online: file.online.map(online).unwrap_or_default(),
            exclude: file.exclude.into_iter().map(Spanned::into_inner).collect(),
            base_url: file.base_url,
            today: file.today.and_then(|today| self.date(&today)),
        }
    }

    fn owner(&self, owner: Owner) -> OwnerConfig {
        let name_span = owner.name.as_ref().map_or(Span::default(), |name| {
            let outer = span_of(name);
            // Without the quotes, where the name stands there unescaped.
            let written = crate::text::slice(self.text, outer);
            let at = written.find(name.get_ref().as_str());
            at.map_or(outer, |at| Span::at(at, at + name.get_ref().len()).shift(outer.start))
        });
        OwnerConfig { name: owner.name.map(Spanned::into_inner), name_span, aliases: owner.aliases }
    }

    fn levels(&mut self, levels: Levels) -> BTreeMap<String, Option<Severity>> {
        let mut out = BTreeMap::new();
        for (name, level) in levels {
            let families = || self.known.iter().filter_map(|rule| rule.split('/').next());
            let given = name.get_ref().as_str();
            if !self.known.contains(&given) && !families().any(|family| family == given) {
                let meant = closest(given, self.known.iter().copied().chain(families()));
                let help = meant.map_or_else(
                    || "`scholint rules` lists them".to_owned(),
                    |meant| format!("did you mean `{meant}`?"),
                );
                let message = format!("no rule or family is called `{given}`");
                self.faults.push(Fault { span: span_of(&name), message, help: Some(help) });
            }
            out.insert(name.into_inner(), level.severity());
        }
        out
    }

    fn overriding(&mut self, overriding: Overriding) -> Option<Override> {
        let rules = self.levels(overriding.rules);
        let paths = self.patterns(&overriding.paths.iter().collect::<Vec<_>>())?;
        Some(Override { paths, rules })
    }

    fn patterns(&mut self, patterns: &[&Spanned<String>]) -> Option<Patterns> {
        match Patterns::new(patterns.iter().map(|pattern| pattern.get_ref().as_str())) {
            Ok(patterns) => Some(patterns),
            Err((index, reason)) => {
                let pattern = patterns.get(index)?;
                self.faults.push(Fault {
                    span: span_of(pattern),
                    message: format!("`{}` is not a pattern of paths", pattern.get_ref()),
                    help: Some(format!("patterns are written as in .gitignore ({reason})")),
                });
                None
            }
        }
    }

    fn date(&mut self, today: &Spanned<toml::Value>) -> Option<jiff::civil::Date> {
        let written = match today.get_ref() {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(date) => date.to_string(),
            other => other.type_str().to_owned(),
        };
        let date = written.parse().ok();
        if date.is_none() {
            self.faults.push(Fault {
                span: span_of(today),
                message: format!("`{written}` is not a date"),
                help: Some("write it as 2026-06-01".to_owned()),
            });
        }
        date
    }
}

fn typo(typo: Typo) -> TypoConfig {
    let dictionary = |path: Spanned<String>| Dictionary {
        span: span_of(&path),
        path: path.into_inner(),
        ..Dictionary::default()
    };
    TypoConfig { words: typo.words, dictionaries: typo.dictionaries.into_iter().map(dictionary).collect() }
}

fn online(online: Online) -> OnlineConfig {
    let Online { mailto, hosts, timeout, concurrency, cache } = online;
    OnlineConfig { mailto, hosts, timeout, concurrency, cache }
}

fn span_of<T>(spanned: &Spanned<T>) -> Span {
    let range = spanned.span();
    Span::at(range.start, range.end)
}
