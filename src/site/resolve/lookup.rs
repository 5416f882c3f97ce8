//! Whether a path from the site's root is served.

use crate::diagnostic::FileId;
use crate::site::{Generator, Served, Site, urls};
use unicode_normalization::UnicodeNormalization;

/// What a path leads to.
pub(super) enum Found {
    Page(FileId),
    File(String),
    /// It is there, and the generator does not publish it: the path of its file.
    Unpublished(String),
    /// It is there in another letter case, or with its accents stored in another way, as given.
    Miscased(String),
    Unknown(&'static str),
}

/// Looks up a path from the root, without a leading slash. `None` when nothing is there.
pub(super) fn find(site: &Site, path: &str) -> Option<Found> {
    exactly(site, path).or_else(|| {
        if path.is_ascii() {
            return None;
        }
        // Some systems write file names in decomposed form, and authors type them composed: to a server these
        // are two names. What a generator makes of the name of a page is another matter.
        let (composed, decomposed): (String, String) = (path.nfc().collect(), path.nfd().collect());
        match exactly(site, &composed).or_else(|| exactly(site, &decomposed))? {
            Found::File(actual) => Some(Found::Miscased(actual)),
            other => Some(other),
        }
    })
}

fn exactly(site: &Site, path: &str) -> Option<Found> {
    let (files, facts) = (&site.files, &site.facts);
    let file = |path: &str| {
        files.has_file(path).then(|| match site.urls.page_of_file(path) {
            Some(id) if site.page(id).format.is_page() => Found::Page(id),
            _ if urls::is_hidden(path, facts, files) => Found::Unpublished(path.to_owned()),
            Some(id) => Found::Page(id),
            None => Found::File(path.to_owned()),
        })
    };
    let held_back = || Some(Found::Unpublished(site.page(site.urls.unpublished(path)?).path().to_owned()));
    if let Some(served) = site.urls.find(path) {
        return Some(match served {
            Served::Page(id) => Found::Page(*id),
            Served::File(path) => Found::File(path.to_string()),
        });
    }
    if let Some(found) = file(path) {
        return Some(found);
    }
    if facts.generator.is_hugo() {
        if let Some(found) = held_back() {
            return Some(found);
        }
        let lower = path.to_lowercase();
        let roots =
            facts.static_dirs.iter().map(String::as_str).chain(["assets", "assets/media", "assets/images"]);
        // A language that does not stand at the root is served under its code.
        let contents = facts.languages.iter().filter_map(|language| {
            let code = format!("{}/", language.code);
            let rest = if language.at_root { Some(path) } else { path.strip_prefix(code.as_str()) };
            Some((language.content.as_str(), rest?))
        });
        let roots = roots.chain(["content"]).map(|root| (root, path));
        for (root, path) in roots.chain(contents) {
            let inner = format!("{root}/{path}");
            if let Some(found) = file(&inner) {
                return Some(found);
            }
            // Hugo serves its content in lower case.
            if root.starts_with("content")
                && let Some(actual) = site.urls.ignoring_case(path)
            {
                return Some(Found::Miscased(actual.to_owned()));
            }
            if files.has_folder(&inner) {
                return Some(Found::Unknown("a folder"));
            }
            // Hugo writes its paths in lower case; which letters the source has does not matter.
            if root.starts_with("content") && !files.ignoring_case(&inner).is_empty() {
                return Some(Found::Unknown("a file of the content"));
            }
            if files.is_ignored(&inner) {
                return Some(Found::Unknown("git-ignored"));
            }
        }
        if facts.taxonomies.iter().any(|taxonomy| lower.split('/').any(|part| part == taxonomy)) {
            return Some(Found::Unknown("generated"));
        }
    }
    if let Some(folder) = &facts.output_dir
        && let Some(found) = file(&format!("{folder}/{path}"))
    {
        return Some(found);
    }
    if files.has_folder(path.trim_end_matches('/')) {
        return Some(Found::Unknown("a folder"));
    }
    if let Some(found) = held_back() {
        return Some(found);
    }
    if files.is_ignored(path) || files.is_ignored(&format!("{path}.html")) {
        return Some(Found::Unknown("git-ignored"));
    }
    is_generated(site, path).then_some(Found::Unknown("generated"))
}

/// Whether the generator or one of its plugins may make this file.
fn is_generated(site: &Site, path: &str) -> bool {
    let facts = &site.facts;
    let lower = path.to_lowercase();
    let name = lower.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    if matches!(
        extension,
        "css" | "js" | "mjs" | "map" | "xml" | "json" | "webmanifest" | "ics" | "txt" | "atom" | "rss"
    ) {
        return true;
    }
    if matches!(stem, "feed" | "sitemap" | "404" | "atom" | "rss") {
        return true;
    }
    // Pictures in other formats and sizes: `a-480.webp` from `a.png`.
    if matches!(extension, "webp" | "avif") {
        let base = stem
            .rsplit_once('-')
            .filter(|(_, size)| size.parse::<u32>().is_ok())
            .map_or(stem, |(base, _)| base);
        let has_other = ["png", "jpg", "jpeg", "gif", "tiff"]
            .iter()
            .any(|other| !site.files.named(&format!("{base}.{other}")).is_empty());
        if has_other {
            return true;
        }
    }
    let mut parts = lower.split('/');
    let first = parts.next().unwrap_or_default();
    let second = parts.next();
    if facts.makes_archives && extension.is_empty() {
        let is_archive =
            matches!(first, "blog" | "tags" | "tag" | "categories" | "category" | "archive" | "archives")
                || second.is_some_and(|part| {
                    matches!(part, "tag" | "category" | "tags" | "categories" | "page")
                        || part.strip_prefix("page").unwrap_or(part).parse::<u16>().is_ok()
                });
        if is_archive {
            return true;
        }
    }
    if let Some(folder) = &facts.details_dir
        && lower.starts_with(&folder.to_lowercase())
    {
        return true;
    }
    // A theme that is not in the site brings its own assets.
    facts.has_remote_theme
        && facts.generator.is_jekyll()
        && first == "assets"
        && !site.files.has_folder("assets")
}

/// Folders in which sites keep their own files.
const OWN_FOLDERS: &[&str] = &[
    "files",
    "file",
    "images",
    "image",
    "img",
    "imgs",
    "assets",
    "asset",
    "pdf",
    "pdfs",
    "papers",
    "paper",
    "static",
    "uploads",
    "upload",
    "media",
    "docs",
    "doc",
    "slides",
    "posters",
    "figs",
    "figures",
    "figure",
    "pics",
    "photos",
    "data",
    "resources",
    "publications",
    "publication",
    "bib",
    "cv",
    "content",
];

/// Whether a rooted path that the site does not have may belong to another site on its host.
pub(super) fn sister(site: &Site, path: &str, is_file: bool) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    if !is_file && path.contains('/') && is_moved(site, last) {
        return false;
    }
    let Some((first, _)) = path.split_once('/') else {
        // `/cv.pdf` can only be ours; `/other` may be a project's page.
        return !is_file && !is_almost_ours(site, path);
    };
    if site.facts.generator == Generator::Readme {
        return true;
    }
    let is_ours = site.files.has_folder(first)
        || site.files.has_folder(&format!("_{first}"))
        || site.urls.find(first).is_some()
        || site.urls.has_folder(first)
        || site.facts.static_dirs.iter().any(|folder| site.files.has_folder(&format!("{folder}/{first}")))
        || site
            .facts
            .languages
            .iter()
            .any(|each| site.files.has_folder(&format!("{}/{first}", each.content)));
    !(is_ours || (is_file && OWN_FOLDERS.contains(&first.to_lowercase().as_str())))
}

/// Whether a page of this very name is served in some folder: a name that is a word may be anyone's.
fn is_moved(site: &Site, name: &str) -> bool {
    name.len() > 4
        && name.contains(|each: char| each == '-' || each.is_ascii_digit())
        && site.urls.has_name(name)
}

/// Whether a page of the site has nearly this name, or this very name in another folder.
fn is_almost_ours(site: &Site, name: &str) -> bool {
    if name.len() < 4 {
        return false;
    }
    let grown = |short: &str, long: &str| {
        short.len() >= 4 && long.strip_prefix(short).is_some_and(|rest| rest.starts_with('-') || rest == "s")
    };
    is_moved(site, name)
        || site.urls.top().filter(|key| key.len() >= 4).take(2000).any(|key| {
            grown(key, name)
                || grown(name, key)
                || (key.len().abs_diff(name.len()) < 2 && strsim::osa_distance(key, name) < 2)
        })
}
