//! Targets on small sites of each generator.

use super::*;
use crate::markup::{Bib, Dialect, Doc, Flow, parse_yaml};
use crate::model::Format;
use crate::site::{Files, detect};
use crate::text::{Source, Span};
use std::sync::Arc;

/// A site of files with their texts; Markdown and HTML files that have one become pages.
fn site(files: &[(&str, &str)]) -> Site {
    let listed = Files::new(files.iter().map(|(path, _)| Arc::from(*path)))
        .with_ignored([Arc::from("_site/")], &[(String::new(), "build/\n".to_owned())]);
    let read = |path: &str| files.iter().find(|(each, _)| *each == path).map(|(_, text)| (*text).to_owned());
    let facts = detect(&listed, &read);
    let pages = files.iter().filter(|(path, text)| !text.is_empty() && !path.contains("config")).enumerate();
    let pages = pages.map(|(number, (path, text))| {
        let span = Span::at(0, text.len());
        let is_data = path.starts_with("_data/");
        let format = if is_data { Format::Yaml } else { Format::Markdown(Dialect::Kramdown) };
        Arc::new(Page {
            id: FileId(number as u32),
            source: Source::new(*path, *text),
            format,
            doc: Doc::default(),
            flow: Flow::default(),
            data: parse_yaml(text, span).ok(),
            bib: Bib::default(),
            links: Vec::new(),
            publications: Vec::new(),
            problems: Vec::new(),
            prose: std::sync::OnceLock::new(),
        })
    });
    Site::new(pages.collect(), listed, facts)
}

fn show(site: &Site, from: &str, target: &str) -> String {
    let page = site.pages.iter().find(|page| page.path() == from).expect("the page");
    match site.resolve(page, target) {
        Resolution::External => "external".to_owned(),
        Resolution::Page(id) => format!("page {}", site.page(id).path()),
        Resolution::File(path) => format!("file {path}"),
        Resolution::Missing { path } => format!("missing {path}"),
        Resolution::Miscased { actual, .. } => format!("miscased {actual}"),
        Resolution::Unpublished(path) => format!("unpublished {path}"),
        Resolution::Unknown(why) => format!("unknown {why}"),
    }
}

#[test]
fn on_a_jekyll_site() {
    let site = site(&[
        (
            "_config.yml",
            "url: https://ann.example\nbaseurl: ''\ninclude: [_pages]\ncollections:\n  talks: {output: true}\n  news:\npaginate: 5\n",
        ),
        ("index.md", "title: home"),
        ("_pages/pubs.md", "permalink: /publications/"),
        ("_talks/a.md", "title: a"),
        ("_news/a.md", "title: a"),
        ("_posts/2020-05-01-swarm.md", "title: a"),
        ("_includes/bio.md", "title: x"),
        ("files/My CV.pdf", ""),
        ("images/me.png", ""),
        ("images/größe.png", ""),
        ("blog/index.html", "title: blog"),
        ("assets/main.scss", ""),
        ("_data/people.yml", "image: x"),
    ]);
    for (from, target, expected) in [
        ("index.md", "", "page index.md"),
        ("index.md", "#news", "page index.md"),
        ("index.md", "mailto:ann@x.org", "external"),
        ("index.md", "//x.org/a", "external"),
        ("index.md", "HTTPS://x.org/a", "external"),
        ("index.md", "https://ann.example/publications", "page _pages/pubs.md"),
        ("index.md", "https://ann.example/old.pdf", "missing old.pdf"),
        ("index.md", "https://ann.example/other/", "external"),
        ("index.md", "images/ME.png", "miscased images/me.png"),
        ("index.md", "/Publications/", "miscased publications"),
        ("index.md", "/publication/", "missing publication"),
        ("index.md", "/publications/#key", "page _pages/pubs.md"),
        ("index.md", "publications?x=1", "page _pages/pubs.md"),
        ("index.md", "files/My%20CV.pdf", "file files/My CV.pdf"),
        ("index.md", "files/old.pdf", "missing files/old.pdf"),
        ("index.md", "{{ site.baseurl }}/images/me.png", "file images/me.png"),
        ("index.md", "{{ page.url }}", "unknown template"),
        ("index.md", "{% link _pages/pubs.md %}", "page _pages/pubs.md"),
        ("index.md", "{% link _pages/old.md %}", "unknown no such source"),
        ("index.md", "{% post_url 2020-05-01-swarm %}", "page _posts/2020-05-01-swarm.md"),
        ("index.md", "{% post_url 2020-05-02-swarm %}", "unknown no such post"),
        ("index.md", "images/gro\u{308}ße.png", "miscased images/größe.png"),
        ("index.md", "/talks/a.html", "page _talks/a.md"),
        ("index.md", "/news/a", "unpublished _news/a.md"),
        ("index.md", "/files/", "unknown a folder"),
        ("index.md", "/other-project/", "unknown another site on this host"),
        ("index.md", "/other-project/a.pdf", "unknown another site on this host"),
        ("index.md", "/cv.pdf", "missing cv.pdf"),
        ("index.md", "/files/", "unknown a folder"),
        ("index.md", "/feed.xml", "unknown generated"),
        ("index.md", "/assets/main.css", "unknown generated"),
        ("index.md", "images/me-480.webp", "unknown generated"),
        ("index.md", "/blog/2020/", "unknown generated"),
        ("index.md", "/build/x.pdf", "unknown git-ignored"),
        ("index.md", "_site/x.pdf", "unknown git-ignored"),
        ("index.md", "../../etc/passwd", "unknown outside the site"),
        ("index.md", "www.x.org/a.pdf", "unknown address without a scheme"),
        ("index.md", "github.com/ann", "unknown address without a scheme"),
        ("index.md", "(https://x.org)", "unknown malformed"),
        ("index.md", "%ff.pdf", "unknown not text"),
        ("_pages/pubs.md", "../files/old.pdf", "missing files/old.pdf"),
        ("_pages/pubs.md", "../images/me.png", "file images/me.png"),
        ("_pages/pubs.md", "images/me.png", "missing publications/images/me.png"),
        ("_pages/pubs.md", "../_talks/a.md", "page _talks/a.md"),
        ("_includes/bio.md", "images/me.png", "file images/me.png"),
        ("_includes/bio.md", "me.png", "unknown another base folder"),
        ("_includes/bio.md", "you.png", "missing _includes/you.png"),
        ("_data/people.yml", "me.png", "unknown another base folder"),
        ("_data/people.yml", "some/thing", "unknown another base folder"),
    ] {
        assert_eq!(show(&site, from, target), expected, "{from} {target}");
    }
}

