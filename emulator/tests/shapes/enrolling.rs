//! Enrollment and activation of each kind of factor.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Answers,
    authenticator::SoftKey,
    signing_in::change,
    support::{Answer, Browser, TestOrg},
};

const LOGIN: &str = "barbara.liskov";

/// Starts an enrollment for a user without factors.
async fn enroll(org: &TestOrg, factor_type: &str, provider: &str, members: Value) -> (Browser, Answer) {
    change(org, json!({ "login": LOGIN, "resetFactors": true })).await;
    org.advance(31).await;
    let browser = org.browser();
    let list = browser.sign_in(LOGIN, "Substitute1987").await;
    let answer = browser.enroll(&list, factor_type, provider, members).await;
    (browser, answer)
}

pub(crate) async fn all(org: &TestOrg, answers: &mut Answers) {
    let profile = json!({ "question": "disliked_food", "answer": "Porridge" });
    let (_, done) = enroll(org, "question", "OKTA", json!({ "profile": profile })).await;
    answers.keep("0120-enroll-question-success.response", &done);
    messages(org, answers).await;
    codes(org, answers).await;
    push(org, answers).await;
    duo(org, answers).await;
    keys(org, answers).await;
    change(org, json!({ "login": LOGIN, "resetFactors": true })).await;
}

async fn messages(org: &TestOrg, answers: &mut Answers) {
    let phone = json!({ "profile": { "phoneNumber": "+14155550100" } });
    for (begin, activate, kind, members) in
        [("0130", "0300", "sms", phone.clone()), ("0150", "0310", "call", phone), ("0170", "0320", "email", json!({}))]
    {
        let (browser, begun) = enroll(org, kind, "OKTA", members).await;
        answers.keep(&format!("{begin}-enroll-{kind}.response"), &begun);
        let wrong = browser.go(&begun, "next", json!({ "passCode": "0" })).await;
        answers.keep(&format!("{activate}-activate-{kind}-wrong-passcode.error"), &wrong);
        let code = org.last_code(LOGIN).await;
        let done = browser.go(&begun, "next", json!({ "passCode": code })).await;
        answers.keep(&format!("{activate}-activate-{kind}-success.response"), &done);
    }
}

async fn codes(org: &TestOrg, answers: &mut Answers) {
    let (_, begun) = enroll(org, "token:software:totp", "OKTA", json!({})).await;
    answers.keep("0190-enroll-okta-totp.response", &begun);
    let (browser, begun) = enroll(org, "token:software:totp", "GOOGLE", json!({})).await;
    answers.keep("0210-enroll-google-totp.response", &begun);
    let wrong = browser.go(&begun, "next", json!({ "passCode": "000000" })).await;
    answers.keep("0290-activate-totp-wrong-passcode.error", &wrong);
    let code = org.app_code(LOGIN, "GOOGLE").await;
    let done = browser.go(&begun, "next", json!({ "passCode": code })).await;
    answers.keep("0290-activate-totp-success.response", &done);
    for (name, factor_type, provider) in [
        ("0220-enroll-rsa-success.response", "token", "RSA"),
        ("0230-enroll-symantec-success.response", "token", "SYMANTEC"),
        ("0240-enroll-yubikey-success.response", "token:hardware", "YUBICO"),
    ] {
        let all = org.control(Method::GET, "codes", None).await.body;
        let spare = all.as_array().unwrap().iter().find(|one| one["status"] == "SPARE" && one["provider"] == provider);
        let (code, next) = (&spare.unwrap()["code"], &spare.unwrap()["nextCode"]);
        let members = json!({ "passCode": code, "nextPassCode": next, "profile": { "credentialId": "1" } });
        // The clock must not reach the next step between the code and its use.
        change(org, json!({ "login": LOGIN, "resetFactors": true })).await;
        let browser = org.browser();
        let list = browser.sign_in(LOGIN, "Substitute1987").await;
        answers.keep(name, &browser.enroll(&list, factor_type, provider, members).await);
    }
}

async fn push(org: &TestOrg, answers: &mut Answers) {
    let (browser, begun) = enroll(org, "push", "OKTA", json!({})).await;
    answers.keep("0200-enroll-okta-push-waiting.response", &begun);
    let waiting = browser.go(&begun, "next", json!({})).await;
    answers.keep("0330-activate-push-waiting.response", &waiting);
    answers.keep("0340-activate-push-poll-waiting.response", &waiting);
    let link = &begun.body["_embedded"]["factor"]["_embedded"]["activation"]["_links"]["send"][1];
    let sent = browser.follow(&begun, link, json!({ "profile": { "phoneNumber": "+14155550100" } })).await;
    answers.keep("0360-activate-push-send-sms-waiting.response", &sent);
    org.advance(301).await;
    let late = browser.go(&begun, "next", json!({})).await;
    answers.keep("0330-activate-push-timeout.response", &late);
    let again = browser.go(&late, "next", json!({})).await;
    org.control(Method::POST, "push", Some(json!({ "login": LOGIN, "action": "set-up" }))).await;
    answers.keep("0330-activate-push-success.response", &browser.go(&again, "next", json!({})).await);
}

/// Approves in Duo's frame.
pub(crate) async fn approve(browser: &Browser, waiting: &Answer, place: &str) {
    let frame = &waiting.body["_embedded"]["factor"]["_embedded"][place];
    let (request, own) = frame["signature"].as_str().unwrap().split_once(':').unwrap();
    let token = waiting.body["stateToken"].as_str().unwrap();
    let form = format!("id=x&stateToken={token}&sig_response={}:{own}", request.replace("TX|", "AUTH|"));
    let complete = browser.request(Method::POST, frame["_links"]["complete"]["href"].as_str().unwrap());
    let complete = complete.header("content-type", "application/x-www-form-urlencoded").body(form);
    assert_eq!(complete.send().await.unwrap().status(), 200);
}

async fn duo(org: &TestOrg, answers: &mut Answers) {
    let (browser, begun) = enroll(org, "web", "DUO", json!({})).await;
    answers.keep("0250-enroll-duo-waiting.response", &begun);
    approve(&browser, &begun, "activation").await;
    answers.keep("0260-enroll-duo-poll-success.response", &browser.go(&begun, "next", json!({})).await);
}

async fn keys(org: &TestOrg, answers: &mut Answers) {
    let key = SoftKey::new(1);
    let (browser, begun) = enroll(org, "u2f", "FIDO", json!({})).await;
    answers.keep("0270-enroll-u2f.response", &begun);
    let bad = browser.go(&begun, "next", key.register_u2f("another")).await;
    answers.keep("0370-activate-u2f-bad-data.error", &bad);
    let nonce = begun.body["_embedded"]["factor"]["_embedded"]["activation"]["nonce"].as_str().unwrap();
    let done = browser.go(&begun, "next", key.register_u2f(nonce)).await;
    answers.keep("0370-activate-u2f-success.response", &done);

    let (browser, begun) = enroll(org, "webauthn", "FIDO", json!({})).await;
    answers.keep("0280-enroll-webauthn.response", &begun);
    let bad = browser.go(&begun, "next", key.attest("another")).await;
    answers.keep("0380-activate-webauthn-bad-data.error", &bad);
    let challenge = begun.body["_embedded"]["factor"]["_embedded"]["activation"]["challenge"].as_str().unwrap();
    let done = browser.go(&begun, "next", key.attest(challenge)).await;
    answers.keep("0380-activate-webauthn-success.response", &done);
}
