//! The emulator as a process: state across a crash, logs, shutdown.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::{path::Path, process::Stdio};

use reqwest::{Client, Method, redirect::Policy};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader},
    process::{Child, Command},
};

const SEED: &str = "[hashing]\nmemory_kib = 8\niterations = 1\n[limits]\nsign_ins_per_second = 1000\n";

struct Running {
    child: Child,
    address: String,
}

/// Starts it with its state file in this folder.
async fn start(folder: &Path, more: &[&str]) -> Running {
    let config = folder.join("org.toml");
    std::fs::write(&config, format!("{}\n{SEED}", include_str!("../sample-org.toml"))).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_okta-emulator"))
        .args(["--port", "0", "--page-origin", "http://localhost:8080", "--control", "--config"])
        .arg(config)
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).await.unwrap();
    let address = line.trim().strip_prefix("emulator listening on ").unwrap_or_default().to_owned();
    Running { child, address }
}

impl Running {
    async fn post(&self, client: &Client, path: &str, body: Value) -> Value {
        let answer = client.post(format!("{}{path}", self.address)).json(&body).send().await.unwrap();
        answer.json().await.unwrap_or_default()
    }

    async fn get(&self, client: &Client, path: &str) -> Value {
        let answer = client.get(format!("{}{path}", self.address)).send().await.unwrap();
        answer.json().await.unwrap_or_default()
    }

    /// Its output on standard error after it has ended.
    async fn log(mut self) -> String {
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
        self.child.wait().await.unwrap();
        log
    }
}

fn browser() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

async fn sign_in(running: &Running, client: &Client) -> Value {
    let body = json!({ "username": "jeff.beck", "password": "xaxaxaxaxa" });
    running.post(client, "/api/v1/authn", body).await
}

#[tokio::test]
async fn a_code_and_the_key_survive_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let options = ["--state", state.to_str().unwrap()];
    let client = browser();
    let mut first = start(folder.path(), &options).await;
    let keys = first.get(&client, "/oauth2/v1/keys").await;
    let credentials = json!({ "username": "ada.byron", "password": "Analytical1843" });
    let done = first.post(&client, "/api/v1/authn", credentials).await;
    let token = done["sessionToken"].as_str().unwrap();
    // RFC 7636, appendix B.
    let query = "client_id=0oasamplebrowserapp0&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F&response_type=code\
                 &scope=openid&state=s&code_challenge_method=S256\
                 &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let url = format!("{}/oauth2/v1/authorize?{query}&sessionToken={token}", first.address);
    let answer = client.get(url).send().await.unwrap();
    let location = answer.headers()["location"].to_str().unwrap();
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    first.child.kill().await.unwrap();

    let second = start(folder.path(), &options).await;
    assert_eq!(second.get(&client, "/oauth2/v1/keys").await, keys);
    let form = format!(
        "grant_type=authorization_code&client_id=0oasamplebrowserapp0&code={code}\
         &redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    let request = client.post(format!("{}/oauth2/v1/token", second.address));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
    let tokens: Value = request.send().await.unwrap().json().await.unwrap();
    assert!(tokens["id_token"].is_string(), "{tokens}");
}

#[tokio::test]
async fn apps_and_authorization_servers_survive_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let options = ["--state", state.to_str().unwrap()];
    let client = browser();
    let admin = async |method: Method, address: &str, path: &str, body: Value| -> Value {
        let request = client.request(method, format!("{address}/api/v1/{path}"));
        let request = request.header("authorization", "SSWS emulator-api-token").json(&body);
        request.send().await.unwrap().json().await.unwrap_or_default()
    };
    let mut first = start(folder.path(), &options).await;
    let credentials = json!({ "oauthClient": { "client_id": "job" } });
    let settings = json!({ "oauthClient": { "application_type": "service" } });
    let app = json!({ "name": "oidc_client", "label": "Job", "signOnMode": "OPENID_CONNECT",
                      "credentials": credentials, "settings": settings });
    let app = admin(Method::POST, &first.address, "apps", app).await;
    let server = json!({ "name": "Shop", "audiences": ["api://shop"] });
    let server = admin(Method::POST, &first.address, "authorizationServers", server).await;
    let server = format!("authorizationServers/{}", server["id"].as_str().unwrap());
    admin(Method::DELETE, &first.address, "authorizationServers/default", Value::Null).await;
    first.child.kill().await.unwrap();

    let second = start(folder.path(), &options).await;
    let kept = admin(Method::GET, &second.address, "apps/job", Value::Null).await;
    assert_eq!((&kept["credentials"], &kept["settings"]), (&app["credentials"], &app["settings"]));
    assert_eq!(admin(Method::GET, &second.address, &server, Value::Null).await["name"], "Shop");
    let gone = admin(Method::GET, &second.address, "authorizationServers/default", Value::Null).await;
    assert_eq!(gone["errorCode"], "E0000007");
}

