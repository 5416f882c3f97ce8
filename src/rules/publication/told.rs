//! What an address tells of the venue and year of a paper, with no network.

use crate::model::venue;
use regex::Regex;
use std::sync::LazyLock;

/// Series that addresses tell of, in lower case.
pub(super) const SERIES: &[&str] = &[
    "acl", "emnlp", "naacl", "eacl", "coling", "icml", "aistats", "corl", "colt", "uai", "cvpr", "iccv",
    "wacv", "neurips", "nips", "aaai", "ijcai",
];

/// Volumes of PMLR: number, series, year.
const PMLR: &[(u16, &str, i16)] = &[
    (37, "icml", 2015),
    (48, "icml", 2016),
    (70, "icml", 2017),
    (80, "icml", 2018),
    (97, "icml", 2019),
    (119, "icml", 2020),
    (139, "icml", 2021),
    (162, "icml", 2022),
    (202, "icml", 2023),
    (235, "icml", 2024),
    (267, "icml", 2025),
    (108, "aistats", 2020),
    (130, "aistats", 2021),
    (151, "aistats", 2022),
    (206, "aistats", 2023),
    (238, "aistats", 2024),
];

/// What an address tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The series, in lower case.
    pub(super) series: &'static str,
    /// The year of the meeting.
    pub(super) year: i16,
    /// One of the Findings rather than of the conference.
    pub(super) findings: bool,
}

/// What an address or an id of the ACL Anthology tells.
pub(super) fn by(text: &str) -> Option<Told> {
    static ANTHOLOGY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|aclanthology\.org/)(20[0-9][0-9])\.(findings-)?(acl|emnlp|naacl|eacl|coling)-?(long|short|main)?\.[0-9]+")
            .expect("a constant pattern")
    });
    static VOLUME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"proceedings\.mlr\.press/v([0-9]+)/").expect("a constant pattern"));
    static CVF: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"openaccess\.thecvf\.com/content.*_(CVPR|ICCV|WACV)_(20[0-9][0-9])_paper")
            .expect("a constant pattern")
    });
    let series = |name: &str| SERIES.iter().copied().find(|series| *series == name.to_ascii_lowercase());
    if text.contains("20")
        && let Some(found) = ANTHOLOGY.captures(text)
    {
        let findings = found.get(2).is_some();
        // `acl-demo`, `acl-srw` and the like are no main conference.
        if !findings && found.get(4).is_none() {
            return None;
        }
        return Some(Told {
            series: series(found.get(3)?.as_str())?,
            year: found.get(1)?.as_str().parse().ok()?,
            findings,
        });
    }
    if text.contains("mlr.press")
        && let Some(found) = VOLUME.captures(text)
    {
        let volume: u16 = found.get(1)?.as_str().parse().ok()?;
        let (_, series, year) = PMLR.iter().find(|(number, _, _)| *number == volume)?;
        return Some(Told { series, year: *year, findings: false });
    }
    if !text.contains("thecvf") {
        return None;
    }
    let found = CVF.captures(text)?;
    Some(Told {
        series: series(found.get(1)?.as_str())?,
        year: found.get(2)?.as_str().parse().ok()?,
        findings: false,
    })
}

/// What the host of a meeting's own site tells: `cvpr2023.example.org`, `2023.emnlp.org`.
pub(super) fn by_host(target: &str) -> Option<Told> {
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
    Some(Told { series, year: year.as_str().parse().ok()?, findings: false })
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
