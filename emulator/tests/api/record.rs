//! A recording of an org whose every value is personal: the proxy works for clients, nothing personal is in the files, and
//! the same value has the same replacement. The files stay in target/tmp/recording, where `cargo xtask test` replays them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use data_encoding::{BASE64, BASE64URL_NOPAD};
use okta_emulator::{RecordOptions, Recorder};
use percent_encoding::percent_decode_str;
use reqwest::{Client, Method, header};
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, Browser, PAGE, TestOrg};

/// What is personal beside everything that contains `personal`.
const PERSONAL: [&str; 13] = [
    "personal",
    "4155557182",
    "4155558293",
    "4155559304",
    "4155557405",
    "5557182",
    "58213",
    "localhost",
    "127.0.0.1",
    "marge",
    "secret-",
    "XXX-7182",
    "8293\"",
];

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

async fn recorder(org: &TestOrg, out: PathBuf) -> Recorder {
    let options = RecordOptions {
        upstream: org.address().to_owned(),
        page_origins: vec![PAGE.to_owned()],
        out,
        ..RecordOptions::default()
    };
    Recorder::start(&options).await.unwrap()
}

/// The text of all files, in order.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// A client that goes through the proxy and notes every string that it gets, and what it sends.
struct Witness {
    browser: Browser,
    seen: BTreeSet<String>,
}

impl Witness {
    fn note(&mut self, answer: Answer) -> Answer {
        strings(&answer.body, &mut self.seen);
        answer
    }

    async fn post(&mut self, path: &str, body: Value) -> Answer {
        strings(&body, &mut self.seen);
        let answer = self.browser.post(path, body).await;
        self.note(answer)
    }

    async fn get(&mut self, path: &str) -> Answer {
        let answer = self.browser.get(path).await;
        self.note(answer)
    }

    async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let options = json!({ "warnBeforePasswordExpired": true, "multiOptionalFactorEnroll": true });
        self.post(AUTHN, json!({ "username": login, "password": password, "options": options })).await
    }

    async fn follow(&mut self, answer: &Answer, link: &Value, members: Value) -> Answer {
        strings(&members, &mut self.seen);
        let answer = self.browser.follow(answer, link, members).await;
        self.note(answer)
    }

    async fn go(&mut self, answer: &Answer, relation: &str, members: Value) -> Answer {
        let link = &answer.body["_links"][relation];
        let link = if link.is_array() { link[0].clone() } else { link.clone() };
        self.follow(answer, &link, members).await
    }
}

fn strings(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|value| strings(value, found)),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::String(text) => {
            found.insert(text.clone());
        }
        _ => {}
    }
}

/// Tokens, ids, codes and keys in what a client saw: runs of characters with both letters and digits, or digits alone.
fn secrets(seen: &BTreeSet<String>) -> BTreeSet<String> {
    let is_run = |run: &&str| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let is_error = run.len() == 8 && run.starts_with("E0000");
        run.len() >= 6 && digits > 0 && !is_error && !["base32", "oauth2"].contains(run)
    };
    let runs = seen.iter().flat_map(|text| text.split(|char: char| !char.is_ascii_alphanumeric() && char != '_'));
    runs.filter(is_run).map(str::to_owned).collect()
}

/// What else a file could hide: percent-encoded, and base64 of whatever length.
fn readings(text: &str) -> Vec<String> {
    let mut readings = vec![text.to_lowercase(), percent_decode_str(text).decode_utf8_lossy().to_lowercase()];
    for run in text.split(|char: char| !char.is_ascii_alphanumeric() && !"+/=-_".contains(char)) {
        let bare = run.trim_end_matches('=');
        let decoded = BASE64URL_NOPAD.decode(bare.as_bytes()).or_else(|_| BASE64.decode(run.as_bytes()));
        if let Ok(decoded) = decoded {
            readings.push(String::from_utf8_lossy(&decoded).to_lowercase());
        }
    }
    readings
}

