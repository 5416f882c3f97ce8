//! The grammars of identifiers: their normal forms, and their check digits.

use super::{IdentifierKind, Known, decode};

/// An identifier of a kind in its normal form; `None` where it is malformed.
pub fn normal(kind: IdentifierKind, text: &str) -> Option<Known> {
    let known = |value: &str| Some((kind, Box::from(value)));
    match kind {
        IdentifierKind::Arxiv => arxiv(text),
        IdentifierKind::Doi => doi(&decode(text)),
        IdentifierKind::Anthology => known(text).filter(|_| is_anthology(text)),
        IdentifierKind::OpenReview => {
            let fits = (9..=12).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
            known(text).filter(|_| fits)
        }
        IdentifierKind::SemanticScholar => {
            known(&text.to_ascii_lowercase()).filter(|_| text.len() == 40 && is_hexadecimal(text))
        }
        IdentifierKind::Dblp => match text.strip_prefix("journals/corr/abs-") {
            Some(number) => arxiv(&number.replacen('-', ".", 1)),
            None => known(text).filter(|_| is_dblp(text)),
        },
        IdentifierKind::Pmlr => {
            let (volume, rest) = text.split_once('/')?;
            let key = rest.split('/').next()?;
            let key = key.strip_suffix(".html").or_else(|| key.strip_suffix(".pdf")).unwrap_or(key);
            let fits = volume.strip_prefix('v').is_some_and(is_number)
                && key.bytes().any(|b| b.is_ascii_digit())
                && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            known(&format!("{volume}/{key}")).filter(|_| fits)
        }
        IdentifierKind::Cvf => {
            let name = text.strip_suffix(".html").or_else(|| text.strip_suffix(".pdf"))?;
            known(name).filter(|_| name.ends_with("_paper"))
        }
        IdentifierKind::NeurIps => neurips(text),
        IdentifierKind::Pmid => known(text).filter(|_| is_number(text) && text.len() <= 8),
        IdentifierKind::Hal => {
            let bare = text.split_once('v').filter(|(_, version)| is_number(version));
            let bare = bare.map_or(text, |(bare, _)| bare);
            let (archive, number) = bare.split_once('-')?;
            let fits = archive.len() > 2
                && archive.bytes().all(|b| b.is_ascii_lowercase())
                && number.len() == 8
                && is_number(number);
            known(bare).filter(|_| fits)
        }
        IdentifierKind::Iacr => {
            let text = text.strip_suffix(".pdf").unwrap_or(text);
            let (year, number) = text.split_once('/')?;
            known(text).filter(|_| year.len() == 4 && is_number(year) && is_number(number))
        }
        IdentifierKind::Isbn => {
            let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '‐' | '–')).collect();
            known(&digits).filter(|_| is_isbn(&digits))
        }
        IdentifierKind::Zenodo => known(text).filter(|_| is_number(text)),
        IdentifierKind::GitHub => github(text),
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// `conf/icml/AbaraL22`, `journals/tacl/LindqvistA20a`.
fn is_dblp(key: &str) -> bool {
    let mut parts = key.split('/');
    parts.next().is_some_and(|kind| {
        matches!(kind, "conf" | "journals" | "books" | "phd" | "reference" | "series" | "homepages")
    }) && parts.next().is_some_and(|stream| !stream.is_empty())
        && parts.next().is_some_and(|name| name.bytes().any(|byte| byte.is_ascii_alphanumeric()))
}

/// The year and hash of a paper's address, or the number that papers had before 2019.
fn neurips(path: &str) -> Option<Known> {
    let mut parts = path.split('/');
    let first = parts.next()?;
    let value = match (parts.next(), parts.next()) {
        (Some("hash" | "file"), Some(name)) if first.len() == 4 && is_number(first) => {
            let hash = name.get(..32).filter(|hash| is_hexadecimal(hash))?;
            format!("{first}/{}", hash.to_ascii_lowercase())
        }
        (None, None) => {
            let number = first.split(['-', '.']).next().filter(|number| is_number(number))?;
            number.to_owned()
        }
        _ => return None,
    };
    Some((IdentifierKind::NeurIps, value.into()))
}

/// `account/name` of a repository, whatever of it is shown.
fn github(path: &str) -> Option<Known> {
    let mut parts = path.split('/');
    let (account, name) = (parts.next()?, parts.next()?);
    let name = name.strip_suffix(".git").unwrap_or(name);
    let is_account = is_account(account)
        && !matches!(
            account,
            "orgs" | "users" | "topics" | "features" | "sponsors" | "search" | "marketplace"
        );
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    (is_account && is_name)
        .then(|| (IdentifierKind::GitHub, format!("{account}/{name}").to_ascii_lowercase().into()))
}

