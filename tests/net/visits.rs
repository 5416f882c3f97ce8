//! What becomes of URLs: the verdict, and the requests that it took.

use super::server::{Deed, Server, page, redirect, reply, status, unknown_authority};
use super::*;
use scholint::evidence::Hollow;
use std::io::Write as _;
use std::time::Instant;

#[test]
fn a_page_takes_one_request_and_says_who_asks() {
    let server = Server::new(|request, _| page(request, "<title>Lab</title>"));
    let (one, same) = (server.url("a.test", "/lab"), server.url("me:secret@A.test", "/lab"));
    let queries = [url(&one), url(&same)].into();
    let terms = Terms { mailto: Some("ann@lab.test".to_owned()), ..terms() };
    let evidence = Network::new(options()).ask(queries, &terms).evidence;
    for each in [&one, &same] {
        assert_eq!(evidence.answer(&url(each)), &alive("", "text/html"));
    }
    let seen = server.seen();
    assert_eq!(server.lines(), ["GET /lab"]);
    assert_eq!(seen[0].header("range"), Some("bytes=0-65535"));
    assert_eq!(seen[0].header("host"), Some(&*format!("a.test:{}", server.address.port())));
    let agent = seen[0].header("user-agent").expect("a name");
    assert!(agent.starts_with("scholint/") && agent.contains("+https://"), "{agent}");
    assert!(agent.ends_with("; mailto:ann@lab.test)"), "{agent}");
    for secret in ["authorization", "cookie", "referer"] {
        assert_eq!(seen[0].header(secret), None);
    }
}

#[test]
fn a_file_takes_its_headers_only() {
    let server = Server::new(|request, _| reply(request, 200, &["Content-Type: Application/PDF"], b"%PDF"));
    let written = server.url("a.test", "/paper.pdf");
    assert_eq!(ask_one(options(), &written), alive("", "application/pdf"));
    assert_eq!(server.lines(), ["HEAD /paper.pdf"]);
}

#[test]
fn what_head_does_not_tell_get_is_asked_for() {
    for code in [404, 405, 403, 501, 500] {
        let server = Server::new(move |request, _| match &*request.method {
            "HEAD" => status(request, code),
            _ => reply(request, 206, &["Content-Type: application/pdf"], b"%PDF"),
        });
        let written = server.url("a.test", "/paper.pdf");
        assert_eq!(ask_one(options(), &written), alive("", "application/pdf"), "{code}");
        assert_eq!(server.lines(), ["HEAD /paper.pdf", "GET /paper.pdf"], "{code}");
    }
}

#[test]
fn permanent_redirects_are_moves() {
    let server = Server::new(|request, _| match &*request.path {
        "/a" => redirect(request, 301, "/b"),
        "/b" => redirect(request, 308, "/c"),
        "/x" => redirect(request, 302, "/c"),
        "/y" => redirect(request, 301, "/x"),
        "/dir" => redirect(request, 301, "/dir/"),
        _ => status(request, 200),
    });
    let [c, dir] = ["/c", "/dir/"].map(|path| server.url("a.test", path));
    for (path, expected, requests) in [
        ("/a", moved(&c), vec!["GET /a", "GET /b", "GET /c"]),
        ("/b", moved(&c), vec!["GET /b", "GET /c"]),
        ("/x", alive(&c, ""), vec!["GET /x", "GET /c"]),
        ("/y", alive(&c, ""), vec!["GET /y", "GET /x", "GET /c"]),
        ("/dir", alive(&dir, ""), vec!["GET /dir", "GET /dir/"]),
    ] {
        let before = server.lines().len();
        assert_eq!(ask_one(options(), &server.url("a.test", path)), expected, "{path}");
        assert_eq!(server.lines()[before..], requests);
    }
}

