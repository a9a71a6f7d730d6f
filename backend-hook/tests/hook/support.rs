//! The setup of each test: an emulated org, the real hook program, and HTTP clients. Everything that the hook
//! logs or returns is collected, and searched for secrets at the end.

use std::{
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use okta_emulator::Emulator;
use reqwest::{Method, RequestBuilder, Response, header, redirect::Policy};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    process::{Child, Command},
};

/// The allowed origin.
pub(crate) const PAGE: &str = "http://localhost:8080";
pub(crate) const ADA: (&str, &str) = ("ada.byron", "Analytical1843");
pub(crate) const JEFF: (&str, &str) = ("jeff.beck", "xaxaxaxaxa");
pub(crate) const TIM: (&str, &str) = ("tim.lee", "Hypertext1989");
const TOKEN: &str = "emulator-api-token";
/// The cookie key of the hooks.
pub(crate) const KEY: &str = "dGhpcyBrZXkgc2VhbHMgdGVzdHMgYW5kIG5vIG1vcmU=";
pub(crate) const CLIENT_SECRET: &str = "hook-client-secret";
const QUICK: &str = "\n[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000\n\
    [[clients]]\nclient_id = \"0oahook\"\ntype = \"web\"\nsecret = \"hook-client-secret\"\n\
    redirect_uris = [\"https://hook.example.com/session/callback\"]\n";

/// Text that several tasks append to.
type Written = Arc<Mutex<String>>;

fn add(to: &Written, text: &str) {
    to.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
}

fn all_of(written: &Written) -> String {
    written.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

pub(crate) struct Fixture {
    pub(crate) emulator: Emulator,
    pub(crate) hook: Hook,
    pub(crate) http: reqwest::Client,
    answers: Written,
    secrets: Mutex<Vec<String>>,
}

/// A running hook, and its output.
pub(crate) struct Hook {
    child: Child,
    pub(crate) address: String,
    pub(crate) internal: String,
    log: Written,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: header::HeaderMap,
    pub(crate) body: Value,
    pub(crate) text: String,
}

impl Answer {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        Self { status, headers, body: serde_json::from_str(&text).unwrap_or(Value::Null), text }
    }

    /// Asserts an error with this status and code, in the format of the contract.
    #[track_caller]
    pub(crate) fn is(&self, status: u16, code: &str) -> &Self {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert_eq!(self.body["requestId"].as_str(), self.headers["x-request-id"].to_str().ok());
        self
    }

    /// Members with errors, and their codes.
    #[track_caller]
    pub(crate) fn fields(&self) -> Vec<(&str, &str)> {
        self.is(400, "invalid_fields");
        let errors = self.body["errors"].as_array().unwrap();
        errors.iter().map(|one| (one["field"].as_str().unwrap(), one["code"].as_str().unwrap())).collect()
    }

    #[track_caller]
    pub(crate) fn ok(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The cookie that it sets, as a browser returns it.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.headers.get("set-cookie")?.to_str().unwrap();
        assert!(set.contains("; Path=/; Secure; HttpOnly; SameSite=Strict"), "{set}");
        Some(set.split(';').next().unwrap().to_owned())
    }
}

/// The hook's command line for this org.
pub(crate) fn command(org: &str, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_okta-backend-hook"));
    command.args(["--org", org, "--origin", PAGE]);
    for address in ["--listen", "--internal-address"] {
        if !more.contains(&address) {
            command.args([address, "127.0.0.1:0"]);
        }
    }
    command
        .args(["--log", "debug", "--group", "00g11eyizklnBxpN42p7,00g11dsz2ebabDtTI2p7"])
        .args(more)
        .env("HOOK_API_TOKEN", TOKEN)
        .env("HOOK_COOKIE_KEYS", KEY)
        .env("HOOK_OIDC_CLIENT_SECRET", CLIENT_SECRET)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

fn collect(from: impl AsyncRead + Unpin + Send + 'static, to: &Written) {
    let (mut lines, to) = (BufReader::new(from).lines(), Arc::clone(to));
    tokio::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            // Fractions of seconds look like codes.
            let line = line.split_once("Z ").map_or(line.as_str(), |(_, rest)| rest);
            add(&to, &format!("{line}\n"));
        }
    });
}

