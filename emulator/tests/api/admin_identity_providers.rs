//! The management API: identity providers.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{Answer, TestOrg};

const PARTNER: &str = "idps/0oasaml2provider0000";

async fn routed(org: &TestOrg, login: &str) -> Value {
    let answer = org.browser().get(&format!("/.well-known/webfinger?resource=okta:acct:{login}")).await;
    answer.body["links"][0]["properties"]["okta:idp:type"].clone()
}

async fn names(org: &TestOrg, query: &str) -> Vec<String> {
    let list = org.admin(Method::GET, &format!("idps{query}"), None).await;
    list.body.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_provider_is_created_read_replaced_and_deleted() {
    let org = TestOrg::start().await;
    let protocol = json!({ "type": "OIDC", "scopes": ["openid"] });
    let body = json!({ "type": "MICROSOFT", "name": "Office", "protocol": protocol });
    let created = org.admin(Method::POST, "idps", Some(body.clone())).await;
    assert_eq!((created.status, &created.body["status"]), (200, &json!("ACTIVE")), "{}", created.body);
    assert_eq!((&created.body["type"], &created.body["protocol"]), (&json!("MICROSOFT"), &protocol));
    let path = format!("idps/{}", created.body["id"].as_str().unwrap());
    assert_eq!(org.admin(Method::GET, &path, None).await.body, created.body);
    assert_eq!(org.browser().get(&format!("/sso/{path}")).await.status, 200);

    org.advance(60).await;
    let renamed = json!({ "type": "MICROSOFT", "name": "Work", "policy": { "subject": {} } });
    let replaced = org.admin(Method::PUT, &path, Some(renamed)).await.body;
    assert_eq!((&replaced["name"], replaced.get("protocol")), (&json!("Work"), None));
    assert_eq!(replaced["created"], created.body["created"]);
    assert!(replaced["lastUpdated"].as_str() > created.body["lastUpdated"].as_str());
    assert_eq!(org.admin(Method::DELETE, &path, None).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        org.admin(method, &path, None).await.is_error(404, "E0000007");
    }
    assert_eq!(org.browser().get(&format!("/sso/{path}")).await.status, 404);
}

#[tokio::test]
async fn a_provider_that_is_not_active_is_passed_over() {
    let org = TestOrg::start().await;
    assert_eq!(routed(&org, "jo@partner.example").await, "SAML2");
    let off = org.admin(Method::POST, &format!("{PARTNER}/lifecycle/deactivate"), None).await;
    assert_eq!((off.status, &off.body["status"]), (200, &json!("INACTIVE")));
    assert!(off.body["_links"]["activate"].is_object() && off.body["_links"].get("deactivate").is_none());
    assert_eq!(routed(&org, "jo@partner.example").await, "OKTA");
    org.admin(Method::POST, &format!("{PARTNER}/lifecycle/activate"), None).await;
    assert_eq!(routed(&org, "jo@partner.example").await, "SAML2");
    org.admin(Method::DELETE, PARTNER, None).await;
    assert_eq!(routed(&org, "jo@partner.example").await, "OKTA");
    org.control(Method::POST, "reset", None).await;
    assert_eq!(routed(&org, "jo@partner.example").await, "SAML2");
}

#[tokio::test]
async fn the_list_is_filtered_and_has_pages() {
    let org = TestOrg::start().await;
    assert_eq!(names(&org, "").await, ["Partner Cloud", "Google", "Smart cards", "Former Partner"]);
    assert_eq!(names(&org, "?q=part").await, ["Partner Cloud"]);
    assert_eq!(names(&org, "?type=X509").await, ["Smart cards"]);
    let first = org.admin(Method::GET, "idps?limit=1", None).await;
    assert!(first.header("link").contains("/api/v1/idps?"), "{}", first.header("link"));
    org.admin(Method::GET, "idps?type=MYSPACE", None).await.is_error(400, "E0000001");
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let org = TestOrg::start().await;
    for body in [
        json!({}),
        json!({ "type": "GOOGLE" }),
        json!({ "type": "GOOGLE", "name": " " }),
        json!({ "type": "MYSPACE", "name": "A" }),
        json!({ "type": "GOOGLE", "name": "Partner Cloud" }),
    ] {
        org.admin(Method::POST, "idps", Some(body)).await.is_error(400, "E0000001");
    }
    let body = json!({ "type": "GOOGLE", "name": "A", "protocol": [] });
    org.admin(Method::POST, "idps", Some(body)).await.is_error(400, "E0000003");
    let other = json!({ "type": "OIDC", "name": "Partner Cloud" });
    org.admin(Method::PUT, PARTNER, Some(other)).await.is_error(400, "E0000001");
    let without = Client::new().get(format!("{}/api/v1/idps", org.address())).send().await.unwrap();
    Answer::of(without).await.is_error(401, "E0000011");
}
