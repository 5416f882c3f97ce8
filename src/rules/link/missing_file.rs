//! `link/missing-file`: a link to a file or page that the site does not have.

use crate::diagnostic::{Safety, Severity};
use crate::model::{Link, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Generator, Resolution, Site};

pub(super) struct MissingFile;

static META: Meta = Meta {
    id: "link/missing-file",
    summary: "A link, image or file field whose target no file or page of the site produces",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/link/missing-file.md"),
};

impl Rule for MissingFile {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let site = cx.site();
        slides(page, cx);
        for link in super::links(site, page) {
            let Resolution::Missing { path } = site.resolve_link(page, link) else { continue };
            if super::malformed::is_malformed(&link.target) || super::empty::is_empty(&link.target) {
                continue;
            }
            let report = cx.report(page.at(link.target_span), message(&path, &link.kind));
            let Some(near) = nearest(site, &path) else { continue };
            let report = report.help(format!("did you mean `/{near}`?"));
            if let Some(text) = replacement(page, link, &path, &near) {
                let title = format!("Link to `{text}`");
                let _ = report.replace(title, Safety::Ask, page.at(link.target_span), text);
            }
        }
    }
}

/// The field `slides` of HugoBlox, which names a folder of `content/slides`.
fn slides(page: &Page, cx: &mut Context<'_>) {
    let site = cx.site();
    if site.facts.generator != Generator::HugoBlox || !page.format.is_page() || !super::is_shown(site, page) {
        return;
    }
    let Some(value) = page.data.as_ref().and_then(|data| data.get("slides")) else { return };
    let Some(name) = value.text().filter(|name| !name.is_empty() && !name.contains(['/', ':', ' '])) else {
        return;
    };
    let has = site.facts.languages.iter().any(|language| {
        let path = format!("{}/slides/{name}", language.content);
        site.files.has_folder(&path) || site.files.has_file(&format!("{path}.md"))
    });
    if !has {
        let message = format!("`slides` names a folder of `content/slides` that is not there: `{name}`");
        let _ = cx.report(page.at(value.text_span()), message).severity(Severity::Warning);
    }
}

fn message(path: &str, kind: &LinkKind) -> String {
    match kind {
        LinkKind::Field(key) | LinkKind::Bib(key) => {
            format!("`{key}` names a file that this site does not have: `/{path}`")
        }
        _ => format!("no file or page of this site is at `/{path}`"),
    }
}

/// How many files of a folder are compared with the missing name.
const COMPARED: usize = 2000;

/// The file that was likely meant: a like name in the same folder, or the one file of this name in another
/// folder.
fn nearest(site: &Site, path: &str) -> Option<String> {
    let files = &site.files;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let lower = name.to_lowercase();
    let mut like: Vec<(usize, String)> = files
        .within(folder)
        .take(COMPARED)
        .filter_map(|file| {
            let other =
                if folder.is_empty() { &**file } else { file.strip_prefix(folder)?.strip_prefix('/')? };
            if other.contains('/') || extension.is_none() {
                return None;
            }
            let other = other.to_lowercase();
            let same_kind = other.rsplit_once('.').map(|(_, extension)| extension) == extension.as_deref();
            let distance = strsim::osa_distance(&other, &lower) + usize::from(!same_kind);
            // A third of the name, so that `a.pdf` is not proposed for `b.pdf`; other digits are another number.
            (distance * 3 <= lower.len().min(other.len()) && !is_numbered(&other, &lower))
                .then(|| (distance, file.to_string()))
        })
        .collect();
    like.sort_unstable();
    match (like.as_slice(), files.named(name)) {
        ([(_, one)], _) => Some(one.clone()),
        ([(first, one), (second, _), ..], _) => (first < second).then(|| one.clone()),
        ([], [one]) => Some(one.to_string()),
        ([], _) => None,
    }
}

/// Whether two names differ in their digits alone, as `fig-2.png` and `fig-3.png` do.
fn is_numbered(left: &str, right: &str) -> bool {
    let bare = |name: &str| -> String { name.chars().filter(|each| !each.is_ascii_digit()).collect() };
    bare(left) == bare(right)
}

