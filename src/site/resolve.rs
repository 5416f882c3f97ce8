//! Where a link leads within the site.

use crate::diagnostic::FileId;
use crate::model::Page;
use crate::site::Site;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Out of the site: another host, or a scheme such as `mailto:`.
    External,
    /// A page of the site.
    Page(FileId),
    /// Another file of the site.
    File(String),
    /// Nothing that the site produces has this path.
    Missing {
        /// The path that was looked for, relative to the site's root.
        path: String,
    },
    /// It cannot be known, and why.
    Unknown(&'static str),
}

pub(super) fn resolve(site: &Site, page: &Page, target: &str) -> Resolution {
    let _ = (site, page, target);
    Resolution::Unknown("not yet")
}
