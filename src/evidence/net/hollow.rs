//! Pages that answer, but say that they are none. Only plain words count: a page that merely speaks of
//! missing pages is one.

use super::hosts::HOSTS;
use crate::evidence::Hollow;
use regex::Regex;
use std::sync::LazyLock;
use url::Url;

/// How a title says that the page is not there.
static NOT_FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        ^ \W* (?: (?: http | error | code | status )\W* )* 404 \s* (?: $ | [-–—|:·•.!,] )
        | \b 404 \W* (?: error | not \s found | page \s not | file \s not | fehler )
        | \b error \W* 404 \b
        | \b (?: page | file | site | document | resource | url ) s? \W
            (?: requested \s | you \s (?: requested | were \s looking \s for ) \s )?
            (?: was \s | is \s | could \s | can \s )? (?: not \s | cannot \s ) (?: be \s )? found \b
        | \b (?: page | site ) \s (?: does \s not | doesn['’]t | no \s longer ) \s exists? \b
        | \b can['’]?t \s find \s (?: the | that ) \s page \b
        | ^ \W* not \s found \W* $
        | \b seite \s (?: wurde \s )? nicht \s gefunden \b
        | \b page \s (?: non | introuvable ) (?: \s trouv[ée]e )? \b
        | \b p[áa]gina \s no \s encontrada \b
        | \b pagina \s non \s trovata \b
        | \b p[áa]gina \s n[ãa]o \s encontrada \b
        | 页面不存在 | 找不到(?: 网页 | 页面 | 该页 | 頁面 ) | (?: 页面 | 网页 | 頁面 ) (?: 未找到 | 没有找到 | 找不到 | 不存在 )
        | ページが見つかりません | お探しのページ | 페이지를 \s 찾을 \s 수 \s 없
        ",
    )
    .ok()
});

/// How a title says that a domain is for sale, or that somebody else has it now.
static PARKED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b domain \s (?: name \s )? (?: is \s | may \s be \s )? (?: for \s sale | parked | expired ) \b
        | \b (?: buy | purchase ) \s this \s domain \b
        | \b [\w-]+ \. [a-z]{2,} \s is \s for \s sale \b
        | \b parked \s (?: domain | page | free ) \b
        | ^ \W* (?: domain \s )? parking \W* (?: page )? \W* $
        | \b (?: slot \s gacor | togel | situs \s judi | judi \s (?: online | bola | slot ) | bandar \s (?: bola | togel | judi ) | agen \s slot | slot \s online ) \b
        ",
    )
    .ok()
});

/// Scripts and frames of those who sell parked domains.
const SELLERS: &[&str] = &[
    "sedoparking.com/",
    "parkingcrew.net/",
    "bodis.com/",
    "hugedomains.com/domain_profile",
    "afternic.com/forsale",
    "dan.com/buy-domain",
    "window.park = ",
    "parklogic.com/",
    "d1lxhc4jvstzrp.cloudfront.net",
    "godaddy.com/domainsearch",
];

/// Whether a page that answered is none. `body` is the beginning of an HTML page.
pub(super) fn of(start: &Url, end: &Url, body: Option<&[u8]>) -> Option<Hollow> {
    let host = end.host_str().unwrap_or_default();
    if HOSTS.is_parked(host) && end.host_str() != start.host_str() {
        return Some(Hollow::Parked);
    }
    if start != end && is_login(start, end) {
        return Some(Hollow::Login);
    }
    let text = body.map(String::from_utf8_lossy).unwrap_or_default();
    let heads = heads(&text);
    let says = |pattern: &Option<Regex>| {
        pattern.as_ref().is_some_and(|pattern| heads.iter().any(|head| pattern.is_match(head)))
    };
    if says(&PARKED) || (text.len() < 20_000 && SELLERS.iter().any(|seller| text.contains(seller))) {
        return Some(Hollow::Parked);
    }
    // A home page that answers has been found, whatever it says.
    if !is_home(start) && says(&NOT_FOUND) {
        return Some(Hollow::NotFound);
    }
    let went_home = start != end && !is_home(start) && is_home(end) && start.query().is_none();
    let same_owner = HOSTS.are_one_site(start.host_str().unwrap_or_default(), host);
    (went_home && same_owner).then_some(Hollow::Home)
}

