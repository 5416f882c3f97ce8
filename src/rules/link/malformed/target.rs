//! What is wrong with a link's target, from its characters alone.

use crate::model::letter::in_ascii;
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A flaw of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// `https:/x`, `https//x`, `https:// x`, `https:\\x`: the scheme's punctuation.
    Slashes,
    /// `htps://x`.
    Scheme,
    /// `http://https://x`.
    Doubled,
    /// `www.x.org`: read as a file of the site.
    NoScheme,
    /// `name@x.org` without `mailto:`.
    Mail,
    /// `"https://x"`, `“https://x”`.
    Quotes,
    /// Characters that nobody sees, such as a zero-width space.
    Invisible,
    /// `https://x,` or `https://x)`.
    Trailing,
    /// `(https://x)` or `(/x)` inside the link's own parentheses.
    Parentheses,
    /// `https://x](https://y`.
    Nested,
    /// `C:\Users\ann\x.png`, `../../Users/ann/Desktop/x.png`.
    Local,
    /// A Google Scholar profile whose id has not twelve characters.
    ScholarId,
}

impl Flaw {
    /// What is wrong, one clause.
    pub(super) fn message(self) -> &'static str {
        match self {
            Flaw::Slashes => "the address lacks the `://` behind its scheme",
            Flaw::Scheme => "the scheme of the address is misspelled",
            Flaw::Doubled => "the address begins with two schemes",
            Flaw::NoScheme => "without `https://` this address is taken for a file of the site",
            Flaw::Mail => "without `mailto:` this address is taken for a file of the site",
            Flaw::Quotes => "the address stands in quotes, which become a part of it",
            Flaw::Invisible => "the address holds characters that nobody sees",
            Flaw::Parentheses => "the address stands in parentheses of its own, which become a part of it",
            Flaw::Local => "the address is that of a file on its author's own computer",
            Flaw::ScholarId => {
                "the id of a Google Scholar profile has twelve characters, and this one has not"
            }
            Flaw::Nested => "a link stands inside the address",
            Flaw::Trailing => "the punctuation at the end became a part of the address",
        }
    }
}

/// How a place treats a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A link that the page itself makes: a target without a scheme is a file of the site.
    Link,
    /// A value that a template may complete, so that only a scheme can be wrong.
    Field,
}

macro_rules! pattern {
    ($pattern:expr) => {{
        static PATTERN: LazyLock<Regex> = LazyLock::new(|| Regex::new($pattern).expect("a constant pattern"));
        &*PATTERN
    }};
}

/// What is wrong with a target, and the repaired one; `None` when nothing is. A target that cannot be repaired
/// comes back as it is.
pub(super) fn judge(target: &str, place: Place) -> Option<(Flaw, String)> {
    let trimmed = target.trim();
    // Templates fill these in; very long ones are data.
    if trimmed.is_empty() || trimmed.len() > 2000 || trimmed.contains(['{', '}', '$', '<']) {
        return None;
    }
    if trimmed.starts_with(['#', '?']) || trimmed.starts_with("data:") || trimmed.starts_with("javascript:") {
        return None;
    }
    // Patterns are dear to build: a word that only such targets have calls for them.
    let lower = trimmed.to_ascii_lowercase();
    let may_be_local = lower.starts_with("file:")
        || lower.as_bytes().get(1) == Some(&b':')
        || ["desktop", "documents", "downloads"].iter().any(|folder| lower.contains(folder));
    if may_be_local && local().is_match(trimmed) && !has_scholar_id(trimmed) {
        return Some((Flaw::Local, target.to_owned()));
    }
    if lower.contains("scholar.google") && scholar().is_match(trimmed) && !has_scholar_id(trimmed) {
        return Some((Flaw::ScholarId, target.to_owned()));
    }
    let mut flaw = None;
    let mut repaired = Cow::Borrowed(trimmed);
    if trimmed.contains(is_invisible) && (place == Place::Link || trimmed.starts_with("http")) {
        flaw = Some(Flaw::Invisible);
        repaired = repaired.chars().filter(|&c| !is_invisible(c)).collect::<String>().into();
    }
    if place == Place::Link
        && let Some(bare) = without_quotes(&repaired)
    {
        flaw = flaw.or(Some(Flaw::Quotes));
        repaired = bare.to_owned().into();
    }
    if place == Place::Link
        && let Some(bare) = without_parentheses(&repaired)
    {
        flaw = flaw.or(Some(Flaw::Parentheses));
        repaired = bare.to_owned().into();
    }
    if let Some((_, inner)) = repaired.split_once("](http") {
        flaw = flaw.or(Some(Flaw::Nested));
        repaired = format!("http{}", inner.trim_end_matches(')')).into();
    }
    // At most a few flaws lie on top of each other: `http://htps//x`.
    for _ in 0..3 {
        let Some((found, better)) = scheme(&repaired) else { break };
        flaw = flaw.or(Some(found));
        repaired = better.into();
    }
    if place == Place::Link {
        if let Some((found, better)) = no_scheme(&repaired) {
            flaw = flaw.or(Some(found));
            repaired = better.into();
        }
        if let Some(better) = trailing(&repaired) {
            flaw = flaw.or(Some(Flaw::Trailing));
            repaired = better.to_owned().into();
        }
    }
    flaw.map(|flaw| (flaw, repaired.into_owned()))
}

