//! Identifiers of papers and people: how to recognise them in addresses and fields, and what each tells with
//! no network.

mod address;
mod person;
mod syntax;
mod told;

pub use address::claimed;
pub use person::{Profile, ProfileKind, orcid_claimed, profile};
pub use syntax::{arxiv_month, is_arxiv, is_isbn, is_orcid, normal};
pub use told::{Told, Track, series, told};

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
    /// DBLP record: `conf/icml/AbaraL22`.
    Dblp,
    /// Volume and key of PMLR: `v162/abara22a`.
    Pmlr,
    /// The name of a paper's file at CVF: `Abara_Hives_in_Pictures_CVPR_2022_paper`.
    Cvf,
    /// Year and hash of a `NeurIPS` paper, or its old number.
    NeurIps,
    /// `PubMed` number.
    Pmid,
    /// HAL: `hal-01234567`, without version.
    Hal,
    /// IACR's archive: `2020/123`.
    Iacr,
    /// ISBN: digits only.
    Isbn,
    /// Zenodo record.
    Zenodo,
    /// Repository on GitHub: `account/name`, lower case.
    GitHub,
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
            IdentifierKind::Dblp => "dblp",
            IdentifierKind::Pmlr => "pmlr",
            IdentifierKind::Cvf => "cvf",
            IdentifierKind::NeurIps => "neurips",
            IdentifierKind::Pmid => "pmid",
            IdentifierKind::Hal => "hal",
            IdentifierKind::Iacr => "iacr",
            IdentifierKind::Isbn => "isbn",
            IdentifierKind::Zenodo => "zenodo",
            IdentifierKind::GitHub => "github",
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
            IdentifierKind::Dblp => "the DBLP key",
            IdentifierKind::Pmlr => "the PMLR key",
            IdentifierKind::Cvf => "the CVF address",
            IdentifierKind::NeurIps => "the NeurIPS address",
            IdentifierKind::Pmid => "the PubMed number",
            IdentifierKind::Hal => "the HAL id",
            IdentifierKind::Iacr => "the ePrint number",
            IdentifierKind::Isbn => "the ISBN",
            IdentifierKind::Zenodo => "the Zenodo number",
            IdentifierKind::GitHub => "the repository",
        }
    }

    /// Whether it names one paper; books hold several, and several papers share data and code.
    pub const fn names_paper(self) -> bool {
        !matches!(self, IdentifierKind::Isbn | IdentifierKind::Zenodo | IdentifierKind::GitHub)
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

/// A kind, and the identifier in its normal form.
pub type Known = (IdentifierKind, Box<str>);

/// The identifier that a link target carries, in its normal form.
pub fn in_url(target: &str) -> Option<Known> {
    let (kind, id) = claimed(target)?;
    syntax::normal(kind, id)
}

/// The identifier that a field of this name holds: `doi`, `arxiv`, `isbn`, …, or the address of one.
pub(super) fn in_field(name: &str, text: &str) -> Option<Known> {
    let kind = match name {
        "doi" => IdentifierKind::Doi,
        "arxiv" => IdentifierKind::Arxiv,
        "isbn" => IdentifierKind::Isbn,
        "pmid" => IdentifierKind::Pmid,
        "hal" | "hal_id" => IdentifierKind::Hal,
        "url" | "html" | "pdf" => return in_url(text),
        _ => return None,
    };
    let text = text.trim();
    syntax::normal(kind, text).or_else(|| in_url(text).filter(|(found, _)| *found == kind))
}

/// Adds an identifier to those of an entry, once.
pub(super) fn add(known: &mut Vec<Identifier>, found: Option<Known>, span: Span) {
    if let Some((kind, value)) = found
        && !known.iter().any(|each| each.kind == kind && each.value == value)
    {
        known.push(Identifier { kind, value, span });
    }
}

/// A part of an address with its percent signs decoded.
pub fn decode(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests;
