//! What the address of a meeting's own site tells, and what a text says of its editions.

use crate::model::venue;
use regex::Regex;
use std::sync::LazyLock;

/// The series and year that a host names: `cvpr2023.example.org`, `2023.emnlp.org`.
pub(super) fn by_host(target: &str) -> Option<(&'static str, i16)> {
    static HOST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i-u)^https?://(?:www\.)?(?:(20[0-9][0-9])\.([a-z]{3,8})\.|([a-z]{3,8})-?(20[0-9][0-9])\.)",
        )
        .expect("a constant pattern")
    });
    if !target.contains("20") {
        return None;
    }
    let found = HOST.captures(target)?;
    let (year, name) = match (found.get(1), found.get(3)) {
        (Some(year), _) => (year, found.get(2)?),
        (_, Some(name)) => (found.get(4)?, name),
        _ => return None,
    };
    let series = venue::canonical(name.as_str())?;
    Some((series, year.as_str().parse().ok()?))
}

/// The years of a series that a text names: `GECCO'25`, `GECCO 2025`.
pub(super) fn editions(text: &str, series: &str) -> Vec<i16> {
    let lower = text.to_lowercase();
    let name = series.to_lowercase();
    let mut years: Vec<i16> = lower
        .match_indices(&name)
        .filter_map(|(at, _)| {
            let rest = lower.get(at + name.len()..)?.trim_start_matches([' ', '-', '\'', '’', '\u{a0}']);
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            match (digits.len(), digits.parse::<i16>().ok()?) {
                (4, year) => Some(year),
                (2, year) => Some(2000 + year),
                _ => None,
            }
        })
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}
