//! A URL → what became of it. Redirects are followed here, each looked at before it is asked.

use super::client::{Client, Failing, Reply, Want};
use super::hollow;
use super::hosts::HOSTS;
use crate::evidence::{Answer, Doubt, Hollow, Proof, Visit};
use url::Url;

/// More redirects lead nowhere.
const REDIRECTS: usize = 8;

/// What one look came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// An answer.
    Answer(Answer),
    /// Not there, this time.
    Missing(Proof),
}

impl From<Failing> for Found {
    fn from(failing: Failing) -> Self {
        Found::Answer(Answer::Unsure(match failing {
            Failing::NoSuchHost => return Found::Missing(Proof::NoSuchHost),
            Failing::Late => Doubt::Late,
            Failing::Refused => Doubt::Refused,
            Failing::Broken => Doubt::Failed,
            Failing::LeftAlone => Doubt::Blocked,
        }))
    }
}

fn unsure(doubt: Doubt) -> Found {
    Found::Answer(Answer::Unsure(doubt))
}

/// The way from a URL to its end.
struct Way {
    start: Url,
    end: Url,
    /// All redirects on it were permanent.
    permanent: bool,
}

/// Asks a URL. `again`: this is the second look at what was missing, which a GET must confirm.
pub(super) async fn visit(client: &Client, written: &str, again: bool) -> Found {
    let Some(start) = client.guard.address(written) else { return unsure(Doubt::Refused) };
    if !again && looks_like_a_file(&start) {
        match follow(client, Want::Head, &start).await {
            Ok((way, reply)) if reply.status < 400 => return judge(&way, &reply),
            Err(found @ Found::Answer(Answer::Unsure(Doubt::Refused | Doubt::Courtesy | Doubt::Late))) => {
                return found;
            }
            // Some servers say 404 to HEAD and 200 to GET.
            Ok(_) | Err(_) => {}
        }
    }
    match follow(client, Want::Part, &start).await {
        // An empty file has no first byte.
        Ok((way, reply)) if reply.status == 416 => match client.send(Want::Unranged, &way.end).await {
            Ok(reply) => judge(&way, &reply),
            Err(failing) => failing.into(),
        },
        Ok((way, reply)) => judge(&way, &reply),
        Err(found) => found,
    }
}

