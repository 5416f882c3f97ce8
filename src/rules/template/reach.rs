//! Whether a file's content reaches a visitor, as far as the files tell.

use crate::markup::Data;
use crate::model::{Format, Page};
use crate::site::Site;

/// Whether what stands in a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// It has a page of its own, or pages show it.
    Shown,
    /// Nothing is known to show it.
    Unknown,
    /// It is held back: a draft, a widget that is switched off, data that something else replaces.
    Hidden,
}

/// Where the content of a file goes.
pub(super) fn reach(site: &Site, page: &Page) -> Reach {
    if Some(page.id) == site.facts.config_file {
        return Reach::Shown;
    }
    if page.format.is_page() {
        let front = page.data.as_ref();
        let says =
            |key: &str, test: fn(&Data) -> bool| front.and_then(|data| data.get(key)).is_some_and(test);
        if says("draft", Data::is_true) || says("published", Data::is_false) || says("active", Data::is_false)
        {
            return Reach::Hidden;
        }
        if !site.facts.shows(page.path()) {
            return Reach::Hidden;
        }
        // A section of a home page of HugoBlox has no page of its own.
        if site.facts.generator.is_hugo() && front.is_some_and(|data| data.get("widget").is_some()) {
            return Reach::Shown;
        }
        let is_part = front.is_none() && page.path().contains("/includes/");
        if !is_part && !site.urls.of(page.id).is_empty() {
            return Reach::Shown;
        }
        return if is_named(site, page, file_name(page.path())) { Reach::Shown } else { Reach::Unknown };
    }
    match page.format {
        Format::Bibtex => bibliography(site, page),
        _ => data(site, page),
    }
}

/// A bibliography is shown when it is the one that the configuration names, or lies beside a page.
fn bibliography(site: &Site, page: &Page) -> Reach {
    let path = page.path();
    let configured = site.facts.bibliography.as_ref().is_some_and(|(source, name)| {
        let source = source.trim_matches(['/', '.']);
        path.strip_prefix(source).is_some_and(|rest| rest.trim_start_matches('/') == name)
    });
    if configured || path.ends_with("/cite.bib") || is_named(site, page, file_name(path)) {
        Reach::Shown
    } else {
        Reach::Unknown
    }
}

/// Data of Jekyll is shown where a page names it; al-folio's `cv.yml` only without a `resume.json`.
fn data(site: &Site, page: &Page) -> Reach {
    let path = page.path();
    let stem = file_name(path).rsplit_once('.').map_or("", |(stem, _)| stem);
    if path.starts_with("config/") || path.starts_with("_config") {
        return Reach::Shown;
    }
    match stem {
        "socials" | "hugoblox" => Reach::Shown,
        "cv" if site.files.has_file("assets/json/resume.json") => Reach::Hidden,
        "cv" if site.pages.iter().any(|each| each.field("layout") == Some("cv")) => Reach::Shown,
        _ => {
            let needles = [format!("data.{stem}"), format!("data=\"{stem}\"")];
            let shown = site
                .pages
                .iter()
                .filter(|each| each.format.is_page())
                .filter(|each| needles.iter().any(|needle| each.source.text().contains(needle.as_str())))
                .any(|each| {
                    let is_part = each.path().contains("includes/");
                    !site.urls.of(each.id).is_empty()
                        || is_part && is_named(site, each, file_name(each.path()))
                });
            if shown { Reach::Shown } else { Reach::Unknown }
        }
    }
}

/// Whether another page names a file, as an include does.
pub(super) fn is_named(site: &Site, page: &Page, name: &str) -> bool {
    site.pages.iter().filter(|each| each.id != page.id).any(|each| {
        let text = each.source.text();
        text.match_indices(name).any(|(at, _)| {
            let line = each.source.line_span(each.source.line_index(at as u32));
            let before = crate::text::slice(text, crate::text::Span::new(line.start, at as u32));
            !before.trim_start().starts_with("<!--") && !before.trim_start().starts_with('#')
        })
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
