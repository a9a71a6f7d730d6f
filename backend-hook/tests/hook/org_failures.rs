//! Failures of the org: the responses, and which requests are retried.

use std::time::Duration;

use serde_json::json;

use crate::support::{ADA, Fixture};

#[tokio::test]
async fn reads_are_retried() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    fixture.plan_fault("GET", &path, 2, json!({ "kind": "status", "status": 503 })).await;
    ada.get("/factors").await.ok(200);
    fixture.plan_fault("GET", &path, 3, json!({ "kind": "status", "status": 502 })).await;
    ada.get("/factors").await.is(502, "org_failed");
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    fixture.plan_fault("POST", &path, 1, json!({ "kind": "status", "status": 503 })).await;
    let body = json!({ "factorType": "token:software:totp", "provider": "OKTA" });
    ada.post("/factors", body).await.is(502, "org_failed");
    assert_eq!(fixture.org_requests().await.iter().filter(|line| **line == format!("POST {path}")).count(), 1);
    fixture.end().await;
}

#[tokio::test]
async fn org_failures_map_to_error_codes() {
    let fixture = Fixture::with(&["--org-timeout", "1"]).await;
    let ada = fixture.signed_in(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    for (fault, status, code) in [
        (json!({ "kind": "truncate" }), 502, "org_failed"),
        (json!({ "kind": "status", "status": 500 }), 502, "org_failed"),
        (json!({ "kind": "hang" }), 504, "org_timed_out"),
    ] {
        fixture.plan_fault("GET", &path, 1, fault).await;
        ada.get("/factors").await.is(status, code);
    }
    fixture.plan_fault("GET", &path, 3, json!({ "kind": "reset" })).await;
    ada.get("/factors").await.is(503, "org_unreachable");
    ada.get("/factors").await.ok(200);
    fixture.end().await;
}

#[tokio::test]
async fn the_orgs_rate_limit_is_passed_on() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    fixture.plan_fault("GET", &path, 3, json!({ "kind": "rate-limit" })).await;
    let limited = ada.get("/factors").await;
    assert!(limited.is(429, "rate_limited").body["retryAfter"].as_u64().unwrap() >= 1);
    fixture.end().await;
}

#[tokio::test]
async fn a_stopped_org_is_unreachable() {
    let mut fixture = Fixture::start().await;
    let token = fixture.session_token(ADA).await;
    let other = okta_emulator::Emulator::start().await.unwrap();
    std::mem::replace(&mut fixture.emulator, other).stop().await;
    tokio::time::sleep(Duration::from_millis(10)).await;
    fixture.post("/session", &json!({ "sessionToken": token })).await.is(503, "org_unreachable");
    let ready = fixture.http.get(format!("{}/readyz", fixture.hook.internal)).send().await.unwrap();
    assert_eq!((ready.status().as_u16(), ready.text().await.unwrap().as_str()), (503, "the org does not answer\n"));
}
