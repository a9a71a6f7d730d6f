//! The management API: users, lifecycle, groups, policies, trusted origins, sessions.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, TestOrg};

fn joan(password: Option<&str>) -> Value {
    let profile = json!({ "login": "joan.clarke@example.com", "email": "joan.clarke@example.com",
        "firstName": "Joan", "lastName": "Clarke" });
    match password {
        Some(password) => json!({ "profile": profile, "credentials": { "password": { "value": password } } }),
        None => json!({ "profile": profile }),
    }
}

#[tokio::test]
async fn the_management_api_requires_a_known_api_token() {
    let org = TestOrg::start().await;
    for token in [None, Some("SSWS wrong"), Some("Bearer emulator-api-token"), Some("SSWS ")] {
        let mut request = Client::new().get(format!("{}/api/v1/users", org.address()));
        if let Some(token) = token {
            request = request.header("authorization", token);
        }
        Answer::of(request.send().await.unwrap()).await.is_error(401, "E0000011");
    }
    assert_eq!(org.admin(Method::GET, "users", None).await.status, 200);
    // As Okta's client for Python sends it.
    let request = Client::new().get(format!("{}/api/v1/users", org.address()));
    let request = request.header("authorization", "SSWSemulator-api-token");
    assert_eq!(Answer::of(request.send().await.unwrap()).await.status, 200);
    org.admin(Method::GET, "users/nobody", None).await.is_error(404, "E0000007");
}

#[tokio::test]
async fn a_user_is_created_read_and_updated() {
    let org = TestOrg::start().await;
    let made = org.admin(Method::POST, "users?activate=true", Some(joan(Some("Banburismus1")))).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("ACTIVE")), "{:?}", made.body);
    assert_eq!(made.body["credentials"]["password"], json!({}));
    org.admin(Method::POST, "users", Some(joan(None))).await.is_error(400, "E0000001");
    let id = made.body["id"].as_str().unwrap();
    for name in [id, "joan.clarke", "joan.clarke@example.com"] {
        assert_eq!(org.admin(Method::GET, &format!("users/{name}"), None).await.body, made.body);
    }
    let changed = json!({ "profile": { "lastName": "Murray", "mobilePhone": "555-415-1337" } });
    let changed = org.admin(Method::POST, &format!("users/{id}"), Some(changed)).await;
    assert_eq!(changed.body["profile"]["lastName"], "Murray");
    assert_eq!(changed.body["profile"]["firstName"], "Joan");
    let whole = json!({ "profile": { "lastName": "Murray" } });
    org.admin(Method::PUT, &format!("users/{id}"), Some(whole)).await.is_error(400, "E0000001");
    let browser = org.browser();
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "SUCCESS");
    let read = org.admin(Method::GET, &format!("users/{id}"), None).await;
    assert!(read.body["lastLogin"].is_string());
    for status in ["DEPROVISIONED", ""] {
        assert_eq!(org.admin(Method::DELETE, &format!("users/{id}"), None).await.status, 204);
        assert_eq!(
            org.admin(Method::GET, &format!("users/{id}"), None).await.body["status"].as_str().unwrap_or(""),
            status
        );
    }
}

#[tokio::test]
async fn mistakes_in_a_new_user_are_reported() {
    let org = TestOrg::start().await;
    let check = async |change: fn(&mut Value), what: &str| {
        let mut body = joan(Some("Banburismus1"));
        change(&mut body);
        let refused = org.admin(Method::POST, "users", Some(body)).await;
        refused.is_error(400, "E0000001");
        let cause = refused.body["errorCauses"][0]["errorSummary"].as_str().unwrap();
        assert!(cause.contains(what), "{cause}");
    };
    check(
        |body| body["profile"]["login"] = json!("ada.byron@EXAMPLE.com"),
        "login: An object with this field already exists",
    )
    .await;
    check(|body| body["profile"]["login"] = json!("jo"), "login: must be between").await;
    check(|body| body["profile"]["email"] = json!("joan"), "email").await;
    check(|body| body["profile"]["firstName"] = json!(" "), "firstName").await;
    check(|body| body["credentials"]["password"]["value"] = json!("short"), "at least 8").await;
    check(|body| body["groupIds"] = json!(["00gnone"]), "00gnone").await;
    check(|body| body["credentials"]["password"] = json!({ "hash": {} }), "algorithm").await;
}

