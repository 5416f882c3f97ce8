//! What is kept from run to run.

use super::server::{Server, status};
use super::*;
use std::path::Path;

const DAY: u64 = 24 * 60 * 60;

/// Asks on a day, with a cache in a folder.
fn on(day: u64, folder: &Path, urls: &[&str]) -> Evidence {
    let now = Some((20_000 + day) * DAY);
    ask(Options { cache: Some(folder.to_owned()), now, ..options() }, urls)
}

#[test]
fn what_is_known_is_not_asked_again() {
    let scratch = tempfile::tempdir().expect("a folder");
    let server = Server::new(|request, _| match &*request.path {
        "/fine" => status(request, 200),
        "/shut" => status(request, 403),
        "/broken" => status(request, 501),
        _ => status(request, 404),
    });
    let [fine, lost, shut, broken] =
        ["/fine", "/lost", "/shut", "/broken"].map(|path| server.url("a.test", path));
    let urls = [&*fine, &lost, &shut, &broken];
    let mut before = 0;
    let mut asked_on = |day: u64| {
        let evidence = on(day, scratch.path(), &urls);
        assert_eq!(evidence.answer(&url(&fine)), &alive("", ""));
        assert_eq!(evidence.answer(&url(&lost)), &gone(Proof::Status(404)));
        assert_eq!(evidence.answer(&url(&shut)), &unsure(Doubt::Blocked));
        let mut new = server.lines().split_off(before);
        before += new.len();
        new.retain(|line| line != "GET /broken");
        new.sort();
        new
    };
    assert_eq!(asked_on(0), ["GET /fine", "GET /lost", "GET /lost", "GET /shut"]);
    assert_eq!(asked_on(0), ["GET /shut"], "a doubt is not kept");
    assert_eq!(asked_on(1), ["GET /lost", "GET /shut"], "what was gone is looked at every day, once");
    assert_eq!(asked_on(14), ["GET /fine", "GET /lost", "GET /shut"]);
    assert_eq!(asked_on(14), ["GET /shut"]);
}

#[test]
fn a_warm_cache_sends_nothing() {
    let scratch = tempfile::tempdir().expect("a folder");
    let server = Server::new(|request, _| status(request, 200));
    let urls: Vec<String> = (0..50).map(|number| server.url("a.test", &format!("/{number}"))).collect();
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    on(0, scratch.path(), &urls);
    assert_eq!(server.lines().len(), 50);
    let evidence = on(1, scratch.path(), &urls);
    assert_eq!(server.lines().len(), 50);
    assert_eq!(evidence.iter().count(), 50);
}

#[test]
fn what_was_missing_in_an_earlier_run_need_be_missing_only_once_more() {
    let scratch = tempfile::tempdir().expect("a folder");
    let server = Server::new(|request, _| status(request, if request.path == "/fine" { 200 } else { 404 }));
    let lost = server.url("a.test", "/lost");
    // As an interrupted run leaves it.
    let line =
        format!("scholint answers 1\nurl {lost}\t{}\t{}\n", 20_000 * DAY, r#"{"Once":{"Status":404}}"#);
    std::fs::write(scratch.path().join("answers.tsv"), line).expect("written");
    let evidence = on(1, scratch.path(), &[&lost]);
    assert_eq!(evidence.answer(&url(&lost)), &gone(Proof::Status(404)));
    assert_eq!(server.lines(), ["GET /lost"]);
}

#[test]
fn two_runs_at_once_share_a_cache() {
    let scratch = tempfile::tempdir().expect("a folder");
    let server = Server::new(|request, _| status(request, 200));
    let urls: Vec<String> = (0..40).map(|number| server.url("a.test", &format!("/{number}"))).collect();
    std::thread::scope(|scope| {
        for half in urls.chunks(20) {
            let half: Vec<&str> = half.iter().map(String::as_str).collect();
            let folder = scratch.path();
            scope.spawn(move || on(0, folder, &half));
        }
    });
    assert_eq!(server.lines().len(), 40);
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    on(0, scratch.path(), &urls);
    assert_eq!(server.lines().len(), 40, "all were kept");
}

#[test]
fn a_damaged_cache_is_written_anew() {
    let scratch = tempfile::tempdir().expect("a folder");
    let server = Server::new(|request, _| status(request, 200));
    let fine = server.url("a.test", "/fine");
    let answers = scratch.path().join("answers.tsv");
    std::fs::write(&answers, b"scholint answers 1\nurl x\xff\0").expect("written");
    let options = Options { cache: Some(scratch.path().to_owned()), ..options() };
    let said = Network::new(options.clone()).ask([url(&fine)].into(), &terms());
    assert_eq!(said.remarks.len(), 1, "{:?}", said.remarks);
    assert!(said.remarks[0].0.contains("damaged"));
    let said = Network::new(options).ask([url(&fine)].into(), &terms());
    assert!(said.remarks.is_empty());
    assert_eq!(server.lines(), ["GET /fine"]);
}

#[test]
#[cfg(unix)]
fn a_cache_that_cannot_be_written_costs_a_remark() {
    let scratch = tempfile::tempdir().expect("a folder");
    let server = Server::new(|request, _| status(request, 200));
    let fine = server.url("a.test", "/fine");
    // A file stands where the folder should be.
    let blocked = scratch.path().join("file");
    std::fs::write(&blocked, "").expect("written");
    let said = Network::new(Options { cache: Some(blocked), ..options() }).ask([url(&fine)].into(), &terms());
    assert_eq!(said.evidence.answer(&url(&fine)), &alive("", ""));
    assert!(
        said.remarks.iter().any(|(message, _)| message.contains("could not be kept")),
        "{:?}",
        said.remarks
    );
}
