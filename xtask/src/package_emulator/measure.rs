//! Measures the program as its users have it: size, time from its start to its first answer, and memory. Not here: how
//! many sign-ins it answers (`emulator/examples/load.rs`).

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

use crate::{
    size,
    table::{self, Align},
    workspace,
};

/// How many starts the time is the median of.
const STARTS: usize = 10;
const SIGN_INS: usize = 100;

const SIGN_IN: &str = r#"{"username": "ada.byron", "password": "Analytical1843"}"#;

/// Prints the figures, as a table for a page.
pub(super) fn run(program: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(program).with_context(|| program.display().to_string())?;
    let compressed = size::gzip(&bytes)?;
    let config = configuration()?;
    let mut times = (0..STARTS).map(|_| first_answer(program, &config)).collect::<anyhow::Result<Vec<_>>>()?;
    times.sort_unstable();
    let median = times.get(STARTS / 2).copied().unwrap_or_default();
    let (least, most) = (times.first().copied().unwrap_or_default(), times.last().copied().unwrap_or_default());
    let memory = memory(program, &config)?;
    let [median, least, most] = [median, least, most].map(|time| time.as_millis());
    let mut rows = vec![
        row("what", "figure"),
        row("size of the program", &megabytes(bytes.len())),
        row("the same, compressed by gzip", &megabytes(compressed)),
        row(&format!("start to the first answer, median of {STARTS}"), &format!("{median} ms ({least} to {most})")),
    ];
    if let Some([start, signed_in]) = memory {
        rows.push(row("memory after the first answer", &megabytes(start)));
        rows.push(row(&format!("memory after {SIGN_INS} sign-ins"), &megabytes(signed_in)));
    }
    println!("\n{}", table::lines(&[Align::Left, Align::Right], &rows).join("\n"));
    Ok(())
}

fn row(what: &str, figure: &str) -> Vec<String> {
    vec![what.to_owned(), figure.to_owned()]
}

/// The sample org without its limit of sign-ins.
fn configuration() -> anyhow::Result<PathBuf> {
    let sample = fs::read_to_string(workspace::root().join("emulator/sample-org.toml")).context("sample-org.toml")?;
    let file = workspace::target().join("measured-org.toml");
    fs::write(&file, format!("{sample}\n[limits]\nsign_ins_per_second = 1000\n"))?;
    Ok(file)
}

/// A running emulator, which is killed when this is dropped.
struct Running {
    child: Child,
    port: u16,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

impl Running {
    fn start(program: &Path, config: &Path) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command.args(["--port", "0", "--control", "--config"]).arg(config);
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
        let mut running = Self { child: child.with_context(|| program.display().to_string())?, port: 0 };
        let mut line = String::new();
        let stdout = running.child.stdout.take().context("the program has no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let port = line.trim().rsplit(':').next().and_then(|port| port.parse().ok());
        running.port = port.with_context(|| format!("the program does not say where it listens: {line}"))?;
        Ok(running)
    }

    /// The status of an answer, and its body.
    fn call(&self, method: &str, path: &str, body: &str) -> anyhow::Result<(u16, String)> {
        let mut stream = TcpStream::connect(("localhost", self.port))?;
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nAccept: application/json\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}",
            self.port
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        Ok((status.with_context(|| format!("not an answer: {answer}"))?, answer))
    }

    /// The memory that it occupies, where the system tells.
    fn memory(&self) -> Option<usize> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches("kB").trim().parse::<usize>().ok()? * 1024)
    }
}

fn first_answer(program: &Path, config: &Path) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let running = Running::start(program, config)?;
    let (status, answer) = running.call("GET", "/control/clock", "")?;
    let time = start.elapsed();
    ensure!(status == 200, "{answer}");
    Ok(time)
}

/// After the first answer, and after some sign-ins.
fn memory(program: &Path, config: &Path) -> anyhow::Result<Option<[usize; 2]>> {
    let running = Running::start(program, config)?;
    running.call("GET", "/control/clock", "")?;
    let start = running.memory();
    for _ in 0..SIGN_INS {
        let (status, answer) = running.call("POST", "/api/v1/authn", SIGN_IN)?;
        if status != 200 {
            bail!("a sign-in was answered with {answer}");
        }
    }
    Ok(start.zip(running.memory()).map(|(start, end)| [start, end]))
}

fn megabytes(bytes: usize) -> String {
    // A tenth is exact enough.
    let tenths = (bytes + 50_000) / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_in_megabytes() {
        assert_eq!([0, 49_999, 50_000, 12_345_678].map(megabytes), ["0.0 MB", "0.0 MB", "0.1 MB", "12.3 MB"]);
    }
}
