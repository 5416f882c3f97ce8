//! A site that stays open while its texts change, as editors need it.
//!
//! An edit costs the reading of its page and the rules on that page: [`Session::edit`]. What other pages and
//! the rules for whole sites say of the new text is found by opening the site again, which takes over every
//! page that did not change: [`Session::open`].

use super::judge::{Court, Found};
use super::shift::Shift;
use super::{Error, Job, Note, Options, Reading, assemble, read_site};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, FileId};
use crate::evidence::Evidence;
use crate::site::Site;
use crate::text::Source;
use jiff::civil::Date;
use std::sync::Arc;

/// An open site and what was found in it. Nobody is asked about the world outside the site.
#[derive(Debug)]
pub struct Session {
    site: Arc<Site>,
    config: Config,
    config_path: Option<String>,
    job: Job,
    options: Options,
    today: Date,
    found: Found,
    diagnostics: Vec<Diagnostic>,
    notes: Vec<Note>,
}

impl Session {
    /// Reads and judges a site. Of `before`, the same site as it was, pages that did not change are taken over.
    ///
    /// # Errors
    /// When the configuration cannot be read or is wrong.
    pub fn open(job: Job, options: Options, before: Option<&Site>) -> Result<Self, Error> {
        let Reading { site, config, config_path, notes, .. } = read_site(&job, &options, before)?;
        let today = options.today.or(config.today).unwrap_or(options.clock);
        let mut session = Self {
            site: Arc::new(site),
            config,
            config_path,
            job,
            options,
            today,
            found: Found::default(),
            diagnostics: Vec::new(),
            notes,
        };
        session.found = session.court(&Evidence::default()).find();
        session.notes.append(&mut session.found.notes);
        session.settle();
        Ok(session)
    }

    /// Puts a new text in the place of a page's, and judges that page. What was found elsewhere, and what the
    /// rules for whole sites said, stays as far as its text does. Tells whether there is such a page.
    pub fn edit(&mut self, path: &str, text: &str) -> bool {
        let Some(old) = self.site.page_at(path).cloned() else { return false };
        let is_document = self.site.facts.is_document(path, &self.site.files);
        let source = Source::new(old.source.path().clone(), text);
        let (page, _) = assemble::read_page(old.id, &source, old.format, is_document);
        Arc::make_mut(&mut self.site).replace(page.clone());
        let mut said = self.court(&Evidence::default()).find_on(&page);
        let shift = Shift::between(old.id, old.source.text(), page.source.text());
        let carry = |found: Vec<Diagnostic>| found.into_iter().filter_map(|each| shift.carry(each)).collect();
        let number = old.id.0 as usize;
        for (at, found) in self.found.by_page.iter_mut().enumerate() {
            *found = if at == number { std::mem::take(&mut said) } else { carry(std::mem::take(found)) };
        }
        self.found.of_site = carry(std::mem::take(&mut self.found.of_site));
        self.settle();
        true
    }

    fn settle(&mut self) {
        let mut diagnostics = self.court(&Evidence::default()).settle(&self.found).diagnostics;
        diagnostics.retain(|each| self.reports(each.place.file));
        self.diagnostics = diagnostics;
    }

    fn court<'a>(&'a self, evidence: &'a Evidence) -> Court<'a> {
        let Self { site, config, options, today, .. } = self;
        Court { site, config, choice: &options.choice, evidence, today: *today }
    }

    /// Whether what is found in a file is reported.
    fn reports(&self, file: FileId) -> bool {
        let path = self.site.page(file).path();
        self.job.names(path) && self.config_path.as_deref() != Some(path)
    }

    /// The site.
    pub fn site(&self) -> &Arc<Site> {
        &self.site
    }

    /// The findings, sorted by file, place and rule.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The findings in a file.
    pub fn diagnostics_of(&self, file: FileId) -> &[Diagnostic] {
        let from = self.diagnostics.partition_point(|each| each.place.file < file);
        let to = self.diagnostics.partition_point(|each| each.place.file <= file);
        &self.diagnostics[from..to]
    }

    /// What could not be done.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