fn local() -> &'static Regex {
    pattern!(
        r"(?i)^file:/|^[a-z]:[\\/]|(?:^|/|%2F)(?:Users|home)(?:/|%2F)[^/%]+(?:/|%2F)(?:Desktop|Documents|Downloads)(?:/|%2F)"
    )
}

fn scholar() -> &'static Regex {
    pattern!(r"(?i)^https?://scholar\.google\.[a-z.]+/citations\?(?:.*&)?user=[0-9A-Za-z_-]")
}

fn has_scholar_id(target: &str) -> bool {
    target.contains("user=")
        && pattern!(r"(?-u)[?&](?:amp;)?user=[\w-]{12}(?:[\x00-,./:-@\[-^`\{-\x7f]|$)")
            .is_match(&in_ascii(target))
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn without_quotes(target: &str) -> Option<&str> {
    let quotes = ['"', '“', '”', '„', '‘', '’', '\''];
    let bare = target.trim_matches(quotes);
    // An apostrophe alone may belong to a file's name.
    let opened = target.starts_with(quotes);
    let curly = target.ends_with(['”', '“', '"']);
    (bare != target && !bare.is_empty() && (opened || curly)).then_some(bare)
}

/// `(/x)` without its parentheses.
fn without_parentheses(target: &str) -> Option<&str> {
    let bare = target.strip_prefix('(')?.strip_suffix(')')?.trim();
    let is_path =
        bare.contains(['/', '.']) && !bare.contains(['(', ')']) && !bare.contains(char::is_whitespace);
    is_path.then_some(bare)
}

/// Whether an address begins as most do, which spares them the patterns: `http://` or `https://`, and behind it
/// what can be no part of a scheme.
fn is_plain(target: &str) -> bool {
    let rest = target.strip_prefix("http").map(|rest| rest.strip_prefix('s').unwrap_or(rest));
    rest.and_then(|rest| rest.strip_prefix("://"))
        .and_then(|rest| rest.chars().next())
        .is_some_and(|first| !first.is_whitespace() && !matches!(first, '/' | '\\' | 'h' | 'H'))
}

/// Flaws of the scheme.
fn scheme(target: &str) -> Option<(Flaw, String)> {
    if is_plain(target) {
        return None;
    }
    let doubled = pattern!(r"(?i)^https?\s*:?\s*/{0,3}\s*(https?\s*:?/{1,2}\s*[^/\s].*)$");
    if let Some(found) = doubled.captures(target) {
        return Some((Flaw::Doubled, found.get(1)?.as_str().to_owned()));
    }
    let slashes = pattern!(r"(?i)^(https?)(\s*[:;.]?\s*:?\s*(?:/\s*){1,4}|\s*:\s*\\{1,2}\s*)([^\s/\\].*)$");
    if let Some(found) = slashes.captures(target) {
        let between = found.get(2)?.as_str();
        // `http/1.1.html` and `https./x` are paths: without a colon it takes two slashes.
        let meant = between.contains(':') || between.matches('/').count() >= 2;
        if between != "://" && meant {
            let name = found.get(1)?.as_str().to_ascii_lowercase();
            return Some((Flaw::Slashes, format!("{name}://{}", found.get(3)?.as_str())));
        }
    }
    let other = pattern!(r"^([A-Za-z]{2,7})(://|:/|//)([^/\s].*)$").captures(target)?;
    let name = other.get(1)?.as_str().to_ascii_lowercase();
    let meant = meant_scheme(&name)?;
    Some((Flaw::Scheme, format!("{meant}://{}", other.get(3)?.as_str())))
}

/// The scheme that a misspelled one stands for.
fn meant_scheme(name: &str) -> Option<&'static str> {
    if matches!(
        name,
        "http" | "https" | "ftp" | "ftps" | "sftp" | "file" | "git" | "ssh" | "tel" | "ws" | "wss" | "shttp"
    ) {
        return None;
    }
    let (secure, plain) = (strsim::osa_distance(name, "https"), strsim::osa_distance(name, "http"));
    // `htp` and `htps` have both at hand: an `s` decides.
    match (secure, plain) {
        (1, _) if name.ends_with('s') || plain > 1 => Some("https"),
        (_, 1) => Some("http"),
        (2, _) if name.starts_with("ht") && name.contains('s') => Some("https"),
        _ => None,
    }
}

