//! What changes when the org is upgraded to Identity Engine, as Okta documents it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, Browser, TestOrg};

async fn upgrade(org: &TestOrg) {
    // Her address is a factor now: the policy must not ask for one.
    org.control(Method::POST, "users", Some(json!({ "login": "ada.byron", "signOn": "password-only" }))).await;
    let switched = org.control(Method::POST, "engine", Some(json!({ "engine": "identity" }))).await;
    assert_eq!(switched.status, 204);
}

async fn upgraded() -> TestOrg {
    let org = TestOrg::start().await;
    upgrade(&org).await;
    org
}

async fn pipeline(org: &TestOrg) -> Value {
    org.browser().get("/.well-known/okta-organization").await.body["pipeline"].clone()
}

/// The cookies that a response sets, as `name=value`; a deleted one is `name=`.
fn cookies(answer: &Answer) -> Vec<&str> {
    let all = answer.headers.get_all("set-cookie").iter();
    all.map(|value| value.to_str().unwrap().split(';').next().unwrap()).collect()
}

fn names(answer: &Answer) -> Vec<&str> {
    cookies(answer).iter().map(|cookie| cookie.split('=').next().unwrap()).collect()
}

async fn signed_in(org: &TestOrg) -> (Browser, Answer) {
    let browser = org.browser();
    let redirected = browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    assert_eq!(redirected.status, 302);
    (browser, redirected)
}

async fn id_of(org: &TestOrg, login: &str) -> String {
    org.admin(Method::GET, &format!("users/{login}"), None).await.body["id"].as_str().unwrap().to_owned()
}

