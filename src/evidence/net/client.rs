//! One request at a time, in its turn, within its limits. It follows no redirect and draws no conclusion.

use super::guard::Guard;
use super::lanes::{Came, Lanes};
use super::resolve::{self, Resolver, Unresolved};
use super::{Options, Wishes};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, RANGE, RETRY_AFTER,
};
use reqwest::{Method, redirect};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::Url;

/// The part of a page that is read: its title and heading stand in it.
const PART: usize = 64 << 10;
/// The longest record that is read, unpacked.
const RECORD: usize = 8 << 20;

/// What is wanted of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want<'a> {
    /// Its headers.
    Head,
    /// Its beginning.
    Part,
    /// The same, from a server that does not know ranges.
    Unranged,
    /// A record, of this type.
    Record(&'static str),
    /// A record, for a question in JSON.
    Reply(&'a str),
}

/// What came.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    /// Unpacked, up to the limit.
    pub(super) body: Vec<u8>,
    /// There was more.
    pub(super) cut: bool,
}

impl Reply {
    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Why nothing came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failing {
    /// No answer in time.
    Late,
    /// The name has no address.
    NoSuchHost,
    /// An address that may not be asked.
    Refused,
    /// No connection, a certificate that does not hold, an answer that makes no sense.
    Broken,
    /// The host was left alone, after failures or because it asked for it.
    LeftAlone,
}

/// Sends requests.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    pub(super) guard: Arc<Guard>,
    pub(super) lanes: Lanes,
    resolver: Resolver,
    /// Whether requests go through a proxy, which resolves names itself.
    behind_proxy: bool,
    timeout: Duration,
    origins: BTreeMap<String, String>,
    /// Whether anybody answered: else it is our own network that is down.
    reached: AtomicBool,
}

impl Client {
    pub(super) fn new(options: &Options, wishes: &Wishes) -> Result<Self, Box<dyn std::error::Error>> {
        let guard = Arc::new(Guard::new(&options.allowed));
        let proxies = resolve::proxies();
        let behind_proxy = !proxies.is_empty();
        let resolver = Resolver::new(guard.clone(), options.resolve.clone(), proxies);
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .dns_resolver(Arc::new(resolver.clone()))
            .redirect(redirect::Policy::none())
            .referer(false)
            .user_agent(agent(wishes.mailto.as_deref()))
            .connect_timeout(wishes.timeout)
            .build()?;
        Ok(Self {
            http,
            guard,
            lanes: Lanes::new(options.pace, wishes.concurrency),
            resolver,
            behind_proxy,
            timeout: wishes.timeout,
            origins: options.origins.clone(),
            reached: AtomicBool::new(false),
        })
    }

    /// Whether anybody answered so far.
    pub(super) fn has_reached_anybody(&self) -> bool {
        self.reached.load(Ordering::Relaxed)
    }

    /// Sends a request that the guard admitted; again where the host was busy or failed, but only a few
    /// times.
    pub(super) async fn send(&self, want: Want<'_>, url: &Url) -> Result<Reply, Failing> {
        let host = url.host_str().ok_or(Failing::Refused)?;
        if self.behind_proxy && self.resolver.addresses(host).await == Err(Unresolved::Refused) {
            return Err(Failing::Refused);
        }
        // What a HEAD does not tell, a GET is asked for.
        let tries = if want == Want::Head { 1 } else { 3 };
        let mut attempt = 1;
        loop {
            let turn = self.lanes.turn(host, self.guard.allows(host)).await.ok_or(Failing::LeftAlone)?;
            let came = self.once(want, url).await;
            let (pace, again) = match &came {
                Ok(reply) => match (reply.status, seconds(reply)) {
                    (429, pause) | (503, pause @ Some(_)) => (Came::Busy(pause), attempt < tries),
                    (500.., _) if reply.status < 600 => (Came::Fault, attempt < tries),
                    _ => (Came::Well, false),
                },
                // A name without an address keeps nobody waiting.
                Err(Failing::NoSuchHost | Failing::Refused) => (Came::Well, false),
                Err(Failing::Broken) => (Came::Nothing, attempt < tries.min(2)),
                Err(_) => (Came::Nothing, false),
            };
            if !(turn.came(pace) && again) {
                return came;
            }
            attempt += 1;
        }
    }

