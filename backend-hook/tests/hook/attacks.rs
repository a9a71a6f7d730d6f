//! Attacks: each must be refused with the right status and without a request to the org.

use okta_backend_hook::cookie::{Contents, Sealer};
use reqwest::{Method, header};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::{
    registration::registration_body,
    support::{ADA, Fixture, JEFF, KEY, PAGE, json_body},
};

#[tokio::test]
async fn another_users_factor_is_not_found_without_a_request_to_the_org() {
    let fixture = Fixture::start().await;
    let (ada, jeff) = (fixture.signed_in(ADA).await, fixture.signed_in(JEFF).await);
    let id = jeff.factor("sms").await;
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    for odd in ["..%2f..%2fusers", "%2e%2e", "a%0d%0aX-A:b", "sms;x", "%00", &"a".repeat(65)] {
        ada.delete(&format!("/factors/{odd}")).await.is(404, "not_found");
    }
    let before = fixture.org_requests().await.len();
    ada.post(&format!("/factors/{id}/verify"), json!({})).await.is(404, "not_found");
    ada.post(&format!("/factors/{id}/verify"), json!({ "passCode": "1" })).await.is(404, "not_found");
    ada.post(&format!("/factors/{id}/activate"), json!({ "passCode": "1" })).await.is(404, "not_found");
    ada.post(&format!("/factors/{id}/resend"), json!({})).await.is(404, "not_found");
    ada.get(&format!("/factors/{id}/transactions/v2abc")).await.is(404, "not_found");
    ada.delete(&format!("/factors/{id}")).await.is(404, "not_found");
    let requests = fixture.org_requests().await;
    assert!(requests.len() > before);
    assert!(!requests.iter().any(|line| line.contains(&id)), "{requests:?}");
    assert!(
        requests[before..].iter().all(|line| !line.contains(&jeff.id) || line.contains("/sessions/")),
        "{requests:?}"
    );
    fixture.end().await;
}

#[tokio::test]
async fn other_origins_are_refused_before_the_body_is_read() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let (cookie, url) = (ada.cookie.lock().unwrap().clone(), |path: &str| format!("{}{path}", fixture.hook.address));
    for origin in ["https://evil.example", "null", "http://localhost:8080.evil.example", "http://localhost:808"] {
        for (method, path) in [(Method::POST, "/proof"), (Method::GET, "/factors"), (Method::OPTIONS, "/factors")] {
            let request = fixture.http.request(method, url(path)).header(header::ORIGIN, origin);
            let request = request.header("access-control-request-method", "POST").header(header::COOKIE, &cookie);
            let refused = fixture.send(json_body(request, &json!({ "password": "x" }))).await;
            refused.is(403, "origin_not_allowed");
            assert!(refused.headers.get("access-control-allow-origin").is_none());
        }
    }
    for method in [Method::POST, Method::GET] {
        let request = fixture.http.request(method, url("/session")).header(header::COOKIE, &cookie);
        fixture.send(json_body(request, &json!({}))).await.is(403, "origin_not_allowed");
    }
    let own = fixture.http.get(url("/session")).header(header::COOKIE, &cookie).header("sec-fetch-site", "same-origin");
    fixture.send(own).await.ok(200);
    let raw =
        format!("GET /session HTTP/1.1\r\nHost: h\r\nOrigin: {PAGE}\r\nOrigin: {PAGE}\r\nConnection: close\r\n\r\n");
    assert!(raw_answer(&fixture, &raw).await.starts_with("HTTP/1.1 403 "));
    let preflight = fixture.request(Method::OPTIONS, "/factors").header("access-control-request-method", "POST");
    let allowed = fixture.send(preflight).await;
    assert_eq!(allowed.ok(204).headers["access-control-allow-origin"], PAGE);
    assert_eq!(allowed.headers["access-control-allow-credentials"], "true");
    fixture.end().await;
}

