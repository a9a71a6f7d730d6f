//! Answers as recordings of orgs have them, where a client that was written for an org noticed a difference.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, Browser, TestOrg};

async fn as_recorded(org: &TestOrg) {
    let switched = org.control(Method::POST, "switches", Some(json!({ "recordedShapes": true }))).await;
    assert!(switched.status < 300, "{}", switched.text());
}

async fn step_up(browser: &Browser) -> Answer {
    let left = browser.get("/step-up?app=salesforce").await;
    let token = left.header("location").split_once("stateToken=").unwrap().1.to_owned();
    browser.post(AUTHN, json!({ "stateToken": token })).await
}

#[tokio::test]
async fn a_list_to_enroll_tells_numbers_and_names() {
    let org = TestOrg::start().await;
    as_recorded(&org).await;
    let list = org.browser().sign_in("barbara.liskov", "Substitute1987").await;
    list.is("MFA_ENROLL");
    let item = |kind: &str, provider: &str| {
        let all = list.body["_embedded"]["factors"].as_array().unwrap().clone();
        all.into_iter().find(|one| one["factorType"] == kind && one["provider"] == provider).unwrap()
    };
    for (kind, provider) in [("push", "OKTA"), ("token:software:totp", "OKTA"), ("u2f", "FIDO"), ("webauthn", "FIDO")] {
        let numbers = &item(kind, provider)["policy"]["enrollment"];
        assert_eq!(numbers["enrolled"], 0, "{kind}");
        assert!(numbers["maximum"].as_u64().unwrap() > 0, "{kind}");
    }
    for (kind, provider) in [
        ("token", "DEL_OATH"),
        ("token:hotp", "CUSTOM"),
        ("assertion:saml2", "GENERIC_SAML"),
        ("assertion:oidc", "GENERIC_OIDC"),
        ("claims_provider", "CUSTOM"),
    ] {
        let item = item(kind, provider);
        assert_ne!(item["vendorName"], provider, "{kind} has the name that an administrator gave it");
        assert!(item["_links"]["enroll"].is_object(), "{kind}");
    }
    assert_eq!(item("token:software:totp", "GOOGLE")["vendorName"], "GOOGLE");
}

#[tokio::test]
async fn where_recordings_differ_from_the_documentation_a_switch_decides() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let logo = |answer: &Answer| answer.body["_embedded"]["target"]["_links"]["logo"].clone();
    let locked = async || browser.sign_in("dorothy.hodgkin", "Penicillin1945").await.body["_links"].clone();
    assert_eq!(locked().await["cancel"], Value::Null);
    assert!(logo(&step_up(&browser).await).is_object());
    as_recorded(&org).await;
    assert!(locked().await["cancel"].is_object());
    assert_eq!(logo(&step_up(&browser).await)[0]["name"], "medium");
}

/// okta-awscli posts every code as `answer`.
#[tokio::test]
async fn a_code_may_come_as_an_answer() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    browser.verify(&required, "token:software:totp", json!({ "answer": "000000" })).await.is_error(403, "E0000068");
    let code = org.app_code("jeff.beck", "GOOGLE").await;
    browser.verify(&required, "token:software:totp", json!({ "answer": code })).await.is("SUCCESS");
}

#[tokio::test]
async fn the_catalog_has_what_the_policy_lists() {
    let org = TestOrg::start().await;
    let providers = async |login: &str| {
        let catalog = org.admin(Method::GET, &format!("users/{login}/factors/catalog"), None).await.body;
        catalog.as_array().unwrap().iter().map(|one| one["provider"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // Nobody has the token that an administrator has to set up, unless the policy names it.
    let plain = providers("ada.byron").await;
    assert!(!plain.is_empty() && !plain.contains(&"DEL_OATH".to_owned()), "{plain:?}");
    assert!(providers("barbara.liskov").await.contains(&"DEL_OATH".to_owned()));
}

#[tokio::test]
async fn a_link_to_the_app_goes_to_a_phone_number_only() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let pending = browser.enroll(&list, "push", "OKTA", json!({})).await;
    let send = pending.body["_embedded"]["factor"]["_embedded"]["activation"]["_links"]["send"].clone();
    let sms = send.as_array().unwrap().iter().find(|link| link["name"] == "sms").unwrap().clone();
    let to = async |number: &str| browser.follow(&pending, &sms, json!({ "profile": { "phoneNumber": number } })).await;
    to("+1undefined").await.is_error(400, "E0000001");
    to("+1555").await.is_error(400, "E0000001");
    to("+14155550101").await.is("MFA_ENROLL_ACTIVATE");
    assert_eq!(org.messages("barbara.liskov").await.len(), 1);
}
