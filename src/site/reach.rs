//! What reaches a visitor: which file takes in which other, from the pages that have an address.
//!
//! A file is taken in by a tag of Liquid, a shortcode, a field of front matter, or as data; layouts count
//! as far as they were handed in. What a theme that is not in the site does is not known.

use super::urls::is_excluded;
use super::{Facts, Files, Generator, Site, UrlMap};
use crate::diagnostic::FileId;
use crate::markup::{Data, Value};
use crate::model::{Format, Page};
use crate::text::Source;
use regex::Regex;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, LazyLock};

/// Whether what stands in a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It has a page of its own, or pages show it.
    Shown,
    /// It is held back: a draft, a widget that is switched off, data that something else replaces.
    Hidden,
    /// All that would take it in is commented out.
    CommentedOut,
    /// Nothing takes it in.
    Unused,
    /// Nothing is known to show it; a layout or theme may.
    Unknown,
}

impl Reach {
    /// The name as reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            Reach::Shown => "shown",
            Reach::Hidden => "held back",
            Reach::CommentedOut => "commented out",
            Reach::Unused => "unused",
            Reach::Unknown => "unknown",
        }
    }
}

/// What takes in other files: the name it gives, and how it is to be read.
enum Taken<'t> {
    /// `{% include x.html %}`
    Include(&'t str),
    /// `{% include_relative x.md %}`
    Relative(&'t str),
    /// `site.data.x`
    Data(&'t str),
    /// The parameters of a shortcode.
    Shortcode(&'t str),
    /// `{% bibliography --file x %}`
    Bibliography(&'t str),
}

/// Every taking in of a text, with where it stands.
fn takings(text: &str) -> impl Iterator<Item = (usize, Taken<'_>)> {
    static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r#"\{%-?\s*(?:include|include_cached)\s+["']?([^\s"'%{}]+)"#,
            r#"|\{%-?\s*include_relative\s+["']?([^\s"'%{}]+)"#,
            r#"|site\.data\.([0-9A-Za-z_-]+)|site\.data\[["']([^"'\]]+)"#,
            r#"|\{\{[<%]\s*[0-9A-Za-z_/.-]+\s+([^<>%{}]+)[>%]\}\}"#,
            r#"|--file\s+([0-9A-Za-z_./-]+)"#,
            r#"|\bdata="([0-9A-Za-z_-]+)""#,
        ))
        .ok()
    });
    let pattern = if text.contains(['{', '[']) { PATTERN.as_ref() } else { None };
    pattern.into_iter().flat_map(|pattern| pattern.captures_iter(text)).filter_map(|captures| {
        let at = captures.get(0)?.start();
        let group = |number: usize| captures.get(number).map(|found| found.as_str());
        let taken = group(1)
            .map(Taken::Include)
            .or_else(|| group(2).map(Taken::Relative))
            .or_else(|| group(3).or_else(|| group(4)).or_else(|| group(7)).map(Taken::Data))
            .or_else(|| group(5).map(Taken::Shortcode))
            .or_else(|| group(6).map(Taken::Bibliography))?;
        Some((at, taken))
    })
}

/// The comments of a text, in order: `<!-- … -->` and `{% comment %} … {% endcomment %}`.
fn comments(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let html = rest.find("<!--").map(|start| (start, "-->"));
        let liquid = rest.find("{% comment").map(|start| (start, "endcomment"));
        let Some((start, end)) = html.into_iter().chain(liquid).min() else { break };
        let length = rest.get(start..).and_then(|rest| rest.find(end)).map(|length| length + end.len());
        let stop = length.map_or(text.len(), |length| at + start + length);
        out.push((at + start, stop));
        at = stop;
    }
    out
}

/// Which files take in which.
struct Graph {
    /// From each page: what it takes in, and whether outside a comment.
    edges: Vec<Vec<(FileId, bool)>>,
    /// What layouts take in.
    from_layouts: Vec<(FileId, bool)>,
}

/// What is needed to find the file that is taken in.
struct Places<'s> {
    urls: &'s UrlMap,
    facts: &'s Facts,
    data: BTreeMap<String, Vec<FileId>>,
}

