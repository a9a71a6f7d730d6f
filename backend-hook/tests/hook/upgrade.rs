//! An org that is upgraded to Identity Engine: no session token is used up for nothing, and the hook says why.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ADA, Answer, Fixture, JEFF};

async fn upgrade(fixture: &Fixture) {
    // Her address is a factor now: the policy must not ask for one.
    fixture.control("users", &json!({ "login": ADA.0, "signOn": "password-only" })).await;
    fixture.control("engine", &json!({ "engine": "identity" })).await;
}

async fn open(fixture: &Fixture, token: &str) -> Answer {
    fixture.post("/session", &json!({ "sessionToken": token })).await
}

/// The status of the browser's redirect with this token: 302, or 403 where it was used.
async fn redirect(fixture: &Fixture, token: &str) -> u16 {
    let path = format!("/login/sessionCookieRedirect?token={token}&redirectUrl=http://localhost:8080/");
    fixture.org(Method::GET, &path, None).await.status
}

#[tokio::test]
async fn an_upgraded_org_keeps_the_session_token() {
    let fixture = Fixture::start().await;
    upgrade(&fixture).await;
    let token = fixture.session_token(ADA).await;
    open(&fixture, &token).await.is(501, "session_not_supported");
    assert!(!fixture.org_requests().await.contains(&"POST /api/v1/sessions".to_owned()));
    assert_eq!(redirect(&fixture, &token).await, 302);
    fixture.end().await;
}

#[tokio::test]
async fn an_org_that_does_not_name_its_engine_keeps_the_session_token() {
    for fault in [
        json!({ "kind": "status", "status": 404 }),
        json!({ "kind": "truncate" }),
        json!({ "kind": "rate-limit" }),
        json!({ "kind": "replace", "pointer": "/pipeline", "value": null }),
        json!({ "kind": "replace", "pointer": "/pipeline", "value": "v2" }),
        json!({ "kind": "hang" }),
    ] {
        let fixture = Fixture::start().await;
        let token = fixture.session_token(ADA).await;
        fixture.plan_fault("GET", "/.well-known/okta-organization", 1, fault).await;
        open(&fixture, &token).await.is(501, "session_not_supported");
        assert_eq!(redirect(&fixture, &token).await, 302);
        fixture.end().await;
    }
}

#[tokio::test]
async fn an_unreachable_engine_is_an_unreachable_org() {
    let fixture = Fixture::start().await;
    let token = fixture.session_token(ADA).await;
    fixture.plan_fault("GET", "/.well-known/okta-organization", 3, json!({ "kind": "reset" })).await;
    open(&fixture, &token).await.is(503, "org_unreachable");
    assert_eq!(redirect(&fixture, &token).await, 302);
    fixture.end().await;
}

#[tokio::test]
async fn an_upgrade_between_two_sign_ins_costs_one_token() {
    let fixture = Fixture::start().await;
    fixture.signed_in(JEFF).await;
    upgrade(&fixture).await;
    let before = fixture.org(Method::GET, "/control/counts", None).await.body["sessions"].clone();
    let token = fixture.session_token(ADA).await;
    // The hook still believes that the org is classic.
    open(&fixture, &token).await.is(401, "session_token_invalid");
    let after = fixture.org(Method::GET, "/control/counts", None).await.body["sessions"].clone();
    assert_eq!(before, after, "the session that nobody can use is closed");
    let token = fixture.session_token(ADA).await;
    open(&fixture, &token).await.is(501, "session_not_supported");
    assert_eq!(redirect(&fixture, &token).await, 302);
    fixture.end().await;
}

#[tokio::test]
async fn a_refused_request_for_a_session_is_followed_by_another_look_at_the_engine() {
    let fixture = Fixture::start().await;
    fixture.signed_in(JEFF).await;
    let token = fixture.session_token(ADA).await;
    fixture.plan_fault("POST", "/api/v1/sessions", 1, json!({ "kind": "status", "status": 400 })).await;
    open(&fixture, &token).await.is(401, "session_token_invalid");
    upgrade(&fixture).await;
    let token = fixture.session_token(ADA).await;
    open(&fixture, &token).await.is(501, "session_not_supported");
    fixture.end().await;
}

#[tokio::test]
async fn the_engine_is_read_once_for_many_sign_ins() {
    let fixture = Fixture::start().await;
    for _ in 0..3 {
        fixture.signed_in(ADA).await;
    }
    let requests = fixture.org_requests().await;
    assert_eq!(requests.iter().filter(|line| line.ends_with("/okta-organization")).count(), 1);
    fixture.end().await;
}

#[tokio::test]
async fn a_session_from_before_the_upgrade_goes_on_and_nobody_is_sent_to_sign_in_in_vain() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    fixture.get("/factors").await.is(401, "not_signed_in");
    upgrade(&fixture).await;
    let listed = ada.get("/factors").await;
    let kinds: Vec<&Value> =
        listed.ok(200).body["factors"].as_array().unwrap().iter().map(|one| &one["factorType"]).collect();
    assert_eq!(kinds, ["email"], "an address is a factor by itself");
    ada.delete("/session").await.ok(204);

    let later = Fixture::start().await;
    upgrade(&later).await;
    later.get("/factors").await.is(501, "session_not_supported");
    later.get("/session").await.is(501, "session_not_supported");
    later.end().await;
    fixture.end().await;
}
