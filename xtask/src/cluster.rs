//! `cargo xtask cluster`: the tests of two backend hooks behind HAProxy with Redis, and what they come to in
//! docs/reliability.md. Not here: the tests (`backend-hook/tests/cluster`) and the measurement
//! (`backend-hook/examples/cluster-load.rs`).

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context as _, bail};
use time::OffsetDateTime;

use crate::{compile, counts::Counts, debian, hook, process, reliability};

/// The section of docs/reliability.md.
const SECTION: &str = "cluster";

/// Installs the proxy and the store unless they are there.
pub(crate) fn setup() -> anyhow::Result<()> {
    if proxy().is_none() || process::on_path("redis-server").is_none() {
        debian::install("HAProxy and Redis", &["haproxy", "redis-server"])?;
    }
    Ok(())
}

/// HAProxy. Debian has it where only root looks.
fn proxy() -> Option<PathBuf> {
    let usual = Path::new("/usr/sbin/haproxy");
    process::on_path("haproxy").or_else(|| usual.is_file().then(|| usual.to_owned()))
}

/// Runs the tests.
pub(crate) fn command() -> Command {
    let mut cargo = process::command("cargo", &["test", "--package", hook::PACKAGE, "--test", "cluster"]);
    // Each test has several programs of its own, and waits for them most of the time.
    cargo.args(["--", "--ignored", "--test-threads", "4"]);
    cargo
}

/// Runs them, and writes what they came to.
pub(crate) fn run(record: bool) -> anyhow::Result<ExitCode> {
    setup()?;
    let (ended_well, output) = process::run_and_keep(&mut command())?;
    let counts = Counts::of_test_run(&output, ended_well);
    if counts.failed > 0 {
        return Ok(ExitCode::FAILURE);
    }
    if record {
        let figures = measure()?;
        reliability::record(SECTION, &section(&output, &figures)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The table that the measurement prints.
fn measure() -> anyhow::Result<String> {
    compile::optimized(hook::PACKAGE)?;
    let mut load = process::command("cargo", &["run", "--release", "--package", hook::PACKAGE]);
    load.args(["--example", "cluster-load"]);
    let (ended_well, table) = process::run_and_keep(&mut load)?;
    if !ended_well {
        bail!("the measurement failed; its messages stand above");
    }
    Ok(table)
}

fn section(output: &str, figures: &str) -> anyhow::Result<String> {
    let proxy = proxy().context("HAProxy is gone")?;
    let proxy = version(&mut process::command(&proxy.to_string_lossy(), &["-v"]))?;
    let store = version(&mut process::command("redis-server", &["--version"]))?;
    let date = OffsetDateTime::now_utc().date();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows: Vec<String> = passed(output).map(|name| format!("| {} | passed |", name.replace('_', " "))).collect();
    rows.sort();
    Ok(format!(
        "{date}, {cores} cores, on which other programs ran as well. {proxy}; {store}. Two hooks of the debug build behind \
         `backend-hook/deploy/haproxy.cfg`, before an emulated org. Each check is a test of `backend-hook/tests/cluster`.\n\n\
         | check | result |\n|---|---|\n{}\n\n\
         Figures: `GET /session`, one request of the hook to the org for each, 16 connections, release build, median of five \
         rounds with the least and the greatest. Clients, HAProxy, Redis, the org and the hooks share the cores, so a \
         second hook adds no core: what this shows is what the proxy and the store cost.\n\n{}",
        rows.join("\n"),
        figures.trim()
    ))
}

/// The names of the tests that passed, without the module.
fn passed(output: &str) -> impl Iterator<Item = &str> {
    output.lines().filter_map(|line| {
        let name = line.strip_prefix("test ")?.strip_suffix(" ... ok")?;
        Some(name.rsplit("::").next().unwrap_or(name))
    })
}

/// The first words that a program says about itself, up to its version.
fn version(command: &mut Command) -> anyhow::Result<String> {
    let name = process::shown(command);
    let output = process::output(command).with_context(|| format!("could not start `{name}`"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let words = text.split_whitespace();
    let mut words: Vec<&str> = words.take(4).collect();
    let end = words.iter().position(|word| word.trim_start_matches("v=").starts_with(|c: char| c.is_ascii_digit()));
    words.truncate(end.context(format!("`{name}` told no version"))? + 1);
    Ok(words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_named_as_their_tests() {
        let output = "running 2 tests\ntest a::limits_hold ... ok\ntest b::no ... FAILED\ntest result: ok. 1 passed\n";
        assert_eq!(passed(output).collect::<Vec<_>>(), ["limits_hold"]);
    }
}