#[tokio::test]
async fn acknowledged_changes_survive_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let options = ["--state", state.to_str().unwrap()];
    let client = browser();
    let mut first = start(folder.path(), &options).await;
    let required = sign_in(&first, &client).await;
    let verify = required["_embedded"]["factors"][0]["_links"]["verify"]["href"].as_str().unwrap();
    let verify = verify.strip_prefix(&first.address).unwrap().to_owned();
    first.post(&client, &verify, json!({ "stateToken": required["stateToken"] })).await;
    let done =
        first.post(&client, "/api/v1/authn", json!({ "username": "ada.byron", "password": "Analytical1843" })).await;
    first.child.kill().await.unwrap();

    let second = start(folder.path(), &options).await;
    let messages = second.get(&client, "/control/outbox").await;
    let body = json!({ "stateToken": required["stateToken"], "passCode": messages[0]["code"] });
    assert_eq!(second.post(&client, &verify, body).await["status"], "SUCCESS");
    let token = done["sessionToken"].as_str().unwrap();
    let path = format!("/login/sessionCookieRedirect?token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F");
    let redirect = client.get(format!("{}{path}", second.address)).send().await.unwrap();
    assert_eq!(redirect.status(), 302);
    let cookie = redirect.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    drop(second);

    let third = start(folder.path(), &options).await;
    let session = client.get(format!("{}/api/v1/sessions/me", third.address)).header("cookie", cookie);
    let session: Value = session.send().await.unwrap().json().await.unwrap();
    assert_eq!(session["login"], "ada.byron@example.com");
    assert_eq!(client.post(format!("{}/control/reset", third.address)).send().await.unwrap().status(), 204);
    assert_eq!(third.get(&client, "/control/outbox").await, json!([]));
}

#[tokio::test]
async fn a_sign_in_at_a_provider_survives_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let options = ["--state", state.to_str().unwrap()];
    let client = browser();
    let mut first = start(folder.path(), &options).await;
    let provider = "/sso/idps/0oagoogleprovider000";
    let page = client.get(format!("{}{provider}", first.address)).send().await.unwrap().text().await.unwrap();
    let token = page.split("name=\"state\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    first.post(&client, "/control/card", json!({ "login": "ada.byron" })).await;
    first.child.kill().await.unwrap();

    let second = start(folder.path(), &options).await;
    assert_eq!(second.get(&client, "/control/card").await["login"], "ada.byron@example.com");
    let back = client.post(format!("{}{provider}/callback", second.address));
    let back = back.header("content-type", "application/x-www-form-urlencoded");
    let back = back.body(format!("state={token}&login=ada.byron")).send().await.unwrap();
    let cookie = back.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    drop(second);

    let third = start(folder.path(), &options).await;
    let session = client.get(format!("{}/api/v1/sessions/me", third.address)).header("cookie", cookie);
    let session: Value = session.send().await.unwrap().json().await.unwrap();
    assert_eq!(session["idp"]["type"], "SOCIAL");
}

#[tokio::test]
async fn the_state_file_is_complete_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    let options = ["--state", state.to_str().unwrap()];
    for round in 0..5 {
        let mut running = start(folder.path(), &options).await;
        assert!(running.address.starts_with("http://"), "round {round} starts");
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (client, address) = (browser(), running.address.clone());
            calls.spawn(async move {
                let body = json!({ "username": "jeff.beck", "password": "xaxaxaxaxa" });
                let _ = client.post(format!("{address}/api/v1/authn")).json(&body).send().await;
            });
        }
        // Kill it while other requests run.
        calls.join_next().await.unwrap().unwrap();
        running.child.kill().await.unwrap();
        serde_json::from_slice::<Value>(&std::fs::read(&state).unwrap()).unwrap();
    }
}

