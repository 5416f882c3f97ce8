//! Where a link leads within the site.
//!
//! `Missing` is said only when nothing the generator does could make the link work. No file is touched:
//! the list of files and the map of URLs decide.

mod liquid;
mod lookup;
mod origin;

use crate::diagnostic::FileId;
use crate::markup::Dialect;
use crate::model::{Format, Link, LinkKind, Page};
use crate::site::{Facts, Generator, Site};
use liquid::Folded;
use lookup::Found;
use origin::{Origin, looks_like_host, strip_origin};
use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

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
    /// Something of the site has this path in another letter case, or with its accents stored in another way.
    Miscased {
        /// The path that was looked for, relative to the site's root.
        path: String,
        /// The path as it is.
        actual: String,
    },
    /// A page or file that the generator does not publish: the path of its file.
    Unpublished(String),
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
    // A bare name in the configuration may be anything: a layout, a logo of the theme. A portrait is a file.
    let is_config = site.facts.config_path.as_deref() == Some(page.path());
    let is_portrait = matches!(key, "avatar" | "photo" | "portrait" | "profile_image")
        && is_image(value)
        && !site.facts.has_remote_theme
        && site.files.named(value).is_empty();
    if is_sentence || is_setting || (is_config && !value.contains('/') && !is_portrait) {
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
        for folder in folders {
            let path = format!("{folder}/{}", value.trim_start_matches('/'));
            let other = site.files.ignoring_case(&path).iter().find(|other| site.files.has_file(other));
            if let Some(actual) = other.map(ToString::to_string) {
                return Resolution::Miscased { path, actual };
            }
        }
    }
    match resolve_from(site, page, value, Base::Layout) {
        // A bare name is looked for where the template keeps such files.
        Resolution::Missing { path } if !value.contains('/') => {
            let folder = folders.iter().find(|folder| site.files.has_folder(folder));
            Resolution::Missing { path: folder.map_or(path, |folder| format!("{folder}/{value}")) }
        }
        found => found,
    }
}

fn resolve_from(site: &Site, page: &Page, target: &str, base: Base) -> Resolution {
    let facts = &site.facts;
    let folded = if target.contains('{') {
        match liquid::fold(target, facts) {
            None => return Resolution::Unknown("template"),
            Some(Folded::Target(folded)) => folded,
            Some(Folded::Source(path)) => return source(site, path),
            Some(Folded::Post(name)) => {
                let post = super::includes::post(&name, &site.files);
                return post.map_or(Resolution::Unknown("no such post"), |path| source(site, path));
            }
            Some(Folded::Reference(path)) => return reference(site, page, &path),
        }
    } else {
        target.to_owned()
    };
    let target = folded.trim();
    let (path, from) = match strip_origin(target, facts) {
        Origin::Elsewhere => return Resolution::External,
        Origin::Own(path) => (path, From::Host),
        Origin::Repository(path) => (path, From::Repository),
        Origin::None if page.format == Format::Markdown(Dialect::Github) => (target, From::Repository),
        Origin::None => (target, From::Page),
    };
    let path = path.split(['#', '?']).next().unwrap_or_default();
    if path.is_empty() && from != From::Host {
        return Resolution::Page(page.id);
    }
    let Ok(path) = percent_decode_str(path).decode_utf8() else { return Resolution::Unknown("not text") };
    if path.contains(['\\', '<', '>', '"', '`', '\n', '$', '|', '*', '\u{0}']) {
        return Resolution::Unknown("no path");
    }
    // A link that is broken in another way, which is for other rules to say.
    if path.contains(":/") || path.starts_with(['[', '(', '\u{feff}', '\u{200b}', '“', '‘']) {
        return Resolution::Unknown("malformed");
    }
    if from != From::Host && looks_like_host(&path) {
        return Resolution::Unknown("address without a scheme");
    }
    if from == From::Repository {
        return in_repository(site, page, &path);
    }
    let candidates = candidates(site, page, &path, base);
    if candidates.is_empty() {
        return Resolution::Unknown("outside the site");
    }
    let mut doubtful = None;
    for candidate in &candidates {
        match lookup::find(site, candidate) {
            Some(Found::Page(id)) => return Resolution::Page(id),
            Some(Found::File(path)) => return Resolution::File(path),
            Some(Found::Unpublished(path)) => {
                doubtful = doubtful.or(Some(Resolution::Unpublished(path)));
            }
            Some(Found::Miscased(actual)) => {
                let miscased = Resolution::Miscased { path: candidate.clone(), actual };
                doubtful = doubtful.or(Some(miscased));
            }
            Some(Found::Unknown(why)) => doubtful = doubtful.or(Some(Resolution::Unknown(why))),
            None => {}
        }
    }
    if let Some(doubtful) = doubtful {
        return doubtful;
    }
    if let Some((path, actual)) = candidates.iter().find_map(|path| Some((path, miscased(site, path)?))) {
        return Resolution::Miscased { path: path.clone(), actual };
    }
    if from == From::Host && facts.hosts.iter().any(|host| TEMPLATE_HOSTS.contains(&host.as_str())) {
        return Resolution::External;
    }
    match doubt(site, page, &path, base) {
        Some(_) if from == From::Host => Resolution::External,
        Some(why) => Resolution::Unknown(why),
        None => Resolution::Missing { path: candidates.into_iter().next().unwrap_or_default() },
    }
}

