//! Sessions by OpenID Connect: what a browser does between page, hook and org, on both engines, and everything that can
//! go wrong on the way. Whatever it is, the browser ends at the page.

use reqwest::{Method, header};
use serde_json::{Value, json};
use url::Url;

use crate::support::{ADA, Answer, Fixture, PAGE, SignedIn};

const OPTIONS: [&str; 4] = ["--oidc-client-id", "0oahook", "--public-url", "https://hook.example.com"];
const LANDING: &str = "http://localhost:8080/account?a=b";
const START: &str = "/session/start?redirect_to=http%3A%2F%2Flocalhost%3A8080%2Faccount%3Fa%3Db";
const DESCRIPTION: &str = "/.well-known/openid-configuration";
const KEYS: &str = "/oauth2/v1/keys";
const TOKEN: &str = "/oauth2/v1/token";

/// A browser: its cookies at the org and at the hook.
struct Browser<'a> {
    fixture: &'a Fixture,
    org: Option<String>,
    start: Option<String>,
}

fn location(answer: &Answer) -> String {
    answer.headers.get("location").unwrap_or_else(|| panic!("{answer:?}")).to_str().unwrap().to_owned()
}

/// The cookie of this name that an answer sets, with its value.
fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let set = lines.filter(|line| line.starts_with(&format!("{name}="))).collect::<Vec<_>>();
    assert!(set.len() < 2, "{set:?}");
    set.first().map(|line| line.split(';').next().unwrap().to_owned())
}

impl<'a> Browser<'a> {
    /// With a session of the org.
    async fn signed_in(fixture: &'a Fixture) -> Self {
        let token = fixture.session_token(ADA).await;
        let path = format!("/login/sessionCookieRedirect?token={token}&redirectUrl={PAGE}/");
        let answer = fixture.org(Method::GET, &path, None).await;
        let lines = answer.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
        let cookies: Vec<&str> = lines.map(|line| line.split(';').next().unwrap()).collect();
        Self { fixture, org: Some(cookies.join("; ")), start: None }
    }

    fn signed_out(fixture: &'a Fixture) -> Self {
        Self { fixture, org: None, start: None }
    }

