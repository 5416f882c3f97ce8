//! What a page says its marks behind authors mean.

use crate::model::Page;
use regex::Regex;
use std::sync::LazyLock;

/// Words by which a page explains its marks.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)equal|contribut|correspond|co-?first|joint|advis|supervis|mentor|student|lead|alphabetical|intern\b|project\s+page|共同|通讯|通訊|同等|一作|等しく|교신|공동|égal|gleich",
    )
    .expect("a constant pattern")
});

/// A mark and the words that explain it, in either order.
static EQUAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?P<mark>[*∗†‡#^])[^\p{L}]{0,12}(?:[\p{L}’']+[\s:=-]+){0,4}(?:equal|co-?first|共同一作|同等)",
    )
    .expect("a constant pattern")
});

/// Whether a text explains marks at all.
pub(super) fn explains(text: &str) -> bool {
    WORDS.is_match(text)
}

/// The mark that a page explains as that of equal contribution.
pub(super) fn equal_mark(page: &Page) -> Option<char> {
    let found = EQUAL.captures(page.source.text())?;
    found.name("mark")?.as_str().chars().next()
}
