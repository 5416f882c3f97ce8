//! Same-length masking of what comrak misreads.
