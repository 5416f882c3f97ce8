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

#[test]
fn what_is_not_shown_is_not_repaired() {
    let text = "We draw the the map.\n\n[a](https://maps.example/?utm_source=x)\n";
    let site = site(&[("index.md", text)]);
    scholint(site.path(), &["check", "--baseline", "known.json", "--write-baseline"]);
    scholint(site.path(), &["check", "--fix", "--baseline", "known.json", "--min-severity", "hint"]);
    assert_eq!(read(site.path(), "index.md"), text, "all of it is known");
    fs::remove_file(site.path().join("known.json")).expect("a file");
    scholint(site.path(), &["check", "--fix"]);
    assert_eq!(read(site.path(), "index.md"), text.replace("the the", "the"), "a hint is not shown");
    scholint(site.path(), &["check", "--fix", "--min-severity", "hint"]);
    assert_eq!(read(site.path(), "index.md"), "We draw the map.\n\n[a](https://maps.example/)\n");
}

#[test]
fn a_shallow_clone_knows_what_it_was_given() {
    let origin = tempfile::tempdir().expect("a folder");
    let git = |folder: &Path, arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(folder)
            .args(["-c", "user.name=Ines", "-c", "user.email=ines@moreau.example"])
            .args(arguments)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{arguments:?} {output:?}");
        String::from_utf8(output.stdout).expect("text").trim().to_owned()
    };
    git(origin.path(), &["init", "-q"]);
    let mut commits = Vec::new();
    for text in [
        "We draw the the map.\n",
        "We draw the the map.\n\nMore.\n",
        "We draw the the map.\n\nOf the the sea.\n",
    ] {
        fs::write(origin.path().join("index.md"), text).expect("a file");
        git(origin.path(), &["add", "."]);
        git(origin.path(), &["commit", "-qm", "Go on"]);
        commits.push(git(origin.path(), &["rev-parse", "HEAD"]));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("file://{}", origin.path().display());
    git(folder.path(), &["clone", "-q", "--depth", "1", &address, "clone"]);
    let clone = folder.path().join("clone");
    let check = |revision: &str| {
        let output = scholint(&clone, &["check", "--since", revision, "--output-format", "concise"]);
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, said) = check(&commits[1]);
    assert_eq!(code, Some(2), "the clone lacks it");
    assert!(said.contains("git fetch"), "{said}");
    git(&clone, &["fetch", "-q", "--depth", "1", "origin", &commits[1]]);
    let (code, said) = check(&commits[1]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("index.md:3:") && !said.contains("index.md:1:"), "{said}");
}

/// A shell runs scholint under a limit that stands for a full disk: no file may grow beyond some blocks.
#[cfg(unix)]
#[test]
fn a_full_disk_costs_nothing() {
    let text = "We draw the the map.\n".repeat(4_000);
    for ignored in [true, false] {
        let site = site(&[("index.md", &text)]);
        // Told of the limit by an error, or killed by the signal in the middle of writing.
        let trap = if ignored { "trap '' XFSZ; " } else { "" };
        let output = Command::new("sh")
            .current_dir(site.path())
            .args([
                "-c",
                &format!("{trap}ulimit -f 8; exec \"$0\" check --fix"),
                env!("CARGO_BIN_EXE_scholint"),
            ])
            .output()
            .expect("sh runs");
        assert!(!output.status.success(), "{output:?}");
        assert_eq!(read(site.path(), "index.md"), text, "the old text stands");
        if ignored {
            assert_eq!(output.status.code(), Some(2));
            let left = fs::read_dir(site.path()).expect("a folder").count();
            assert_eq!(left, 2, "nothing is left beside the file");
        }
    }
}

