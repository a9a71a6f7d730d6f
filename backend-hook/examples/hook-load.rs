//! Measures requests per second of the hook, the 99th percentile of the response time, and the memory:
//! `cargo run --release --package okta-backend-hook --example hook-load [SECONDS]`, after
//! `cargo build --release --package okta-backend-hook`.
//!
//! The hook is the real program; the emulated org and the clients run in this process.
#![allow(clippy::print_stdout, reason = "a program talks to its user")]

mod load;

use std::time::Duration;

use load::{Outcome, PAGE, ask_for, org, percentile, sign_in, start};
use tokio::process::Child;

const ROUNDS: u32 = 6;

#[tokio::main]
async fn main() -> Outcome<()> {
    let seconds = std::env::args().nth(1).map_or(Ok(5), |text| text.parse())?;
    let emulator = org().await?;
    let (hook, addresses) = start(emulator.url(), &[]).await?;
    let host = addresses.concat();
    let cookie = sign_in(emulator.url().trim_start_matches("http://"), &host).await?;
    println!("round  what              requests/s   p50 ms   p99 ms   hook's memory");
    for round in 1..=ROUNDS {
        for (what, path) in [("GET /session", "/session"), ("GET /factors", "/factors"), ("GET /nothing", "/nothing")] {
            let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {PAGE}\r\nCookie: {cookie}\r\n\r\n");
            let expected = if path == "/nothing" { "HTTP/1.1 404" } else { "HTTP/1.1 200" };
            let mut times = ask_for(&host, request, expected, Duration::from_secs(seconds)).await?;
            times.sort_unstable();
            let a_second = u64::try_from(times.len())? / seconds.max(1);
            println!(
                "{round:>5}  {what:<16}  {a_second:>10}  {:>7.2}  {:>7.2}  {:>8} KiB",
                percentile(&times, 50),
                percentile(&times, 99),
                memory_kib(&hook)?
            );
        }
    }
    Ok(())
}

/// Resident memory of the hook.
fn memory_kib(hook: &Child) -> Outcome<u64> {
    let id = hook.id().ok_or("the hook ended")?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
