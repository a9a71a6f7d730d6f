//! The session of an authorization request: from a session token, from the browser, or from a new sign-in.

use reqwest::Method;
use serde_json::json;

use super::{CALLBACK, authorize, claims, exchange, field, post, redirected, request, session_token};
use crate::support::{AUTHN, Answer, PAGE, TestOrg};

#[tokio::test]
async fn a_session_token_becomes_a_session_and_a_code() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let token = session_token(&browser).await;
    let answer = authorize(&browser, &[("sessionToken", &token)]).await;
    assert!(answer.header("location").starts_with(&format!("{CALLBACK}?")), "{}", answer.header("location"));
    assert!(answer.header("set-cookie").starts_with("sid="), "{}", answer.header("set-cookie"));
    let fields = redirected(&answer);
    assert_eq!(field(&fields, "state"), "the-state");
    assert!(!field(&fields, "code").is_empty());
    let session = browser.get("/api/v1/sessions/me").await;
    assert_eq!(session.body["login"], "ada.byron@example.com");
    // It is spent.
    let other = authorize(&org.browser(), &[("sessionToken", &token), ("prompt", "none")]).await;
    assert_eq!(field(&redirected(&other), "error"), "login_required");
}

#[tokio::test]
async fn a_live_session_is_used_and_the_session_token_stays_unspent() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let token = session_token(&browser).await;
    let answer = authorize(&browser, &[("sessionToken", &token), ("prompt", "none")]).await;
    assert!(!field(&redirected(&answer), "code").is_empty());
    assert_eq!(answer.header("set-cookie"), "");
    let other = authorize(&org.browser(), &[("sessionToken", &token), ("prompt", "none")]).await;
    assert!(!field(&redirected(&other), "code").is_empty());
}

#[tokio::test]
async fn without_a_session_the_browser_signs_in_at_the_page_and_comes_back() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let away = authorize(&browser, &[]).await;
    let state_token = away.header("location").strip_prefix(&format!("{PAGE}/?stateToken=")).unwrap().to_owned();
    let asked = browser.post(AUTHN, json!({ "stateToken": state_token })).await;
    asked.is("UNAUTHENTICATED");
    assert_eq!(asked.body["_embedded"]["target"]["label"], "Rain Cloud app");
    let body = json!({ "stateToken": state_token, "username": "ada.byron", "password": "Analytical1843" });
    let success = browser.post(AUTHN, body).await;
    success.is("SUCCESS");
    let next = success.body["_links"]["next"]["href"].as_str().unwrap().to_owned();
    let back = browser.get(&next).await;
    assert!(back.header("location").starts_with(CALLBACK), "{}", back.header("location"));
    assert!(back.header("set-cookie").starts_with("sid="));
    let code = field(&redirected(&back), "code");
    let tokens = exchange(&browser, "/oauth2", &code).await;
    assert_eq!(claims(&org, tokens.body["id_token"].as_str().unwrap()).await["name"], "Ada Byron");
    // The link works once.
    assert_eq!(browser.get(&next).await.status, 403);
}

#[tokio::test]
async fn the_login_hint_reaches_the_page() {
    let org = TestOrg::start().await;
    let away = authorize(&org.browser(), &[("login_hint", "ada+1&x=y@example.com")]).await;
    assert!(away.header("location").starts_with(&format!("{PAGE}/?stateToken=")), "{}", away.header("location"));
    let fields = redirected(&away);
    assert_eq!(fields.len(), 2, "{fields:?}");
    assert_eq!(field(&fields, "login_hint"), "ada+1&x=y@example.com");
}

#[tokio::test]
async fn prompt_login_and_max_age_ask_for_a_new_sign_in() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let before = browser.get("/api/v1/sessions/me").await.body["id"].clone();
    org.advance(100).await;
    let goes_to_page = |answer: &Answer| answer.header("location").starts_with(&format!("{PAGE}/?stateToken="));
    assert!(goes_to_page(&authorize(&browser, &[("prompt", "login")]).await));
    assert!(goes_to_page(&authorize(&browser, &[("max_age", "99")]).await));
    assert!(!goes_to_page(&authorize(&browser, &[("max_age", "1000")]).await));
    let silent = authorize(&browser, &[("max_age", "99"), ("prompt", "none")]).await;
    assert_eq!(field(&redirected(&silent), "error"), "login_required");

    let token = session_token(&browser).await;
    let code = field(&redirected(&authorize(&browser, &[("prompt", "login"), ("sessionToken", &token)]).await), "code");
    assert!(!code.is_empty());
    assert_ne!(browser.get("/api/v1/sessions/me").await.body["id"], before);
}

#[tokio::test]
async fn a_form_is_as_a_query() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let form = browser.request(Method::POST, "/oauth2/v1/authorize");
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(request(&[]));
    let answer = Answer::of(form.send().await.unwrap()).await;
    assert!(!field(&redirected(&answer), "code").is_empty());
}

#[tokio::test]
async fn an_identity_provider_is_the_first_stop() {
    let org = TestOrg::start().await;
    let id = "0oagoogleprovider000";
    let browser = org.browser();
    let answer = authorize(&browser, &[("idp", id)]).await;
    let location = answer.header("location");
    assert!(location.starts_with(&format!("/sso/idps/{id}?fromURI=%2Foauth2%2Fv1%2Fauthorize%3F")), "{location}");
    let page = browser.get(location).await.text();
    let state = page.split("name=\"state\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("state", state), ("login", "ada.byron")];
    let back = post(&browser, &format!("/sso/idps/{id}/callback"), &fields).await;
    let code = field(&redirected(&browser.get(back.header("location")).await), "code");
    let tokens = exchange(&browser, "/oauth2", &code).await;
    assert_eq!(claims(&org, tokens.body["id_token"].as_str().unwrap()).await["idp"], id);
}
