//! Refresh tokens, their rotation, and what a stolen one leads to.

use reqwest::Method;
use serde_json::json;

use super::{CLIENT, claims, code, exchange, field, introspect, post, redirected, tokens};
use crate::support::{Answer, Browser, TestOrg};

async fn refresh(browser: &Browser, token: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("grant_type", "refresh_token"), ("client_id", CLIENT), ("refresh_token", token)];
    fields.extend(more);
    post(browser, "/oauth2/v1/token", &fields).await
}

#[tokio::test]
async fn a_refresh_gives_new_tokens() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let first = tokens(&browser, "openid email offline_access").await;
    org.advance(60).await;
    let second = refresh(&browser, &first.refresh, &[]).await;
    assert_eq!(second.status, 200, "{}", second.body);
    assert_eq!(second.body["scope"], "openid email offline_access");
    assert_ne!(second.body["refresh_token"], *first.refresh);
    let (before, after) =
        (claims(&org, &first.id).await, claims(&org, second.body["id_token"].as_str().unwrap()).await);
    assert_eq!((&before["auth_time"], &before["sub"]), (&after["auth_time"], &after["sub"]));
    assert!(after["iat"].as_u64() > before["iat"].as_u64() && after.get("nonce").is_none());

    let narrow = refresh(&browser, second.body["refresh_token"].as_str().unwrap(), &[("scope", "openid")]).await;
    assert_eq!(narrow.body["scope"], "openid");
    let again = refresh(&browser, narrow.body["refresh_token"].as_str().unwrap(), &[]).await;
    assert_eq!(again.body["scope"], "openid email offline_access");
    let wide = refresh(&browser, again.body["refresh_token"].as_str().unwrap(), &[("scope", "openid phone")]).await;
    assert_eq!((wide.status, &wide.body["error"]), (400, &json!("invalid_scope")));
}

#[tokio::test]
async fn tokens_end_with_the_sessions_if_a_program_says_so() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let ended = tokens(&browser, "openid offline_access").await;
    let sub = claims(&org, &ended.id).await["sub"].as_str().unwrap().to_owned();
    let end = async |query: &str| org.admin(Method::DELETE, &format!("users/{sub}/sessions{query}"), None).await.status;
    assert_eq!(end("").await, 204);
    let refreshed = refresh(&browser, &ended.refresh, &[]).await;
    assert_eq!(refreshed.status, 200, "{}", refreshed.body);
    assert_eq!(end("?oauthTokens=true").await, 204);
    let token = refreshed.body["refresh_token"].as_str().unwrap();
    assert_eq!(refresh(&browser, token, &[]).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn a_used_refresh_token_works_a_moment_more_and_then_revokes_everything() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let first = tokens(&browser, "openid offline_access").await;
    let second = refresh(&browser, &first.refresh, &[]).await;
    org.advance(29).await;
    let lost_answer = refresh(&browser, &first.refresh, &[]).await;
    assert_eq!(lost_answer.status, 200);
    org.advance(2).await;
    assert_eq!(refresh(&browser, &first.refresh, &[]).await.body["error"], "invalid_grant");
    for answer in [second, lost_answer] {
        let token = |name: &str| answer.body[name].as_str().unwrap().to_owned();
        assert_eq!(refresh(&browser, &token("refresh_token"), &[]).await.body["error"], "invalid_grant");
        assert_eq!(introspect(&browser, &token("access_token")).await.body, json!({ "active": false }));
    }
}

#[tokio::test]
async fn a_refresh_token_ends_unused_or_with_its_user() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let unused = tokens(&browser, "openid offline_access").await.refresh;
    org.advance(7 * 24 * 60 * 60 + 1).await;
    assert_eq!(refresh(&browser, &unused, &[]).await.body["error"], "invalid_grant");

    let browser = org.browser();
    let token = tokens(&browser, "openid offline_access").await.refresh;
    let path = "users/ada.byron/lifecycle/suspend";
    assert_eq!(org.admin(Method::POST, path, None).await.status, 200);
    assert_eq!(refresh(&browser, &token, &[]).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn without_a_code_or_the_grant_type_there_is_no_refresh_token() {
    let org = TestOrg::start().await;
    let scope = ("scope", "openid offline_access");
    let token = super::session_token(&org.browser()).await;
    let changes = [scope, ("response_type", "id_token token"), ("sessionToken", &*token)];
    let fields = redirected(&super::authorize(&org.browser(), &changes).await);
    assert_eq!(field(&fields, "scope"), "openid");
    let callback = "http://localhost:8080/authorization-code/callback";
    let changes = [scope, ("client_id", super::SERVER_CLIENT), ("redirect_uri", callback)];
    let fields = redirected(&super::authorize(&org.browser(), &changes).await);
    assert_eq!(field(&fields, "error"), "invalid_scope");
}

#[tokio::test]
async fn a_code_that_comes_twice_revokes_the_tokens_of_the_first() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let code = code(&browser, "/oauth2", &[("scope", "openid offline_access")]).await;
    let tokens = exchange(&browser, "/oauth2", &code).await.body;
    let access = tokens["access_token"].as_str().unwrap();
    assert_eq!(introspect(&browser, access).await.body["active"], true);
    assert_eq!(exchange(&browser, "/oauth2", &code).await.body["error"], "invalid_grant");
    assert_eq!(introspect(&browser, access).await.body["active"], false);
    assert_eq!(refresh(&browser, tokens["refresh_token"].as_str().unwrap(), &[]).await.body["error"], "invalid_grant");
}
