//! What an identifier or an address tells of the venue and year of a paper, with no network.

use super::address::Address;
use super::{Identifier, IdentifierKind, arxiv_month, in_url};

/// Which part of a meeting a paper belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Track {
    /// The conference itself.
    Main,
    /// The Findings of the ACL.
    Findings,
    /// Unknown, or a workshop, a demonstration, a tutorial, a data set.
    Other,
}

/// What an identifier or an address tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The series of meetings, in lower case.
    pub series: Option<&'static str>,
    /// The year of the meeting, of the volume, or of posting.
    pub year: Option<i16>,
    /// The part of the meeting.
    pub track: Track,
}

/// Series that identifiers tell of, in lower case.
const SERIES: &[&str] = &[
    "aaai",
    "acl",
    "aistats",
    "coling",
    "colt",
    "conll",
    "corl",
    "cvpr",
    "eacl",
    "eccv",
    "emnlp",
    "iccv",
    "icml",
    "icra",
    "ijcai",
    "icassp",
    "interspeech",
    "iros",
    "naacl",
    "ndss",
    "neurips",
    "nsdi",
    "osdi",
    "rss",
    "uai",
    "wacv",
];

/// Series of PMLR: the year of the first of these volumes, and the volumes year by year.
const PMLR: &[(&str, i16, &[u16])] = &[
    ("icml", 2013, &[28, 32, 37, 48, 70, 80, 97, 119, 139, 162, 202, 235, 267]),
    ("aistats", 2014, &[33, 38, 51, 54, 84, 89, 108, 130, 151, 206, 238, 258]),
    ("corl", 2017, &[78, 87, 100, 155, 164, 205, 229, 270]),
    ("colt", 2015, &[40, 49, 65, 75, 99, 125, 134, 178, 195, 247]),
    ("uai", 2019, &[115, 124, 161, 180, 216, 244]),
];

/// The series of meetings that a word in lower case names, if identifiers may tell of it.
pub fn series(word: &str) -> Option<&'static str> {
    let word = if word == "nips" { "neurips" } else { word };
    SERIES.iter().copied().find(|series| *series == word)
}

/// What an address tells.
pub fn told(target: &str) -> Option<Told> {
    match in_url(target) {
        Some((kind, value)) => of(kind, &value),
        None => of_address(target),
    }
}

impl Identifier {
    /// What the identifier tells.
    pub fn told(&self) -> Option<Told> {
        of(self.kind, &self.value)
    }
}

fn of(kind: IdentifierKind, value: &str) -> Option<Told> {
    match kind {
        IdentifierKind::Arxiv => year_only(arxiv_month(value)?.0),
        IdentifierKind::Anthology => anthology(value),
        IdentifierKind::Doi => doi(value),
        IdentifierKind::Pmlr => {
            let volume: u16 = value.strip_prefix('v')?.split('/').next()?.parse().ok()?;
            PMLR.iter().find_map(|(series, first, volumes)| {
                let at = volumes.iter().position(|known| *known == volume)?;
                meeting(series, first + i16::try_from(at).ok()?)
            })
        }
        IdentifierKind::Cvf => {
            let mut parts = value.strip_suffix("_paper")?.rsplit('_');
            let year = parts.next()?.parse().ok()?;
            meeting(&parts.next()?.to_ascii_lowercase(), year)
        }
        // The track of data sets is a part of the meeting.
        IdentifierKind::NeurIps => meeting("neurips", value.split_once('/')?.0.parse().ok()?),
        IdentifierKind::Dblp => {
            let name = value.rsplit('/').next()?.trim_end_matches(|last: char| last.is_ascii_lowercase());
            let digits = name.get(name.len().checked_sub(2)?..)?;
            let bare = name.get(..name.len() - 2)?;
            let two: i16 = digits.parse().ok().filter(|_| !bare.ends_with(|c: char| c.is_ascii_digit()))?;
            year_only(if two > 50 { 1900 + two } else { 2000 + two })
        }
        IdentifierKind::Iacr => year_only(value.split_once('/')?.0.parse().ok()?),
        IdentifierKind::OpenReview
        | IdentifierKind::SemanticScholar
        | IdentifierKind::Pmid
        | IdentifierKind::Hal
        | IdentifierKind::Isbn
        | IdentifierKind::Zenodo
        | IdentifierKind::GitHub => None,
    }
}

