//! The management API: custom authorization servers.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{Answer, TestOrg};

const PATH: &str = "authorizationServers";
const DEFAULT: &str = "authorizationServers/default";

async fn get(org: &TestOrg, path: &str) -> Value {
    let answer = org.admin(Method::GET, path, None).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_server_is_created_used_replaced_and_deleted() {
    let org = TestOrg::start().await;
    let body = json!({ "name": "Shop", "description": "Orders", "audiences": ["api://shop"] });
    let created = org.admin(Method::POST, PATH, Some(body)).await.body;
    let id = created["id"].as_str().unwrap();
    assert_eq!((&created["status"], &created["default"]), (&json!("ACTIVE"), &json!(false)));
    let (path, base) = (format!("{PATH}/{id}"), format!("/oauth2/{id}"));
    assert_eq!(get(&org, &path).await, created);
    let metadata = org.browser().get(&format!("{base}/.well-known/openid-configuration")).await.body;
    assert_eq!(created["issuer"], metadata["issuer"]);

    let body = json!({ "name": "Shops", "audiences": ["api://shops"] });
    let replaced = org.admin(Method::PUT, &path, Some(body)).await.body;
    assert_eq!((&replaced["name"], &replaced["description"]), (&json!("Shops"), &json!("")));
    assert_eq!(replaced["audiences"], json!(["api://shops"]));
    assert_eq!(names(&get(&org, &format!("{PATH}?q=api://SHOPS")).await), ["Shops"]);
    assert_eq!(names(&get(&org, PATH).await), ["default", "Shops"]);

    assert_eq!(org.admin(Method::DELETE, &path, None).await.status, 204);
    for method in [Method::GET, Method::DELETE] {
        org.admin(method, &path, None).await.is_error(404, "E0000007");
    }
    assert_eq!(org.browser().get(&format!("{base}/.well-known/openid-configuration")).await.status, 404);
    org.admin(Method::DELETE, DEFAULT, None).await;
    org.control(Method::POST, "reset", None).await;
    assert_eq!(names(&get(&org, PATH).await), ["default"]);
}

#[tokio::test]
async fn scopes_claims_and_policies_are_those_of_the_file() {
    let org = TestOrg::start().await;
    let scopes = get(&org, &format!("{DEFAULT}/scopes")).await;
    let metadata = org.browser().get("/oauth2/default/.well-known/openid-configuration").await.body;
    assert_eq!(json!(names(&scopes)), metadata["scopes_supported"]);
    let own: Vec<&Value> = scopes.as_array().unwrap().iter().filter(|one| one["system"] == false).collect();
    assert_eq!((own.len(), &own[0]["name"]), (1, &json!("orders:read")));

    let claims = get(&org, &format!("{DEFAULT}/claims")).await;
    assert_eq!(names(&claims), ["department"]);
    assert_eq!((&claims[0]["claimType"], &claims[0]["value"]), (&json!("RESOURCE"), &json!("user.department")));

    let policies = get(&org, &format!("{DEFAULT}/policies")).await;
    let rules = policies[0]["_links"]["rules"]["href"].as_str().unwrap();
    let rules = get(&org, rules.split("/api/v1/").nth(1).unwrap()).await;
    assert_eq!(rules[0]["actions"]["token"]["accessTokenLifetimeMinutes"], 60);
    org.admin(Method::GET, &format!("{DEFAULT}/policies/00pother/rules"), None).await.is_error(404, "E0000007");
}

#[tokio::test]
async fn what_is_wrong_is_refused() {
    let org = TestOrg::start().await;
    for body in [
        json!({}),
        json!({ "name": " ", "audiences": ["a"] }),
        json!({ "name": "A" }),
        json!({ "name": "A", "audiences": [] }),
        json!({ "name": "A", "audiences": [" "] }),
        json!({ "name": "A", "audiences": "a" }),
        json!({ "name": "default", "audiences": ["a"] }),
    ] {
        let answer = org.admin(Method::POST, PATH, Some(body.clone())).await;
        assert_eq!((answer.status, &answer.body["errorCode"]), (400, &json!("E0000001")), "{body}");
    }
    let without = Client::new().get(format!("{}/api/v1/{PATH}", org.address())).send().await.unwrap();
    Answer::of(without).await.is_error(401, "E0000011");
}
