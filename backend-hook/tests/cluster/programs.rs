//! The programs that are not ours: Redis and HAProxy on free ports of this machine, until they are dropped. Not here: the
//! hooks (`cluster.rs`).

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
    process::{Child, Command},
};

use crate::ports::free_port;

/// The password of the store.
pub(crate) const PASSWORD: &str = "limits-of-tests-only";

/// Waits until something is so, for at most half a minute.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(30), waiting).await.is_ok(), "{what}: not within 30 s");
}

/// Sends a signal to a program.
pub(crate) async fn signal(child: &Child, name: &str) {
    let id = child.id().expect("the program has ended").to_string();
    assert!(Command::new("kill").args([&format!("-{name}"), &id]).status().await.unwrap().success());
}

/// A Redis server.
pub(crate) struct Redis {
    child: Option<Child>,
    pub(crate) port: u16,
    more: Vec<String>,
    folder: TempDir,
}

impl Redis {
    /// Starts one with a password.
    pub(crate) async fn start() -> Self {
        Self::with(vec!["--requirepass".to_owned(), PASSWORD.to_owned()]).await
    }

    /// Starts one with these options.
    pub(crate) async fn with(more: Vec<String>) -> Self {
        let port = free_port().unwrap();
        let mut redis = Self { child: None, port, more, folder: tempfile::tempdir().unwrap() };
        redis.begin().await;
        redis
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Starts it again, on the same port and without data.
    pub(crate) async fn begin(&mut self) {
        let mut command = Command::new("redis-server");
        command.args(["--port", &self.port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        command.args(&self.more).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        self.child = Some(command.spawn().expect("redis-server: `cargo xtask cluster` installs it"));
        until("Redis answers", async || self.ask(&redis::cmd("PING")).await.is_some()).await;
    }

    pub(crate) async fn stop(&mut self) {
        let mut child = self.child.take().unwrap();
        child.kill().await.unwrap();
    }

    /// Lets it hang, as a machine does that is overloaded.
    pub(crate) async fn pause(&self, paused: bool) {
        signal(self.child.as_ref().unwrap(), if paused { "STOP" } else { "CONT" }).await;
    }

    /// Asks it something; `None` if it does not answer.
    pub(crate) async fn ask(&self, command: &redis::Cmd) -> Option<redis::Value> {
        let url = format!("redis://:{PASSWORD}@127.0.0.1:{}", self.port);
        let url = if self.more.iter().any(|option| option == "--requirepass") { url } else { self.url() };
        let mut connection = redis::Client::open(url).unwrap().get_multiplexed_async_connection().await.ok()?;
        command.query_async(&mut connection).await.ok()
    }

    /// The names of everything in it.
    pub(crate) async fn names(&self) -> Vec<String> {
        let names = self.ask(redis::cmd("KEYS").arg("*")).await.unwrap();
        redis::from_redis_value(names).unwrap()
    }
}

/// A HAProxy in front of two hooks, or of another one.
pub(crate) struct Proxy {
    _child: Child,
    pub(crate) address: String,
    folder: TempDir,
}

/// Where a hook listens: for browsers, and for health checks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ports {
    pub(crate) listen: u16,
    pub(crate) internal: u16,
}

impl Ports {
    pub(crate) fn free() -> Self {
        Self { listen: free_port().unwrap(), internal: free_port().unwrap() }
    }
}

impl Proxy {
    /// Starts it by the file that the README names.
    pub(crate) fn start(hooks: [Ports; 2]) -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/haproxy.cfg");
        Self::with(&file, hooks, "")
    }

    /// Starts one that sends everything to another one.
    pub(crate) fn before(other: &Self) -> Self {
        let to = other.address.trim_start_matches("http://");
        let text = format!(
            "defaults\n mode http\n timeout connect 2s\n timeout client 30s\n timeout server 35s\n\
             listen all\n bind \"${{HOOK_BIND}}\"\n option forwardfor\n server next {to}\n"
        );
        let nobody = Ports { listen: 1, internal: 1 };
        Self::with(Path::new("/dev/null"), [nobody; 2], &text)
    }

    fn with(file: &Path, hooks: [Ports; 2], more: &str) -> Self {
        let (port, folder) = (free_port().unwrap(), tempfile::tempdir().unwrap());
        let own = folder.path().join("more.cfg");
        let socket = folder.path().join("socket");
        std::fs::write(&own, format!("global\n stats socket {}\n{more}", socket.display())).unwrap();
        let mut command = Command::new(program());
        command.arg("-db").arg("-f").arg(file).arg("-f").arg(&own);
        command.env("HOOK_BIND", format!("127.0.0.1:{port}")).env("HOOK_CHECK", "100ms");
        for (name, Ports { listen, internal }) in ["ONE", "TWO"].into_iter().zip(hooks) {
            command.env(format!("HOOK_{name}"), format!("127.0.0.1:{listen}"));
            command.env(format!("HOOK_{name}_INTERNAL"), internal.to_string());
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let child = command.spawn().expect("haproxy: `cargo xtask cluster` installs it");
        Self { _child: child, address: format!("http://127.0.0.1:{port}"), folder }
    }

    /// Waits until it takes these hooks, and no others, for ready.
    pub(crate) async fn sees(&self, ready: [bool; 2]) {
        until("HAProxy sees which hooks are ready", async || self.ready().await == Some(ready)).await;
    }

    async fn ready(&self) -> Option<[bool; 2]> {
        let mut socket = UnixStream::connect(self.folder.path().join("socket")).await.ok()?;
        socket.write_all(b"show stat\n").await.ok()?;
        let mut table = String::new();
        socket.read_to_string(&mut table).await.ok()?;
        let is_up = |name: &str| {
            let line = table.lines().find(|line| line.starts_with(&format!("hooks,{name},")))?;
            Some(line.split(',').any(|cell| cell == "UP"))
        };
        Some([is_up("one")?, is_up("two")?])
    }

    /// Waits until it answers.
    pub(crate) async fn answers(&self) {
        let host = self.address.trim_start_matches("http://");
        until("HAProxy answers", async || tokio::net::TcpStream::connect(host).await.is_ok()).await;
    }
}

/// Debian has it where only root looks.
fn program() -> PathBuf {
    let usual = PathBuf::from("/usr/sbin/haproxy");
    if usual.exists() { usual } else { PathBuf::from("haproxy") }
}
