//! Titles: normal forms and comparison.
