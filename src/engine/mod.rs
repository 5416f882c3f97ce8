//! The way of the data: discover, parse, ask, judge, suppress, sort.

pub mod walk;
