//! A running emulator: where it is, and how it stops.
//!
//! Not here: its options and its start (`server/builder.rs`), what it can be asked beside the org's own API
//! (`control/methods.rs`), connections (`server/connection.rs`), requests (`http`).

pub(crate) mod address;
mod builder;
mod connection;
pub(crate) mod listen;
mod start_error;
mod tls;

use std::{path::Path, sync::Arc, time::Duration};

use axum::Router;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

pub use builder::Builder;
pub use start_error::StartError;
pub use tls::Tls;

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
    authority: Option<Arc<tls::Authority>>,
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

    fn serve(
        app: App,
        url: String,
        listeners: Vec<TcpListener>,
        tls: Option<tls::Prepared>,
        with_control: bool,
        state: Option<StateFile>,
    ) -> Self {
        let control = http::keeping(control::routes(app.clone()), &app, state.clone());
        let router = http::router(&app, with_control, state);
        let (stop, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        let (acceptor, authority) = tls.map(|tls| (tls.acceptor, tls.authority)).unzip();
        for listener in listeners {
            connections.spawn(listen::accept(listener, acceptor.clone(), router.clone(), stopped.clone()));
        }
        Self { url, app, control, authority: authority.flatten(), connections, stop }
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

    /// The file with the certificate of the authority, as PEM, if the certificate for HTTPS was made at the start.
    pub fn authority_path(&self) -> Option<&Path> {
        self.authority.as_deref().map(|authority| authority.path.as_path())
    }

    /// What is in that file.
    pub fn authority_pem(&self) -> Option<&str> {
        self.authority.as_deref().map(|authority| authority.pem.as_str())
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
