//! What rules ask, of a site or of the part of it that is reported on → what a witness says.

use super::judge::{failure, running};
use super::{Job, Note, Options};
use crate::config::Config;
use crate::evidence::{Answer, Doubt, Evidence, Query, Terms, Testimony};
use crate::model::Page;
use crate::site::Site;
use crate::text::Span;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// What is known of the world outside the site.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) evidence: Evidence,
    /// Questions that nobody was asked.
    pub(super) unasked: usize,
    /// Questions that were asked without a certain answer.
    pub(super) unsure: usize,
    pub(super) interrupted: bool,
    pub(super) notes: Vec<Note>,
}

/// Lets the rules ask, and the witness answer. Without a witness there is nothing to gather.
pub(super) fn gather(site: &Site, job: &Job, config: &Config, options: &Options) -> Option<Gathered> {
    let witness = options.witness.as_ref()?;
    let is_asked = |page: &Page, span: Span| {
        job.names(page.path())
            && job.changes.as_ref().is_none_or(|changes| {
                let line = |at: u32| page.source.line_index(at) + 1;
                changes.touch(page.path(), line(span.start), line(span.end.saturating_sub(1).max(span.start)))
            })
    };
    let part = narrow(site, &is_asked);
    let (queries, mut notes) = queries(&part, config, options);
    let online = &config.online;
    let terms = Terms {
        mailto: online.mailto.clone(),
        hosts: online.hosts.clone(),
        timeout: online.timeout,
        concurrency: online.concurrency,
        cache: online.cache.clone(),
        trusted: options.config.is_some(),
    };
    let Testimony { evidence, remarks, interrupted } = witness.ask(queries.clone(), &terms);
    notes.extend(remarks.into_iter().map(|(message, advice)| Note {
        path: None,
        message,
        advice,
        failed: false,
    }));
    let mut gathered = Gathered { evidence, interrupted, notes, ..Gathered::default() };
    for query in &queries {
        match gathered.evidence.answer(query) {
            Answer::Unsure(Doubt::Unasked | Doubt::Courtesy | Doubt::Refused | Doubt::Interrupted) => {
                gathered.unasked += 1;
            }
            // A second look is another day's; that no record is known says nothing.
            Answer::Unsure(Doubt::Blocked | Doubt::Failed | Doubt::Late | Doubt::Once) => {
                gathered.unsure += 1;
            }
            _ => {}
        }
    }
    Some(gathered)
}

/// What the rules ask of a site, each question once.
fn queries(site: &Site, config: &Config, options: &Options) -> (BTreeSet<Query>, Vec<Note>) {
    let rules: Vec<_> = running(&options.choice, config).collect();
    let asked: Vec<(Vec<Query>, Option<Note>)> = rules
        .into_par_iter()
        .map(|rule| {
            let mut asked = Vec::new();
            let attempt = catch_unwind(AssertUnwindSafe(|| rule.ask(site, &mut |query| asked.push(query))));
            (asked, attempt.err().map(|panic| failure(rule.meta(), None, &*panic)))
        })
        .collect();
    let (queries, notes): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    (queries.into_iter().flatten().collect(), notes.into_iter().flatten().collect())
}

/// The site as if only a part of it had links and publications: rules ask of the whole site, but nobody
/// needs to know what stands elsewhere. Places stay what they are.
fn narrow<'s>(site: &'s Site, is_asked: &dyn Fn(&Page, Span) -> bool) -> Cow<'s, Site> {
    let mut part = Cow::Borrowed(site);
    for (index, page) in site.pages.iter().enumerate() {
        let links = page.links.iter().map(|link| link.span);
        let spans = links.chain(page.publications.iter().map(|publication| publication.span));
        let mut spans = spans.chain(page.bib.entries.iter().map(|entry| entry.span));
        if spans.all(|span| is_asked(page, span)) {
            continue;
        }
        let mut own = Page::clone(page);
        own.publications.retain(|publication| is_asked(page, publication.span));
        own.bib.entries.retain(|entry| is_asked(page, entry.span));
        // Publications know their links by number: they are emptied, not taken out.
        for link in own.links.iter_mut().filter(|link| !is_asked(page, link.span)) {
            link.target = "".into();
        }
        part.to_mut().pages[index] = Arc::new(own);
    }
    part
}
