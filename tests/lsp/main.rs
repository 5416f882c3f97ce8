//! The language server as editors meet it: over pipes, with a protocol client.

mod client;
mod speed;

use client::{Client, applied, uri};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn write(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a parent")).expect("folders");
    fs::write(file, text).expect("a file");
}

/// A site with a page that links to nothing, and what is found on it.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "scholint.toml", "[owner]\nname = \"Ilka Mondvogt\"\n");
    write(folder.path(), "index.md", PAGE);
    folder
}

const PAGE: &str = "# Ilka Mondvogt\n\n蜜蜂 🐝🐝 We study publicaitons about bees in the mountains, and my [slides](talks/hives.pdf).\n";

fn rules(found: &[Value]) -> Vec<&str> {
    found.iter().filter_map(|each| each["code"].as_str()).collect()
}

fn of_rule<'a>(found: &'a [Value], rule: &str) -> &'a Value {
    found.iter().find(|each| each["code"] == rule).unwrap_or_else(|| panic!("no {rule} in {found:?}"))
}

fn actions(client: &mut Client, file: &Path, range: &Value) -> Vec<Value> {
    let params =
        json!({ "textDocument": { "uri": uri(file) }, "range": range, "context": { "diagnostics": [] } });
    client.ask("textDocument/codeAction", params).as_array().expect("actions").clone()
}

fn action<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let found =
        actions.iter().find(|action| action["title"].as_str().is_some_and(|each| each.contains(title)));
    found.unwrap_or_else(|| panic!("no action {title:?} in {actions:?}"))
}