impl Places<'_> {
    fn file(&self, path: &str) -> Option<FileId> {
        self.urls.page_of_file(path.trim_start_matches("./"))
    }

    /// The files that a text at a path takes in.
    fn taken(&self, path: &str, text: &str) -> Vec<(FileId, bool)> {
        let comments = comments(text);
        let is_live = |at: usize| {
            let before = comments.partition_point(|(start, _)| *start <= at);
            before.checked_sub(1).is_none_or(|index| comments[index].1 <= at)
        };
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let beside =
            |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut out = Vec::new();
        for (at, taken) in takings(text) {
            let live = is_live(at);
            let mut add = |found: Option<FileId>| out.extend(found.map(|id| (id, live)));
            match taken {
                Taken::Include(name) => add(self.file(&format!("_includes/{name}"))),
                Taken::Relative(name) => add(self.file(&beside(name.trim_start_matches("./")))),
                Taken::Data(name) => {
                    out.extend(self.data.get(name).into_iter().flatten().map(|id| (*id, live)));
                }
                Taken::Shortcode(parameters) => {
                    let values = parameters.split(|c: char| c.is_whitespace() || "\"'`=".contains(c));
                    for value in values.filter(|value| value.contains(['.', '/'])) {
                        let rooted = value.trim_start_matches('/');
                        add([beside(value), rooted.to_owned(), format!("content/{rooted}")]
                            .iter()
                            .flat_map(|path| [path.clone(), format!("{path}.md"), format!("{path}/index.md")])
                            .find_map(|path| self.file(&path)));
                    }
                }
                Taken::Bibliography(name) => {
                    let source =
                        self.facts.bibliography.as_ref().map_or("_bibliography", |(source, _)| source);
                    let path = format!("{}/{name}", source.trim_matches(['/', '.']));
                    add(self.file(&path).or_else(|| self.file(&format!("{path}.bib"))));
                }
            }
        }
        out
    }

    /// The files that fields of front matter name: `bibliography: refs.bib`, `contents: talks.yml`.
    fn named(&self, path: &str, value: &Data, out: &mut Vec<(FileId, bool)>) {
        match &value.value {
            Value::Text { .. } => {
                let Some(name) = value.text().filter(|name| name.contains('.') && !name.contains("://"))
                else {
                    return;
                };
                let name = name.trim_start_matches(['/', '.']);
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                let found = [folder, "", "_data", "_bibliography", "assets/bibliography"]
                    .iter()
                    .map(
                        |folder| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") },
                    )
                    .find_map(|path| self.file(&path));
                out.extend(found.map(|id| (id, true)));
            }
            Value::List(list) => list.iter().for_each(|each| self.named(path, each, out)),
            Value::Map(pairs) => pairs.iter().for_each(|pair| self.named(path, &pair.value, out)),
            Value::Null => {}
        }
    }
}

impl Graph {
    fn new(pages: &[Arc<Page>], layouts: &[Source], urls: &UrlMap, facts: &Facts) -> Self {
        let mut data: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        for page in pages {
            let inner = page.path().strip_prefix("_data/").or_else(|| page.path().strip_prefix("data/"));
            let Some(inner) = inner.filter(|_| !page.format.is_page()) else { continue };
            let name = inner
                .split_once('/')
                .map_or_else(|| inner.rsplit_once('.').map_or(inner, |(stem, _)| stem), |(folder, _)| folder);
            data.entry(name.to_owned()).or_default().push(page.id);
        }
        let places = Places { urls, facts, data };
        let edges = pages
            .iter()
            .map(|page| {
                let mut out = places.taken(page.path(), page.source.text());
                if let Some(front) = page.data.as_ref().filter(|_| page.format.is_page()) {
                    places.named(page.path(), front, &mut out);
                }
                // A bundle of Hugo: what lies beside `index.md` is that page's.
                if facts.generator.is_hugo()
                    && let Some(folder) = page.path().strip_suffix("/index.md")
                {
                    out.extend(places.file(&format!("{folder}/cite.bib")).map(|id| (id, true)));
                }
                out
            })
            .collect();
        let from_layouts =
            layouts.iter().flat_map(|layout| places.taken(layout.path(), layout.text())).collect();
        Graph { edges, from_layouts }
    }

    /// Whether each file is reached from the roots, by tags that are in force or, failing that, by any.
    fn reached(&self, roots: &[FileId]) -> (Vec<bool>, Vec<bool>) {
        let walk = |only_live: bool| {
            let mut seen = vec![false; self.edges.len()];
            let start = self.from_layouts.iter().filter(|(_, live)| *live || !only_live).map(|(id, _)| *id);
            let mut waiting: Vec<FileId> = roots.iter().copied().chain(start).collect();
            while let Some(id) = waiting.pop() {
                let Some(held) = seen.get_mut(id.0 as usize) else { continue };
                if std::mem::replace(held, true) {
                    continue;
                }
                let edges = self.edges[id.0 as usize].iter();
                waiting.extend(edges.filter(|(_, live)| *live || !only_live).map(|(id, _)| *id));
            }
            seen
        };
        (walk(true), walk(false))
    }
}

