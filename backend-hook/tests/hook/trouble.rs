//! An org that fails: what a caller is told, and what is tried again.

use std::time::Duration;

use serde_json::json;

use crate::support::{ADA, World};

#[tokio::test]
async fn reads_are_tried_again_a_little() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    world.trouble("GET", &path, 2, json!({ "kind": "status", "status": 503 })).await;
    ada.get("/factors").await.ok(200);
    world.trouble("GET", &path, 3, json!({ "kind": "status", "status": 502 })).await;
    ada.get("/factors").await.is(502, "org_failed");
    world.trouble("POST", &path, 1, json!({ "kind": "status", "status": 503 })).await;
    let body = json!({ "factorType": "token:software:totp", "provider": "OKTA" });
    ada.post("/factors", body).await.is(502, "org_failed");
    assert_eq!(world.asked().await.iter().filter(|line| **line == format!("POST {path}")).count(), 1);
    world.end().await;
}

#[tokio::test]
async fn what_the_org_does_is_told_in_few_words() {
    let world = World::with(&["--org-timeout", "1"]).await;
    let ada = world.person(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    for (fault, status, code) in [
        (json!({ "kind": "truncate" }), 502, "org_failed"),
        (json!({ "kind": "status", "status": 500 }), 502, "org_failed"),
        (json!({ "kind": "hang" }), 504, "org_timed_out"),
    ] {
        world.trouble("GET", &path, 1, fault).await;
        ada.get("/factors").await.is(status, code);
    }
    world.trouble("GET", &path, 3, json!({ "kind": "reset" })).await;
    ada.get("/factors").await.is(503, "org_unreachable");
    ada.get("/factors").await.ok(200);
    world.end().await;
}

#[tokio::test]
async fn the_orgs_limit_is_passed_on() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    let path = format!("/api/v1/users/{}/factors", ada.id);
    world.trouble("GET", &path, 3, json!({ "kind": "rate-limit" })).await;
    let limited = ada.get("/factors").await;
    assert!(limited.is(429, "rate_limited").body["retryAfter"].as_u64().unwrap() >= 1);
    world.end().await;
}

#[tokio::test]
async fn an_org_that_is_gone_is_unreachable() {
    let mut world = World::start().await;
    let token = world.session_token(ADA).await;
    let options = okta_emulator::Options::default();
    let seed = okta_emulator::Seed::sample().unwrap();
    let other = okta_emulator::Emulator::start(&seed, &options).await.unwrap();
    std::mem::replace(&mut world.emulator, other).stop().await;
    tokio::time::sleep(Duration::from_millis(10)).await;
    world.post("/session", &json!({ "sessionToken": token })).await.is(503, "org_unreachable");
    let ready = world.http.get(format!("{}/readyz", world.hook.internal)).send().await.unwrap();
    assert_eq!((ready.status().as_u16(), ready.text().await.unwrap().as_str()), (503, "the org does not answer\n"));
}
