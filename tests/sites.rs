//! Small sites as found in the wild, each with its expected findings. `BLESS=1` writes them anew.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The families that every fixture's findings are asked for.
const FAMILIES: &[&str] = &["author", "duplicate", "link", "typo"];

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut sites: Vec<PathBuf> = std::fs::read_dir(root)
        .expect("fixtures/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    sites.sort();
    sites
}

fn check(site: &Path) -> serde_json::Value {
    let output = Command::new(env!("CARGO_BIN_EXE_scholint"))
        .current_dir(site)
        .args(["check", "--output-format", "json", "--min-severity", "hint"])
        .output()
        .expect("scholint runs");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {errors}", site.display());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Whether rules of all the families are there: a build without them has nothing to compare.
fn has_all_families() -> bool {
    FAMILIES.iter().all(|family| scholint::rules::families().any(|known| known == *family))
}

#[test]
fn sites_give_the_expected_findings() {
    for site in fixtures() {
        let found = check(&site);
        if !has_all_families() {
            continue;
        }
        let path = site.join("expected.json");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, format!("{found:#}\n")).expect("written");
        }
        let written = std::fs::read_to_string(&path).expect("expected.json; BLESS=1 cargo test writes it");
        let expected: serde_json::Value = serde_json::from_str(&written).expect("JSON");
        assert_eq!(found, expected, "{}: BLESS=1 cargo test writes it anew", site.display());
    }
}

#[test]
fn the_home_page_shows_what_scholint_is_for() {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/homepage");
    let found = check(&site);
    let rules: Vec<&str> = found["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|each| each["severity"] != "hint")
        .map(|each| each["rule"].as_str().expect("a rule"))
        .collect();
    for family in scholint::rules::families() {
        let spoke = rules.iter().any(|rule| rule.split('/').next() == Some(family));
        assert!(spoke, "no finding of the family {family}: {rules:?}");
    }
}

/// What the pages of a generator's manner must not hide, however the expected findings are written anew.
#[test]
fn links_are_followed_as_each_generator_would() {
    for (site, rules) in [
        ("project-page", &["link/baseurl", "link/unpublished", "link/missing-file", "structure/include"][..]),
        ("lab-hugo", &["link/unpublished", "link/missing-file", "link/case-mismatch"]),
        ("notes-quarto", &["link/missing-file", "link/case-mismatch"]),
    ] {
        let found = check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(site));
        let spoke: Vec<&str> = found["diagnostics"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|each| each["rule"].as_str())
            .collect();
        for rule in rules {
            assert!(spoke.contains(rule), "{site}: no {rule} among {spoke:?}");
        }
    }
}

/// Every place in a report lies in its file, and its line and column are those of its offset.
#[test]
fn spans_are_those_of_the_files() {
    for site in fixtures() {
        let found = check(&site);
        for finding in found["diagnostics"].as_array().expect("a list") {
            let related = finding["related"].as_array().expect("a list").iter();
            let edits = finding["fix"]["edits"].as_array().into_iter().flatten();
            for place in std::iter::once(finding).chain(related).chain(edits) {
                let path = place["path"].as_str().expect("a path");
                let text = std::fs::read_to_string(site.join(path)).expect("the file");
                for end in ["start", "end"] {
                    let point = &place["span"][end];
                    let number =
                        |key: &str| usize::try_from(point[key].as_u64().expect("a number")).expect("small");
                    let before = text.get(..number("offset")).expect("an offset between characters");
                    let line = before.matches('\n').count() + 1;
                    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                    assert_eq!((number("line"), number("column")), (line, column), "{path} {point}");
                }
            }
        }
    }
}
