//! The management API: groups that change, the schema of users, passwords of another system.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestOrg;

#[tokio::test]
async fn a_group_is_changed_and_deleted() {
    let org = TestOrg::start().await;
    let made = org.admin(Method::POST, "groups", Some(json!({ "profile": { "name": "Night shift" } }))).await;
    let path = format!("groups/{}", made.body["id"].as_str().unwrap());
    let change = json!({ "profile": { "name": "Late shift", "description": "after ten" } });
    let changed = org.admin(Method::PUT, &path, Some(change.clone())).await;
    assert_eq!((changed.status, &changed.body["profile"]), (200, &change["profile"]));
    assert_eq!(org.admin(Method::GET, &path, None).await.body, changed.body);
    let everyone = org.admin(Method::GET, "groups?q=Everyone", None).await.body[0].clone();
    let taken = json!({ "profile": { "name": everyone["profile"]["name"] } });
    org.admin(Method::PUT, &path, Some(taken)).await.is_error(400, "E0000001");
    org.admin(Method::PUT, &path, Some(json!({ "profile": { "name": " " } }))).await.is_error(400, "E0000001");
    let built_in = format!("groups/{}", everyone["id"].as_str().unwrap());
    org.admin(Method::DELETE, &built_in, None).await.is_error(403, "E0000102");

    assert_eq!(org.admin(Method::PUT, &format!("{path}/users/ada.byron"), None).await.status, 204);
    assert_eq!(org.admin(Method::DELETE, &path, None).await.status, 204);
    org.admin(Method::GET, &path, None).await.is_error(404, "E0000007");
    let groups = org.admin(Method::GET, "users/ada.byron/groups", None).await.body;
    assert!(!groups.to_string().contains("Late shift"), "{groups}");
}

#[tokio::test]
async fn the_schema_of_users_has_the_base_and_what_the_org_added() {
    const PATH: &str = "meta/schemas/user/default";
    let org = TestOrg::start().await;
    let read = org.admin(Method::GET, PATH, None).await;
    assert_eq!(read.status, 200);
    assert_eq!(read.body["definitions"]["base"]["properties"].as_object().unwrap().len(), 31);
    let custom = |value: Value| json!({ "definitions": { "custom": { "properties": { "badge": value } } } });
    let badge = json!({ "title": "Badge", "type": "string" });
    let added = org.admin(Method::POST, PATH, Some(custom(badge.clone()))).await;
    assert_eq!(added.body["definitions"]["custom"]["properties"], json!({ "badge": badge }));
    let removed = org.admin(Method::POST, PATH, Some(custom(Value::Null))).await;
    assert_eq!(removed.body["definitions"]["custom"]["properties"], json!({}));
    org.admin(Method::POST, PATH, Some(custom(json!("text")))).await.is_error(400, "E0000001");
    org.admin(Method::GET, "meta/schemas/user/other", None).await.is_error(404, "E0000007");
}

/// Joan Clarke, whose password has this hash.
fn imported(hash: &Value) -> Value {
    json!({
        "profile": { "login": "joan.clarke@example.com", "email": "joan.clarke@example.com",
            "firstName": "Joan", "lastName": "Clarke" },
        "credentials": { "password": { "hash": hash } },
    })
}

#[tokio::test]
async fn a_user_signs_in_with_a_password_that_was_imported_as_a_hash() {
    let org = TestOrg::start().await;
    let hash = json!({ "algorithm": "BCRYPT", "workFactor": 4, "salt": "N9qo8uLOickgx2ZMRZoMye", "value": VALUE });
    let made = org.admin(Method::POST, "users?activate=true", Some(imported(&hash))).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("ACTIVE")), "{:?}", made.body);
    let browser = org.browser();
    browser.sign_in("joan.clarke", "Banburismus2").await.is_error(401, "E0000004");
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "SUCCESS");
    for (member, value) in
        [("algorithm", json!("MD5")), ("workFactor", json!(21)), ("salt", json!("short")), ("value", json!("$"))]
    {
        let mut hash = hash.clone();
        hash[member] = value;
        org.admin(Method::POST, "users", Some(imported(&hash))).await.is_error(400, "E0000001");
    }
}

/// bcrypt of Banburismus1 with that salt.
const VALUE: &str = "x.oZKkqn4jdXsZrfWK1SRWAH0qPaJl2";

#[tokio::test]
async fn a_temporary_password_and_a_forgotten_one_have_calls_of_their_own() {
    let org = TestOrg::start().await;
    let path = "users/mary.jackson/lifecycle/expire_password_with_temp_password";
    let temporary = org.admin(Method::POST, path, None).await.body["tempPassword"].as_str().unwrap().to_owned();
    let answer = org.browser().sign_in("mary.jackson", &temporary).await;
    assert_eq!(answer.body["status"], "PASSWORD_EXPIRED");
    org.admin(Method::POST, "users/evelyn.boyd/lifecycle/expire_password_with_temp_password", None)
        .await
        .is_error(403, "E0000038");

    let path = "users/mary.jackson/credentials/forgot_password_recovery_question";
    let given =
        |answer| json!({ "password": { "value": "Supersonic1959" }, "recovery_question": { "answer": answer } });
    org.admin(Method::POST, path, Some(json!({ "recovery_question": { "answer": "Langley" } })))
        .await
        .is_error(400, "E0000001");
    org.admin(Method::POST, path, Some(given("Houston"))).await.is_error(403, "E0000087");
    assert_eq!(org.admin(Method::POST, path, Some(given("Langley"))).await.status, 200);
    assert_eq!(org.browser().sign_in("mary.jackson", "Supersonic1959").await.body["status"], "SUCCESS");
}

#[tokio::test]
async fn an_authorization_server_that_is_switched_off_answers_as_if_there_were_none() {
    let org = TestOrg::start().await;
    let metadata = async || org.browser().get("/oauth2/default/.well-known/openid-configuration").await.status;
    assert_eq!(metadata().await, 200);
    for (call, status, shown) in [("deactivate", 404, "INACTIVE"), ("activate", 200, "ACTIVE")] {
        let path = format!("authorizationServers/default/lifecycle/{call}");
        assert_eq!(org.admin(Method::POST, &path, None).await.status, 200);
        assert_eq!(metadata().await, status);
        assert_eq!(org.admin(Method::GET, "authorizationServers/default", None).await.body["status"], shown);
    }
}