/// What to write in place of the target so that it leads to `near`; `None` when the target is not
/// simple enough to be edited.
fn replacement(page: &Page, link: &Link, path: &str, near: &str) -> Option<String> {
    let target = &*link.target;
    if !link.exact || page.slice(link.target_span) != target || target.contains(['{', '#', '?', '%']) {
        return None;
    }
    let near = near.replace(' ', "%20");
    // A file in the same folder keeps what stands before its name.
    if near.rsplit_once('/').map(|(folder, _)| folder) == path.rsplit_once('/').map(|(folder, _)| folder) {
        let name = near.rsplit('/').next()?;
        return Some(match target.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{name}"),
            None => name.to_owned(),
        });
    }
    let before = target.strip_suffix(path)?;
    (before.is_empty() || before.ends_with('/')).then(|| format!("{before}{near}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::diagnostic::FileId;
    use crate::evidence::Evidence;
    use crate::markup::{Bib, Dialect, Doc, Flow};
    use crate::model::Format;
    use crate::rules::Shared;
    use crate::site::{Facts, Files};
    use crate::text::{Source, Span};
    use std::sync::Arc;

    /// What the rule says of one link: message, help and the text of the fix.
    fn judge(path: &str, target: &str, kind: LinkKind) -> Option<(String, Option<String>, Option<String>)> {
        let text = format!("see {target} there");
        let span = Span::at(4, 4 + target.len());
        let link =
            Link { kind, target: target.into(), target_span: span, exact: true, span, text: "".into() };
        let page = Arc::new(Page {
            id: FileId(0),
            source: Source::new(path, text),
            format: Format::Markdown(Dialect::Kramdown),
            doc: Doc::default(),
            flow: Flow::default(),
            data: None,
            bib: Bib::default(),
            links: vec![link.clone(), link],
            publications: Vec::new(),
            problems: Vec::new(),
            prose: std::sync::OnceLock::new(),
        });
        let files = [
            "files/cv-new.pdf",
            "files/a b.pdf",
            "files/talk-2.pdf",
            "files/posterA.pdf",
            "files/posterB.pdf",
            "images/Ann.JPG",
            "pdf/only.pdf",
            path,
        ];
        let files = Files::new(files.map(Arc::from));
        let facts = Facts { generator: Generator::Jekyll, ..Facts::default() };
        let site = Site::new(vec![page.clone()], files, facts);
        let mut out = Vec::new();
        let today = jiff::civil::date(2025, 1, 1);
        let (evidence, config) = (Evidence::default(), Config::default());
        MissingFile.page(
            &page,
            &mut Context::new(&site, &evidence, &config, today, &Shared::default(), &META, &mut out),
        );
        assert!(out.len() < 2, "one finding a place: {out:?}");
        let found = out.pop()?;
        assert_eq!(found.place.span, span);
        Some((found.message, found.help, found.fix.map(|fix| fix.edits[0].text.clone())))
    }

    #[test]
    fn the_nearest_name_is_offered() {
        for (target, fix) in [
            ("files/cv-old.pdf", Some("files/cv-new.pdf")),
            ("/files/cv-old.pdf", Some("/files/cv-new.pdf")),
            ("./files/cv-old.pdf", Some("./files/cv-new.pdf")),
            ("files/ab.pdf", Some("files/a%20b.pdf")),
            ("/files/only.pdf", Some("/pdf/only.pdf")),
            ("files/only.pdf?raw=1", None),
            ("files/thesis.pdf", None),
            ("files/talk-3.pdf", None),
            ("files/poster.pdf", None),
        ] {
            let found = judge("index.md", target, LinkKind::Markdown).expect(target);
            assert_eq!(found.2.as_deref(), fix, "{target}");
        }
        let (message, help, _) =
            judge("index.md", "files/cv-old.pdf", LinkKind::Markdown).expect("a finding");
        assert_eq!(message, "no file or page of this site is at `/files/cv-old.pdf`");
        assert_eq!(help.as_deref(), Some("did you mean `/files/cv-new.pdf`?"));
    }

    #[test]
    fn fields_are_found_in_any_folder() {
        assert_eq!(judge("index.md", "only.pdf", LinkKind::Field("pdf".into())), None);
        let (message, ..) = judge("index.md", "none.pdf", LinkKind::Bib("pdf".into())).expect("a finding");
        assert_eq!(message, "`pdf` names a file that this site does not have: `/none.pdf`");
    }

    #[test]
    fn drafts_are_left_alone() {
        assert_eq!(judge("_drafts/a.md", "/none.pdf", LinkKind::Markdown), None);
    }
}