/// Addresses that read as files of the site.
fn no_scheme(target: &str) -> Option<(Flaw, String)> {
    if is_plain(target) {
        return None;
    }
    if pattern!(r"(?i-u)^www\.[\w-]+\.[\w./-]").is_match(&in_ascii(target)) {
        return Some((Flaw::NoScheme, format!("https://{target}")));
    }
    let host = pattern!(
        r"(?i)^(?:[a-z0-9][0-9A-Za-z_-]*\.)+(?:com|org|net|edu|gov|io|ac\.uk|edu\.cn|ac\.cn)(?:/[^\s]*)?$"
    );
    // With a country's ending it takes two dots, or a folder might be meant.
    let national = pattern!(
        r"(?i)^(?:[a-z0-9][0-9A-Za-z_-]*\.){2,}(?:de|fr|cn|jp|uk|ch|it|nl|eu|ca|au|us|es|at|be|se|kr|dk|no|fi|pt|br|in|tw|hk|sg)(?:/[^\s]*)?$"
    );
    if (host.is_match(target) || national.is_match(target)) && !is_file_name(target) {
        return Some((Flaw::NoScheme, format!("https://{target}")));
    }
    if target.contains('@') && pattern!(r"(?-u)^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$").is_match(&in_ascii(target)) {
        return Some((Flaw::Mail, format!("mailto:{target}")));
    }
    None
}

/// `notes.org` is a file of an outline editor.
fn is_file_name(target: &str) -> bool {
    matches!(target, "notes.org" | "todo.org" | "readme.org" | "index.org" | "cv.org")
}

/// An address without the punctuation at its end.
fn trailing(target: &str) -> Option<&str> {
    // A quotation of a page's text ends as it likes.
    if !target.starts_with("http") || target.contains(":~:text=") {
        return None;
    }
    let mut rest = target;
    loop {
        let shorter = match rest.chars().next_back()? {
            ',' | ';' => rest.strip_suffix([',', ';'])?,
            // `Inc.` and `et al.` may end a title.
            '.' if !rest.ends_with("..") && !rest.contains("wiki") && !ends_in_abbreviation(rest) => {
                rest.strip_suffix('.')?
            }
            ')' if rest.matches(')').count() > rest.matches('(').count() => rest.strip_suffix(')')?,
            _ => break,
        };
        rest = shorter;
    }
    (rest != target).then_some(rest)
}

