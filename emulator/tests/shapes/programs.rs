//! Requests of a program with an API token: the responses of the walk-through.

use reqwest::Method;
use serde_json::json;

use crate::{
    Answers,
    support::{Answer, TestOrg},
};

const JEFF: &str = "users/00u2e9pzr0aCdtXuI1t3/factors";

pub(crate) async fn all(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    org.advance(31).await;
    answers.keep("seed-020-primary-auth-success.response", &browser.sign_in("ada.byron", "Analytical1843").await);
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    answers.keep("seed-030-primary-auth-mfa-required.response", &required);
    let id = required.factor("sms")["id"].as_str().unwrap();
    let sent = org.admin(Method::POST, &format!("{JEFF}/{id}/verify"), Some(json!({}))).await;
    answers.keep("seed-050-ssws-verify-sms-send-challenge.response", &sent);
    let code = org.last_code("jeff.beck").await;
    let done = browser.verify(&required, "sms", json!({ "passCode": code })).await;
    answers.keep("seed-070-authn-verify-sms-passcode-success.response", &done);
    browser.redirect(&done).await;
    answers.keep("seed-120-session-me.response", &browser.get("/api/v1/sessions/me").await);

    let list = async || -> Answer { org.admin(Method::GET, JEFF, None).await };
    let all = list().await;
    let old = all.body.as_array().unwrap().iter().find(|one| one["provider"] == "GOOGLE").unwrap()["id"].clone();
    org.admin(Method::DELETE, &format!("{JEFF}/{}", old.as_str().unwrap()), None).await;
    let body = json!({ "factorType": "token:software:totp", "provider": "GOOGLE" });
    let begun = org.admin(Method::POST, JEFF, Some(body)).await;
    answers.keep("seed-090-ssws-enroll-google-totp-pending.response", &begun);
    let code = org.app_code("jeff.beck", "GOOGLE").await;
    let path = format!("{JEFF}/{}/lifecycle/activate", begun.body["id"].as_str().unwrap());
    let active = org.admin(Method::POST, &path, Some(json!({ "passCode": code }))).await;
    answers.keep("seed-110-ssws-activate-totp-active.response", &active);
    answers.keep("seed-130-ssws-list-factors.response", &list().await);
    let bruce = json!({
        "profile": { "firstName": "Bruce", "lastName": "Banner", "email": "bruce@amce.com", "login": "bruce@amce.com",
                     "mobilePhone": "5052694259" },
        "credentials": { "password": { "value": "D3m0demo1" } },
        "groupIds": ["00g11eyizklnBxpN42p7", "00g11dsz2ebabDtTI2p7"],
    });
    let made = org.admin(Method::POST, "users?activate=true", Some(bruce)).await;
    answers.keep("seed-150-ssws-create-user-active.response", &made);
}