#[tokio::test]
async fn nothing_personal_is_in_a_recording() {
    let org = TestOrg::of(include_str!("record/personal.toml")).await;
    let out = folder("recording");
    let mut recorder = recorder(&org, out.clone()).await;
    let address = recorder.address().to_owned();
    let mut witness = Witness { browser: Browser::at(&address), seen: BTreeSet::new() };

    discover(&mut witness).await;
    prove(&mut witness, &org).await;
    enroll(&mut witness).await;
    change_passwords(&mut witness).await;
    recover(&mut witness, &org).await;
    use_tokens(&mut witness, &address).await;
    administer(&mut witness, &address).await;
    org.plan_fault("POST", AUTHN, json!({ "kind": "status", "status": 502 })).await;
    assert_eq!(witness.sign_in("marge.personal", "Personal-Secret-1").await.status, 502);
    org.plan_fault("POST", AUTHN, json!({ "kind": "rate-limit" })).await;
    witness.sign_in("marge.personal", "Personal-Secret-1").await.is_error(429, "E0000047");
    recorder.stop().await;

    let files = files(&out);
    assert_eq!(files.len(), recorder.counts().written());
    assert!(files.len() > 60, "{} files", files.len());
    let secrets = secrets(&witness.seen);
    assert!(secrets.len() > 100, "{} secrets were seen", secrets.len());
    for (name, text) in &files {
        let numbered = name.strip_suffix(".json").map(|stem| stem.strip_suffix(".webfinger").unwrap_or(stem));
        assert!(numbered.is_some_and(|number| number.parse::<usize>().is_ok()), "{name}");
        let readings = readings(text);
        for personal in PERSONAL {
            let personal = personal.to_lowercase();
            assert!(!readings.iter().any(|reading| reading.contains(&personal)), "{personal} is in {name}:\n{text}");
        }
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} is in {name}:\n{text}");
        }
    }
    check_consistency(&files);
}

/// `WebFinger`, the security image, the engine, and what has no body or is not JSON.
async fn discover(witness: &mut Witness) {
    for path in [
        "/.well-known/okta-organization",
        "/.well-known/webfinger?resource=okta:acct:marge.personal@personal-mail.example&requestContext=%2Fpersonal",
        "/.well-known/webfinger?resource=okta:acct:x@personal-partner.example",
        "/login/getimage?username=marge.personal",
        "/api/v1/registration/form",
        "/.well-known/openid-configuration",
        "/oauth2/auspersonalserver0000/.well-known/oauth-authorization-server",
        "/api/v1/personal",
    ] {
        witness.get(path).await;
    }
    witness.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
}

/// Every factor that can be proved without a device.
async fn prove(witness: &mut Witness, org: &TestOrg) {
    witness.sign_in("marge.personal@personal-mail.example", "Personal-Wrong").await.is_error(401, "E0000004");
    witness.sign_in("nobody.personal", "Personal-Wrong").await.is_error(401, "E0000004");
    for (factor, wrong, right) in [
        ("question", json!({ "answer": "PERSONAL wrong" }), Some(json!({ "answer": "PERSONAL answer" }))),
        ("sms", json!({ "passCode": "777000" }), None),
        ("call", json!({ "passCode": "77700" }), None),
        ("email", json!({ "passCode": "777000" }), None),
    ] {
        let required = witness.sign_in("marge.personal", "Personal-Secret-1").await;
        required.is("MFA_REQUIRED");
        let link = required.factor(factor)["_links"]["verify"].clone();
        let proof = if let Some(answer) = right {
            witness.follow(&required, &link, wrong).await.is_error(403, "E0000068");
            answer
        } else {
            let challenge = witness.follow(&required, &link, json!({})).await;
            challenge.is("MFA_CHALLENGE");
            witness.go(&challenge, "next", wrong).await.is_error(403, "E0000068");
            json!({ "passCode": org.last_code("marge.personal").await })
        };
        witness.follow(&required, &link, proof).await.is("SUCCESS");
    }
    let required = witness.sign_in("marge.personal", "Personal-Secret-1").await;
    witness.go(&required, "cancel", json!({})).await;
    let required = witness.sign_in("marge.personal", "Personal-Secret-1").await;
    for factor in ["push", "web", "assertion:saml2"] {
        let link = required.factor(factor)["_links"]["verify"].clone();
        let challenge = witness.follow(&required, &link, json!({})).await;
        challenge.is("MFA_CHALLENGE");
        if factor == "push" {
            witness.go(&challenge, "next", json!({})).await;
            org.control(Method::POST, "push", Some(json!({ "login": "marge.personal", "action": "deny" }))).await;
            assert_eq!(witness.go(&challenge, "next", json!({})).await.body["factorResult"], "REJECTED");
        }
        witness.go(&challenge, "prev", json!({})).await.is("MFA_REQUIRED");
    }
    let code = org.app_code("marge.personal", "GOOGLE").await;
    let link = required.factor("token:software:totp")["_links"]["verify"].clone();
    let href = format!("{}?rememberDevice=true", link["href"].as_str().unwrap());
    let token = required.body["stateToken"].clone();
    witness.post(&href, json!({ "stateToken": token, "passCode": code })).await.is("SUCCESS");
    witness.post(AUTHN, json!({ "stateToken": token })).await.is_error(401, "E0000011");
}

