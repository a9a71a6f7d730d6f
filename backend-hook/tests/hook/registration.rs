//! Registering: what is asked, what becomes of it, and what is refused.

use axum::{Router, routing::post};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::World;

pub(crate) fn newcomer(change: Value) -> Value {
    let mut profile = json!({ "firstName": "Mary", "lastName": "Somerville", "email": "mary.somerville@example.com" });
    profile.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({ "profile": profile, "password": "Mechanism1831" })
}

#[tokio::test]
async fn who_registers_can_sign_in_and_has_the_phone() {
    let world = World::start().await;
    world.secret("Mechanism1831");
    let form = world.get("/registration").await;
    let names: Vec<_> = form.ok(200).body["fields"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["firstName", "lastName", "email", "mobilePhone", "password"]);
    assert_eq!((&form.body["challenge"], &form.body["password"]["minLength"]), (&Value::Null, &json!(8)));

    let made = world.post("/registration", &newcomer(json!({ "mobilePhone": "+1 (415) 555-0123" }))).await;
    let expected = json!({ "login": "mary.somerville@example.com", "status": "ACTIVE", "phoneFactor": "enrolled" });
    assert_eq!(made.ok(201).body, expected);
    let user = world.org(Method::GET, "/api/v1/users/mary.somerville", None).await.body;
    let groups = world.org(Method::GET, &format!("/api/v1/users/{}/groups", user["id"].as_str().unwrap()), None).await;
    let groups: Vec<_> = groups.body.as_array().unwrap().iter().map(|one| one["profile"]["name"].clone()).collect();
    assert_eq!(groups, ["Everyone", "Customers", "Partners"]);
    let body = json!({ "username": "mary.somerville", "password": "Mechanism1831" });
    let signing_in = world.org(Method::POST, "/api/v1/authn", Some(&body)).await;
    assert_eq!(signing_in.body["status"], "MFA_REQUIRED");
    assert_eq!(signing_in.body["_embedded"]["factors"][0]["factorType"], "sms");
    world.end().await;
}

#[tokio::test]
async fn what_is_wrong_is_told_by_field() {
    let world = World::start().await;
    let refused = async |body: Value| {
        let answer = world.post("/registration", &body).await;
        answer.fields().into_iter().map(|(field, code)| format!("{field} {code}")).collect::<Vec<_>>()
    };
    assert_eq!(refused(newcomer(json!({ "email": "ada.byron@example.com" }))).await, ["email taken"]);
    let mut weak = newcomer(json!({}));
    weak["password"] = json!("somerville");
    assert_eq!(refused(weak).await, ["password password_policy"]);
    let wrong = newcomer(json!({ "mobilePhone": "soon", "firstName": "", "groupIds": ["00g11dsz2ebabDtTI2p7"] }));
    assert_eq!(refused(wrong).await, ["firstName required", "mobilePhone invalid", "groupIds unknown_field"]);
    let mut grouped = newcomer(json!({}));
    grouped["groupIds"] = json!(["00g11dsz2ebabDtTI2p7"]);
    assert_eq!(refused(grouped).await, ["groupIds unknown_field"]);
    assert_eq!(world.org(Method::GET, "/api/v1/users/mary.somerville", None).await.status, 404);
    world.end().await;
}

#[tokio::test]
async fn a_phone_that_cannot_be_enrolled_does_not_undo_the_user() {
    let world = World::start().await;
    // Numbers of North America have eleven digits, which only the org knows.
    let made = world.post("/registration", &newcomer(json!({ "mobilePhone": "+1415555" }))).await;
    assert_eq!(made.ok(201).body["phoneFactor"], "failed");
    let plain = newcomer(json!({ "email": "caroline@example.com" }));
    assert_eq!(world.post("/registration", &plain).await.ok(201).body["phoneFactor"], "none");
    world.end().await;
}

#[tokio::test]
async fn a_challenge_has_to_be_solved() {
    let provider = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/siteverify", provider.local_addr().unwrap());
    let checked = async |body: String| {
        let right = body.contains("secret=challenge-secret") && body.contains("response=solved");
        format!("{{\"success\": {right}}}")
    };
    let server = axum::serve(provider, Router::new().route("/siteverify", post(checked)));
    tokio::spawn(async move { server.await.unwrap() });
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "challenge-secret").unwrap();
    let file = secret.path().to_str().unwrap();
    let options = ["--challenge", "turnstile", "--challenge-site-key", "site-key", "--challenge-url", &url];
    let world = World::with(&[&options[..], &["--challenge-secret-file", file]].concat()).await;
    world.secret("challenge-secret");
    let form = world.get("/registration").await;
    assert_eq!(form.body["challenge"], json!({ "provider": "turnstile", "siteKey": "site-key" }));
    let mut body = newcomer(json!({}));
    world.post("/registration", &body).await.is(403, "challenge_failed");
    body["challengeToken"] = json!("guessed");
    world.post("/registration", &body).await.is(403, "challenge_failed");
    body["challengeToken"] = json!("solved");
    world.post("/registration", &body).await.ok(201);
    world.end().await;
}
