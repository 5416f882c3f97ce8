//! YAML, TOML and JSON as one tree with spans.
//!
//! Its duty is where each value stands; it must not know what any key means.

mod build;
mod json;
mod toml;
mod yaml;

use crate::text::Span;
pub use json::parse_json;
pub use toml::parse_toml;
pub use yaml::parse_yaml;

/// How deep values may nest; deeper ones are refused, so that nothing recurses further.
const DEPTH: usize = 128;

/// A value with the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// Its bytes; for a quoted scalar, with the quotes; for a mapping or list, from its first key to
    /// the end of its last value, in flow style with the brackets. A value that an alias stands for
    /// has the bytes of its anchor.
    pub span: Span,
    /// What it holds.
    pub value: Value,
}

/// What a value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `key:`, `~` or `null`.
    Null,
    /// A scalar of any type, as text.
    Text {
        /// The text, decoded.
        text: Box<str>,
        /// The bytes that hold exactly `text`; `None` where decoding changed it (escapes, folded lines).
        exact: Option<Span>,
        /// Written without quotes, so that `true` is a truth value and `2024` a number.
        plain: bool,
    },
    /// A list.
    List(Vec<Data>),
    /// A mapping, in the order of the file.
    Map(Vec<Pair>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The key, decoded.
    pub key: Box<str>,
    /// The bytes of the key, with its quotes.
    pub key_span: Span,
    /// Its value.
    pub value: Data,
}

/// Why data did not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataError {
    /// Where the parser gave up.
    pub span: Span,
    /// What it said, one clause.
    pub message: String,
}

impl Data {
    /// The value under a key of a mapping; the last one where a key stands twice.
    pub fn get(&self, key: &str) -> Option<&Data> {
        self.pairs().iter().rev().find(|pair| &*pair.key == key).map(|pair| &pair.value)
    }

    /// The pairs of a mapping; empty for anything else.
    pub fn pairs(&self) -> &[Pair] {
        match &self.value {
            Value::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The elements of a list; empty for anything else.
    pub fn list(&self) -> &[Data] {
        match &self.value {
            Value::List(list) => list,
            _ => &[],
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The bytes of the scalar's text without quotes where they are exact, else all of its bytes.
    pub fn text_span(&self) -> Span {
        match &self.value {
            Value::Text { exact: Some(span), .. } => *span,
            _ => self.span,
        }
    }

    /// The text of the scalar under a key.
    pub fn str(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether the value is a plain `true` (or YAML 1.1's `yes`, `on`).
    pub fn is_true(&self) -> bool {
        matches!(&self.value, Value::Text { text, plain: true, .. }
            if matches!(&**text, "true" | "True" | "TRUE" | "yes" | "Yes" | "on" | "On"))
    }

    /// Whether the value is a plain `false` (or YAML 1.1's `no`, `off`).
    pub fn is_false(&self) -> bool {
        matches!(&self.value, Value::Text { text, plain: true, .. }
            if matches!(&**text, "false" | "False" | "FALSE" | "no" | "No" | "off" | "Off"))
    }
}
