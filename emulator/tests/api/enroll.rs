//! Enrollment: offered and required factors, and activation of each kind.

use serde_json::json;

use crate::support::{AUTHN, TestOrg};

#[tokio::test]
async fn google_authenticator_is_enrolled_and_then_verified() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("grace.hopper", "Nanoseconds1952").await;
    list.is("MFA_ENROLL");
    assert!(list.body["_links"].get("skip").is_none());
    assert_eq!(list.factor("token:software:totp")["enrollment"], "REQUIRED");
    assert_eq!(list.factor("token:software:totp")["status"], "NOT_SETUP");

    let pending = browser.enroll(&list, "token:software:totp", "GOOGLE", json!({})).await;
    pending.is("MFA_ENROLL_ACTIVATE");
    let activation = &pending.body["_embedded"]["factor"]["_embedded"]["activation"];
    assert_eq!((&activation["timeStep"], &activation["keyLength"]), (&json!(30), &json!(6)));
    assert!(activation["sharedSecret"].as_str().is_some_and(|secret| secret.len() == 16));
    let picture = browser.get(activation["_links"]["qrcode"]["href"].as_str().unwrap()).await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    assert!(picture.bytes.starts_with(b"\x89PNG"));

    let code = org.app_code("grace.hopper", "GOOGLE").await;
    browser.go(&pending, "next", json!({ "passCode": "12345x" })).await.is_error(403, "E0000068");
    browser.go(&pending, "next", json!({ "passCode": code })).await.is("SUCCESS");

    let required = browser.sign_in("grace.hopper", "Nanoseconds1952").await;
    required.is("MFA_REQUIRED");
    browser.verify(&required, "token:software:totp", json!({ "passCode": code })).await.is_error(403, "E0000082");
    org.advance(30).await;
    let code = org.app_code("grace.hopper", "GOOGLE").await;
    browser.verify(&required, "token:software:totp", json!({ "passCode": code })).await.is("SUCCESS");
}

#[tokio::test]
async fn required_factors_come_first_then_optional_ones() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in_with("alan.turing", "Bombe1940", "multiOptionalFactorEnroll").await;
    list.is("MFA_ENROLL");
    assert!(list.body["_links"].get("skip").is_none());
    assert_eq!(list.factor("sms")["enrollment"], "OPTIONAL");
    assert!(list.factor("question")["_links"]["questions"]["href"].as_str().is_some());

    let profile = json!({ "profile": { "question": "disliked_food", "answer": "abc" } });
    browser.enroll(&list, "question", "OKTA", profile).await.is_error(400, "E0000001");
    let profile = json!({ "profile": { "question": "disliked_food", "answer": "mayonnaise" } });
    let list = browser.enroll(&list, "question", "OKTA", profile).await;
    list.is("MFA_ENROLL");
    assert_eq!(list.factor("question")["status"], "ACTIVE");
    assert!(list.body["_links"]["skip"].is_object());

    for (number, status) in [("555", 400), ("+1415555014x", 400)] {
        let refused = browser.enroll(&list, "sms", "OKTA", json!({ "profile": { "phoneNumber": number } })).await;
        refused.is_error(status, "E0000001");
    }
    let profile = json!({ "profile": { "phoneNumber": "+1 415 555 0143" } });
    let pending = browser.enroll(&list, "sms", "OKTA", profile).await;
    pending.is("MFA_ENROLL_ACTIVATE");
    assert_eq!(pending.body["_embedded"]["factor"]["profile"]["phoneNumber"], "+1 XXX-XXX-0143");
    let back = browser.go(&pending, "prev", json!({})).await;
    back.is("MFA_ENROLL");
    assert!(back.body["_links"]["skip"].is_object());
    browser.go(&back, "skip", json!({})).await.is("SUCCESS");
}

#[tokio::test]
async fn without_multi_optional_enrollment_one_factor_is_enough() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("alan.turing", "Bombe1940").await;
    let profile = json!({ "profile": { "question": "disliked_food", "answer": "mayonnaise" } });
    browser.enroll(&list, "question", "OKTA", profile).await.is("SUCCESS");
}

#[tokio::test]
async fn sent_codes_activate_and_can_be_resent() {
    let org = TestOrg::start().await;
    let phone = json!({ "profile": { "phoneNumber": "+14155550143", "phoneExtension": "7" } });
    for (factor_type, members, pause, too_soon) in
        [("sms", &phone, 30, "E0000109"), ("email", &json!({}), 5, "E0000118")]
    {
        let browser = org.browser();
        let list = browser.sign_in_with("katherine.johnson", "Trajectory1962", "multiOptionalFactorEnroll").await;
        if factor_type == "email" {
            // Not offered again once a factor of the type is enrolled.
            list.is("SUCCESS");
            continue;
        }
        list.is("MFA_ENROLL");
        let pending = browser.enroll(&list, factor_type, "OKTA", members.clone()).await;
        pending.is("MFA_ENROLL_ACTIVATE");
        browser.go(&pending, "resend", json!({})).await.is_error(429, too_soon);
        org.advance(pause).await;
        browser.go(&pending, "resend", json!({})).await.is("MFA_ENROLL_ACTIVATE");
        let code = org.last_code("katherine.johnson").await;
        let list = browser.go(&pending, "next", json!({ "passCode": code })).await;
        list.is("MFA_ENROLL");
        let again = json!({ "stateToken": list.body["stateToken"], "factorType": "sms", "provider": "OKTA" });
        browser.post(&format!("{AUTHN}/factors"), again).await.is_error(400, "E0000001");
        browser.go(&list, "skip", json!({})).await.is("SUCCESS");
    }
}

#[tokio::test]
async fn optional_enrollment_can_be_skipped() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("katherine.johnson", "Trajectory1962").await;
    list.is("MFA_ENROLL");
    browser.go(&list, "skip", json!({})).await.is("SUCCESS");
}
