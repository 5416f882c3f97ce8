//! The command line as its users meet it.

use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A scratch site of the given files, with a configuration that marks its root.
fn site(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a scratch folder");
    for (path, content) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, content).expect("a file");
    }
    folder
}

fn scholint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scholint"));
    command
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("RUST_BACKTRACE")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = scholint(folder).args(arguments).output().expect("scholint runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("an exit code"), text(stdout), text(stderr))
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON")
}

/// A page with one hint: an ignore of a rule that does not exist.
const HINTED: &[u8] = b"---\nlayout: homepage\n---\n\nHello.\n\n<!-- scholint-ignore nonsense -->\n";

#[test]
fn exit_codes_tell_what_came_out() {
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", HINTED)]);
    for (arguments, code) in [
        (&["check"][..], 0),
        (&["check", "index.md"], 0),
        (&["check", "--fail-on", "hint"], 1),
        (&["check", "--fail-on", "hint", "--ignore", "suppress"], 0),
        (&["check", "--fail-on", "error"], 0),
        (&["check", "nowhere.md"], 2),
        (&["check", "--no-such-flag"], 2),
        (&["check", "--select", "nonsense"], 2),
        (&["check", "--config", "nowhere.toml"], 2),
        (&["check", "--output", "no/such/folder/report"], 2),
        (&["check", "--today", "someday"], 2),
        (&["explain", "suppress/unused"], 0),
        (&["explain", "suppress/unsued"], 2),
        (&["rules"], 0),
        (&["rules", "--output-format", "json"], 0),
        (&["inspect"], 0),
        (&["schema"], 0),
        (&["completions", "bash"], 0),
        (&["completions", "powershell"], 0),
        (&["completions", "nonsense"], 2),
        (&["man"], 0),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["check", "--output-format", "nonsense"], 2),
        (&["check", "--watch", "--fix"], 2),
        (&[], 2),
    ] {
        let (actual, out, err) = run(folder.path(), arguments);
        assert_eq!(actual, code, "{arguments:?}\n{out}\n{err}");
        if code == 2 {
            assert!(out.is_empty() && !err.is_empty(), "{arguments:?}: complaints go to standard error");
        }
    }
}

#[test]
fn every_complaint_ends_in_advice() {
    let folder = site(&[("index.md", b"Hello.\n")]);
    for (arguments, advice) in [
        (&["check", "nowhere.md"][..], "check the spelling"),
        (&["explain", "supress/unused"], "did you mean `suppress/unused`?"),
        (&["check", "--select", "supress"], "did you mean `suppress`?"),
        (&["check", "--config", "nowhere.toml"], "name a readable TOML file"),
        (&["check", "--output", "no/such/report.html"], "name a file in a folder that exists"),
    ] {
        let (_, _, err) = run(folder.path(), arguments);
        assert!(err.contains(advice), "{arguments:?}: {err}");
        assert!(err.contains("\nhelp: ") || err.starts_with("help: "), "{err}");
    }
}

#[test]
fn a_wrong_configuration_is_shown_where_it_is_wrong() {
    let folder = site(&[("scholint.toml", b"exlude = []\n"), ("index.md", b"Hello.\n")]);
    let (code, out, err) = run(folder.path(), &["check"]);
    assert_eq!((code, out.as_str()), (2, ""));
    for part in ["error: unknown key `exlude`", "scholint.toml:1:1", "^^^^^^", "did you mean `exclude`?"] {
        assert!(err.contains(part), "{part} in {err}");
    }
    assert_eq!(run(folder.path(), &["inspect"]).0, 2);
}