#[tokio::test]
async fn lifecycle_operations_change_the_account_status() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let made = org.admin(Method::POST, "users?activate=false", Some(joan(None))).await;
    assert_eq!(made.body["status"], "STAGED");
    let at = async |what: &str| org.admin(Method::POST, &format!("users/joan.clarke/lifecycle/{what}"), None).await;
    let status = async || org.admin(Method::GET, "users/joan.clarke", None).await.body["status"].clone();
    let told = at("activate?sendEmail=false").await;
    assert!(told.body["activationUrl"].as_str().unwrap().ends_with(told.body["activationToken"].as_str().unwrap()));
    assert_eq!(status().await, "PROVISIONED");
    at("activate").await.is_error(403, "E0000016");
    let again = at("reactivate?sendEmail=false").await;
    let reset = browser.post(AUTHN, json!({ "token": again.body["activationToken"] })).await;
    assert_eq!(reset.body["status"], "PASSWORD_RESET");
    let done = browser.go(&reset, "next", json!({ "newPassword": "Banburismus1" })).await;
    assert_eq!(done.body["status"], "SUCCESS");
    assert_eq!(status().await, "ACTIVE");

    at("unsuspend").await.is_error(400, "E0000001");
    at("unlock").await.is_error(403, "E0000038");
    assert_eq!(at("suspend").await.body, json!({}));
    browser.sign_in("joan.clarke", "Banburismus1").await.is_error(401, "E0000004");
    at("unsuspend").await;
    for _ in 0..5 {
        browser.sign_in("joan.clarke", "wrong").await.is_error(401, "E0000004");
    }
    assert_eq!(status().await, "LOCKED_OUT");
    at("unlock").await;
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "SUCCESS");

    assert_eq!(at("expire_password").await.body["status"], "PASSWORD_EXPIRED");
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "PASSWORD_EXPIRED");
    let temporary = at("expire_password?tempPassword=true").await.body["tempPassword"].clone();
    let entered = browser.sign_in("joan.clarke", temporary.as_str().unwrap()).await;
    assert_eq!(entered.body["status"], "PASSWORD_EXPIRED");
    let link = at("reset_password?sendEmail=false").await.body["resetPasswordUrl"].as_str().unwrap().to_owned();
    assert_eq!(status().await, "RECOVERY");
    browser.sign_in("joan.clarke", temporary.as_str().unwrap()).await.is_error(401, "E0000004");
    let token = link.split_once("recoveryToken=").unwrap().1;
    let reset = browser.post(&format!("{AUTHN}/recovery/token"), json!({ "recoveryToken": token })).await;
    assert_eq!(reset.body["status"], "PASSWORD_RESET");
    browser.go(&reset, "next", json!({ "newPassword": "Enigma1944x" })).await;
    assert_eq!(status().await, "ACTIVE");
    at("deactivate").await;
    assert_eq!(status().await, "DEPROVISIONED");
}

