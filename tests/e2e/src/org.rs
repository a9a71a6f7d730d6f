//! The emulated org of a journey and its control interface: messages, codes, phone, clock, faults. Not here:
//! the authentication API, which the page uses.

use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result};
use http::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{child::Running, driver::TempFolder, environment, journey::LOCALHOST, wait_until};

/// The API token of the sample org.
const API_TOKEN: &str = "emulator-api-token";

/// A running org with its own state.
#[derive(Debug)]
pub struct Org {
    pub(crate) http: reqwest::Client,
    address: String,
    /// The host in the addresses that the org names.
    host: String,
    /// Where the certificate of its authority is, if it speaks HTTPS.
    authority: Option<TempFolder>,
    /// `None` while it is stopped.
    running: Option<Running>,
    trusted: BTreeSet<String>,
}

/// A fault of the org for the next requests to a path.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// Responds after a delay.
    Delay(Duration),
    /// Responds when the faults are removed ([`Org::clear_faults`]).
    Hold,
    /// Does not respond.
    Hang,
    /// Resets the connection.
    Reset,
    /// Responds with this status and an HTML page.
    Status(u16),
    /// Responds with 429.
    RateLimit,
    /// Responds with the first half of the JSON.
    Truncate,
    /// Responds with `null` for the member at this JSON pointer.
    Null(&'static str),
}

/// A request that the org received.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct RequestLine {
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The status of the response, if there was one.
    pub status: Option<u16>,
}

/// A message that the org sent.
#[derive(Debug, Clone, Deserialize)]
#[non_exhaustive]
pub struct Message {
    /// The user's login, up to the `@`.
    pub login: String,
    /// Phone number or email address.
    pub to: String,
    /// The code in it.
    pub code: Option<String>,
    /// The link in it.
    pub link: Option<String>,
    /// The language that the page asked for.
    pub language: Option<String>,
}

/// A transaction to create, in a given state.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewTransaction<'a> {
    /// The status.
    pub state: &'a str,
    /// The kind of the factor.
    pub factor: Option<&'a str>,
    /// The factor result.
    pub result: Option<&'a str>,
    /// The application of a step-up.
    pub app: Option<&'a str>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counts {
    requests_under_way: usize,
}

#[derive(Debug, Deserialize)]
struct Address {
    url: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CurrentCode {
    factor_type: String,
    provider: String,
    status: String,
    code: Option<String>,
    next_code: Option<String>,
    secret: Option<String>,
}

impl Org {
    /// Starts an org on a free port.
    pub async fn start() -> Result<Self> {
        Self::start_on(LOCALHOST.to_owned(), false).await
    }

    /// The same; its own addresses have this host. With HTTPS its cookies are those of an Okta org, which requests from
    /// another site may carry.
    pub(crate) async fn start_on(host: String, https: bool) -> Result<Self> {
        let authority = https.then(TempFolder::new).transpose()?;
        let (running, address) = run("0", &host, authority.as_ref()).await?;
        let http = client(authority.as_ref())?;
        Ok(Self { http, address, host, authority, running: Some(running), trusted: BTreeSet::new() })
    }

    /// Its origin.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Allows pages of this origin to call the org.
    pub async fn trust(&mut self, origin: &str) -> Result<()> {
        self.trusted.insert(origin.to_owned());
        self.post("trusted-origins", &json!({ "origin": origin })).await
    }

    /// Kills the org; its state is lost.
    pub async fn stop(&mut self) -> Result<()> {
        match self.running.take() {
            Some(running) => running.kill().await,
            None => Ok(()),
        }
    }

    /// Starts it again on the same port, with the same trusted origins.
    pub async fn restart(&mut self) -> Result<()> {
        let port = self.address.rsplit(':').next().unwrap_or_default().to_owned();
        let (running, address) = run(&port, &self.host, self.authority.as_ref()).await?;
        // The authority is another one with each start.
        self.http = client(self.authority.as_ref())?;
        (self.running, self.address) = (Some(running), address);
        for origin in &self.trusted {
            self.post("trusted-origins", &json!({ "origin": origin })).await?;
        }
        Ok(())
    }

    /// Advances the org's clock.
    pub async fn advance_clock(&self, time: Duration) -> Result<()> {
        self.post("clock/advance", &json!({ "seconds": time.as_secs() })).await
    }

    /// How many messages this user has received.
    pub async fn messages_to(&self, login: &str) -> Result<usize> {
        Ok(self.outbox(login).await?.len())
    }

    /// The latest message to this user, once there are at least `count` messages.
    pub async fn message(&self, login: &str, count: usize) -> Result<Message> {
        wait_until(&format!("message {count} to {login}"), async || {
            let mut messages = self.outbox(login).await?;
            Ok(if messages.len() >= count { messages.pop() } else { None })
        })
        .await
    }