async fn raw_answer(fixture: &Fixture, request: &str) -> String {
    let host = fixture.hook.address.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn only_json_of_limited_size_and_depth_is_accepted() {
    let fixture = Fixture::start().await;
    let post = |content_type: &'static str, body: String| {
        let request = fixture.request(Method::POST, "/session").header(header::CONTENT_TYPE, content_type).body(body);
        fixture.send(request)
    };
    for content_type in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"] {
        post(content_type, "sessionToken=x".to_owned()).await.is(415, "unsupported_media_type");
    }
    fixture.send(fixture.request(Method::POST, "/session").body("{}")).await.is(415, "unsupported_media_type");
    let long = json!({ "sessionToken": "x".repeat(16 * 1024) }).to_string();
    post("application/json", long.clone()).await.is(413, "too_large");
    let chunk = format!("{:x}\r\n{long}\r\n0\r\n\r\n", long.len());
    let head = format!("POST /session HTTP/1.1\r\nHost: h\r\nOrigin: {PAGE}\r\nContent-Type: application/json\r\n");
    let chunked = format!("{head}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}");
    assert!(raw_answer(&fixture, &chunked).await.starts_with("HTTP/1.1 413 "));
    let many = format!("{head}X-Long: {}\r\n\r\n", "x".repeat(64 * 1024));
    assert!(raw_answer(&fixture, &many).await.starts_with("HTTP/1.1 431 "));
    for malformed in ["{\"a\":".repeat(9), "[".repeat(8000), "[]".to_owned(), "\"x\"".to_owned(), "{".to_owned()] {
        post("application/json", malformed).await.is(400, "malformed");
    }
    assert_eq!(
        post("application/json", "{\"sessionToken\":\"x\",\"user\":\"00u1\"}".to_owned()).await.fields(),
        [("user", "unknown_field")]
    );
    fixture.get("/nothing").await.is(404, "not_found");
    fixture.send(json_body(fixture.request(Method::PUT, "/session"), &json!({}))).await.is(405, "method_not_allowed");
    assert_eq!(fixture.org_requests().await.len(), 3, "the start-up, and nothing since");
    fixture.end().await;
}

#[tokio::test]
async fn cookies_cannot_be_forged_changed_or_reused_after_sign_out() {
    let fixture = Fixture::start().await;
    let (ada, jeff) = (fixture.signed_in(ADA).await, fixture.signed_in(JEFF).await);
    let cookie = ada.cookie.lock().unwrap().clone();
    let with = |cookie: String| fixture.send(fixture.request(Method::GET, "/session").header(header::COOKIE, cookie));
    with(cookie.clone()).await.ok(200);
    fixture.get("/session").await.is(401, "not_signed_in");
    let at = cookie.len() - 5;
    let changed = format!("{}{}{}", &cookie[..at], if &cookie[at..=at] == "A" { "B" } else { "A" }, &cookie[at + 1..]);
    for forged in [changed, "__Host-okta-hook=".to_owned(), format!("okta-hook={}", &cookie[17..])] {
        with(forged).await.is(401, "not_signed_in");
    }
    // Sealed with another key; and, with the right key, for the session of another user.
    let contents = |session: &str, expires| Contents {
        user: jeff.id.clone(),
        session: Some(session.to_owned()),
        opened: 0,
        expires,
        proved_until: Some(i64::MAX),
        sent_push: None,
    };
    let sealed = |key: &str, contents: &Contents| {
        let keys = Sealer::from_keys(&key.to_owned().into()).unwrap();
        format!("__Host-okta-hook={}", keys.seal(contents).unwrap())
    };
    let opened = |cookie: &str| {
        let keys = Sealer::from_keys(&KEY.to_owned().into()).unwrap();
        keys.open(cookie.trim_start_matches("__Host-okta-hook=")).unwrap()
    };
    let own = opened(&cookie);
    let other_key = "YW5vdGhlciBrZXkgdGhhdCBub2JvZHkga25vd3Mgb2Y=";
    with(sealed(other_key, &contents(own.session.as_deref().unwrap(), i64::MAX))).await.is(401, "not_signed_in");
    with(sealed(KEY, &contents(own.session.as_deref().unwrap(), i64::MAX))).await.is(401, "not_signed_in");
    with(sealed(KEY, &contents("102unknown", i64::MAX))).await.is(401, "not_signed_in");
    with(sealed(KEY, &Contents { expires: 1, ..own })).await.is(401, "not_signed_in");
    ada.delete("/session").await.ok(204);
    with(cookie).await.is(401, "not_signed_in");
    fixture.end().await;
}

