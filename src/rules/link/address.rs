//! The parts of an address on the web, as the link rules compare them. It judges nothing.

/// An address that names a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'t> {
    /// `https` rather than `http`.
    pub(super) secure: bool,
    /// The host as it is written, without user and port.
    pub(super) host: &'t str,
    /// Everything behind the host, with its leading slash.
    pub(super) path: &'t str,
}

impl<'t> Address<'t> {
    /// Reads `http://…` or `https://…`.
    pub(super) fn parse(target: &'t str) -> Option<Self> {
        let (scheme, rest) = target.trim().split_once("://")?;
        let secure = scheme.eq_ignore_ascii_case("https");
        if !secure && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end)?;
        let host = host.split_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(host, _)| host);
        let is_host = host.contains('.')
            && host.chars().all(|each| each.is_alphanumeric() || matches!(each, '.' | '-' | '_'));
        is_host.then_some(Self { secure, host, path })
    }

    /// The host in lower case, without `www.`.
    pub(super) fn name(self) -> String {
        let host = self.host.to_lowercase();
        host.strip_prefix("www.").map_or(host.clone(), str::to_owned)
    }
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a host is one of these, or lies below one.
pub(super) fn is_among(host: &str, hosts: &[&str]) -> bool {
    hosts
        .iter()
        .any(|each| host.strip_suffix(each).is_some_and(|before| before.is_empty() || before.ends_with('.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (target, expected) in [
            ("http://www.X.org/a?b", Some((false, "x.org", "/a?b"))),
            ("https://x.org", Some((true, "x.org", ""))),
            ("https://x.org?a", Some((true, "x.org", "?a"))),
            ("http://x.org:8080/a", Some((false, "x.org", "/a"))),
            ("https://ann:secret@x.org", None),
            ("ftp://x.org", None),
            ("https://", None),
            ("//x.org", None),
            ("files/a.pdf", None),
        ] {
            let found = Address::parse(target).map(|found| (found.secure, found.name(), found.path));
            let found = found.as_ref().map(|(secure, name, path)| (*secure, name.as_str(), *path));
            assert_eq!(found, expected, "{target}");
        }
        assert!(is_among("a.x.org", &["x.org"]) && !is_among("ax.org", &["x.org"]));
    }
}