#[test]
fn json_says_where() {
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", HINTED)]);
    let arguments = ["check", "--output-format", "json", "--min-severity", "hint"];
    let (_, out, _) = run(folder.path(), &arguments);
    let report = json(&out);
    let found = &report["diagnostics"][0];
    assert_eq!(found["rule"], "suppress/unused");
    assert_eq!(found["path"], "index.md");
    assert_eq!(found["span"]["start"], serde_json::json!({"line": 7, "column": 22, "offset": 55}));
    assert_eq!(report["summary"]["hints"], 1);
    assert_eq!(run(folder.path(), &arguments).1, out, "the same every time");

    // By default hints are counted, not listed.
    let report = json(&run(folder.path(), &["check", "--output-format", "json"]).1);
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(0));
    assert_eq!(report["summary"]["hints"], 1);

    // Paths are those of the working directory.
    let outside = folder.path().parent().expect("a folder above");
    let name = folder.path().file_name().and_then(|name| name.to_str()).expect("a name");
    let (_, out, _) = run(outside, &["check", name, "--output-format", "json", "--min-severity", "hint"]);
    assert_eq!(json(&out)["diagnostics"][0]["path"], format!("{name}/index.md"));
}

#[test]
fn only_named_files_are_reported_but_all_are_read() {
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", HINTED), ("about.md", HINTED)]);
    let paths = |arguments: &[&str]| -> Vec<String> {
        let all = [&["check", "--output-format", "json", "--min-severity", "hint"], arguments].concat();
        let report = json(&run(folder.path(), &all).1);
        let found = report["diagnostics"].as_array().expect("a list").clone();
        found.iter().map(|each| each["path"].as_str().expect("a path").to_owned()).collect()
    };
    assert_eq!(paths(&[]), ["about.md", "index.md"]);
    assert_eq!(paths(&["index.md"]), ["index.md"]);
    assert_eq!(paths(&["index.md", "index.md", "."]), ["about.md", "index.md"]);
}

#[test]
fn several_sites_are_each_read_as_their_own() {
    let folder = site(&[
        ("a/_config.yml", b"title: A\n"),
        ("a/index.md", HINTED),
        ("b/_config.yml", b"title: B\n"),
        ("b/index.md", HINTED),
        ("b/scholint.toml", b"[rules]\nsuppress = \"off\"\n"),
    ]);
    let (code, out, _) =
        run(folder.path(), &["check", "a", "b", "--output-format", "json", "--min-severity", "hint"]);
    assert_eq!(code, 0);
    let report = json(&out);
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["diagnostics"][0]["path"], "a/index.md");
}