#[test]
fn endless_redirects_prove_nothing() {
    let server = Server::new(|request, _| match &*request.path {
        "/loop" => redirect(request, 301, "/pool"),
        "/pool" => redirect(request, 301, "/loop"),
        path => redirect(request, 301, &format!("{path}x")),
    });
    assert_eq!(ask_one(options(), &server.url("a.test", "/loop")), unsure(Doubt::Failed));
    assert_eq!(server.lines(), ["GET /loop", "GET /pool"]);
    assert_eq!(ask_one(options(), &server.url("a.test", "/x")), unsure(Doubt::Failed));
    assert_eq!(server.lines().len(), 2 + 9, "the page and eight redirects");
}

#[test]
fn gone_is_what_is_missing_twice() {
    let server = Server::new(|request, before| match (&*request.path, before) {
        ("/410" | "/gone.pdf", _) => status(request, 410),
        ("/shy", 1) => status(request, 403),
        ("/gone" | "/shy", _) | ("/back", 0) => status(request, 404),
        _ => status(request, 200),
    });
    for (path, expected, requests) in [
        ("/gone", gone(Proof::Status(404)), &["GET /gone", "GET /gone"][..]),
        ("/410", gone(Proof::Status(410)), &["GET /410", "GET /410"]),
        ("/gone.pdf", gone(Proof::Status(410)), &["HEAD /gone.pdf", "GET /gone.pdf", "GET /gone.pdf"]),
        ("/back", alive("", ""), &["GET /back", "GET /back"]),
        ("/shy", unsure(Doubt::Blocked), &["GET /shy", "GET /shy"]),
    ] {
        let before = server.lines().len();
        assert_eq!(ask_one(options(), &server.url("a.test", path)), expected, "{path}");
        assert_eq!(server.lines()[before..], *requests);
    }
}

#[test]
fn the_archive_has_a_copy_of_what_is_gone() {
    let copy = "https://web.archive.org/web/20240102030405/http://a.test/gone";
    let archive = Server::new(move |request, _| {
        if request.path.ends_with("/gone") { redirect(request, 302, copy) } else { status(request, 404) }
    });
    let server = Server::new(|request, _| status(request, if request.path == "/fine" { 200 } else { 404 }));
    let mut options = options();
    let stand_in = format!("http://{}", archive.address);
    options.origins.insert("https://web.archive.org".to_owned(), stand_in);
    let [lost, never, fine] = ["/gone", "/never", "/fine"].map(|path| server.url("a.test", path));
    let evidence = ask(options, &[&lost, &never, &fine]);
    let proof = Proof::Status(404);
    assert_eq!(evidence.answer(&url(&lost)), &Answer::Gone(Gone { proof, archived: Some(copy.into()) }));
    assert_eq!(evidence.answer(&url(&never)), &gone(proof));
    assert_eq!(archive.lines(), [format!("GET /web/{lost}"), format!("GET /web/{never}")]);
    assert_eq!(archive.seen()[0].header("host"), Some("web.archive.org"));
}

#[test]
fn a_host_that_turns_us_away_proves_nothing() {
    let server = Server::new(|request, _| match &*request.path {
        "/cf" => reply(request, 404, &["cf-mitigated: challenge"], b""),
        "/busy" => reply(request, 503, &["Server: cloudflare"], b""),
        "/moment" => page(request, "<title>Just a moment...</title>"),
        path => status(request, path.trim_start_matches('/').parse().expect("a status")),
    });
    for (path, doubt, requests) in [
        ("/401", Doubt::Blocked, 1),
        ("/403", Doubt::Blocked, 1),
        ("/451", Doubt::Blocked, 1),
        ("/999", Doubt::Blocked, 1),
        ("/cf", Doubt::Blocked, 1),
        ("/busy", Doubt::Blocked, 3),
        ("/moment", Doubt::Blocked, 1),
        ("/202", Doubt::Failed, 1),
        ("/418", Doubt::Failed, 1),
        ("/500", Doubt::Failed, 3),
    ] {
        let before = server.lines().len();
        assert_eq!(ask_one(options(), &server.url("a.test", path)), unsure(doubt), "{path}");
        assert_eq!(server.lines().len() - before, requests, "{path}");
    }
}

