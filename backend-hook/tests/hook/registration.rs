//! Registration: the form, its result, and refusals.

use axum::{Router, routing::post};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::Fixture;

pub(crate) fn registration_body(change: Value) -> Value {
    let mut profile = json!({ "firstName": "Mary", "lastName": "Somerville", "email": "mary.somerville@example.com" });
    profile.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    json!({ "profile": profile, "password": "Mechanism1831" })
}

#[tokio::test]
async fn a_registered_user_can_sign_in_and_has_the_phone() {
    let fixture = Fixture::start().await;
    fixture.secret("Mechanism1831");
    let form = fixture.get("/registration").await;
    let names: Vec<_> = form.ok(200).body["fields"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["firstName", "lastName", "mobilePhone", "email", "login", "password"]);
    assert_eq!((&form.body["challenge"], &form.body["password"]["minLength"]), (&Value::Null, &json!(8)));

    let made = fixture.post("/registration", &registration_body(json!({ "mobilePhone": "+1 (415) 555-0123" }))).await;
    let expected = json!({ "login": "mary.somerville@example.com", "status": "ACTIVE", "phoneFactor": "enrolled" });
    assert_eq!(made.ok(201).body, expected);
    let user = fixture.org(Method::GET, "/api/v1/users/mary.somerville", None).await.body;
    let groups =
        fixture.org(Method::GET, &format!("/api/v1/users/{}/groups", user["id"].as_str().unwrap()), None).await;
    let groups: Vec<_> = groups.body.as_array().unwrap().iter().map(|one| one["profile"]["name"].clone()).collect();
    assert_eq!(groups, ["Everyone", "Customers", "Partners"]);
    let body = json!({ "username": "mary.somerville", "password": "Mechanism1831" });
    let signing_in = fixture.org(Method::POST, "/api/v1/authn", Some(&body)).await;
    assert_eq!(signing_in.body["status"], "MFA_REQUIRED");
    assert_eq!(signing_in.body["_embedded"]["factors"][0]["factorType"], "sms");
    fixture.end().await;
}

#[tokio::test]
async fn errors_are_reported_by_field() {
    let fixture = Fixture::start().await;
    let refused = async |body: Value| {
        let answer = fixture.post("/registration", &body).await;
        answer.fields().into_iter().map(|(field, code)| format!("{field} {code}")).collect::<Vec<_>>()
    };
    assert_eq!(refused(registration_body(json!({ "email": "ada.byron@example.com" }))).await, ["email taken"]);
    assert_eq!(refused(registration_body(json!({ "login": "ada.byron@example.com" }))).await, ["login taken"]);
    let mut weak = registration_body(json!({}));
    weak["password"] = json!("somerville");
    assert_eq!(refused(weak).await, ["password password_policy"]);
    let wrong =
        registration_body(json!({ "mobilePhone": "soon", "firstName": "", "groupIds": ["00g11dsz2ebabDtTI2p7"] }));
    assert_eq!(refused(wrong).await, ["firstName required", "mobilePhone invalid", "groupIds unknown_field"]);
    let mut grouped = registration_body(json!({}));
    grouped["groupIds"] = json!(["00g11dsz2ebabDtTI2p7"]);
    assert_eq!(refused(grouped).await, ["groupIds unknown_field"]);
    assert_eq!(fixture.org(Method::GET, "/api/v1/users/mary.somerville", None).await.status, 404);
    fixture.end().await;
}

#[tokio::test]
async fn the_user_name_may_differ_from_the_email_address() {
    let fixture = Fixture::start().await;
    let made = fixture.post("/registration", &registration_body(json!({ "login": "countess" }))).await;
    assert_eq!(made.ok(201).body["login"], "countess");
    let body = json!({ "username": "countess", "password": "Mechanism1831" });
    let signing_in = fixture.org(Method::POST, "/api/v1/authn", Some(&body)).await;
    assert_eq!(signing_in.ok(200).body["_embedded"]["user"]["profile"]["login"], "countess");
    let form = fixture.get("/registration").await.body;
    let login = form["fields"].as_array().unwrap().iter().find(|field| field["name"] == "login").unwrap().clone();
    assert_eq!((&login["required"], &login["autocomplete"]), (&json!(false), &json!("username")));
    fixture.end().await;
}

#[tokio::test]
async fn a_phone_that_cannot_be_enrolled_does_not_fail_the_registration() {
    let fixture = Fixture::start().await;
    // North American numbers have eleven digits; only the org checks that.
    let made = fixture.post("/registration", &registration_body(json!({ "mobilePhone": "+1415555" }))).await;
    assert_eq!(made.ok(201).body["phoneFactor"], "failed");
    let plain = registration_body(json!({ "email": "caroline@example.com" }));
    assert_eq!(fixture.post("/registration", &plain).await.ok(201).body["phoneFactor"], "none");
    fixture.end().await;
}

#[tokio::test]
async fn a_challenge_must_be_solved() {
    let provider = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/siteverify", provider.local_addr().unwrap());
    let checked = async |body: String| {
        let right = body.contains("secret=challenge-secret") && body.contains("response=solved");
        let host = if body.contains("response=solved-elsewhere") { "evil.example" } else { "localhost" };
        let score = if body.contains("response=solved-by-a-program") { 0.0 } else { 0.9 };
        format!("{{\"success\": {right}, \"hostname\": \"{host}\", \"score\": {score}}}")
    };
    let server = axum::serve(provider, Router::new().route("/siteverify", post(checked)));
    tokio::spawn(async move { server.await.unwrap() });
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "challenge-secret").unwrap();
    let file = secret.path().to_str().unwrap();
    let options = ["--challenge", "turnstile", "--challenge-site-key", "site-key", "--challenge-url", &url];
    let fixture = Fixture::with(&[&options[..], &["--challenge-secret-file", file]].concat()).await;
    fixture.secret("challenge-secret");
    let form = fixture.get("/registration").await;
    assert_eq!(form.body["challenge"], json!({ "provider": "turnstile", "siteKey": "site-key" }));
    let mut body = registration_body(json!({}));
    fixture.post("/registration", &body).await.is(403, "challenge_failed");
    body["challengeToken"] = json!("guessed");
    fixture.post("/registration", &body).await.is(403, "challenge_failed");
    for token in ["solved-elsewhere", "solved-by-a-program"] {
        body["challengeToken"] = json!(token);
        fixture.post("/registration", &body).await.is(403, "challenge_failed");
    }
    body["challengeToken"] = json!("solved");
    fixture.post("/registration", &body).await.ok(201);
    fixture.end().await;
}
