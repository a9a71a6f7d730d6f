//! Measures two hooks behind HAProxy beside one, with and without a store for their rate limits: requests a second, and
//! response times. `cargo run --release --package okta-backend-hook --example cluster-load [SECONDS]`, after
//! `cargo build --release --package okta-backend-hook`; HAProxy and Redis have to be there. `cargo xtask cluster --record`
//! runs it. Standard output is a table in Markdown.
//!
//! Each round measures every case, one after the other, so that what else the machine does meets all of them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its user")]

mod load;
#[allow(unreachable_pub, reason = "a file of a library, too")]
#[path = "../../tests/e2e/src/ports.rs"]
mod ports;

use std::{path::Path, process::Stdio, time::Duration};

use load::{Outcome, PAGE, ask_for, org, percentile, sign_in, start};
use ports::free_port;
use tokio::process::{Child, Command};

const ROUNDS: usize = 5;

/// What is measured.
struct Case {
    name: &'static str,
    host: String,
    /// Requests a second, and the times, of each round.
    rounds: Vec<(f64, f64, f64)>,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let seconds: u64 = std::env::args().nth(1).map_or(Ok(3), |text| text.parse())?;
    let org = org().await?;
    let store = free_port()?;
    let _redis = quietly(Command::new("redis-server").args(["--port", &store.to_string(), "--save", ""]))?;
    let store = format!("redis://127.0.0.1:{store}");
    let behind_proxy = ["--internal-address", "127.0.0.1:0", "--trusted-proxies", "1"];
    // A round in which a hook counts alone would measure something else.
    let counts = ["--rate-limit-store", &store, "--rate-limit-store-timeout", "2000"];
    let shared = [behind_proxy.as_slice(), &counts].concat();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (_a, one) = start(org.url(), &behind_proxy).await?;
    let (_b, two) = start(org.url(), &behind_proxy).await?;
    let (_c, one_shared) = start(org.url(), &shared).await?;
    let (_d, two_shared) = start(org.url(), &shared).await?;
    let nobody = vec!["127.0.0.1:1".to_owned(); 2];
    let mut proxies = Vec::new();
    let mut cases = vec![Case { name: "one, without a proxy", host: of_browsers(&one)?, rounds: Vec::new() }];
    for (name, first, second) in [
        ("one", &one, &nobody),
        ("two", &one, &two),
        ("one, with the store", &one_shared, &nobody),
        ("two, with the store", &one_shared, &two_shared),
    ] {
        let port = free_port()?;
        proxies.push(proxy(port, [first, second])?);
        cases.push(Case { name, host: format!("127.0.0.1:{port}"), rounds: Vec::new() });
    }
    // HAProxy takes a hook for ready until a check has failed.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let cookie = sign_in(org.url().trim_start_matches("http://"), &of_browsers(&one)?).await?;
    for round in 1..=ROUNDS {
        for case in &mut cases {
            let host = &case.host;
            let request =
                format!("GET /session HTTP/1.1\r\nHost: {host}\r\nOrigin: {PAGE}\r\nCookie: {cookie}\r\n\r\n");
            let mut times = ask_for(host, request, "HTTP/1.1 200", Duration::from_secs(seconds)).await?;
            times.sort_unstable();
            let a_second = f64::from(u32::try_from(times.len())?) / f64::from(u32::try_from(seconds)?);
            let measured = (a_second, percentile(&times, 50), percentile(&times, 99));
            eprintln!("round {round}: {}: {a_second:.0} requests a second, p99 {:.1} ms", case.name, measured.2);
            case.rounds.push(measured);
        }
    }
    print_table(&cases);
    Ok(())
}

fn print_table(cases: &[Case]) {
    println!("| hooks | requests a second | of the row `one` | p50 | p99 |");
    println!("|---|--:|--:|--:|--:|");
    let base = cases.iter().find(|case| case.name == "one");
    for case in cases {
        let ratios =
            base.into_iter().flat_map(|base| case.rounds.iter().zip(&base.rounds).map(|(one, base)| one.0 / base.0));
        let (ratio, a_second) = (spread(ratios), spread(case.rounds.iter().map(|round| round.0)));
        let (p50, p99) =
            (spread(case.rounds.iter().map(|round| round.1)), spread(case.rounds.iter().map(|round| round.2)));
        println!(
            "| {} | {:.0} ({:.0} to {:.0}) | {:.2} ({:.2} to {:.2}) | {:.1} ms | {:.1} ms ({:.1} to {:.1}) |",
            case.name, a_second.0, a_second.1, a_second.2, ratio.0, ratio.1, ratio.2, p50.0, p99.0, p99.1, p99.2
        );
    }
}

/// Median, least and greatest.
fn spread(values: impl Iterator<Item = f64>) -> (f64, f64, f64) {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    (at(values.len() / 2), at(0), at(values.len().saturating_sub(1)))
}

/// The address for browsers.
fn of_browsers(addresses: &[String]) -> Outcome<String> {
    Ok(addresses.first().ok_or("a hook without an address")?.clone())
}

fn quietly(command: &mut Command) -> Outcome<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    Ok(command.spawn()?)
}

/// HAProxy in front of these hooks, each by its two addresses.
fn proxy(port: u16, hooks: [&Vec<String>; 2]) -> Outcome<Child> {
    let usual = Path::new("/usr/sbin/haproxy");
    let mut command = Command::new(if usual.exists() { usual } else { Path::new("haproxy") });
    command.args(["-db", "-f"]).arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/haproxy.cfg"));
    command.env("HOOK_BIND", format!("127.0.0.1:{port}")).env("HOOK_CHECK", "1s");
    for (name, addresses) in ["ONE", "TWO"].into_iter().zip(hooks) {
        let [listen, internal] = addresses.as_slice() else { return Err("a hook without two addresses".into()) };
        let internal = internal.rsplit(':').next().ok_or("an address without a port")?;
        command.env(format!("HOOK_{name}"), listen).env(format!("HOOK_{name}_INTERNAL"), internal);
    }
    quietly(&mut command)
}
