//! Pages in the styles of many fields and languages, and what is read of their entries. `BLESS=1` writes
//! `tests/styles/expected.txt` anew.

use scholint::diagnostic::FileId;
use scholint::markup::Dialect;
use scholint::model::{Format, Page};
use scholint::text::Source;
use std::fmt::Write as _;
use std::path::Path;

/// Title, authors, venue and year of each entry of a page.
fn entries(name: &str, text: &str) -> String {
    let page = Page::read(FileId(0), Source::new("index.md", text), Format::Markdown(Dialect::Kramdown));
    let mut out = format!("# {name}\n");
    for publication in &page.publications {
        let spot = |spot: &Option<scholint::model::Spot>| {
            spot.as_ref().map_or_else(|| "-".to_owned(), |spot| spot.text.to_string())
        };
        let mut authors: Vec<String> = publication
            .authors
            .iter()
            .map(
                |author| {
                    if author.highlighted { format!("[{}]", author.name) } else { author.name.to_string() }
                },
            )
            .collect();
        if publication.truncated {
            authors.push("…".to_owned());
        }
        let year = publication.year.map_or_else(|| "-".to_owned(), |(year, _)| year.to_string());
        let _ = writeln!(
            out,
            "{} | {} | {} | {year}",
            spot(&publication.title),
            authors.join("; "),
            spot(&publication.venue)
        );
    }
    out
}

#[test]
fn entries_in_every_style() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/styles");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .expect("a folder of pages")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    files.sort();
    assert!(files.len() > 15, "{} pages", files.len());
    let found: String = files
        .iter()
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy();
            entries(&name, &std::fs::read_to_string(path).expect("a page"))
        })
        .collect();
    let expected = folder.join("expected.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&expected, &found).expect("a writable file");
    }
    let expected = std::fs::read_to_string(&expected).expect("the expected entries");
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}
