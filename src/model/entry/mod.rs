//! One entry of a list of publications, read from its text: authors, title, venue, year.
//!
//! It is told where an entry stands by [`super::listing`]; it knows nothing of lists and sections.

mod authors;
mod parts;
mod segment;
mod text;
mod venue;

pub(super) use authors::{AuthorRun, author_runs, every_piece};
pub(super) use parts::{Parts, read};
use segment::Gap;
pub(super) use segment::{Segment, segments};
pub(super) use text::EntryText;