    /// The code in the latest message to this user, once there are at least `count` messages.
    pub async fn code_in_message(&self, login: &str, count: usize) -> Result<String> {
        self.message(login, count).await?.code.with_context(|| format!("message {count} to {login} has no code"))
    }

    /// The link in the latest message to this user, once there are at least `count` messages.
    pub async fn link_in_message(&self, login: &str, count: usize) -> Result<String> {
        self.message(login, count).await?.link.with_context(|| format!("message {count} to {login} has no link"))
    }

    async fn outbox(&self, login: &str) -> Result<Vec<Message>> {
        let messages: Vec<Message> = self.get("outbox", &[]).await?;
        Ok(messages.into_iter().filter(|message| message.login == login).collect())
    }

    /// Creates a transaction and returns the URL of a page with its state token.
    pub async fn transaction_url(&self, login: &str, transaction: NewTransaction<'_>) -> Result<String> {
        let mut body = json!({ "login": login, "state": transaction.state });
        for (name, value) in [("factor", transaction.factor), ("result", transaction.result), ("app", transaction.app)]
        {
            if let (Some(value), Some(members)) = (value, body.as_object_mut()) {
                members.insert(name.to_owned(), json!(value));
            }
        }
        let answer: Address = self.ask("transactions", &body).await?;
        Ok(answer.url)
    }

    /// Changes a user: policies by name, status, age of the password.
    pub async fn change_user(&self, login: &str, mut change: Value) -> Result<()> {
        change.as_object_mut().context("a change is an object")?.insert("login".to_owned(), json!(login));
        self.post("users", &change).await
    }

    /// Sets the org's switches; those left out are off.
    pub async fn switch(&self, switches: Value) -> Result<()> {
        self.post("switches", &switches).await
    }

    /// Creates an app for pages with this client id and these settings of `settings.oauthClient`. A path of its
    /// `redirect_uris` stands for every trusted origin.
    pub async fn add_app(&self, client_id: &str, mut settings: Value) -> Result<()> {
        let members = settings.as_object_mut().context("the settings are an object")?;
        members.insert("application_type".to_owned(), json!("browser"));
        let body = json!({
            "name": "oidc_client",
            "signOnMode": "OPENID_CONNECT",
            "label": client_id,
            "settings": { "oauthClient": settings },
            "credentials": { "oauthClient": { "client_id": client_id } },
        });
        let url = format!("{}/api/v1/apps", self.address);
        let request = self.http.post(&url).header("authorization", format!("SSWS {API_TOKEN}")).json(&body);
        request.send().await?.error_for_status()?;
        Ok(())
    }

    /// Puts this user's smart card into the reader.
    pub async fn insert_card(&self, login: &str) -> Result<()> {
        self.post("card", &json!({ "login": login })).await
    }

    /// Upgrades the org to Identity Engine.
    pub async fn upgrade(&self) -> Result<()> {
        self.post("engine", &json!({ "engine": "identity" })).await
    }

    /// The current code of this user's authenticator app, by the factor's provider (`GOOGLE`).
    pub async fn authenticator_code(&self, login: &str, provider: &str) -> Result<String> {
        let code = self.current_code(login, |code| code.provider == provider).await?;
        code.with_context(|| format!("{login} has no {provider} code"))
    }

    /// The current code of an authenticator app with this secret.
    pub async fn authenticator_code_for(&self, login: &str, secret: &str) -> Result<String> {
        let code = self.current_code(login, |code| code.secret.as_deref() == Some(secret)).await?;
        code.with_context(|| format!("{login} has no factor with the secret that the page shows"))
    }

    /// The current code of this user's token, by the factor's type and provider.
    pub async fn token_code(&self, login: &str, factor_type: &str, provider: &str) -> Result<String> {
        let is_meant = |code: &CurrentCode| code.factor_type == factor_type && code.provider == provider;
        let code = self.current_code(login, is_meant).await?;
        code.with_context(|| format!("{login} has no {factor_type} of {provider}"))
    }

    /// The current and the next code of the spare token that anyone may enroll.
    pub async fn spare_codes(&self, factor_type: &str, provider: &str) -> Result<(String, Option<String>)> {
        let codes: Vec<CurrentCode> = self.get("codes", &[]).await?;
        let spare = codes
            .into_iter()
            .find(|code| code.status == "SPARE" && code.factor_type == factor_type && code.provider == provider);
        let spare = spare.with_context(|| format!("there is no spare {factor_type} of {provider}"))?;
        Ok((spare.code.context("a spare token without a code")?, spare.next_code))
    }

    async fn current_code(&self, login: &str, is_meant: impl Fn(&CurrentCode) -> bool) -> Result<Option<String>> {
        let codes: Vec<CurrentCode> = self.get("codes", &[("login", login)]).await?;
        Ok(codes.into_iter().find(is_meant).and_then(|code| code.code))
    }

