//! Signing in with a smart card.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, PAGE, TestOrg};

const CERTIFICATE: &str = "/cert/auth";

async fn insert(org: &TestOrg, login: Value) -> u16 {
    org.control(Method::POST, "card", Some(json!({ "login": login }))).await.status
}

async fn post(browser: &Browser, body: &Value) -> Answer {
    let request = browser.request(Method::POST, CERTIFICATE).header("content-type", "text/plain");
    Answer::of(request.body(body.to_string()).send().await.unwrap()).await
}

#[tokio::test]
async fn a_card_signs_in_with_a_session_that_names_the_provider() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.get(CERTIFICATE).await.is_error(401, "E0000004");
    post(&browser, &json!({})).await.is_error(401, "E0000004");
    assert_eq!(insert(&org, json!("ada.byron")).await, 204);
    assert_eq!(org.control(Method::GET, "card", None).await.body, json!({ "login": "ada.byron@example.com" }));
    let asked = browser.get(CERTIFICATE).await;
    assert_eq!((asked.status, asked.header("access-control-allow-credentials")), (200, "true"));
    assert_eq!(asked.header("access-control-allow-origin"), PAGE);
    let told = post(&browser, &json!({ "fromURI": "http://localhost:8080/x?y", "isCustomDomain": false })).await;
    assert_eq!(told.status, 200);
    let on = browser.get(told.body["redirectUrl"].as_str().unwrap()).await;
    assert_eq!((on.status, on.header("location")), (302, "http://localhost:8080/x?y"));
    let session = browser.get("/api/v1/sessions/me").await.body;
    assert_eq!(session["idp"], json!({ "id": "0oasmartcards0000000", "type": "FEDERATION" }));
    assert_eq!((&session["amr"], &session["lastPasswordVerification"]), (&json!(["sc"]), &Value::Null));
    assert_eq!(insert(&org, Value::Null).await, 204);
    browser.get(CERTIFICATE).await.is_error(401, "E0000004");
}

#[tokio::test]
async fn a_factor_that_is_missing_is_asked_for_at_the_page() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    insert(&org, json!("jeff.beck")).await;
    let told = post(&browser, &json!({})).await;
    let token = told.body["redirectUrl"].as_str().unwrap().strip_prefix("http://localhost:8080/?stateToken=").unwrap();
    browser.post("/api/v1/authn", json!({ "stateToken": token })).await.is("MFA_REQUIRED");
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    assert_eq!(insert(&org, json!("nobody")).await, 404);
    insert(&org, json!("ada.byron")).await;
    for from in ["https://evil.example/", "//evil.example", "javascript:alert(1)"] {
        post(&browser, &json!({ "fromURI": from })).await.is_error(400, "E0000001");
    }
    post(&browser, &json!({ "fromURI": 7 })).await.is_error(400, "E0000003");
    post(&browser, &json!([])).await.is_error(400, "E0000003");
    insert(&org, json!("jean.bartik")).await;
    post(&browser, &json!({})).await.is_error(401, "E0000004");
    let without = TestOrg::of("[org]\nname = \"x\"\n").await;
    without.browser().get(CERTIFICATE).await.is_error(403, "E0000015");
}