#[tokio::test]
async fn a_session_token_works_once() {
    let fixture = Fixture::start().await;
    let token = fixture.session_token(ADA).await;
    let open = async |token: &str| fixture.post("/session", &json!({ "sessionToken": token })).await;
    open(&token).await.ok(200);
    open(&token).await.is(401, "session_token_invalid");
    open("20111BRxe-iyWLZ0TnEN7zwaNTZ9LaY4tf3").await.is(401, "session_token_invalid");
    assert_eq!(open("").await.fields(), [("sessionToken", "required")]);
    fixture.end().await;
}

#[tokio::test]
async fn names_do_not_become_headers_or_attributes() {
    let fixture = Fixture::start().await;
    for (change, field, code) in [
        (json!({ "firstName": "Mary\r\nSet-Cookie: admin=1" }), "firstName", "invalid"),
        (json!({ "lastName": "a\u{0}b" }), "lastName", "invalid"),
        (json!({ "firstName": "Mary\u{202e}nimda" }), "firstName", "invalid"),
        (json!({ "login": "mary\u{2066}s" }), "login", "invalid"),
        (json!({ "email": "mary@example.com\nBcc: all@example.com" }), "email", "invalid"),
        (json!({ "__proto__": { "admin": true } }), "__proto__", "unknown_field"),
        (json!({ "x\r\nSet-Cookie: a": 1 }), "?", "unknown_field"),
        (json!({ "userType": "admin" }), "userType", "unknown_field"),
    ] {
        let refused = fixture.post("/registration", &registration_body(change)).await;
        assert_eq!(refused.fields(), [(field, code)]);
        assert!(refused.headers.get("set-cookie").is_none());
    }
    fixture.end().await;
}

#[tokio::test]
async fn a_burst_of_registrations_is_rate_limited() {
    let fixture = std::sync::Arc::new(Fixture::start().await);
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..8 {
        let fixture = std::sync::Arc::clone(&fixture);
        clients.spawn(async move {
            let mut statuses = Vec::new();
            for number in 0..125 {
                let body = registration_body(json!({ "email": format!("burst.{client}.{number}@example.com") }));
                let answer = fixture.post("/registration", &body).await;
                if answer.status != 201 {
                    let wait = answer.is(429, "rate_limited").headers["retry-after"].to_str().unwrap().to_owned();
                    assert_eq!(answer.body["retryAfter"], wait.parse::<u64>().unwrap());
                }
                statuses.push(answer.status);
            }
            statuses
        });
    }
    let statuses = clients.join_all().await.concat();
    assert_eq!(statuses.len(), 1000);
    let made = statuses.iter().filter(|status| **status == 201).count();
    // The burst, plus one for each six seconds since.
    assert!((10..=20).contains(&made), "{made} were let through");
    let at_the_org = fixture.org_requests().await.iter().filter(|line| *line == "POST /api/v1/users").count();
    assert_eq!(at_the_org, made);
    std::sync::Arc::into_inner(fixture).unwrap().end().await;
}

#[tokio::test]
async fn proofs_are_rate_limited_by_user() {
    let fixture = Fixture::with(&["--proofs-per-minute", "3"]).await;
    let ada = fixture.signed_in(ADA).await;
    for _ in 0..3 {
        ada.post("/proof", json!({ "password": "guess" })).await.is(403, "wrong_password");
    }
    ada.post("/proof", json!({ "password": ADA.1 })).await.is(429, "rate_limited");
    ada.post("/password", json!({ "oldPassword": ADA.1, "newPassword": "Notes1843Engine" }))
        .await
        .is(429, "rate_limited");
    fixture.end().await;
}

#[tokio::test]
async fn forwarded_addresses_count_only_from_trusted_proxies() {
    for (options, expected) in [(&["--trusted-proxies", "1"][..], 201), (&[][..], 429)] {
        let fixture = Fixture::with(&[options, &["--registrations-per-minute", "1"]].concat()).await;
        let register = async |from: &str, number: usize| {
            let body: Value = registration_body(json!({ "email": format!("proxied.{number}@example.com") }));
            let request = fixture.request(Method::POST, "/registration").header("x-forwarded-for", from);
            fixture.send(json_body(request, &body)).await.status
        };
        assert_eq!(register("203.0.113.1", 1).await, 201);
        assert_eq!(register("203.0.113.2", 2).await, expected);
        assert_eq!(register("198.51.100.7, 203.0.113.2", 3).await, 429);
        fixture.end().await;
    }
}

