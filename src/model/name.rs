//! Names of people: parsing and comparison.
