//! Recognisers of publications, one per kind of listing.
