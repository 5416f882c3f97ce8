//! Dates and years in text.