#[tokio::test]
async fn an_unreadable_state_file_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join("state.json");
    std::fs::write(&state, "{\"users\": 1}").unwrap();
    let running = start(folder.path(), &["--state", state.to_str().unwrap()]).await;
    let log = running.log().await;
    assert!(log.contains("state.json") && log.contains("Remove the file"), "{log}");
}

#[tokio::test]
async fn json_logs_have_one_object_per_line_and_no_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), &["--log", "trace", "--log-format", "json"]).await;
    let client = browser();
    let required = sign_in(&running, &client).await;
    let body = json!({ "stateToken": required["stateToken"], "answer": "Blue Bear" });
    let factors = required["_embedded"]["factors"].as_array().unwrap();
    let question = factors.iter().find(|factor| factor["factorType"] == "question").unwrap();
    let verify = question["_links"]["verify"]["href"].as_str().unwrap().strip_prefix(&running.address).unwrap();
    let done = running.post(&client, verify, body).await;
    let token = done["sessionToken"].as_str().unwrap().to_owned();
    let path = format!("/login/sessionCookieRedirect?token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F");
    client.get(format!("{}{path}", running.address)).send().await.unwrap();
    let enroll = json!({ "factorType": "token:software:totp", "provider": "GOOGLE" });
    let request = client.post(format!("{}/api/v1/users/ada.byron/factors", running.address)).json(&enroll);
    let pending: Value =
        request.header("authorization", "SSWS emulator-api-token").send().await.unwrap().json().await.unwrap();
    let picture = pending["_embedded"]["activation"]["_links"]["qrcode"]["href"].as_str().unwrap().to_owned();
    client.get(&picture).send().await.unwrap();
    terminate(&running).await;
    let state = required["stateToken"].as_str().unwrap().to_owned();
    let log = running.log().await;
    assert!(log.lines().filter(|line| line.contains("\"answered\"")).count() >= 5, "{log}");
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert!(entry["level"].is_string() && entry["timestamp"].is_string(), "{line}");
    }
    let qr = picture.rsplit('/').next().unwrap();
    for secret in ["xaxaxaxaxa", "Blue Bear", "emulator-api-token", &token, &state, qr] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_container_listens_on_all_addresses_and_asks_itself() {
    let health = async |url: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_okta-emulator"));
        command.args(["health", url]).output().await.unwrap()
    };
    let folder = tempfile::tempdir().unwrap();
    let mut running = start(folder.path(), &["--listen", "0.0.0.0"]).await;
    let port = running.address.rsplit(':').next().unwrap().to_owned();
    // All of 127.0.0.0/8 leads to this machine, and only who listens on all addresses answers there.
    let other = format!("http://127.1.2.3:{port}");
    assert!(health(&other).await.status.success());
    assert!(health(&running.address).await.status.success());
    running.child.kill().await.unwrap();
    let dead = health(&other).await;
    assert_eq!(dead.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&dead.stderr).contains("does not answer"), "{dead:?}");
    assert!(String::from_utf8_lossy(&health("https://localhost").await.stderr).contains("without TLS"));
}

async fn terminate(running: &Running) {
    let id = running.child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
}

#[tokio::test]
async fn a_running_request_is_answered_before_shutdown() {
    let folder = tempfile::tempdir().unwrap();
    let mut running = start(folder.path(), &[]).await;
    let client = browser();
    let fault = json!({ "path": "/api/v1/sessions/me", "times": 1, "fault": { "kind": "delay", "seconds": 1 } });
    running.post(&client, "/control/faults", fault).await;
    let call = tokio::spawn(client.get(format!("{}/api/v1/sessions/me", running.address)).send());
    loop {
        let requests = running.get(&client, "/control/requests").await;
        if requests.as_array().unwrap().iter().any(|one| one["path"] == "/api/v1/sessions/me") {
            break;
        }
        tokio::task::yield_now().await;
    }
    terminate(&running).await;
    assert_eq!(call.await.unwrap().unwrap().status(), 404);
    assert!(running.child.wait().await.unwrap().success());
}