fn year_only(year: i16) -> Option<Told> {
    (1900..2100).contains(&year).then_some(Told { series: None, year: Some(year), track: Track::Other })
}

/// The main conference of a series that is known.
fn meeting(series: &str, year: i16) -> Option<Told> {
    let series = self::series(series)?;
    (1900..2100).contains(&year).then_some(Told {
        series: Some(series),
        year: Some(year),
        track: Track::Main,
    })
}

/// `2021.acl-long.1`, `2021.findings-emnlp.218`, `P19-1001`.
fn anthology(id: &str) -> Option<Told> {
    if let Some((letter, rest)) = id.split_at_checked(1)
        && letter.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        let two: i16 = rest.get(..2)?.parse().ok()?;
        let year = if two >= 60 { 1900 + two } else { 2000 + two };
        // The first volume of a meeting is the conference; others are short papers, students, workshops.
        let series = match letter {
            "P" => "acl",
            "D" => "emnlp",
            "N" => "naacl",
            "E" => "eacl",
            "C" => "coling",
            "K" => "conll",
            _ => return year_only(year),
        };
        return if rest.get(2..4) == Some("-1") { meeting(series, year) } else { year_only(year) };
    }
    let mut parts = id.split('.');
    let year: i16 = parts.next()?.parse().ok()?;
    let volume = parts.next()?;
    if let Some(series) = volume.strip_prefix("findings-") {
        return Some(Told { track: Track::Findings, ..meeting(series, year)? });
    }
    // `acl-demo`, `acl-srw` and the like are no main conference.
    match volume.split_once('-') {
        Some((series, "long" | "short" | "main")) => meeting(series, year),
        _ => year_only(year),
    }
}

/// What the registrant's part of a DOI tells.
fn doi(doi: &str) -> Option<Told> {
    let (prefix, suffix) = doi.split_once('/')?;
    let year_after = |text: &str| text.get(..4).and_then(|year| year.parse::<i16>().ok());
    match prefix {
        "10.18653" => {
            let id = suffix.strip_prefix("v1/")?;
            // DOIs are compared in lower case.
            anthology(id).or_else(|| anthology(&id.to_ascii_uppercase()))
        }
        "10.1109" => {
            // `cvpr52688.2022.01042`
            let (name, rest) = suffix.split_once('.')?;
            meeting(name.trim_end_matches(|last: char| last.is_ascii_digit()), year_after(rest)?)
        }
        "10.1609" => {
            let volume: i16 = suffix.strip_prefix("aaai.v")?.split('i').next()?.parse().ok()?;
            meeting("aaai", 1986 + volume)
        }
        "10.24963" => meeting("ijcai", year_after(suffix.strip_prefix("ijcai.")?)?),
        "10.21437" => meeting("interspeech", year_after(suffix.strip_prefix("interspeech.")?)?),
        "10.15607" => meeting("rss", year_after(suffix.strip_prefix("rss.")?)?),
        "10.14722" => meeting("ndss", year_after(suffix.strip_prefix("ndss.")?)?),
        // bioRxiv and medRxiv: `2020.12.31.424971`
        "10.1101" if suffix.get(4..5) == Some(".") => year_only(year_after(suffix)?),
        _ => None,
    }
}

/// What the addresses of proceedings tell whose papers have no identifier.
fn of_address(target: &str) -> Option<Told> {
    let address = Address::parse(target)?;
    let path = address.path;
    let year = |text: &str| text.get(..4).and_then(|year| year.parse::<i16>().ok());
    match &*address.host {
        "ijcai.org" => meeting("ijcai", year(path.strip_prefix("proceedings/")?)?),
        "isca-archive.org" => meeting("interspeech", year(path.strip_prefix("interspeech_")?)?),
        "ecva.net" => meeting("eccv", year(path.strip_prefix("papers/eccv_")?)?),
        "usenix.org" => {
            let name = path.strip_prefix("conference/")?.split('/').next()?;
            let series = name.trim_end_matches(|last: char| last.is_ascii_digit());
            let two: i16 = name.strip_prefix(series).filter(|digits| digits.len() == 2)?.parse().ok()?;
            meeting(series, 2000 + two)
        }
        "jmlr.org" => {
            let volume: i16 = path.strip_prefix("papers/v")?.split('/').next()?.parse().ok()?;
            year_only(1999 + volume)
        }
        _ => None,
    }
}
