//! The binary with `--online`, against servers of this machine.

use super::server::{Deed, Server, status};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A site in the making, with a cache of its own.
struct Bench {
    site: TempDir,
    cache: TempDir,
}

impl Bench {
    fn new(files: &[(&str, &str)]) -> Self {
        let bench = Self {
            site: tempfile::tempdir().expect("a scratch folder"),
            cache: tempfile::tempdir().expect("a scratch folder"),
        };
        bench.write("_config.yml", "title: A\n");
        for (path, text) in files {
            bench.write(path, text);
        }
        bench
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.site.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, text).expect("a file");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scholint"));
        command
            .current_dir(self.site.path())
            .env("XDG_CACHE_HOME", self.cache.path())
            .env("LOCALAPPDATA", self.cache.path())
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    /// Checks for dead links on `a.labnet.org`: exit code, the targets found dead, the summary, what was complained.
    fn check(&self, server: &Server, arguments: &[&str]) -> (i32, Vec<String>, serde_json::Value, String) {
        let outer = format!("a.labnet.org:80:{}", server.address);
        let inner = format!("inner.labnet.org:80:{}", server.address);
        let fixed = [
            "check",
            "--online",
            "--allow-private",
            "a.labnet.org",
            "--resolve",
            &outer,
            "--resolve",
            &inner,
            "--select",
            "link/dead",
            "--output-format",
            "json",
        ];
        let all = [&fixed, arguments].concat();
        let Output { status, stdout, stderr } = self.command(&all).output().expect("scholint runs");
        let report: serde_json::Value = serde_json::from_slice(&stdout).expect("JSON");
        let found = report["diagnostics"].as_array().expect("a list").iter().map(|each| {
            let (path, span) = (each["path"].as_str().expect("a path"), &each["span"]);
            let text = std::fs::read_to_string(self.site.path().join(path)).expect("a page");
            let at = |end: &str| span[end]["offset"].as_u64().expect("an offset") as usize;
            text.get(at("start")..at("end")).expect("a span").to_owned()
        });
        let complaints = String::from_utf8_lossy(&stderr).into_owned();
        (status.code().expect("an exit code"), found.collect(), report["summary"].clone(), complaints)
    }
}

/// A URL on the server.
fn at(path: &str) -> String {
    format!("http://a.labnet.org{path}")
}

fn answers() -> Server {
    Server::new(|request, _| status(request, if request.path.starts_with("/gone") { 404 } else { 200 }))
}

#[test]
fn dead_links_are_found_and_remembered() {
    let server = answers();
    let (gone, fine) = (at("/gone"), at("/fine"));
    let text = format!(
        "A [lost]({gone}) and a [fine]({fine}#part) and a [secret](http://inner.labnet.org/x) thing.\n"
    );
    let bench = Bench::new(&[("index.md", &text)]);
    let (code, found, summary, complaints) = bench.check(&server, &[]);
    assert_eq!((code, &*found), (1, &[gone.clone()][..]), "{complaints}");
    assert_eq!((&summary["unasked"], &summary["unsure"]), (&1.into(), &0.into()));
    let mut lines = server.lines();
    lines.sort();
    assert_eq!(lines, ["GET /fine", "GET /gone", "GET /gone"]);
    let (code, found, ..) = bench.check(&server, &[]);
    assert_eq!((code, &*found), (1, &[gone][..]));
    assert_eq!(server.lines().len(), 3, "all was remembered");
}

#[test]
fn nothing_is_asked_offline() {
    let server = answers();
    let text = format!("A [lost]({}) thing.\n", at("/gone"));
    let bench = Bench::new(&[("index.md", &text)]);
    let address = format!("a.labnet.org:80:{}", server.address);
    let arguments = ["check", "--allow-private", "a.labnet.org", "--resolve", &address];
    let output = bench.command(&arguments).output().expect("scholint runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 link to other sites not asked"));
    assert!(server.lines().is_empty());
    assert_eq!(std::fs::read_dir(bench.cache.path()).expect("a folder").count(), 0);
}

