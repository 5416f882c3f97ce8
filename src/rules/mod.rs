//! The rules: each judges the model and says what is wrong. None of them reads files, the clock, the
//! environment or the network.
//!
//! Adding a rule: `src/rules/<family>/<name>.rs`, its page `rules/<family>/<name>.md`, and two lines in
//! the family's `mod.rs`.

mod author;
mod bib;
mod context;
mod duplicate;
mod freshness;
mod link;
mod privacy;
mod publication;
mod structure;
mod template;
mod typo;

pub use context::{Context, Report, Shared};

use crate::diagnostic::Severity;
use crate::evidence::Query;
use crate::model::Page;
use crate::site::Site;

/// Whether a rule offers fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixable {
    /// Never.
    No,
    /// Some of its fixes are safe.
    Safe,
    /// Its fixes need a look.
    Ask,
}

/// What a rule must know to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// One page.
    Page,
    /// The whole site.
    Site,
    /// Evidence from the network.
    Net,
}

/// What is said about a rule everywhere: in reports, in the table of rules, in the editor.
#[derive(Debug)]
pub struct Meta {
    /// `family/name`.
    pub id: &'static str,
    /// What it flags, one line without a full stop.
    pub summary: &'static str,
    /// How bad its findings are unless configured otherwise.
    pub severity: Severity,
    /// Whether it runs without being asked for.
    pub default: bool,
    /// Whether it offers fixes.
    pub fix: Fixable,
    /// What it must know.
    pub needs: Needs,
    /// Its page: prose and examples.
    pub page: &'static str,
}

impl Meta {
    /// The part of the name before the slash.
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }
}

/// A rule.
pub trait Rule: Sync {
    /// What is said about it.
    fn meta(&self) -> &'static Meta;

    /// Names the evidence that would help, from the model alone.
    fn ask(&self, _site: &Site, _ask: &mut dyn FnMut(Query)) {}

    /// Judges one page.
    fn page(&self, _page: &Page, _cx: &mut Context<'_>) {}

    /// Judges the site as a whole.
    fn site(&self, _cx: &mut Context<'_>) {}
}

/// The families in the order of their names, each with its rules.
static FAMILIES: &[&[&dyn Rule]] = &[
    author::RULES,
    bib::RULES,
    duplicate::RULES,
    freshness::RULES,
    link::RULES,
    privacy::RULES,
    publication::RULES,
    structure::RULES,
    template::RULES,
    typo::RULES,
];

/// All rules, in the order of their names.
pub fn all() -> impl Iterator<Item = &'static dyn Rule> {
    FAMILIES.iter().flat_map(|family| family.iter().copied())
}

/// The rule of a name.
pub fn find(id: &str) -> Option<&'static dyn Rule> {
    all().find(|rule| rule.meta().id == id)
}

/// The names of the families.
pub fn families() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().filter_map(|family| family.first()).map(|rule| rule.meta().family())
}
