//! `link/label-mismatch`: a label that names one kind of place, and a target that is another.

use super::address::{Address, is_among};
use crate::diagnostic::Severity;
use crate::model::{IdentifierKind, Link, LinkKind, Page, identifier};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;

pub(super) struct LabelMismatch;

static META: Meta = Meta {
    id: "link/label-mismatch",
    summary: "A label such as \"arXiv\" or \"code\" whose target is something else",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/link/label-mismatch.md"),
};

/// What a target is, as far as its address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Arxiv,
    Doi,
    OpenReview,
    Anthology,
    Code,
    Scholar,
    SemanticScholar,
    Dblp,
    Orcid,
    LinkedIn,
    Twitter,
    Video,
    Pdf,
}

use Place::{
    Anthology, Arxiv, Code, Dblp, Doi, LinkedIn, OpenReview, Orcid, Pdf, Scholar, SemanticScholar, Twitter,
    Video,
};

impl Place {
    fn name(self) -> &'static str {
        match self {
            Arxiv => "arXiv",
            Doi => "a DOI",
            OpenReview => "OpenReview",
            Anthology => "the ACL Anthology",
            Code => "a code repository",
            Scholar => "Google Scholar",
            SemanticScholar => "Semantic Scholar",
            Dblp => "DBLP",
            Orcid => "ORCID",
            LinkedIn => "LinkedIn",
            Twitter => "Twitter",
            Video => "a video",
            Pdf => "a PDF",
        }
    }
}

/// Labels, and the places that none of them can mean.
const PAIRS: &[(&[&str], &[Place])] = &[
    (
        &["arxiv", "arxiv preprint"],
        &[OpenReview, Anthology, Code, Scholar, Dblp, Orcid, LinkedIn, Twitter, Video],
    ),
    (&["bib", "bibtex"], &[Pdf, Arxiv, Video, Scholar, LinkedIn]),
    (
        &["code", "source code", "code repository"],
        // A DOI may be that of the code.
        &[Arxiv, OpenReview, Anthology, Scholar, Orcid, LinkedIn, Pdf],
    ),
    (&["doi"], &[Code, Scholar, OpenReview, Video, Orcid, LinkedIn, Twitter]),
    (
        &["github"],
        &[Arxiv, OpenReview, Anthology, Scholar, SemanticScholar, Dblp, Orcid, LinkedIn, Twitter, Video],
    ),
    (&["google scholar"], &[Arxiv, Code, SemanticScholar, Dblp, Orcid, LinkedIn, Twitter, Video]),
    (&["semantic scholar"], &[Arxiv, Code, Scholar, Dblp, Orcid, LinkedIn, Twitter, Video]),
    (&["orcid"], &[Arxiv, Code, Scholar, SemanticScholar, Dblp, LinkedIn, Twitter, Video]),
    (&["linkedin"], &[Arxiv, Code, Scholar, SemanticScholar, Dblp, Orcid, Twitter, Video]),
    (&["dblp"], &[Arxiv, Code, Scholar, SemanticScholar, Orcid, LinkedIn, Twitter, Video]),
    (&["openreview"], &[Arxiv, Anthology, Code, Scholar, Dblp, Video]),
    (&["twitter"], &[Arxiv, Code, Scholar, SemanticScholar, Dblp, Orcid, LinkedIn, Video]),
    (&["video", "youtube"], &[Arxiv, OpenReview, Anthology, Scholar, Orcid, LinkedIn]),
    (&["poster"], &[Arxiv, Scholar, LinkedIn]),
];

impl Rule for LabelMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if !super::is_shown(cx.site(), page) {
            return;
        }
        pictures(page, cx);
        for link in page.links.iter().filter(|link| is_labelled(link)) {
            if let Some((written, carried)) = other_number(link) {
                let message = format!("the label names `{written}`, and the link leads to `{carried}`");
                let _ = cx.report(page.at(link.span), message).help("change the one that is wrong");
                continue;
            }
            let label = label(&link.text);
            let Some((_, wrong)) = PAIRS.iter().find(|(names, _)| names.contains(&label.as_str())) else {
                continue;
            };
            if let Some(place) =
                place(&link.target, label == "bib" || label == "bibtex").filter(|place| wrong.contains(place))
            {
                let message = format!(
                    "the label says \"{}\", and the link leads to {}",
                    link.text.trim(),
                    place.name()
                );
                let _ = cx.report(page.at(link.span), message).help("change the target or the label");
            }
        }
    }
}

/// The arXiv id or DOI that a label is, and the other one that its target carries.
fn other_number(link: &Link) -> Option<(Box<str>, Box<str>)> {
    let (kind, carried) = identifier::in_url(&link.target)
        .filter(|(kind, _)| matches!(kind, IdentifierKind::Arxiv | IdentifierKind::Doi))?;
    let numbers: Vec<Box<str>> = link
        .text
        .split(|each: char| each.is_whitespace() || "[](),;".contains(each))
        .filter(|word| !word.contains('…') && !word.contains("..."))
        .filter_map(|word| {
            let bare = word.trim_end_matches(['.', ':']);
            let (of, value) = identifier::normal(kind, bare)?;
            (of == kind).then_some(value)
        })
        .collect();
    // A label may show a part of the number.
    let [written] = &numbers[..] else { return None };
    let is_part = carried.starts_with(&**written) || written.starts_with(&*carried);
    (!is_part && carried != *written).then(|| (written.clone(), carried))
}

