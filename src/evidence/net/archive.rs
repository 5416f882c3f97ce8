//! Archived copies of what is gone.

use super::client::{Client, Want};

/// The newest archived copy of a URL, where there is one.
pub(super) async fn newest(client: &Client, gone: &str) -> Option<Box<str>> {
    let url = client.guard.address(&format!("https://web.archive.org/web/{gone}"))?;
    let reply = client.send(Want::Unranged, &url).await.ok()?;
    let location = reply.header("location").filter(|_| reply.status == 302)?;
    is_copy(location).then(|| location.into())
}

/// Whether a redirect leads to a copy: `…/web/20240102030405/https://…`.
fn is_copy(location: &str) -> bool {
    let rest = location
        .strip_prefix("https://web.archive.org/web/")
        .or_else(|| location.strip_prefix("http://web.archive.org/web/"));
    rest.and_then(|rest| rest.split_once('/')).is_some_and(|(day, original)| {
        day.len() == 14 && day.bytes().all(|byte| byte.is_ascii_digit()) && original.starts_with("http")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies() {
        for (location, copy) in [
            ("https://web.archive.org/web/20240102030405/https://lab.example.org/a", true),
            ("https://web.archive.org/web/2024/https://lab.example.org/a", false),
            ("https://archive.org/", false),
            ("https://web.archive.org/web/20240102030405/javascript:x", false),
        ] {
            assert_eq!(is_copy(location), copy, "{location}");
        }
    }
}
