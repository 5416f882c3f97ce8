//! What a site is: its files, its generator and that one's configuration, its owner, and which URL
//! each file gets.
//!
//! Everything comes in as values: the list of files, the texts, the pages already read.

mod files;
mod generator;
mod includes;
mod owner;
mod reach;
mod resolve;
mod role;
mod urls;

pub use files::Files;
pub use generator::{Collection, Facts, Generator, Language, Scope, detect};
pub use includes::Include;
pub use owner::{Account, Claim, Confidence, Member, Owner, OwnerSource};
pub use reach::Reach;
pub use resolve::Resolution;
pub use role::{Role, role};
pub use urls::{Served, UrlMap};

use crate::diagnostic::{FileId, Place};
use crate::model::{Link, Page, Publication};
use crate::text::Source;
use std::sync::{Arc, OnceLock};

/// A site, read.
#[derive(Clone, Debug)]
pub struct Site {
    /// Every file that scholint read, in the order of their paths; a [`FileId`] is an index into it.
    pub pages: Vec<Arc<Page>>,
    /// Every file there is, read or not.
    pub files: Files,
    /// The generator and what its configuration says.
    pub facts: Facts,
    /// Whose site it is.
    pub owner: Option<Owner>,
    /// The people whom the site of a lab presents.
    pub members: Vec<Member>,
    /// Which URL each file gets.
    pub urls: UrlMap,
    /// Layouts and includes that belong to the design: not judged, but they take in files that are.
    pub layouts: Vec<Source>,
    /// Whether each page is shown, reckoned when it is first asked for.
    reach: OnceLock<Vec<Reach>>,
    /// For each page, which of its links may be asked about, reckoned when it is first asked for.
    remote: Vec<OnceLock<Box<[u32]>>>,
}

impl Site {
    /// Puts a site together from its pages, which are in the order of their paths; `pages[i].id` must
    /// be `i`.
    pub fn new(pages: Vec<Arc<Page>>, files: Files, facts: Facts) -> Self {
        let urls = UrlMap::new(&pages, &files, &facts);
        let members = owner::members_of(&pages, &facts);
        let owner = owner::find(&pages, &facts, &members);
        let remote = vec![OnceLock::new(); pages.len()];
        let (layouts, reach) = (Vec::new(), OnceLock::new());
        Self { pages, files, facts, owner, members, urls, layouts, reach, remote }
    }

    /// The same site, with the text of its layouts.
    #[must_use]
    pub fn with_layouts(self, layouts: Vec<Source>) -> Self {
        Self { layouts, reach: OnceLock::new(), ..self }
    }

    /// The page of a number.
    pub fn page(&self, id: FileId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// The page of a path.
    pub fn page_at(&self, path: &str) -> Option<&Arc<Page>> {
        let at = self.pages.binary_search_by(|page| page.path().cmp(path)).ok()?;
        self.pages.get(at)
    }

    /// Puts another reading in the place of a page. Who owns the site, its addresses and what is shown stay
    /// as they were reckoned.
    pub fn replace(&mut self, page: Arc<Page>) {
        let number = page.id.0 as usize;
        if let (Some(old), Some(remote)) = (self.pages.get_mut(number), self.remote.get_mut(number)) {
            *old = page;
            *remote = OnceLock::new();
        }
    }

    /// The text of a file.
    pub fn source(&self, id: FileId) -> &Source {
        &self.page(id).source
    }

    /// The text of a place.
    pub fn slice(&self, place: Place) -> &str {
        self.source(place.file).slice(place.span)
    }

    /// All publications with their pages, in order.
    pub fn publications(&self) -> impl Iterator<Item = (&Page, &Publication)> {
        self.pages
            .iter()
            .flat_map(|page| page.publications.iter().map(move |publication| (&**page, publication)))
    }

    /// The owner's accounts, as configuration and home page give them.
    pub fn accounts(&self) -> Vec<Account> {
        owner::accounts_of(&self.pages, &self.facts, self.owner.as_ref())
    }

    /// Whether what stands in a file reaches a visitor.
    pub fn reach(&self, page: &Page) -> Reach {
        let all = self.reach.get_or_init(|| reach::of_all(self));
        all.get(page.id.0 as usize).copied().unwrap_or(Reach::Unknown)
    }

    /// The links of a page that may be asked about, as indexes; `choose` says it the first time. A rule knows
    /// what may be asked, and several rules want to know it of the same site.
    pub(crate) fn remote(&self, page: &Page, choose: impl FnOnce() -> Box<[u32]>) -> &[u32] {
        self.remote.get(page.id.0 as usize).map_or(&[], |chosen| chosen.get_or_init(choose))
    }

    /// The files that the tags of a page name: includes, and links by `{% link %}`.
    pub fn includes(&self, page: &Page) -> Vec<Include> {
        includes::of(page, &self.files, &self.facts)
    }

    /// Where a link of a page leads; its kind tells from which folders it may be meant.
    pub fn resolve_link(&self, page: &Page, link: &Link) -> Resolution {
        resolve::resolve_link(self, page, link)
    }

    /// Where a target written on a page leads.
    pub fn resolve(&self, page: &Page, target: &str) -> Resolution {
        resolve::resolve(self, page, target)
    }
}
