//! Planned faults that change, lose or replace a response. `control.rs` has those that only delay or refuse.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, Browser, PAGE, TestOrg};

const ADA: (&str, &str) = ("ada.byron", "Analytical1843");
const JEFF: (&str, &str) = ("jeff.beck", "xaxaxaxaxa");

async fn sign_in(org: &TestOrg, fault: Value) -> Answer {
    org.plan_fault("POST", AUTHN, fault).await;
    org.browser().sign_in(ADA.0, ADA.1).await
}

async fn counts(org: &TestOrg, name: &str) -> Value {
    org.control(Method::GET, "counts", None).await.body[name].clone()
}

/// Sends the password; the response can't be read to its end.
async fn broken_sign_in(browser: &Browser) -> reqwest::Error {
    let body = json!({ "username": ADA.0, "password": ADA.1 });
    match browser.request(Method::POST, AUTHN).json(&body).send().await {
        Ok(response) => response.bytes().await.unwrap_err(),
        Err(error) => error,
    }
}

#[tokio::test]
async fn an_answer_in_place_of_the_org() {
    let org = TestOrg::start().await;
    let portal = json!({ "kind": "answer", "contentType": "text/html", "body": "<h1>Welcome</h1>" });
    let portal = sign_in(&org, portal).await;
    assert_eq!((portal.status, portal.text().as_str()), (200, "<h1>Welcome</h1>"));
    assert_eq!(portal.header("content-type"), "text/html");
    assert_eq!(portal.header("access-control-allow-origin"), PAGE);
    let empty = sign_in(&org, json!({ "kind": "answer", "status": 503 })).await;
    assert_eq!((empty.status, empty.text().as_str(), empty.header("content-type")), (503, "", ""));
    assert_eq!(counts(&org, "sessionTokens").await, 0, "the org did not get the requests");
}

#[tokio::test]
async fn a_header_beside_another_fault() {
    let org = TestOrg::start().await;
    org.plan_fault("POST", AUTHN, json!({ "kind": "header", "name": "retry-after", "value": "7" })).await;
    let busy = sign_in(&org, json!({ "kind": "status", "status": 503 })).await;
    assert_eq!((busy.status, busy.header("retry-after")), (503, "7"));
}

#[tokio::test]
async fn a_response_that_is_lost_or_breaks_off_was_given() {
    for (kind, gets_half) in [("lose", false), ("reset-midway", true)] {
        let org = TestOrg::start().await;
        org.plan_fault("POST", AUTHN, json!({ "kind": kind })).await;
        let error = broken_sign_in(&org.browser()).await;
        assert_eq!(error.is_body() || error.is_decode(), gets_half, "{kind}: {error:?}");
        assert_eq!(counts(&org, "sessionTokens").await, 1, "{kind}: the org has handled the request");
        org.browser().sign_in(ADA.0, ADA.1).await.is("SUCCESS");
    }
}

#[tokio::test]
async fn a_request_that_arrives_twice() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let token = browser.sign_in(JEFF.0, JEFF.1).await.body["stateToken"].clone();
    org.plan_fault("POST", "/api/v1/authn/cancel", json!({ "kind": "twice" })).await;
    let second = browser.post("/api/v1/authn/cancel", json!({ "stateToken": token })).await;
    second.is_error(401, "E0000011");
    assert_eq!(counts(&org, "transactions").await, 0);
}

#[tokio::test]
async fn a_body_in_pieces() {
    let org = TestOrg::start().await;
    let start = Instant::now();
    sign_in(&org, json!({ "kind": "drip", "seconds": 0.2 })).await.is("SUCCESS");
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn deep_and_large_json() {
    let org = TestOrg::start().await;
    let deep = sign_in(&org, json!({ "kind": "deep", "levels": 5 })).await;
    assert_eq!(deep.text(), "[[[[[]]]]]");
    assert_eq!(deep.header("content-type"), "application/json");
    let large = sign_in(&org, json!({ "kind": "large", "bytes": 20_000_000 })).await;
    assert_eq!(large.body["padding"].as_str().unwrap().len(), 20_000_000);
    large.is("SUCCESS");
}

#[tokio::test]
async fn a_member_is_removed() {
    let org = TestOrg::start().await;
    let without = sign_in(&org, json!({ "kind": "remove", "pointer": "/_embedded/user/profile" })).await;
    let user = without.body["_embedded"]["user"].as_object().unwrap();
    assert!(!user.contains_key("profile") && user.contains_key("id"), "{user:?}");
    let top = sign_in(&org, json!({ "kind": "remove", "pointer": "/_embedded" })).await;
    assert!(top.body.get("_embedded").is_none() && top.body["status"] == "SUCCESS");
    sign_in(&org, json!({ "kind": "remove", "pointer": "/nothing/here" })).await.is("SUCCESS");
}

#[tokio::test]
async fn a_segment_in_braces_stands_for_any() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let answer = browser.sign_in(JEFF.0, JEFF.1).await;
    for (path, is_meant) in [
        ("/api/v1/authn/factors/{id}/verify", true),
        ("/{a}/{b}/authn/factors/{id}/verify", true),
        ("/api/v1/authn/factors/{id}", false),
        ("/api/v1/authn/factors/{id}/verify/{more}", false),
        ("/api/v1/authn/factors/id/verify", false),
    ] {
        org.plan_fault("POST", path, json!({ "kind": "status", "status": 502 })).await;
        let status = browser.verify(&answer, "question", json!({ "answer": "no" })).await.status;
        assert_eq!(status == 502, is_meant, "{path}");
        org.control(Method::DELETE, "faults", None).await;
    }
}

#[tokio::test]
async fn requests_are_under_way_until_their_client_leaves() {
    let org = TestOrg::start().await;
    let under_way = async |wanted: usize| {
        let deadline = Instant::now() + Duration::from_secs(10);
        while counts(&org, "requestsUnderWay").await != json!(wanted) {
            assert!(Instant::now() < deadline, "never {wanted} requests are under way");
        }
    };
    under_way(0).await;
    org.plan_fault("GET", "/x", json!({ "kind": "hang" })).await;
    org.plan_fault("GET", "/x", json!({ "kind": "drip", "seconds": 100 })).await;
    let browser = org.browser();
    let hanging = browser.request(Method::GET, "/x").send();
    let hanging = tokio::spawn(hanging);
    under_way(1).await;
    let dripping = browser.request(Method::GET, "/x").send().await.unwrap();
    under_way(2).await;
    drop(dripping);
    under_way(1).await;
    hanging.abort();
    under_way(0).await;
}
