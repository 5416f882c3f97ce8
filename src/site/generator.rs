//! Which generator or template a site uses, and what its configuration says.
//!
//! Facts only: which URL a file gets is the duty of `urls`.

mod dialect;
mod hugo;
mod jekyll;

use crate::diagnostic::FileId;
use crate::markup::{Data, parse_json, parse_toml, parse_yaml};
use crate::site::Files;
use crate::text::Span;
use std::collections::BTreeMap;

/// The template or generator of a site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Generator {
    /// al-folio.
    AlFolio,
    /// academicpages.
    AcademicPages,
    /// AcadHomepage.
    AcadHomepage,
    /// minimal-light.
    MinimalLight,
    /// HugoBlox, Wowchemy, Hugo Academic.
    HugoBlox,
    /// Any other Hugo site.
    Hugo,
    /// Quarto.
    Quarto,
    /// Lab website template.
    LabWebsite,
    /// Jekyll with jekyll-scholar.
    JekyllScholar,
    /// Any other Jekyll site.
    Jekyll,
    /// One `index.md` with `layout: homepage` and no configuration.
    Bare,
    /// A repository whose page is its README.
    Readme,
    /// Markdown files without a generator.
    #[default]
    Plain,
}

impl Generator {
    /// The name as reports write it.
    pub const fn name(self) -> &'static str {
        match self {
            Generator::AlFolio => "al-folio",
            Generator::AcademicPages => "academicpages",
            Generator::AcadHomepage => "acadhomepage",
            Generator::MinimalLight => "minimal-light",
            Generator::HugoBlox => "hugoblox",
            Generator::Hugo => "hugo",
            Generator::Quarto => "quarto",
            Generator::LabWebsite => "lab-website-template",
            Generator::JekyllScholar => "jekyll-scholar",
            Generator::Jekyll => "jekyll",
            Generator::Bare => "homepage-bare",
            Generator::Readme => "readme",
            Generator::Plain => "plain",
        }
    }

    /// Whether Jekyll builds the site.
    pub const fn is_jekyll(self) -> bool {
        matches!(
            self,
            Generator::AlFolio
                | Generator::AcademicPages
                | Generator::AcadHomepage
                | Generator::MinimalLight
                | Generator::LabWebsite
                | Generator::JekyllScholar
                | Generator::Jekyll
                | Generator::Bare
        )
    }

    /// Whether Hugo builds the site.
    pub const fn is_hugo(self) -> bool {
        matches!(self, Generator::HugoBlox | Generator::Hugo)
    }
}

/// A collection of Jekyll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// Whether its documents get pages.
    pub output: bool,
    /// The template of their URLs.
    pub permalink: Option<String>,
}

/// An entry of Jekyll's `defaults`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Files under this path; all when empty.
    pub path: String,
    /// Files of this type (`posts`, `pages`, a collection).
    pub kind: Option<String>,
    /// The `permalink` it gives them.
    pub permalink: Option<String>,
    /// Whether it holds them back by `published: false`.
    pub unpublished: bool,
}

/// A language of a Hugo site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    /// Its code, in lower case.
    pub code: String,
    /// The folder of its content.
    pub content: String,
    /// Whether its pages stand at the root.
    pub at_root: bool,
}

