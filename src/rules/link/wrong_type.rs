//! `link/wrong-type`: a web page where a PDF or a picture was promised.

use super::address::{Address, is_among};
use super::remote;
use crate::diagnostic::Severity;
use crate::evidence::{Answer, Query};
use crate::model::{Link, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

pub(super) struct WrongType;

static META: Meta = Meta {
    id: "link/wrong-type",
    summary: "A link to a PDF, or an image, whose address serves a web page",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Net,
    page: include_str!("../../../rules/link/wrong-type.md"),
};

/// Hosts that show a file on a page of their own, or let subscribers alone have it.
const SHOWN: &[&str] = &[
    "academia.edu",
    "academic.oup.com",
    "acm.org",
    "annualreviews.org",
    "aps.org",
    "bitbucket.org",
    "box.com",
    "cambridge.org",
    "cell.com",
    "docs.google.com",
    "drive.google.com",
    "dropbox.com",
    "figshare.com",
    "gitlab.com",
    "github.com",
    "huggingface.co",
    "ieee.org",
    "iop.org",
    "jstor.org",
    "mdpi.com",
    "nature.com",
    "oup.com",
    "overleaf.com",
    "pnas.org",
    "researchgate.net",
    "royalsocietypublishing.org",
    "sagepub.com",
    "science.org",
    "sciencedirect.com",
    "sharepoint.com",
    "spiedigitallibrary.org",
    "springer.com",
    "ssrn.com",
    "tandfonline.com",
    "web.archive.org",
    "wiley.com",
    "worldscientific.com",
];

impl Rule for WrongType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        remote::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (link, query) in remote::links(cx, page) {
            let (Answer::Alive(visit) | Answer::Moved(visit)) = cx.evidence().answer(&query) else {
                continue;
            };
            if &*visit.content_type != "text/html" {
                continue;
            }
            let Query::Url(asked) = &query else { continue };
            let hosts = [&**asked, remote::end(visit, asked)];
            let is_viewer =
                || hosts.into_iter().filter_map(Address::parse).any(|place| is_among(&place.name(), SHOWN));
            let (message, severity) = match promise(link) {
                Some(Promise::Picture) => {
                    ("this image cannot be shown: its address serves a web page", Severity::Warning)
                }
                Some(Promise::File) if !is_viewer() => {
                    ("this address ends in `.pdf` and serves a web page", Severity::Warning)
                }
                Some(Promise::Label) if !is_viewer() => {
                    ("the label says PDF, and the address serves a web page", Severity::Hint)
                }
                _ => continue,
            };
            let _ = cx
                .report(page.at(link.target_span), message)
                .severity(severity)
                .help("link to the file itself");
        }
    }
}

/// What a link promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// It is shown as a picture.
    Picture,
    /// Its address ends as that of a PDF.
    File,
    /// Its label says that it is a PDF.
    Label,
}

fn promise(link: &Link) -> Option<Promise> {
    match &link.kind {
        LinkKind::Image => return Some(Promise::Picture),
        LinkKind::Html(element, _) if &**element == "img" => return Some(Promise::Picture),
        _ => {}
    }
    let path = link.target.split(['?', '#']).next().unwrap_or_default();
    if path.to_lowercase().ends_with(".pdf") {
        return Some(Promise::File);
    }
    let label = link.text.trim_matches(|each: char| !each.is_alphanumeric());
    label.eq_ignore_ascii_case("pdf").then_some(Promise::Label)
}