/// The page or file of a source path that a tag names.
fn source(site: &Site, path: String) -> Resolution {
    match site.urls.page_of_file(&path) {
        Some(id) => Resolution::Page(id),
        None if site.files.has_file(&path) => Resolution::File(path),
        None => Resolution::Unknown("no such source"),
    }
}

/// The page that Hugo's `ref` and `relref` mean: from the folder of the page, else from the content, else by
/// its name where only one page has it.
fn reference(site: &Site, page: &Page, path: &str) -> Resolution {
    let path = path.split('#').next().unwrap_or_default();
    if path.is_empty() {
        return Resolution::Page(page.id);
    }
    let content = site
        .facts
        .languages
        .iter()
        .map(|language| language.content.as_str())
        .find(|content| page.path().strip_prefix(content).is_some_and(|rest| rest.starts_with('/')))
        .unwrap_or("content");
    let folder = page.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let folders = if path.starts_with('/') { vec![content] } else { vec![folder, content] };
    let bare = path.trim_end_matches('/');
    let forms =
        [bare.to_owned(), format!("{bare}.md"), format!("{bare}/index.md"), format!("{bare}/_index.md")];
    let joined = folders.iter().flat_map(|folder| forms.iter().filter_map(|form| join(folder, form)));
    if let Some(id) = joined.into_iter().find_map(|path| site.urls.page_of_file(&path)) {
        return Resolution::Page(id);
    }
    let name = bare.rsplit('/').next().unwrap_or(bare);
    let named = [site.files.named(name), site.files.named(&format!("{name}.md"))].concat();
    match &named[..] {
        [only] if !bare.contains('/') => source(site, only.to_string()),
        _ => Resolution::Unknown("no such page of the content"),
    }
}

/// From where a path counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// From the page, as its reader sees it.
    Page,
    /// From the root of the site, which was named with its host.
    Host,
    /// From a file of the repository, as GitHub shows it.
    Repository,
}

/// Hosts of the templates' own sites: a configuration that still names one says nothing of the site.
const TEMPLATE_HOSTS: &[&str] =
    &["academicpages.github.io", "alshedivat.github.io", "rayeren.github.io", "yaoyao-liu.github.io"];

/// The file or URL of the site that has a path in another letter case only.
fn miscased(site: &Site, path: &str) -> Option<String> {
    if let Some(other) = site.files.ignoring_case(path).iter().find(|other| site.files.has_file(other)) {
        return Some(other.to_string());
    }
    if site.facts.is_opaque {
        return None;
    }
    site.urls.ignoring_case(path).map(str::to_owned)
}