/// The reach of each page of a site, by its number.
pub(super) fn of_all(site: &Site) -> Vec<Reach> {
    let Site { pages, files, facts, urls, .. } = site;
    let graph = Graph::new(pages, &site.layouts, urls, facts);
    let held: Vec<bool> = pages.iter().map(|page| is_held_back(page, files, facts)).collect();
    let is_root = |page: &&Arc<Page>| !held[page.id.0 as usize] && is_root(page, pages, urls, facts);
    let roots: Vec<FileId> = pages.iter().filter(is_root).map(|page| page.id).collect();
    let (live, any) = graph.reached(&roots);
    // Empty layouts are none; a remote theme has some that were not read.
    let knows_layouts = !site.layouts.is_empty()
        && !facts.has_remote_theme
        && site.layouts.iter().all(|layout| !layout.text().trim().is_empty());
    // What data holds is shown by a loop over it, which names the data and not the file.
    let unreached = |page: &&Arc<Page>| {
        let index = page.id.0 as usize;
        (page.format.is_page() || page.format == Format::Bibtex) && !held[index] && !any[index]
    };
    let wanted: Vec<FileId> = pages.iter().filter(unreached).map(|page| page.id).collect();
    let speaks = |page: &&Arc<Page>| page.format.is_page() && !facts.is_document(page.path(), files);
    let mentioned = mentioned(pages.iter().filter(speaks), &wanted, pages);
    pages
        .iter()
        .map(|page| {
            let index = page.id.0 as usize;
            if held[index] {
                Reach::Hidden
            } else if live[index] {
                Reach::Shown
            } else if any[index] {
                Reach::CommentedOut
            } else if is_excluded(page.path(), facts) {
                Reach::Hidden
            } else if mentioned.contains(&page.id) {
                Reach::Shown
            } else if is_part(page.path(), facts) || (knows_layouts && facts.generator.is_jekyll()) {
                Reach::Unused
            } else {
                Reach::Unknown
            }
        })
        .collect()
}

/// Whether a fragment can be taken in by pages only: no layout knows of it.
fn is_part(path: &str, facts: &Facts) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let in_includes = path.contains("/includes/") && facts.generator != Generator::Plain;
    in_includes || (facts.generator == Generator::Quarto && name.starts_with('_') && name.ends_with("md"))
}

/// A draft, what is not published, a widget that is switched off, and what something else replaces.
fn is_held_back(page: &Page, files: &Files, facts: &Facts) -> bool {
    if !page.format.is_page() {
        return page.path() == "_data/cv.yml" && files.has_file("assets/json/resume.json");
    }
    let says = |key: &str, test: fn(&Data) -> bool| {
        page.data.as_ref().and_then(|data| data.get(key)).is_some_and(test)
    };
    says("draft", Data::is_true)
        || says("published", Data::is_false)
        || says("active", Data::is_false)
        || (!is_part(page.path(), facts) && !facts.shows(page.path()))
}

/// Whether a file is shown by itself: it has an address, or the generator asks for it.
fn is_root(page: &Page, pages: &[Arc<Page>], urls: &UrlMap, facts: &Facts) -> bool {
    let path = page.path();
    if Some(page.id) == facts.config_file {
        return true;
    }
    if page.format.is_page() {
        let is_fragment = is_part(path, facts) && page.data.is_none();
        // A section of a home page of HugoBlox has no address of its own.
        let is_section = facts.generator.is_hugo() && page.field("widget").is_some();
        return !is_fragment && facts.shows(path) && (is_section || !urls.of(page.id).is_empty());
    }
    if page.format == Format::Bibtex {
        return facts.bibliography.as_ref().is_some_and(|(source, name)| {
            let source = source.trim_matches(['/', '.']);
            path.strip_prefix(source).is_some_and(|rest| rest.trim_start_matches('/') == name)
        });
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    path.starts_with("config/")
        || stem.starts_with("_config")
        || stem.starts_with("_quarto")
        || matches!(stem, "_metadata" | "_variables" | "socials" | "hugoblox")
        || (stem == "cv" && pages.iter().any(|each| each.field("layout") == Some("cv")))
}

/// Those of the files in question that a page names outside a comment, in whatever way.
fn mentioned<'p>(
    speakers: impl Iterator<Item = &'p Arc<Page>>,
    wanted: &[FileId],
    pages: &[Arc<Page>],
) -> HashSet<FileId> {
    let mut by_name: HashMap<&str, Vec<FileId>> = HashMap::new();
    for id in wanted {
        let path = pages[id.0 as usize].path();
        let name = path.rsplit('/').next().unwrap_or(path);
        // Every bundle of Hugo has files of these names; to name one is to name none.
        if !matches!(name, "index.md" | "_index.md" | "cite.bib") {
            by_name.entry(name).or_default().push(*id);
        }
    }
    let mut out = HashSet::new();
    for page in speakers.filter(|_| !by_name.is_empty()) {
        let lines = page.source.text().lines().filter(|line| line.contains('.'));
        for line in lines.filter(|line| !line.trim_start().starts_with('#')) {
            let live = line.split("<!--").next().unwrap_or(line);
            for word in live.split(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))) {
                let named = by_name.get(word.trim_end_matches('.')).into_iter().flatten();
                out.extend(named.filter(|id| **id != page.id));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
