//! The control interface, and that it is off by default.

use okta_emulator::Emulator;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AUTHN, TestOrg};

#[tokio::test]
async fn it_is_off_by_default() {
    let config = "[org]\nname = \"x\"\n[hashing]\nmemory_kib = 8\n";
    let emulator = Emulator::builder().config_text(config).start().await.unwrap();
    for path in ["/control/", "/control/outbox"] {
        let answer = reqwest::get(format!("{}{path}", emulator.url())).await.unwrap();
        assert_eq!(answer.status(), 404);
    }
}

#[tokio::test]
async fn its_page_loads_nothing_from_other_hosts() {
    let org = TestOrg::start().await;
    let page = org.control(Method::GET, "", None).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("color-scheme: light dark"));
    assert!(!page.text().contains("https://"), "nothing external");
}

#[tokio::test]
async fn requests_are_listed_in_order_with_their_status() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.sign_in("ada.byron", "wrong").await;
    browser.get("/api/v1/sessions/me").await;
    org.plan_fault("GET", "/api/v1/sessions/me", json!({ "kind": "reset" })).await;
    assert!(browser.request(Method::GET, "/api/v1/sessions/me").send().await.is_err());
    let seen = org.control(Method::GET, "requests", None).await.body;
    let expected = json!([
        { "method": "POST", "path": AUTHN, "status": 401 },
        { "method": "GET", "path": "/api/v1/sessions/me", "status": 404 },
        { "method": "GET", "path": "/api/v1/sessions/me", "status": Value::Null },
    ]);
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn planned_faults_happen_as_often_as_planned() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let sign_in = async || browser.sign_in("ada.byron", "Analytical1843").await;

    org.plan_fault("POST", AUTHN, json!({ "kind": "status", "status": 502 })).await;
    let html = sign_in().await;
    assert_eq!(html.status, 502);
    assert!(html.header("content-type").starts_with("text/html"));
    assert_eq!(html.header("access-control-allow-origin"), crate::support::PAGE);
    sign_in().await.is("SUCCESS");

    org.plan_fault("POST", AUTHN, json!({ "kind": "rate-limit" })).await;
    let limited = sign_in().await;
    limited.is_error(429, "E0000047");
    assert_eq!(limited.header("x-rate-limit-remaining"), "0");

    org.plan_fault("POST", AUTHN, json!({ "kind": "truncate" })).await;
    let half = sign_in().await;
    assert_eq!((half.status, &half.body), (200, &Value::Null));
    assert!(half.text().starts_with('{'));

    org.plan_fault("POST", AUTHN, json!({ "kind": "replace", "pointer": "/_embedded/user", "value": null })).await;
    let without_user = sign_in().await;
    assert_eq!((without_user.status, &without_user.body["_embedded"]["user"]), (200, &Value::Null));
    assert_eq!(without_user.body["status"], "SUCCESS");

    org.plan_fault("POST", AUTHN, json!({ "kind": "delay", "seconds": 0.01 })).await;
    sign_in().await.is("SUCCESS");

    org.plan_fault("POST", AUTHN, json!({ "kind": "hold" })).await;
    let release = async {
        while org.control(Method::GET, "requests", None).await.body[6] == Value::Null {}
        org.control(Method::DELETE, "faults", None).await
    };
    let (held, _released) = tokio::join!(sign_in(), release);
    held.is("SUCCESS");

    org.plan_fault("POST", AUTHN, json!({ "kind": "hang" })).await;
    let body = json!({ "username": "ada.byron", "password": "Analytical1843" });
    let waiting =
        browser.request(Method::POST, AUTHN).json(&body).timeout(std::time::Duration::from_millis(200)).send();
    assert!(waiting.await.unwrap_err().is_timeout());

    // Only this method and path, and only once.
    org.plan_fault("GET", AUTHN, json!({ "kind": "reset" })).await;
    sign_in().await.is("SUCCESS");
    org.plan_fault("POST", AUTHN, json!({ "kind": "reset" })).await;
    org.control(Method::DELETE, "faults", None).await;
    sign_in().await.is("SUCCESS");
}

#[tokio::test]
async fn a_broken_connection_is_reset_and_not_closed() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let org = TestOrg::start().await;
    org.plan_fault("GET", "/x", json!({ "kind": "reset" })).await;
    let host = org.address().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream.write_all(format!("GET /x HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
    let error = stream.read(&mut [0; 16]).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn an_origin_can_be_trusted_later() {
    let org = TestOrg::start().await;
    for (origin, status) in [("http://localhost:9000", 204), ("nonsense", 400), ("http://localhost:9000/path", 400)] {
        let answer = org.control(Method::POST, "trusted-origins", Some(json!({ "origin": origin }))).await;
        assert_eq!(answer.status, status, "{origin}");
    }
    let url = format!("{}/api/v1/sessions/me", org.address());
    let answer = reqwest::Client::new().get(url).header("origin", "http://localhost:9000").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "http://localhost:9000");
}

#[tokio::test]
async fn expired_objects_are_removed() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let counts = async || org.control(Method::GET, "counts", None).await.body;
    for _ in 0..2 {
        for _ in 0..50 {
            browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is("MFA_REQUIRED");
            browser.sign_in("ada.byron", "Analytical1843").await.is("SUCCESS");
        }
        assert_eq!((&counts().await["transactions"], &counts().await["sessionTokens"]), (&json!(50), &json!(50)));
        org.advance(700).await;
        browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
        assert_eq!((&counts().await["transactions"], &counts().await["sessionTokens"]), (&json!(0), &json!(0)));
    }
}