#[test]
fn only_what_is_reported_on_is_asked() {
    let server = answers();
    let link = |path: &str| format!("A [thing]({}).\n", at(path));
    let bench = Bench::new(&[("index.md", &link("/gone-a")), ("other.md", &link("/gone-b"))]);
    let (_, found, summary, _) = bench.check(&server, &["index.md"]);
    assert_eq!(found, [at("/gone-a")]);
    assert_eq!(summary["unasked"], 0);
    assert_eq!(server.lines(), ["GET /gone-a", "GET /gone-a"]);

    let git = |arguments: &[&str]| {
        let identity =
            ["-c", "user.name=Ann", "-c", "user.email=ann@lab.test", "-c", "init.defaultBranch=main"];
        let status = Command::new("git")
            .current_dir(bench.site.path())
            .args(identity)
            .args(arguments)
            .stdout(Stdio::null())
            .status()
            .expect("git runs");
        assert!(status.success(), "{arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "a"]);
    bench.write("other.md", &format!("{}\n{}", link("/gone-b"), link("/gone-c")));
    let (_, found, ..) = bench.check(&server, &["--since", "HEAD"]);
    assert_eq!(found, [at("/gone-c")]);
    assert_eq!(server.lines()[2..], ["GET /gone-c", "GET /gone-c"]);
}

#[test]
fn a_site_cannot_widen_what_is_asked_or_written() {
    let server = answers();
    let elsewhere = tempfile::tempdir().expect("a scratch folder");
    let target = elsewhere.path().join("cache");
    let toml = format!("[online]\ncache = {target:?}\nhosts = {{ \"x.com\" = true }}\nconcurrency = 9999\n");
    let text = format!("A [lost]({}) and [another](https://x.com/ann).\n", at("/gone"));
    let bench = Bench::new(&[("scholint.toml", &toml), ("index.md", &text)]);
    let (_, found, summary, complaints) = bench.check(&server, &[]);
    assert_eq!(found.len(), 1);
    assert_eq!(summary["unasked"], 1, "x.com");
    assert!(!target.exists() && bench.cache.path().join("scholint").exists());
    for what in ["cache elsewhere", "wake [online] hosts", "concurrency"] {
        assert!(complaints.contains(what), "{complaints}");
    }
    // Whoever runs scholint may want it so.
    bench.write("scholint.toml", &format!("[online]\ncache = {target:?}\n"));
    let (_, found, _, complaints) = bench.check(&server, &["--config", "scholint.toml"]);
    assert_eq!((found.len(), &*complaints), (1, ""));
    assert!(target.exists());
}

#[test]
#[cfg(unix)]
fn ctrl_c_keeps_what_was_learnt() {
    let server = Server::new(|request, _| match &*request.path {
        "/slow" => Deed::Wait(Duration::from_secs(30)),
        "/gone" => status(request, 404),
        _ => status(request, 200),
    });
    let [gone, fine, slow] = ["/gone", "/fine", "/slow"].map(at);
    let bench = Bench::new(&[("index.md", &format!("[a]({gone}) [b]({fine}) [c]({slow})\n"))]);
    let address = format!("a.labnet.org:80:{}", server.address);
    let arguments = [
        "check",
        "--online",
        "--allow-private",
        "a.labnet.org",
        "--resolve",
        &address,
        "--select",
        "link/dead",
    ];
    let child = bench
        .command(&arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("scholint runs");
    let start = Instant::now();
    while server.lines().len() < 3 && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(200));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().expect("kill runs").success());
    let output = child.wait_with_output().expect("an end");
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(output.status.code(), Some(130));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(err.contains("the run was stopped; run it again: what was learnt is kept"), "{err}");
    assert!(out.contains("nothing found in"), "{out}");
    assert!(out.contains("1 link to other sites not asked"), "{out}");
    // What was missing once is missing twice now; what was fine is not asked.
    let before = server.lines().len();
    bench.write("index.md", &format!("[a]({gone}) [b]({fine})\n"));
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(bench.check(&server, &[]).1, [gone]);
    assert_eq!(server.lines()[before..], ["GET /gone"]);
}

#[test]
fn the_cache_is_looked_after() {
    let server = answers();
    let text = format!("A [fine]({}) thing.\n", at("/fine"));
    let bench = Bench::new(&[("index.md", &text)]);
    let cache = |deed: &str| {
        let output = bench.command(&["cache", deed]).output().expect("scholint runs");
        assert_eq!(output.status.code(), Some(0), "{deed}");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr))
    };
    let folder = cache("path").0;
    let folder = Path::new(folder.trim());
    assert!(folder.starts_with(bench.cache.path()) && !folder.exists());
    cache("clear");
    bench.check(&server, &[]);
    assert!(folder.join("answers.tsv").exists());
    assert_eq!(cache("prune").1, "0 old answers removed, 1 kept\n");
    bench.check(&server, &[]);
    assert_eq!(server.lines().len(), 1);
    cache("clear");
    assert!(!folder.exists());
    bench.check(&server, &[]);
    assert_eq!(server.lines().len(), 2);
}
