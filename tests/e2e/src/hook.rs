//! The backend hook of a journey: the real program, in front of the journey's org, for the journey's page.
//! It can be stopped, restarted and paused. Not here: the requests of the page.

use anyhow::{Context as _, Result, ensure};
use tokio::process::Command;

use crate::{child::Running, environment};

/// API token and groups of the emulator's sample org.
const TOKEN: &str = "emulator-api-token";
const GROUPS: &str = "00g11eyizklnBxpN42p7,00g11dsz2ebabDtTI2p7";
/// The same at every start, so that cookies remain valid.
const COOKIE_KEY: &str = "am91cm5leXMga2VlcCB0aGlzIGtleSBmb3IgdGVzdHM=";

/// The hook's client of OpenID Connect in the sample org.
const CLIENT: &str = "0oasamplehook0000000";
const CLIENT_SECRET: &str = "emulator-hook-secret";

/// How the hook opens sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HookSessions {
    /// With the session token of a classic org.
    #[default]
    SessionToken,
    /// As a client of OpenID Connect.
    OpenId,
}

/// A backend hook on a port of its own. The page needs its address before it can start, because it needs the page's.
#[derive(Debug)]
pub struct Hook {
    port: u16,
    org: String,
    page: String,
    sessions: HookSessions,
    /// `None` while it is stopped.
    running: Option<Running>,
}

impl Hook {
    /// The origin of a hook on this port.
    pub fn address_of(port: u16) -> String {
        format!("http://localhost:{port}")
    }

    /// Starts the hook for this org and for pages of this origin.
    pub async fn start(port: u16, org: &str, page: &str, sessions: HookSessions) -> Result<Self> {
        let running = run(port, org, page, sessions).await?;
        Ok(Self { port, org: org.to_owned(), page: page.to_owned(), sessions, running: Some(running) })
    }

    /// Its origin.
    pub fn address(&self) -> String {
        Self::address_of(self.port)
    }

    /// Kills it.
    pub async fn stop(&mut self) -> Result<()> {
        match self.running.take() {
            Some(running) => running.kill().await,
            None => Ok(()),
        }
    }

    /// Starts it again on the same port. Its earlier cookies remain valid.
    pub async fn restart(&mut self) -> Result<()> {
        self.running = Some(run(self.port, &self.org, &self.page, self.sessions).await?);
        Ok(())
    }

    /// Pauses it: it accepts connections and does not respond, until [`resume`](Self::resume).
    pub async fn pause(&self) -> Result<()> {
        self.signal("-STOP").await
    }

    /// Continues it.
    pub async fn resume(&self) -> Result<()> {
        self.signal("-CONT").await
    }

    async fn signal(&self, signal: &str) -> Result<()> {
        let id = self.running.as_ref().and_then(Running::id).context("the hook does not run")?;
        let status = Command::new("kill").args([signal, &id.to_string()]).status().await?;
        ensure!(status.success(), "kill {signal} ended with {status}");
        Ok(())
    }
}

async fn run(port: u16, org: &str, page: &str, sessions: HookSessions) -> Result<Running> {
    let mut command = Command::new(environment::path("OKTA_E2E_HOOK")?);
    command
        .args(["--org", org, "--origin", page, "--group", GROUPS, "--log", "warn"])
        .args(["--listen", &format!("127.0.0.1:{port}")])
        .env("HOOK_API_TOKEN", TOKEN)
        .env("HOOK_COOKIE_KEYS", COOKIE_KEY);
    if sessions == HookSessions::OpenId {
        command
            .args(["--oidc-client-id", CLIENT, "--public-url", &Hook::address_of(port)])
            .env("HOOK_OIDC_CLIENT_SECRET", CLIENT_SECRET);
    }
    let (running, _) = Running::start(&mut command, "hook listening on ").await?;
    Ok(running)
}