/// Enrolments, with a secret, pictures, a phone and an answer.
async fn enroll(witness: &mut Witness) {
    let list = witness.sign_in("enrolling.personal", "Personal-Secret-3").await;
    list.is("MFA_ENROLL");
    let factors = list.body["_embedded"]["factors"].as_array().unwrap().clone();
    for (factor, provider, profile) in [
        ("token:software:totp", "GOOGLE", json!({})),
        ("push", "OKTA", json!({})),
        ("webauthn", "FIDO", json!({})),
        ("web", "DUO", json!({})),
        ("email", "OKTA", json!({})),
        ("sms", "OKTA", json!({ "phoneNumber": "+14155557405" })),
    ] {
        let item = factors.iter().find(|one| one["factorType"] == factor && one["provider"] == provider).unwrap();
        let body = json!({ "factorType": factor, "provider": provider, "profile": profile });
        let started = witness.follow(&list, &item["_links"]["enroll"], body).await;
        started.is("MFA_ENROLL_ACTIVATE");
        let picture = started.body.pointer("/_embedded/factor/_embedded/activation/_links/qrcode/href");
        if let Some(picture) = picture.and_then(Value::as_str) {
            assert!(picture.starts_with(witness.browser.address()), "{picture}");
            assert!(witness.get(picture).await.bytes.starts_with(b"\x89PNG"));
        }
        witness.go(&started, "prev", json!({})).await.is("MFA_ENROLL");
    }
    let item = factors.iter().find(|one| one["factorType"] == "question").unwrap();
    let questions = item["_links"]["questions"]["href"].as_str().unwrap();
    assert!(witness.get(questions).await.body.as_array().unwrap().len() > 10);
    let profile = json!({ "question": "disliked_food", "answer": "PERSONAL food" });
    let body = json!({ "factorType": "question", "provider": "OKTA", "profile": profile });
    witness.follow(&list, &item["_links"]["enroll"], body).await.is("MFA_ENROLL");
}

async fn change_passwords(witness: &mut Witness) {
    for (login, password, status) in [
        ("warned.personal", "Personal-Secret-4", "PASSWORD_WARN"),
        ("expired.personal", "Personal-Secret-5", "PASSWORD_EXPIRED"),
    ] {
        let answer = witness.sign_in(login, password).await;
        answer.is(status);
        let weak = json!({ "oldPassword": password, "newPassword": "personal" });
        witness.go(&answer, "next", weak).await.is_error(403, "E0000080");
        let wrong = json!({ "oldPassword": "Personal-Wrong", "newPassword": "Changed-Secret-9" });
        witness.go(&answer, "next", wrong).await.is_error(403, "E0000014");
        let right = json!({ "oldPassword": password, "newPassword": "Changed-Secret-9" });
        witness.go(&answer, "next", right).await.is("SUCCESS");
    }
    witness.sign_in("locked.personal", "Personal-Secret-6").await.is("LOCKED_OUT");
    witness.sign_in("consent.personal", "Personal-Secret-7").await.is("CONSENT_REQUIRED");
    witness.sign_in("profile.personal", "Personal-Secret-8").await.is("PROFILE_REQUIRED");
    witness.post(AUTHN, json!({ "token": "personal-activation-58213" })).await.is("PASSWORD_RESET");
    witness.post(AUTHN, json!({ "token": "personal-activation-00000" })).await.is_error(401, "E0000004");
}

