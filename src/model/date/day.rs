//! Dates at the start of items of news, as exact as they are written.

use crate::model::letter::in_ascii;
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A day, a month or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month.
    pub of_month: Option<i8>,
}

impl Day {
    /// Whether it is surely earlier: as far as both are exact.
    pub fn before(self, other: Day) -> bool {
        if self.year != other.year {
            return self.year < other.year;
        }
        match (self.month, other.month) {
            (Some(a), Some(b)) if a != b => a < b,
            (Some(_), Some(_)) => matches!((self.of_month, other.of_month), (Some(a), Some(b)) if a < b),
            _ => false,
        }
    }

    /// Whether the calendar has it.
    pub fn exists(self) -> bool {
        let month = self.month.unwrap_or(1);
        (1..=12).contains(&month) && Date::new(self.year, month, self.of_month.unwrap_or(1)).is_ok()
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How many characters of a text may hold the date it begins with.
const HEAD: usize = 200;

/// The date at the start of a text, with its bytes.
pub fn at_start(text: &str) -> Option<(Day, usize, usize)> {
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?-u)^[\x00-/:-@\[-`\{-\x7f]{0,8}(?P<all>(?P<y>20\d\d)[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?)(?:[\x00\x02-,.:-@\[-^`\{-\x7f]|$)")
            .expect("a constant pattern")
    });
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)^[\x00-/:-@\[-`\{-\x7f]{0,8}(?P<all>(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+)?(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(?:(?P<e>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<y>20\d\d))\b")
            .expect("a constant pattern")
    });
    let read = |found: &Captures<'_>| -> Option<(Day, usize, usize)> {
        let all = found.name("all")?;
        let year = found.name("y")?.as_str().parse().ok()?;
        let month = found.name("m")?.as_str().to_lowercase();
        let named = MONTHS.iter().position(|name| *name == month).and_then(|at| i8::try_from(at + 1).ok());
        let month = named.or_else(|| month.parse().ok()).filter(|month| (1..=12).contains(month))?;
        let day = found.name("d").or_else(|| found.name("e")).and_then(|day| day.as_str().parse().ok());
        // There is one byte for each character of the text.
        let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
        Some((Day { year, month: Some(month), of_month: day }, byte(all.start()), byte(all.end())))
    };
    let head: String = text.chars().take(HEAD).collect();
    let head = in_ascii(&head);
    DIGITS.captures(&head).or_else(|| WORDS.captures(&head)).and_then(|found| read(&found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_begin_with_dates() {
        let day = |text| at_start(text).map(|(day, _, _)| (day.year, day.month, day.of_month));
        assert_eq!(day("[2023.05] A talk"), Some((2023, Some(5), None)));
        assert_eq!(day("May 2023: x"), Some((2023, Some(5), None)));
        assert_eq!(day("27 May 2021, x"), Some((2021, Some(5), Some(27))));
        assert_eq!(day("2024-06-31: x"), Some((2024, Some(6), Some(31))));
        assert_eq!(day("2024-25 season"), None);
        assert_eq!(day("A talk in May 2023"), None);
    }
}
