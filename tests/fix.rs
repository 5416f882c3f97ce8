//! `--fix`, `--diff`, `--baseline`, `--since` and `init`, run as users run them.

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn scholint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scholint"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("scholint runs")
}

fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("a root");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).expect("a file")
}

#[test]
fn repairs_change_nothing_else() {
    for (before, after) in [
        ("We draw the the map.\r\n\tTabs.  \r\nEnd", "We draw the map.\r\n\tTabs.  \r\nEnd"),
        ("\u{feff}We draw the the map.\n\n\n", "\u{feff}We draw the map.\n\n\n"),
        ("é We draw the the map of the the sea.", "é We draw the map of the sea."),
    ] {
        let site = site(&[("index.md", before)]);
        let output = scholint(site.path(), &["check", "--fix"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(read(site.path(), "index.md"), after);
        scholint(site.path(), &["check", "--fix"]);
        assert_eq!(read(site.path(), "index.md"), after, "a second run changes nothing");
        let left = fs::read_dir(site.path()).expect("a folder").count();
        assert_eq!(left, 2, "nothing is left beside the file");
    }
}

#[test]
fn a_patch_is_printed_and_nothing_written() {
    let before = "We draw the the map.\n";
    let site = site(&[("index.md", before)]);
    let output = scholint(site.path(), &["check", "--diff"]);
    assert_eq!(output.status.code(), Some(1));
    let patch = String::from_utf8(output.stdout).expect("text");
    assert_eq!(
        patch,
        "--- a/index.md\n+++ b/index.md\n@@ -1,1 +1,1 @@\n-We draw the the map.\n+We draw the map.\n"
    );
    assert_eq!(read(site.path(), "index.md"), before);
}

#[test]
fn what_needs_a_look_waits_for_it() {
    let site = site(&[("index.md", "* 2022 ** National map award**\n")]);
    scholint(site.path(), &["check", "--fix"]);
    assert_eq!(read(site.path(), "index.md"), "* 2022 ** National map award**\n");
    scholint(site.path(), &["check", "--fix", "--unsafe-fixes"]);
    assert_eq!(read(site.path(), "index.md"), "* 2022 **National map award**\n");
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_lead_nowhere_else() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::write(elsewhere.path().join("out.md"), "We draw the the map.\n").expect("a file");
    let site = site(&[("index.md", "We draw the the map.\n"), ("still.md", "We draw the the map.\n")]);
    let set = |name: &str, mode| {
        fs::set_permissions(site.path().join(name), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    set("index.md", 0o640);
    set("still.md", 0o444);
    symlink(elsewhere.path().join("out.md"), site.path().join("link.md")).expect("a link");
    let output = scholint(site.path(), &["check", "--fix"]);
    assert_eq!(output.status.code(), Some(2), "a file that cannot be written is a failure");
    assert_eq!(read(site.path(), "index.md"), "We draw the map.\n");
    let mode = fs::metadata(site.path().join("index.md")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(read(site.path(), "still.md"), "We draw the the map.\n");
    assert_eq!(read(elsewhere.path(), "out.md"), "We draw the the map.\n");
}

#[test]
fn two_at_once_lose_nothing() {
    let text = "We draw the the map.\n".repeat(200);
    let site = site(&[("index.md", &text)]);
    let spawn = || {
        Command::new(env!("CARGO_BIN_EXE_scholint"))
            .current_dir(site.path())
            .args(["check", "--fix", "-q"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("scholint runs")
    };
    for mut child in [spawn(), spawn(), spawn()] {
        child.wait().expect("it ends");
    }
    assert_eq!(read(site.path(), "index.md"), "We draw the map.\n".repeat(200));
}

#[test]
fn what_a_baseline_knows_is_not_spoken_of() {
    let site = site(&[("index.md", "We draw the the map.\n")]);
    let arguments = ["check", "--baseline", "known.json"];
    assert_eq!(scholint(site.path(), &arguments).status.code(), Some(2), "there is no baseline");
    let written = scholint(site.path(), &["check", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(written.status.code(), Some(0));
    fs::write(site.path().join("index.md"), "# New\n\nWe draw the the map.\n").expect("a file");
    assert_eq!(scholint(site.path(), &arguments).status.code(), Some(0), "lines may move");
    fs::write(site.path().join("index.md"), "We draw the the map.\n\nWe sell the the map.\n")
        .expect("a file");
    assert_eq!(scholint(site.path(), &arguments).status.code(), Some(1), "what is new is spoken of");
}

#[test]
fn only_changed_lines_are_reported() {
    let site = tempfile::tempdir().expect("a folder");
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .current_dir(site.path())
            .args(["-c", "user.name=Ines", "-c", "user.email=ines@moreau.example"])
            .args(arguments)
            .output()
            .expect("git runs")
            .status;
        assert!(status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    fs::write(site.path().join("index.md"), "We draw the the map.\n\nMore.\n").expect("a file");
    git(&["add", "."]);
    git(&["commit", "-qm", "Begin"]);
    let run = || scholint(site.path(), &["check", "--since", "HEAD", "--output-format", "concise"]);
    assert_eq!(run().status.code(), Some(0));
    fs::write(site.path().join("index.md"), "We draw the the map.\n\nMore of the the sea.\n")
        .expect("a file");
    let output = run();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("index.md:3:") && !text.contains("index.md:1:"), "{text}");
    fs::write(site.path().join("new.md"), "We sell the the map.\n").expect("a file");
    assert!(String::from_utf8_lossy(&run().stdout).contains("new.md:1:"), "git does not know it yet");
    let output = scholint(site.path(), &["check", "--since", "no-such"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn init_writes_a_configuration_that_holds() {
    let site =
        site(&[("_config.yml", "title: Ines Moreau\n"), ("index.md", "---\nlayout: page\n---\nMaps.\n")]);
    assert_eq!(scholint(site.path(), &["init"]).status.code(), Some(0));
    assert!(read(site.path(), "scholint.toml").contains("[owner]"));
    assert_eq!(scholint(site.path(), &["check"]).status.code(), Some(0), "it parses");
    let plain =
        read(site.path(), "scholint.toml").replace("\n# name", "\nname").replace("\n# words", "\nwords");
    fs::write(site.path().join("scholint.toml"), plain).expect("a file");
    assert_eq!(scholint(site.path(), &["check"]).status.code(), Some(0), "so does what it suggests");
    assert_eq!(scholint(site.path(), &["init"]).status.code(), Some(2), "nothing is overwritten");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Fixed once, a page stays as it is, and the words around the repairs are as they were.
    #[test]
    fn fixed_pages_stay(parts in proptest::collection::vec(
        prop_oneof![
            Just("We draw the the map.".to_owned()),
            Just("[a](https://maps.example/?utm_source=x&id=1)".to_owned()),
            Just("** bold**".to_owned()),
            Just("* one\n* * two".to_owned()),
            Just("\u{feff}é".to_owned()),
            Just("```\nthe the\n```".to_owned()),
            Just("<b>a<b> b".to_owned()),
            Just("\t> the\tthe".to_owned()),
            "[a-z*_\\[\\]()<>{}%`\\\\ ]{0,20}",
        ], 0..8), crlf in any::<bool>(), newline in any::<bool>())
    {
        let separator = if crlf { "\r\n\r\n" } else { "\n\n" };
        let mut text = parts.join(separator);
        if newline { text.push('\n'); }
        let site = site(&[("index.md", &text)]);
        scholint(site.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
        let once = read(site.path(), "index.md");
        scholint(site.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
        prop_assert_eq!(&read(site.path(), "index.md"), &once);
        prop_assert_eq!(once.ends_with('\n'), text.ends_with('\n'));
        // Line endings stay as they are.
        if crlf { prop_assert_eq!(once.matches('\n').count() - once.matches("\r\n").count(),
            text.matches('\n').count() - text.matches("\r\n").count()); }
    }
}