fn ends_in_abbreviation(target: &str) -> bool {
    pattern!(r"[/_+-](?:[A-Za-z]|Inc|Co|Ltd|Jr|Sr|al|etc|St|Dr)\.$").is_match(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flaws_and_their_repairs() {
        let cases = [
            ("https:/x.org/a", Flaw::Slashes, "https://x.org/a"),
            ("http:///x.org", Flaw::Slashes, "http://x.org"),
            ("https//x.org", Flaw::Slashes, "https://x.org"),
            ("https:// x.org", Flaw::Slashes, "https://x.org"),
            ("https// x.org", Flaw::Slashes, "https://x.org"),
            ("https;//x.org", Flaw::Slashes, "https://x.org"),
            ("https:\\\\x.org", Flaw::Slashes, "https://x.org"),
            ("htps://x.org", Flaw::Scheme, "https://x.org"),
            ("htp://x.org", Flaw::Scheme, "http://x.org"),
            ("ttps://x.org", Flaw::Scheme, "https://x.org"),
            ("hhttps://x.org", Flaw::Scheme, "https://x.org"),
            ("http://https://x.org", Flaw::Doubled, "https://x.org"),
            ("https://http//x.org", Flaw::Doubled, "http://x.org"),
            ("www.x.org", Flaw::NoScheme, "https://www.x.org"),
            ("github.com/x/y", Flaw::NoScheme, "https://github.com/x/y"),
            ("a.b@x.org", Flaw::Mail, "mailto:a.b@x.org"),
            ("“https://x.org”", Flaw::Quotes, "https://x.org"),
            ("\"https://x.org\"", Flaw::Quotes, "https://x.org"),
            ("https://x.org/\u{200b}a", Flaw::Invisible, "https://x.org/a"),
            ("https://x.org/a,", Flaw::Trailing, "https://x.org/a"),
            ("https://x.org/a)", Flaw::Trailing, "https://x.org/a"),
            ("https://x.org/abc.", Flaw::Trailing, "https://x.org/abc"),
            ("a.b.de/~ann", Flaw::NoScheme, "https://a.b.de/~ann"),
            ("(/x/y)", Flaw::Parentheses, "/x/y"),
            ("https://x.org](https://y.org/a", Flaw::Nested, "https://y.org/a"),
        ];
        for (target, flaw, repaired) in cases {
            let found = judge(target, Place::Link);
            assert_eq!(found, Some((flaw, repaired.to_owned())), "{target}");
            assert_eq!(judge(repaired, Place::Link), None, "{repaired}");
        }
    }

    #[test]
    fn right_targets() {
        let cases = [
            "https://x.org/a_(b)",
            "https://web.archive.org/web/2020/https://x.org",
            "/files/cv.pdf",
            "files/cv.pdf",
            "#news",
            "mailto:a@x.org",
            "ftp://x.org",
            "doi://10.1/x",
            "{{ site.baseurl }}/x",
            "https://{{ site.host }}",
            "//cdn.x.org/a.js",
            "../paper.net.pdf",
            "node.js",
            "http/1.1.html",
            "tel:+123",
            "https://x.org/it's",
            "http.html",
            "https://scholar.google.com/citations?user=AbCdEfGhIjKl&hl=en",
            "https://x.org/a#:~:text=the%20end.",
            "https://x.org/wiki/Apple_Inc.",
            "https://x.org/Acme_Co.",
            "https://x.org/...",
        ];
        for target in cases {
            assert_eq!(judge(target, Place::Link), None, "{target}");
        }
        for (target, flaw) in [
            ("../../Users/ann/Desktop/a.png", Flaw::Local),
            ("..%2FUsers%2Fann%2FDesktop%2Fa.png", Flaw::Local),
            ("file:///home/ann/a.png", Flaw::Local),
            ("https://scholar.google.com/citations?user=AbCdEfGhIj", Flaw::ScholarId),
        ] {
            assert_eq!(judge(target, Place::Link), Some((flaw, target.to_owned())));
        }
        assert_eq!(judge("www.x.org", Place::Field), None);
        assert_eq!(judge("a@x.org", Place::Field), None);
        assert!(judge("https:/x.org", Place::Field).is_some());
    }
}
