//! Session, password and recovery question.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{ADA, Fixture, JEFF};

#[tokio::test]
async fn a_session_token_opens_a_session_of_hook_and_org() {
    let fixture = Fixture::start().await;
    let token = fixture.session_token(ADA).await;
    let opened = fixture.post("/session", &json!({ "sessionToken": token })).await;
    assert_eq!(opened.ok(200).body["user"]["login"], "ada.byron@example.com");
    let cookie_token = opened.body["cookieToken"].as_str().unwrap();
    let path = format!("/login/sessionCookieRedirect?token={cookie_token}&redirectUrl=http://localhost:8080/");
    let redirected = fixture.org(Method::GET, &path, None).await;
    assert_eq!((redirected.status, &redirected.headers["location"]), (302, &"http://localhost:8080/".parse().unwrap()));
    fixture.post("/session", &json!({ "sessionToken": token })).await.is(401, "session_token_invalid");
    fixture.end().await;
}

#[tokio::test]
async fn sign_out_closes_the_orgs_session_and_voids_every_copy_of_the_cookie() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let shown = ada.get("/session").await;
    assert_eq!((&shown.ok(200).body["user"]["id"], &shown.body["provedUntil"]), (&json!(ada.id), &Value::Null));
    let copy = ada.cookie.lock().unwrap().clone();
    let left = ada.delete("/session").await;
    assert_eq!(left.ok(204).cookie().as_deref(), Some("__Host-okta-hook="));
    *ada.cookie.lock().unwrap() = copy;
    ada.get("/session").await.is(401, "not_signed_in");
    let jeff = fixture.signed_in(JEFF).await;
    fixture.org(Method::DELETE, &format!("/api/v1/users/{}/sessions", jeff.id), None).await.ok(204);
    jeff.get("/factors").await.is(401, "not_signed_in");
    fixture.end().await;
}

#[tokio::test]
async fn all_sessions_end_with_one_request() {
    let fixture = Fixture::start().await;
    let (here, elsewhere) = (fixture.signed_in(ADA).await, fixture.signed_in(ADA).await);
    let jeff = fixture.signed_in(JEFF).await;
    elsewhere.get("/factors").await.ok(200);
    assert_eq!(here.delete("/sessions").await.ok(204).cookie().as_deref(), Some("__Host-okta-hook="));
    elsewhere.get("/factors").await.is(401, "not_signed_in");
    jeff.get("/factors").await.ok(200);
    fixture.end().await;
}

#[tokio::test]
async fn the_password_is_verified_and_changed() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    for secret in ["wrong-guess-1", "Notes1843Engine"] {
        fixture.secret(secret);
    }
    ada.post("/proof", json!({ "password": "wrong-guess-1" })).await.is(403, "wrong_password");
    assert_eq!(ada.get("/session").await.body["provedUntil"], Value::Null);
    let proved = ada.post("/proof", json!({ "password": ADA.1 })).await;
    assert_eq!(ada.get("/session").await.body["provedUntil"], proved.ok(200).body["provedUntil"]);

    let change = async |old: &str, new: &str, revoke: bool| {
        ada.post("/password", json!({ "oldPassword": old, "newPassword": new, "revokeSessions": revoke })).await
    };
    change("wrong-guess-1", "Notes1843Engine", false).await.is(403, "wrong_password");
    assert_eq!(change(ADA.1, "short", false).await.fields(), [("newPassword", "password_policy")]);
    change(ADA.1, "Notes1843Engine", false).await.ok(204);
    ada.get("/session").await.ok(200);
    let again = change("Notes1843Engine", "Notes1844Engine", true).await;
    assert_eq!(again.ok(204).cookie().as_deref(), Some("__Host-okta-hook="));
    fixture.session_token((ADA.0, "Notes1844Engine")).await;
    fixture.end().await;
}

#[tokio::test]
async fn the_recovery_question_is_changed_with_the_password() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    fixture.secret("Somerset-secret");
    let body = |password: &str, answer: &str| json!({ "password": password, "question": "Where?", "answer": answer });
    ada.post("/recovery-question", body("no", "Somerset-secret")).await.is(403, "wrong_password");
    assert_eq!(ada.post("/recovery-question", body(ADA.1, "abc")).await.fields(), [("answer", "too_short")]);
    ada.post("/recovery-question", body(ADA.1, "Somerset-secret")).await.ok(204);
    let user = fixture.org(Method::GET, "/api/v1/users/ada.byron", None).await.body;
    assert_eq!(user["credentials"]["recovery_question"]["question"], "Where?");
    fixture.end().await;
}