#[tokio::test]
async fn a_request_has_one_host() {
    let fixture = Fixture::start().await;
    let request =
        |hosts: &str| format!("GET /registration HTTP/1.1\r\n{hosts}Origin: {PAGE}\r\nConnection: close\r\n\r\n");
    assert!(raw_answer(&fixture, &request("Host: h\r\n")).await.starts_with("HTTP/1.1 200 "));
    for hosts in ["", "Host: h\r\nHost: h\r\n", "Host: h\r\nHost: evil.example\r\n"] {
        let answer = raw_answer(&fixture, &request(hosts)).await;
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("\"malformed\""), "{answer}");
    }
    fixture.end().await;
}

#[tokio::test]
async fn failed_proofs_are_in_the_log_with_user_and_client() {
    let fixture = Fixture::start().await;
    let (ada, jeff) = (fixture.signed_in(ADA).await, fixture.signed_in(JEFF).await);
    for guess in ["guess-of-ada", "guess-of-jeff", "918273"] {
        fixture.secret(guess);
    }
    ada.post("/proof", json!({ "password": "guess-of-ada" })).await.is(403, "wrong_password");
    let change = json!({ "oldPassword": "guess-of-ada", "newPassword": "Notes1843Engine" });
    ada.post("/password", change).await.is(403, "wrong_password");
    let change = json!({ "password": "guess-of-ada", "question": "Where?", "answer": "Somerset" });
    ada.post("/recovery-question", change).await.is(403, "wrong_password");
    let (question, app) = (jeff.factor("question").await, jeff.factor("token:software:totp").await);
    jeff.post(&format!("/factors/{question}/verify"), json!({ "answer": "guess-of-jeff" }))
        .await
        .is(403, "wrong_answer");
    jeff.post(&format!("/factors/{app}/verify"), json!({ "passCode": "918273" })).await.is(403, "wrong_code");
    fixture.post("/session", &json!({ "sessionToken": "guessed-token" })).await.is(401, "session_token_invalid");
    let (ada, jeff) = (ada.id.clone(), jeff.id.clone());
    let log = fixture.end().await;
    let failures = |user: &str, by: &str| {
        let line = |line: &&str| line.contains("a proof failed") && line.contains(user) && line.contains(by);
        log.lines().filter(line).filter(|line| line.contains("client=127.0.0.1")).count()
    };
    assert_eq!(
        (failures(&ada, "password"), failures(&jeff, "question"), failures(&jeff, "token:software:totp")),
        (3, 1, 1)
    );
    assert!(log.contains("client=127.0.0.1") && log.contains("a session token is not valid"), "{log}");
    assert!(!log.contains("guessed-token"));
}

/// Opens a connection from this address, and sends a head without its end.
#[cfg(target_os = "linux")]
async fn partial_head(fixture: &Fixture, from: &str) -> tokio::net::TcpStream {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    let hook = fixture.hook.address.trim_start_matches("http://").parse().unwrap();
    let mut stream = socket.connect(hook).await.unwrap();
    stream.write_all(b"GET /registration HTTP/1.1\r\nHost: h\r\nX-Slow: ").await.unwrap();
    stream
}

/// Linux has all of 127.0.0.0/8 without a set-up.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_client_cannot_take_the_connections_of_others() {
    let fixture = Fixture::with(&["--connections-per-address", "8"]).await;
    let mut open = Vec::new();
    for _ in 0..8 {
        open.push(partial_head(&fixture, "127.0.0.9").await);
    }
    let mut refused = partial_head(&fixture, "127.0.0.9").await;
    let mut nothing = Vec::new();
    // Closed at once: an end, or a reset because of what was sent.
    let ended = refused.read_to_end(&mut nothing).await;
    assert!(ended.map_or(true, |length| length == 0), "{nothing:?}");
    fixture.get("/registration").await.ok(200);
    let internal = fixture.http.get(format!("{}/metrics", fixture.hook.internal)).send().await.unwrap();
    assert!(internal.text().await.unwrap().contains("okta_hook_connections_refused_total 1\n"));
    fixture.end().await;
}
