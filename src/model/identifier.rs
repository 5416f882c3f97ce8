//! Identifiers of papers and people: how to recognise them in links and fields.

use crate::text::Span;
use percent_encoding::percent_decode_str;

/// What kind of identifier it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// arXiv, without version: `2406.06484`, `hep-th/9901001`.
    Arxiv,
    /// DOI, lower case.
    Doi,
    /// ACL Anthology.
    Anthology,
    /// OpenReview forum.
    OpenReview,
    /// Semantic Scholar paper: 40 hexadecimal digits.
    SemanticScholar,
}

impl IdentifierKind {
    /// The name as reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            IdentifierKind::Arxiv => "arxiv",
            IdentifierKind::Doi => "doi",
            IdentifierKind::Anthology => "anthology",
            IdentifierKind::OpenReview => "openreview",
            IdentifierKind::SemanticScholar => "s2",
        }
    }

    /// The name as sentences write it.
    pub const fn title(self) -> &'static str {
        match self {
            IdentifierKind::Arxiv => "the arXiv id",
            IdentifierKind::Doi => "the DOI",
            IdentifierKind::Anthology => "the Anthology id",
            IdentifierKind::OpenReview => "the OpenReview id",
            IdentifierKind::SemanticScholar => "the Semantic Scholar id",
        }
    }
}

/// An identifier and the bytes that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Its normal form.
    pub value: Box<str>,
    /// The link target or field that carries it.
    pub span: Span,
}

/// The identifier that a link target carries, in its normal form.
pub fn in_url(target: &str) -> Option<(IdentifierKind, Box<str>)> {
    let rest = target.trim();
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")).unwrap_or(rest);
    let (host, path) = rest.split_once('/')?;
    let host = host.trim_start_matches("www.").to_ascii_lowercase();
    let path = path.split(['?', '#']).next().unwrap_or(path);
    match &*host {
        "arxiv.org"
        | "export.arxiv.org"
        | "browse.arxiv.org"
        | "ar5iv.labs.arxiv.org"
        | "ar5iv.org"
        | "alphaxiv.org" => {
            let (kind, id) = path.split_once('/')?;
            matches!(kind, "abs" | "pdf" | "html" | "format" | "ps" | "pdfs").then(|| arxiv(id))?
        }
        "huggingface.co" => arxiv(path.strip_prefix("papers/")?),
        "doi.org" | "dx.doi.org" => doi(&decode(path)),
        "dl.acm.org" => {
            let path = path.strip_prefix("doi/")?;
            let path = ["abs/", "pdf/", "full/", "fullHtml/"]
                .iter()
                .find_map(|kind| path.strip_prefix(kind))
                .unwrap_or(path);
            doi(&decode(path))
        }
        "aclanthology.org" | "aclweb.org" | "aclanthology.info" => {
            let path = path.trim_start_matches("anthology/").trim_start_matches("papers/");
            let id = path.split('/').next()?.trim_end_matches(".pdf").trim_end_matches(".bib");
            is_anthology(id).then(|| (IdentifierKind::Anthology, id.into()))
        }
        "openreview.net" => {
            let query = target.split_once('?')?.1;
            let id = query.split('&').find_map(|pair| pair.strip_prefix("id="))?.split('#').next()?;
            let fits = (9..=12).contains(&id.len())
                && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
            fits.then(|| (IdentifierKind::OpenReview, id.into()))
        }
        "semanticscholar.org" => {
            let id = path.strip_prefix("paper/")?.trim_end_matches('/').rsplit('/').next()?;
            (id.len() == 40 && id.bytes().all(|b| b.is_ascii_hexdigit()))
                .then(|| (IdentifierKind::SemanticScholar, id.to_ascii_lowercase().into()))
        }
        _ => None,
    }
}

/// An arXiv id in its normal form, without version: `2406.06484`, `hep-th/9901001`.
pub fn arxiv(text: &str) -> Option<(IdentifierKind, Box<str>)> {
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
pub fn doi(text: &str) -> Option<(IdentifierKind, Box<str>)> {
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
        None => Some((IdentifierKind::Doi, lower.into())),
    }
}

/// Whether a text is an ACL Anthology id: `2021.acl-long.1`, `P19-1001`.
pub(super) fn is_anthology(id: &str) -> bool {
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

/// A part of an address with its percent signs decoded.
pub fn decode(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_and_months() {
        for (id, good) in
            [("2309.136820", false), ("2309.13682", true), ("0704.0001", true), ("2313.00001", false)]
        {
            assert_eq!(is_arxiv(id), good, "{id}");
        }
        assert_eq!(arxiv_month("hep-th/9901001"), Some((1999, 1)));
        assert_eq!(arxiv_month("2406.06484"), Some((2024, 6)));
        assert!(is_orcid("0000-0002-1825-0097") && !is_orcid("0000-0002-1825-0098"));
        assert!(is_isbn("9783161484100") && is_isbn("0306406152") && !is_isbn("9783161484101"));
    }

    #[test]
    fn urls_carry_identifiers() {
        use IdentifierKind::{Anthology, Arxiv, Doi, OpenReview, SemanticScholar};
        for (url, expected) in [
            ("https://arxiv.org/abs/2406.06484v2", Some((Arxiv, "2406.06484"))),
            ("http://arxiv.org/pdf/2406.06484.pdf", Some((Arxiv, "2406.06484"))),
            ("https://arxiv.org/abs/hep-th/9901001", Some((Arxiv, "hep-th/9901001"))),
            ("https://arxiv.org/abs/2309.136820", None),
            ("https://doi.org/10.1145/3097983.3098144", Some((Doi, "10.1145/3097983.3098144"))),
            ("https://doi.org/10.48550/arXiv.2302.04023", Some((Arxiv, "2302.04023"))),
            (
                "https://doi.org/10.1002/(SICI)1098-2418(199807)12:4%3C335::AID-RSA2%3E3.0.CO;2-U",
                Some((Doi, "10.1002/(sici)1098-2418(199807)12:4<335::aid-rsa2>3.0.co;2-u")),
            ),
            ("https://aclanthology.org/2025.emnlp-demos.48/", Some((Anthology, "2025.emnlp-demos.48"))),
            ("https://www.aclweb.org/anthology/P19-1001", Some((Anthology, "P19-1001"))),
            ("https://openreview.net/forum?id=abcDEF123_-", Some((OpenReview, "abcDEF123_-"))),
            (
                "https://www.semanticscholar.org/paper/A-B/7afaabb73bec969c0937be46b9f0f757e07c8534",
                Some((SemanticScholar, "7afaabb73bec969c0937be46b9f0f757e07c8534")),
            ),
            ("https://example.org/arxiv", None),
        ] {
            let found = in_url(url);
            assert_eq!(found.as_ref().map(|(kind, value)| (*kind, &**value)), expected, "{url}");
        }
    }
}
