//! Starts and stops the emulator: its listeners on `localhost`, the seed and the state file.
//!
//! Not here: connections (`server/connection.rs`), requests (`http`).

mod connection;

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::PathBuf,
    time::Duration,
};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use connection::{serve, stop_requested};

use crate::{
    control,
    http::{self, App},
    org::Org,
    seed::Seed,
    state_file::StateFile,
};

/// The name of this machine.
const LOCALHOST: &str = "localhost";

/// Maximum time to wait for running requests at shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Options of the emulator.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// 0 selects a free port.
    pub port: u16,
    /// The origin of the page: trusted for CORS and redirects.
    pub page_origin: Option<String>,
    /// The host in the org's own addresses: `localhost`, or one below it. All of them are answered.
    pub host: Option<String>,
    /// Whether to serve the control interface.
    pub control: bool,
    /// The file that keeps the org across restarts.
    pub state: Option<PathBuf>,
}

/// A running org; it stops when this is dropped.
#[derive(Debug)]
pub struct Emulator {
    address: String,
    connections: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// Why the emulator cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The port is in use.
    PortInUse(u16),
    /// The page origin is not valid.
    PageOrigin(String),
    /// The host is not `localhost` and not below it.
    Host(String),
    /// The state file cannot be read or written.
    State(String),
    /// Another I/O error.
    Io(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortInUse(port) => {
                write!(formatter, "Port {port} is in use. Choose another one with `--port PORT` (0 takes a free one).")
            }
            Self::PageOrigin(text) => {
                write!(formatter, "`{text}` is not an origin. --page-origin is written like http://localhost:8080.")
            }
            Self::Host(text) => {
                write!(formatter, "`{text}` is not below localhost. --host is written like org.localhost.")
            }
            Self::State(what) => formatter.write_str(what),
            Self::Io(error) => write!(formatter, "The emulator could not listen: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

impl Emulator {
    /// Starts an org from this seed.
    pub async fn start(seed: &Seed, options: &Options) -> Result<Self, StartError> {
        let mut org = seed.org();
        let page = match &options.page_origin {
            Some(page) => Some(control::origin(page).ok_or_else(|| StartError::PageOrigin(page.clone()))?),
            None => None,
        };
        let host = options.host.as_deref().unwrap_or(LOCALHOST);
        if !is_local(host) {
            return Err(StartError::Host(host.to_owned()));
        }
        let trust = |org: &mut Org| page.as_ref().map(|page| org.trust("The page", page, true, true));
        trust(&mut org);
        // A reset restores the initial state of the seed, not the state file.
        let initial = org.snapshot();
        let state = options.state.as_deref().map(StateFile::new);
        let kept = state.as_ref().map(StateFile::read).transpose();
        if let Some(kept) = kept.map_err(|error| StartError::State(error.to_string()))?.flatten() {
            org.restore(kept);
            trust(&mut org);
        }
        let listeners = listen(options.port).await?;
        let port = match listeners.first() {
            Some(listener) => listener.local_addr().map_err(StartError::Io)?.port(),
            None => options.port,
        };
        org.base = format!("http://{host}:{port}");
        let address = format!("http://{LOCALHOST}:{port}");
        let app = App::new(org, initial);
        if let Some(state) = &state {
            let cannot = |error| StartError::State(format!("The state can not be written: {error}"));
            state.write(&app).await.map_err(cannot)?;
        }
        let router = http::router(app, options.control, state);
        let (stop, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        for listener in listeners {
            connections.spawn(accept(listener, router.clone(), stopped.clone()));
        }
        Ok(Self { address, connections, stop })
    }

    /// The URL at which it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Runs until all listeners have failed.
    pub async fn run(&mut self) {
        while self.connections.join_next().await.is_some() {}
    }

    /// Stops accepting requests, waits a limited time for the running ones, and stops.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(SHUTDOWN_TIMEOUT, self.run()).await;
    }
}

/// Whether the name leads to this machine: browsers resolve all names below `localhost` to it.
fn is_local(host: &str) -> bool {
    let is_name =
        |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    host == LOCALHOST || host.strip_suffix(".localhost").is_some_and(|below| below.split('.').all(is_name))
}

/// Listens on both addresses of `localhost`, because browsers resolve the name to either. IPv4 only if the
/// machine has no IPv6.
async fn listen(port: u16) -> Result<Vec<TcpListener>, StartError> {
    let refused = |error: io::Error, port| match error.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse(port),
        _ => StartError::Io(error),
    };
    let mut tries_left = if port == 0 { 10 } else { 1 };
    loop {
        tries_left -= 1;
        let v4 = TcpListener::bind((IpAddr::from(Ipv4Addr::LOCALHOST), port)).await.map_err(|e| refused(e, port))?;
        let taken = v4.local_addr().map_err(StartError::Io)?.port();
        match TcpListener::bind((IpAddr::from(Ipv6Addr::LOCALHOST), taken)).await {
            Ok(v6) => return Ok(vec![v4, v6]),
            // A port that is free on one address may be in use on the other.
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && tries_left > 0 => {}
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(StartError::PortInUse(taken)),
            Err(_) => return Ok(vec![v4]),
        }
    }
}

async fn accept(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop_requested(&mut stopped) => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, router.clone(), stopped.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}