#[test]
fn under_a_base_path() {
    let site = site(&[("_config.yml", "baseurl: /lab\n"), ("index.md", "title: x"), ("a/x.pdf", "")]);
    for (target, expected) in [
        ("/lab/a/x.pdf", "file a/x.pdf"),
        ("/lab/a/y.pdf", "missing a/y.pdf"),
        ("/a/y.pdf", "unknown another site on this host"),
        ("{{ '/a/x.pdf' | relative_url }}", "file a/x.pdf"),
    ] {
        assert_eq!(show(&site, "index.md", target), expected, "{target}");
    }
}

#[test]
fn on_a_host_in_common() {
    let site = site(&[
        ("_config.yml", "url: https://people.example.edu/~ann\n"),
        ("index.md", "title: x"),
        ("files/a.pdf", ""),
    ]);
    for (target, expected) in [
        ("https://people.example.edu/~ann/files/a.pdf", "file files/a.pdf"),
        ("https://people.example.edu/~ann/files/b.pdf", "missing files/b.pdf"),
        ("https://people.example.edu/files/b.pdf", "external"),
        ("https://people.example.edu/~bob/files/b.pdf", "external"),
    ] {
        assert_eq!(show(&site, "index.md", target), expected, "{target}");
    }
}

#[test]
fn on_a_hugo_site() {
    let site = site(&[
        ("hugo.toml", "baseURL = 'https://ann.example/'\n"),
        ("content/publication/Deep-X/index.md", "title: a"),
        ("content/publication/Deep-X/paper.pdf", ""),
        ("static/files/cv.pdf", ""),
        ("content/_index.md", "title: home"),
    ]);
    let from = "content/publication/Deep-X/index.md";
    for (target, expected) in [
        ("paper.pdf", "file content/publication/Deep-X/paper.pdf"),
        ("/publication/deep-x/", "page content/publication/Deep-X/index.md"),
        ("/publication/deep-x/paper.pdf", "unknown a file of the content"),
        ("/files/cv.pdf", "file static/files/cv.pdf"),
        ("files/cv.pdf", "missing publication/deep-x/files/cv.pdf"),
        ("/files/old.pdf", "missing files/old.pdf"),
        ("/authors/ann/", "unknown generated"),
        ("/publication/deep-y/", "missing publication/deep-y"),
        ("{{< relref \"publication/Deep-X\" >}}", "page content/publication/Deep-X/index.md"),
        ("{{< ref \"/publication/Deep-X/index.md#a\" >}}", "page content/publication/Deep-X/index.md"),
        ("{{% relref \"_index.md\" %}}", "page content/_index.md"),
        ("{{< relref \"#part\" >}}", "page content/publication/Deep-X/index.md"),
        ("{{< relref \"publication/deep-z\" >}}", "unknown no such page of the content"),
        ("{{< youtube x >}}", "unknown template"),
    ] {
        assert_eq!(show(&site, from, target), expected, "{target}");
    }
}

#[test]
fn in_a_repository() {
    let site = site(&[("README.md", "title: x"), ("img/a.png", ""), ("docs/x.md", "y: z")]);
    for (target, expected) in [
        ("img/a.png", "file img/a.png"),
        ("./img/b.png", "missing img/b.png"),
        ("docs/x.md", "page docs/x.md"),
        ("../blob/main/LICENSE", "unknown outside the site"),
        ("blob/main/x.md", "unknown an address within GitHub"),
        ("docs", "unknown a folder"),
    ] {
        assert_eq!(show(&site, "README.md", target), expected, "{target}");
    }
}
