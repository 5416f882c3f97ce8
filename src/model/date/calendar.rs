//! Dates as sentences name them, each with the day on which it is over.

use crate::model::letter::in_ascii;
use jiff::civil::Date;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A date named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The year it names.
    pub year: i16,
    /// What it names of the year.
    pub part: Part,
    /// Its last day.
    pub end: Date,
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A month, from 1.
    Month(i8),
    /// A season, with its name.
    Season(&'static str),
    /// An academic year that begins in it.
    Academic,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Seasons with the month in which each is over; winter reaches into the next year.
const SEASONS: [(&str, i8); 5] = [("spring", 6), ("summer", 9), ("fall", 12), ("autumn", 12), ("winter", 3)];

impl When {
    /// The date in words.
    pub fn name(&self) -> String {
        match self.part {
            Part::Whole => self.year.to_string(),
            Part::Month(month) => {
                format!("{} {}", MONTHS[usize::from((month - 1).unsigned_abs())], self.year)
            }
            Part::Season(season) => format!("{season} {}", self.year),
            Part::Academic => format!("{}–{}", self.year, self.year + 1),
        }
    }
}

const MONTH: &str = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// The dates in a text, in order: first byte, one past the last byte, date.
pub fn dates(text: &str) -> Vec<(usize, usize, When)> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?xi) \b(?: (?: {MONTH} \.? (?:\s+[0-9]{{1,2}}(?:st|nd|rd|th)?)? | (?P<season>spring|summer|fall|autumn|winter) )
              (?:\s+semester|\s+term)? [\s,’']* (?:of\s+)? )?
              (?P<year>20[0-9][0-9]) (?: \s?[-–/]\s? (?P<to>20[0-9][0-9]|[0-9][0-9]) \b )? \b",
        ))
        .expect("a constant pattern")
    });
    if !text.contains("20") {
        return Vec::new();
    }
    DATE.captures_iter(text)
        .filter_map(|found| {
            let whole = found.get(0)?;
            // A year within a longer number or an identifier is none.
            let beside =
                |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/'));
            let next = text.get(whole.end()..)?.chars().next();
            if beside(next.filter(|&c| c != '.' && c != '/')) {
                return None;
            }
            Some((whole.start(), whole.end(), when(&found)?))
        })
        .collect()
}

fn when(found: &Captures<'_>) -> Option<When> {
    let year: i16 = found.name("year")?.as_str().parse().ok()?;
    let last_of = |year: i16, month: i8| Date::new(year, month, 1).ok().map(Date::last_of_month);
    if let Some(month) = found.name("month") {
        let lower = month.as_str().to_lowercase();
        let index = MONTHS
            .iter()
            .position(|name| name.to_lowercase().starts_with(lower.get(..3).unwrap_or(&lower)))?;
        let month = index as i8 + 1;
        return Some(When { year, part: Part::Month(month), end: last_of(year, month)? });
    }
    if let Some(season) = found.name("season") {
        let lower = season.as_str().to_lowercase();
        let (name, month) = SEASONS.into_iter().find(|(name, _)| *name == lower)?;
        let end = last_of(if month == 3 { year + 1 } else { year }, month)?;
        return Some(When { year, part: Part::Season(name), end });
    }
    if let Some(to) = found.name("to") {
        let to: i16 = to.as_str().parse().ok()?;
        let to = if to < 100 { year - year % 100 + to } else { to };
        if to == year + 1 {
            return Some(When { year, part: Part::Academic, end: last_of(to, 8)? });
        }
        if to > year {
            return Some(When { year: to, part: Part::Whole, end: last_of(to, 12)? });
        }
        // `2024-05` is a month, `2024/13` nothing that we know.
        if let Ok(month @ 1..=12) = i8::try_from(to % 100) {
            return Some(When { year, part: Part::Month(month), end: last_of(year, month)? });
        }
    }
    Some(When { year, part: Part::Whole, end: last_of(year, 12)? })
}

/// What is neither letter nor digit, in ASCII.
const OTHER: &str = r"[\x00-/:-@\[-`\{-\x7f]";

/// How many characters of a text may hold the date it begins with.
const HEAD: usize = 400;

/// Whether a text begins with a date, as lines of news do: `[2023.05]`, `May 2023:`, `05/2023`.
pub fn begins_with_date(text: &str) -> bool {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?xi-u) ^ {OTHER}{{0,12}} (?::[\w\x01+-]+:{OTHER}{{0,6}})* (?:new!?|news|update|latest)?{OTHER}{{0,6}}
              (?: \d{{4}} [-./\s] | 20\d\d\b | \d{{1,2}} [-./] \d{{2,4}} | (?:\d{{1,2}}(?:st|nd|rd|th)?\s+)? {MONTH} \b
                | (?:spring|summer|fall|autumn|winter) \s+ 20\d\d )"
        ))
        .expect("a constant pattern")
    });
    // The head of the text is enough, unless somebody writes a row of icons before the date.
    let head: String = text.chars().take(HEAD).map(|c| if c == '年' { '-' } else { c }).collect();
    BEGINS.is_match(&in_ascii(&head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_over_on_its_last_day() {
        let cases = [
            ("in 2024", "2024", (2024, 12, 31)),
            ("in Sept. 2024", "September 2024", (2024, 9, 30)),
            ("on May 3rd, 2024", "May 2024", (2024, 5, 31)),
            ("in Fall 2023", "fall 2023", (2023, 12, 31)),
            ("in winter 2023", "winter 2023", (2024, 3, 31)),
            ("for 2023-24", "2023–2024", (2024, 8, 31)),
            ("for 2023–2027", "2027", (2027, 12, 31)),
        ];
        for (text, name, (year, month, day)) in cases {
            let found = dates(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].2.name(), name, "{text}");
            assert_eq!(found[0].2.end, Date::constant(year, month, day), "{text}");
        }
        assert!(dates("arXiv 20245, id a2024b").is_empty());
    }

    #[test]
    fn news_begin_with_a_date() {
        for text in
            ["[2023.05] x", "May 2023: x", "🎉 05/2023 x", "2023 x", ":fire: Sep. 2023 x", "(Aug 2022)"]
        {
            assert!(begins_with_date(text), "{text}");
        }
        for text in ["I will join in 2023", "Students for 2023", "Maybe"] {
            assert!(!begins_with_date(text), "{text}");
        }
    }
}