#[test]
fn a_busy_host_is_given_the_time_it_asks_for() {
    let server = Server::new(|request, before| match before {
        0 => reply(request, 429, &["Retry-After: 1"], b""),
        _ => status(request, 200),
    });
    let start = Instant::now();
    assert_eq!(ask_one(options(), &server.url("a.test", "/x")), alive("", ""));
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.lines(), ["GET /x", "GET /x"]);
}

#[test]
fn a_host_that_wants_an_hour_is_left_alone() {
    let server = Server::new(|request, _| reply(request, 429, &["Retry-After: 3600"], b""));
    let urls: Vec<String> = (0..20).map(|number| server.url("a.test", &format!("/{number}"))).collect();
    let terms = Terms { concurrency: Some(1), ..terms() };
    let queries = urls.iter().map(|each| url(each)).collect();
    let start = Instant::now();
    let evidence = Network::new(options()).ask(queries, &terms).evidence;
    assert!(start.elapsed() < Duration::from_secs(5));
    assert!(urls.iter().all(|each| evidence.answer(&url(each)) == &unsure(Doubt::Blocked)));
    assert_eq!(server.lines().len(), 1);
}

#[test]
fn a_fault_that_passes_is_forgotten() {
    let server = Server::new(|request, before| status(request, if before == 0 { 500 } else { 200 }));
    assert_eq!(ask_one(options(), &server.url("a.test", "/x")), alive("", ""));
    assert_eq!(server.lines(), ["GET /x", "GET /x"]);
}

#[test]
fn a_host_that_does_not_answer_in_time_proves_nothing() {
    let server = Server::new(|_, _| Deed::Wait(Duration::from_secs(4)));
    let start = Instant::now();
    assert_eq!(ask_one(options(), &server.url("a.test", "/x.pdf")), unsure(Doubt::Late));
    assert!(start.elapsed() < Duration::from_millis(2500));
    assert_eq!(server.lines(), ["HEAD /x.pdf"]);
}

#[test]
fn bodies_without_end_are_cut() {
    let head = "HTTP/1.1 200 So\r\nContent-Type: text/html\r\nConnection: close\r\n";
    let endless = Server::new(move |_, _| {
        Deed::SendForEver(format!("{head}\r\n<title>Lab</title>").into_bytes(), vec![b'x'; 4096])
    });
    let start = Instant::now();
    assert_eq!(ask_one(options(), &endless.url("a.test", "/x")), alive("", "text/html"));

    // A hundred kilobytes that unpack to a hundred megabytes.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..100 {
        packed.write_all(&zeros).expect("packed");
    }
    let packed = packed.finish().expect("packed");
    let bomb = Server::new(move |request, _| {
        reply(request, 200, &["Content-Type: text/html", "Content-Encoding: gzip"], &packed)
    });
    assert_eq!(ask_one(options(), &bomb.url("a.test", "/x")), alive("", "text/html"));
    assert_eq!(bomb.seen()[0].header("accept-encoding"), Some("identity"), "nobody asked for that");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn broken_answers_prove_nothing() {
    let garbage = Server::new(|_, _| Deed::SendAndLeave(b"220 mail.lab.test ESMTP\r\n".to_vec()));
    assert_eq!(ask_one(options(), &garbage.url("a.test", "/x")), unsure(Doubt::Failed));
    let dropped = Server::new(|_, _| Deed::SendAndLeave(Vec::new()));
    assert_eq!(ask_one(options(), &dropped.url("a.test", "/x")), unsure(Doubt::Failed));
    let short = Server::new(|_, _| {
        Deed::SendAndLeave(b"HTTP/1.1 200 So\r\nContent-Length: 100\r\n\r\n<title>".to_vec())
    });
    assert_eq!(ask_one(options(), &short.url("a.test", "/x")), unsure(Doubt::Failed));
    assert_eq!(short.lines(), ["GET /x", "GET /x"], "once more, and no more");
    assert_eq!(ask_one(options(), "http://a.test:9/x"), unsure(Doubt::Failed), "nobody listens there");
}