#[tokio::test]
async fn it_stops_with_standard_input_if_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let mut with = start(folder.path(), &["--exit-with-stdin"]).await;
    let client = browser();
    assert!(with.get(&client, "/control/clock").await["now"].is_string());
    drop(with.child.stdin.take());
    assert!(with.child.wait().await.unwrap().success());
}

#[tokio::test]
async fn a_recording_says_where_it_is_and_nothing_of_the_calls() {
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), &[]).await;
    let out = folder.path().join("recording");
    let page = include_str!("../../docs/emulator/recording.md");
    let documented = page.lines().find_map(|line| line.strip_prefix("okta-emulator ")).unwrap();
    let arguments = documented.split(' ').map(|word| match word {
        "https://acme.okta.com" => running.address.as_str(),
        "recording" => out.to_str().unwrap(),
        word => word,
    });
    let mut child = Command::new(env!("CARGO_BIN_EXE_okta-emulator"))
        .args(arguments)
        .args(["--port", "0", "--log", "trace"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut printed = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    printed.read_line(&mut line).await.unwrap();
    let address = line.strip_prefix("recording at ").unwrap().split(' ').next().unwrap().to_owned();
    let proxy = Running { child, address };
    let answer = sign_in(&proxy, &browser()).await;
    let token = answer["stateToken"].as_str().unwrap().to_owned();
    let factor = answer["_embedded"]["factors"][0]["_links"]["verify"]["href"].as_str().unwrap();
    let path = factor.strip_prefix(&proxy.address).unwrap().to_owned();
    proxy.post(&browser(), &path, json!({ "stateToken": token, "answer": "Blue Bear" })).await;
    terminate(&proxy).await;
    let log = proxy.log().await;
    printed.read_line(&mut line).await.unwrap();
    assert!(line.ends_with("2 answers are recorded; 0 pages, pictures and redirects are not\n"), "{line}");
    assert!(log.contains("recorded"), "{log}");
    for secret in [token.as_str(), "jeff.beck", "xaxaxaxaxa", "Blue Bear", path.rsplit('/').nth(1).unwrap()] {
        assert!(!log.contains(secret) && !line.contains(secret), "{secret} is in {line}{log}");
    }
    let file = std::fs::read_to_string(out.join("0001.json")).unwrap();
    assert!(file.contains("MFA_REQUIRED") && !file.contains("jeff.beck"), "{file}");
}

/// The page shows what is printed; `UPDATE_EXPECT=1` writes it.
#[tokio::test]
async fn doctor_prints_what_its_page_shows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/emulator/doctor.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let documented = page.lines().find_map(|line| line.strip_prefix("okta-emulator ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let running = start(folder.path(), &[]).await;
    let run = async |more: &[&str]| {
        let arguments = documented.split(' ').map(|word| word.replace("http://localhost:8081", &running.address));
        Command::new(env!("CARGO_BIN_EXE_okta-emulator")).args(arguments).args(more).output().await.unwrap()
    };
    let output = run(&[]).await;
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap().replace(&running.address, "http://localhost:8081");
    let (before, rest) = page.split_once("```text\n").unwrap();
    let (shown, after) = rest.split_once("```").unwrap();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, format!("{before}```text\n{printed}```{after}")).unwrap();
    } else {
        assert_eq!(shown, printed, "UPDATE_EXPECT=1 writes {}", path.display());
    }

    let json: Value = serde_json::from_slice(&run(&["--json", "--login", "ada.byron"]).await.stdout).unwrap();
    assert_eq!(json["findings"][0]["check"], "reachable");
    assert_eq!(json["findings"][0]["verdict"], "ok");
    let codes =
        [("--page=http://localhost:9090", 1), ("--page=localhost", 2), ("--pages=x", 2), ("--ca=absent.pem", 2)];
    for (option, code) in codes {
        let org = format!("--org={}", running.address);
        let page =
            if option.starts_with("--page=") { [option, "--json"] } else { ["--page=http://localhost:8080", option] };
        let mut doctor = Command::new(env!("CARGO_BIN_EXE_okta-emulator"));
        let output = doctor.args(["doctor", &org]).args(page).output().await.unwrap();
        assert_eq!(output.status.code(), Some(code), "{option}: {output:?}");
    }
}
