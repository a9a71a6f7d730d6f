//! The requests of a published walk-through of the API, in its order and with its bodies: sign-in, an SMS
//! sent by a program and verified by the page, Google Authenticator, session, registration. Two kinds of
//! values are replaced: codes, which the org generates, and ids, which the walk-through mixes up.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "api/support.rs"]
#[allow(dead_code, reason = "each of the test programs uses a part of it")]
mod support;

use reqwest::Method;
use serde_json::{Value, json};
use support::{AUTHN, TestOrg};

fn allow(link: &Value) -> &Value {
    &link["hints"]["allow"]
}

#[tokio::test]
async fn the_walk_through_succeeds() {
    let org = TestOrg::start().await;
    let browser = org.browser();

    // The policies that apply.
    for kind in ["MFA_ENROLL", "OKTA_SIGN_ON"] {
        let policies = org.admin(Method::GET, &format!("policies?type={kind}"), None).await;
        assert_eq!(policies.body[0]["type"], kind);
    }

    // Primary authentication: the password is not enough.
    let options = json!({ "multiOptionalFactorEnroll": true, "warnBeforePasswordExpired": false });
    let body = json!({ "username": "jeff.beck", "password": "xaxaxaxaxa", "options": options });
    let required = browser.post(AUTHN, body).await;
    required.is("MFA_REQUIRED");
    let user = &required.body["_embedded"]["user"];
    assert_eq!(user["id"], "00u2e9pzr0aCdtXuI1t3");
    assert_eq!(user["profile"]["login"], "jeff.beck@acme.com");
    let kinds = [("sms", "OKTA"), ("question", "OKTA"), ("token:software:totp", "GOOGLE")];
    assert_eq!(required.factors(), kinds);
    assert_eq!(required.factor("sms")["profile"]["phoneNumber"], "+1 XXX-XXX-4259");
    let policy = &required.body["_embedded"]["policy"];
    assert_eq!(policy["factorsPolicyInfo"], json!({}));
    let state = browser.post(AUTHN, json!({ "stateToken": required.body["stateToken"] })).await;
    assert_eq!(state.body["_embedded"]["factors"], required.body["_embedded"]["factors"]);

    // A program sends the text message ...
    let user = user["id"].as_str().unwrap();
    let sms = required.factor("sms")["id"].as_str().unwrap();
    let sent = org.admin(Method::POST, &format!("users/{user}/factors/{sms}/verify"), Some(json!({}))).await;
    assert_eq!(sent.body["factorResult"], "CHALLENGE");
    assert_eq!(sent.body["profile"], json!({ "phoneNumber": "+14155554259" }));
    assert_eq!(allow(&sent.body["_links"]["verify"]), &json!(["POST"]));
    assert_eq!(allow(&sent.body["_links"]["factor"]), &json!(["GET", "DELETE"]));

    // ... and its code is spent in the sign-in.
    let code = org.last_code("jeff.beck").await;
    let body = json!({ "stateToken": required.body["stateToken"], "passCode": code });
    let success = browser.post(&format!("{AUTHN}/factors/{sms}/verify"), body).await;
    success.is("SUCCESS");
    assert_eq!(success.body["_embedded"]["user"]["id"], user);

    // Google Authenticator. The user has one in the first response, so it is deleted first.
    let path = format!("users/{user}/factors");
    let old = required.factor("token:software:totp")["id"].as_str().unwrap();
    assert_eq!(org.admin(Method::DELETE, &format!("{path}/{old}"), None).await.status, 204);
    let body = json!({ "factorType": "token:software:totp", "provider": "GOOGLE" });
    let pending = org.admin(Method::POST, &path, Some(body)).await;
    assert_eq!(pending.body["status"], "PENDING_ACTIVATION");
    assert_eq!(pending.body["profile"]["credentialId"], "jeff.beck@acme.com");
    let activation = &pending.body["_embedded"]["activation"];
    assert_eq!(activation["sharedSecret"].as_str().unwrap().len(), 16);
    for (member, value) in [
        ("timeStep", json!(30)),
        ("encoding", json!("base32")),
        ("keyLength", json!(6)),
        ("factorResult", json!("WAITING")),
    ] {
        assert_eq!(activation[member], value, "{member}");
    }
    let picture = browser.get(activation["_links"]["qrcode"]["href"].as_str().unwrap()).await;
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    let google = pending.body["id"].as_str().unwrap();
    let code = org.app_code("jeff.beck", "GOOGLE").await;
    let activate = format!("{path}/{google}/lifecycle/activate");
    let active = org.admin(Method::POST, &activate, Some(json!({ "passCode": code }))).await;
    assert_eq!((&active.body["id"], &active.body["status"]), (&pending.body["id"], &json!("ACTIVE")));
    org.advance(30).await;
    let code = org.app_code("jeff.beck", "GOOGLE").await;
    let proved = org.admin(Method::POST, &format!("{path}/{google}/verify"), Some(json!({ "passCode": code }))).await;
    assert_eq!(proved.body["factorResult"], "SUCCESS");

    // The session token is exchanged for a session.
    assert_eq!(browser.redirect(&success).await.status, 302);
    let session = browser.get("/api/v1/sessions/me").await;
    assert_eq!((&session.body["status"], &session.body["userId"]), (&json!("ACTIVE"), &json!(user)));
    assert_eq!(session.body["idp"]["type"], "OKTA");
    assert_eq!(session.body["_links"]["user"]["name"], "Jeff Beck");

    // Google Authenticator is listed.
    let factors = org.admin(Method::GET, &path, None).await;
    let listed: Vec<_> = factors.body.as_array().unwrap().iter().map(|one| &one["provider"]).collect();
    assert_eq!(listed, ["GOOGLE", "OKTA", "OKTA"], "the one used last is the first");
    let catalog = org.admin(Method::GET, &format!("{path}/catalog"), None).await;
    assert!(catalog.body.as_array().unwrap().iter().all(|one| allow(&one["_links"]["enroll"]) == &json!(["POST"])));

    register(&org).await;
}