#[test]
fn certificates_must_hold() {
    let (address, seen) = unknown_authority("a.test");
    assert_eq!(ask_one(options(), &format!("https://a.test:{}/x", address.port())), unsure(Doubt::Failed));
    assert!(seen.lock().expect("a log").is_empty(), "nothing was said to a stranger");
    let plain = Server::new(|request, _| status(request, 404));
    let written = plain.url("a.test", "/x").replace("http:", "https:");
    assert_eq!(ask_one(options(), &written), unsure(Doubt::Late), "it waits for a request that it can read");
}

#[test]
fn the_newer_protocol_of_the_internet_is_spoken() {
    // Not every machine has it.
    let Some(server) = Server::on("[::1]:0", |request, _| status(request, 200)) else { return };
    let written = server.url("[::1]", "/x");
    assert_eq!(ask_one(options(), &written), unsure(Doubt::Refused));
    let mut options = options();
    options.allowed.insert("[::1]".to_owned());
    options.allowed.insert("six.test".to_owned());
    options.resolve.insert("six.test".to_owned(), vec![server.address]);
    assert_eq!(ask_one(options.clone(), &written), alive("", ""));
    assert_eq!(ask_one(options, &server.url("six.test", "/x")), alive("", ""));
    assert_eq!(server.lines(), ["GET /x", "GET /x"]);
}

#[test]
fn nobody_inside_is_asked() {
    let inside = Server::new(|request, _| page(request, "secret"));
    let port = inside.address.port();
    let targets = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://0x7f.1:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://inner.lab.org:{port}/"),
        "http://inner.lab.org/".to_owned(),
        "http://inner.lab.org:8080/".to_owned(),
        "http://two.lab.org:8080/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ];
    let mut options = options();
    options.resolve.insert("inner.lab.org".to_owned(), vec![([127, 0, 0, 1], 0).into()]);
    options
        .resolve
        .insert("two.lab.org".to_owned(), vec![([93, 184, 216, 34], 0).into(), ([10, 0, 0, 1], 0).into()]);
    let urls: Vec<&str> = targets.iter().map(String::as_str).collect();
    let evidence = ask(options.clone(), &urls);
    for target in &targets {
        assert_eq!(evidence.answer(&url(target)), &unsure(Doubt::Refused), "{target}");
    }
    // A redirect is no way in either.
    let list = targets.clone();
    let outside = Server::new(move |request, _| {
        let number: usize = request.path.trim_start_matches('/').parse().expect("a number");
        redirect(request, 301, &list[number])
    });
    for (number, target) in targets.iter().enumerate() {
        let answer = ask_one(options.clone(), &outside.url("a.test", &format!("/{number}")));
        assert_eq!(answer, unsure(Doubt::Refused), "{target}");
    }
    assert_eq!(outside.lines().len(), targets.len());
    assert!(inside.lines().is_empty());
}

#[test]
fn some_hosts_are_never_asked() {
    let server = Server::new(|request, _| redirect(request, 302, "https://www.linkedin.com/in/x"));
    let written = server.url("a.test", "/me");
    let evidence = ask(options(), &["https://x.com/ann", &written]);
    assert_eq!(evidence.answer(&url("https://x.com/ann")), &unsure(Doubt::Courtesy));
    assert_eq!(evidence.answer(&url(&written)), &unsure(Doubt::Courtesy));
    assert_eq!(server.lines(), ["GET /me"]);
    let unwanted = Terms { hosts: [("b.org".to_owned(), false)].into(), ..terms() };
    let query = url("https://www.b.org/");
    let evidence = Network::new(options()).ask([query.clone()].into(), &unwanted).evidence;
    assert_eq!(evidence.answer(&query), &unsure(Doubt::Courtesy));
}

