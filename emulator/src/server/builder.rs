//! The options of an emulator, and its start: the org of the configuration, the page's origins, the state file.
//!
//! Not here: what a running emulator does (`server.rs`).

use std::{net::IpAddr, path::PathBuf};

use super::{
    Emulator, StartError, address,
    address::LOCALHOST,
    listen::listen,
    tls::{self, Tls},
};
use crate::{http::App, seed::Seed, state_file::StateFile};

/// What the org is made of.
#[derive(Debug, Default)]
enum Configuration {
    #[default]
    Sample,
    Text(String),
    File(PathBuf),
    Seed(Box<Seed>),
}

/// Options of an emulator that is not started yet: see [`Emulator::builder`].
#[derive(Debug, Default)]
#[must_use = "it does nothing until `start` is called"]
pub struct Builder {
    configuration: Configuration,
    port: u16,
    page_origins: Vec<String>,
    listen: Option<IpAddr>,
    host: Option<String>,
    base_url: Option<String>,
    tls: Option<Tls>,
    control: bool,
    state: Option<PathBuf>,
}

impl Builder {
    /// The configuration as text (TOML), in place of the sample org.
    pub fn config_text(mut self, text: impl Into<String>) -> Self {
        self.configuration = Configuration::Text(text.into());
        self
    }

    /// The file with the configuration, in place of the sample org.
    pub fn config_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.configuration = Configuration::File(path.into());
        self
    }

    /// A configuration that was read already, in place of the sample org.
    pub fn seed(mut self, seed: Seed) -> Self {
        self.configuration = Configuration::Seed(Box::new(seed));
        self
    }

    /// The port on localhost. A free one if left out.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The address to listen on. Both of this machine's own (`127.0.0.1`, `::1`) if left out; everybody who reaches
    /// another one can call the org.
    pub fn listen(mut self, address: IpAddr) -> Self {
        self.listen = Some(address);
        self
    }

    /// The origin of a page with the sign-in form: a trusted origin with the scopes CORS and REDIRECT. Call it once
    /// for each; the first is where the org sends browsers that come from no page.
    pub fn page_origin(mut self, origin: impl Into<String>) -> Self {
        self.page_origins.push(origin.into());
        self
    }

    /// The host in the org's own addresses: `localhost`, or one below it, such as `org.localhost`. All of them are
    /// answered.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = Some(host.into());
        self
    }

    /// The address by which clients know the org, if a proxy is before it: in all links and in `iss`. With https, its
    /// cookies are Secure.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Serves HTTPS in place of HTTP. The org's cookies are Secure then, with `SameSite=None`.
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Whether to serve the control interface under `/control/`. The methods of [`Emulator`] need no such address.
    pub fn control(mut self, served: bool) -> Self {
        self.control = served;
        self
    }

    /// The file that keeps the org across restarts.
    pub fn state(mut self, path: impl Into<PathBuf>) -> Self {
        self.state = Some(path.into());
        self
    }

    /// Starts the org. It serves in the background, on the runtime of the caller, until it is stopped or dropped.
    pub async fn start(self) -> Result<Emulator, StartError> {
        let seed = match self.configuration {
            Configuration::Sample => Seed::sample()?,
            Configuration::Text(text) => Seed::parse(&text, "configuration")?,
            Configuration::File(path) => Seed::read(&path)?,
            Configuration::Seed(seed) => *seed,
        };
        let mut org = seed.org();
        let pages = self.page_origins.iter().map(|page| address::page_origin(page)).collect::<Result<Vec<_>, _>>()?;
        let host = address::host(self.host.as_deref().unwrap_or(LOCALHOST))?;
        let base_url = self.base_url.as_deref().map(address::base_url).transpose()?;
        let trust = |org: &mut crate::org::Org| {
            for page in &pages {
                org.trust("The page", page, true, true);
            }
        };
        trust(&mut org);
        // A reset restores the initial state of the seed, not the state file.
        let initial = org.snapshot();
        let state = self.state.as_deref().map(StateFile::new);
        if let Some(kept) = kept(state.as_ref())? {
            org.restore(kept);
            trust(&mut org);
        }
        let names = [host, base_url.as_deref().and_then(address::host_of).unwrap_or(LOCALHOST)];
        let tls = self.tls.as_ref().map(|tls| tls::prepare(tls, &names)).transpose()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let listeners = listen(self.listen, self.port).await?;
        let port = match listeners.first() {
            Some(listener) => listener.local_addr().map_err(StartError::Io)?.port(),
            None => self.port,
        };
        org.base = base_url.unwrap_or_else(|| format!("{scheme}://{host}:{port}"));
        let url = format!("{scheme}://{LOCALHOST}:{port}");
        let app = App::new(org, initial);
        if let Some(state) = &state {
            let cannot = |error| StartError::State(format!("The state can not be written: {error}"));
            state.write(&app).await.map_err(cannot)?;
        }
        Ok(Emulator::serve(app, url, listeners, tls, self.control, state))
    }
}

/// What the state file holds.
fn kept(state: Option<&StateFile>) -> Result<Option<crate::org::snapshot::Snapshot>, StartError> {
    let kept = state.map(StateFile::read).transpose();
    Ok(kept.map_err(|error| StartError::State(error.to_string()))?.flatten())
}
