//! What a rule may ask, and how it reports.

use super::Meta;
use super::author::People;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit, Fix, Place, Related, Safety, Severity};
use crate::evidence::Evidence;
use crate::site::Site;
use jiff::civil::Date;
use std::sync::OnceLock;

/// What several rules reckon from one site, reckoned once.
#[derive(Default)]
pub struct Shared {
    people: OnceLock<People>,
}

/// What a rule sees of the world, and where its findings go.
pub struct Context<'a> {
    site: &'a Site,
    evidence: &'a Evidence,
    config: &'a Config,
    today: Date,
    shared: &'a Shared,
    meta: &'static Meta,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Context<'a> {
    /// The context of one rule over one site.
    pub fn new(
        site: &'a Site,
        evidence: &'a Evidence,
        config: &'a Config,
        today: Date,
        shared: &'a Shared,
        meta: &'static Meta,
        out: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { site, evidence, config, today, shared, meta, out }
    }

    /// The site.
    pub fn site(&self) -> &'a Site {
        self.site
    }

    /// What the network said.
    pub fn evidence(&self) -> &'a Evidence {
        self.evidence
    }

    /// The configuration.
    pub fn config(&self) -> &'a Config {
        self.config
    }

    /// The day of the run.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The people that the site names.
    pub(super) fn people(&self) -> &'a People {
        self.shared.people.get_or_init(|| People::of(self.site))
    }

    /// Reports a finding; it is complete when the returned builder is dropped.
    pub fn report(&mut self, place: Place, message: impl Into<String>) -> Report<'_> {
        self.out.push(Diagnostic {
            rule: self.meta.id,
            severity: self.meta.severity,
            place,
            message: message.into(),
            related: Vec::new(),
            help: None,
            fix: None,
        });
        let at = self.out.len() - 1;
        Report { diagnostic: &mut self.out[at] }
    }
}

/// A finding under construction.
pub struct Report<'a> {
    diagnostic: &'a mut Diagnostic,
}

// A report is complete at every step: nothing is lost when the builder is dropped.
#[allow(clippy::return_self_not_must_use)]
impl Report<'_> {
    /// Makes this finding less or more severe than the rule's others.
    #[must_use = "the builder is chained"]
    pub fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    /// Adds a place that explains the finding.
    pub fn related(self, place: Place, message: impl Into<String>) -> Self {
        self.diagnostic.related.push(Related { place, message: message.into() });
        self
    }

    /// Says what to do about it.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.diagnostic.help = Some(help.into());
        self
    }

    /// Offers a repair of several edits.
    pub fn fix(self, title: impl Into<String>, safety: Safety, edits: Vec<Edit>) -> Self {
        self.diagnostic.fix = Some(Fix { title: title.into(), safety, edits });
        self
    }

    /// Offers a repair that replaces one place.
    pub fn replace(
        self,
        title: impl Into<String>,
        safety: Safety,
        place: Place,
        text: impl Into<String>,
    ) -> Self {
        self.fix(title, safety, vec![Edit { place, text: text.into() }])
    }
}
