//! Verification of each kind of factor.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Answers,
    authenticator::SoftKey,
    enrolling::approve,
    signing_in::change,
    support::{Answer, Browser, TestOrg},
};

pub(crate) async fn all(org: &TestOrg, answers: &mut Answers) {
    messages(org, answers).await;
    at_once(org, answers).await;
    push(org, answers).await;
    duo(org, answers).await;
    u2f(org, answers).await;
    webauthn(org, answers).await;
}

async fn messages(org: &TestOrg, answers: &mut Answers) {
    for (send, check, wrong, kind, login, password) in [
        ("0410", "0430", "0400", "sms", "jeff.beck", "xaxaxaxaxa"),
        ("0450", "0470", "0440", "call", "hedy.lamarr", "Spectrum1942"),
    ] {
        org.advance(31).await;
        let browser = org.browser();
        let required = browser.sign_in(login, password).await;
        let sent = browser.verify(&required, kind, json!({})).await;
        answers.keep(&format!("{send}-verify-{kind}-send-challenge.response"), &sent);
        let refused = browser.go(&sent, "next", json!({ "passCode": "0" })).await;
        answers.keep(&format!("{wrong}-verify-{kind}-wrong-passcode.error"), &refused);
        let code = org.last_code(login).await;
        let done = browser.go(&sent, "next", json!({ "passCode": code })).await;
        answers.keep(&format!("{check}-verify-{kind}-passcode-success.response"), &done);
    }
}

async fn at_once(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let wrong = browser.verify(&required, "question", json!({ "answer": "no" })).await;
    answers.keep("0390-verify-question-wrong-answer.error", &wrong);
    let done = browser.verify(&required, "question", json!({ "answer": "Blue Bear" })).await;
    answers.keep("0390-verify-question-success.response", &done);
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let wrong = browser.verify(&required, "token:software:totp", json!({ "passCode": "000000" })).await;
    answers.keep("0480-verify-totp-wrong-passcode.error", &wrong);
    let code = org.app_code("jeff.beck", "GOOGLE").await;
    let done = browser.verify(&required, "token:software:totp", json!({ "passCode": code })).await;
    answers.keep("0480-verify-totp-success.response", &done);
}

async fn push(org: &TestOrg, answers: &mut Answers) {
    let phone = async |login: &str, action: &str| {
        org.control(Method::POST, "push", Some(json!({ "login": login, "action": action }))).await
    };
    let start = async |login: &str, password: &str| -> (Browser, Answer) {
        let browser = org.browser();
        let required = browser.sign_in(login, password).await;
        let waiting = browser.verify(&required, "push", json!({})).await;
        (browser, waiting)
    };
    let (browser, waiting) = start("tim.lee", "Hypertext1989").await;
    answers.keep("0490-verify-push-waiting.response", &waiting);
    phone("tim.lee", "approve").await;
    answers.keep("0490-verify-push-approved.response", &browser.go(&waiting, "next", json!({})).await);
    let (browser, waiting) = start("tim.lee", "Hypertext1989").await;
    phone("tim.lee", "deny").await;
    answers.keep("0490-verify-push-rejected.response", &browser.go(&waiting, "next", json!({})).await);
    let (browser, waiting) = start("tim.lee", "Hypertext1989").await;
    org.advance(301).await;
    answers.keep("0490-verify-push-timeout.response", &browser.go(&waiting, "next", json!({})).await);
    let (browser, waiting) = start("margaret.hamilton", "Apollo1969").await;
    let shown = browser.go(&waiting, "next", json!({})).await;
    answers.keep("0490-verify-push-waiting-number-challenge.response", &shown);
}

async fn duo(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let required = browser.sign_in("ken.thompson", "Trusting1984").await;
    let waiting = browser.verify(&required, "web", json!({})).await;
    answers.keep("0510-verify-duo-waiting.response", &waiting);
    approve(&browser, &waiting, "verification").await;
    answers.keep("0520-verify-duo-poll-success.response", &browser.go(&waiting, "next", json!({})).await);
}

async fn u2f(org: &TestOrg, answers: &mut Answers) {
    let (browser, mut key) = (org.browser(), SoftKey::new(2));
    change(org, json!({ "login": "barbara.liskov", "resetFactors": true })).await;
    let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let begun = browser.enroll(&list, "u2f", "FIDO", json!({})).await;
    let nonce = begun.body["_embedded"]["factor"]["_embedded"]["activation"]["nonce"].as_str().unwrap();
    browser.go(&begun, "next", key.register_u2f(nonce)).await.is("SUCCESS");
    change(org, json!({ "login": "barbara.liskov", "signOn": "default" })).await;
    let required = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let asked = browser.verify(&required, "u2f", json!({})).await;
    answers.keep("0530-verify-u2f-start-challenge.response", &asked);
    let nonce = asked.body["_embedded"]["factor"]["_embedded"]["challenge"]["nonce"].as_str().unwrap();
    let done = browser.go(&asked, "next", key.sign_u2f(nonce)).await;
    answers.keep("0540-verify-u2f-assertion-success.response", &done);
    change(org, json!({ "login": "barbara.liskov", "signOn": "password-only" })).await;
}

async fn webauthn(org: &TestOrg, answers: &mut Answers) {
    let (browser, mut keys) = (org.browser(), [SoftKey::new(3), SoftKey::new(4)]);
    let sign_in = async || browser.sign_in_with("edsger.dijkstra", "Shortest1959", "multiOptionalFactorEnroll").await;
    let mut list = sign_in().await;
    for key in &keys {
        let begun = browser.enroll(&list, "webauthn", "FIDO", json!({})).await;
        let challenge = begun.body["_embedded"]["factor"]["_embedded"]["activation"]["challenge"].clone();
        list = browser.go(&begun, "next", key.attest(challenge.as_str().unwrap())).await;
    }
    let required = sign_in().await;
    let asked = browser.verify(&required, "webauthn", json!({})).await;
    answers.keep("0550-verify-webauthn-start-challenge-by-factor-id.response", &asked);
    let required = sign_in().await;
    let by_type: Value = required.body["_embedded"]["factorTypes"][0]["_links"]["next"].clone();
    let asked = browser.follow(&required, &by_type, json!({})).await;
    answers.keep("0550-verify-webauthn-start-challenge-by-factor-type.response", &asked);
    let challenge = asked.body["_embedded"]["challenge"]["challenge"].as_str().unwrap();
    let done = browser.go(&asked, "next", keys[1].assert(challenge)).await;
    answers.keep("0560-verify-webauthn-assertion-success.response", &done);
}
