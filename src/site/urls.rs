//! File → URL, as the generators map them.

use crate::model::Page;
use crate::site::{Facts, Files};
use std::sync::Arc;

/// Which URL paths a site serves.
#[derive(Clone, Debug, Default)]
pub struct UrlMap {}

impl UrlMap {
    /// The map of a site.
    pub fn new(pages: &[Arc<Page>], files: &Files, facts: &Facts) -> Self {
        let _ = (pages, files, facts);
        Self {}
    }
}
