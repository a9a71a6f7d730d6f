//! Common response headers, CORS, and malformed requests.

use reqwest::{Client, Method, header};
use serde_json::json;

use crate::support::{AUTHN, Answer, PAGE, TestOrg};

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn cors_allows_credentials_for_trusted_origins_only() {
    let org = TestOrg::start().await;
    let from = async |origin: &str, method: Method| {
        let request = Client::new()
            .request(method, format!("{}{AUTHN}", org.address()))
            .header(header::ORIGIN, origin)
            .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
            .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,x-okta-user-agent-extended")
            .json(&json!({ "username": "a", "password": "b" }));
        Answer::of(request.send().await.unwrap()).await
    };
    for method in [Method::POST, Method::OPTIONS] {
        let trusted = from(PAGE, method.clone()).await;
        assert_eq!(trusted.header("access-control-allow-origin"), PAGE);
        assert_eq!(trusted.header("access-control-allow-credentials"), "true");
        assert_eq!(trusted.header("vary"), "Origin");
        assert!(trusted.header("x-okta-request-id").len() > 10);
        let other = from("http://localhost:9999", method).await;
        assert_eq!(other.header("access-control-allow-origin"), "");
        assert_eq!(other.header("access-control-allow-credentials"), "");
        assert_eq!(other.header("vary"), "Origin");
    }
    let preflight = from(PAGE, Method::OPTIONS).await;
    assert_eq!(preflight.status, 204);
    assert!(preflight.header("access-control-allow-methods").contains("DELETE"));
    let allowed = preflight.header("access-control-allow-headers").to_lowercase();
    for name in [
        "content-type",
        "accept",
        "x-okta-user-agent-extended",
        "x-device-fingerprint",
        "x-typing-pattern",
        "x-okta-xsrftoken",
    ] {
        assert!(allowed.contains(name), "{name}");
    }
}

#[tokio::test]
async fn the_device_cookie_is_set_once() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let first = browser.sign_in("ada.byron", "Analytical1843").await;
    let cookie = first.header("set-cookie");
    assert!(cookie.starts_with("DT=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert_eq!(browser.sign_in("ada.byron", "Analytical1843").await.header("set-cookie"), "");
}

#[tokio::test]
async fn malformed_requests_are_refused_with_a_reason() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let send = async |method: Method, path: &str, headers: &[(&str, &str)], body: &str| {
        let mut request = browser.request(method, path).body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request.send().await.unwrap()).await
    };
    send(Method::GET, "/api/v1/nothing", &[], "").await.is_error(404, "E0000008");
    send(Method::GET, "/", &[], "").await.is_error(404, "E0000008");
    send(Method::GET, AUTHN, &[], "").await.is_error(405, "E0000022");
    send(Method::PUT, AUTHN, &[JSON], "{}").await.is_error(405, "E0000022");
    send(Method::POST, AUTHN, &[("content-type", "text/plain")], "{}").await.is_error(415, "E0000021");
    send(Method::POST, AUTHN, &[], "{}").await.is_error(400, "E0000018");
    send(Method::POST, AUTHN, &[JSON, ("accept", "text/html")], "{}").await.is_error(406, "E0000122");
    for body in ["{", "[]", "\"text\"", "{\"username\": 1, \"password\": \"x\"}"] {
        send(Method::POST, AUTHN, &[JSON], body).await.is_error(400, "E0000003");
    }
    for body in ["{}", "{\"username\": \"a\"}"] {
        let missing = send(Method::POST, AUTHN, &[JSON], body).await;
        missing.is_error(400, "E0000028");
        assert!(missing.body["errorCauses"][0]["errorSummary"].as_str().is_some());
    }
    let large = format!("{{\"username\": \"{}\"}}", "x".repeat(100_000));
    send(Method::POST, AUTHN, &[JSON], &large).await.is_error(400, "E0000003");
}

#[tokio::test]
async fn a_post_needs_a_content_length() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let org = TestOrg::start().await;
    let host = org.address().trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream
        .write_all(format!("POST {AUTHN} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 411 "), "{answer}");
}

#[tokio::test]
async fn the_error_for_a_port_in_use_names_the_port_option() {
    let org = TestOrg::start().await;
    let port: u16 = org.address().rsplit(':').next().unwrap().parse().unwrap();
    let config = "[org]\nname = \"x\"\n[hashing]\nmemory_kib = 8\n";
    let builder = okta_emulator::Emulator::builder().config_text(config).port(port);
    let error = builder.start().await.unwrap_err().to_string();
    assert!(error.contains(&port.to_string()) && error.contains("--port"), "{error}");
}