/// Whether a guard against robots shows its page under 200.
pub(super) fn asks_for_patience(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    heads(&text).iter().any(|head| {
        let head = head.to_lowercase();
        [
            "just a moment",
            "attention required",
            "are you a robot",
            "access denied",
            "security check",
            "checking your browser",
            "human verification",
            "verify you are human",
            "captcha",
            "ddos-guard",
            "client challenge",
            "request rejected",
            "making sure you're not a bot",
        ]
        .iter()
        .any(|words| head.contains(words))
    })
}

/// Whether a link was sent to a page that asks to log in, and was none itself.
pub(super) fn is_login(start: &Url, end: &Url) -> bool {
    let asks = |url: &Url| {
        let path = url.path().to_ascii_lowercase();
        let host = url.host_str().unwrap_or_default();
        let by_host =
            matches!(
                host,
                "accounts.google.com" | "login.microsoftonline.com" | "accounts.youtube.com" | "auth0.com"
            ) || ["login.", "sso.", "idp.", "signin.", "auth."].iter().any(|first| host.starts_with(first));
        let parts = || path.split('/');
        by_host
            || parts().any(|part| {
                let name = part.split('.').next().unwrap_or_default();
                matches!(name, "login" | "signin" | "sign-in" | "sign_in" | "log-in" | "servicelogin" | "sso")
                    || name == "wp-login"
            })
    };
    !asks(start) && asks(end)
}

/// Whether a URL is a home page: no path, or only a language and the name that home pages have.
fn is_home(url: &Url) -> bool {
    let mut parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let is_language = |part: &str| {
        let (language, region) = part.split_once(['-', '_']).unwrap_or((part, "xx"));
        language.len() == 2 && region.len() == 2 && part.bytes().all(|byte| !byte.is_ascii_digit())
    };
    let name = |part: &str| part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    if parts.last().is_some_and(|part| matches!(&*name(part), "index" | "home" | "default" | "main")) {
        parts.pop();
    }
    if parts.last().is_some_and(|part| is_language(part)) {
        parts.pop();
    }
    parts.is_empty()
}

