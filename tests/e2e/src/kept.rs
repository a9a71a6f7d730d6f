//! Running Firefoxes that one journey leaves to the next: a start takes longer than most journeys. Each journey has a tab in
//! a container of its own, which shares no cookie, no storage and no cache with others. Not here: the tab (`firefox.rs`).

use std::{
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context as _, Result};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};

use crate::{driver::TempFolder, environment, ports::free_port, wait_until};

/// Those that no journey uses now.
static IDLE: Mutex<Vec<Kept>> = Mutex::new(Vec::new());

/// Starts the driver, and ends it with the browser and its folder when the standard input ends: when this program does,
/// however that comes.
const GUARD: &str = r#"
    "$@" >/dev/null 2>&1 &
    while read -r _; do :; done
    trap '' TERM
    kill -TERM 0
    wait
    rm -rf -- "$TMPDIR"
    kill -KILL 0"#;

/// A running Firefox with its driver and session.
#[derive(Debug)]
pub(crate) struct Kept {
    /// Preferences that are read at the start.
    started_with: Map<String, Value>,
    address: String,
    session: String,
    /// The address for `BiDi`.
    pub(crate) socket: String,
    guard: Child,
    _folder: TempFolder,
}

impl Kept {
    /// An idle one that was started like this, or a new one.
    pub(crate) async fn take_or_start(capabilities: Map<String, Value>) -> Result<(Self, Client)> {
        let Some(kept) = take(&capabilities) else { return Self::start(capabilities).await };
        let client = Client::with_existing_session(&kept.address, &kept.session, HttpConnector::new()).await;
        let client = client.context("could not go on with a session of firefox")?;
        client.clone().persist().await?;
        Ok((kept, client))
    }

    async fn start(capabilities: Map<String, Value>) -> Result<(Self, Client)> {
        let folder = TempFolder::new()?;
        let (port, socket) = (free_port()?, free_port()?);
        let mut command = Command::new("sh");
        command.args(["-c", GUARD, "guard"]).arg(environment::path("OKTA_E2E_DRIVER")?);
        command.args(["--allow-system-access", &format!("--port={port}"), &format!("--websocket-port={socket}")]);
        command.env("TMPDIR", folder.path()).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let guard = command.spawn().context("could not start the driver of firefox")?;
        let mut kept = Self {
            started_with: capabilities.clone(),
            address: format!("http://127.0.0.1:{port}"),
            session: String::new(),
            socket: String::new(),
            guard,
            _folder: folder,
        };
        wait_until("the driver of firefox to listen", async || {
            Ok(tokio::net::TcpStream::connect(("127.0.0.1", port)).await.ok())
        })
        .await?;
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&kept.address).await;
        let client = client.context("could not start a browser session of firefox")?;
        client.clone().persist().await?;
        kept.session = client.session_id().await?.context("a session without a name")?;
        let socket = client.capabilities().and_then(|all| all.get("webSocketUrl")).and_then(Value::as_str);
        kept.socket = socket.context("geckodriver gives no address for BiDi")?.to_owned();
        Ok((kept, client))
    }

    /// Leaves it to the next journey.
    pub(crate) fn put_back(self) {
        idle().push(self);
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        let _nothing_to_be_done = self.guard.wait();
    }
}

fn idle() -> MutexGuard<'static, Vec<Kept>> {
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take(capabilities: &Map<String, Value>) -> Option<Kept> {
    let mut idle = idle();
    let place = idle.iter().position(|kept| kept.started_with == *capabilities)?;
    Some(idle.swap_remove(place))
}
