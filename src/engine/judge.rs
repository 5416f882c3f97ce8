//! Site → findings: runs the rules, gives each finding its severity, lets comments silence, sorts.

use super::Note;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, FileId};
use crate::evidence::Evidence;
use crate::model::Page;
use crate::rules::{self, Context, Meta, Rule, Shared};
use crate::site::Site;
use crate::suppress;
use crate::text::Span;
use jiff::civil::Date;
use rayon::prelude::*;
use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Which rules were asked for, by names of rules and families.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Only these; those that sleep by default, too. Empty: all that are on.
    pub select: Vec<String>,
    /// None of these.
    pub ignore: Vec<String>,
}

impl Choice {
    /// Whether a rule runs under a configuration.
    pub fn runs(&self, meta: &Meta, config: &Config) -> bool {
        let named = |names: &[String]| names.iter().any(|name| suppress::covers(name, meta.id));
        if named(&self.ignore) {
            return false;
        }
        if self.select.iter().any(|name| name == meta.id) {
            return true;
        }
        if !self.select.is_empty() && !named(&self.select) {
            return false;
        }
        config.may_run(meta.id, meta.default || named(&self.select))
    }

    /// Whether a rule was asked for by its own name, which overrules `off` in a configuration.
    fn insists(&self, rule: &str) -> bool {
        self.select.iter().any(|name| name == rule)
    }
}

/// What the rules found.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The findings, sorted by file, place and rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many were silenced by comments.
    pub suppressed: usize,
    /// Rules that failed.
    pub notes: Vec<Note>,
}

/// The rules that run.
pub(super) fn running(choice: &Choice, config: &Config) -> impl Iterator<Item = &'static dyn Rule> {
    rules::all().filter(|rule| choice.runs(rule.meta(), config))
}

/// Judges a site: the same findings in the same order, however the work is spread over the cores.
pub fn judge(site: &Site, config: &Config, choice: &Choice, evidence: &Evidence, today: Date) -> Judgement {
    let court = Court { site, config, choice, evidence, today };
    court.settle(&court.find())
}

/// What the rules found, before one went before another, and configuration and comments had their say.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// What they said of each page, by its number.
    pub(super) by_page: Vec<Vec<Diagnostic>>,
    /// What they said of the site as a whole.
    pub(super) of_site: Vec<Diagnostic>,
    /// Rules that failed.
    pub(super) notes: Vec<Note>,
}

/// All that a judgement rests on.
#[derive(Clone, Copy)]
pub(super) struct Court<'a> {
    pub(super) site: &'a Site,
    pub(super) config: &'a Config,
    pub(super) choice: &'a Choice,
    pub(super) evidence: &'a Evidence,
    pub(super) today: Date,
}

impl Court<'_> {
    /// What all rules find.
    pub(super) fn find(&self) -> Found {
        let running: Vec<&'static dyn Rule> = running(self.choice, self.config).collect();
        let shared = Shared::default();
        let by_rule: Vec<Found> = running.par_iter().map(|rule| self.run(*rule, &shared)).collect();
        let mut found = Found { by_page: vec![Vec::new(); self.site.pages.len()], ..Found::default() };
        for one in by_rule {
            for (all, new) in found.by_page.iter_mut().zip(one.by_page) {
                all.extend(new);
            }
            found.of_site.extend(one.of_site);
            found.notes.extend(one.notes);
        }
        found
    }

    /// What all rules find on one page.
    pub(super) fn find_on(&self, page: &Page) -> Vec<Diagnostic> {
        let running: Vec<&'static dyn Rule> = running(self.choice, self.config).collect();
        let shared = Shared::default();
        running.par_iter().flat_map_iter(|rule| self.run_on(*rule, page, &shared).0).collect()
    }

    /// One voice for each fault; severities as configured; what comments silence taken out; sorted.
    pub(super) fn settle(&self, found: &Found) -> Judgement {
        let Court { site, config, choice, .. } = *self;
        let all = found.by_page.iter().flatten().chain(&found.of_site).cloned().collect();
        let ran = |id: &str| super::catalogue().any(|meta| meta.id == id && choice.runs(meta, config));
        let remaining = suppress::apply(site, grade(one_voice(all), site, config, choice), &ran);
        // What is said of ignore comments is graded after it was said.
        let (comments, mut diagnostics): (Vec<_>, Vec<_>) =
            remaining.diagnostics.into_iter().partition(|each| each.rule == suppress::UNUSED.id);
        diagnostics.extend(grade(comments, site, config, choice));
        diagnostics.sort_by(|a, b| (a.place, a.rule, &a.message).cmp(&(b.place, b.rule, &b.message)));
        Judgement { diagnostics, suppressed: remaining.suppressed, notes: found.notes.clone() }
    }

    /// Runs one rule over the site; where it panics, that page's findings are lost and nothing else.
    fn run(&self, rule: &'static dyn Rule, shared: &Shared) -> Found {
        let mut found = Found::default();
        let by_page: Vec<_> =
            self.site.pages.par_iter().map(|page| self.run_on(rule, page, shared)).collect();
        for (said, note) in by_page {
            found.by_page.push(said);
            found.notes.extend(note);
        }
        let (said, note) = self.guarded(rule, None, shared, &|cx| rule.site(cx));
        found.of_site = said;
        found.notes.extend(note);
        found
    }

    fn run_on(
        &self,
        rule: &'static dyn Rule,
        page: &Page,
        shared: &Shared,
    ) -> (Vec<Diagnostic>, Option<Note>) {
        self.guarded(rule, Some(page.path()), shared, &|cx| rule.page(page, cx))
    }

    fn guarded(
        &self,
        rule: &'static dyn Rule,
        path: Option<&str>,
        shared: &Shared,
        work: &dyn Fn(&mut Context<'_>),
    ) -> (Vec<Diagnostic>, Option<Note>) {
        let Court { site, config, evidence, today, .. } = *self;
        let mut out = Vec::new();
        let attempt = catch_unwind(AssertUnwindSafe(|| {
            work(&mut Context::new(site, evidence, config, today, shared, rule.meta(), &mut out));
        }));
        match attempt {
            Ok(()) => (out, None),
            Err(panic) => (Vec::new(), Some(failure(rule.meta(), path, &*panic))),
        }
    }
}

