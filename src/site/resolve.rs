//! Where a link leads within the site.
//!
//! `Missing` is said only when nothing the generator does could make the link work. No file is touched:
//! the list of files and the map of URLs decide.

mod liquid;
mod lookup;

use crate::diagnostic::FileId;
use crate::model::{Link, LinkKind, Page};
use crate::site::{Facts, Generator, Site};
use liquid::Folded;
use lookup::Found;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Out of the site: another host, or a scheme such as `mailto:`.
    External,
    /// A page of the site.
    Page(FileId),
    /// Another file of the site.
    File(String),
    /// Nothing that the site produces has this path.
    Missing {
        /// The path that was looked for, relative to the site's root.
        path: String,
    },
    /// It cannot be known, and why.
    Unknown(&'static str),
}

/// From where a target may be meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    /// From the page that shows it.
    Page,
    /// From a folder that a layout chooses: a field of front matter, data or BibTeX.
    Layout,
}

pub(super) fn resolve(site: &Site, page: &Page, target: &str) -> Resolution {
    resolve_from(site, page, target, if page.format.is_page() { Base::Page } else { Base::Layout })
}

pub(super) fn resolve_link(site: &Site, page: &Page, link: &Link) -> Resolution {
    match &link.kind {
        LinkKind::Field(key) => field(site, page, key, &link.target),
        LinkKind::Bib(name) => field(site, page, name, &link.target),
        _ => resolve(site, page, &link.target),
    }
}

/// A field's value: a path when it looks like one, else it is no link at all.
fn field(site: &Site, page: &Page, key: &str, value: &str) -> Resolution {
    let is_sentence = value.contains(char::is_whitespace) && !(value.contains('/') && has_extension(value));
    let is_setting = matches!(
        key,
        "exclude"
            | "include"
            | "keep_files"
            | "render"
            | "template"
            | "bibliography_template"
            | "details_layout"
            | "layout"
            | "input_formats"
            | "ignore"
            | "skip"
            | "plugins"
            | "css"
            | "theme"
            | "csl"
            | "filters"
            | "contents"
            | "resources"
            | "output-dir"
            | "favicon"
    );
    // A bare name in the configuration may be anything: a layout, a logo of the theme.
    let is_config = site.facts.config_path.as_deref() == Some(page.path());
    if is_sentence || is_setting || (is_config && !value.contains('/')) {
        return Resolution::Unknown("no path");
    }
    let folders: &[&str] = match key {
        "pdf" | "poster" | "slides" | "supp" | "cv_pdf" => &["assets/pdf", "assets/slides"],
        "bibliography" => &["assets/bibliography", "_bibliography"],
        "html" => &["assets/html"],
        "preview" => &["assets/img/publication_preview"],
        "image" | "img" | "image_circular" => &["assets/img", "images", "assets/images"],
        "teaser" | "overlay_image" | "avatar" => &["images", "assets/images", "assets/img"],
        _ => &[],
    };
    if !value.contains(':') {
        for folder in folders {
            let path = format!("{folder}/{}", value.trim_start_matches('/'));
            if site.files.has_file(&path) {
                return Resolution::File(path);
            }
        }
    }
    resolve_from(site, page, value, Base::Layout)
}

fn resolve_from(site: &Site, page: &Page, target: &str, base: Base) -> Resolution {
    let facts = &site.facts;
    let folded = if target.contains('{') {
        match liquid::fold(target, facts) {
            None => return Resolution::Unknown("template"),
            Some(Folded::Target(folded)) => folded,
            Some(Folded::Source(path)) => {
                return match site.urls.page_of_file(&path) {
                    Some(id) => Resolution::Page(id),
                    None if site.files.has_file(&path) => Resolution::File(path),
                    None => Resolution::Unknown("template"),
                };
            }
        }
    } else {
        target.to_owned()
    };
    let target = folded.trim();
    let (path, is_own_host) = match strip_origin(target, facts) {
        Origin::Elsewhere => return Resolution::External,
        Origin::Own(path) => (path, true),
        Origin::None => (target, false),
    };
    let path = path.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() && !is_own_host {
        return Resolution::Page(page.id);
    }
    let Some(path) = percent_decode(path) else { return Resolution::Unknown("not text") };
    if path.contains(['\\', '<', '>', '"', '`', '\n', '$', '|', '*', '\u{0}']) {
        return Resolution::Unknown("no path");
    }
    // A link that is broken in another way, which is for other rules to say.
    if path.contains(":/") || path.starts_with(['[', '(', '\u{feff}', '\u{200b}', '“', '‘']) {
        return Resolution::Unknown("malformed");
    }
    if !is_own_host && looks_like_host(&path) {
        return Resolution::Unknown("address without a scheme");
    }
    let candidates = candidates(site, page, &path, base);
    if candidates.is_empty() {
        return Resolution::Unknown("outside the site");
    }
    let mut unknown = None;
    for candidate in &candidates {
        match lookup::find(site, candidate) {
            Some(Found::Page(id)) => return Resolution::Page(id),
            Some(Found::File(path)) => return Resolution::File(path),
            Some(Found::Unknown(why)) => unknown = unknown.or(Some(why)),
            None => {}
        }
    }
    if let Some(why) = unknown {
        return Resolution::Unknown(why);
    }
    if is_own_host {
        return Resolution::External;
    }
    match doubt(site, page, &path, base) {
        Some(why) => Resolution::Unknown(why),
        None => Resolution::Missing { path: candidates.into_iter().next().unwrap_or_default() },
    }
}

enum Origin<'t> {
    /// Another host, or a scheme that is not the web.
    Elsewhere,
    /// The site's own host, with the path from its root.
    Own(&'t str),
    /// No host is named.
    None,
}