/// What is known of the generator.
#[derive(Clone, Debug, Default)]
// Each is one answer of the configuration; together they are no state.
#[allow(clippy::struct_excessive_bools)]
pub struct Facts {
    /// Which one.
    pub generator: Generator,
    /// The parsed configuration (`_config.yml`, `hugo.toml`, `_quarto.yml`, …).
    pub config: Option<Data>,
    /// The path of the configuration, once one was found.
    pub config_path: Option<String>,
    /// The file of the configuration, once the pages are numbered.
    pub config_file: Option<FileId>,
    /// `baseurl` (Jekyll) or the path of `baseURL` (Hugo), `/x` without a final slash; empty at the root
    /// of a host.
    pub baseurl: String,
    /// The address of the site as configured, without a final slash.
    pub url: String,
    /// The hosts that serve the site, in lower case: those of `url` and of `CNAME`.
    pub hosts: Vec<String>,
    /// `repository` (Jekyll).
    pub repository: Option<String>,
    /// The repository that git fetches from, as `account/name` on GitHub.
    pub remote: Option<String>,
    /// `permalink` (Jekyll).
    pub permalink: Option<String>,
    /// `collections` (Jekyll), without `posts`.
    pub collections: BTreeMap<String, Collection>,
    /// `collections_dir` (Jekyll).
    pub collections_dir: String,
    /// `defaults` (Jekyll), in order; later and narrower ones win.
    pub defaults: Vec<Scope>,
    /// `include` (Jekyll): what is published in spite of its name.
    pub include: Vec<String>,
    /// `exclude` (Jekyll), or the negated `render` patterns (Quarto): what is not published.
    pub exclude: Vec<String>,
    /// jekyll-archives or jekyll-paginate make pages that no file stands for.
    pub makes_archives: bool,
    /// `scholar.source` and `scholar.bibliography` (jekyll-scholar).
    pub bibliography: Option<(String, String)>,
    /// `scholar.details_dir` (jekyll-scholar).
    pub details_dir: Option<String>,
    /// Languages with their content folders (Hugo); at least one for a Hugo site.
    pub languages: Vec<Language>,
    /// Folders that are served at the root (Hugo).
    pub static_dirs: Vec<String>,
    /// `permalinks` by section (Hugo).
    pub permalinks: BTreeMap<String, String>,
    /// `taxonomies` by their plural (Hugo).
    pub taxonomies: Vec<String>,
    /// `uglyURLs` (Hugo).
    pub ugly_urls: bool,
    /// `disablePathToLower` (Hugo).
    pub keeps_case: bool,
    /// `project.output-dir` (Quarto).
    pub output_dir: Option<String>,
    /// A theme from elsewhere may bring files and pages that the site does not hold.
    pub has_remote_theme: bool,
    /// Something that we do not know builds the site (`package.json`, templates, …): which URL a file
    /// gets cannot be told.
    pub is_opaque: bool,
}

/// Detects the generator from the files and the texts of the configuration files, as
/// `read(path)` gives them.
pub fn detect(files: &Files, read: &dyn Fn(&str) -> Option<String>) -> Facts {
    let site = Sources { files, read };
    let mut facts = jekyll::facts(&site)
        .or_else(|| hugo::facts(&site))
        .or_else(|| quarto(&site))
        .unwrap_or_else(|| without_generator(&site));
    for path in ["CNAME", "static/CNAME", "docs/CNAME"] {
        let Some(text) = site.text(path) else { continue };
        if let Some(host) = text.lines().map(str::trim).find(|line| line.contains('.')) {
            facts.hosts.push(host.to_lowercase());
        }
    }
    if let Some(host) = host_of(&facts.url) {
        facts.hosts.push(host);
    }
    facts.remote = read(".git/config").as_deref().and_then(remote_of);
    facts.hosts.sort();
    facts.hosts.dedup();
    facts
}

/// The files of a site and their texts.
struct Sources<'a> {
    files: &'a Files,
    read: &'a dyn Fn(&str) -> Option<String>,
}

impl Sources<'_> {
    fn has(&self, path: &str) -> bool {
        self.files.has_file(path)
    }

    fn text(&self, path: &str) -> Option<String> {
        if self.has(path) { (self.read)(path) } else { None }
    }

    /// A data file; `None` where it is missing, empty or broken.
    fn data(&self, path: &str) -> Option<Data> {
        let text = self.text(path)?;
        let span = Span::at(0, text.len());
        match path.rsplit('.').next() {
            Some("toml") => parse_toml(&text, span).ok(),
            Some("json") => parse_json(&text, span).ok(),
            _ => parse_yaml(&text, span).ok(),
        }
    }

    /// The first of some data files that there is, with its path.
    fn first(&self, paths: &[&str]) -> Option<(String, Data)> {
        paths.iter().find_map(|path| Some(((*path).to_owned(), self.data(path)?)))
    }
}

/// The strings of a list, or the one string.
fn strings(value: Option<&Data>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    match value.text() {
        Some(text) => vec![text.to_owned()],
        None => value.list().iter().filter_map(|each| each.text().map(str::to_owned)).collect(),
    }
}

/// The host of an absolute address, in lower case.
fn host_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("//")?;
    let host = rest.split(['/', '?', '#']).next()?.to_lowercase();
    host.contains('.').then_some(host)
}

