//! Codes and the tokens that they are exchanged for.

use serde_json::{Value, json};

use super::{CLIENT, SECRET, SERVER_CLIENT, claims, code, encode, exchange, field, post, redirected, session_token};
use crate::support::{Answer, TestOrg};

#[tokio::test]
async fn a_code_becomes_tokens_once() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let code = code(&browser, "/oauth2", &[]).await;
    let answer = exchange(&browser, "/oauth2", &code).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!((&answer.body["token_type"], &answer.body["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(answer.body["scope"], "openid profile email");
    assert_eq!(answer.header("cache-control"), "no-cache, no-store");
    assert_eq!(answer.header("access-control-allow-credentials"), "");

    let id = claims(&org, answer.body["id_token"].as_str().unwrap()).await;
    let me = browser.get("/api/v1/sessions/me").await.body;
    assert_eq!(id["iss"], org.address());
    assert_eq!((&id["aud"], &id["sub"], &id["nonce"]), (&json!(CLIENT), &me["userId"], &json!("the-nonce")));
    assert_eq!((&id["name"], &id["preferred_username"]), (&json!("Ada Byron"), &json!("ada.byron@example.com")));
    assert_eq!((&id["amr"], &id["email"]), (&json!(["pwd"]), &json!("ada.byron@example.com")));
    assert_eq!(id["exp"].as_u64().unwrap() - id["iat"].as_u64().unwrap(), 3600);
    assert!(id["auth_time"].as_u64() <= id["iat"].as_u64());

    let access = claims(&org, answer.body["access_token"].as_str().unwrap()).await;
    assert_eq!((&access["aud"], &access["cid"]), (&json!(org.address()), &json!(CLIENT)));
    assert_eq!(access["scp"], json!(["openid", "profile", "email"]));

    let again = exchange(&browser, "/oauth2", &code).await;
    assert_eq!((again.status, &again.body["error"]), (400, &json!("invalid_grant")));
}

#[tokio::test]
async fn a_code_expires_after_five_minutes() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let code = code(&browser, "/oauth2", &[]).await;
    org.advance(301).await;
    assert_eq!(exchange(&browser, "/oauth2", &code).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn a_custom_server_has_its_issuer_audience_scopes_and_claims() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let id = browser.sign_in("ada.byron", "Analytical1843").await.body["_embedded"]["user"]["id"].clone();
    let path = format!("users/{}", id.as_str().unwrap());
    let changed =
        org.admin(reqwest::Method::POST, &path, Some(json!({ "profile": { "department": "Engines" } }))).await;
    assert_eq!(changed.status, 200);
    let server = "/oauth2/default";
    let code = code(&browser, server, &[("scope", "openid orders:read")]).await;
    assert_eq!(exchange(&browser, "/oauth2", &code).await.body["error"], "invalid_grant");
    let tokens = exchange(&browser, server, &code).await;
    let access = claims(&org, tokens.body["access_token"].as_str().unwrap()).await;
    assert_eq!(access["iss"], format!("{}{server}", org.address()));
    assert_eq!((&access["aud"], &access["department"]), (&json!("api://default"), &json!("Engines")));
    assert_eq!(access["scp"], json!(["openid", "orders:read"]));
    let id_token = claims(&org, tokens.body["id_token"].as_str().unwrap()).await;
    assert_eq!((&id_token["iss"], &id_token["department"]), (&access["iss"], &Value::Null));
}

#[tokio::test]
async fn a_client_with_a_secret_sends_it_in_the_header_or_in_the_form() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let callback = "http://localhost:8080/authorization-code/callback";
    let new_code = async || {
        let token = session_token(&org.browser()).await;
        let query = encode(&[
            ("client_id", SERVER_CLIENT),
            ("redirect_uri", callback),
            ("response_type", "code"),
            ("scope", "openid"),
            ("state", "s"),
            ("sessionToken", &token),
        ]);
        field(&redirected(&org.browser().get(&format!("/oauth2/v1/authorize?{query}")).await), "code")
    };
    let grant = |code: &str| {
        vec![
            ("grant_type".to_owned(), "authorization_code".to_owned()),
            ("redirect_uri".to_owned(), callback.to_owned()),
            ("code".to_owned(), code.to_owned()),
        ]
    };
    let basic = async |id: &str, secret: &str| {
        let request = browser.request(reqwest::Method::POST, "/oauth2/v1/token").basic_auth(id, Some(secret));
        let fields = grant(&new_code().await);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        Answer::of(request.body(encode(&fields)).send().await.unwrap()).await
    };
    assert_eq!(basic(SERVER_CLIENT, SECRET).await.status, 200);
    for (id, secret) in [(SERVER_CLIENT, "other"), ("nobody", SECRET), (CLIENT, "a-secret-of-none")] {
        let refused = basic(id, secret).await;
        assert_eq!((refused.status, &refused.body["error"]), (401, &json!("invalid_client")), "{id}");
        assert!(refused.header("www-authenticate").starts_with("Basic"));
    }
    for (secret, status) in [(Some(SECRET), 200), (Some("other"), 401), (None, 401)] {
        let mut fields = grant(&new_code().await);
        fields.push(("client_id".to_owned(), SERVER_CLIENT.to_owned()));
        fields.extend(secret.map(|secret| ("client_secret".to_owned(), secret.to_owned())));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(post(&browser, "/oauth2/v1/token", &fields).await.status, status, "{secret:?}");
    }
}