impl Hook {
    pub(crate) async fn start(org: &str, more: &[&str]) -> Self {
        let mut child = command(org, more).spawn().unwrap();
        let log = Written::default();
        collect(child.stderr.take().unwrap(), &log);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut wait_for = async |ready: &str| {
            let line = lines.next_line().await.unwrap();
            let line = line.unwrap_or_else(|| panic!("the hook ended: {}", all_of(&log)));
            format!("http://{}", line.strip_prefix(ready).unwrap())
        };
        let address = wait_for("hook listening on ").await;
        let internal = wait_for("internal listening on ").await;
        Self { child, address, internal, log }
    }

    /// Its output so far.
    #[allow(dead_code, reason = "tests of several servers read it")]
    pub(crate) fn log(&self) -> String {
        all_of(&self.log)
    }

    /// Asks it to stop, and does not wait for that.
    pub(crate) async fn terminate(&self) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    }

    /// Kills it; returns its output.
    #[allow(dead_code, reason = "tests of several servers do")]
    pub(crate) async fn kill(mut self) -> String {
        self.child.kill().await.unwrap();
        all_of(&self.log)
    }

    /// Stops it; returns its output.
    pub(crate) async fn end(mut self) -> String {
        self.terminate().await;
        let ended = tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await;
        let ended = ended.expect("the hook does not end").unwrap();
        assert!(ended.success(), "{ended}");
        // The pipe may still contain output.
        tokio::time::sleep(Duration::from_millis(50)).await;
        all_of(&self.log)
    }
}

impl Fixture {
    pub(crate) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// Starts a hook with these options.
    pub(crate) async fn with(options: &[&str]) -> Self {
        let sample = include_str!("../../../emulator/sample-org.toml");
        let org = Emulator::builder().config_text(format!("{sample}{QUICK}")).page_origin(PAGE).control(true);
        let emulator = org.start().await.unwrap();
        let hook = Hook::start(emulator.url(), options).await;
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        let (answers, secrets) =
            (Written::default(), Mutex::new(vec![TOKEN.to_owned(), KEY.to_owned(), CLIENT_SECRET.to_owned()]));
        Self { emulator, hook, http, answers, secrets }
    }

    /// Registers a text that must not appear in any log.
    pub(crate) fn secret(&self, text: &str) {
        self.secrets.lock().unwrap().push(text.to_owned());
    }

