//! What a page says: its links, its anchors and its publications, and how names and titles compare.
//!
//! It reads one page at a time and knows nothing of the rest of the site.

mod anchor;
mod author;
pub mod date;
mod entry;
pub mod identifier;
pub mod letter;
mod link;
mod listing;
pub mod name;
mod page;
pub mod prose;
mod publication;
pub mod title;
pub mod tongue;
pub mod venue;

pub use anchor::{AnchorStyle, Anchors};
pub use author::Author;
pub use date::years;
pub use identifier::{Identifier, IdentifierKind};
pub use link::{Link, LinkKind};
pub use page::{Format, Page, Problem};
pub use publication::{Publication, Spot};
pub use venue::{is_short_name as is_venue_name, is_venue};
