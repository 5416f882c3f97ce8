//! Files that do not parse, are huge, or nest without end cost themselves and nothing else.

use scholint::config::Config;
use scholint::engine::{self, Choice, Material};
use scholint::evidence::Evidence;
use scholint::site::{Files, Site};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Generous: these run without optimisation, beside other tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// Reads and judges a site; the findings as `rule path:line`.
fn check(texts: &[(&str, String)]) -> (Site, Vec<String>) {
    let begun = Instant::now();
    let texts: BTreeMap<&str, &String> = texts.iter().map(|(path, text)| (*path, text)).collect();
    let material = Material {
        files: Files::new(texts.keys().map(|path| Arc::from(*path))),
        texts: texts.iter().map(|(path, text)| (Arc::from(*path), Arc::from(text.as_str()))).collect(),
        lookup: &|path| texts.get(path).map(|text| (*text).clone()),
        before: None,
    };
    let (site, notes) = engine::assemble(material, &Config::default(), None);
    assert!(notes.is_empty(), "{notes:?}");
    let today = "2026-06-01".parse().expect("a date");
    let judgement = engine::judge(&site, &Config::default(), &Choice::default(), &Evidence::default(), today);
    assert!(judgement.notes.is_empty(), "{:?}", judgement.notes);
    let findings = judgement
        .diagnostics
        .iter()
        .map(|each| {
            let source = site.source(each.place.file);
            format!("{} {}:{}", each.rule, source.path(), source.position(each.place.span.start).line)
        })
        .collect();
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
    (site, findings)
}

/// A page with one fault that is found whatever lies beside it.
fn page() -> (&'static str, String) {
    ("index.md", "---\nlayout: homepage\n---\nSee my [CV](files/cv.pdf).\n".to_owned())
}

const FAULT: &str = "link/missing-file index.md:4";

fn config() -> (&'static str, String) {
    ("_config.yml", "title: Rosa Lindqvist\n".to_owned())
}

#[test]
fn what_does_not_parse_is_one_finding_with_a_place() {
    let entry =
        "@article{bees,\n  title = {Bees Count},\n  author = {Lindqvist, Rosa},\n  year = {2020}\n}\n";
    for (path, text, expected) in [
        (
            "papers.bib",
            format!("@article{{hives,\n  title = {{Hives\n}}\n\n{entry}"),
            "bib/syntax papers.bib",
        ),
        ("papers.bib", format!("{entry}@article{{hives\n  title = \"Hives\"\n}}\n"), "bib/syntax papers.bib"),
        ("_data/people.yml", "- name: a\n  - b: [c\n".to_owned(), "structure/front-matter _data/people.yml"),
        (
            "about.md",
            "---\ntitle: a: b: c\n\t- d\n---\nText.\n".to_owned(),
            "structure/front-matter about.md",
        ),
        ("_data/a.json", "{\"a\": [1, }".to_owned(), "structure/front-matter _data/a.json"),
    ] {
        let (_, findings) = check(&[config(), page(), (path, text.clone())]);
        assert!(findings.iter().any(|each| each == FAULT), "{path}: {findings:?}");
        let of_file = findings.iter().filter(|each| each.starts_with(expected)).count();
        assert!(of_file >= 1, "{path} {text:?}: {findings:?}");
    }
}

#[test]
fn huge_files() {
    // Without optimisation a tenth of it takes as long.
    let bytes = if cfg!(debug_assertions) { 2 << 20 } else { 20 << 20 };
    let filler = "Bees dance in the dark and count to four. ".repeat(500);
    let mut bib = String::new();
    let mut number = 0;
    while bib.len() < bytes {
        let _ = write!(
            bib,
            "@article{{k{number},\n  title = {{Hives as Slow Computers {number}}},\n  author = {{Lindqvist, Rosa}},\n  \
             year = {{2021}},\n  abstract = {{{filler}}}\n}}\n"
        );
        number += 1;
    }
    let (library, findings) = check(&[config(), page(), ("papers.bib", bib)]);
    assert!(findings.iter().any(|each| each == FAULT));
    assert_eq!(library.publications().count(), number);

    let row = format!("- name: Rosa Lindqvist\n  role: {filler}\n");
    let (_, findings) = check(&[config(), page(), ("_data/list.yml", row.repeat(bytes / row.len()))]);
    assert!(findings.iter().any(|each| each == FAULT));
}

#[test]
fn ten_thousand_deep() {
    const DEPTH: usize = 10_000;
    let nested = |open: &str, close: &str| format!("{}x{}", open.repeat(DEPTH), close.repeat(DEPTH));
    let mut indented = String::new();
    for depth in 0..DEPTH / 10 {
        indented.push_str(&" ".repeat(depth));
        indented.push_str("a:\n");
    }
    for (path, text) in [
        ("papers.bib", format!("@article{{a, title = {}, year = {{2020}}}}\n", nested("{", "}"))),
        ("papers.bib", format!("@article{{a, title = {}\n", "{".repeat(DEPTH))),
        ("_data/a.yml", format!("a: {}\n", nested("[", "]"))),
        ("_data/a.yml", format!("a: {}\n", "{a: ".repeat(DEPTH))),
        ("_data/a.yml", "- ".repeat(DEPTH)),
        ("_data/a.yml", indented),
        ("_data/a.json", nested("[", "]")),
        ("_data/a.json", "{\"a\":".repeat(DEPTH)),
        ("_data/a.toml", format!("a = {}\n", nested("[", "]"))),
        ("a.md", format!("---\na: {}\n---\n{}\n", nested("[", "]"), nested("<div>", "</div>"))),
        ("a.md", nested("[", "](x)")),
        ("a.md", nested("*a **b ", "** c*")),
        ("a.md", format!("{}\n", "> ".repeat(DEPTH))),
        ("a.md", format!("{}\n", "{% if a %}".repeat(DEPTH))),
    ] {
        let (_, findings) = check(&[config(), page(), (path, text)]);
        assert!(findings.iter().any(|each| each == FAULT), "{path}");
    }
}
