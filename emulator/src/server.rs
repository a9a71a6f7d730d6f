//! The running emulator: its listeners on `localhost`, how it starts and how it ends. What a
//! connection does is in `server/connection.rs`, what is answered is decided in `http`.

mod connection;

use std::{
    fmt, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::PathBuf,
    time::Duration,
};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use connection::{asked_to_stop, serve};

use crate::{
    control,
    http::{self, App},
    org::Org,
    seed::Seed,
    state_file::StateFile,
};

/// How long calls that came are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(5);

/// How the emulator runs.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// 0 takes a free one.
    pub port: u16,
    /// The page's origin: trusted to call and to be gone to.
    pub page_origin: Option<String>,
    /// Whether there is a control interface.
    pub control: bool,
    /// The file that keeps the org over restarts.
    pub state: Option<PathBuf>,
}

/// A running org; it ends when this is dropped.
#[derive(Debug)]
pub struct Emulator {
    address: String,
    connections: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// Why it does not run.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Someone else listens there.
    PortInUse(u16),
    /// The page's origin is none.
    PageOrigin(String),
    /// The state can not be read or written.
    State(String),
    /// The system refused.
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
            Self::State(what) => formatter.write_str(what),
            Self::Io(error) => write!(formatter, "The emulator could not listen: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

impl Emulator {
    /// Starts the org of this seed.
    pub async fn start(seed: &Seed, options: &Options) -> Result<Self, StartError> {
        let mut org = seed.org();
        let page = match &options.page_origin {
            Some(page) => Some(control::origin(page).ok_or_else(|| StartError::PageOrigin(page.clone()))?),
            None => None,
        };
        let trust = |org: &mut Org| page.as_ref().map(|page| org.trust("The page", page, true, true));
        trust(&mut org);
        // What it goes back to on demand is how it begins, not how it was left.
        let beginning = org.snapshot();
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
        org.base = format!("http://localhost:{port}");
        let address = org.base.clone();
        let app = App::new(org, beginning);
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

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Runs until it can not any more.
    pub async fn run(&mut self) {
        while self.connections.join_next().await.is_some() {}
    }

    /// Takes no more calls, answers those that came, and ends; a call that hangs is not waited for.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(PATIENCE, self.run()).await;
    }
}

/// Takes the port on both addresses of `localhost`, so that it works however a browser resolves
/// the name; only IPv4 on a machine without IPv6.
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
            // A free port of one address may be taken on the other.
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
            () = asked_to_stop(&mut stopped) => break,
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