/// Where a path of a README leads on GitHub, which shows files and folders, and no pages.
fn in_repository(site: &Site, page: &Page, path: &str) -> Resolution {
    let folder = page.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder =
        if path.starts_with('/') || page.format != Format::Markdown(Dialect::Github) { "" } else { folder };
    let Some(joined) = join(folder, path) else { return Resolution::Unknown("outside the site") };
    let first = joined.split('/').next().unwrap_or_default();
    if matches!(
        first,
        "blob"
            | "tree"
            | "raw"
            | "issues"
            | "wiki"
            | "pulls"
            | "releases"
            | "actions"
            | "stargazers"
            | "network"
            | "graphs"
    ) {
        return Resolution::Unknown("an address within GitHub");
    }
    let files = &site.files;
    if let Some(id) = site.urls.page_of_file(&joined) {
        return Resolution::Page(id);
    }
    if files.has_file(&joined) {
        return Resolution::File(joined);
    }
    if files.has_folder(&joined) {
        return Resolution::Unknown("a folder");
    }
    if files.is_ignored(&joined) {
        return Resolution::Unknown("git-ignored");
    }
    match files.ignoring_case(&joined) {
        [actual, ..] => Resolution::Miscased { path: joined, actual: actual.to_string() },
        [] => Resolution::Missing { path: joined },
    }
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
    if facts.is_opaque {
        return Some("unknown generator");
    }
    // Addresses within GitHub: `../blob/main/LICENSE`, `../../issues`.
    if clean.split('/').any(|part| matches!(part, "blob" | "tree" | "issues" | "wiki" | "pulls" | "releases"))
    {
        return Some("an address within GitHub");
    }
    // A page that a plugin translates gets addresses of its own.
    if !is_file && site.files.has_folder("_i18n") {
        return Some("made by a plugin");
    }
    if base == Base::Layout && facts.generator.is_hugo() && is_image(clean) {
        // A picture beside the page that differs in its ending alone is the one that is meant.
        return (!has_sibling(site, page, clean)).then_some("the theme may have it");
    }
    // The template's own portraits, in a list of authors that nobody shows.
    if base == Base::Layout && clean.starts_with("bio-photo") {
        return Some("the template's own");
    }
    let is_based_elsewhere = base == Base::Layout || site.urls.of(page.id).is_empty();
    if is_based_elsewhere && (is_file || !is_rooted) {
        let name = clean.rsplit('/').next().unwrap_or_default();
        // A picture without its ending is none.
        let lacks_ending = clean.contains('/')
            && ["png", "jpg", "jpeg", "gif", "svg"]
                .iter()
                .any(|ending| !site.files.named(&format!("{name}.{ending}")).is_empty());
        if !is_file && !lacks_ending {
            return Some("another base folder");
        }
        let tail = clean.trim_start_matches("../");
        // Two folders that stand at the root leave no doubt from where the path counts.
        let is_rooted = facts.generator.is_jekyll()
            && tail
                .rsplit_once('/')
                .is_some_and(|(folder, _)| folder.contains('/') && site.files.has_folder(folder));
        if !is_rooted && has_suffix(site, tail) {
            return Some("another base folder");
        }
    }
    if facts.generator == Generator::Plain && has_suffix(site, clean) {
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

/// Whether some file ends with this path, however its accents are encoded.
fn has_suffix(site: &Site, path: &str) -> bool {
    let encoded = |path: String| site.files.has_suffix(&path);
    site.files.has_suffix(path)
        || !path.is_ascii() && (encoded(path.nfc().collect()) || encoded(path.nfd().collect()))
}

/// Whether a picture of this name but with another ending lies beside the page.
fn has_sibling(site: &Site, page: &Page, name: &str) -> bool {
    let folder = page.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    !name.contains('/')
        && ["png", "jpg", "jpeg", "svg", "webp"]
            .iter()
            .any(|ending| site.files.has_file(&format!("{folder}/{stem}.{ending}")))
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

#[cfg(test)]
mod tests;