/// So many fields of one file are one mistake.
const MANY: usize = 10;

/// Fields for a picture that name the page of a paper.
fn pictures(page: &Page, cx: &mut Context<'_>) {
    let wrong: Vec<(&str, Span)> = page
        .links
        .iter()
        .filter_map(|link| match &link.kind {
            LinkKind::Field(key)
                if matches!(&**key, "image" | "img" | "preview" | "thumbnail" | "teaser" | "avatar")
                    && is_paper(&link.target) =>
            {
                Some((&**key, link.target_span))
            }
            _ => None,
        })
        .collect();
    let help = "name a picture, or leave the field out";
    if wrong.len() <= MANY {
        for (key, span) in wrong {
            let message = format!("`{key}` is to name a picture, and this is the page of a paper");
            let _ = cx.report(page.at(span), message).help(help);
        }
    } else if let Some(((key, first), rest)) = wrong.split_first() {
        let message =
            format!("`{key}` is to name a picture, and names the page of a paper {} times", wrong.len());
        let mut report = cx.report(page.at(*first), message).help(help);
        for (_, span) in rest.iter().take(MANY) {
            report = report.related(page.at(*span), "so does this");
        }
    }
}

/// Whether an address is that of a paper's page, as identifiers and publishers have it.
fn is_paper(target: &str) -> bool {
    let Some(address) = Address::parse(target) else { return false };
    let last = address.path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_picture = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"]
        .iter()
        .any(|ending| last.contains(ending));
    let is_article =
        ["/article/", "/doi/10.", "/abs/", "/document/"].iter().any(|part| address.path.contains(part));
    // Publishers serve single figures below the article.
    let is_figure = ["fig", "image", "size=", "media", "thumb", "download"]
        .iter()
        .any(|part| address.path.contains(part));
    !is_picture
        && !is_figure
        && (matches!(place(target, false), Some(Doi | Arxiv | OpenReview | Anthology)) || is_article)
}

fn is_labelled(link: &Link) -> bool {
    match &link.kind {
        LinkKind::Markdown | LinkKind::Reference => true,
        LinkKind::Html(element, _) => &**element == "a",
        _ => false,
    }
}

/// A label without brackets, emoji and words that say only that it is a link.
fn label(text: &str) -> String {
    let text = text.trim_matches(|each: char| !each.is_alphanumeric()).to_lowercase();
    let words: Vec<&str> = text
        .split(|each: char| each.is_whitespace() || each == '-')
        .filter(|word| {
            !matches!(
                *word,
                "link" | "page" | "profile" | "badge" | "logo" | "icon" | "repo" | "my" | "version"
            )
        })
        .collect();
    words.join(" ")
}

fn place(target: &str, is_bib: bool) -> Option<Place> {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let is_pdf = path.to_lowercase().ends_with(".pdf");
    let Some(address) = Address::parse(target) else { return is_pdf.then_some(Pdf) };
    let name = address.name();
    if address.path.len() < 2 {
        return None;
    }
    let lower = address.path.to_lowercase();
    if is_among(&name, &["arxiv.org", "alphaxiv.org", "ar5iv.org"]) || lower.contains("10.48550") {
        // arXiv serves BibTeX too, and a search finds anything.
        let is_paper = ["/abs/", "/pdf/", "/html/"].iter().any(|part| lower.starts_with(part));
        return (is_paper || !is_bib && lower.contains("10.48550")).then_some(Arxiv);
    }
    let known = match &*name {
        "doi.org" | "dx.doi.org" => Some(Doi),
        "openreview.net" => Some(OpenReview),
        "aclanthology.org" => (!lower.contains("bib")).then_some(Anthology),
        "github.com" | "gitlab.com" | "bitbucket.org" => Some(Code),
        "scholar.google.com"
        | "scholar.google.co.uk"
        | "scholar.google.de"
        | "scholar.google.fr"
        | "scholar.google.com.hk" => (!lower.contains("scholar.bib")).then_some(Scholar),
        "semanticscholar.org" => Some(SemanticScholar),
        "dblp.org" | "dblp.uni-trier.de" => Some(Dblp),
        "orcid.org" => Some(Orcid),
        "linkedin.com" => Some(LinkedIn),
        "twitter.com" | "x.com" => Some(Twitter),
        "youtube.com" | "youtu.be" | "vimeo.com" | "bilibili.com" => Some(Video),
        _ => None,
    };
    // A repository holds anything: a file in it is what its ending says.
    match known {
        Some(Code) if is_pdf => Some(Pdf),
        Some(Code) if lower.matches('/').count() > 2 => None,
        Some(known) => Some(known),
        None => is_pdf.then_some(Pdf),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_places() {
        assert_eq!(
            (label("[arXiv]"), label("GitHub Repo"), label("📄 Bib")),
            ("arxiv".into(), "github".into(), "bib".into())
        );
        for (target, expected) in [
            ("https://arxiv.org/abs/1706.03762", Some(Arxiv)),
            ("https://arxiv.org/bibtex/1706.03762", None),
            ("https://github.com/ann/code", Some(Code)),
            ("https://github.com/ann/code/blob/main/poster.pdf", Some(Pdf)),
            ("https://github.com", None),
            ("/files/a.pdf", Some(Pdf)),
            ("files/a.bib", None),
        ] {
            assert_eq!(place(target, false), expected, "{target}");
        }
    }
}
