//! Addresses of people: one form for all ways to write them.

/// Hosts of profiles, where a page is one person's.
const PROFILES: &[&str] = &[
    "scholar.google.",
    "orcid.org/",
    "dblp.org/",
    "dblp.uni-trier.de/",
    "openreview.net/profile",
    "semanticscholar.org/author",
    "linkedin.com/in/",
    "researchgate.net/profile",
];

/// The address of a person's page without scheme, `www.`, trailing slash and whatever does not name the
/// person; `None` where it is no address or one of a paper.
pub(super) fn person_url(target: &str) -> Option<String> {
    let lower = target.trim().to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let rest = rest.trim_start_matches("www.");
    let rest = rest.split('#').next().unwrap_or(rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = path.trim_end_matches("index.html").trim_end_matches('/');
    if path.starts_with("arxiv.org/")
        || path.starts_with("doi.org/")
        || path.rsplit('.').next() == Some("pdf")
        || path.len() < 5
    {
        return None;
    }
    // Only what names the person of a query counts: `user=`, `id=`.
    let named = query
        .split('&')
        .find(|part| ["user=", "id=", "pid=", "personid="].iter().any(|key| part.starts_with(key)));
    if path.starts_with("scholar.google.") {
        return Some(format!("scholar.google.com?{}", named?));
    }
    Some(named.map_or_else(|| path.to_owned(), |named| format!("{path}?{named}")))
}

/// Whether an address in the form of [`person_url`] is a profile.
pub(super) fn is_profile(url: &str) -> bool {
    PROFILES.iter().any(|host| url.starts_with(host))
}
