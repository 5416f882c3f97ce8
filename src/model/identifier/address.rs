//! Which identifier an address means to carry, as it is written there.

use super::IdentifierKind;

/// An address: host in lower case without `www.`, path without its first slash, query.
pub(super) struct Address<'t> {
    pub(super) host: String,
    pub(super) path: &'t str,
    pub(super) query: &'t str,
}

impl<'t> Address<'t> {
    /// Reads a link target, with or without scheme; `None` where it has no path.
    pub(super) fn parse(target: &'t str) -> Option<Self> {
        let rest = target.trim();
        let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")).unwrap_or(rest);
        let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
        let (host, path) = rest.split_once('/')?;
        let host = host.to_ascii_lowercase();
        let host = host.strip_prefix("www.").map(str::to_owned).unwrap_or(host);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Some(Address { host, path, query })
    }

    /// A value of the query.
    pub(super) fn value(&self, key: &str) -> Option<&'t str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }
}

/// The kind of identifier that an address means to carry, and that identifier as it is written: it may be
/// malformed.
pub fn claimed(target: &str) -> Option<(IdentifierKind, &str)> {
    let address = Address::parse(target)?;
    let path = address.path;
    match &*address.host {
        "arxiv.org"
        | "export.arxiv.org"
        | "browse.arxiv.org"
        | "ar5iv.labs.arxiv.org"
        | "ar5iv.org"
        | "alphaxiv.org" => {
            let (kind, id) = path.split_once('/')?;
            matches!(kind, "abs" | "pdf" | "html" | "format" | "ps" | "pdfs")
                .then_some((IdentifierKind::Arxiv, id))
        }
        "huggingface.co" => Some((IdentifierKind::Arxiv, path.strip_prefix("papers/")?)),
        "doi.org" | "dx.doi.org" => Some((IdentifierKind::Doi, path)),
        "dl.acm.org" => {
            let path = path.strip_prefix("doi/")?;
            let inner =
                ["abs/", "pdf/", "full/", "fullHtml/"].iter().find_map(|kind| path.strip_prefix(kind));
            Some((IdentifierKind::Doi, inner.unwrap_or(path)))
        }
        "biorxiv.org" | "medrxiv.org" => {
            let id = path.strip_prefix("content/")?;
            Some((IdentifierKind::Doi, id.split_once('v').map_or(id, |(id, _)| id)))
        }
        "aclanthology.org" | "aclweb.org" | "aclanthology.info" | "aclanthology.coli.uni-saarland.de" => {
            let path = path.trim_start_matches("anthology/").trim_start_matches("papers/");
            let id = path.split('/').next()?.trim_end_matches(".pdf").trim_end_matches(".bib");
            Some((IdentifierKind::Anthology, id))
        }
        "openreview.net" if !path.starts_with("profile") && !path.starts_with("group") => {
            Some((IdentifierKind::OpenReview, address.value("id")?))
        }
        "semanticscholar.org" => {
            let id = path.strip_prefix("paper/")?.trim_end_matches('/').rsplit('/').next()?;
            Some((IdentifierKind::SemanticScholar, id))
        }
        "dblp.org" | "dblp.uni-trier.de" | "dblp.dagstuhl.de" | "dblp.de" => {
            let path = path.strip_prefix("rec/")?;
            let key = ["html/", "bibtex/", "xml/"].iter().find_map(|kind| path.strip_prefix(kind));
            let key = key.unwrap_or(path);
            let key =
                [".html", ".bib", ".xml"].iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(key);
            Some((IdentifierKind::Dblp, key))
        }
        "proceedings.mlr.press" => Some((IdentifierKind::Pmlr, path)),
        "openaccess.thecvf.com" => Some((IdentifierKind::Cvf, path.rsplit('/').next()?)),
        "papers.nips.cc"
        | "papers.neurips.cc"
        | "proceedings.neurips.cc"
        | "datasets-benchmarks-proceedings.neurips.cc" => {
            let path = path.strip_prefix("paper_files/").unwrap_or(path);
            Some((IdentifierKind::NeurIps, path.strip_prefix("paper/")?))
        }
        "pubmed.ncbi.nlm.nih.gov" => Some((IdentifierKind::Pmid, path.trim_end_matches('/'))),
        "ncbi.nlm.nih.gov" => {
            Some((IdentifierKind::Pmid, path.strip_prefix("pubmed/")?.trim_end_matches('/')))
        }
        "zenodo.org" => {
            let id = ["records/", "record/"].iter().find_map(|kind| path.strip_prefix(kind))?;
            Some((IdentifierKind::Zenodo, id.split('/').next()?))
        }
        "eprint.iacr.org" => Some((IdentifierKind::Iacr, path)),
        "github.com" => Some((IdentifierKind::GitHub, path)),
        host if host.ends_with("hal.science") || host.starts_with("hal.") => {
            Some((IdentifierKind::Hal, path.split('/').find(|part| !part.is_empty())?))
        }
        _ => None,
    }
}
