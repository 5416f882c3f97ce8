//! Holds the code to the drawing in `ARCHITECTURE.md`: which room may name which.

use regex::Regex;
use std::path::{Path, PathBuf};

/// Each room of `src/` and the rooms it may name.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("diagnostic", &["text"]),
    ("markup", &["text"]),
    ("model", &["text", "diagnostic", "markup"]),
    ("site", &["text", "diagnostic", "markup", "model"]),
    ("evidence", &["text", "markup"]),
    ("config", &["text", "diagnostic"]),
    ("rules", &["text", "diagnostic", "markup", "model", "site", "evidence", "config"]),
    ("suppress", &["text", "diagnostic", "markup", "model", "site", "config", "rules"]),
    ("fix", &["text", "diagnostic", "markup", "model", "site"]),
    ("engine", &["text", "diagnostic", "markup", "model", "site", "evidence", "config", "rules", "suppress"]),
    ("report", &["text", "diagnostic", "markup", "model", "site", "config", "rules", "engine"]),
    ("lsp", &["text", "diagnostic", "model", "site", "config", "suppress", "fix", "engine", "report"]),
    ("cli", &["diagnostic", "evidence", "site", "config", "fix", "engine", "report", "lsp"]),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// Crates and parts of the standard library that only some rooms may name.
const RESERVED: &[(&str, &[&str])] = &[
    (r"\bcomrak::", &["markup"]),
    (r"\bhtml5gum::", &["markup"]),
    (r"\bsaphyr_parser::", &["markup"]),
    (r"\bcodespan_reporting::", &["report/human.rs"]),
    (r"\bclap::", &["cli"]),
    (r"\brayon::", &["engine", "cli"]),
    (r"\bignore::", &["engine", "config/patterns.rs", "site/files.rs"]),
    (
        r"\bstd::(fs|env|net|process|time)\b|\bSystemTime\b|\bstd::io::std",
        &["engine", "cli", "lsp", "main.rs", "evidence/net"],
    ),
    (r"\b(tokio|reqwest|rustls|webpki_roots|url)::", &["evidence/net"]),
    (r"\bquick_xml::", &["evidence/net", "report/junit.rs"]),
    (r"\bmaud::", &["report/html"]),
    (r"\blsp_(server|types)::", &["lsp"]),
    (r"\bindicatif::", &["evidence/net/progress.rs"]),
    (r"\bjiff::(Zoned|Timestamp)", &["engine"]),
];

/// The source files, by path below `src/`, with the code outside tests and comments.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut out = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                let name = path.strip_prefix(&root).expect("below src/").to_string_lossy().replace('\\', "/");
                out.push((name, code_of(&text)));
            }
        }
    }
    out.sort();
    out
}

/// A file's code up to its tests, without comments.
fn code_of(text: &str) -> String {
    text.lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn room_of(name: &str) -> &str {
    name.split('/').next().unwrap_or(name).trim_end_matches(".rs")
}

/// The rooms that a piece of code names, by `crate::room` or `crate::{room, …}`.
fn named(code: &str) -> Vec<String> {
    let path = Regex::new(r"\b(?:crate|scholint)::(?:(\w+)|\{([^}]*)\})").expect("a pattern");
    path.captures_iter(code)
        .flat_map(|found| match (found.get(1), found.get(2)) {
            (Some(one), _) => vec![one.as_str().to_owned()],
            (None, Some(list)) => list
                .as_str()
                .split(',')
                .filter_map(|each| each.trim().split("::").next().map(str::to_owned))
                .filter(|each| !each.is_empty())
                .collect(),
            (None, None) => Vec::new(),
        })
        .collect()
}

#[test]
fn rooms_name_only_what_they_may() {
    let mut wrong = Vec::new();
    for (name, code) in sources() {
        let room = room_of(&name);
        let Some((_, allowed)) = ROOMS.iter().find(|(known, _)| *known == room) else {
            wrong.push(format!("src/{name}: the room `{room}` is not in the table"));
            continue;
        };
        for other in named(&code) {
            if other != room && !allowed.contains(&other.as_str()) {
                wrong.push(format!("src/{name}: `{room}` may not name `{other}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_table_has_no_circle_and_no_ghost() {
    let order: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let rooms: Vec<String> = sources().into_iter().map(|(name, _)| room_of(&name).to_owned()).collect();
    for (at, (room, allowed)) in ROOMS.iter().enumerate() {
        assert!(rooms.iter().any(|known| known == room), "there is no room `{room}`");
        for other in *allowed {
            let below = order.iter().position(|known| known == other);
            assert!(below.is_some_and(|below| below < at), "`{room}` stands above `{other}`");
        }
    }
}

#[test]
fn crates_and_the_world_are_kept_in_their_rooms() {
    let mut wrong = Vec::new();
    for (pattern, allowed) in RESERVED {
        let pattern = Regex::new(pattern).expect("a pattern");
        for (name, code) in sources() {
            let inside = |place: &str| name.strip_prefix(place).is_some_and(|rest| rest.starts_with('/'));
            let may = allowed.iter().any(|place| room_of(&name) == *place || name == *place || inside(place));
            if let Some(found) = pattern.find(&code).filter(|_| !may) {
                wrong.push(format!("src/{name} names {}", found.as_str()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (name, _) in sources() {
        let text = std::fs::read_to_string(root.join(&name)).expect("a source file");
        assert!(text.lines().count() <= 500, "src/{name} asks for a new room");
    }
}

#[test]
fn the_eye_of_this_test_is_good() {
    let code = code_of(
        "use crate::text::Span;\n// crate::cli\nuse crate::{site, rules::Meta};\n#[cfg(test)]\ncrate::cli",
    );
    assert_eq!(named(&code), ["text", "site", "rules"]);
}