async fn recover(witness: &mut Witness, org: &TestOrg) {
    for channel in ["SMS", "CALL", "EMAIL"] {
        let body = json!({ "username": "marge.personal", "factorType": channel, "relayState": "/personal/58213" });
        let challenge = witness.post(&format!("{AUTHN}/recovery/password"), body).await;
        challenge.is("RECOVERY_CHALLENGE");
        let recovery = if channel == "EMAIL" {
            let sent = org.messages("marge.personal").await;
            let link = sent.last().unwrap()["link"].as_str().unwrap();
            let token = link.split_once("recoveryToken=").unwrap().1;
            witness.post(&format!("{AUTHN}/recovery/token"), json!({ "recoveryToken": token })).await
        } else {
            let code = org.last_code("marge.personal").await;
            witness.go(&challenge, "next", json!({ "passCode": code })).await
        };
        recovery.is("RECOVERY");
        witness.go(&recovery, "next", json!({ "answer": "PERSONAL wrong" })).await.is_error(403, "E0000087");
        witness.go(&recovery, "next", json!({ "answer": "PERSONAL recovery answer" })).await.is("PASSWORD_RESET");
    }
}

/// A session, and the tokens of OpenID Connect.
async fn use_tokens(witness: &mut Witness, address: &str) {
    let done = witness.sign_in("plain.personal", "Personal-Secret-2").await;
    done.is("SUCCESS");
    let redirect = witness.browser.redirect(&done).await;
    assert_eq!((redirect.status, redirect.header("location")), (302, "http://localhost:8080/"));
    assert_eq!(witness.get("/api/v1/sessions/me").await.body["status"], "ACTIVE");
    assert_eq!(witness.get("/api/v1/users/me").await.status, 200);
    // RFC 7636, appendix B.
    let query = "client_id=0oapersonalclient0000&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F&response_type=code\
                 &scope=openid%20profile&state=personal&code_challenge_method=S256&nonce=personal\
                 &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    let answer = witness.get(&format!("/oauth2/v1/authorize?{query}")).await;
    let location = answer.header("location");
    let code = location.split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let form = format!(
        "grant_type=authorization_code&client_id=0oapersonalclient0000&code={code}\
         &redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    let post = |path: &str, form: String| {
        let request = Client::new().post(format!("{address}{path}"));
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)
    };
    let tokens = Answer::of(post("/oauth2/v1/token", form.clone()).send().await.unwrap()).await;
    let tokens = witness.note(tokens);
    let access = tokens.body["access_token"].as_str().unwrap().to_owned();
    let user = Client::new().get(format!("{address}/oauth2/v1/userinfo")).bearer_auth(access);
    let user = Answer::of(user.send().await.unwrap()).await;
    assert!(user.body["sub"].is_string(), "{user:?}");
    witness.note(user);
    let again = Answer::of(post("/oauth2/v1/token", form).send().await.unwrap()).await;
    assert_eq!(witness.note(again).body["error"], "invalid_grant");
    witness.get("/oauth2/v1/keys").await;
}

async fn administer(witness: &mut Witness, address: &str) {
    for path in [
        "users?limit=2&q=personal",
        "users/marge.personal@personal-mail.example",
        "groups",
        "policies?type=PASSWORD",
        "users/00upersonalmarge00000/factors",
        "users/00upersonalmarge00000/groups",
        "idps",
        "apps",
        "trustedOrigins",
        "authorizationServers/auspersonalserver0000/scopes",
        "users/personal-nobody",
    ] {
        let request = Client::new().get(format!("{address}/api/v1/{path}"));
        let request = request.header("authorization", "SSWS personal-api-token-58213");
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert!(answer.status == 200 || answer.status == 404, "{path}: {}", answer.body);
        witness.note(answer);
    }
    let profile = json!({ "login": "made.personal@personal-mail.example", "email": "made.personal@personal-mail.example",
                          "firstName": "PERSONALMADE", "lastName": "PERSONALLAST", "personalAttribute": "PERSONAL value" });
    let request = Client::new().post(format!("{address}/api/v1/users")).json(&json!({ "profile": profile }));
    let made = request.header("authorization", "SSWS personal-api-token-58213").send().await.unwrap();
    let made = Answer::of(made).await;
    assert_eq!(witness.note(made).status, 200);
}