    /// Everything as at the start, with the same trusted origins.
    pub async fn reset(&self) -> Result<()> {
        self.post("reset", &Value::Null).await?;
        for origin in &self.trusted {
            self.post("trusted-origins", &json!({ "origin": origin })).await?;
        }
        Ok(())
    }

    /// Waits until the org has a request whose response it holds.
    pub async fn expect_request_under_way(&self) -> Result<()> {
        wait_until("a request to be under way", async || Ok((self.requests_under_way().await? > 0).then_some(()))).await
    }

    /// Waits until every request has the whole of its response.
    pub async fn expect_all_answered(&self) -> Result<()> {
        let all_answered = async || Ok((self.requests_under_way().await? == 0).then_some(()));
        wait_until("the org to have no request under way", all_answered).await
    }

    async fn requests_under_way(&self) -> Result<usize> {
        let counts: Counts = self.get("counts", &[]).await?;
        Ok(counts.requests_under_way)
    }

    /// Plans a fault in the words of the control interface.
    pub async fn plan(&self, fault: &Value) -> Result<()> {
        self.post("faults", fault).await
    }

    /// Plans a fault for the next `times` requests of this method and path.
    pub async fn plan_fault(&self, method: &Method, path: &str, times: u32, fault: Fault) -> Result<()> {
        let fault = fault.to_json();
        let body = json!({ "path": path, "method": method.as_str(), "times": times, "fault": fault });
        self.post("faults", &body).await
    }

    /// Removes all planned faults, and lets the requests go that one of them holds.
    pub async fn clear_faults(&self) -> Result<()> {
        let url = self.control("faults");
        self.http.delete(url).send().await?.error_for_status()?;
        Ok(())
    }

    /// All requests that the org received, in order.
    pub async fn requests(&self) -> Result<Vec<RequestLine>> {
        self.get("requests", &[]).await
    }

    /// How many requests of this method and path the org received.
    pub async fn request_count(&self, method: &Method, path: &str) -> Result<usize> {
        let same = |line: &RequestLine| line.method == method.as_str() && line.path == path;
        Ok(self.requests().await?.iter().filter(|line| same(line)).count())
    }

    /// The path of the latest request that ends with `end`.
    pub async fn last_path(&self, end: &str) -> Result<String> {
        let requests = self.requests().await?;
        let found = requests.into_iter().rev().find(|line| line.path.ends_with(end));
        found.map(|line| line.path).with_context(|| format!("the org received no request that ends with {end}"))
    }

    fn control(&self, path: &str) -> String {
        format!("{}/control/{path}", self.address)
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T> {
        let url = self.control(path);
        let response = self.http.get(&url).query(query).send().await?.error_for_status()?;
        response.json().await.with_context(|| format!("the answer of {url}"))
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<()> {
        self.send(path, body).await.map(|_| ())
    }

    async fn ask<T: DeserializeOwned>(&self, path: &str, body: &Value) -> Result<T> {
        let answer = self.send(path, body).await?;
        answer.json().await.with_context(|| format!("the answer of {}", self.control(path)))
    }

    async fn send(&self, path: &str, body: &Value) -> Result<reqwest::Response> {
        let url = self.control(path);
        let response = self.http.post(&url).json(body).send().await?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let text = response.text().await.unwrap_or_default();
        anyhow::bail!("{url} answered {status} to {body}: {text}")
    }
}

impl Fault {
    fn to_json(self) -> Value {
        match self {
            Self::Delay(time) => json!({ "kind": "delay", "seconds": time.as_secs_f64() }),
            Self::Hold => json!({ "kind": "hold" }),
            Self::Hang => json!({ "kind": "hang" }),
            Self::Reset => json!({ "kind": "reset" }),
            Self::Status(status) => json!({ "kind": "status", "status": status }),
            Self::RateLimit => json!({ "kind": "rate-limit" }),
            Self::Truncate => json!({ "kind": "truncate" }),
            Self::Null(pointer) => json!({ "kind": "replace", "pointer": pointer, "value": null }),
        }
    }
}

async fn run(port: &str, host: &str, authority: Option<&TempFolder>) -> Result<(Running, String)> {
    let mut command = Command::new(environment::path("OKTA_E2E_EMULATOR")?);
    command.args(["--port", port, "--host", host, "--control"]);
    if let Some(folder) = authority {
        command.args(["--tls", "--tls-authority"]).arg(certificate(folder));
    }
    Running::start(&mut command, "emulator listening on ").await
}

fn certificate(folder: &TempFolder) -> PathBuf {
    folder.path().join("authority.pem")
}

/// What asks the org. It trusts this authority.
fn client(authority: Option<&TempFolder>) -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder();
    let builder = match authority {
        Some(folder) => {
            let pem = fs::read(certificate(folder)).context("the org has left no certificate")?;
            builder.tls_certs_only([reqwest::Certificate::from_pem(&pem)?])
        }
        None => builder,
    };
    builder.build().context("no client for the org")
}
