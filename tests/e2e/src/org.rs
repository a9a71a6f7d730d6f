//! The emulated org of one journey, and its control interface: the telephone a person has in the
//! hand, the clock on the org's wall, and trouble on demand. The protocol that the page speaks
//! with it is not spoken here.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context as _, Result};
use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{child::Running, environment, wait_until};

/// A running org with a state of its own.
#[derive(Debug)]
pub struct Org {
    http: reqwest::Client,
    address: String,
    /// `None` while it is stopped.
    running: Option<Running>,
    trusted: BTreeSet<String>,
}

/// Trouble that the org makes on the next calls of a path.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// Answers, but late.
    Delay(Duration),
    /// Never answers.
    Hang,
    /// Breaks the connection.
    Reset,
    /// Answers with this status and a page of HTML.
    Status(u16),
    /// Answers 429.
    RateLimit,
    /// Answers with the first half of its JSON.
    Truncate,
}

/// A request that the org has seen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct RequestLine {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Without the query.
    pub path: String,
    /// What it was answered with; none if it was not.
    pub status: Option<u16>,
}

#[derive(Debug, Deserialize)]
struct Message {
    login: String,
    code: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CurrentCode {
    provider: String,
    code: Option<String>,
    secret: Option<String>,
}

impl Org {
    /// Starts an org on a free port.
    pub async fn start() -> Result<Self> {
        let (running, address) = run("0").await?;
        Ok(Self { http: reqwest::Client::new(), address, running: Some(running), trusted: BTreeSet::new() })
    }

    /// Its origin.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Lets pages of this origin call the org.
    pub async fn trust(&mut self, origin: &str) -> Result<()> {
        self.trusted.insert(origin.to_owned());
        self.post("trusted-origins", &json!({ "origin": origin })).await
    }

    /// Ends it in the middle of everything; what it held in memory is gone.
    pub async fn stop(&mut self) -> Result<()> {
        match self.running.take() {
            Some(running) => running.kill().await,
            None => Ok(()),
        }
    }

    /// Starts it again where it was, with the same origins trusted.
    pub async fn start_again(&mut self) -> Result<()> {
        let port = self.address.rsplit(':').next().unwrap_or_default().to_owned();
        let (running, address) = run(&port).await?;
        (self.running, self.address) = (Some(running), address);
        for origin in &self.trusted {
            self.post("trusted-origins", &json!({ "origin": origin })).await?;
        }
        Ok(())
    }

    /// Moves the org's clock forward.
    pub async fn advance_clock(&self, time: Duration) -> Result<()> {
        self.post("clock/advance", &json!({ "seconds": time.as_secs() })).await
    }

    /// How many messages with a code went to this user so far.
    pub async fn messages_to(&self, login: &str) -> Result<usize> {
        Ok(self.outbox(login).await?.len())
    }

    /// The code in the latest message to this user, once there are at least `count` messages.
    pub async fn code_in_message(&self, login: &str, count: usize) -> Result<String> {
        wait_until(&format!("message {count} to {login}"), async || {
            let mut codes = self.outbox(login).await?;
            Ok(if codes.len() >= count { codes.pop() } else { None })
        })
        .await
    }

    async fn outbox(&self, login: &str) -> Result<Vec<String>> {
        let messages: Vec<Message> = self.get("outbox", &[]).await?;
        let theirs = messages.into_iter().filter(|message| message.login == login);
        Ok(theirs.filter_map(|message| message.code).collect())
    }

    /// The code that this user's authenticator app shows now, by the factor's provider (`GOOGLE`).
    pub async fn authenticator_code(&self, login: &str, provider: &str) -> Result<String> {
        let code = self.current_code(login, |code| code.provider == provider).await?;
        code.with_context(|| format!("{login} has no {provider} code"))
    }

    /// The code that an authenticator app shows now, into which this secret was typed.
    pub async fn authenticator_code_for(&self, login: &str, secret: &str) -> Result<String> {
        let code = self.current_code(login, |code| code.secret.as_deref() == Some(secret)).await?;
        code.with_context(|| format!("{login} has no factor with the secret that the page shows"))
    }

    async fn current_code(&self, login: &str, is_meant: impl Fn(&CurrentCode) -> bool) -> Result<Option<String>> {
        let codes: Vec<CurrentCode> = self.get("codes", &[("login", login)]).await?;
        Ok(codes.into_iter().find(is_meant).and_then(|code| code.code))
    }

    /// Makes trouble on the next `times` calls of this method and path.
    pub async fn trouble(&self, method: &Method, path: &str, times: u32, fault: Fault) -> Result<()> {
        let fault = fault.to_json();
        let body = json!({ "path": path, "method": method.as_str(), "times": times, "fault": fault });
        self.post("faults", &body).await
    }

    /// Ends all trouble.
    pub async fn no_more_trouble(&self) -> Result<()> {
        let url = self.control("faults");
        self.http.delete(url).send().await?.error_for_status()?;
        Ok(())
    }

    /// What the org was asked since the start, in order.
    pub async fn requests(&self) -> Result<Vec<RequestLine>> {
        self.get("requests", &[]).await
    }

    /// How often it was asked this.
    pub async fn times_asked(&self, method: &Method, path: &str) -> Result<usize> {
        let same = |line: &RequestLine| line.method == method.as_str() && line.path == path;
        Ok(self.requests().await?.iter().filter(|line| same(line)).count())
    }

    fn control(&self, path: &str) -> String {
        format!("{}/control/{path}", self.address)
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T> {
        let url = self.control(path);
        let response = self.http.get(&url).query(query).send().await?.error_for_status()?;
        response.json().await.with_context(|| format!("the answer of {url}"))
    }

    async fn post(&self, path: &str, body: &Value) -> Result<()> {
        let url = self.control(path);
        let response = self.http.post(&url).json(body).send().await?;
        let status = response.status();
        if status.is_success() {
            return Ok(());
        }
        let said = response.text().await.unwrap_or_default();
        anyhow::bail!("{url} answered {status} to {body}: {said}")
    }
}

impl Fault {
    fn to_json(self) -> Value {
        match self {
            Self::Delay(time) => json!({ "kind": "delay", "seconds": time.as_secs_f64() }),
            Self::Hang => json!({ "kind": "hang" }),
            Self::Reset => json!({ "kind": "reset" }),
            Self::Status(status) => json!({ "kind": "status", "status": status }),
            Self::RateLimit => json!({ "kind": "rate-limit" }),
            Self::Truncate => json!({ "kind": "truncate" }),
        }
    }
}

async fn run(port: &str) -> Result<(Running, String)> {
    let mut command = Command::new(environment::path("OKTA_E2E_EMULATOR")?);
    command.args(["--port", port, "--control"]);
    Running::start(&mut command, "emulator listening on ").await
}
