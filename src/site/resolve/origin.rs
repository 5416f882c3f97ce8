//! Whose address a target is: that of another site, of this one, or of its repository.

use super::has_extension;
use crate::site::Facts;

/// Which host a target names.
pub(super) enum Origin<'t> {
    /// Another host, or a scheme that is not the web.
    Elsewhere,
    /// The site's own host, with the path from its root.
    Own(&'t str),
    /// The site's own repository on GitHub, with the path from its root.
    Repository(&'t str),
    /// No host is named.
    None,
}

/// Hosts of many sites, of which none is one's own.
const SHARED: &[&str] =
    &["github.com", "localhost", "example.com", "example.org", "sites.google.com", "gitlab.com"];

/// Takes scheme and host off a target.
pub(super) fn strip_origin<'t>(target: &'t str, facts: &Facts) -> Origin<'t> {
    let rest = if let Some(rest) = target.strip_prefix("//") {
        rest
    } else if let Some((scheme, rest)) = target.split_once(':')
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|each| each.is_ascii_alphanumeric() || matches!(each, '+' | '-' | '.'))
    {
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        match rest.strip_prefix("//") {
            Some(rest) if is_web => rest,
            _ => return Origin::Elsewhere,
        }
    } else {
        return Origin::None;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = host.to_lowercase();
    if facts.hosts.contains(&host) && !SHARED.contains(&host.as_str()) {
        // A site at `https://people.x.edu/~ann` has its host in common with others.
        let below = facts.url.split_once("//").and_then(|(_, rest)| rest.split_once('/'));
        let folder = below.map_or("", |(_, folder)| folder.trim_matches('/'));
        let is_named = facts.url.to_lowercase().contains(&host);
        if !folder.is_empty() && is_named && facts.baseurl.is_empty() {
            let inner = path.trim_start_matches('/').strip_prefix(folder);
            return match inner.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
                Some("") => Origin::Own("/"),
                Some(rest) => Origin::Own(rest),
                None => Origin::Elsewhere,
            };
        }
        Origin::Own(if path.starts_with('/') { path } else { "/" })
    } else if let Some(path) = in_own_repository(&host, path, facts) {
        Origin::Repository(path)
    } else {
        Origin::Elsewhere
    }
}

/// The path in the site's own repository that an address on GitHub shows: `/ann/site/blob/main/x.pdf`.
fn in_own_repository<'t>(host: &str, path: &'t str, facts: &Facts) -> Option<&'t str> {
    if host != "github.com" {
        return None;
    }
    let mut parts = path.strip_prefix('/')?.splitn(5, '/');
    let (owner, name) = (parts.next()?, parts.next()?);
    let is_shown = matches!(parts.next()?, "blob" | "tree" | "raw");
    let is_main = matches!(parts.next()?, "main" | "master");
    let pages = format!("{owner}.github.io").to_lowercase();
    let this = format!("{owner}/{name}");
    let is_named = |own: &Option<String>| own.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(&this));
    // The site of an account lies at the root of its host, that of a project below it.
    let is_served = facts.hosts.contains(&pages)
        && (name.eq_ignore_ascii_case(&pages)
            || facts.baseurl.strip_prefix('/').is_some_and(|base| base.eq_ignore_ascii_case(name)));
    let is_own = is_named(&facts.repository) || is_named(&facts.remote) || is_served;
    parts.next().filter(|path| is_shown && is_main && is_own && has_extension(path))
}

/// `www.x.org`, `github.com/x`, `ann@x.org`: an address that lost its scheme.
pub(super) fn looks_like_host(path: &str) -> bool {
    const DOMAINS: &[&str] = &[
        "com", "org", "net", "edu", "io", "gov", "ai", "dev", "me", "uk", "de", "fr", "cn", "jp", "ch", "it",
        "nl", "eu", "ca", "au", "us", "in", "es", "at", "be", "se", "kr", "tw", "hk", "sg", "info", "gl",
        "ly", "site", "app", "tech", "xyz",
    ];
    let first = path.split('/').next().unwrap_or_default();
    if first.contains('@') || first.starts_with("www.") {
        return true;
    }
    let mut labels = first.split('.');
    let (Some(name), Some(last)) = (labels.next(), labels.next_back()) else { return false };
    !name.is_empty() && DOMAINS.contains(&last.to_ascii_lowercase().as_str())
}
