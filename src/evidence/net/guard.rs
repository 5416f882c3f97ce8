//! What may be asked at all: no address of this machine or the networks around it, no odd port, no
//! credentials. It knows names and numbers, and sends nothing.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Ports that web servers use.
const PORTS: &[u16] = &[80, 443, 8000, 8008, 8080, 8443, 8888];

/// A longer address is none that a server takes.
const LONGEST: usize = 8 << 10;

/// Names that mean this machine or the network around it, whatever they resolve to.
const LOCAL: &[&str] = &[
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "onion",
    "invalid",
    "test",
    "example",
    "metadata.google.internal",
];

/// Decides which addresses may be asked.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    /// Hosts that whoever runs scholint allows, wherever they are.
    allowed: BTreeSet<String>,
}

impl Guard {
    pub(super) fn new(allowed: &BTreeSet<String>) -> Self {
        let bare = |host: &String| host.trim_matches(['[', ']']).to_ascii_lowercase();
        Self { allowed: allowed.iter().map(bare).collect() }
    }

    /// Whether a host was allowed by name.
    pub(super) fn allows(&self, host: &str) -> bool {
        self.allowed.contains(host.trim_matches(['[', ']']))
    }

    /// Reads an address, and takes its credentials and fragment away; `None` for what may not be asked.
    pub(super) fn address(&self, written: &str) -> Option<Url> {
        if written.len() > LONGEST {
            return None;
        }
        self.admit(Url::parse(written.trim()).ok()?)
    }

    /// Looks at an address, as it was written or as a redirect named it.
    pub(super) fn admit(&self, mut url: Url) -> Option<Url> {
        if !matches!(url.scheme(), "http" | "https") {
            return None;
        }
        url.set_fragment(None);
        url.set_username("").ok()?;
        url.set_password(None).ok()?;
        // A closing dot makes no other host, but would pass for one.
        let host = url.host_str()?;
        if let Some(bare) = host.strip_suffix('.').filter(|bare| !bare.is_empty()).map(str::to_owned) {
            url.set_host(Some(&bare)).ok()?;
        }
        if self.allows(url.host_str()?) {
            return Some(url);
        }
        let public = match url.host()? {
            Host::Ipv4(address) => is_public(IpAddr::V4(address)),
            Host::Ipv6(address) => is_public(IpAddr::V6(address)),
            Host::Domain(name) => {
                name.contains('.') && !super::hosts::covering(name).any(|name| LOCAL.contains(&name))
            }
        };
        (public && PORTS.contains(&url.port_or_known_default()?)).then_some(url)
    }

    /// Whether a host may be asked at an address that its name resolved to.
    pub(super) fn admits(&self, host: &str, address: IpAddr) -> bool {
        self.allows(host) || is_public(address)
    }
}

/// Whether an address is one of the open net: none of this machine, of the networks around it, or of those
/// set apart for other ends.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    let apart = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 88, 99)
            | (192, 175, 48)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    // 168.63.129.16 is the metadata service of a large cloud, in the middle of public addresses.
    !apart && (a, b, c, d) != (168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Global unicast only, less what is set apart in it.
        [0x2001, 0xdb8 | 0..=0x01ff, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // 6to4, and NAT64: as public as the address inside.
        [0x2002, high, low, ..] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2000..=0x3fff, ..] => true,
        // Loopback, unspecified, v4-mapped and -compatible, link-local, site-local, unique local, multicast,
        // local NAT64, discard, segment routing, and what nobody has yet.
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_net_is_public() {
        for (address, public) in [
            ("93.184.216.34", true),
            ("8.8.8.8", true),
            ("172.32.0.1", true),
            ("100.128.0.1", true),
            ("127.0.0.1", false),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.64.0.1", false),
            ("169.254.169.254", false),
            ("172.16.0.1", false),
            ("172.31.255.255", false),
            ("192.0.2.1", false),
            ("192.168.1.1", false),
            ("198.19.0.1", false),
            ("198.51.100.7", false),
            ("203.0.113.9", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("168.63.129.16", false),
            ("2606:2800:220:1::1", true),
            ("2a00:1450::1", true),
            ("::", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:8.8.8.8", false),
            ("::127.0.0.1", false),
            ("64:ff9b::7f00:1", false),
            ("64:ff9b::808:808", true),
            ("64:ff9b:1::1", false),
            ("2002:7f00:1::", false),
            ("2002:a00:1::1", false),
            ("2002:808:808::1", true),
            ("2001::1", false),
            ("2001:db8::1", false),
            ("2001:20::1", false),
            ("100::1", false),
            ("fc00::1", false),
            ("fd00:ec2::254", false),
            ("fe80::1", false),
            ("fec0::1", false),
            ("ff02::1", false),
            ("3fff::1", false),
            ("5f00::1", false),
        ] {
            assert_eq!(is_public(address.parse().expect("an address")), public, "{address}");
        }
    }

    #[test]
    fn addresses_in_disguise_are_seen_through() {
        let guard = Guard::default();
        for written in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://127.1/",
            "http://0/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://１２７.0.0.1/",
            "http://127。0。0。1/",
            "http://localhost/",
            "http://localhost./",
            "http://127.0.0.1./",
            "http://LOCALHOST:8080/",
            "http://a.localhost/",
            "http://printer/",
            "http://router.lan/",
            "http://metadata.google.internal/",
            "http://169.254.169.254/latest/meta-data/",
            "http://x.org:22/",
            "http://x.org:6379/",
            "http://x.org:0/",
            "https://x.org:25/",
            "ftp://x.org/",
            "file:///etc/passwd",
            "gopher://x.org/",
            "javascript:alert(1)",
            "http://",
            "http:///x",
            &format!("http://x.org/{}", "a".repeat(LONGEST)),
            "/x",
            "x.org",
        ] {
            // `http:///x` is read as browsers do: the host `x`, which has no dot.
            assert_eq!(guard.address(written), None, "{written}");
        }
    }

    #[test]
    fn what_may_be_asked_is_asked_without_secrets() {
        let guard = Guard::default();
        for (written, asked) in [
            ("https://x.org/a#b", "https://x.org/a"),
            ("https://me:secret@x.org/", "https://x.org/"),
            ("HTTP://X.org:80/%7Ea", "http://x.org/%7Ea"),
            ("https://x.org./a", "https://x.org/a"),
            ("https://bücher.de/", "https://xn--bcher-kva.de/"),
            ("https://x.org:8443/", "https://x.org:8443/"),
            ("http://8.8.8.8/", "http://8.8.8.8/"),
        ] {
            assert_eq!(guard.address(written).as_ref().map(Url::as_str), Some(asked), "{written}");
        }
    }

    #[test]
    fn what_is_allowed_by_name_may_be_anywhere() {
        let names = ["Wiki.lan".to_owned(), "127.0.0.1".to_owned(), "[::1]".to_owned()];
        let guard = Guard::new(&names.into_iter().collect());
        for (written, admitted) in [
            ("http://wiki.lan:4711/", true),
            ("http://other.lan/", false),
            ("http://127.0.0.1:4711/", true),
            ("http://0x7f.1/", true),
            ("http://127.0.0.2/", false),
            ("http://[::1]:9/", true),
            ("ftp://wiki.lan/", false),
        ] {
            assert_eq!(guard.address(written).is_some(), admitted, "{written}");
        }
        assert!(guard.admits("wiki.lan", [10, 0, 0, 1].into()));
        assert!(!guard.admits("evil.org", [10, 0, 0, 1].into()), "no other name leads there");
    }
}
