//! From the session token to the cookie and the session.

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, TestOrg};

#[tokio::test]
async fn a_session_token_becomes_a_session_once() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let redirect = browser.redirect(&success).await;
    assert_eq!((redirect.status, redirect.header("location")), (302, "http://localhost:8080/"));
    let cookie = redirect.header("set-cookie");
    assert!(cookie.starts_with("sid=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");

    let session = browser.get("/api/v1/sessions/me").await;
    assert_eq!(session.status, 200);
    assert_eq!(session.body["status"], "ACTIVE");
    assert_eq!(session.body["login"], "ada.byron@example.com");
    assert_eq!(session.body["amr"], serde_json::json!(["pwd"]));
    assert!(session.body["lastFactorVerification"].is_null());

    let other = org.browser();
    let spent = other.redirect(&success).await;
    assert_eq!(spent.status, 403);
    assert!(spent.text().contains("used already"), "{}", spent.text());
    assert!(!spent.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn a_session_is_refreshed_expires_and_is_closed() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let before = browser.get("/api/v1/sessions/me").await;
    org.advance(60 * 60).await;
    let refreshed = browser.post("/api/v1/sessions/me/lifecycle/refresh", serde_json::json!({})).await;
    assert_eq!(refreshed.status, 200);
    assert!(refreshed.body["expiresAt"].as_str() > before.body["expiresAt"].as_str());
    let minimal =
        browser.request(Method::POST, "/api/v1/sessions/me/lifecycle/refresh").header("prefer", "return=minimal");
    let minimal = Answer::of(minimal.header("content-length", "0").send().await.unwrap()).await;
    assert_eq!((minimal.status, minimal.header("preference-applied")), (204, "return=minimal"));
    org.advance(2 * 60 * 60).await;
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");

    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let delete =
        async || Answer::of(browser.request(Method::DELETE, "/api/v1/sessions/me").send().await.unwrap()).await;
    assert_eq!(delete().await.status, 204);
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    delete().await.is_error(404, "E0000007");
}

#[tokio::test]
async fn an_unfinished_account_is_asked_about_once_where_the_redirect_says_so() {
    let org = TestOrg::start().await;
    org.control(Method::POST, "users", Some(json!({ "login": "ada.byron", "setupUnfinished": true }))).await;
    let browser = org.browser();
    let redirect = async |more: &str| {
        let success = browser.sign_in("ada.byron", "Analytical1843").await;
        let token = success.body["sessionToken"].as_str().unwrap();
        let target = "http%3A%2F%2Flocalhost%3A8080%2F%3Fa%26b";
        browser.get(&format!("/login/sessionCookieRedirect?token={token}&redirectUrl={target}{more}")).await
    };
    assert_eq!(redirect("").await.status, 302);
    assert_eq!(redirect("&checkAccountSetupComplete=false").await.status, 302);
    let page = redirect("&checkAccountSetupComplete=true").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<a href=\"http://localhost:8080/?a&amp;b\">Continue</a>"), "{}", page.text());
    let after = redirect("&checkAccountSetupComplete=true").await;
    assert_eq!((after.status, after.header("location")), (302, "http://localhost:8080/?a&b"));
}

#[tokio::test]
async fn an_existing_session_is_kept() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let other = browser.sign_in("katherine.johnson", "Trajectory1962").await;
    let other = browser.go(&other, "skip", serde_json::json!({})).await;
    assert_eq!(browser.redirect(&other).await.status, 302);
    assert_eq!(browser.get("/api/v1/sessions/me").await.body["login"], "ada.byron@example.com");
}

#[tokio::test]
async fn a_sign_out_may_lead_on_to_the_next_session() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let other = browser.sign_in("katherine.johnson", "Trajectory1962").await;
    let other = browser.go(&other, "skip", serde_json::json!({})).await;
    let token = other.body["sessionToken"].as_str().unwrap();
    let next = format!("/login/sessionCookieRedirect?token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F");
    let encoded: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let out = browser.get(&format!("/login/signout?fromURI={encoded}")).await;
    assert_eq!((out.status, out.header("location")), (302, &*next));
    assert!(out.header("set-cookie").starts_with("sid=; "), "{}", out.header("set-cookie"));
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    assert_eq!(browser.get(&next).await.status, 302);
    assert_eq!(browser.get("/api/v1/sessions/me").await.body["login"], "katherine.johnson@example.com");
}

