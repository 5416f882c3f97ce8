//! `--online` and `scholint cache`: sets the network up as the arguments say.

use super::args::{CacheDeed, Check};
use super::{CLEAN, Failure, print, tell};
use crate::evidence::Witness;
use crate::evidence::net::{self, Network, Options, Progress};
use crate::report;
use std::io::{self, IsTerminal as _};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// An address for a host, in the form of curl: `HOST:PORT:ADDRESS`. A port behind the address goes before that
/// of the scheme.
pub(super) fn resolve(written: &str) -> Result<(String, SocketAddr), String> {
    let mut parts = written.splitn(3, ':');
    let (Some(host), Some(port), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("write it as HOST:PORT:ADDRESS".to_owned());
    };
    port.parse::<u16>().map_err(|error| error.to_string())?;
    let alone =
        || address.trim_matches(['[', ']']).parse().map(|address: IpAddr| SocketAddr::new(address, 0));
    let address = address.parse().or_else(|_| alone()).map_err(|_| "this is no address".to_owned())?;
    Ok((host.to_ascii_lowercase(), address))
}

/// Who answers what rules ask; nobody without `--online`.
pub(super) fn witness(check: &Check) -> Option<Arc<dyn Witness>> {
    if !check.online {
        return None;
    }
    let mut options = Options {
        allowed: check.allow_private.iter().cloned().collect(),
        progress: match (check.quiet, io::stderr().is_terminal()) {
            (true, _) => Progress::Silent,
            (false, true) => Progress::Bar,
            (false, false) => Progress::Lines,
        },
        ..Options::default()
    };
    for (host, address) in &check.resolve {
        options.resolve.entry(host.clone()).or_default().push(*address);
    }
    Some(Arc::new(Network::new(options)))
}

/// Tells where the cache is, or takes away what is in it.
pub(super) fn run_cache(deed: CacheDeed) -> Result<u8, Failure> {
    let folder = net::default_folder().ok_or(Failure::NoCache)?;
    let shown = folder.display().to_string();
    let failed = |reason| Failure::Output { path: shown.clone(), reason };
    match deed {
        CacheDeed::Path => print(&format!("{}\n", report::clean::line(&shown)))?,
        CacheDeed::Clear => net::clear(&folder).map_err(failed)?,
        CacheDeed::Prune => {
            let (kept, gone) = net::prune(&folder, net::now()).map_err(failed)?;
            tell(&format!("{gone} old answers removed, {kept} kept\n"));
        }
    }
    Ok(CLEAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_for_hosts() {
        assert_eq!(resolve("A.test:80:127.0.0.1"), Ok(("a.test".to_owned(), ([127, 0, 0, 1], 0).into())));
        assert_eq!(resolve("a.test:80:127.0.0.1:99"), Ok(("a.test".to_owned(), ([127, 0, 0, 1], 99).into())));
        assert_eq!(resolve("a.test:80:[::1]").map(|(_, address)| address.is_ipv6()), Ok(true));
        for wrong in ["a.test", "a.test:80", "a.test:x:127.0.0.1", "a.test:80:b.test"] {
            assert!(resolve(wrong).is_err(), "{wrong}");
        }
    }
}
