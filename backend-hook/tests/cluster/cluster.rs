//! Two hooks behind the proxy, each of which can be stopped, killed and started again where it was. Not here: the proxy and
//! the store (`programs.rs`).

use std::net::IpAddr;

use reqwest::{Method, RequestBuilder, header, redirect::Policy};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    programs::{PASSWORD, Ports, Proxy, Redis, until},
    support::{Fixture, Hook, KEY, PAGE, json_body},
};

pub(crate) struct Cluster {
    /// The org, and a hook of its own that people sign in at: the cookie counts everywhere.
    pub(crate) fixture: Fixture,
    pub(crate) proxy: Proxy,
    hooks: [Option<Hook>; 2],
    ports: [Ports; 2],
    options: Vec<String>,
    folder: TempDir,
    logs: Vec<String>,
}

impl Cluster {
    /// Starts two hooks with these options, which share the store if there is one.
    pub(crate) async fn start(store: Option<&Redis>, options: &[&str]) -> Self {
        let ports = [Ports::free(), Ports::free()];
        let folder = tempfile::tempdir().unwrap();
        let mut options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
        if let Some(store) = store {
            std::fs::write(folder.path().join("password"), PASSWORD).unwrap();
            options.extend(["--rate-limit-store".to_owned(), store.url()]);
            let file = folder.path().join("password").to_string_lossy().into_owned();
            options.extend(["--rate-limit-store-password-file".to_owned(), file]);
        }
        if !options.iter().any(|option| option == "--trusted-proxies") {
            options.extend(["--trusted-proxies".to_owned(), "1".to_owned()]);
        }
        // Machines that test are busy; what the usual time is good for is tested in src/limits.
        options.extend(["--rate-limit-store-timeout".to_owned(), "1000".to_owned()]);
        options.extend(["--drain".to_owned(), "2".to_owned()]);
        let fixture = Fixture::with(&["--sessions-per-minute", "1000"]).await;
        let (proxy, logs) = (Proxy::start(ports), Vec::new());
        let mut cluster = Self { fixture, proxy, hooks: [None, None], ports, options, folder, logs };
        cluster.set_keys(&[KEY]);
        cluster.begin(0).await;
        cluster.begin(1).await;
        cluster.proxy.sees([true, true]).await;
        cluster
    }

    /// The keys that hooks have from their next start on.
    pub(crate) fn set_keys(&self, keys: &[&str]) {
        std::fs::write(self.folder.path().join("keys"), keys.join("\n")).unwrap();
    }

    /// Starts a hook.
    pub(crate) async fn begin(&mut self, which: usize) {
        let Ports { listen, internal } = self.ports[which];
        let (listen, internal) = (format!("127.0.0.1:{listen}"), format!("127.0.0.1:{internal}"));
        let keys = self.folder.path().join("keys").to_string_lossy().into_owned();
        let mut options = vec!["--listen", &listen, "--internal-address", &internal, "--cookie-key-file", &keys];
        options.extend(self.options.iter().map(String::as_str));
        self.hooks[which] = Some(Hook::start(self.fixture.emulator.url(), &options).await);
    }

    /// Stops a hook as an operator does, and waits for its end.
    pub(crate) async fn stop(&mut self, which: usize) {
        let log = self.hooks[which].take().unwrap().end().await;
        self.logs.push(log);
    }

    /// Kills a hook.
    pub(crate) async fn kill(&mut self, which: usize) {
        let log = self.hooks[which].take().unwrap().kill().await;
        self.logs.push(log);
    }

    /// Restarts one after the other; the next one when the proxy sees that the first one is back.
    pub(crate) async fn restart_one_by_one(&mut self) {
        for which in [0, 1] {
            self.stop(which).await;
            self.begin(which).await;
            self.proxy.sees([true, true]).await;
        }
    }

    /// The output of the running hooks so far.
    pub(crate) fn logs(&self) -> [String; 2] {
        [0, 1].map(|which| self.hooks[which].as_ref().map_or_else(String::new, Hook::log))
    }

    /// Waits until both hooks have written this so often.
    pub(crate) async fn until_logged(&self, text: &str, times: usize) {
        let all = || self.logs().iter().all(|log| log.matches(text).count() >= times);
        until(&format!("`{text}` is in both logs"), async || all()).await;
    }

    /// A request of the page through the proxy.
    pub(crate) fn request(&self, http: &reqwest::Client, method: Method, path: &str) -> RequestBuilder {
        http.request(method, format!("{}{path}", self.proxy.address)).header(header::ORIGIN, PAGE)
    }

    /// How many of so many attempts to open a session, all without a valid token, are not refused for their rate.
    pub(crate) async fn allowed(&self, from: &str, attempts: usize) -> usize {
        let body = json!({ "sessionToken": "unknown" });
        self.allowed_of(from, attempts, "/session", &body, None).await
    }

    /// The same with any POST.
    pub(crate) async fn allowed_of(
        &self,
        from: &str,
        attempts: usize,
        path: &str,
        body: &Value,
        cookie: Option<&str>,
    ) -> usize {
        let http = client_at(from);
        let mut allowed = 0;
        for _ in 0..attempts {
            let mut request = json_body(self.request(&http, Method::POST, path), body);
            if let Some(cookie) = cookie {
                request = request.header(header::COOKIE, cookie);
            }
            let answer = self.fixture.send(request).await;
            assert!(answer.status < 500, "{}", answer.text);
            allowed += usize::from(answer.status != 429);
        }
        allowed
    }

    /// Ends all, and searches the logs for secrets.
    pub(crate) async fn end(mut self) -> Vec<String> {
        for which in [0, 1] {
            if self.hooks[which].is_some() {
                self.stop(which).await;
            }
        }
        for log in &self.logs {
            for secret in [PASSWORD, KEY, "panicked"] {
                assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
            }
        }
        // It has to have answered something, which not every test asks of it.
        self.fixture.get("/registration").await.ok(200);
        self.fixture.end().await;
        self.logs
    }
}

/// A client with this address of the machine.
pub(crate) fn client_at(address: &str) -> reqwest::Client {
    let address: IpAddr = address.parse().unwrap();
    reqwest::Client::builder().local_address(address).redirect(Policy::none()).build().unwrap()
}