#[tokio::test]
async fn a_sign_out_leads_to_allowed_places_only() {
    let org = TestOrg::start().await;
    let out = async |target: &str| {
        let encoded: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        let answer = org.browser().get(&format!("/login/signout?fromURI={encoded}")).await;
        (answer.status, answer.header("location").to_owned())
    };
    for target in ["http://localhost:8080/x?y#z", "/app/some/sso/saml"] {
        assert_eq!(out(target).await, (302, target.to_owned()));
    }
    for target in ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""] {
        assert_eq!(out(target).await, (200, String::new()), "{target}");
    }
    assert_eq!(org.browser().get("/login/signout").await.status, 200);
}

#[tokio::test]
async fn cookies_can_be_those_of_an_org_with_https() {
    let org = TestOrg::start().await;
    org.control(Method::POST, "switches", Some(serde_json::json!({ "crossSiteCookies": true }))).await;
    let browser = org.browser();
    let redirect = browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let cookie = redirect.header("set-cookie");
    assert!(cookie.ends_with("HttpOnly; SameSite=None; Secure"), "{cookie}");
}

#[tokio::test]
async fn the_token_can_be_posted_as_a_form() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let token = success.body["sessionToken"].as_str().unwrap();
    let form = format!("token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2Flanding.html%3Fa%3Db");
    let request = browser
        .request(Method::POST, "/login/sessionCookieRedirect")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form);
    let redirect = Answer::of(request.send().await.unwrap()).await;
    assert_eq!((redirect.status, redirect.header("location")), (302, "http://localhost:8080/landing.html?a=b"));
    assert_eq!(browser.get("/api/v1/sessions/me").await.status, 200);
}

#[tokio::test]
async fn errors_are_html_pages_without_a_redirect() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let token = success.body["sessionToken"].as_str().unwrap().to_owned();
    let wrong = [
        (format!("token={token}"), 400, "redirectUrl is missing"),
        (format!("token={token}&redirectUrl=nonsense"), 400, "redirectUrl is missing"),
        (format!("token={token}&redirectUrl=javascript%3Aalert(1)"), 400, "redirectUrl is missing"),
        (format!("token={token}&redirectUrl=https%3A%2F%2Fevil.example%2F"), 403, "trusted origins"),
        (format!("token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%40evil.example%2F"), 403, "trusted origins"),
        ("redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F".to_owned(), 400, "token is missing"),
        ("token=x&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F".to_owned(), 403, "Sign in again"),
    ];
    for (query, status, said) in wrong {
        let answer = browser.get(&format!("/login/sessionCookieRedirect?{query}")).await;
        assert_eq!(answer.status, status, "{query}");
        assert!(answer.text().contains(said), "{query}: {}", answer.text());
        assert!(answer.header("content-type").starts_with("text/html"));
        assert_eq!(answer.header("location"), "");
    }
    org.advance(5 * 60).await;
    assert_eq!(browser.redirect(&success).await.status, 403, "it lives five minutes");
}

#[tokio::test]
async fn a_user_closes_the_other_sessions_or_all() {
    let org = TestOrg::start().await;
    let signed_in = async || {
        let browser = org.browser();
        browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
        browser
    };
    let (own, other) = (signed_in().await, signed_in().await);
    let close = async |body| own.post("/api/v1/users/me/lifecycle/delete_sessions", body).await;
    close(serde_json::json!({ "keepCurrent": "no" })).await.is_error(400, "E0000003");
    let closed = close(serde_json::json!({})).await;
    assert_eq!((closed.status, &closed.body), (200, &serde_json::json!({})));
    other.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    assert_eq!(own.get("/api/v1/sessions/me").await.status, 200);
    close(serde_json::json!({ "keepCurrent": false })).await;
    own.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    close(serde_json::json!({})).await.is_error(403, "E0000005");
}

#[tokio::test]
async fn the_parameter_of_oktas_clients_changes_nothing() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let token = success.body["sessionToken"].as_str().unwrap();
    let query = format!("checkAccountSetupComplete=true&token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F");
    let redirect = browser.get(&format!("/login/sessionCookieRedirect?{query}")).await;
    assert_eq!((redirect.status, redirect.header("location")), (302, "http://localhost:8080/"));
}
