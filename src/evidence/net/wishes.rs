//! What a configuration may wish for. One that the checked site brings along may ask for less than usual,
//! never for more.

use super::Options;
use super::hosts::{HOSTS, covering};
use crate::evidence::Terms;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Questions at once: the usual number, and the most that anybody gets.
const CONCURRENCY: (usize, usize) = (64, 1024);
/// Seconds to wait for an answer: the usual number, and the most that anybody gets.
const TIMEOUT: (u64, u64) = (20, 120);

const ADVICE: &str = "name the file with --config to trust it";

/// The wishes that are granted.
#[derive(Debug)]
pub(super) struct Wishes {
    pub(super) mailto: Option<String>,
    pub(super) timeout: Duration,
    pub(super) concurrency: usize,
    pub(super) cache: Option<PathBuf>,
    hosts: BTreeMap<String, bool>,
}

impl Wishes {
    pub(super) fn of(terms: &Terms, options: &Options, remarks: &mut Vec<(String, &'static str)>) -> Self {
        let mut refuse = |what: &str| {
            remarks.push((format!("the site's own scholint.toml may not {what}: left out"), ADVICE));
        };
        let most = if terms.trusted { CONCURRENCY.1 } else { CONCURRENCY.0 };
        let concurrency = terms.concurrency.map_or(CONCURRENCY.0, |number| number as usize);
        if concurrency > most {
            refuse("raise [online] concurrency");
        }
        let most_seconds = if terms.trusted { TIMEOUT.1 } else { TIMEOUT.0 };
        let seconds = terms.timeout.map_or(TIMEOUT.0, u64::from);
        if seconds > most_seconds {
            refuse("raise [online] timeout");
        }
        let mut hosts: BTreeMap<String, bool> =
            terms.hosts.iter().map(|(host, asked)| (host.to_ascii_lowercase(), *asked)).collect();
        if !terms.trusted && hosts.values().any(|asked| *asked) {
            refuse("wake [online] hosts that are never asked");
            hosts.retain(|_, asked| !*asked);
        }
        let cache = match (&options.cache, &terms.cache) {
            (folder, None) => folder.clone(),
            (_, Some(path)) if terms.trusted => Some(PathBuf::from(path)),
            (Some(folder), Some(name)) if is_name(name) => Some(folder.join(name)),
            (folder, Some(_)) => {
                refuse("put [online] cache elsewhere");
                folder.clone()
            }
        };
        Self {
            mailto: terms.mailto.clone().filter(|mailto| is_mailbox(mailto)),
            timeout: Duration::from_secs(seconds.clamp(1, most_seconds)),
            concurrency: concurrency.clamp(1, most),
            cache,
            hosts,
        }
    }

    /// Whether a host may be asked, as far as courtesy goes.
    pub(super) fn let_ask(&self, host: &str) -> bool {
        covering(host).find_map(|name| self.hosts.get(name)).copied().unwrap_or(!HOSTS.is_never_asked(host))
    }
}

/// Whether a path is one plain name, so that it stays in the folder it is joined to.
fn is_name(name: &str) -> bool {
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | '.');
    Path::new(name).components().count() == 1 && !name.starts_with('.') && name.chars().all(plain)
}

/// Whether a text is an address of mail, and nothing more that would travel along.
fn is_mailbox(text: &str) -> bool {
    let plain = |part: &str, more: &[char]| {
        !part.is_empty() && part.chars().all(|char| char.is_ascii_alphanumeric() || more.contains(&char))
    };
    text.len() <= 100
        && text
            .split_once('@')
            .is_some_and(|(name, host)| plain(name, &['.', '_', '-', '+']) && plain(host, &['.', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> Options {
        Options { cache: Some(PathBuf::from("/cache")), ..Options::default() }
    }

    #[test]
    fn a_hostile_configuration_widens_nothing() {
        for name in ["/etc", "../x", "..", ".", ".ssh", "a/b", "a\\b", "~", "", "C:x"] {
            let mut remarks = Vec::new();
            let terms = Terms { cache: Some(name.to_owned()), ..Terms::default() };
            let wishes = Wishes::of(&terms, &options(), &mut remarks);
            assert_eq!(wishes.cache, Some(PathBuf::from("/cache")), "{name}");
            assert_eq!(remarks.len(), 1, "{name}");
        }
        let terms = Terms {
            hosts: [("x.com".to_owned(), true), ("slow.org".to_owned(), false)].into(),
            concurrency: Some(10_000),
            timeout: Some(100_000),
            mailto: Some("a@b.org\r\nCookie: x".to_owned()),
            cache: Some("mine".to_owned()),
            trusted: false,
        };
        let mut remarks = Vec::new();
        let wishes = Wishes::of(&terms, &options(), &mut remarks);
        assert!(!wishes.let_ask("x.com") && !wishes.let_ask("www.slow.org") && wishes.let_ask("x.org"));
        assert_eq!((wishes.concurrency, wishes.timeout.as_secs()), (64, 20));
        assert_eq!((wishes.mailto, wishes.cache), (None, Some(PathBuf::from("/cache/mine"))));
        assert_eq!(remarks.len(), 3);
    }

    #[test]
    fn whoever_runs_scholint_may_wish_for_more() {
        let terms = Terms {
            hosts: [("X.com".to_owned(), true)].into(),
            concurrency: Some(512),
            timeout: Some(60),
            mailto: Some("ann@example.org".to_owned()),
            cache: Some("/elsewhere".to_owned()),
            trusted: true,
        };
        let mut remarks = Vec::new();
        let wishes = Wishes::of(&terms, &options(), &mut remarks);
        assert!(wishes.let_ask("x.com"));
        assert_eq!((wishes.concurrency, wishes.timeout.as_secs()), (512, 60));
        assert_eq!(wishes.mailto.as_deref(), Some("ann@example.org"));
        assert_eq!(wishes.cache, Some(PathBuf::from("/elsewhere")));
        assert!(remarks.is_empty());
    }
}