/// Whether a URL most likely leads to a file, whose headers say all there is to know, or to a host that says
/// 404 where it means it. Else the page itself must be seen: it may say that it is none.
fn looks_like_a_file(url: &Url) -> bool {
    let name = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let page = ["", "htm", "html", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cgi", "do", "md"];
    let is_name = ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let lower = ending.to_ascii_lowercase();
    (is_name && !page.contains(&&*lower) && lower.bytes().any(|byte| byte.is_ascii_alphabetic()))
        || url.host_str().is_some_and(|host| HOSTS.is_honest(host))
}

/// Follows redirects to the end.
async fn follow(client: &Client, want: Want<'_>, start: &Url) -> Result<(Way, Reply), Found> {
    let mut way = Way { start: start.clone(), end: start.clone(), permanent: true };
    let mut seen = vec![start.clone()];
    loop {
        let reply = client.send(want, &way.end).await.map_err(|failing| match failing {
            // The page moved to a host that is gone: it is not the link that names a host without an address.
            Failing::NoSuchHost if way.end.host_str() != start.host_str() => unsure(Doubt::Failed),
            other => other.into(),
        })?;
        let location =
            reply.header("location").filter(|_| matches!(reply.status, 301 | 302 | 303 | 307 | 308));
        let Some(location) = location else { return Ok((way, reply)) };
        way.permanent &= matches!(reply.status, 301 | 308);
        let next = way.end.join(location).map_err(|_| unsure(Doubt::Failed))?;
        // A login page on the way is an answer, even where it may not be asked.
        let next = client.guard.admit(next).ok_or_else(|| unsure(Doubt::Refused))?;
        if seen.len() > REDIRECTS || seen.contains(&next) {
            return Err(unsure(Doubt::Failed));
        }
        let host = next.host_str().unwrap_or_default();
        if HOSTS.is_parked(host) {
            let visit = Visit { url: next.as_str().into(), content_type: "".into() };
            return Err(Found::Answer(Answer::Hollow(Hollow::Parked, visit)));
        }
        if hollow::is_login(start, &next) {
            let visit = Visit { url: next.as_str().into(), content_type: "".into() };
            return Err(Found::Answer(Answer::Hollow(Hollow::Login, visit)));
        }
        if HOSTS.is_never_asked(host) && !client.guard.allows(host) {
            return Err(unsure(Doubt::Courtesy));
        }
        seen.push(next.clone());
        way.end = next;
    }
}

/// What the end of a way means.
fn judge(way: &Way, reply: &Reply) -> Found {
    if is_challenge(reply) {
        return unsure(Doubt::Blocked);
    }
    match reply.status {
        // 202 is what a robot gets that must wait for a challenge.
        200 | 203..=206 => {}
        404 | 410 => return Found::Missing(Proof::Status(reply.status)),
        401 | 403 | 407 | 429 | 451 | 999 => return unsure(Doubt::Blocked),
        408 | 504 => return unsure(Doubt::Late),
        _ => return unsure(Doubt::Failed),
    }
    let content_type = reply.header("content-type").unwrap_or_default();
    let content_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let url = if way.end == way.start { "" } else { way.end.as_str() };
    let visit = Visit { url: url.into(), content_type: content_type.as_str().into() };
    let is_page = content_type.is_empty() || content_type.contains("html");
    if is_page && hollow::asks_for_patience(&reply.body) {
        return unsure(Doubt::Blocked);
    }
    Found::Answer(match hollow::of(&way.start, &way.end, is_page.then_some(&*reply.body)) {
        Some(hollow) => Answer::Hollow(hollow, visit),
        None if way.permanent && is_another_place(&way.start, &way.end) => Answer::Moved(visit),
        None => Answer::Alive(visit),
    })
}

/// Whether a guard against robots answered in the server's place.
fn is_challenge(reply: &Reply) -> bool {
    let by = |name: &str, whose: &str| reply.header(name).is_some_and(|value| value.contains(whose));
    reply.headers.contains_key("cf-mitigated")
        || (matches!(reply.status, 403 | 503) && (by("server", "cloudflare") || by("server", "AkamaiGHost")))
}

/// Whether a redirect led elsewhere: a closing slash, or a home page's own language or file, is no other
/// place.
fn is_another_place(start: &Url, end: &Url) -> bool {
    let bare = |url: &Url| url.as_str().trim_end_matches('/').to_owned();
    let host = |url: &Url| url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let is_root = start.path() == "/" && start.query().is_none();
    let same_root = is_root && host(start) == host(end) && end.path() != "/";
    bare(start) != bare(end) && !same_root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn files_and_pages() {
        for (written, file) in [
            ("https://x.org/a/paper.pdf", true),
            ("https://x.org/a/talk.PPTX", true),
            ("https://x.org/a.html", false),
            ("https://x.org/a", false),
            ("https://x.org/", false),
            ("https://x.org/v1.2", false),
            ("https://x.org/index.php", false),
            ("https://x.org/a.b-long-name", false),
            ("https://github.com/a/b", true),
        ] {
            assert_eq!(looks_like_a_file(&url(written)), file, "{written}");
        }
    }

    #[test]
    fn other_places() {
        for (start, end, other) in [
            ("http://x.org/a", "https://x.org/a", true),
            ("https://x.org/a", "https://x.org/a/", false),
            ("https://x.org/a", "https://y.org/a", true),
            ("https://x.org/", "https://www.x.org/en/", false),
            ("https://x.org/", "https://www.x.org/", true),
            ("https://x.org/", "https://y.org/", true),
        ] {
            assert_eq!(is_another_place(&url(start), &url(end)), other, "{start} {end}");
        }
    }
}