/// The repository on GitHub that `origin` is, by git's own configuration.
fn remote_of(config: &str) -> Option<String> {
    let (_, origin) = config.split_once("[remote \"origin\"]")?;
    let url = origin
        .lines()
        .skip(1)
        .map(str::trim)
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix("url")?.trim_start().strip_prefix('='))?
        .trim();
    let (_, path) = url.split_once("github.com")?;
    let path = path.trim_start_matches([':', '/']).trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (path.split('/').count() == 2).then(|| path.to_owned())
}

/// `/x` without a final slash, or nothing.
fn base_path(path: &str) -> String {
    let path = path.trim().trim_matches('/');
    if path.is_empty() || path.contains("//") { String::new() } else { format!("/{path}") }
}

fn quarto(site: &Sources<'_>) -> Option<Facts> {
    let path = ["_quarto.yml", "_quarto.yaml"].into_iter().find(|path| site.has(path))?;
    let config = site.data(path);
    let mut facts = Facts { generator: Generator::Quarto, ..Facts::default() };
    if let Some(config) = &config {
        let website = config.get("website");
        let project = config.get("project");
        facts.url = website
            .and_then(|website| website.str("site-url"))
            .map(|url| url.trim_end_matches('/').to_owned())
            .unwrap_or_default();
        if let Some((_, rest)) = facts.url.split_once("//") {
            facts.baseurl = rest.split_once('/').map(|(_, path)| base_path(path)).unwrap_or_default();
        }
        facts.output_dir = project
            .and_then(|project| project.str("output-dir"))
            .map(|folder| folder.trim_matches('/').to_owned());
        facts.exclude = strings(project.and_then(|project| project.get("render")))
            .into_iter()
            .filter_map(|pattern| pattern.strip_prefix('!').map(str::to_owned))
            .collect();
    }
    facts.config = config;
    facts.config_path = Some(path.to_owned());
    Some(facts)
}

