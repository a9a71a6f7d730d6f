//! The backend hook of one journey: the real program before the journey's org, which lets the journey's page
//! in. It can be stopped, started again and held up. What the page asks of it is not known here.

use std::net::TcpListener;

use anyhow::{Context as _, Result, ensure};
use tokio::process::Command;

use crate::{child::Running, environment};

/// What the sample org of the emulator takes for a token, and the groups it has.
const TOKEN: &str = "emulator-api-token";
const GROUPS: &str = "00g11eyizklnBxpN42p7,00g11dsz2ebabDtTI2p7";
/// The same at every start: a cookie outlives a restart.
const COOKIE_KEY: &str = "am91cm5leXMga2VlcCB0aGlzIGtleSBmb3IgdGVzdHM=";

/// A backend hook with a port of its own.
#[derive(Debug)]
pub struct Hook {
    port: u16,
    org: String,
    page: String,
    /// `None` while it is stopped.
    running: Option<Running>,
}

impl Hook {
    /// A port that nothing listens on. The page has to know the hook's address before the hook can know the
    /// page's.
    pub(crate) fn free_port() -> Result<u16> {
        let listener = TcpListener::bind("127.0.0.1:0").context("there is no free port")?;
        Ok(listener.local_addr()?.port())
    }

    /// Where a hook on this port is called.
    pub(crate) fn address_of(port: u16) -> String {
        format!("http://localhost:{port}")
    }

    /// Starts it before this org, for pages of this origin.
    pub(crate) async fn start(port: u16, org: &str, page: &str) -> Result<Self> {
        let running = run(port, org, page).await?;
        Ok(Self { port, org: org.to_owned(), page: page.to_owned(), running: Some(running) })
    }

    /// Its origin.
    pub fn address(&self) -> String {
        Self::address_of(self.port)
    }

    /// Ends it at once, as a crash would.
    pub async fn stop(&mut self) -> Result<()> {
        match self.running.take() {
            Some(running) => running.kill().await,
            None => Ok(()),
        }
    }

    /// Starts it again where it was. Cookies that it sealed before still open.
    pub async fn start_again(&mut self) -> Result<()> {
        self.running = Some(run(self.port, &self.org, &self.page).await?);
        Ok(())
    }

    /// Holds it up: it takes connections and answers nothing, until [`thaw`](Self::thaw).
    pub async fn freeze(&self) -> Result<()> {
        self.signal("-STOP").await
    }

    /// Lets it go on.
    pub async fn thaw(&self) -> Result<()> {
        self.signal("-CONT").await
    }

    async fn signal(&self, signal: &str) -> Result<()> {
        let id = self.running.as_ref().and_then(Running::id).context("the hook does not run")?;
        let status = Command::new("kill").args([signal, &id.to_string()]).status().await?;
        ensure!(status.success(), "kill {signal} ended with {status}");
        Ok(())
    }
}

async fn run(port: u16, org: &str, page: &str) -> Result<Running> {
    let mut command = Command::new(environment::path("OKTA_E2E_HOOK")?);
    command
        .args(["--org", org, "--origin", page, "--group", GROUPS, "--log", "warn"])
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .env("HOOK_API_TOKEN", TOKEN)
        .env("HOOK_COOKIE_KEYS", COOKIE_KEY);
    let (running, _) = Running::start(&mut command, "hook listening on ").await?;
    Ok(running)
}
