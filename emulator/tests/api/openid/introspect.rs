//! Introspection, and what revocation changes about it.

use serde_json::json;

use super::{CLIENT, introspect, post, tokens, userinfo};
use crate::support::TestOrg;

#[tokio::test]
async fn each_kind_of_token_is_active_until_it_expires() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let tokens = tokens(&browser, "openid offline_access").await;
    let access = introspect(&browser, &tokens.access).await.body;
    assert_eq!(
        (&access["active"], &access["token_type"], &access["client_id"]),
        (&json!(true), &json!("Bearer"), &json!(CLIENT))
    );
    assert_eq!(
        (&access["scope"], &access["username"]),
        (&json!("openid offline_access"), &json!("ada.byron@example.com"))
    );
    assert_eq!((&access["iss"], &access["sub"]), (&json!(org.address()), &json!("ada.byron@example.com")));
    assert_eq!(introspect(&browser, &tokens.refresh).await.body["active"], true);
    let id = introspect(&browser, &tokens.id).await.body;
    assert_eq!((&id["active"], &id["aud"]), (&json!(true), &json!(CLIENT)));
    let other_server = [("client_id", CLIENT), ("token", &*tokens.access)];
    let answer = post(&browser, "/oauth2/default/v1/introspect", &other_server).await;
    assert_eq!(answer.body, json!({ "active": false }));
    let forged = format!("{}x", tokens.id);
    org.advance(3601).await;
    for token in ["never-issued", &forged, &tokens.id, &tokens.access] {
        assert_eq!(introspect(&browser, token).await.body, json!({ "active": false }), "{token}");
    }
}

#[tokio::test]
async fn a_revoked_token_is_not_active() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let revoke =
        async |token: &str| post(&browser, "/oauth2/v1/revoke", &[("client_id", CLIENT), ("token", token)]).await;
    let first = tokens(&browser, "openid offline_access").await;
    assert_eq!(revoke(&first.access).await.status, 200);
    assert_eq!(introspect(&browser, &first.access).await.body, json!({ "active": false }));
    assert_eq!(userinfo(&browser, &format!("Bearer {}", first.access)).await.status, 401);
    assert_eq!(introspect(&browser, &first.refresh).await.body["active"], true);
    assert_eq!(revoke(&first.access).await.status, 200);

    let second = tokens(&org.browser(), "openid offline_access").await;
    assert_eq!(revoke(&second.refresh).await.status, 200);
    assert_eq!(introspect(&browser, &second.refresh).await.body["active"], false);
    assert_eq!(introspect(&browser, &second.access).await.body["active"], false);
    assert_eq!(introspect(&browser, &first.refresh).await.body["active"], true);
}
