//! Small sites, and which of their files a visitor meets.

use super::*;
use crate::markup::{Dialect, parse_yaml};
use crate::text::Span;

/// A site of these files; those below `_layouts` are its layouts.
fn site(generator: Generator, texts: &[(&str, &str)]) -> Site {
    let mut texts = texts.to_vec();
    texts.sort_unstable();
    let dialect = match generator {
        Generator::Quarto => Dialect::Pandoc,
        generator if generator.is_hugo() => Dialect::Goldmark,
        _ => Dialect::Kramdown,
    };
    let config = texts.iter().find(|(path, _)| *path == "_config.yml").map_or("", |(_, text)| text);
    let files = Files::new(texts.iter().map(|(path, _)| Arc::from(*path)));
    let lookup =
        |path: &str| texts.iter().find(|(each, _)| *each == path).map(|(_, text)| (*text).to_owned());
    let mut facts = super::super::detect(&files, &lookup);
    facts.generator = generator;
    facts.config = parse_yaml(config, Span::at(0, config.len())).ok();
    let (layouts, read): (Vec<_>, Vec<_>) = texts.iter().partition(|(path, _)| path.starts_with("_layouts/"));
    let pages = read.iter().enumerate().map(|(number, (path, text))| {
        let format = match path.rsplit('.').next() {
            Some("bib") => Format::Bibtex,
            Some("yml") => Format::Yaml,
            _ => Format::Markdown(dialect),
        };
        Arc::new(Page::read(FileId(number as u32), Source::new(*path, *text), format))
    });
    Site::new(pages.collect(), files, facts)
        .with_layouts(layouts.iter().map(|(path, text)| Source::new(*path, *text)).collect())
}

fn check(generator: Generator, texts: &[(&str, &str)], expected: &[(&str, Reach)]) {
    let site = site(generator, texts);
    for (path, reach) in expected {
        let page = site.pages.iter().find(|page| page.path() == *path).expect("a page");
        assert_eq!(site.reach(page), *reach, "{path}");
    }
}

#[test]
fn includes_of_jekyll() {
    check(
        Generator::AcadHomepage,
        &[
            ("_config.yml", "title: x\ninclude: [_pages]\nexclude: [_pages/cv.md, _pages/bio.md]\n"),
            (
                "_pages/about.md",
                "---\npermalink: /\nprofile: {content: bio.md}\n---\n{% include_relative includes/intro.md %}\n\
                 <!-- {% include_relative includes/old.md %} -->\n\
                 {% comment %}{% include_relative includes/older.md %}{% endcomment %}\n\
                 {% include pubs.md %}\n",
            ),
            ("_pages/includes/intro.md", "Hello.\n\n{% include_relative inner.md %}\n"),
            ("_pages/includes/inner.md", "Inner.\n"),
            ("_pages/includes/old.md", "Old.\n"),
            ("_pages/includes/older.md", "Older.\n"),
            ("_pages/includes/never.md", "Never.\n{% include_relative chained.md %}\n"),
            ("_pages/includes/chained.md", "Chained.\n"),
            ("_includes/pubs.md", "Papers.\n"),
            ("_includes/talks.md", "Talks.\n"),
            ("_pages/bio.md", "I study hives.\n"),
            ("_pages/cv.md", "---\npermalink: /cv/\n---\nLife.\n"),
            ("_drafts/post.md", "Draft.\n"),
            ("held.md", "---\npublished: false\n---\nHeld.\n"),
        ],
        &[
            ("_config.yml", Reach::Shown),
            ("_pages/about.md", Reach::Shown),
            ("_pages/includes/intro.md", Reach::Shown),
            ("_pages/includes/inner.md", Reach::Shown),
            ("_pages/includes/old.md", Reach::CommentedOut),
            ("_pages/includes/older.md", Reach::CommentedOut),
            ("_pages/includes/never.md", Reach::Unused),
            ("_includes/pubs.md", Reach::Shown),
            ("_includes/talks.md", Reach::Unknown),
            ("_drafts/post.md", Reach::Hidden),
            ("_pages/bio.md", Reach::Shown),
            ("_pages/cv.md", Reach::Hidden),
            ("held.md", Reach::Hidden),
        ],
    );
}

#[test]
fn layouts_take_in_includes_and_data() {
    let files = [
        ("_config.yml", "title: x\n"),
        ("index.md", "---\nlayout: home\n---\n{% for t in site.data['talks'] %}{% endfor %}\n"),
        ("_data/talks.yml", "- title: a\n"),
        ("_data/people.yml", "- name: a\n"),
        ("_data/unused.yml", "- name: b\n"),
        ("_includes/bio.md", "Bio.\n"),
        ("_includes/about.md", "About.\n"),
        ("_layouts/home.html", "{% include bio.md %}{% for p in site.data.people %}{% endfor %}"),
    ];
    check(
        Generator::Jekyll,
        &files,
        &[
            ("_data/talks.yml", Reach::Shown),
            ("_data/people.yml", Reach::Shown),
            ("_data/unused.yml", Reach::Unused),
            ("_includes/bio.md", Reach::Shown),
            ("_includes/about.md", Reach::Unused),
        ],
    );
    // Without the layouts nothing is said to be unused.
    check(
        Generator::Jekyll,
        &files[..7],
        &[("_data/people.yml", Reach::Unknown), ("_includes/bio.md", Reach::Unknown)],
    );
}

#[test]
fn bundles_and_shortcodes_of_hugo() {
    check(
        Generator::HugoBlox,
        &[
            ("hugo.yml", "title: x\n"),
            ("content/_index.md", "---\ntitle: x\n---\n{{% include \"parts/intro\" %}}\n"),
            ("content/parts/intro.md", "---\nheadless: true\n---\nHello.\n"),
            ("content/publication/a/index.md", "---\ntitle: A\n---\n"),
            ("content/publication/a/cite.bib", "@article{a, title={A}}\n"),
            ("content/publication/b/index.md", "---\ntitle: B\ndraft: true\n---\n"),
            ("content/publication/b/cite.bib", "@article{b, title={B}}\n"),
            ("content/home/demo.md", "---\nactive: false\n---\n"),
        ],
        &[
            ("content/parts/intro.md", Reach::Shown),
            ("content/publication/a/cite.bib", Reach::Shown),
            ("content/publication/b/index.md", Reach::Hidden),
            ("content/publication/b/cite.bib", Reach::Unknown),
            ("content/home/demo.md", Reach::Hidden),
        ],
    );
}

#[test]
fn parts_of_quarto() {
    check(
        Generator::Quarto,
        &[
            (
                "index.qmd",
                "---\nlisting:\n  contents: talks.yml\nbibliography: refs.bib\n---\n{{< include _intro.qmd >}}\n",
            ),
            ("_intro.qmd", "Hello.\n"),
            ("_old.qmd", "Old.\n"),
            ("talks.yml", "- title: a\n"),
            ("refs.bib", "@article{a, title={A}}\n"),
        ],
        &[
            ("_intro.qmd", Reach::Shown),
            ("_old.qmd", Reach::Unused),
            ("talks.yml", Reach::Shown),
            ("refs.bib", Reach::Shown),
        ],
    );
}

#[test]
fn cycles_end() {
    check(
        Generator::AcadHomepage,
        &[
            ("index.md", "---\nlayout: x\n---\n{% include_relative includes/a.md %}\n"),
            ("includes/a.md", "{% include_relative includes/b.md %}\n"),
            ("includes/b.md", "{% include_relative a.md %}\n"),
        ],
        &[("includes/a.md", Reach::Shown)],
    );
}