fn strip_origin<'t>(target: &'t str, facts: &Facts) -> Origin<'t> {
    let rest = if let Some(rest) = target.strip_prefix("//") {
        rest
    } else if let Some((scheme, rest)) = target.split_once(':')
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '+' | '-' | '.'))
    {
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        match rest.strip_prefix("//") {
            Some(rest) if is_web => rest,
            _ => return Origin::Elsewhere,
        }
    } else {
        return Origin::None;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = host.to_lowercase();
    if facts.hosts.contains(&host) {
        Origin::Own(if path.starts_with('/') { path } else { "/" })
    } else {
        Origin::Elsewhere
    }
}

/// `www.x.org`, `github.com/x`, `ann@x.org`: an address that lost its scheme.
fn looks_like_host(path: &str) -> bool {
    const DOMAINS: &[&str] = &[
        "com", "org", "net", "edu", "io", "gov", "ai", "dev", "me", "uk", "de", "fr", "cn", "jp", "ch", "it",
        "nl", "eu", "ca", "au", "us", "in", "es", "at", "be", "se", "kr", "tw", "hk", "sg", "info", "gl",
        "ly", "site", "app", "tech", "xyz",
    ];
    let first = path.split('/').next().unwrap_or_default();
    if first.contains('@') || first.starts_with("www.") {
        return true;
    }
    let mut labels = first.split('.');
    let (Some(name), Some(last)) = (labels.next(), labels.next_back()) else { return false };
    !name.is_empty() && DOMAINS.contains(&last.to_ascii_lowercase().as_str())
}

/// The paths from the site's root that a target may mean, the likeliest first.
fn candidates(site: &Site, page: &Page, path: &str, base: Base) -> Vec<String> {
    let facts = &site.facts;
    let mut paths: Vec<String> = Vec::new();
    let mut add = |folder: &str, path: &str| {
        if let Some(joined) = join(folder, path)
            && !paths.contains(&joined)
        {
            paths.push(joined);
        }
    };
    if path.starts_with('/') {
        if !facts.baseurl.is_empty()
            && let Some(rest) = path.strip_prefix(facts.baseurl.as_str())
            && (rest.is_empty() || rest.starts_with('/'))
        {
            add("", rest);
        }
        add("", path);
        return paths;
    }
    let urls = site.urls.of(page.id);
    for url in urls {
        add(url.rsplit_once('/').map_or("", |(folder, _)| folder), path);
    }
    let folder = page.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_source = facts.generator.is_jekyll() && !is_markup(path);
    if urls.is_empty() || !is_source || base == Base::Layout {
        add(folder, path);
    }
    if urls.is_empty() || is_shown_elsewhere(page, facts) || base == Base::Layout {
        add("", path);
    }
    paths
}

/// Whether a page's text is likely to be shown on other pages too: collections, posts, includes.
fn is_shown_elsewhere(page: &Page, facts: &Facts) -> bool {
    let mut folders = page.path().split('/').rev().skip(1);
    folders.any(|folder| {
        folder.strip_prefix('_').is_some_and(|name| name != "pages")
            || folder == "includes"
            || folder == "home"
    }) && facts.generator.is_jekyll()
        || page.path().contains("/home/")
}

/// Whether a path names a source that generators rewrite to its URL.
fn is_markup(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "qmd" | "rmd" | "ipynb"))
}

/// Joins and normalises; `None` when the path leaves the site.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Why a path that was not found may work all the same.
fn doubt(site: &Site, page: &Page, path: &str, base: Base) -> Option<&'static str> {
    let facts = &site.facts;
    let is_rooted = path.starts_with('/');
    let clean = path.trim_matches('/').trim_start_matches("./");
    let is_file = has_extension(clean);
    let is_readme =
        page.path().rsplit('/').next().is_some_and(|name| name.to_lowercase().starts_with("readme"));
    if facts.is_opaque && !is_readme {
        return Some("unknown generator");
    }
    // Addresses within GitHub: `../blob/main/LICENSE`, `../../issues`.
    if clean.split('/').any(|part| matches!(part, "blob" | "tree" | "issues" | "wiki" | "pulls" | "releases"))
    {
        return Some("an address within GitHub");
    }
    if base == Base::Layout && facts.generator.is_hugo() && is_image(clean) {
        return Some("the theme may have it");
    }
    if base == Base::Layout || site.urls.of(page.id).is_empty() {
        if !is_file {
            return Some("another base folder");
        }
        let tail = clean.trim_start_matches("../");
        if site.files.has_suffix(tail) {
            return Some("another base folder");
        }
    }
    if facts.generator == Generator::Plain && site.files.has_suffix(clean) {
        return Some("another base folder");
    }
    if is_rooted {
        let inner =
            path.strip_prefix(facts.baseurl.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(inner) = inner else { return Some("another site on this host") };
        return lookup::sister(site, inner.trim_matches('/'), is_file).then_some("another site on this host");
    }
    None
}

/// Whether a path ends in the extension of an image.
fn is_image(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "ico" | "avif"))
}

/// Whether a path ends in what looks like a file's extension.
fn has_extension(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (2..=5).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && extension.bytes().any(|byte| byte.is_ascii_alphabetic())
    })
}

/// Decodes `%41`; `None` when the bytes are no UTF-8.
fn percent_decode(path: &str) -> Option<String> {
    if !path.contains('%') {
        return Some(path.to_owned());
    }
    let bytes = path.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| (*byte as char).to_digit(16));
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, digit(at + 1), digit(at + 2)) {
            out.push((high * 16 + low) as u8);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests;