fn without_generator(site: &Sources<'_>) -> Facts {
    let bare = ["index.md", "index.html"].into_iter().find_map(|path| site.text(path));
    let is_bare = bare.is_some_and(|text| {
        text.starts_with("---")
            && text.lines().skip(1).take_while(|line| line.trim_end() != "---").any(|line| {
                line.split_once(':').is_some_and(|(key, value)| key == "layout" && !value.trim().is_empty())
            })
    });
    let generator = if is_bare {
        Generator::Bare
    } else if site.files.ignoring_case("readme.md").iter().any(|path| !path.contains('/')) {
        Generator::Readme
    } else {
        Generator::Plain
    };
    let is_opaque = [
        "package.json",
        "astro.config.mjs",
        "stone.toml",
        "mkdocs.yml",
        "conf.py",
        "docusaurus.config.js",
        "next.config.js",
        "gatsby-config.js",
        "eleventy.config.js",
        ".eleventy.js",
        "pelicanconf.py",
        "Makefile",
        "index.hbs",
    ]
    .iter()
    .any(|path| site.has(path));
    let generator = if is_opaque && generator == Generator::Readme { Generator::Plain } else { generator };
    Facts { generator, is_opaque, ..Facts::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn facts(site: &[(&str, &str)]) -> Facts {
        let files = Files::new(site.iter().map(|(path, _)| Arc::from(*path)));
        detect(&files, &|path| {
            site.iter().find(|(each, _)| *each == path).map(|(_, text)| (*text).to_owned())
        })
    }

    #[test]
    fn generators() {
        for (site, expected) in [
            (
                &[("_config.yml", "scholar:\n  source: x\nfiltered_bibtex_keywords: [a]\n")][..],
                Generator::AlFolio,
            ),
            (&[("_config.yml", "scholar:\n  source: x\n"), ("_layouts/bib.liquid", "")], Generator::AlFolio),
            (&[("_config.yml", "scholar:\n  source: x\n")], Generator::JekyllScholar),
            (
                &[("_config.yml", "author:\n  name: A\ncollections:\n  publications:\n    output: true\n")],
                Generator::AcademicPages,
            ),
            (
                &[("_config.yml", "google_scholar_stats_use_cdn: true\nauthor:\n  name: A\n")],
                Generator::AcadHomepage,
            ),
            (&[("_config.yml", "title: A\n"), ("_layouts/homepage.html", "")], Generator::MinimalLight),
            (
                &[("_config.yaml", "title: A\n"), ("_data/citations.yaml", ""), ("_members/a.md", "")],
                Generator::LabWebsite,
            ),
            (&[("_config.yml", "title: A\n")], Generator::Jekyll),
            (&[("hugoblox.yaml", "")], Generator::HugoBlox),
            (&[("hugo.toml", "baseURL = 'https://x.org/'\n"), ("content/a.md", "")], Generator::Hugo),
            (&[("config.toml", "theme = 'academic'\n"), ("content/a.md", "")], Generator::HugoBlox),
            (&[("config.toml", "theme = 'plain'\n")], Generator::Plain),
            (&[("_quarto.yml", "website:\n  title: A\n")], Generator::Quarto),
            (&[("index.md", "---\nlayout: homepage\n---\n")], Generator::Bare),
            (&[("README.md", "# List\n")], Generator::Readme),
            (&[("README.md", ""), ("package.json", "")], Generator::Plain),
            (&[("notes.md", "")], Generator::Plain),
            (&[("_config.yml", "a: [broken\n")], Generator::Jekyll),
        ] {
            assert_eq!(facts(site).generator, expected, "{site:?}");
        }
    }

    #[test]
    fn what_reaches_a_visitor() {
        let jekyll = facts(&[("_config.yml", "title: A\n")]);
        for (path, expected) in [
            ("_pages/about.md", true),
            ("_pages/_cv.md", false),
            ("_drafts/x.md", false),
            ("_pages/includes/_x.md", true),
            ("_news/x.md", true),
        ] {
            assert_eq!(jekyll.shows(path), expected, "{path}");
        }
        let hugo = facts(&[("hugo.toml", "title = 'A'\n"), ("content/a.md", "")]);
        assert!(hugo.shows("content/a.md") && !hugo.shows("docs/setup.md"));
    }

    #[test]
    fn what_jekylls_configuration_says() {
        let facts = facts(&[
            (
                "_config.yml",
                "url: https://Ann.github.io/\nbaseurl: site/\npermalink: pretty\nrepository: ann/site\ncollections:\n  talks:\n    output: true\n    permalink: /talk/:path/\n  news:\ndefaults:\n  - scope: {path: '', type: posts}\n    values: {permalink: /p/:title/}\ninclude: [_pages]\nexclude:\n  - vendor\nscholar:\n  source: /_bib/\n  bibliography: mine.bib\n",
            ),
            ("CNAME", "www.ann.example\n"),
        ]);
        assert_eq!((facts.baseurl.as_str(), facts.url.as_str()), ("/site", "https://Ann.github.io"));
        assert_eq!(facts.hosts, ["ann.github.io", "www.ann.example"]);
        assert!(facts.collections["talks"].output && !facts.collections["news"].output);
        assert_eq!(facts.defaults[0].permalink.as_deref(), Some("/p/:title/"));
        assert_eq!(facts.bibliography, Some(("_bib".to_owned(), "mine.bib".to_owned())));
        assert_eq!((facts.include.len(), facts.exclude.len()), (1, 1));
    }

    #[test]
    fn what_hugos_configuration_says() {
        let facts = facts(&[
            (
                "config/_default/hugo.yaml",
                "baseURL: https://x.org/lab/\nuglyURLs: true\npermalinks:\n  post: /p/:slug/\n",
            ),
            (
                "config/_default/languages.yaml",
                "en:\n  contentDir: content/en\nzh:\n  contentDir: content/zh\n",
            ),
            ("content/en/_index.md", ""),
        ]);
        assert_eq!((facts.generator, facts.baseurl.as_str()), (Generator::Hugo, "/lab"));
        let languages: Vec<_> = facts
            .languages
            .iter()
            .map(|language| (language.code.as_str(), language.content.as_str(), language.at_root))
            .collect();
        assert_eq!(languages, [("en", "content/en", true), ("zh", "content/zh", false)]);
        assert!(facts.ugly_urls);
        assert_eq!(facts.permalinks["post"], "/p/:slug/");
    }
}