    async fn once(&self, want: Want<'_>, url: &Url) -> Result<Reply, Failing> {
        let method = match want {
            Want::Head => Method::HEAD,
            Want::Part | Want::Unranged | Want::Record(_) => Method::GET,
            Want::Reply(_) => Method::POST,
        };
        let mut request = match self.origins.get(&url.origin().ascii_serialization()) {
            Some(origin) => {
                let stand_in = format!("{origin}{}", &url[url::Position::BeforePath..]);
                self.http.request(method, stand_in).header(HOST, url.host_str().unwrap_or_default())
            }
            None => self.http.request(method, url.clone()),
        };
        request = match want {
            Want::Head | Want::Unranged => request.header(ACCEPT, "text/html,application/pdf,*/*;q=0.8"),
            // A part of something packed cannot be unpacked.
            Want::Part => request
                .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"))
                .header(ACCEPT, "text/html,application/pdf,*/*;q=0.8")
                .header(RANGE, HeaderValue::from_static("bytes=0-65535")),
            Want::Record(kind) => request.header(ACCEPT, kind),
            Want::Reply(json) => request
                .header(ACCEPT, "application/json")
                .header(CONTENT_TYPE, "application/json")
                .body(json.to_owned()),
        };
        let deadline = Instant::now() + self.timeout;
        let mut response = match timeout_at(deadline, request.send()).await {
            Err(_) => return Err(Failing::Late),
            Ok(Err(error)) => return Err(failing(&error)),
            Ok(Ok(response)) => response,
        };
        self.reached.store(true, Ordering::Relaxed);
        let limit = match want {
            Want::Head => 0,
            Want::Part | Want::Unranged => PART,
            Want::Record(_) | Want::Reply(_) => RECORD,
        };
        let mut reply = Reply {
            status: response.status().as_u16(),
            headers: std::mem::take(response.headers_mut()),
            body: Vec::new(),
            cut: false,
        };
        if limit > 0 {
            (reply.body, reply.cut) = read(&mut response, limit, deadline).await?;
        }
        Ok(reply)
    }
}

/// The beginning of a body, and whether there was more.
async fn read(
    response: &mut reqwest::Response,
    limit: usize,
    deadline: Instant,
) -> Result<(Vec<u8>, bool), Failing> {
    let mut body = Vec::new();
    loop {
        // It has answered; what trickles in after that changes nothing.
        let Ok(chunk) = timeout_at(deadline, response.chunk()).await else { return Ok((body, true)) };
        let Some(chunk) = chunk.map_err(|error| failing(&error))? else { return Ok((body, false)) };
        let room = limit - body.len();
        body.extend(chunk.iter().take(room));
        if chunk.len() > room {
            return Ok((body, true));
        }
    }
}

/// The seconds that a host asks us to wait; a date is not read, and too long.
fn seconds(reply: &Reply) -> Option<u64> {
    let wait = reply.header(RETRY_AFTER.as_str())?.trim();
    Some(wait.parse().unwrap_or(u64::from(u32::MAX)))
}

fn failing(error: &reqwest::Error) -> Failing {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        match error.downcast_ref::<Unresolved>() {
            Some(Unresolved::NoSuchHost) => return Failing::NoSuchHost,
            Some(Unresolved::Refused) => return Failing::Refused,
            Some(Unresolved::Failed) | None => cause = error.source(),
        }
    }
    if error.is_timeout() { Failing::Late } else { Failing::Broken }
}

/// Who asks, and where to complain.
fn agent(mailto: Option<&str>) -> String {
    let contact = mailto.map(|mailto| format!("; mailto:{mailto}")).unwrap_or_default();
    format!("scholint/{} (+{}{contact})", env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_REPOSITORY"))
}

/// TLS as browsers speak it.
fn tls() -> Result<rustls::ClientConfig, rustls::Error> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(rustls::ALL_VERSIONS)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
