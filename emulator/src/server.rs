//! A running emulator: where it is, and how it stops.
//!
//! Not here: its options and its start (`server/builder.rs`), what it can be asked beside the org's own API
//! (`control/methods.rs`), connections (`server/connection.rs`), requests (`http`).

mod address;
mod builder;
mod connection;
pub(crate) mod listen;
mod start_error;

use std::time::Duration;

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

pub use builder::Builder;
pub use start_error::StartError;

use crate::{
    control,
    http::{self, App},
    state_file::StateFile,
};

/// Maximum time to wait for running requests at shutdown.
pub(crate) const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// A running org. It serves in the background, and stops when this is dropped.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use okta_emulator::Emulator;
///
/// let org = Emulator::builder().page_origin("http://localhost:3000").start().await?;
/// println!("{} has {} users", org.url(), org.users().await?.len());
/// org.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Emulator {
    url: String,
    app: App,
    /// The control interface, for the methods. Whether it is served too is another question.
    pub(crate) control: Router,
    connections: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Emulator {
    /// Starts the sample org on a free port.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Options of an emulator to be started: the sample org on a free port, if none is called.
    pub fn builder() -> Builder {
        Builder::default()
    }

    fn serve(app: App, url: String, listeners: Vec<TcpListener>, with_control: bool, state: Option<StateFile>) -> Self {
        let control = http::keeping(control::routes(app.clone()), &app, state.clone());
        let router = http::router(app.clone(), with_control, state);
        let (stop, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        for listener in listeners {
            connections.spawn(listen::accept(listener, router.clone(), stopped.clone()));
        }
        Self { url, app, control, connections, stop }
    }

    /// The URL at which it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The URL by which the org calls itself, in its links and in `iss`: [`Emulator::url`], unless
    /// [`Builder::host`] or [`Builder::base_url`] says otherwise.
    pub fn base_url(&self) -> String {
        self.app.org().base.clone()
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