/// One person has one id and one login in all files, and a link leads to the id of its factor.
fn check_consistency(files: &[(String, String)]) {
    let mut logins = BTreeSet::new();
    let mut linked = 0;
    for (name, text) in files {
        let file: Value = serde_json::from_str(text).unwrap();
        let body = &file["answer"]["response"];
        let user = &body["_embedded"]["user"];
        if let Some(id) = user["id"].as_str() {
            assert!(id.starts_with("00u"), "{name}: {id}");
            logins.insert((id.to_owned(), user["profile"]["login"].to_string()));
        }
        for factor in body["_embedded"]["factors"].as_array().into_iter().flatten() {
            if let (Some(id), Some(href)) = (factor["id"].as_str(), factor["_links"]["verify"]["href"].as_str()) {
                assert!(href.starts_with("https://org.example/api/v1/authn/factors/"), "{name}: {href}");
                assert!(href.ends_with(&format!("/factors/{id}/verify")), "{name}: {href} is not of {id}");
                linked += 1;
            }
        }
        assert!(file["request"].as_str().unwrap().contains(" https://org.example/"), "{name}");
    }
    let ids: BTreeSet<_> = logins.iter().map(|(id, _)| id).collect();
    assert!(ids.len() >= 7 && ids.len() == logins.len(), "{logins:?}");
    assert!(linked > 30, "{linked} links");
}

#[tokio::test]
async fn a_page_stays_on_the_proxy() {
    let org = TestOrg::start().await;
    org.control(Method::POST, "switches", Some(json!({ "crossSiteCookies": true }))).await;
    let recorder = recorder(&org, folder("recording-of-a-page")).await;
    let browser = Browser::at(recorder.address());
    let answer = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    answer.is("MFA_REQUIRED");
    assert!(!answer.text().contains(org.address()), "{}", answer.text());
    assert!(answer.text().contains(recorder.address()));
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    let from = async |origin: &str| {
        let request = Client::new().request(Method::OPTIONS, format!("{}{AUTHN}", recorder.address()));
        let request = request.header(header::ORIGIN, origin).header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
        let request = request.header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,x-any");
        Answer::of(request.send().await.unwrap()).await
    };
    let preflight = from(PAGE).await;
    assert_eq!(preflight.header("access-control-allow-headers"), "content-type,x-any");
    assert_eq!(preflight.header("access-control-allow-origin"), PAGE);
    assert_eq!(from("http://localhost:9999").await.header("access-control-allow-origin"), "");
    // A sign-out comes back to the proxy when it is told to.
    let back = browser.get(&format!("/login/signout?fromURI={PAGE}%2Fx")).await;
    assert_eq!(back.header("location"), format!("{PAGE}/x"));
    let elsewhere = Client::new().get(format!("{}/", recorder.address())).header(header::HOST, "evil.example");
    assert_eq!(elsewhere.send().await.unwrap().status(), 403);
}

#[tokio::test]
async fn a_recording_that_cannot_begin_says_why() {
    let full = folder("recording-that-is-there");
    fs::create_dir_all(&full).unwrap();
    fs::write(full.join("0001.json"), "{}").unwrap();
    let org = "https://acme.okta.com";
    for (upstream, page, out, says) in [
        ("acme.okta.com", PAGE, "new", "--upstream is written like"),
        ("http://acme.okta.com", PAGE, "new", "--upstream is written like"),
        ("https://acme.okta.com/api", PAGE, "new", "--upstream is written like"),
        (org, "localhost", "new", "--page-origin is written like"),
        (org, PAGE, full.to_str().unwrap(), "is not empty"),
    ] {
        let options = RecordOptions {
            upstream: upstream.to_owned(),
            page_origins: vec![page.to_owned()],
            out: if out == "new" { folder("recording-that-is-not") } else { out.into() },
            ..RecordOptions::default()
        };
        let error = Recorder::start(&options).await.unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    let org = TestOrg::start().await;
    let out = folder("recording-of-nothing");
    let address = { org.address().to_owned() };
    let gone = recorder(&org, out).await;
    drop(org);
    let answer =
        Answer::of(Client::new().get(format!("{}/api/v1/sessions/me", gone.address())).send().await.unwrap()).await;
    assert!(
        answer.status == 502 && answer.body["error"].as_str().unwrap().contains("could not be reached"),
        "{answer:?}"
    );
    assert!(!answer.text().contains(&address), "{}", answer.text());
}
