//! Names of hosts → addresses that may be asked.

use super::guard::Guard;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

/// Why a name leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unresolved {
    /// The name has no address, as the name service says with certainty.
    #[error("no such host")]
    NoSuchHost,
    /// It has none that may be asked.
    #[error("an address that may not be asked")]
    Refused,
    /// Nobody could tell.
    #[error("the name service failed")]
    Failed,
}

/// Resolves names, and lets no address pass that the guard does not admit.
#[derive(Clone, Debug)]
pub(super) struct Resolver {
    guard: Arc<Guard>,
    /// Names that go before those of the name service; one without an address does not exist.
    fixed: Arc<BTreeMap<String, Vec<SocketAddr>>>,
    /// Hosts of the proxies that the environment names: they stand in the network around this machine.
    proxies: Arc<Vec<String>>,
}

impl Resolver {
    pub(super) fn new(
        guard: Arc<Guard>,
        fixed: BTreeMap<String, Vec<SocketAddr>>,
        proxies: Vec<String>,
    ) -> Self {
        Self { guard, fixed: Arc::new(fixed), proxies: Arc::new(proxies) }
    }

    /// The addresses of a host that may be asked.
    pub(super) async fn addresses(&self, host: &str) -> Result<Vec<SocketAddr>, Unresolved> {
        let found: Vec<SocketAddr> = match self.fixed.get(host) {
            Some(addresses) => addresses.clone(),
            None => tokio::net::lookup_host((host, 0)).await.map_err(|error| reason(&error))?.collect(),
        };
        if found.is_empty() {
            return Err(Unresolved::NoSuchHost);
        }
        let is_proxy = self.proxies.iter().any(|proxy| proxy == host);
        // One address inside is enough to turn the host down: it may answer otherwise next time.
        if is_proxy || found.iter().all(|address| self.guard.admits(host, address.ip())) {
            Ok(found)
        } else {
            Err(Unresolved::Refused)
        }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.addresses(&name.as_str().to_ascii_lowercase()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Tells a name that does not exist from a name service that does not work. The system has no code for it
/// that Rust hands on, but words of its own on each platform.
fn reason(error: &io::Error) -> Unresolved {
    /// `WSAHOST_NOT_FOUND`
    const WINDOWS: i32 = 11001;
    let said = error.to_string().to_ascii_lowercase();
    let certain = ["name or service not known", "nodename nor servname provided", "name does not resolve"];
    if certain.iter().any(|words| said.contains(words)) || error.raw_os_error() == Some(WINDOWS) {
        Unresolved::NoSuchHost
    } else {
        Unresolved::Failed
    }
}

/// The hosts of the proxies that the environment names.
pub(super) fn proxies() -> Vec<String> {
    ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .filter(|value| !value.is_empty())
        .filter_map(|value| {
            let full = if value.contains("://") { value } else { format!("http://{value}") };
            Some(url::Url::parse(&full).ok()?.host_str()?.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_certain_words_mean_no_such_host() {
        for (said, expected) in [
            ("failed to lookup address information: Name or service not known", Unresolved::NoSuchHost),
            (
                "failed to lookup address information: nodename nor servname provided, or not known",
                Unresolved::NoSuchHost,
            ),
            (
                "failed to lookup address information: Temporary failure in name resolution",
                Unresolved::Failed,
            ),
            ("failed to lookup address information: No address associated with hostname", Unresolved::Failed),
        ] {
            assert_eq!(reason(&io::Error::other(said)), expected, "{said}");
        }
    }

    #[tokio::test]
    async fn no_address_inside_passes() {
        let fixed = [
            ("good.org", vec![([93, 184, 216, 34], 0).into()]),
            ("inside.org", vec![([127, 0, 0, 1], 0).into()]),
            ("mixed.org", vec![([93, 184, 216, 34], 0).into(), ([10, 0, 0, 1], 0).into()]),
            ("gone.org", vec![]),
            ("proxy.lan", vec![([10, 0, 0, 1], 0).into()]),
        ];
        let fixed = fixed.into_iter().map(|(name, found)| (name.to_owned(), found)).collect();
        let resolver = Resolver::new(Arc::new(Guard::default()), fixed, vec!["proxy.lan".to_owned()]);
        for (host, expected) in [
            ("good.org", Ok(1)),
            ("inside.org", Err(Unresolved::Refused)),
            ("mixed.org", Err(Unresolved::Refused)),
            ("gone.org", Err(Unresolved::NoSuchHost)),
            ("proxy.lan", Ok(1)),
        ] {
            assert_eq!(resolver.addresses(host).await.map(|found| found.len()), expected, "{host}");
        }
    }
}