#[test]
fn killed_at_any_time_the_file_is_whole() {
    let old = "We draw the the map.\n".repeat(1_000);
    let new = "We draw the map.\n".repeat(1_000);
    let mut written = 0;
    for wait in 0..24 {
        let site = site(&[("index.md", &old)]);
        let mut child = Command::new(env!("CARGO_BIN_EXE_scholint"))
            .current_dir(site.path())
            .args(["check", "--fix", "-q"])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("scholint runs");
        std::thread::sleep(std::time::Duration::from_millis(wait * wait * 8));
        let _ = child.kill();
        child.wait().expect("it ends");
        let text = read(site.path(), "index.md");
        assert!(text == old || text == new, "neither the old text nor the new one");
        written += usize::from(text == new);
    }
    assert!(written > 0, "the last had all the time it needs");
}

/// Parts of pages, most of them with something to repair.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("We draw the the map.".to_owned()),
        Just("[a](https://maps.example/?utm_source=x&id=1)".to_owned()),
        Just("** bold** and *text *".to_owned()),
        Just("* one\n* * two".to_owned()),
        Just("\u{feff}é".to_owned()),
        Just("```\nthe the\n```".to_owned()),
        Just("<b>a<b> b".to_owned()),
        Just("\t> the\tthe".to_owned()),
        Just("> See the the [map](http://arxiv.org/abs/1706.03762)).".to_owned()),
        Just("| the the | a |\n|---|---|\n| [b] (https://maps.example) | c |".to_owned()),
        Just("[x](www.maps.example) and \\textbf{bold} of the the sea".to_owned()),
        Just("<div class=\"news\"\">\nthe the map\n</div>".to_owned()),
        Just("{% include a.html }\n\n% include b.html %}".to_owned()),
        Just("[^1]: The the note.".to_owned()),
        "[a-z*_\\[\\]()<>{}%`\\\\ ]{0,20}",
    ]
}

/// The findings of a site at `warning` or above, by rule and message, and the lines of `index.md` that
/// repairs touch.
fn findings(folder: &Path) -> (Vec<String>, Vec<usize>) {
    let output = scholint(folder, &["check", "--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = json["diagnostics"].as_array().expect("a list");
    let mut names: Vec<String> =
        found.iter().map(|each| format!("{} {}", each["rule"], each["message"])).collect();
    names.sort();
    let edits = found.iter().flat_map(|each| each["fix"]["edits"].as_array().cloned().unwrap_or_default());
    let lines = edits.flat_map(|edit| {
        let line = |end: &str| edit["span"][end]["line"].as_u64().expect("a line") as usize;
        line("start")..=line("end")
    });
    (names, lines.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Repaired once, a page stays as it is; nothing new is wrong with it; and every line that no repair
    /// touches is there byte for byte.
    #[test]
    fn fixed_pages_stay(parts in proptest::collection::vec(part(), 0..8), crlf in any::<bool>(), newline in any::<bool>()) {
        let ending = if crlf { "\r\n" } else { "\n" };
        let mut text = parts.join("\n\n").replace('\n', ending);
        if newline { text.push_str(ending); }
        let site = site(&[("index.md", &text), ("_config.yml", "title: Ines Moreau\n")]);
        let (before, touched) = findings(site.path());
        scholint(site.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
        let once = read(site.path(), "index.md");
        let (after, _) = findings(site.path());
        for each in &after {
            let count = |list: &[String]| list.iter().filter(|other| *other == each).count();
            prop_assert!(count(&before) >= count(&after), "new: {}\n{:?}\n{:?}", each, text, once);
        }
        scholint(site.path(), &["check", "--fix", "--unsafe-fixes", "-q"]);
        prop_assert_eq!(&read(site.path(), "index.md"), &once);
        prop_assert_eq!(once.ends_with('\n'), text.ends_with('\n'));
        let mut rest = once.split_inclusive('\n');
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let is_touched = touched.contains(&(number + 1));
            prop_assert!(is_touched || rest.any(|other| other == line), "lost {:?}\n{:?}\n{:?}", line, text, once);
        }
    }
}