#[test]
fn findings_stand_at_the_right_column_in_both_units() {
    for (encodings, start, end) in [(json!(["utf-16"]), 17, 29), (json!(["utf-8", "utf-16"]), 25, 37)] {
        let site = site();
        let file = site.path().join("index.md");
        let capabilities = json!({
            "general": { "positionEncodings": encodings },
            "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        });
        let mut client = Client::start(&[site.path()], &capabilities);
        client.open(&file, PAGE);
        let found = client.findings(&file, |found| found.len() >= 2);
        let typo = of_rule(&found, "typo/misspelling");
        assert_eq!(typo["range"]["start"], json!({ "line": 2, "character": start }));
        assert_eq!(typo["range"]["end"], json!({ "line": 2, "character": end }));
        assert_eq!(typo["source"], "scholint");
        let page = typo["codeDescription"]["href"].as_str().expect("a link to the rule's page");
        assert!(page.ends_with("/rules/typo/misspelling.md"), "{page}");
        assert!(rules(&found).contains(&"link/missing-file"));
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn actions_repair_ignore_and_learn() {
    let site = site();
    let file = site.path().join("index.md");
    let mut client = Client::start(&[site.path()], &json!({}));
    client.open(&file, PAGE);
    let found = client.findings(&file, |found| found.len() >= 2);
    let typo = of_rule(&found, "typo/misspelling").clone();
    let offered = actions(&mut client, &file, &typo["range"]);
    let repaired = applied(&action(&offered, "`publications`")["edit"], &file, PAGE);
    assert_eq!(repaired, PAGE.replace("publicaitons", "publications"));
    let ignored = applied(&action(&offered, "Ignore typo/misspelling")["edit"], &file, PAGE);
    assert!(ignored.contains(".pdf). <!-- scholint-ignore typo/misspelling -->\n"), "{ignored}");
    client.change(&file, 2, &ignored);
    let left = client.findings(&file, |found| found.len() == 1);
    assert_eq!(rules(&left), ["link/missing-file"]);
    // Without a way to make files the word cannot be added; with a list on disk it can.
    assert!(
        !offered.iter().any(|each| each["title"].as_str().is_some_and(|title| title.contains("words.txt")))
    );
    write(site.path(), ".scholint-words.txt", "tiple");
    client.change(&file, 3, PAGE);
    client.findings(&file, |found| found.len() >= 2);
    let words = site.path().join(".scholint-words.txt");
    let offered = actions(&mut client, &file, &typo["range"]);
    let learnt = applied(&action(&offered, "words.txt")["edit"], &words, "tiple");
    assert_eq!(learnt, "tiple\npublicaitons\n");
    client.open(&words, &learnt);
    let left = client.findings(&file, |found| found.len() == 1);
    assert_eq!(rules(&left), ["link/missing-file"]);
}

#[test]
fn what_changes_elsewhere_is_told() {
    let site = site();
    let (file, other) = (site.path().join("index.md"), site.path().join("talks/hives.md"));
    let mut client = Client::start(&[site.path()], &json!({}));
    client.open(&file, PAGE);
    client.findings(&file, |found| rules(found).contains(&"link/missing-file"));
    // A file that appears on disk, and goes again.
    write(site.path(), "talks/hives.pdf", "%PDF");
    let changed = |path: &Path, kind: u8| json!({ "changes": [{ "uri": uri(path), "type": kind }] });
    let pdf = site.path().join("talks/hives.pdf");
    client.tell("workspace/didChangeWatchedFiles", changed(&pdf, 1));
    client.findings(&file, |found| !rules(found).contains(&"link/missing-file"));
    // A text that is on no disk goes before it, with what it says of other pages.
    client.open(&other, "# Hives\n\n[Back](/nowhere.html)\n");
    let found = client.findings(&other, |found| !found.is_empty());
    assert_eq!(rules(&found), ["link/missing-file"]);
    // The configuration is read again, from the editor, and its faults are shown in it.
    let config = site.path().join("scholint.toml");
    client.open(&config, "[rules]\n\"link/missing-file\" = \"off\"\n");
    client.findings(&other, <[Value]>::is_empty);
    client.change(&config, 2, "[rules]\n\"link/missing-fiel\" = \"off\"\n");
    let faults = client.findings(&config, |found| !found.is_empty());
    assert_eq!(faults[0]["range"]["start"]["line"], 1);
    client.change(&config, 3, "");
    client.findings(&config, <[Value]>::is_empty);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn hovers_symbols_and_links() {
    let site = site();
    let page = "# Publications\n\n- **Ilka Mondvogt**, Tamo Rell. *Counting the Hives of the Northern Valleys*. In NeurIPS, 2024. [paper](https://arxiv.org/abs/2401.01234) [home](/index.md)\n";
    write(site.path(), "pubs.md", page);
    let file = site.path().join("pubs.md");
    let mut client = Client::start(&[site.path()], &json!({}));
    client.open(&file, page);
    let at = |needle: &str| {
        let column = page.lines().nth(2).expect("an entry").find(needle).expect("the words");
        json!({ "textDocument": { "uri": uri(&file) }, "position": { "line": 2, "character": column } })
    };
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(&file) } }));
    assert_eq!(symbols[0]["name"], "Counting the Hives of the Northern Valleys");
    let symbols = client.ask("workspace/symbol", json!({ "query": "valleys hives" }));
    assert_eq!(symbols[0]["location"]["uri"], uri(&file));
    assert_eq!(client.ask("workspace/symbol", json!({ "query": "cheese" })), json!([]));
    let author = client.ask("textDocument/hover", at("Tamo"));
    assert!(author["contents"]["value"].as_str().is_some_and(|text| text.contains("Tamo Rell")), "{author}");
    let entry = client.ask("textDocument/hover", at("Valleys"));
    assert!(entry["contents"]["value"].as_str().is_some_and(|text| text.contains("2401.01234")), "{entry}");
    let links = client.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri(&file) } }));
    assert_eq!(links[0]["target"], "https://arxiv.org/abs/2401.01234");
    let home = site.path().join("index.md");
    client.open(&home, PAGE);
    let at = json!({ "textDocument": { "uri": uri(&home) }, "position": { "line": 2, "character": 18 } });
    let rule = client.ask("textDocument/hover", at);
    assert!(
        rule["contents"]["value"].as_str().is_some_and(|text| text.contains("typo/misspelling")),
        "{rule}"
    );
}

