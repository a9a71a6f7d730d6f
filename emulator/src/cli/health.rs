//! Asks a running emulator whether it answers, for health checks of containers, which have no other program to ask with.
//!
//! Not here: whether it answers rightly (`check`, and the tests).

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    process::ExitCode,
    time::Duration,
};

use clap::Args;
use url::Url;

use super::Outcome;

/// Asks whether an emulator answers: exit code 0 if it does, 1 if not.
#[derive(Debug, Args)]
pub(super) struct Health {
    /// Where it listens, without TLS.
    #[arg(default_value = "http://localhost:8081")]
    url: Url,
}

/// How long connecting and each read may take.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) fn run(Health { url }: &Health) -> Outcome {
    if url.scheme() != "http" {
        return Err(format!("{url} can not be asked: `health` speaks HTTP without TLS.").into());
    }
    match ask(url) {
        Ok(status) if status.starts_with("HTTP/1.1 200") => Ok(ExitCode::SUCCESS),
        Ok(status) => Err(format!("{url} answers {status}. Is it the address of an okta-emulator?").into()),
        Err(error) => Err(format!("{url} does not answer: {error}").into()),
    }
}

/// The first line of the answer to a call that every org answers.
fn ask(url: &Url) -> std::io::Result<String> {
    let addresses = url.socket_addrs(|| None)?;
    let mut stream = connect(&addresses)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let host = url.authority();
    write!(stream, "GET /.well-known/okta-organization HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// A name may lead to several addresses, of which one listens.
fn connect(addresses: &[SocketAddr]) -> std::io::Result<TcpStream> {
    let mut last = std::io::Error::other("the name leads to no address");
    for address in addresses {
        match TcpStream::connect_timeout(address, PATIENCE) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}