#[test]
fn standard_input_stands_in_for_a_file() {
    use std::io::Write as _;
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", HINTED), ("about.md", b"Hello.\n")]);
    for path in ["about.md", "not-yet-saved.md"] {
        let mut child = scholint(folder.path())
            .args(["check", "--stdin-filename", path, "--output-format", "json", "--min-severity", "hint"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("scholint runs");
        child.stdin.take().expect("a pipe").write_all(HINTED).expect("written");
        let output = child.wait_with_output().expect("an end");
        let report = json(&String::from_utf8(output.stdout).expect("UTF-8"));
        assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(1), "{path}");
        assert_eq!(report["diagnostics"][0]["path"], path);
    }
}

#[test]
fn what_cannot_be_read_costs_nothing_else() {
    let folder = site(&[
        ("_config.yml", b"title: A\n"),
        ("index.md", HINTED),
        ("latin.md", b"Universit\xe4t\n"),
        ("wide.md", b"\xff\xfea\0"),
    ]);
    let (code, out, err) = run(folder.path(), &["check", "--fail-on", "hint"]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(
        err.contains("note: latin.md: is not UTF-8 (line 1) and was not read; save it as UTF-8"),
        "{err}"
    );
    assert!(err.contains("note: wide.md: is UTF-16"), "{err}");
    assert_eq!(run(folder.path(), &["check", "latin.md"]).0, 2, "what was named could not be checked");
    assert_eq!(run(folder.path(), &["check", "-q"]).2, "");
}

#[test]
fn a_dictionary_of_the_site_is_read() {
    let page = "La carte du port est sur le mur, et les bateaux sont sur la mre de la carte.\n\nLa carte est vieile et le port est sur la carte.\n";
    let folder = site(&[
        ("_config.yml", b"title: A\n"),
        ("index.md", page.as_bytes()),
        (
            "words/fr.dic",
            "9\nla\nle\nles\ndu\nde\nport\nsur\nmur\nest\net\nsont\nbateau/X\ncarte\nvieux/F\nvieille\n"
                .as_bytes(),
        ),
        ("words/fr.aff", b"SET UTF-8\nSFX X Y 1\nSFX X 0 x [^s]\n"),
        ("scholint.toml", b"[typo]\ndictionaries = [\"words/fr.dic\"]\n"),
        ("wrong.toml", b"[typo]\ndictionaries = [\"words/no.dic\"]\n"),
    ]);
    let (code, out, _) = run(folder.path(), &["check", "--output-format", "json"]);
    assert_eq!(code, 1);
    let messages: Vec<String> = json(&out)["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|each| each["rule"] == "typo/misspelling")
        .map(|each| each["message"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(messages, ["`vieile` is a misspelling of `vieille`"]);
    let (code, _, error) = run(folder.path(), &["check", "--config", "wrong.toml"]);
    assert_eq!(code, 2);
    assert!(error.contains("words/no.dic"), "{error}");
}

#[test]
fn comments_and_configuration_silence() {
    let ignored = b"<!-- scholint-ignore-file suppress -->\n\n<!-- scholint-ignore nonsense -->\n";
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", ignored)]);
    let arguments = ["check", "--output-format", "json", "--min-severity", "hint"];
    let report = json(&run(folder.path(), &arguments).1);
    assert_eq!(report["summary"]["suppressed"], 1);
    assert_eq!(report["summary"]["hints"], 0);

    let toml = b"[rules]\n\"suppress/unused\" = \"error\"\n[[overrides]]\npaths = [\"talks/\"]\nrules = { suppress = \"off\" }\n";
    let folder = site(&[("scholint.toml", toml), ("index.md", HINTED), ("talks/a.md", HINTED)]);
    let (code, out, _) = run(folder.path(), &["check", "--output-format", "concise", "-q"]);
    assert_eq!(code, 1);
    assert_eq!(out, "index.md:7:22: error[suppress/unused] no rule or family is called `nonsense`\n");
}

#[test]
fn reports_go_where_they_are_sent() {
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", HINTED)]);
    let (_, out, _) = run(
        folder.path(),
        &[
            "check",
            "--output-format",
            "json",
            "--output",
            "report.txt",
            "--statistics",
            "--min-severity",
            "hint",
        ],
    );
    assert_eq!(out, "");
    let written = std::fs::read_to_string(folder.path().join("report.txt")).expect("the report");
    assert_eq!(json(&written)["version"], 1);
    let (_, out, _) = run(folder.path(), &["check", "--statistics"]);
    assert!(out.ends_with("     1  hint     suppress/unused\n"), "{out}");
    assert!(out.contains("1 finding hidden (--min-severity hint shows all)"), "{out}");
}

#[test]
fn an_unknown_format_is_answered_with_those_that_are_known() {
    let folder = site(&[("index.md", b"Hello.\n")]);
    let (code, _, err) = run(folder.path(), &["check", "--output-format", "htm"]);
    assert_eq!(code, 2);
    for part in ["invalid value 'htm'", "sarif", "rdjson", "a similar value exists: 'html'"] {
        assert!(err.contains(part), "{part} in {err}");
    }
}

#[test]
fn hooks_name_files_that_are_no_part_of_the_site() {
    let files: &[(&str, &[u8])] = &[
        ("_config.yml", b"title: A\n"),
        ("index.md", HINTED),
        ("vendor/theirs.md", HINTED),
        ("vendor/x.md", b"\xff"),
    ];
    let folder = site(files);
    let named = ["check", "--min-severity", "hint", "--output-format", "concise", "-q"];
    let all = ["index.md", "vendor/theirs.md", "vendor/x.md"];
    let (code, out, _) = run(folder.path(), &[&named[..], &all].concat());
    assert_eq!((code, out.lines().count()), (2, 2), "what is named is read: {out}");
    let (code, out, _) = run(folder.path(), &[&named[..], &["--force-exclude"], &all].concat());
    assert_eq!((code, out.lines().count()), (0, 1), "only what belongs to the site: {out}");
}

#[test]
#[cfg(unix)]
fn a_shallow_clone_says_what_to_fetch() {
    let folder = site(&[("origin/index.md", b"Hello.\n")]);
    let origin = folder.path().join("origin");
    let git = |place: &Path, arguments: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
        let output =
            Command::new("git").current_dir(place).args(identity).args(arguments).output().expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
    };
    git(&origin, &["init", "-q"]);
    git(&origin, &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    git(&origin, &["add", "."]);
    git(&origin, &["commit", "-q", "-m", "first"]);
    let first = git(&origin, &["rev-parse", "HEAD"]);
    std::fs::write(origin.join("index.md"), HINTED).expect("written");
    git(&origin, &["commit", "-q", "-a", "-m", "second"]);
    let url = format!("file://{}", origin.display());
    git(folder.path(), &["clone", "-q", "--depth=1", &url, "clone"]);
    let clone = folder.path().join("clone");
    let arguments =
        ["check", "--min-severity", "hint", "--output-format", "concise", "-q", "--since", &first];
    let (code, _, err) = run(&clone, &arguments);
    assert_eq!(code, 2, "{err}");
    assert!(
        err.contains("this clone is shallow and lacks it") && err.contains("git fetch --depth=1 origin"),
        "{err}"
    );
    git(&clone, &["fetch", "-q", "--depth=1", "origin", &first]);
    let (code, out, err) = run(&clone, &arguments);
    assert_eq!((code, out.lines().count()), (0, 1), "{out}{err}");
}

#[test]
fn colours_are_asked_for() {
    let folder = site(&[("_config.yml", b"title: A\n"), ("index.md", HINTED)]);
    let coloured = |arguments: &[&str]| {
        run(folder.path(), &[&["check", "--min-severity", "hint"], arguments].concat()).1.contains('\u{1b}')
    };
    assert!(!coloured(&[]), "a pipe is no terminal");
    assert!(coloured(&["--color", "always"]));
    assert!(!coloured(&["--color", "never"]));
}

#[test]
#[cfg(unix)]
fn hostile_names_do_not_reach_the_terminal() {
    let folder =
        site(&[("_config.yml", b"title: A\n"), ("a\u{1b}[31m\u{202e}.md", HINTED), ("bad\u{7}.md", b"\xff")]);
    for format in ["human", "concise", "github", "markdown", "html", "junit"] {
        let (_, out, err) =
            run(folder.path(), &["check", "--min-severity", "hint", "--output-format", format]);
        assert!(out.contains("suppress/unused"), "{out}");
        for text in [out, err] {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{text:?}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_fault() {
    let folder = site(&[("index.md", b"Hello.\n")]);
    for arguments in [&["schema"][..], &["rules"], &["check"], &["--help"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let status = scholint(folder.path()).args(arguments).stdout(writer).status().expect("scholint runs");
        assert_eq!(status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn any_number_of_threads_finds_the_same() {
    let folder =
        site(&[("_config.yml", b"title: A\n"), ("a.md", HINTED), ("b.md", HINTED), ("c.md", HINTED)]);
    let with = |threads: &str| {
        run(
            folder.path(),
            &["check", "--threads", threads, "--output-format", "json", "--min-severity", "hint"],
        )
        .1
    };
    assert_eq!(with("1"), with("4"));
}

#[test]
fn the_table_of_rules_is_as_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/README.md");
    let (_, table, _) = run(Path::new("."), &["rules", "--output-format", "markdown"]);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &table).expect("written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(written, table, "BLESS=1 cargo test writes it anew");
}