#[test]
fn an_editor_that_asks_is_answered() {
    let site = site();
    let file = site.path().join("index.md");
    let capabilities = json!({
        "textDocument": { "diagnostic": {} },
        "workspace": { "diagnostics": { "refreshSupport": true } },
    });
    let mut client = Client::start(&[site.path()], &capabilities);
    client.open(&file, PAGE);
    let document = json!({ "textDocument": { "uri": uri(&file) } });
    let report = client.ask("textDocument/diagnostic", document.clone());
    assert!(rules(report["items"].as_array().expect("findings")).contains(&"typo/misspelling"));
    let mut again = document;
    again["previousResultId"] = report["resultId"].clone();
    assert_eq!(client.ask("textDocument/diagnostic", again)["kind"], "unchanged");
    let all = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let reports = all["items"].as_array().expect("reports");
    assert!(reports.iter().any(|report| report["uri"] == uri(&file) && report["kind"] == "full"));
    // Cancelled while the site is being judged again, it is answered all the same.
    client.change(&file, 2, "# Ilka\n");
    let id = client.send_request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    client.tell("$/cancelRequest", json!({ "id": 4 + 1 }));
    assert!(matches!(client.answer(&id), Err(-32800)));
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn a_file_without_a_folder_stands_alone() {
    let site = site();
    // What is above and beside is not looked at: neither the link nor the configuration's fault is told.
    write(site.path(), "scholint.toml", "nonsense");
    write(
        site.path(),
        "talks/alone.md",
        "We study publicaitons about bees in the mountains, and my [slides](hives.pdf), [home](/index.md).\n",
    );
    let file = site.path().join("talks/alone.md");
    for folders in [&[][..], &[Path::new("/")]] {
        if !folders.is_empty() {
            // Within the disk a site would be found by its configuration.
            fs::remove_file(site.path().join("scholint.toml")).expect("the configuration");
        }
        let mut client = Client::start(folders, &json!({}));
        client.open(&file, &fs::read_to_string(&file).expect("a page"));
        let found = client.findings(&file, |found| !found.is_empty());
        assert_eq!(rules(&found), ["typo/misspelling"]);
        if !folders.is_empty() {
            let told = client.told(|method, _| method == "window/showMessage");
            assert!(told["message"].as_str().is_some_and(|text| text.contains("does not read all of")));
        }
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&file) } }));
        client.findings(&file, <[Value]>::is_empty);
        assert_eq!(client.leave(), Some(0));
    }
}

#[test]
fn folders_come_and_go() {
    let (one, two) = (site(), site());
    let mut client = Client::start(&[one.path(), two.path()], &json!({}));
    for site in [&one, &two] {
        client.findings(&site.path().join("index.md"), |found| found.len() >= 2);
    }
    let folder = json!({ "uri": uri(two.path()), "name": "two" });
    client.tell(
        "workspace/didChangeWorkspaceFolders",
        json!({ "event": { "added": [], "removed": [folder] } }),
    );
    client.findings(&two.path().join("index.md"), <[Value]>::is_empty);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn nonsense_neither_hangs_nor_ends_the_server() {
    let site = site();
    let file = site.path().join("index.md");
    let mut client = Client::start(&[site.path()], &json!({}));
    client.open(&file, PAGE);
    client.tell("textDocument/didChange", json!({ "textDocument": 7 }));
    client.tell("no/such", json!([1]));
    let range = json!({ "start": { "line": 900, "character": 7 }, "end": { "line": 2, "character": 90 } });
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri(&file), "version": 2 }, "contentChanges": [{ "range": range, "text": "é" }] }),
    );
    let id = client.send_request("textDocument/hover", json!({ "position": "here" }));
    assert!(matches!(client.answer(&id), Err(-32602)));
    let id = client.send_request("no/such", json!({}));
    assert!(matches!(client.answer(&id), Err(-32601)));
    let elsewhere =
        json!({ "textDocument": { "uri": "untitled:1" }, "position": { "line": 0, "character": 0 } });
    assert_eq!(client.ask("textDocument/hover", elsewhere), Value::Null);
    assert_eq!(client.leave(), Some(0));
}

#[test]
fn an_editor_that_dies_is_not_waited_for() {
    let site = site();
    let mut client = Client::start(&[site.path()], &json!({}));
    client.die();
    assert_eq!(client.exit_code(), Some(2));
    let mut client = Client::spawn();
    client.send_raw(b"GET / HTTP/1.1\r\n\r\n{}");
    client.die();
    assert_eq!(client.exit_code(), Some(2));
    let mut client = Client::start(&[], &json!({}));
    client.tell("exit", Value::Null);
    assert_eq!(client.exit_code(), Some(2));
}
