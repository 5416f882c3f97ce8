//! A server on this machine that answers as it is told, rightly or wrongly, and remembers what it was asked.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Path and query.
    pub(crate) path: String,
    head: String,
    pub(crate) body: String,
}

impl Request {
    /// A header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// `GET /path`.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// What a server does with a request.
pub(crate) enum Deed {
    /// Sends this and takes the next request.
    Send(Vec<u8>),
    /// Sends this, and then hangs up.
    SendAndLeave(Vec<u8>),
    /// Sends this, and then the same bytes for ever.
    SendForEver(Vec<u8>, Vec<u8>),
    /// Waits before it hangs up.
    Wait(Duration),
}

/// A running server; it ends with the process.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Starts a server on an address; `answer` is told of the request and of how many came before it.
    pub(crate) fn on(
        address: &str,
        answer: impl Fn(&Request, usize) -> Deed + Send + Sync + 'static,
    ) -> Option<Self> {
        let listener = TcpListener::bind(address).ok()?;
        let address = listener.local_addr().expect("an address");
        let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
        let (answer, log) = (Arc::new(answer), seen.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, log) = (answer.clone(), log.clone());
                std::thread::spawn(move || serve(stream, &*answer, &log));
            }
        });
        Some(Self { address, seen })
    }

    /// Starts a server.
    pub(crate) fn new(answer: impl Fn(&Request, usize) -> Deed + Send + Sync + 'static) -> Self {
        Self::on("127.0.0.1:0", answer).expect("a free port")
    }

    /// A URL on this server under a name.
    pub(crate) fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}:{}{path}", self.address.port())
    }

    /// The requests so far.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.seen.lock().expect("a log").clone()
    }

    /// The requests so far, as `GET /path`.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Request::line).collect()
    }
}

fn serve(
    mut stream: impl Read + Write,
    answer: &dyn Fn(&Request, usize) -> Deed,
    log: &Mutex<Vec<Request>>,
) -> Option<()> {
    while let Some(request) = read(&mut stream) {
        let before = {
            let mut log = log.lock().expect("a log");
            let before = log.iter().filter(|other| other.path == request.path).count();
            log.push(request.clone());
            before
        };
        match answer(&request, before) {
            Deed::Send(bytes) => stream.write_all(&bytes).ok()?,
            Deed::SendAndLeave(bytes) => {
                stream.write_all(&bytes).ok()?;
                return None;
            }
            Deed::SendForEver(head, rest) => {
                stream.write_all(&head).ok()?;
                loop {
                    stream.write_all(&rest).ok()?;
                }
            }
            Deed::Wait(time) => {
                std::thread::sleep(time);
                return None;
            }
        }
    }
    None
}

/// Reads one request.
fn read(stream: &mut impl Read) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        bytes.push(byte[0]);
    }
    let head = String::from_utf8(bytes).ok()?;
    let mut words = head.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut request = Request { method, path, head: head.clone(), body: String::new() };
    let length = request.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}

/// An answer with a body, which a HEAD leaves out.
pub(crate) fn reply(request: &Request, status: u16, headers: &[&str], body: &[u8]) -> Deed {
    let mut bytes = format!("HTTP/1.1 {status} So\r\nContent-Length: {}\r\n", body.len()).into_bytes();
    for header in headers {
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b"\r\n");
    if request.method != "HEAD" {
        bytes.extend_from_slice(body);
    }
    Deed::Send(bytes)
}

/// A page.
pub(crate) fn page(request: &Request, html: &str) -> Deed {
    reply(request, 200, &["Content-Type: text/html; charset=utf-8"], html.as_bytes())
}

/// An answer without a body.
pub(crate) fn status(request: &Request, status: u16) -> Deed {
    reply(request, status, &[], b"")
}

/// A redirect.
pub(crate) fn redirect(request: &Request, status: u16, location: &str) -> Deed {
    reply(request, status, &[&format!("Location: {location}")], b"")
}

/// A server that speaks TLS with a certificate that nobody vouches for.
pub(crate) fn unknown_authority(host: &str) -> (SocketAddr, Arc<Mutex<Vec<Request>>>) {
    use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer};
    let own = rcgen::generate_simple_self_signed([host.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .expect("a configuration");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let seen: Arc<Mutex<Vec<Request>>> = Arc::default();
    let log = seen.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(config.clone()).expect("a connection");
            let stream: StreamOwned<ServerConnection, TcpStream> = StreamOwned::new(connection, stream);
            serve(stream, &|request: &Request, _| status(request, 200), &log);
        }
    });
    (address, seen)
}
