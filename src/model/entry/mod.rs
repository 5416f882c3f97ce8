//! One entry of a list of publications, read from its text: authors, title, venue, year.
//!
//! It is told where an entry stands by [`super::listing`]; it knows nothing of lists and sections.

mod authors;
mod parts;
mod segment;
mod text;
mod venue;

pub(super) use authors::every_piece;
use authors::{AuthorRun, author_runs};
pub(super) use parts::{Cut, Parts, read};
use segment::{Gap, Segment, segments};
pub(super) use text::EntryText;
