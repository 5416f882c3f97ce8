//! DOIs, through the handle service: whether they are registered. Their publishers are never asked.

use super::client::{Client, Want};
use super::visit::Found;
use crate::evidence::{Answer, Doubt, Proof, Visit};
use serde::Deserialize;

/// What the handle service says.
#[derive(Deserialize)]
struct Handle {
    #[serde(rename = "responseCode")]
    code: u16,
    #[serde(default)]
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    #[serde(rename = "type")]
    kind: String,
    data: Datum,
}

#[derive(Deserialize)]
struct Datum {
    /// A string for URLs, something else for other types.
    value: serde_json::Value,
}

/// Asks whether a DOI is registered.
pub(super) async fn ask(client: &Client, doi: &str) -> Found {
    let Some(url) = client.guard.address(&format!("https://doi.org/api/handles/{}?type=URL", encode(doi)))
    else {
        return Found::Answer(Answer::Unsure(Doubt::Refused));
    };
    match client.send(Want::Record("application/json"), &url).await {
        Ok(reply) => read(reply.status, &reply.body),
        // The handle service is there, whatever the name service says.
        Err(failing) => match failing.into() {
            Found::Missing(_) => Found::Answer(Answer::Unsure(Doubt::Failed)),
            found @ Found::Answer(_) => found,
        },
    }
}

/// A DOI as part of a path: `10.1002/(SICI)1097<1::AID>3.0.CO;2-U` has signs that mean something there.
pub(super) fn encode(doi: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b':');
    utf8_percent_encode(doi, KEPT).to_string()
}

/// Reads an answer of the handle service.
fn read(status: u16, body: &[u8]) -> Found {
    let handle: Option<Handle> = serde_json::from_slice(body).ok();
    match (status, handle) {
        (200, Some(Handle { code: 1, values })) => {
            let mut urls = values.iter().filter(|value| value.kind == "URL");
            let url = urls.find_map(|value| value.data.value.as_str()).unwrap_or_default();
            Found::Answer(Answer::Alive(Visit { url: url.into(), content_type: "".into() }))
        }
        // Registered, but without a URL.
        (200, Some(Handle { code: 200, .. })) => Found::Answer(Answer::Alive(Visit::default())),
        // Only its own word is proof: a 404 may be anybody's.
        (404, Some(Handle { code: 100, .. })) => Found::Missing(Proof::NoSuchHandle),
        (429, _) => Found::Answer(Answer::Unsure(Doubt::Blocked)),
        _ => Found::Answer(Answer::Unsure(Doubt::Failed)),
    }
}

/// The DOI that a link to a resolver of DOIs carries, in lower case; short ones are handles under `10`.
pub(super) fn doi_of(url: &url::Url) -> Option<String> {
    if !matches!(url.host_str()?, "doi.org" | "dx.doi.org" | "www.doi.org") {
        return None;
    }
    let path = url.path().strip_prefix('/')?;
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?.to_lowercase();
    if let Some((prefix, rest)) = path.split_once('/') {
        return (prefix.starts_with("10.") && !rest.is_empty()).then_some(path);
    }
    let short = (3..=10).contains(&path.len()) && path.bytes().all(|byte| byte.is_ascii_alphanumeric());
    short.then(|| format!("10/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_handle_service_says() {
        let known = br#"{"responseCode":1,"handle":"10.9999/abc","values":[
            {"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":{"handle":"0.na/10.9999"}},"ttl":86400},
            {"index":1,"type":"URL","data":{"format":"string","value":"https://journal.example.org/abc"},"ttl":86400}]}"#;
        let alive =
            |url: &str| Found::Answer(Answer::Alive(Visit { url: url.into(), content_type: "".into() }));
        let unsure = |doubt| Found::Answer(Answer::Unsure(doubt));
        for (status, body, expected) in [
            (200, &known[..], alive("https://journal.example.org/abc")),
            (200, br#"{"responseCode":200,"handle":"10.9999/x"}"#, alive("")),
            (404, br#"{"responseCode":100,"handle":"10.9999/x"}"#, Found::Missing(Proof::NoSuchHandle)),
            (404, b"<html>404</html>", unsure(Doubt::Failed)),
            (200, br#"{"responseCode":2}"#, unsure(Doubt::Failed)),
            (200, br#"{"responseCode":100}"#, unsure(Doubt::Failed)),
            (429, b"", unsure(Doubt::Blocked)),
            (500, br#"{"responseCode":1}"#, unsure(Doubt::Failed)),
        ] {
            assert_eq!(read(status, body), expected, "{status}");
        }
    }

    #[test]
    fn links_that_carry_a_doi() {
        for (url, doi) in [
            ("https://doi.org/10.9999/ABC", Some("10.9999/abc")),
            ("http://dx.doi.org/10.1002/(SICI)1098%3C335%3E3.0", Some("10.1002/(sici)1098<335>3.0")),
            ("https://doi.org/abc123", Some("10/abc123")),
            ("https://doi.org/", None),
            ("https://doi.org/10.9999/", None),
            ("https://doi.org/about/terms", None),
            ("https://example.org/10.9999/abc", None),
        ] {
            assert_eq!(doi_of(&url::Url::parse(url).expect("a URL")).as_deref(), doi, "{url}");
        }
        assert_eq!(encode("10.1002/(sici)1<2>3;2-#"), "10.1002/%28sici%291%3C2%3E3%3B2-%23");
    }
}