/// Whether a text can be the name of an account on GitHub.
pub(super) fn is_account(text: &str) -> bool {
    (1..40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// An arXiv id in its normal form, without version: `2406.06484`, `hep-th/9901001`.
fn arxiv(text: &str) -> Option<Known> {
    let id = text.trim().trim_end_matches('/');
    let id = id.strip_suffix(".pdf").unwrap_or(id);
    let id = id.trim_start_matches("arXiv:").trim_start_matches("arxiv:");
    let bare = match id.rsplit_once('v') {
        Some((head, version)) if !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit()) => head,
        _ => id,
    };
    let new_form = |id: &str| {
        id.split_once('.').is_some_and(|(month, number)| {
            month.len() == 4
                && (4..=5).contains(&number.len())
                && month.bytes().chain(number.bytes()).all(|b| b.is_ascii_digit())
        })
    };
    let old_form = |id: &str| {
        id.split_once('/').is_some_and(|(archive, number)| {
            number.len() == 7
                && number.bytes().all(|b| b.is_ascii_digit())
                && archive.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-' || b == b'.')
                && archive.len() > 1
        })
    };
    (new_form(bare) || old_form(bare)).then(|| (IdentifierKind::Arxiv, bare.into()))
}

/// A DOI in its normal form: lower case, without what trails behind it. A DOI of arXiv is an arXiv id.
fn doi(text: &str) -> Option<Known> {
    let text = text.trim();
    let text = text.get(text.find("10.")?..)?;
    let text = text.trim_end_matches(|c: char| ".,;:!?'\"»”".contains(c) || c.is_whitespace());
    let (prefix, suffix) = text.split_once('/')?;
    let registrant = prefix.strip_prefix("10.")?;
    let fits = (4..=9).contains(&registrant.split('.').next()?.len())
        && registrant.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !suffix.is_empty()
        && !suffix.contains(char::is_whitespace);
    if !fits {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    match lower.strip_prefix("10.48550/arxiv.") {
        Some(id) => arxiv(id),
        None => match lower.strip_prefix("10.5281/zenodo.") {
            Some(number) if is_number(number) => Some((IdentifierKind::Zenodo, number.into())),
            _ => Some((IdentifierKind::Doi, lower.into())),
        },
    }
}

/// Whether a text is an ACL Anthology id: `2021.acl-long.1`, `P19-1001`.
fn is_anthology(id: &str) -> bool {
    let bytes = id.as_bytes();
    let old = bytes.len() == 8
        && bytes[0].is_ascii_uppercase()
        && bytes[3] == b'-'
        && bytes[1..3].iter().chain(&bytes[4..]).all(u8::is_ascii_digit);
    let mut parts = id.split('.');
    let new = parts.next().is_some_and(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
        && parts.next().is_some_and(|volume| volume.contains('-'))
        && parts
            .next()
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        && parts.next().is_none();
    old || new
}

/// Whether a text is an arXiv id of the form in use since 2007, of a month there was.
pub fn is_arxiv(id: &str) -> bool {
    let Some((month, number)) = id.split_once('.') else { return false };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (Ok(when), true) = (month.parse::<u16>(), month.len() == 4 && digits(month) && digits(number)) else {
        return false;
    };
    let length = if when < 1501 { 4 } else { 5 };
    (1..=12).contains(&(when % 100)) && when >= 704 && number.len() == length
}

/// The year and month in which an arXiv id was given.
pub fn arxiv_month(id: &str) -> Option<(i16, i8)> {
    let digits = match id.split_once('/') {
        Some((_, number)) => number.get(..4)?,
        None => id.split_once('.')?.0,
    };
    let when: i16 = digits.parse().ok()?;
    let (year, month) = (when / 100, i8::try_from(when % 100).ok()?);
    let year = if year >= 91 { 1900 + year } else { 2000 + year };
    (1..=12).contains(&month).then_some((year, month))
}

/// Whether a text is an ORCID iD with the right check digit.
pub fn is_orcid(id: &str) -> bool {
    let groups: Vec<&str> = id.split('-').collect();
    if groups.len() != 4 || groups.iter().any(|group| group.len() != 4) {
        return false;
    }
    let mut total: u32 = 0;
    let mut digits = id.chars().filter(|c| *c != '-');
    for digit in digits.by_ref().take(15) {
        let Some(value) = digit.to_digit(10) else { return false };
        total = (total + value) * 2;
    }
    let check = (12 - total % 11) % 11;
    match digits.next() {
        Some('X' | 'x') => check == 10,
        Some(digit) => digit.to_digit(10) == Some(check),
        None => false,
    }
}

/// Whether the ten or thirteen digits of an ISBN add up.
pub fn is_isbn(digits: &str) -> bool {
    let values: Option<Vec<u32>> = digits
        .chars()
        .enumerate()
        .map(|(at, digit)| match digit {
            'X' | 'x' if at == 9 && digits.len() == 10 => Some(10),
            _ => digit.to_digit(10),
        })
        .collect();
    let Some(values) = values else { return false };
    let sum = |weights: &dyn Fn(u32) -> u32| {
        values.iter().zip(0_u32..).map(|(value, at)| value * weights(at)).sum::<u32>()
    };
    match values.len() {
        10 => sum(&|at| 10 - at).is_multiple_of(11),
        13 => sum(&|at| if at % 2 == 0 { 1 } else { 3 }).is_multiple_of(10),
        _ => false,
    }
}