/// The types of the factors that the administrator's API lists.
async fn listed(org: &TestOrg, login: &str) -> Vec<String> {
    let factors = org.admin(Method::GET, &format!("users/{}/factors", id_of(org, login).await), None).await;
    let factors = factors.body.as_array().unwrap().clone();
    factors.iter().map(|one| one["factorType"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_org_names_its_engine() {
    let org = TestOrg::start().await;
    assert_eq!(pipeline(&org).await, "v1");
    assert_eq!(org.control(Method::GET, "engine", None).await.body, json!({ "engine": "classic" }));
    upgrade(&org).await;
    assert_eq!(pipeline(&org).await, "idx");
    let whole = org.browser().get("/.well-known/okta-organization").await;
    assert_eq!(whole.header("access-control-allow-origin"), crate::support::PAGE);
    assert_eq!(whole.body["_links"]["organization"]["href"], org.address());
    assert_eq!(org.control(Method::POST, "engine", Some(json!({ "engine": "other" }))).await.status, 422);
    org.control(Method::POST, "reset", None).await;
    assert_eq!(pipeline(&org).await, "v1");

    let file = "[org]\nname = \"New\"\nengine = \"identity\"\n";
    assert_eq!(pipeline(&TestOrg::of(file).await).await, "idx");
}

#[tokio::test]
async fn audience_is_refused() {
    let org = TestOrg::start().await;
    let app = json!({ "username": "ada.byron", "password": "Analytical1843", "audience": "0oa2x5jOopNCpswjo0g4" });
    org.browser().post(AUTHN, app.clone()).await.is("SUCCESS");
    upgrade(&org).await;
    org.browser().post(AUTHN, app).await.is_error(400, "E0000001");
    org.browser().sign_in("ada.byron", "Analytical1843").await.is("SUCCESS");
}

#[tokio::test]
async fn a_session_comes_without_a_cookie_token() {
    let org = upgraded().await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let body = json!({ "sessionToken": success.body["sessionToken"] });
    let session = browser.post("/api/v1/sessions?additionalFields=cookieToken", body.clone()).await;
    assert_eq!((session.status, &session.body["cookieToken"]), (200, &Value::Null), "{}", session.body);
    browser.post("/api/v1/sessions", body).await.is_error(401, "E0000004");
    // Sessions without a browser go on by their id.
    let path = format!("sessions/{}", session.body["id"].as_str().unwrap());
    assert_eq!(org.admin(Method::GET, &path, None).await.status, 200);
    assert_eq!(org.admin(Method::DELETE, &path, None).await.status, 204);
}

#[tokio::test]
async fn the_cookie_is_idx_and_the_session_names_no_identity_provider() {
    let org = upgraded().await;
    let (browser, redirected) = signed_in(&org).await;
    assert_eq!(names(&redirected), ["idx"]);
    let session = browser.get("/api/v1/sessions/me").await;
    assert_eq!((&session.body["login"], &session.body["idp"]), (&json!("ada.byron@example.com"), &Value::Null));
    let path = format!("sessions/{}", session.body["id"].as_str().unwrap());
    org.admin(Method::GET, &path, None).await.is_error(404, "E0000007");
    org.admin(Method::DELETE, &path, None).await.is_error(404, "E0000007");
    let closed = browser.request(Method::DELETE, "/api/v1/sessions/me").send().await.unwrap();
    assert_eq!(cookies(&Answer::of(closed).await), ["idx=", "sid="]);
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
}

#[tokio::test]
async fn a_session_from_before_goes_on_with_another_cookie() {
    let org = TestOrg::start().await;
    let (browser, redirected) = signed_in(&org).await;
    assert_eq!(names(&redirected), ["sid"]);
    assert!(browser.get("/api/v1/sessions/me").await.body["idp"].is_object());
    upgrade(&org).await;
    let session = browser.get("/api/v1/sessions/me").await;
    assert_eq!(session.body["login"], "ada.byron@example.com");
    assert_eq!(names(&session), ["idx", "sid"]);
    assert_eq!(names(&browser.get("/api/v1/sessions/me").await), [] as [&str; 0], "once is enough");
    let everywhere = browser.post("/api/v1/users/me/lifecycle/delete_sessions", json!({ "keepCurrent": false })).await;
    assert_eq!(everywhere.status, 200);
    assert_eq!(browser.get("/api/v1/sessions/me").await.status, 200, "that closes classic sessions only");
}

#[tokio::test]
async fn a_session_token_from_before_no_longer_works_and_a_state_token_does() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let waits = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    upgrade(&org).await;
    assert_eq!(browser.redirect(&success).await.status, 403);
    browser.verify(&waits, "sms", json!({})).await.is("MFA_CHALLENGE");
}

#[tokio::test]
async fn recovery_is_refused_where_only_new_options_are_configured() {
    let org = TestOrg::start().await;
    let policy = json!({ "login": "mary.jackson", "passwordPolicy": "new-recovery" });
    assert_eq!(org.control(Method::POST, "users", Some(policy)).await.status, 204);
    let recover = async |what: &str| {
        let body = json!({ "username": "mary.jackson", "factorType": "SMS" });
        org.browser().post(&format!("{AUTHN}/recovery/{what}"), body).await
    };
    recover("password").await.is("RECOVERY_CHALLENGE");
    upgrade(&org).await;
    recover("password").await.is_error(403, "E0000034");
    recover("unlock").await.is_error(403, "E0000032");
    let body = json!({ "username": "jeff.beck", "factorType": "EMAIL" });
    org.browser().post(&format!("{AUTHN}/recovery/password"), body).await.is("RECOVERY_CHALLENGE");
}

#[tokio::test]
async fn nobody_signs_in_with_the_name_alone() {
    let org = TestOrg::start().await;
    let policy = json!({ "login": "jeff.beck", "signOn": "passwordless" });
    org.control(Method::POST, "users", Some(policy)).await;
    let body = json!({ "username": "jeff.beck" });
    org.browser().post(AUTHN, body.clone()).await.is("UNAUTHENTICATED");
    upgrade(&org).await;
    org.browser().post(AUTHN, body).await.is_error(400, "E0000028");
    org.browser().sign_in("jeff.beck", "xaxaxaxaxa").await.is("MFA_REQUIRED");
}

#[tokio::test]
async fn a_verified_address_is_a_factor_by_itself() {
    let org = TestOrg::start().await;
    assert!(!listed(&org, "jeff.beck").await.contains(&"email".to_owned()));
    upgrade(&org).await;
    assert_eq!(listed(&org, "jeff.beck").await.iter().filter(|kind| *kind == "email").count(), 1);
    assert_eq!(listed(&org, "hedy.lamarr").await.iter().filter(|kind| *kind == "email").count(), 1);
    let browser = org.browser();
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let challenge = browser.verify(&required, "email", json!({})).await;
    let code = org.last_code("jeff.beck").await;
    browser.go(&challenge, "next", json!({ "passCode": code })).await.is("SUCCESS");
    // Who had no factor is asked for it, where the policy wants one.
    let only = org.browser().sign_in("mary.jackson", "Supersonic1958").await;
    only.is("MFA_REQUIRED");
    assert_eq!(only.factors(), [("email", "OKTA")]);

    let id = id_of(&org, "jeff.beck").await;
    org.admin(Method::POST, &format!("users/{id}/lifecycle/reset_factors"), None).await;
    assert_eq!(listed(&org, "jeff.beck").await, ["email"], "it is enrolled again by itself");
    org.control(Method::POST, "engine", Some(json!({ "engine": "classic" }))).await;
    assert_eq!(listed(&org, "jeff.beck").await, [] as [&str; 0]);
}

#[tokio::test]
async fn a_recovery_question_is_listed_and_proves_no_sign_in() {
    let org = TestOrg::start().await;
    assert_eq!(listed(&org, "mary.jackson").await, [] as [&str; 0]);
    upgrade(&org).await;
    assert_eq!(listed(&org, "mary.jackson").await, ["email", "question"]);
    let id = id_of(&org, "mary.jackson").await;
    let path = format!("users/{id}/factors");
    let body = json!({ "factorType": "question", "provider": "OKTA",
                       "profile": { "question": "disliked_food", "answer": "sprouts" } });
    assert_eq!(org.admin(Method::POST, &path, Some(body)).await.status, 200);
    assert_eq!(listed(&org, "mary.jackson").await.iter().filter(|kind| *kind == "question").count(), 1);
    // One call resets the question for sign-ins, another one the question for recovery.
    let reset = async || org.admin(Method::POST, &format!("users/{id}/lifecycle/reset_factors"), None).await;
    assert_eq!(reset().await.status, 200);
    assert_eq!(listed(&org, "mary.jackson").await, ["email", "question"]);
    assert_eq!(reset().await.status, 200);
    assert_eq!(listed(&org, "mary.jackson").await, ["email"]);
}

#[tokio::test]
async fn only_the_first_okta_verify_is_enrolled_by_the_factors_api() {
    let seed = format!(
        "{}\n[policies.enroll.two-phones]\noptional = [\"okta_push\"]\ninstances = {{ okta_push = 2 }}\n{}",
        include_str!("../../sample-org.toml"),
        "\n[hashing]\nmemory_kib = 8\niterations = 1\n"
    );
    let org = TestOrg::of(&seed).await;
    org.control(Method::POST, "users", Some(json!({ "login": "tim.lee", "enroll": "two-phones" }))).await;
    let path = format!("users/{}/factors", id_of(&org, "tim.lee").await);
    let body = json!({ "factorType": "push", "provider": "OKTA" });
    assert_eq!(org.admin(Method::POST, &path, Some(body.clone())).await.status, 200);
    upgrade(&org).await;
    org.admin(Method::POST, &path, Some(body)).await.is_error(400, "E0000001");
}

#[tokio::test]
async fn registration_and_custom_pages_of_apps_are_gone() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    assert_eq!(browser.get("/api/v1/registration/form").await.status, 200);
    assert_eq!(browser.get("/step-up?app=salesforce").await.status, 302);
    upgrade(&org).await;
    browser.get("/api/v1/registration/form").await.is_error(401, "E0000015");
    let register = browser.post("/api/v1/registration/reg1registration0000/register", json!({})).await;
    register.is_error(401, "E0000015");
    let page = browser.get("/step-up?app=salesforce").await;
    assert_eq!((page.status, page.header("location")), (200, ""));
}