/// Rules of which the first keeps silent where the second speaks of the same place: the first sees the same
/// fault from farther away.
const PRECEDENCE: &[(&str, &str)] = &[
    ("author/coauthor-spelling", "author/owner-misspelled"),
    ("author/coauthor-spelling", "author/list-punctuation"),
    ("author/order-swapped", "author/coauthor-spelling"),
    ("author/owner-missing", "author/owner-misspelled"),
    ("author/owner-missing", "author/highlight-not-owner"),
    ("author/one-page-two-names", "author/profile-mismatch"),
    ("author/coauthor-spelling", "publication/authors-record"),
    ("duplicate/bib-entry", "duplicate/bib-key"),
    ("duplicate/identifier", "publication/title-record"),
    ("duplicate/news", "duplicate/publication"),
    ("link/dead", "template/identity"),
    ("link/dead", "template/placeholder"),
    ("link/doi-unregistered", "publication/id-syntax"),
    ("link/moved", "link/insecure"),
    ("link/moved", "link/legacy-host"),
    ("link/soft-404", "template/identity"),
    ("link/soft-404", "template/placeholder"),
    ("link/wrong-type", "link/label-mismatch"),
    ("publication/arxiv-year", "duplicate/identifier"),
    ("publication/arxiv-year", "publication/id-syntax"),
    ("publication/authors-record", "author/owner-misspelled"),
    ("publication/nips-rename", "publication/unknown-venue"),
    ("publication/slug-mismatch", "duplicate/identifier"),
    ("publication/slug-mismatch", "publication/title-record"),
    ("publication/title-record", "publication/id-syntax"),
    ("publication/title-record", "typo/title-differs"),
    ("publication/venue-record", "publication/id-venue"),
    ("publication/venue-spelling", "publication/unknown-venue"),
    ("publication/venue-spelling", "publication/nips-rename"),
    ("publication/copies-differ", "author/owner-misspelled"),
    ("publication/copies-differ", "author/coauthor-spelling"),
    ("typo/proper-name", "publication/unknown-venue"),
    ("typo/stray-bracket", "link/malformed"),
    ("typo/stray-bracket", "structure/unbalanced"),
    ("typo/misspelling", "typo/title-differs"),
    ("typo/misspelling", "author/owner-misspelled"),
    ("typo/misspelling", "author/coauthor-spelling"),
];

/// Drops findings that blame what another rule blames at the same place.
fn one_voice(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut places: HashMap<(&str, FileId), Vec<Span>> = HashMap::new();
    for diagnostic in &found {
        if PRECEDENCE.iter().any(|(_, before)| *before == diagnostic.rule) {
            places.entry((diagnostic.rule, diagnostic.place.file)).or_default().push(diagnostic.place.span);
        }
    }
    for spans in places.values_mut() {
        spans.sort();
    }
    // The spans of one rule hardly overlap each other: the neighbours of the place in their order decide.
    let speaks = |rule: &str, file: FileId, span: Span| {
        places.get(&(rule, file)).is_some_and(|spans| {
            let at = spans.partition_point(|other| other.start < span.end);
            spans[at.saturating_sub(2)..at].iter().any(|other| other.overlaps(span))
        })
    };
    found.retain(|each| {
        let mut before = PRECEDENCE.iter().filter(|(rule, _)| *rule == each.rule);
        !before.any(|(_, other)| speaks(other, each.place.file, each.place.span))
    });
    found
}

/// Gives each finding the severity that the configuration wants there, and drops those it wants off.
fn grade(found: Vec<Diagnostic>, site: &Site, config: &Config, choice: &Choice) -> Vec<Diagnostic> {
    found
        .into_iter()
        .filter_map(|mut diagnostic| {
            let path = site.page(diagnostic.place.file).path();
            match config.level(diagnostic.rule, path, diagnostic.severity) {
                Some(severity) => diagnostic.severity = severity,
                None if choice.insists(diagnostic.rule) => {}
                None => return None,
            }
            Some(diagnostic)
        })
        .collect()
}