#[test]
fn pages_that_say_they_are_none() {
    let server = Server::new(|request, _| match &*request.path {
        "/lost" => page(request, "<html><title>Page not found | Lab</title>"),
        "/sold" => page(request, "<title>lab.test is for sale</title>"),
        "/old/paper" => redirect(request, 302, "/"),
        "/private" => redirect(request, 302, "/login?next=/private"),
        "/login?next=/private" => page(request, "<title>Log in</title>"),
        "/parked" => redirect(request, 302, "https://www.hugedomains.com/domain_profile.cfm?d=x"),
        "/404.pdf" => reply(request, 200, &["Content-Type: application/pdf"], b"<title>404</title>"),
        _ => page(request, "<title>Lab</title>"),
    });
    let hollow = |hollow, end: &str, kind: &str| {
        Answer::Hollow(hollow, Visit { url: end.into(), content_type: kind.into() })
    };
    let home = server.url("a.test", "/");
    let login = server.url("a.test", "/login?next=/private");
    for (path, expected) in [
        ("/lost", hollow(Hollow::NotFound, "", "text/html")),
        ("/sold", hollow(Hollow::Parked, "", "text/html")),
        ("/old/paper", hollow(Hollow::Home, &home, "text/html")),
        ("/private", hollow(Hollow::Login, &login, "")),
        ("/parked", hollow(Hollow::Parked, "https://www.hugedomains.com/domain_profile.cfm?d=x", "")),
        ("/404.pdf", alive("", "application/pdf")),
        ("/fine", alive("", "text/html")),
    ] {
        assert_eq!(ask_one(options(), &server.url("a.test", path)), expected, "{path}");
    }
    assert!(!server.lines().contains(&"GET /login?next=/private".to_owned()), "it is not looked at");
}

#[test]
fn a_name_without_an_address_is_gone_if_the_network_is_there() {
    let server = Server::new(|request, _| status(request, 200));
    let mut options = options();
    options.resolve.insert("gone.org".to_owned(), Vec::new());
    let dead = "http://gone.org/paper.pdf";
    assert_eq!(ask_one(options.clone(), dead), unsure(Doubt::Failed), "perhaps it is us");
    let evidence = ask(options.clone(), &[dead, &server.url("a.test", "/")]);
    assert_eq!(evidence.answer(&url(dead)), &gone(Proof::NoSuchHost));
    // However many links lead there.
    let many: Vec<String> = (0..20).map(|number| format!("http://gone.org/{number}.pdf")).collect();
    let fine = server.url("a.test", "/");
    let urls: Vec<&str> = many.iter().map(String::as_str).chain([&*fine]).collect();
    let patient = Options { pace: Pace { spacing: Duration::ZERO, ..options.pace }, ..options.clone() };
    let evidence = ask(patient, &urls);
    assert!(many.iter().all(|each| evidence.answer(&url(each)) == &gone(Proof::NoSuchHost)));
    let old = Server::new(|request, _| redirect(request, 301, "http://gone.org/"));
    let answer = ask_one(options, &old.url("a.test", "/"));
    assert_eq!(answer, unsure(Doubt::Failed), "the host of the link is there");
}

#[test]
fn a_page_cannot_make_us_ask_without_end() {
    let server = Server::new(|request, _| status(request, 200));
    let urls: Vec<Query> = (0..30).map(|number| url(&server.url("a.test", &format!("/{number}")))).collect();
    let network = Network::new(Options { most: 20, ..options() });
    let said = network.ask(urls[..15].iter().cloned().collect(), &terms());
    assert!(said.remarks.is_empty());
    let said = network.ask(urls.iter().cloned().collect(), &terms());
    assert_eq!(server.lines().len(), 20);
    assert_eq!(said.evidence.iter().count(), 20);
    assert_eq!(said.remarks[0].0, "10 questions were not asked: there are too many");
}

#[test]
fn one_host_does_not_hold_up_the_others() {
    let slow = Server::new(|request, _| {
        std::thread::sleep(Duration::from_millis(300));
        status(request, 200)
    });
    let quick = Server::new(|request, _| status(request, 200));
    let mut urls: Vec<String> = (0..4).map(|number| slow.url("a.test", &format!("/{number}"))).collect();
    urls.extend((0..4).map(|number| quick.url("b.test", &format!("/{number}"))));
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let start = Instant::now();
    let evidence = ask(options(), &urls);
    assert!(evidence.iter().all(|(_, answer)| *answer == alive("", "")));
    assert!(start.elapsed() < Duration::from_secs(1), "side by side: {:?}", start.elapsed());
}
