//! What is known about hosts, from `rules/data/hosts.toml`: whom not to ask, whom to ask slowly, whose
//! word to take.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Duration;

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hosts {
    never: BTreeSet<String>,
    honest: BTreeSet<String>,
    parked: BTreeSet<String>,
    shared: BTreeSet<String>,
    spacing: BTreeMap<String, u64>,
    lanes: BTreeMap<String, usize>,
}

/// The table that scholint brings along; `the_table_can_be_read` holds it to its form.
pub(super) static HOSTS: LazyLock<Hosts> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../rules/data/hosts.toml")).unwrap_or_else(|_| Hosts {
        never: BTreeSet::new(),
        honest: BTreeSet::new(),
        parked: BTreeSet::new(),
        shared: BTreeSet::new(),
        spacing: BTreeMap::new(),
        lanes: BTreeMap::new(),
    })
});

impl Hosts {
    /// Whether a host refuses programs, or answers everything alike.
    pub(super) fn is_never_asked(&self, host: &str) -> bool {
        covering(host).any(|name| self.never.contains(name))
    }

    /// Whether a host says 404 where it means it.
    pub(super) fn is_honest(&self, host: &str) -> bool {
        covering(host).any(|name| self.honest.contains(name))
    }

    /// Whether domains end up there that nobody pays for any more.
    pub(super) fn is_parked(&self, host: &str) -> bool {
        covering(host).any(|name| self.parked.contains(name))
    }

    /// Whether two hosts are of one owner, by their names.
    pub(super) fn are_one_site(&self, a: &str, b: &str) -> bool {
        a == b || self.owned(a).is_some_and(|name| self.owned(b) == Some(name))
    }

    /// The part of a host's name that somebody owns: `cs.example.ac.uk` is of `example.ac.uk`.
    fn owned<'h>(&self, host: &'h str) -> Option<&'h str> {
        let names: Vec<&str> = covering(host).collect();
        let suffix = names.iter().position(|name| self.shared.contains(*name) || is_suffix(name))?;
        names.get(suffix.checked_sub(1)?).copied()
    }

    /// The time from one request to the next.
    pub(super) fn spacing(&self, host: &str) -> Option<Duration> {
        covering(host).find_map(|name| self.spacing.get(name)).map(|millis| Duration::from_millis(*millis))
    }

    /// How many requests at once.
    pub(super) fn lanes(&self, host: &str) -> Option<usize> {
        covering(host).find_map(|name| self.lanes.get(name)).copied()
    }
}

/// A host's name and those of all above it: `a.b.c`, `b.c`, `c`.
pub(super) fn covering(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |name| name.split_once('.').map(|(_, above)| above))
}

/// Whether names below this one have owners of their own: `org`, `ac.uk`, `edu.cn`.
fn is_suffix(name: &str) -> bool {
    match name.split_once('.') {
        None => true,
        Some((second, country)) => {
            country.len() == 2
                && matches!(
                    second,
                    "ac" | "co"
                        | "com"
                        | "edu"
                        | "go"
                        | "gov"
                        | "govt"
                        | "ne"
                        | "net"
                        | "or"
                        | "org"
                        | "re"
                        | "res"
                )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_can_be_read() {
        let hosts: Hosts =
            toml::from_str(include_str!("../../../rules/data/hosts.toml")).expect("a table of hosts");
        let names = [&hosts.never, &hosts.honest, &hosts.parked, &hosts.shared].into_iter().flatten();
        for name in names.chain(hosts.spacing.keys()).chain(hosts.lanes.keys()) {
            assert!(name.contains('.') && *name == name.to_lowercase(), "{name}");
        }
        assert!(hosts.honest.is_disjoint(&hosts.never) && hosts.never.is_disjoint(&hosts.parked));
    }

    #[test]
    fn a_name_stands_for_all_below_it() {
        for (host, never) in [
            ("www.linkedin.com", true),
            ("x.com", true),
            ("netflix.com", false),
            ("scholar.google.com", true),
            ("sites.google.com", false),
            ("com", false),
        ] {
            assert_eq!(HOSTS.is_never_asked(host), never, "{host}");
        }
        assert_eq!(HOSTS.spacing("export.arxiv.org"), Some(Duration::from_secs(3)));
        assert_eq!(HOSTS.spacing("example.org"), None);
        assert_eq!(HOSTS.lanes("dblp.org"), Some(1));
    }

    #[test]
    fn owners_by_name() {
        for (a, b, one) in [
            ("www.example.edu", "people.example.edu", true),
            ("www.example.edu", "example.edu", true),
            ("cs.example.ac.uk", "www.example.ac.uk", true),
            ("www.one.ac.uk", "www.other.ac.uk", false),
            ("ann.github.io", "ben.github.io", false),
            ("ann.github.io", "ann.github.io", true),
            ("example.org", "example.com", false),
        ] {
            assert_eq!(HOSTS.are_one_site(a, b), one, "{a} {b}");
        }
    }
}
