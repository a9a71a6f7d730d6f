//! `okta-emulator record`: a proxy in front of an org. A sign-in page or another client talks to it instead of the org, and
//! each answer is written to a file that `replay` reads, without anything that belongs to the org or a person.
//!
//! Where to start reading: `record/pass_on.rs` (one call), `record/redact.rs` (what is replaced).
//!
//! Not here: the options of the command line, and what it prints.

mod cookies;
mod cors;
mod error;
mod headers;
mod links;
mod pass_on;
mod recording;
mod redact;
mod vocabulary;

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use axum::Router;
use reqwest::Client;
use tokio::{sync::watch, task::JoinSet};
use url::Url;

pub use self::error::RecordError;
use self::{cors::Pages, links::Links, recording::Recording, redact::Redactor};
use crate::{
    control,
    outward::{self, is_this_machine},
    server,
};

/// How long the org may take for an answer.
const TIMEOUT: Duration = Duration::from_mins(2);

/// Options of a recording.
#[derive(Clone, Debug, Default)]
pub struct RecordOptions {
    /// The address of the org, such as `https://acme.okta.com`.
    pub upstream: String,
    /// The port on localhost; 0 selects a free one.
    pub port: u16,
    /// The origins of the pages that may call.
    pub page_origins: Vec<String>,
    /// The folder for the files. It is made if it is not there, and has to be empty.
    pub out: PathBuf,
    /// Words that are kept beside those of the protocol.
    pub keep: Vec<String>,
    /// A certificate authority, as PEM, that is trusted beside the usual ones.
    pub authority: Option<PathBuf>,
}

/// A recording that is under way; the proxy stops when this is dropped.
#[derive(Debug)]
pub struct Recorder {
    address: String,
    counts: Arc<RecordCounts>,
    stop: watch::Sender<bool>,
    listeners: JoinSet<()>,
}

/// What was passed on so far.
#[derive(Debug, Default)]
pub struct RecordCounts {
    written: AtomicUsize,
    not_written: AtomicUsize,
}

impl RecordCounts {
    /// The number of files.
    pub fn written(&self) -> usize {
        self.written.load(Ordering::Relaxed)
    }

    /// The number of answers that were passed on and are in no file: pages, pictures, redirects.
    pub fn not_written(&self) -> usize {
        self.not_written.load(Ordering::Relaxed)
    }
}

/// What one call needs.
#[derive(Debug)]
struct Proxy {
    client: Client,
    links: Links,
    pages: Pages,
    recording: Recording,
    counts: Arc<RecordCounts>,
}

impl Recorder {
    /// Listens on localhost, and records from now on.
    pub async fn start(options: &RecordOptions) -> Result<Self, RecordError> {
        let org = upstream(&options.upstream)?;
        let pages = options
            .page_origins
            .iter()
            .map(|page| control::origin(page).ok_or_else(|| RecordError::PageOrigin(page.clone())))
            .collect::<Result<Vec<_>, _>>()?;
        let client = outward::client(&org, TIMEOUT, options.authority.as_deref()).map_err(RecordError::Authority)?;
        let listeners =
            server::listen::listen(None, options.port).await.map_err(|error| RecordError::Listen(error.to_string()))?;
        let port = match listeners.first() {
            Some(listener) => listener.local_addr().map_err(|error| RecordError::Listen(error.to_string()))?.port(),
            None => options.port,
        };
        let address = format!("http://localhost:{port}");
        let redactor = redactor(&org, &address, &pages, &options.keep);
        let counts = Arc::<RecordCounts>::default();
        let proxy = Proxy {
            client,
            links: Links::new(&org, &address),
            pages: Pages::new(pages),
            recording: Recording::begin(&options.out, redactor)?,
            counts: Arc::clone(&counts),
        };
        let router = Router::new().fallback(pass_on::pass_on).with_state(Arc::new(proxy));
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        for listener in listeners {
            let (router, mut stopped) = (router.clone(), stopped.clone());
            tasks.spawn(async move {
                let stop = async move { drop(stopped.wait_for(|stopped| *stopped).await) };
                if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stop).await {
                    tracing::warn!(%error, "the proxy stopped listening");
                }
            });
        }
        Ok(Self { address, counts, stop, listeners: tasks })
    }

    /// The address that stands for the org.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What was passed on so far.
    pub fn counts(&self) -> &RecordCounts {
        &self.counts
    }

    /// Runs until all listeners have failed.
    pub async fn run(&mut self) {
        while self.listeners.join_next().await.is_some() {}
    }

    /// Stops accepting calls, and waits a limited time for those that are under way.
    pub async fn stop(&mut self) {
        let _ = self.stop.send(true);
        let _ = tokio::time::timeout(server::SHUTDOWN_TIMEOUT, self.run()).await;
    }
}

/// The address of the org: HTTPS, or on this machine.
fn upstream(text: &str) -> Result<Url, RecordError> {
    let refused = || RecordError::Upstream(text.to_owned());
    let url = Url::parse(text).map_err(|_| refused())?;
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_this_machine(&url));
    let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if is_safe && is_bare { Ok(url) } else { Err(refused()) }
}

fn redactor(org: &Url, address: &str, pages: &[String], keep: &[String]) -> Redactor {
    let mut redactor = Redactor::new(org, keep);
    for url in pages.iter().filter_map(|page| Url::parse(page).ok()) {
        redactor.name_host(&url, "page.example");
    }
    // A client that was told the address of the proxy sends it as the org's.
    if let Ok(url) = Url::parse(address) {
        redactor.name_host(&url, "org.example");
    }
    redactor
}