#[tokio::test]
async fn a_program_changes_credentials_for_its_user() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    org.admin(Method::POST, "users", Some(joan(Some("Banburismus1")))).await;
    let at = async |what: &str, body: Value| {
        org.admin(Method::POST, &format!("users/joan.clarke/credentials/{what}"), Some(body)).await
    };
    let change = |old: &str, new: &str| json!({ "oldPassword": { "value": old }, "newPassword": { "value": new } });
    at("change_password", change("wrong", "Enigma1944x")).await.is_error(403, "E0000014");
    at("change_password", change("Banburismus1", "short")).await.is_error(403, "E0000080");
    let changed = at("change_password", change("Banburismus1", "Enigma1944x")).await;
    assert_eq!(changed.body["provider"], json!({ "type": "OKTA", "name": "OKTA" }));
    at("forgot_password?sendEmail=false", json!({})).await.is_error(403, "E0000034");
    let question = json!({ "question": "Favourite hut?", "answer": "Number 8" });
    let ask = |password: &str| json!({ "password": { "value": password }, "recovery_question": question.clone() });
    at("change_recovery_question", ask("wrong")).await.is_error(403, "E0000014");
    let asked = at("change_recovery_question", ask("Enigma1944x")).await;
    assert_eq!(asked.body["recovery_question"], json!({ "question": "Favourite hut?" }));
    assert!(at("forgot_password?sendEmail=false", json!({})).await.body["resetPasswordUrl"].is_string());
    let forgot =
        |answer: &str| json!({ "password": { "value": "Hut8at1942" }, "recovery_question": { "answer": answer } });
    at("forgot_password", forgot("Number 6")).await.is_error(403, "E0000087");
    assert_eq!(at("forgot_password", forgot("number 8")).await.status, 200);
    assert_eq!(browser.sign_in("joan.clarke", "Hut8at1942").await.body["status"], "SUCCESS");
}

#[tokio::test]
async fn a_member_gets_the_policies_of_the_group() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let mut body = joan(Some("Banburismus1"));
    body["groupIds"] = json!(["00g11eyizklnBxpN42p7"]);
    org.admin(Method::POST, "users", Some(body)).await;
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "MFA_ENROLL");
    let names = async || {
        let groups = org.admin(Method::GET, "users/joan.clarke/groups", None).await.body;
        groups.as_array().unwrap().iter().map(|group| group["profile"]["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Everyone", "Customers"]);
    let member = "groups/00g11eyizklnBxpN42p7/users/joan.clarke";
    assert_eq!(org.admin(Method::DELETE, member, None).await.status, 204);
    assert_eq!(names().await, ["Everyone"]);
    assert_eq!(browser.sign_in("joan.clarke", "Banburismus1").await.body["status"], "SUCCESS");
    assert_eq!(org.admin(Method::PUT, member, None).await.status, 204);
    let made = org.admin(Method::POST, "groups", Some(json!({ "profile": { "name": "New" } }))).await;
    let id = made.body["id"].as_str().unwrap();
    assert_eq!(org.admin(Method::GET, &format!("groups/{id}"), None).await.body, made.body);
    assert_eq!(org.admin(Method::GET, &format!("groups/{id}/users"), None).await.body, json!([]));
}

#[tokio::test]
async fn policies_have_rules_and_lists_are_paginated() {
    let org = TestOrg::start().await;
    for kind in ["OKTA_SIGN_ON", "PASSWORD", "MFA_ENROLL"] {
        let list = org.admin(Method::GET, &format!("policies?type={kind}&expand=rules"), None).await.body;
        let policies = list.as_array().unwrap();
        let default = policies.last().unwrap();
        assert_eq!((&default["name"], &default["system"]), (&json!("Default Policy"), &json!(true)));
        for (at, policy) in policies.iter().enumerate() {
            assert_eq!((&policy["type"], &policy["priority"]), (&json!(kind), &json!(at + 1)));
            let path = format!("policies/{}", policy["id"].as_str().unwrap());
            assert_eq!(org.admin(Method::GET, &format!("{path}?expand=rules"), None).await.body, *policy);
            let rules = org.admin(Method::GET, &format!("{path}/rules"), None).await.body;
            assert_eq!(rules, policy["_embedded"]["rules"]);
            let rule = format!("{path}/rules/{}", rules[0]["id"].as_str().unwrap());
            assert_eq!(org.admin(Method::GET, &rule, None).await.body, rules[0]);
        }
    }
    org.admin(Method::GET, "policies", None).await.is_error(400, "E0000001");
    let mut next = format!("{}/api/v1/users?limit=10", org.address());
    let mut seen = Vec::new();
    loop {
        let request = Client::new().get(&next).header("authorization", "SSWS emulator-api-token");
        let answer = Answer::of(request.send().await.unwrap()).await;
        seen.extend(answer.body.as_array().unwrap().iter().map(|user| user["id"].clone()));
        match answer.header("link").strip_prefix('<').and_then(|link| link.split_once('>')) {
            Some((url, rest)) => {
                assert_eq!(rest, "; rel=\"next\"");
                url.clone_into(&mut next);
            }
            None => break,
        }
    }
    let all = org.admin(Method::GET, "users?limit=1000", None).await.body;
    assert_eq!(seen.len(), all.as_array().unwrap().len());
}

