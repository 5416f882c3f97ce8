//! What asking costs: a server on this machine that takes its time, a site with many links to it, and
//! scholint as a process of its own: offline, with an empty cache, and with a full one.
//!
//! `cargo bench --bench online` · `LYCHEE=path/to/lychee` compares (benches/lychee.sh fetches it) ·
//! `LINKS=20000`, `LATENCY=50` (milliseconds) and `CONCURRENCY=512` say what is measured. Linux only: the
//! cost of a process is read from `/proc`.

// Figures for people: printed, and rounded as they may be.
#![allow(clippy::print_stdout, clippy::cast_precision_loss)]

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

fn main() {
    let number = |name: &str, usual: usize| {
        std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
    };
    let links = number("LINKS", 20_000);
    let latency = Duration::from_millis(number("LATENCY", 50) as u64);
    let concurrency = number("CONCURRENCY", 512);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let seen = Arc::new(AtomicUsize::new(0));
    let address = runtime.block_on(serve(latency, seen.clone()));

    let site = tempfile::tempdir().expect("a scratch folder");
    let write = |name: &str, text: &str| std::fs::write(site.path().join(name), text).expect("a file");
    let page = |origin: &str| -> String {
        (0..links).fold(String::new(), |page, number| {
            page + &format!("- A [paper]({origin}/papers/{number}.pdf) of mine.\n")
        })
    };
    write("_config.yml", "title: A\n");
    write("index.md", &page("http://papers.labnet.org"));
    write("online.toml", &format!("[online]\nconcurrency = {concurrency}\ntimeout = 60\n"));
    let ideal = latency.as_secs_f64() * links as f64 / concurrency as f64;
    println!("{links} links, {latency:?} each, {concurrency} at once: {ideal:.2} s at best");

    let scholint = |online: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_scholint"));
        command.current_dir(site.path()).env("XDG_CACHE_HOME", site.path().join("cache"));
        command.args(["check", "--select", "link", "-q", "--config", "online.toml"]);
        if online {
            command.args(["--online", "--allow-private", "papers.labnet.org"]);
            command.arg("--resolve").arg(format!("papers.labnet.org:80:{address}"));
        }
        command
    };
    let report = |name: &str, command: &mut Command| {
        let before = seen.load(Ordering::Relaxed);
        let cost = cost(command);
        let requests = seen.load(Ordering::Relaxed) - before;
        println!(
            "{name:<22} {:>6.2} s {:>6.2} s CPU {:>5} MiB {requests:>6} requests",
            cost.time.as_secs_f64(),
            cost.cpu.as_secs_f64(),
            cost.memory >> 10,
        );
    };
    report("offline", &mut scholint(false));
    report("empty cache", &mut scholint(true));
    report("full cache", &mut scholint(true));
    if let Some(lychee) = std::env::var_os("LYCHEE") {
        write("lychee.md", &page(&format!("http://{address}")));
        let mut command = Command::new(lychee);
        command.current_dir(site.path()).args(["--no-progress", "--host-concurrency"]);
        command.arg(concurrency.to_string()).args(["--host-request-interval", "0ms", "--max-concurrency"]);
        command.arg(concurrency.to_string()).arg("lychee.md");
        report("lychee", &mut command);
    }
}

/// What a process cost.
struct Cost {
    time: Duration,
    cpu: Duration,
    /// The most it held, in KiB.
    memory: u64,
}

fn cost(command: &mut Command) -> Cost {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().expect("a process");
    let mut cost = Cost { time: Duration::ZERO, cpu: Duration::ZERO, memory: 0 };
    while child.try_wait().expect("a state").is_none() {
        cost = look(&child).unwrap_or(cost);
        std::thread::sleep(Duration::from_millis(5));
    }
    cost.time = start.elapsed();
    cost
}

/// What a running process has cost so far.
fn look(child: &Child) -> Option<Cost> {
    /// The kernel counts in hundredths of a second.
    const TICK: u64 = 10;
    let folder = Path::new("/proc").join(child.id().to_string());
    let stat = std::fs::read_to_string(folder.join("stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let ticks: u64 = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    let status = std::fs::read_to_string(folder.join("status")).ok()?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let memory = most.trim().trim_end_matches(" kB").parse().ok()?;
    Some(Cost { time: Duration::ZERO, cpu: Duration::from_millis(ticks * TICK), memory })
}

/// Starts the server.
async fn serve(latency: Duration, seen: Arc<AtomicUsize>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, latency, seen.clone()));
        }
    });
    address
}

/// Answers one request after the other, each after a while.
async fn answer(mut stream: TcpStream, latency: Duration, seen: Arc<AtomicUsize>) -> Option<()> {
    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 0\r\n\r\n";
    stream.set_nodelay(true).ok()?;
    let mut bytes = [0; 4096];
    let mut filled = 0;
    loop {
        let read = stream.read(&mut bytes[filled..]).await.ok().filter(|read| *read > 0)?;
        filled += read;
        if bytes[..filled].ends_with(b"\r\n\r\n") {
            filled = 0;
            seen.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(latency).await;
            stream.write_all(ANSWER).await.ok()?;
        }
    }
}