pub(super) fn failure(meta: &Meta, path: Option<&str>, panic: &(dyn Any + Send)) -> Note {
    Note {
        path: path.map(str::to_owned),
        message: format!("the rule {} failed: {}", meta.id, words_of(panic)),
        advice: "this is a fault of scholint: please report it, with the file; `--ignore` leaves the rule out",
        failed: true,
    }
}

/// What a panic said.
pub(super) fn words_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<String>()
        .cloned()
        .or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()))
        .unwrap_or_else(|| "no message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::markup::Dialect;
    use crate::model::Format;
    use crate::rules::{Fixable, Needs};
    use crate::site::{Facts, Files};
    use crate::text::Source;
    use std::sync::Arc;

    struct Shaky;

    static SHAKY: Meta = Meta {
        id: "test/shaky",
        summary: "fails on every second page",
        severity: Severity::Warning,
        default: true,
        fix: Fixable::No,
        needs: Needs::Page,
        page: "",
    };

    impl Rule for Shaky {
        fn meta(&self) -> &'static Meta {
            &SHAKY
        }

        fn page(&self, page: &Page, cx: &mut Context<'_>) {
            cx.report(page.at(Span::new(0, 1)), "found");
            assert!(page.id.0.is_multiple_of(2), "an odd page");
        }
    }

    fn site_of(pages: u32) -> Site {
        let format = Format::Markdown(Dialect::Kramdown);
        let pages = (0..pages)
            .map(|id| Arc::new(Page::read(FileId(id), Source::new(format!("p{id}.md"), "text\n"), format)));
        Site::new(pages.collect(), Files::default(), Facts::default())
    }

    #[test]
    fn a_panic_costs_one_page_of_one_rule() {
        let day = jiff::civil::date(2026, 6, 1);
        let (config, choice, evidence) = (Config::default(), Choice::default(), Evidence::default());
        let site = site_of(4);
        let court = Court { site: &site, config: &config, choice: &choice, evidence: &evidence, today: day };
        let Found { by_page, notes, .. } = court.run(&Shaky, &Shared::default());
        let files: Vec<u32> = by_page.iter().flatten().map(|each| each.place.file.0).collect();
        assert_eq!(files, [0, 2]);
        let told: Vec<_> = notes.iter().map(|note| (note.path.as_deref(), note.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (Some("p1.md"), "the rule test/shaky failed: an odd page"),
                (Some("p3.md"), "the rule test/shaky failed: an odd page")
            ]
        );
        assert!(notes.iter().all(|note| note.failed));
    }

    #[test]
    fn severities_come_from_the_configuration() {
        let toml = "[rules]\ntest = \"error\"\n[[overrides]]\npaths = [\"p1.md\"]\nrules = { \"test/shaky\" = \"off\" }";
        let config = Config::parse(toml, &[SHAKY.id]).expect("a good file");
        let found = |id| Diagnostic {
            rule: SHAKY.id,
            severity: Severity::Warning,
            place: crate::diagnostic::Place { file: FileId(id), span: Span::new(0, 1) },
            message: String::new(),
            related: Vec::new(),
            help: None,
            fix: None,
        };
        let graded = |choice: &Choice| {
            grade(vec![found(0), found(1)], &site_of(2), &config, choice)
                .into_iter()
                .map(|each| (each.place.file.0, each.severity))
                .collect::<Vec<_>>()
        };
        assert_eq!(graded(&Choice::default()), [(0, Severity::Error)]);
        let insisting = Choice { select: vec![SHAKY.id.to_owned()], ignore: Vec::new() };
        assert_eq!(graded(&insisting), [(0, Severity::Error), (1, Severity::Warning)]);
    }

    #[test]
    fn rules_are_chosen_by_name_and_family() {
        static ASLEEP: Meta = Meta {
            id: "test/asleep",
            summary: "",
            severity: Severity::Hint,
            default: false,
            fix: Fixable::No,
            needs: Needs::Page,
            page: "",
        };
        let config = |toml| Config::parse(toml, &[SHAKY.id, ASLEEP.id]).expect("a good file");
        let off = "[rules]\n\"test/shaky\" = \"off\"";
        let wake = "[rules]\n\"test/asleep\" = \"hint\"";
        for (select, ignore, toml, shaky, asleep) in [
            ("", "", "", true, false),
            ("test", "", "", true, true),
            ("test/asleep", "", "", false, true),
            ("", "test", "", false, false),
            ("test", "test/shaky", "", false, true),
            ("", "", off, false, false),
            ("test", "", off, false, true),
            ("test/shaky", "", off, true, false),
            ("", "", wake, true, true),
            ("other", "", "", false, false),
        ] {
            let names =
                |list: &str| list.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
            let choice = Choice { select: names(select), ignore: names(ignore) };
            let config = config(toml);
            let runs = (choice.runs(&SHAKY, &config), choice.runs(&ASLEEP, &config));
            assert_eq!(runs, (shaky, asleep), "select {select:?}, ignore {ignore:?}, {toml}");
        }
    }
}
