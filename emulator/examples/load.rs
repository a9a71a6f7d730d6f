//! Measures sign-ins per second of the emulator, and the memory of ten thousand transactions:
//! `cargo run --release --package okta-emulator --example load [SECONDS]`.
//!
//! Emulator and clients share this process. Passwords are hashed with the cheapest parameters, as in tests;
//! with the default parameters, hashing dominates.
#![allow(clippy::print_stdout, reason = "a program talks to its user")]

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use okta_emulator::Emulator;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

const SEED: &str = "\n[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000000000\n";
const CLIENTS: u64 = 8;
const TRANSACTIONS: u64 = 10_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let seconds = std::env::args().nth(1).map_or(Ok(10), |text| text.parse())?;
    let config = format!("{}{SEED}", include_str!("../sample-org.toml"));
    let emulator = Emulator::builder().config_text(config).control(true).start().await?;
    let host = emulator.url().trim_start_matches("http://").to_owned();
    for (what, login, password, status) in [
        ("sign-ins that end in SUCCESS", "ada.byron", "Analytical1843", "SUCCESS"),
        ("sign-ins that end in MFA_REQUIRED", "jeff.beck", "xaxaxaxaxa", "MFA_REQUIRED"),
    ] {
        let until = Instant::now() + Duration::from_secs(seconds);
        let done = sign_ins(&host, login, password, status, move |_| Instant::now() < until).await?;
        println!("{what}: {} a second, {CLIENTS} connections, {seconds} s", done / seconds.max(1));
        advance(&host).await?;
    }
    println!("round  transactions  kept  memory");
    for round in 1..=6 {
        let before = done_so_far(&host).await?;
        sign_ins(&host, "jeff.beck", "xaxaxaxaxa", "MFA_REQUIRED", |number| number < TRANSACTIONS).await?;
        println!("{round:>5}  {TRANSACTIONS:>12}  {before:>4}  {:>4} MiB", memory_mib()?);
        advance(&host).await?;
    }
    Ok(())
}

/// Signs in over several connections for this time; returns the number of sign-ins.
async fn sign_ins(
    host: &str,
    login: &str,
    password: &str,
    status: &str,
    goes_on: impl Fn(u64) -> bool + Clone + Send + 'static,
) -> Outcome<u64> {
    let (next, body) =
        (Arc::new(AtomicU64::new(0)), format!("{{\"username\":\"{login}\",\"password\":\"{password}\"}}"));
    let request = post("/api/v1/authn", host, &body);
    let expected = format!("\"status\":\"{status}\"");
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (host, request, expected) = (host.to_owned(), request.clone(), expected.clone());
        let (next, goes_on) = (Arc::clone(&next), goes_on.clone());
        clients.spawn(async move {
            let mut stream = TcpStream::connect(&host).await?;
            stream.set_nodelay(true)?;
            let mut done = 0_u64;
            while goes_on(next.fetch_add(1, Ordering::Relaxed)) {
                let answer = ask(&mut stream, &request).await?;
                if !answer.contains(&expected) {
                    return Err(io::Error::other(answer));
                }
                done += 1;
            }
            Ok(done)
        });
    }
    let mut all = 0;
    while let Some(done) = clients.join_next().await {
        all += done??;
    }
    Ok(all)
}

fn post(path: &str, host: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nCookie: DT=load\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a request and reads the response.
async fn ask(stream: &mut TcpStream, request: &str) -> io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(8 * 1024);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Ok(text.into_owned());
        }
    }
}

/// Advances the clock beyond the lifetime of a transaction.
async fn advance(host: &str) -> Outcome<()> {
    let mut stream = TcpStream::connect(host).await?;
    ask(&mut stream, &post("/control/clock/advance", host, "{\"seconds\":700}")).await?;
    // The first request after that removes expired objects.
    ask(&mut stream, &post("/api/v1/authn", host, "{\"stateToken\":\"none\"}")).await?;
    Ok(())
}

/// Number of transactions.
async fn done_so_far(host: &str) -> Outcome<u64> {
    let mut stream = TcpStream::connect(host).await?;
    let answer = ask(&mut stream, &format!("GET /control/counts HTTP/1.1\r\nHost: {host}\r\n\r\n")).await?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let counts: serde_json::Value = serde_json::from_str(body)?;
    Ok(counts.get("transactions").and_then(serde_json::Value::as_u64).unwrap_or_default())
}

/// Resident memory of this process, where the system reports it.
fn memory_mib() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
