//! What a page says its marks behind authors mean.

use crate::model::Page;
use crate::model::letter::is_letter;
use crate::text::{Span, slice};
use regex::Regex;
use std::sync::LazyLock;

/// Words by which a page explains its marks.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)equal|contribut|correspond|co-?first|joint|advis|supervis|mentor|student|lead|alphabetical|intern\b|project\s+page|共同|通讯|通訊|同等|一作|等しく|교신|공동|égal|gleich",
    )
    .expect("a constant pattern")
});

/// Words that explain a mark before them as that of equal contribution.
const EQUAL: [&str; 5] = ["equal", "co-first", "cofirst", "共同一作", "同等"];

/// Whether a text explains marks at all.
pub(super) fn explains(text: &str) -> bool {
    WORDS.is_match(text)
}

/// The mark that a page explains as that of equal contribution.
pub(super) fn equal_mark(page: &Page) -> Option<char> {
    let text = page.source.text();
    let mut marks = text.char_indices().filter(|(_, c)| matches!(c, '*' | '∗' | '†' | '‡' | '#' | '^'));
    marks.find(|&(at, mark)| is_of_equals(tail(text, at + mark.len_utf8()))).map(|(_, mark)| mark)
}

fn tail(text: &str, at: usize) -> &str {
    slice(text, Span::at(at, text.len()))
}

/// Whether what follows a mark explains it: up to twelve signs, up to four words, then the telling one.
fn is_of_equals(text: &str) -> bool {
    let starts = text.char_indices().take(13);
    for (at, c) in starts {
        if (is_letter(c) || is_apostrophe(c)) && is_near(tail(text, at)) {
            return true;
        }
        if is_letter(c) {
            return false;
        }
    }
    false
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Whether the telling word is among the first five of a text.
fn is_near(text: &str) -> bool {
    let mut rest = text;
    for _ in 0..=4 {
        let begins = |word: &&str| {
            rest.as_bytes().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
        };
        if EQUAL.iter().any(begins) {
            return true;
        }
        let behind = rest.trim_start_matches(|c: char| is_letter(c) || is_apostrophe(c));
        rest = behind.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '-'));
        if rest.len() == behind.len() {
            return false;
        }
    }
    false
}
