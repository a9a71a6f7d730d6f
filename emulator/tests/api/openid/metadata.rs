//! Discovery documents and keys.

use reqwest::Method;
use serde_json::{Value, json};

use super::{claims, introspect, tokens};
use crate::support::{PAGE, TestOrg};

#[tokio::test]
async fn each_server_describes_itself() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for (path, endpoints, issuer) in [("", "/oauth2", ""), ("/oauth2/default", "/oauth2/default", "/oauth2/default")] {
        for document in ["openid-configuration", "oauth-authorization-server"] {
            let answer = browser.get(&format!("{path}/.well-known/{document}")).await;
            let at = |place: &str| json!(format!("{}{place}", org.address()));
            assert_eq!(answer.status, 200);
            assert_eq!(answer.body["issuer"], at(issuer));
            assert_eq!(answer.body["authorization_endpoint"], at(&format!("{endpoints}/v1/authorize")));
            assert_eq!(answer.body["token_endpoint"], at(&format!("{endpoints}/v1/token")));
            assert_eq!(answer.body["jwks_uri"], at(&format!("{endpoints}/v1/keys")));
            assert_eq!(answer.body["code_challenge_methods_supported"], json!(["S256"]));
            let is_openid = answer.body.get("id_token_signing_alg_values_supported").is_some();
            assert_eq!(is_openid, document == "openid-configuration");
        }
    }
    let custom = browser.get("/oauth2/default/.well-known/openid-configuration").await;
    assert!(custom.body["scopes_supported"].as_array().unwrap().contains(&json!("orders:read")));
}

#[tokio::test]
async fn an_unknown_server_is_not_found() {
    let org = TestOrg::start().await;
    for path in [".well-known/openid-configuration", "v1/keys", "v1/authorize?client_id=x"] {
        org.browser().get(&format!("/oauth2/nowhere/{path}")).await.is_error(404, "E0000007");
    }
}

#[tokio::test]
async fn all_servers_have_the_same_keys_and_keep_them() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let keys = browser.get("/oauth2/v1/keys").await;
    assert_eq!(keys.status, 200);
    let key = &keys.body["keys"][0];
    assert_eq!(
        (&key["kty"], &key["alg"], &key["use"], &key["e"]),
        (&json!("RSA"), &json!("RS256"), &json!("sig"), &json!("AQAB"))
    );
    for secret in ["d", "p", "q"] {
        assert!(key.get(secret).is_none(), "{key}");
    }
    assert_eq!(browser.get("/oauth2/default/v1/keys").await.body, keys.body);
    org.control(Method::POST, "reset", None).await;
    assert_eq!(browser.get("/oauth2/v1/keys").await.body, keys.body);
    assert_eq!(keys.header("access-control-allow-origin"), PAGE);
    assert_eq!(keys.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn a_rotated_key_signs_and_the_two_before_it_stay_published() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let published = async || -> Vec<Value> {
        let keys = browser.get("/oauth2/v1/keys").await.body;
        keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].clone()).collect()
    };
    let first = published().await;
    let old = tokens(&browser, "openid").await.id;
    let rotate = async || org.control(Method::POST, "keys/rotate", None).await.body["kid"].clone();
    let second = rotate().await;
    assert_eq!(published().await, [&[second.clone()][..], &first].concat());
    // Both can be verified.
    claims(&org, &old).await;
    let new = tokens(&org.browser(), "openid").await.id;
    claims(&org, &new).await;
    assert_ne!(old.split('.').next(), new.split('.').next());
    let (third, fourth) = (rotate().await, rotate().await);
    assert_eq!(published().await, [fourth, third, second]);
    assert_eq!(introspect(&browser, &old).await.body["active"], false);
    assert_eq!(introspect(&browser, &new).await.body["active"], true);
}