#[tokio::test]
async fn a_reset_restores_the_initial_state() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let began = org.control(Method::GET, "users", None).await.body;
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    browser.verify(&required, "sms", json!({})).await.is("MFA_CHALLENGE");
    org.admin(Method::POST, "users/jeff.beck/lifecycle/reset_factors", None).await;
    org.admin(Method::DELETE, "users/emmy.noether", None).await;
    org.advance(60).await;
    assert_eq!(org.control(Method::POST, "reset", Some(json!({}))).await.status, 204);
    assert_eq!(org.control(Method::GET, "users", None).await.body, began);
    assert_eq!(org.control(Method::GET, "outbox", None).await.body, json!([]));
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    browser.post(AUTHN, json!({ "stateToken": required.body["stateToken"] })).await.is_error(401, "E0000011");
    browser.sign_in("ada.byron", "Analytical1843").await.is("SUCCESS");
}

/// The status of a reset, sent with these headers.
async fn status_of_reset(org: &TestOrg, headers: &[(&str, &str)]) -> u16 {
    let mut request = reqwest::Client::new().post(format!("{}/control/reset", org.address()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().status().as_u16()
}

/// How much there is to be reset.
async fn number_of_transactions(org: &TestOrg) -> Value {
    org.control(Method::GET, "counts", None).await.body["transactions"].clone()
}

#[tokio::test]
async fn pages_of_other_origins_change_nothing() {
    let org = TestOrg::start().await;
    org.browser().sign_in("jeff.beck", "xaxaxaxaxa").await.is("MFA_REQUIRED");
    let port = org.address().rsplit(':').next().unwrap();
    let other_host = format!("http://127.0.0.1:{port}");
    for origin in ["http://evil.example", "null", crate::support::PAGE, &other_host, "", "http://localhost"] {
        assert_eq!(status_of_reset(&org, &[("origin", origin)]).await, 403, "{origin}");
    }
    let own = org.address();
    assert_eq!(status_of_reset(&org, &[("origin", own), ("origin", "http://evil.example")]).await, 403);
    assert_eq!(number_of_transactions(&org).await, 1);
    assert_eq!(status_of_reset(&org, &[("origin", own)]).await, 204);
    assert_eq!(number_of_transactions(&org).await, 0);
}

#[tokio::test]
async fn it_is_not_there_under_names_that_can_resolve_to_any_machine() {
    let org = TestOrg::start().await;
    let port = org.address().rsplit(':').next().unwrap();
    for host in ["evil.example", "localhost.evil.example", "notlocalhost", "192.168.0.1", "[fe80::1]", "0.0.0.0"] {
        for path in ["", "phone", "outbox", "nothing"] {
            let url = format!("{}/control/{path}", org.address());
            let request = reqwest::Client::new().get(url).header("host", format!("{host}:{port}"));
            assert_eq!(request.send().await.unwrap().status(), 403, "{host} {path}");
        }
        // A page of that name has its origin.
        let (host, origin) = (format!("{host}:{port}"), format!("http://{host}:{port}"));
        assert_eq!(status_of_reset(&org, &[("host", &host), ("origin", &origin)]).await, 403, "{host}");
    }
    for host in ["localhost", "LOCALHOST", "org.localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(status_of_reset(&org, &[("host", &format!("{host}:{port}"))]).await, 204, "{host}");
    }
    // The org itself has any name: clients may reach it through one.
    let url = format!("{}/api/v1/sessions/me", org.address());
    let answer = reqwest::Client::new().get(url).header("host", "org.example").send().await.unwrap();
    assert_eq!(answer.status(), 404);
}

#[tokio::test]
async fn a_request_names_its_host_exactly_once() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let org = TestOrg::start().await;
    let host = org.address().trim_start_matches("http://");
    for (hosts, status) in [
        (String::new(), "403"),
        (format!("Host: {host}\r\nHost: evil.example\r\n"), "403"),
        (format!("Host: {host}\r\n"), "200"),
    ] {
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let request = format!("GET /control/counts HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer.split(' ').nth(1), Some(status), "{hosts:?}: {answer}");
    }
}
