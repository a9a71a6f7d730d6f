//! What the measurements share: the hook's program, a person who is signed in, and clients that ask as fast as they can. Not
//! here: what is measured.

use std::{
    io,
    process::Stdio,
    time::{Duration, Instant},
};

use okta_emulator::Emulator;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
    process::{Child, Command},
    task::JoinSet,
};

const SEED: &str = "\n[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000000000\n";
pub(crate) const PAGE: &str = "http://localhost:8080";
const CLIENTS: usize = 16;

pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Starts the org in this process.
pub(crate) async fn org() -> Outcome<Emulator> {
    let config = format!("{}{SEED}", include_str!("../../../emulator/sample-org.toml"));
    Ok(Emulator::builder().config_text(config).page_origin(PAGE).start().await?)
}

/// The time that so many percent of the sorted times do not exceed, in milliseconds.
pub(crate) fn percentile(sorted: &[Duration], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// Starts the built hook for this org, with very high limits. Returns the addresses that it prints: for browsers, and the
/// internal one if it has one.
pub(crate) async fn start(org: &str, more: &[&str]) -> Outcome<(Child, Vec<String>)> {
    let program = std::env::current_exe()?;
    let folder = program.parent().and_then(|folder| folder.parent()).ok_or("an example without a folder")?;
    let mut command = Command::new(folder.join("okta-backend-hook"));
    command.args(["--org", org, "--origin", PAGE, "--listen", "127.0.0.1:0", "--log", "warn"]);
    command.args(["--calls-per-minute", "4000000000"]).args(more);
    command.env("HOOK_API_TOKEN", "emulator-api-token");
    command.env("HOOK_COOKIE_KEYS", "bG9hZCBrZXksIGtub3duIHRvIGV2ZXJ5b25lLCAzMiE=");
    let mut hook = command.stdout(Stdio::piped()).kill_on_drop(true).spawn()?;
    let mut lines = BufReader::new(hook.stdout.take().ok_or("a hook without output")?).lines();
    let mut addresses = Vec::new();
    let expected = if more.contains(&"--internal-address") { 2 } else { 1 };
    while addresses.len() < expected {
        let line = lines.next_line().await?.ok_or("the hook ended")?;
        let (_, address) = line.split_once(" listening on ").ok_or("the hook said something else")?;
        addresses.push(address.to_owned());
    }
    Ok((hook, addresses))
}

/// Signs a user in; returns the hook's cookie.
pub(crate) async fn sign_in(org: &str, hook: &str) -> Outcome<String> {
    let body = r#"{"username":"jeff.beck","password":"xaxaxaxaxa"}"#;
    let required = post(org, "/api/v1/authn", body).await?;
    let state = between(&required, "\"stateToken\":\"")?;
    // The security question; its ids have this prefix.
    let id = required.split("\"id\":\"ufs").nth(1).and_then(|rest| rest.split('"').next()).ok_or("no question")?;
    let body = format!(r#"{{"stateToken":"{state}","answer":"Blue Bear"}}"#);
    let done = post(org, &format!("/api/v1/authn/factors/ufs{id}/verify"), &body).await?;
    let body = format!(r#"{{"sessionToken":"{}"}}"#, between(&done, "\"sessionToken\":\"")?);
    let opened = post(hook, "/session", &body).await?;
    let cookie = opened.split("__Host-okta-hook=").nth(1).and_then(|rest| rest.split(';').next()).ok_or("no cookie")?;
    Ok(format!("__Host-okta-hook={cookie}"))
}

fn between<'a>(text: &'a str, start: &str) -> Outcome<&'a str> {
    let found = text.split(start).nth(1).and_then(|rest| rest.split('"').next());
    found.ok_or_else(|| format!("no {start} in {text}").into())
}

async fn post(host: &str, path: &str, body: &str) -> Outcome<String> {
    let mut stream = TcpStream::connect(host).await?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {PAGE}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    Ok(ask(&mut stream, &request).await?)
}

/// Sends requests over several connections for this time; returns the response times.
pub(crate) async fn ask_for(
    host: &str,
    request: String,
    expected: &'static str,
    time: Duration,
) -> Outcome<Vec<Duration>> {
    let until = Instant::now() + time;
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let (host, request) = (host.to_owned(), request.clone());
        clients.spawn(async move {
            let mut stream = TcpStream::connect(&host).await?;
            stream.set_nodelay(true)?;
            let mut times = Vec::new();
            while Instant::now() < until {
                let asked = Instant::now();
                let answer = ask(&mut stream, &request).await?;
                if !answer.starts_with(expected) {
                    return Err(io::Error::other(answer));
                }
                times.push(asked.elapsed());
            }
            Ok(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = clients.join_next().await {
        all.extend(times??);
    }
    Ok(all)
}

/// Sends a request and reads the response.
async fn ask(stream: &mut TcpStream, request: &str) -> io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(4 * 1024);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        if body.len() >= length.unwrap_or(0) {
            return Ok(text.into_owned());
        }
    }
}
