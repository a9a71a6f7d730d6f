//! Operation: start, health checks, metrics, shutdown.

use reqwest::Method;
use serde_json::json;

use crate::support::{ADA, Fixture, PAGE, command};

#[tokio::test]
async fn health_and_metrics_are_on_a_separate_address() {
    let fixture = Fixture::start().await;
    let internal = async |path: &str| {
        let answer = fixture.http.get(format!("{}{path}", fixture.hook.internal)).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(internal("/healthz").await, (200, "alive\n".to_owned()));
    let before = fixture.org_requests().await.len();
    for _ in 0..5 {
        assert_eq!(internal("/readyz").await, (200, "ready\n".to_owned()));
    }
    assert_eq!(fixture.org_requests().await.len(), before + 1, "the org is not hammered");
    let ada = fixture.signed_in(ADA).await;
    ada.get("/factors").await.ok(200);
    let (_, figures) = internal("/metrics").await;
    for expected in [
        "okta_hook_requests_total{method=\"GET\",path=\"/factors\",status=\"200\"} 1",
        "okta_hook_org_requests_total{call=\"list factors\",outcome=\"ok\"} 1",
    ] {
        assert!(figures.contains(expected), "{expected} is not in {figures}");
    }
    assert!(!figures.contains(&ada.id));
    for path in ["/healthz", "/readyz", "/metrics"] {
        fixture.get(path).await.is(404, "not_found");
    }
    fixture.end().await;
}

#[tokio::test]
async fn responses_have_their_headers() {
    let fixture = Fixture::start().await;
    for path in ["/registration", "/session", "/nothing"] {
        let answer = fixture.get(path).await;
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("referrer-policy", "no-referrer"),
            ("vary", "Origin"),
            ("strict-transport-security", "max-age=63072000"),
            ("access-control-allow-origin", PAGE),
        ] {
            assert_eq!(answer.headers[name], value, "{path}");
        }
    }
    fixture.end().await;
    let fixture = Fixture::with(&["--hsts-subdomains"]).await;
    let headers = fixture.get("/registration").await.headers;
    assert_eq!(headers["strict-transport-security"], "max-age=63072000; includeSubDomains");
    fixture.end().await;
}

#[tokio::test]
async fn configuration_mistakes_are_reported_at_start() {
    let fixture = Fixture::start().await;
    let org = fixture.emulator.url().to_owned();
    let output_of = async |org: &str, more: &[&str], token: &str| {
        let mut command = command(org, more);
        let output = command.env("HOOK_API_TOKEN", token).output().await.unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        String::from_utf8(output.stderr).unwrap()
    };
    let wrong_token = output_of(&org, &[], "00wrong-token-of-an-org").await;
    assert!(wrong_token.contains("does not know it") && !wrong_token.contains("00wrong"), "{wrong_token}");
    assert!(output_of(&org, &[], "").await.contains("Create one in the org"));
    assert!(
        output_of(&org, &["--group", "00gUnknown"], "emulator-api-token").await.contains("has no group 00gUnknown")
    );
    assert!(output_of("http://localhost:1", &[], "emulator-api-token").await.contains("can't be reached"));
    assert!(output_of("http://example.okta.com", &[], "x").await.contains("--org: "));
    assert!(output_of(&org, &["--origin", "*"], "x").await.contains("--origin: "));
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "challenge-secret").unwrap();
    let challenge = ["--challenge", "turnstile", "--challenge-site-key", "k", "--challenge-secret-file"];
    for (wrong, about) in [
        (["--challenge-url", "http://challenge.example/"], "--challenge-url: "),
        (["--challenge-score", "2"], "--challenge-score is "),
    ] {
        let options = [&challenge[..], &[secret.path().to_str().unwrap()], &wrong].concat();
        let told = output_of(&org, &options, "x").await;
        assert!(told.contains(about) && !told.contains("challenge-secret\n"), "{told}");
    }
    fixture.end().await;
}

#[tokio::test]
async fn several_servers_share_sessions() {
    let fixture = Fixture::start().await;
    let other = crate::support::Hook::start(fixture.emulator.url(), &[]).await;
    let ada = fixture.signed_in(ADA).await;
    let cookie = ada.cookie.lock().unwrap().clone();
    let request =
        fixture.http.get(format!("{}/session", other.address)).header("origin", PAGE).header("cookie", cookie);
    fixture.send(request).await.ok(200);
    other.end().await;
    fixture.end().await;
}

#[tokio::test]
async fn a_hook_that_drains_says_so_and_still_answers() {
    let fixture = Fixture::start().await;
    let hook = crate::support::Hook::start(fixture.emulator.url(), &["--drain", "60"]).await;
    let ask = async |url: String| fixture.http.get(url).header("origin", PAGE).send().await.unwrap();
    assert_eq!(ask(format!("{}/readyz", hook.internal)).await.status(), 200);
    hook.terminate().await;
    while ask(format!("{}/readyz", hook.internal)).await.status() == 200 {
        tokio::task::yield_now().await;
    }
    assert_eq!(ask(format!("{}/healthz", hook.internal)).await.status(), 200);
    let answer = ask(format!("{}/registration", hook.address)).await;
    assert_eq!((answer.status().as_u16(), &answer.headers()["connection"]), (200, &"close".parse().unwrap()));
    // The second signal ends it long before the minute is over.
    hook.end().await;
    fixture.end().await;
}

#[tokio::test]
async fn running_requests_are_answered_before_shutdown() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    fixture.plan_fault("GET", &path, 1, json!({ "kind": "delay", "seconds": 1 })).await;
    let cookie = ada.cookie.lock().unwrap().clone();
    let slow = fixture.request(Method::GET, "/factors").header("cookie", cookie).send();
    let slow = tokio::spawn(slow);
    while !fixture.org_requests().await.contains(&format!("GET {path}")) {
        tokio::task::yield_now().await;
    }
    drop(ada);
    fixture.end().await;
    assert_eq!(slow.await.unwrap().unwrap().status(), 200);
}