#[tokio::test]
async fn trusted_origins_are_created_and_deleted() {
    let org = TestOrg::start().await;
    let body = json!({ "name": "Shop", "origin": "http://localhost:9999", "scopes": [{ "type": "CORS" }] });
    let made = org.admin(Method::POST, "trustedOrigins", Some(body.clone())).await;
    assert_eq!(made.body["scopes"], json!([{ "type": "CORS" }]));
    org.admin(Method::POST, "trustedOrigins", Some(body)).await.is_error(400, "E0000001");
    let allowed = async || {
        let request = Client::new().get(format!("{}/api/v1/sessions/me", org.address()));
        let answer = Answer::of(request.header("origin", "http://localhost:9999").send().await.unwrap()).await;
        answer.header("access-control-allow-origin").to_owned()
    };
    assert_eq!(allowed().await, "http://localhost:9999");
    let path = format!("trustedOrigins/{}", made.body["id"].as_str().unwrap());
    assert_eq!(org.admin(Method::GET, &path, None).await.body, made.body);
    assert_eq!(org.admin(Method::DELETE, &path, None).await.status, 204);
    assert_eq!(allowed().await, "");
}

#[tokio::test]
async fn a_session_created_without_a_browser_is_passed_to_one() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let success = browser.sign_in("ada.byron", "Analytical1843").await;
    let body = json!({ "sessionToken": success.body["sessionToken"] });
    let path = "/api/v1/sessions?additionalFields=cookieToken";
    let made = browser.post(path, body.clone()).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("ACTIVE")));
    browser.post(path, body).await.is_error(401, "E0000004");
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    let by_id = format!("sessions/{}", made.body["id"].as_str().unwrap());
    assert_eq!(org.admin(Method::GET, &by_id, None).await.body["login"], "ada.byron@example.com");

    let token = made.body["cookieToken"].as_str().unwrap();
    let target = format!("/login/sessionCookieRedirect?token={token}&redirectUrl=http%3A%2F%2Flocalhost%3A8080%2F");
    assert_eq!(browser.get(&target).await.status, 302);
    assert_eq!(browser.get("/api/v1/sessions/me").await.body["id"], made.body["id"]);
    assert_eq!(browser.get("/api/v1/users/me").await.body["profile"]["login"], "ada.byron@example.com");
    org.advance(60).await;
    let refreshed = org.admin(Method::POST, &format!("{by_id}/lifecycle/refresh"), None).await;
    assert!(refreshed.body["expiresAt"].as_str() > made.body["expiresAt"].as_str());
    let kept = browser.post("/api/v1/users/me/lifecycle/delete_sessions", json!({})).await;
    assert_eq!((kept.status, browser.get("/api/v1/sessions/me").await.status), (200, 200));
    assert_eq!(org.admin(Method::DELETE, &by_id, None).await.status, 204);
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    browser.get("/api/v1/users/me").await.is_error(403, "E0000005");
}

#[tokio::test]
async fn a_program_receives_the_recovery_token() {
    let org = TestOrg::start().await;
    let recover =
        async |name: &str| org.admin(Method::POST, "authn/recovery/password", Some(json!({ "username": name }))).await;
    recover("no.one").await.is_error(403, "E0000095");
    let started = recover("mary.jackson").await;
    assert_eq!(started.body["status"], "RECOVERY");
    assert!(started.body.get("stateToken").is_none());
    let browser = org.browser();
    let path = format!("{AUTHN}/recovery/token");
    let redeemed = browser.post(&path, json!({ "recoveryToken": started.body["recoveryToken"] })).await;
    assert_eq!(redeemed.body["_links"]["next"]["name"], "answer");
    browser
        .post(&format!("{AUTHN}/recovery/password"), json!({ "username": "ada.byron" }))
        .await
        .is_error(400, "E0000028");
}