/// Registers with a password; the phone of the form is enrolled without a message.
async fn register(org: &TestOrg) {
    let bruce = json!({
        "profile": {
            "firstName": "Bruce", "lastName": "Banner", "email": "bruce@amce.com", "login": "bruce@amce.com",
            "mobilePhone": "5052694259",
        },
        "credentials": { "password": { "value": "D3m0demo1" } },
        "groupIds": ["00g11eyizklnBxpN42p7", "00g11dsz2ebabDtTI2p7"],
    });
    let made = org.admin(Method::POST, "users?activate=true", Some(bruce)).await;
    assert_eq!((made.status, &made.body["status"]), (200, &json!("ACTIVE")));
    assert_eq!(made.body["profile"]["mobilePhone"], "5052694259");
    assert!(made.body["profile"]["secondEmail"].is_null() && made.body["lastLogin"].is_null());
    assert_eq!(made.body["credentials"]["emails"][0]["type"], "PRIMARY");
    let links: Vec<&String> = made.body["_links"].as_object().unwrap().keys().collect();
    let expected = [
        "changePassword",
        "changeRecoveryQuestion",
        "deactivate",
        "expirePassword",
        "forgotPassword",
        "resetPassword",
        "self",
        "suspend",
    ];
    assert_eq!(links, expected);

    let profile = json!({ "phoneNumber": "+15052694259" });
    let body = json!({ "factorType": "sms", "provider": "OKTA", "profile": profile });
    let path = format!("users/{}/factors?activate=true", made.body["id"].as_str().unwrap());
    let enrolled = org.admin(Method::POST, &path, Some(body)).await;
    assert_eq!(enrolled.body["status"], "ACTIVE");
    assert!(org.messages("bruce").await.is_empty());
    let browser = org.browser();
    let required = browser.sign_in("bruce", "D3m0demo1").await;
    required.is("MFA_REQUIRED");
    let challenge = browser.verify(&required, "sms", json!({})).await;
    let code = org.last_code("bruce").await;
    browser.go(&challenge, "next", json!({ "passCode": code })).await.is("SUCCESS");
}
