//! Constructs that are not CommonMark: Liquid, shortcodes, attribute lists.
