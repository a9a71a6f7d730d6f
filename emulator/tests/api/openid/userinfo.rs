//! The user's claims for an access token.

use serde_json::json;

use super::{claims, code, exchange, tokens, userinfo};
use crate::support::TestOrg;

#[tokio::test]
async fn the_scopes_decide_which_claims_there_are() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let all = tokens(&browser, "openid profile email groups").await;
    let answer = userinfo(&browser, &format!("Bearer {}", all.access)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["sub"], claims(&org, &all.id).await["sub"]);
    assert_eq!((&answer.body["given_name"], &answer.body["family_name"]), (&json!("Ada"), &json!("Byron")));
    assert_eq!(
        (&answer.body["email"], &answer.body["email_verified"]),
        (&json!("ada.byron@example.com"), &json!(true))
    );
    assert_eq!(answer.body["groups"][0], "Everyone");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    let plain = tokens(&org.browser(), "openid").await;
    let answer = userinfo(&browser, &format!("bearer {}", plain.access)).await;
    assert_eq!(answer.body.as_object().unwrap().keys().collect::<Vec<_>>(), ["sub"]);
}

/// RFC 6750, section 3.1.
#[tokio::test]
async fn a_token_that_can_not_be_used_is_challenged() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let tokens = tokens(&browser, "openid offline_access").await;
    let foreign = code(&org.browser(), "/oauth2/default", &[]).await;
    let foreign = exchange(&browser, "/oauth2/default", &foreign).await.body["access_token"].clone();
    for (authorization, challenge) in [
        (String::new(), "Bearer"),
        (format!("Basic {}", tokens.access), "Bearer"),
        ("Bearer never-issued".to_owned(), "Bearer error=\"invalid_token\""),
        (format!("Bearer {}", tokens.id), "Bearer error=\"invalid_token\""),
        (format!("Bearer {}", tokens.refresh), "Bearer error=\"invalid_token\""),
        (format!("Bearer {}", foreign.as_str().unwrap()), "Bearer error=\"invalid_token\""),
    ] {
        let answer = userinfo(&browser, &authorization).await;
        assert_eq!(answer.status, 401, "{authorization}");
        assert!(answer.header("www-authenticate").starts_with(challenge), "{}", answer.header("www-authenticate"));
    }
    org.advance(3601).await;
    assert_eq!(userinfo(&browser, &format!("Bearer {}", tokens.access)).await.status, 401);

    let code = code(&org.browser(), "/oauth2/default", &[("scope", "orders:read")]).await;
    let answer = exchange(&browser, "/oauth2/default", &code).await;
    assert!(answer.body.get("id_token").is_none());
    let access = answer.body["access_token"].as_str().unwrap();
    let request = browser.request(reqwest::Method::POST, "/oauth2/default/v1/userinfo").bearer_auth(access);
    let answer = crate::support::Answer::of(request.send().await.unwrap()).await;
    assert_eq!(answer.status, 403);
    assert!(answer.header("www-authenticate").starts_with("Bearer error=\"insufficient_scope\""));
}