    /// A navigation to the hook, as the org's redirect makes it.
    async fn hook(&self, path: &str) -> Answer {
        let mut request = self.fixture.http.get(format!("{}{path}", self.fixture.hook.address));
        for (name, value) in
            [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")]
        {
            request = request.header(name, value);
        }
        if let Some(cookie) = &self.start {
            request = request.header(header::COOKIE, cookie);
        }
        self.fixture.send(request).await
    }

    /// Begins; returns the address at the org.
    async fn start(&mut self) -> String {
        let answer = self.hook(START).await;
        let set = answer.ok(303).headers["set-cookie"].to_str().unwrap();
        assert!(set.ends_with("; Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax"), "{set}");
        self.start = cookie(&answer, "__Host-okta-hook-start");
        location(&answer)
    }

    /// Goes to the org; returns the path at the hook that it is sent back to.
    async fn authorize(&self, address: &str) -> String {
        let mut request = self.fixture.http.get(address);
        if let Some(cookie) = &self.org {
            request = request.header(header::COOKIE, cookie);
        }
        let answer = request.send().await.unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        let back = back.strip_prefix("https://hook.example.com").unwrap().to_owned();
        for (name, value) in Url::parse(&format!("https://hook.example.com{back}")).unwrap().query_pairs() {
            if name == "code" || name == "state" {
                self.fixture.secret(&value);
            }
        }
        back
    }

    /// The whole way.
    async fn open(&mut self) -> Answer {
        let address = self.start().await;
        let back = self.authorize(&address).await;
        self.hook(&back).await
    }
}

/// The browser is at the page, and the request is over.
#[track_caller]
fn landed(answer: &Answer) -> Option<String> {
    assert_eq!((answer.ok(303).status, location(answer)), (303, LANDING.to_owned()));
    assert_eq!(cookie(answer, "__Host-okta-hook-start").as_deref(), Some("__Host-okta-hook-start="));
    cookie(answer, "__Host-okta-hook")
}

#[track_caller]
fn landed_without_session(answer: &Answer) {
    assert_eq!(landed(answer), None);
}

#[tokio::test]
async fn a_session_is_opened_on_both_engines() {
    for engine in ["classic", "identity"] {
        let fixture = Fixture::with(&OPTIONS).await;
        fixture.control("users", &json!({ "login": ADA.0, "signOn": "password-only" })).await;
        fixture.control("engine", &json!({ "engine": engine })).await;
        let answer = Browser::signed_in(&fixture).await.open().await;
        let set = answer.headers.get_all("set-cookie").iter().filter_map(|line| line.to_str().ok());
        let set = set.filter(|line| line.starts_with("__Host-okta-hook=")).collect::<Vec<_>>();
        assert!(set[0].ends_with("; Max-Age=1800; Path=/; Secure; HttpOnly; SameSite=Strict"), "{set:?}");
        let cookie = landed(&answer).unwrap();
        let ada = SignedIn { fixture: &fixture, cookie: cookie.into(), id: String::new() };
        let session = ada.get("/session").await;
        assert_eq!(session.ok(200).body["user"]["login"], "ada.byron@example.com", "{engine}");
        ada.get("/factors").await.ok(200);
        ada.post("/proof", json!({ "password": ADA.1 })).await;
        ada.delete("/session").await.ok(204);
        assert!(fixture.end().await.contains("/session/callback"));
    }
}

#[tokio::test]
async fn the_request_has_what_the_flow_needs() {
    let fixture = Fixture::with(&[&OPTIONS[..], &["--oidc-scope", "profile"]].concat()).await;
    let mut browser = Browser::signed_in(&fixture).await;
    let address = Url::parse(&browser.start().await).unwrap();
    assert_eq!(address.path(), "/oauth2/v1/authorize");
    let of = |name: &str| address.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    for (name, value) in [
        ("client_id", "0oahook"),
        ("response_type", "code"),
        ("redirect_uri", "https://hook.example.com/session/callback"),
        ("scope", "openid profile"),
        ("code_challenge_method", "S256"),
        ("prompt", "none"),
    ] {
        assert_eq!(of(name).as_deref(), Some(value), "{name}");
    }
    for name in ["state", "nonce", "code_challenge"] {
        assert_eq!(of(name).unwrap().len(), 43, "{name}");
    }
    fixture.end().await;
}

#[tokio::test]
async fn without_a_session_of_the_org_the_browser_goes_on() {
    let fixture = Fixture::with(&OPTIONS).await;
    landed_without_session(&Browser::signed_out(&fixture).open().await);
    assert!(fixture.end().await.contains("login_required"));
}

#[tokio::test]
async fn errors_of_the_org_are_no_error_pages() {
    let fixture = Fixture::with(&OPTIONS).await;
    for error in ["consent_required", "interaction_required", "access_denied", "made-up-%0Aerror"] {
        let mut browser = Browser::signed_out(&fixture);
        let state = browser.start().await;
        let state = Url::parse(&state).unwrap().query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        landed_without_session(&browser.hook(&format!("/session/callback?state={state}&error={error}")).await);
        landed_without_session(&browser.hook(&format!("/session/callback?state={state}")).await);
        landed_without_session(&browser.hook(&format!("/session/callback?state={state}&code=unknown")).await);
    }
    let log = fixture.end().await;
    assert!(log.contains("consent_required") && log.contains("interaction_required") && !log.contains("made-up"));
}

#[tokio::test]
async fn a_foreign_or_missing_state_opens_nothing() {
    let fixture = Fixture::with(&OPTIONS).await;
    let mut ada = Browser::signed_in(&fixture).await;
    let (address, mut other) = (ada.start().await, Browser::signed_out(&fixture));
    let back = ada.authorize(&address).await;
    other.start().await;
    landed_without_session(&other.hook(&back).await);
    let query = Url::parse(&format!("https://hook.example.com{back}")).unwrap();
    let code = query.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
    landed_without_session(&ada.hook(&format!("/session/callback?code={code}")).await);
    landed_without_session(&ada.hook(&format!("{back}&state=x")).await);
    // Nobody knows where this browser came from.
    for start in [None, Some("__Host-okta-hook-start=forged".to_owned())] {
        let lost = Browser { start, ..Browser::signed_out(&fixture) }.hook(&back).await;
        assert_eq!(location(lost.ok(303)), "http://localhost:8080/");
        assert_eq!(cookie(&lost, "__Host-okta-hook"), None);
    }
    assert!(!fixture.org_requests().await.contains(&format!("POST {TOKEN}")), "no code was sent on");
    assert!(landed(&ada.hook(&back).await).is_some(), "the right browser is still served");
    landed_without_session(&ada.hook(&back).await);
    fixture.end().await;
}

#[tokio::test]
async fn failures_of_the_org_are_no_error_pages() {
    for (method, path, fault) in [
        ("POST", TOKEN, json!({ "kind": "status", "status": 500 })),
        ("POST", TOKEN, json!({ "kind": "truncate" })),
        ("POST", TOKEN, json!({ "kind": "reset" })),
        ("POST", TOKEN, json!({ "kind": "hang" })),
        ("POST", TOKEN, json!({ "kind": "replace", "pointer": "/id_token", "value": "a.b.c" })),
        ("POST", TOKEN, json!({ "kind": "replace", "pointer": "/id_token", "value": null })),
        ("GET", KEYS, json!({ "kind": "status", "status": 404 })),
        ("GET", KEYS, json!({ "kind": "replace", "pointer": "/keys", "value": [] })),
        ("GET", KEYS, json!({ "kind": "replace", "pointer": "/keys", "value": 7 })),
    ] {
        let fixture = Fixture::with(&[&OPTIONS[..], &["--org-timeout", "1"]].concat()).await;
        let mut browser = Browser::signed_in(&fixture).await;
        fixture.plan_fault(method, path, 3, fault).await;
        landed_without_session(&browser.open().await);
        assert!(fixture.end().await.contains("no session is opened"));
    }
}

#[tokio::test]
async fn an_org_that_does_not_describe_itself_is_not_gone_to() {
    for (fault, status, code) in [
        (json!({ "kind": "status", "status": 500 }), 502, "org_failed"),
        (json!({ "kind": "reset" }), 503, "org_unreachable"),
        (json!({ "kind": "replace", "pointer": "/issuer", "value": "https://evil.org" }), 502, "org_failed"),
        (json!({ "kind": "replace", "pointer": "/token_endpoint", "value": "https://evil.org/x" }), 502, "org_failed"),
        (
            json!({ "kind": "replace", "pointer": "/jwks_uri", "value": "http://localhost.evil.org/" }),
            502,
            "org_failed",
        ),
    ] {
        let fixture = Fixture::with(&OPTIONS).await;
        fixture.plan_fault("GET", DESCRIPTION, 3, fault).await;
        let answer = Browser::signed_out(&fixture).hook(START).await;
        assert_eq!(location(answer.ok(303)), LANDING);
        assert!(answer.headers.get("set-cookie").is_none());
        fixture.get(START).await.is(status, code);
        fixture.end().await;
    }
}

#[tokio::test]
async fn new_keys_of_the_org_are_read() {
    let fixture = Fixture::with(&OPTIONS).await;
    fixture.plan_fault("GET", KEYS, 1, json!({ "kind": "status", "status": 404 })).await;
    landed_without_session(&Browser::signed_in(&fixture).await.open().await);
    assert!(landed(&Browser::signed_in(&fixture).await.open().await).is_some(), "a failure is not kept");
    assert!(landed(&Browser::signed_in(&fixture).await.open().await).is_some());
    let read = fixture.org_requests().await.iter().filter(|line| **line == format!("GET {KEYS}")).count();
    assert_eq!(read, 2, "keys are kept");
    fixture.end().await;
}

#[tokio::test]
async fn only_known_pages_are_landed_on_and_no_script_begins() {
    let fixture = Fixture::with(&OPTIONS).await;
    let browser = Browser::signed_out(&fixture);
    for target in ["", "/x", "https://evil.org/", "https%3A%2F%2Fhook.example.com%2Fsession%2Fstart"] {
        let answer = browser.hook(&format!("/session/start?redirect_to={target}")).await;
        assert_eq!(answer.fields(), [("redirect_to", "invalid")]);
    }
    assert_eq!(browser.hook("/session/start").await.fields(), [("redirect_to", "invalid")]);
    assert_eq!(browser.hook(&format!("{START}&redirect_to=x")).await.fields(), [("redirect_to", "invalid")]);
    let with = |name: &'static str, value: &'static str| {
        fixture.http.get(format!("{}{START}", fixture.hook.address)).header(name, value)
    };
    for (name, value) in [
        ("sec-fetch-mode", "no-cors"),
        ("sec-fetch-dest", "iframe"),
        ("sec-fetch-dest", "image"),
        ("origin", "https://evil.org"),
    ] {
        fixture.send(with(name, value)).await.is(403, "origin_not_allowed");
    }
    // A page that asks learns that the hook is there, and nothing begins.
    let asked = fixture.get(START).await;
    assert_eq!(asked.ok(204).headers["access-control-allow-origin"], PAGE);
    assert!(asked.headers.get("set-cookie").is_none());
    fixture.end().await;
}

#[tokio::test]
async fn without_a_client_there_are_no_such_addresses() {
    let fixture = Fixture::start().await;
    fixture.get(START).await.is(404, "not_found");
    Browser::signed_out(&fixture).hook(START).await.is(404, "not_found");
    Browser::signed_out(&fixture).hook("/session/callback?code=x").await.is(404, "not_found");
    fixture.end().await;
}

#[tokio::test]
async fn a_session_ends_with_its_user_and_signing_out_ends_the_orgs() {
    let fixture = Fixture::with(&OPTIONS).await;
    let mut browser = Browser::signed_in(&fixture).await;
    let cookie = landed(&browser.open().await).unwrap();
    let ada = SignedIn { fixture: &fixture, cookie: cookie.clone().into(), id: String::new() };
    ada.delete("/session").await.ok(204);
    landed_without_session(&browser.open().await);
    let mut again = Browser::signed_in(&fixture).await;
    let ada = SignedIn { fixture: &fixture, cookie: landed(&again.open().await).unwrap().into(), id: String::new() };
    let id = ada.get("/session").await.body["user"]["id"].as_str().unwrap().to_owned();
    fixture.org(Method::POST, &format!("/api/v1/users/{id}/lifecycle/suspend"), Some(&json!({}))).await.ok(200);
    ada.get("/session").await.is(401, "not_signed_in");
    fixture.end().await;
}

#[tokio::test]
async fn a_factor_that_is_newer_than_the_sign_in_proves_nothing() {
    let fixture = Fixture::with(&OPTIONS).await;
    let mut browser = Browser::signed_in(&fixture).await;
    let first =
        SignedIn { fixture: &fixture, cookie: landed(&browser.open().await).unwrap().into(), id: String::new() };
    let before = first.get("/session").await.body["user"]["id"].clone();
    // A new session of the hook for the old one of the org is as old as that.
    fixture.control("clock/advance", &json!({ "seconds": 60 })).await;
    let path = format!("/api/v1/users/{}/factors?activate=true", before.as_str().unwrap());
    let body = json!({ "factorType": "sms", "provider": "OKTA", "profile": { "phoneNumber": "+1-555-415-1337" } });
    let enrolled = fixture.org(Method::POST, &path, Some(&body)).await.body;
    let id = enrolled["id"].as_str().unwrap_or_else(|| panic!("{enrolled}"));
    let second =
        SignedIn { fixture: &fixture, cookie: landed(&browser.open().await).unwrap().into(), id: String::new() };
    second.post(&format!("/factors/{id}/verify"), json!({})).await.ok(200);
    let code = fixture.code("ada.byron").await;
    second.post(&format!("/factors/{id}/verify"), json!({ "passCode": code })).await;
    assert_eq!(second.get("/session").await.body["provedUntil"], Value::Null);
    fixture.end().await;
}

#[tokio::test]
async fn too_many_sessions_from_one_address_are_no_error_page() {
    let fixture = Fixture::with(&[&OPTIONS[..], &["--sessions-per-minute", "1"]].concat()).await;
    let mut browser = Browser::signed_in(&fixture).await;
    assert!(landed(&browser.open().await).is_some());
    let answer = browser.hook(START).await;
    assert_eq!(location(answer.ok(303)), LANDING);
    fixture.end().await;
}
