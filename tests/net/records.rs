//! Records and handles: how they are asked for.

use super::server::{Server, reply, status};
use super::*;
use scholint::evidence::Registry;

/// Options under which a server stands in for others.
fn standing_in(server: &Server, origins: &[&str]) -> Options {
    let mut options = options();
    for origin in origins {
        options.origins.insert((*origin).to_owned(), format!("http://{}", server.address));
    }
    options
}

fn record(registry: Registry, id: &str) -> Query {
    Query::Record(registry, id.into())
}

fn title(evidence: &Evidence, query: &Query) -> String {
    match evidence.answer(query) {
        Answer::Record(record) => record.title.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn dois_are_asked_of_the_handle_service() {
    let server = Server::new(|request, _| {
        match &*request.path {
        "/api/handles/10.9999/abc%281%29?type=URL" => reply(
            request,
            200,
            &[],
            br#"{"responseCode":1,"values":[{"type":"URL","data":{"format":"string","value":"https://p.org/abc"}}]}"#,
        ),
        _ => reply(request, 404, &[], br#"{"responseCode":100}"#),
    }
    });
    let link = url("https://doi.org/10.9999/ABC(1)");
    let same = Query::Doi("10.9999/abc(1)".into());
    let wrong = Query::Doi("10.9999/abd".into());
    let queries = [link.clone(), same.clone(), wrong.clone()].into();
    let options = standing_in(&server, &["https://doi.org"]);
    let evidence = Network::new(options).ask(queries, &terms()).evidence;
    assert_eq!(evidence.answer(&link), &alive("https://p.org/abc", ""));
    assert_eq!(evidence.answer(&same), &alive("https://p.org/abc", ""));
    assert_eq!(evidence.answer(&wrong), &gone(Proof::NoSuchHandle));
    let mut lines = server.lines();
    lines.sort();
    assert_eq!(
        lines,
        [
            "GET /api/handles/10.9999/abc%281%29?type=URL",
            "GET /api/handles/10.9999/abd?type=URL",
            "GET /api/handles/10.9999/abd?type=URL",
        ]
    );
    assert_eq!(server.seen()[0].header("host"), Some("doi.org"));
}

#[test]
fn papers_of_arxiv_are_asked_for_together() {
    let server = Server::new(|request, _| {
        if request.path.starts_with("/api/query?") {
            let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom">
                <entry><id>https://arxiv.org/abs/2301.00001v2</id><title>Herds</title></entry>
                <entry><id>https://arxiv.org/abs/2301.00002v1</id><title>Flocks</title></entry></feed>"#;
            reply(request, 200, &[], feed.as_bytes())
        } else if request.path == "/abs/2301.00004" {
            status(request, 200)
        } else {
            status(request, 404)
        }
    });
    let options = standing_in(&server, &["https://export.arxiv.org", "https://arxiv.org"]);
    let herds = record(Registry::Arxiv, "2301.00001");
    let linked = url("https://arxiv.org/pdf/2301.00002v1.pdf");
    let nowhere = url("https://arxiv.org/abs/2301.00003");
    let recent = url("https://arxiv.org/abs/2301.00004");
    let unknown = record(Registry::Arxiv, "2301.00003");
    let queries = [herds.clone(), linked.clone(), nowhere.clone(), recent.clone(), unknown.clone()].into();
    let evidence = Network::new(options).ask(queries, &terms()).evidence;
    assert_eq!(title(&evidence, &herds), "Herds");
    assert_eq!(evidence.answer(&linked), &alive("", "application/pdf"));
    assert_eq!(evidence.answer(&unknown), &unsure(Doubt::Unknown), "not found is not wrong");
    assert_eq!(evidence.answer(&recent), &alive("", ""), "the index may be behind");
    assert_eq!(evidence.answer(&nowhere), &gone(Proof::Status(404)), "but the page is not there");
    let api: Vec<String> = server.lines().into_iter().filter(|line| line.contains("/api/")).collect();
    let ids = "2301.00001,2301.00002,2301.00003,2301.00004";
    assert_eq!(api, [format!("GET /api/query?id_list={ids}&max_results=4")]);
}

#[test]
fn a_throttled_registry_proves_nothing() {
    let server = Server::new(|request, _| reply(request, 200, &[], b"Rate exceeded."));
    let options = standing_in(&server, &["https://export.arxiv.org", "https://arxiv.org"]);
    let (paper, page) = (record(Registry::Arxiv, "2301.00001"), url("https://arxiv.org/abs/2301.00001"));
    let evidence = Network::new(options).ask([paper.clone(), page.clone()].into(), &terms()).evidence;
    assert_eq!(evidence.answer(&paper), &unsure(Doubt::Blocked));
    assert_eq!(evidence.answer(&page), &unsure(Doubt::Blocked));
    assert_eq!(server.lines().len(), 1);
}

#[test]
fn dois_without_a_record_at_crossref_are_asked_for_at_datacite() {
    let crossref = Server::new(|request, _| match &*request.path {
        "/works/10.9999%2Fabc" => reply(request, 200, &[], br#"{"message":{"title":["Herds"]}}"#),
        _ => reply(request, 404, &[], b"Resource not found."),
    });
    let datacite = Server::new(|request, _| match &*request.path {
        "/dois/10.9999%2Fdata" | "/dois/10.48550%2Farxiv.2301.00001" => {
            reply(request, 200, &[], br#"{"data":{"attributes":{"titles":[{"title":"Flocks"}]}}}"#)
        }
        _ => status(request, 404),
    });
    let mut options = standing_in(&crossref, &["https://api.crossref.org"]);
    options.origins.insert("https://api.datacite.org".to_owned(), format!("http://{}", datacite.address));
    let [abc, data, arxiv, nowhere] =
        ["10.9999/abc", "10.9999/data", "10.48550/arxiv.2301.00001", "10.9999/no"]
            .map(|doi| record(Registry::Doi, doi));
    let queries = [abc.clone(), data.clone(), arxiv.clone(), nowhere.clone()].into();
    let evidence = Network::new(options).ask(queries, &terms()).evidence;
    assert_eq!(title(&evidence, &abc), "Herds");
    assert_eq!(title(&evidence, &data), "Flocks");
    assert_eq!(title(&evidence, &arxiv), "Flocks");
    assert_eq!(evidence.answer(&nowhere), &unsure(Doubt::Unknown));
    assert!(!crossref.lines().iter().any(|line| line.contains("48550")), "that prefix is DataCite's");
}

#[test]
fn the_other_registries() {
    let server = Server::new(|request, _| {
        match &*request.line() {
        "GET /2023.wool-1.7.bib" => {
            reply(request, 200, &[], b"@inproceedings{a-2023, title = \"Herds\", author = \"A, B\", year = \"2023\"}")
        }
        "GET /rec/conf/wool/ExampleM23.xml" => reply(
            request,
            200,
            &[],
            b"<dblp><inproceedings key='x'><author>Ann Example</author><title>Flocks.</title></inproceedings></dblp>",
        ),
        "POST /graph/v1/paper/batch?fields=title,authors.name,externalIds" => {
            reply(request, 200, &[], br#"[{"title":"Packs","authors":[]},null]"#)
        }
        _ => status(request, 500),
    }
    });
    let origins = ["https://aclanthology.org", "https://dblp.org", "https://api.semanticscholar.org"];
    let (one, two) = ("0".repeat(40), "1".repeat(40));
    let anthology = record(Registry::Anthology, "2023.wool-1.7");
    let dblp = record(Registry::Dblp, "conf/wool/ExampleM23");
    let [known, unknown] = [&one, &two].map(|id| record(Registry::SemanticScholar, id));
    let queries = [anthology.clone(), dblp.clone(), known.clone(), unknown.clone()].into();
    let evidence = Network::new(standing_in(&server, &origins)).ask(queries, &terms()).evidence;
    assert_eq!(title(&evidence, &anthology), "Herds");
    assert_eq!(title(&evidence, &dblp), "Flocks");
    assert_eq!(title(&evidence, &known), "Packs");
    assert_eq!(evidence.answer(&unknown), &unsure(Doubt::Unknown));
    assert_eq!(server.lines().len(), 3);
    let question = server.seen().into_iter().find(|request| request.method == "POST").expect("a question");
    assert_eq!(question.body, format!(r#"{{"ids":["{one}","{two}"]}}"#));
}