    /// A request of the page to the hook.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.hook.address)).header(header::ORIGIN, PAGE)
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = Answer::of(request.send().await.unwrap()).await;
        add(&self.answers, &format!("{:?}\n{}\n", answer.headers, answer.text));
        answer
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(json_body(self.request(Method::POST, path), body)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// A request to the org: its control interface or another endpoint.
    pub(crate) async fn org(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let url = format!("{}{path}", self.emulator.url());
        let mut request = self.http.request(method, url).header(header::AUTHORIZATION, format!("SSWS {TOKEN}"));
        if path.starts_with("/api/v1/authn") {
            request = request.header(header::ORIGIN, PAGE);
        }
        if let Some(body) = body {
            request = json_body(request, body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Plans a fault at the org.
    pub(crate) async fn plan_fault(&self, method: &str, path: &str, times: u32, fault: Value) {
        let body = json!({ "method": method, "path": path, "times": times, "fault": fault });
        self.control("faults", &body).await;
    }

    /// The paths of the requests that the org received.
    pub(crate) async fn org_requests(&self) -> Vec<String> {
        let lines = self.org(Method::GET, "/control/requests", None).await.body;
        let line = |one: &Value| format!("{} {}", one["method"].as_str().unwrap(), one["path"].as_str().unwrap());
        lines.as_array().unwrap().iter().map(line).collect()
    }

    /// The code in the latest message to this user.
    pub(crate) async fn code(&self, login: &str) -> String {
        let all = self.org(Method::GET, "/control/outbox", None).await.body;
        let last = all.as_array().unwrap().iter().rfind(|message| message["login"] == login).unwrap();
        let code = last["code"].as_str().unwrap().to_owned();
        self.secret(&code);
        code
    }

    /// The current code of this user's app.
    pub(crate) async fn app_code(&self, login: &str, provider: &str) -> String {
        let all = self.org(Method::GET, &format!("/control/codes?login={login}"), None).await.body;
        let code = all.as_array().unwrap().iter().rfind(|code| code["provider"] == provider).unwrap();
        code["code"].as_str().unwrap().to_owned()
    }

    /// Approves the push on this user's phone.
    pub(crate) async fn approve(&self, login: &str) {
        let body = json!({ "login": login, "action": "approve" });
        self.control("push", &body).await;
    }

    /// Posts to the org's control interface.
    pub(crate) async fn control(&self, path: &str, body: &Value) {
        let done = self.org(Method::POST, &format!("/control/{path}"), Some(body)).await;
        assert!(done.status < 300, "{}", done.text);
    }

    /// Signs in at the org; returns the one-time session token.
    pub(crate) async fn session_token(&self, (login, password): (&str, &str)) -> String {
        self.secret(password);
        let body = json!({ "username": login, "password": password });
        let mut answer = self.org(Method::POST, "/api/v1/authn", Some(&body)).await;
        if answer.body["status"] == "MFA_REQUIRED" {
            let state = answer.body["stateToken"].clone();
            let factors = answer.body["_embedded"]["factors"].as_array().unwrap().clone();
            let of = |kind: &str| factors.iter().find(|one| one["factorType"] == kind).map(|one| one["id"].clone());
            let verify = |id: &Value| format!("/api/v1/authn/factors/{}/verify", id.as_str().unwrap());
            answer = if let Some(id) = of("question") {
                let body = json!({ "stateToken": state, "answer": "Blue Bear" });
                self.org(Method::POST, &verify(&id), Some(&body)).await
            } else {
                let (path, body) = (verify(&of("push").unwrap()), json!({ "stateToken": state }));
                self.org(Method::POST, &path, Some(&body)).await.ok(200);
                self.approve(login).await;
                self.org(Method::POST, &path, Some(&body)).await
            };
        }
        let token = answer.body["sessionToken"].as_str().unwrap_or_else(|| panic!("{}", answer.text)).to_owned();
        self.secret(&token);
        token
    }

    /// Signs a user in at the hook.
    pub(crate) async fn signed_in(&self, who: (&str, &str)) -> SignedIn<'_> {
        let token = self.session_token(who).await;
        let opened = self.post("/session", &json!({ "sessionToken": token })).await;
        let cookie = opened.ok(200).cookie().unwrap();
        SignedIn {
            fixture: self,
            cookie: Mutex::new(cookie),
            id: opened.body["user"]["id"].as_str().unwrap().to_owned(),
        }
    }

    /// Stops the hook, and searches its output and responses for secrets. Returns the output.
    pub(crate) async fn end(self) -> String {
        let sessions: Vec<String> = self
            .org_requests()
            .await
            .iter()
            .filter_map(|line| line.split_once("/api/v1/sessions/").map(|(_, id)| id.to_owned()))
            .collect();
        let (log, answers) = (self.hook.end().await, all_of(&self.answers));
        assert!(log.contains("answered"), "the log was collected");
        for secret in self.secrets.into_inner().unwrap().iter().chain(&sessions) {
            assert!(!log.contains(secret.as_str()), "{secret} is in the log:\n{log}");
        }
        for secret in sessions.iter().map(String::as_str).chain([TOKEN, KEY, "_links", "_embedded", "E0000"]) {
            assert!(!answers.contains(secret), "{secret} was answered:\n{answers}");
        }
        assert!(!log.contains("panicked"), "{log}");
        log
    }
}

pub(crate) fn json_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header(header::CONTENT_TYPE, "application/json").body(body.to_string())
}

/// A client with the hook's cookie.
pub(crate) struct SignedIn<'a> {
    pub(crate) fixture: &'a Fixture,
    pub(crate) cookie: Mutex<String>,
    pub(crate) id: String,
}

impl SignedIn<'_> {
    async fn ask(&self, request: RequestBuilder) -> Answer {
        let cookie = self.cookie.lock().unwrap().clone();
        let answer = self.fixture.send(request.header(header::COOKIE, cookie)).await;
        if let Some(cookie) = answer.cookie() {
            *self.cookie.lock().unwrap() = cookie;
        }
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(self.fixture.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(json_body(self.fixture.request(Method::POST, path), &body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.ask(self.fixture.request(Method::DELETE, path)).await
    }

    /// The id of the user's factor of this type.
    pub(crate) async fn factor(&self, factor_type: &str) -> String {
        let factors = self.get("/factors").await.body;
        let found = factors["factors"].as_array().unwrap().iter().find(|one| one["factorType"] == factor_type);
        found.unwrap_or_else(|| panic!("no {factor_type} in {factors}"))["id"].as_str().unwrap().to_owned()
    }
}