/// The title and the first headings of a page, as far as they are short: a long one is a sentence about
/// something.
fn heads(html: &str) -> Vec<String> {
    /// Longer titles are those of papers.
    const LONGEST: usize = 90;
    static HEAD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?is)<(title|h1)\b[^>]{0,300}>(.{0,400}?)</(?:title|h1)\s*>").ok());
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?s)<[^>]*>").ok());
    let (Some(head), Some(tag)) = (&*HEAD, &*TAG) else { return Vec::new() };
    head.captures_iter(html)
        .take(3)
        .filter_map(|found| found.get(2))
        .map(|inner| tag.replace_all(inner.as_str(), " ").into_owned())
        .map(|inner| crate::markup::decode_entities(&inner, 0).text)
        .map(|inner| inner.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|inner| !inner.is_empty() && inner.len() <= LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    /// What a page under a deep link is taken for.
    fn taken(html: &str) -> Option<Hollow> {
        let deep = url("https://lab.example.org/people/ann");
        of(&deep, &deep, Some(html.as_bytes()))
    }

    #[test]
    fn titles_that_say_not_found() {
        for title in [
            "404",
            "404 Not Found",
            "404 - The Lab",
            "404: Page not found",
            "Error 404",
            "HTTP Error 404 - File or directory not found",
            "Page not found | The Lab",
            "Page Not Found &ndash; The Lab",
            "The page you requested was not found",
            "Sorry, this page does not exist",
            "Page cannot be found",
            "Not Found",
            "Seite nicht gefunden - Lehrstuhl",
            "Page non trouvée",
            "Página no encontrada",
            "您访问的页面不存在",
            "页面未找到",
        ] {
            let page = format!("<html><head><title>\n {title}\n</title></head><body><h1>Lab</h1>");
            assert_eq!(taken(&page), Some(Hollow::NotFound), "{title}");
        }
        assert_eq!(taken("<title>Lab</title><h1 class=\"x\"><em>404</em></h1>"), Some(Hollow::NotFound));
    }

    #[test]
    fn titles_that_only_speak_of_it() {
        for title in [
            "Ann Example",
            "404 Media",
            "Room 404",
            "Objects Not Found: Search in Clutter",
            "What is found and not found in large corpora",
            "Lost and Found",
            "Error Analysis of 404 Parsers",
            "A study of the parking of robots",
            "Domain adaptation for sale forecasting",
            "House prices",
        ] {
            assert_eq!(taken(&format!("<title>{title}</title>")), None, "{title}");
        }
        let long =
            format!("<title>Page not found: {}</title>", "how readers cope with rotten links ".repeat(3));
        assert_eq!(taken(&long), None);
        assert_eq!(taken("<p>404 not found</p>"), None, "running text is no title");
        let home = url("https://lab.example.org/");
        assert_eq!(
            of(&home, &home, Some(b"<title>404</title>")),
            None,
            "it answers, and it is the home page"
        );
    }

    #[test]
    fn parked_domains() {
        for page in [
            "<title>example.org is for sale</title>",
            "<title>This domain may be for sale!</title>",
            "<h1>Buy this domain</h1>",
            "<title>Situs Judi Slot Online Gacor</title>",
            "<title>lab.example.org</title><script src=\"https://img.sedoparking.com/x.js\"></script>",
        ] {
            assert_eq!(taken(page), Some(Hollow::Parked), "{page}");
        }
        let start = url("http://old-lab.org/paper.pdf");
        let sold = url("https://www.hugedomains.com/domain_profile.cfm?d=old-lab.org");
        assert_eq!(of(&start, &sold, None), Some(Hollow::Parked));
    }

    #[test]
    fn redirects_to_home_pages_and_logins() {
        for (start, end, expected) in [
            ("https://x.edu/~ann/p.pdf", "https://x.edu/", Some(Hollow::Home)),
            ("https://www.x.edu/~ann/p.pdf", "https://x.edu/en/index.html", Some(Hollow::Home)),
            ("https://cs.x.edu/a/b", "https://www.x.edu/home", Some(Hollow::Home)),
            ("https://x.edu/~ann/", "https://ann.github.io/", None),
            ("https://ann.github.io/thing/", "https://thing.org/", None),
            ("https://ann.github.io/thing/", "https://ben.github.io/", None),
            ("https://x.edu/", "https://x.edu/en/", None),
            ("https://x.edu/index.html", "https://x.edu/", None),
            ("https://x.edu/a/b", "https://x.edu/a/", None),
            ("https://x.edu/en/", "https://x.edu/", None),
            ("https://x.edu/a?id=3", "https://x.edu/", None),
            (
                "https://drive.x.org/file/d/1",
                "https://accounts.google.com/ServiceLogin?x",
                Some(Hollow::Login),
            ),
            ("https://x.org/a", "https://x.org/wp-login.php?to=a", Some(Hollow::Login)),
            ("https://x.org/login", "https://x.org/login/", None),
            ("https://x.org/a", "https://x.org/logins-of-the-past", None),
        ] {
            assert_eq!(of(&url(start), &url(end), None), expected, "{start} {end}");
        }
    }

    #[test]
    fn guards_against_robots() {
        assert!(asks_for_patience(b"<title>Just a moment...</title>"));
        assert!(!asks_for_patience(b"<title>Moments of inertia</title>"));
    }
}
