//! Password recovery and unlock.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Answers,
    support::{AUTHN, Answer, TestOrg},
};

pub(crate) async fn all(org: &TestOrg, answers: &mut Answers) {
    begun(org, answers).await;
    by_phone(org, answers).await;
    by_mail(org, answers).await;
}

async fn begun(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let begin = async |what: &str, name: &str, channel: &str| -> Answer {
        let body = json!({ "username": name, "factorType": channel, "relayState": "/myapp/some/deep/link" });
        browser.post(&format!("{AUTHN}/recovery/{what}"), body).await
    };
    answers.keep("0580-forgot-password-email-challenge.response", &begin("password", "mary.jackson", "EMAIL").await);
    answers.keep("0630-unlock-email-challenge.response", &begin("unlock", "jean.bartik", "EMAIL").await);
    answers.keep("0640-unlock-sms-challenge.response", &begin("unlock", "jean.bartik", "SMS").await);
    for (what, unknown, known, login) in [
        (
            "password",
            "0570-forgot-password-unknown-user-trusted.error",
            "0610-forgot-password-trusted-recovery.response",
            "ada.byron",
        ),
        (
            "unlock",
            "0620-unlock-unknown-user-trusted.error",
            "0650-unlock-trusted-recovery.response",
            "dorothy.hodgkin",
        ),
    ] {
        let path = format!("authn/recovery/{what}");
        let ask = async |name: &str| -> Answer {
            let body: Value = json!({ "username": name, "relayState": "/myapp/some/deep/link" });
            org.admin(Method::POST, &path, Some(body)).await
        };
        answers.keep(unknown, &ask("no.one").await);
        answers.keep(known, &ask(login).await);
    }
}

async fn by_phone(org: &TestOrg, answers: &mut Answers) {
    let names = [
        ("SMS", "sms", "0590-forgot-password-sms-challenge.response", "0660", "0670"),
        ("CALL", "call", "0600-forgot-password-call-challenge.response", "0680", "0690"),
    ];
    for (channel, lower, challenge, verify, resend) in names {
        let browser = org.browser();
        org.advance(31).await;
        let body = json!({ "username": "mary.jackson", "factorType": channel });
        let begun = browser.post(&format!("{AUTHN}/recovery/password"), body).await;
        answers.keep(challenge, &begun);
        let wrong = browser.go(&begun, "next", json!({ "passCode": "0" })).await;
        answers.keep(&format!("{verify}-recovery-verify-{lower}-wrong-passcode.error"), &wrong);
        org.advance(31).await;
        let again = browser.go(&begun, "resend", json!({})).await;
        answers.keep(&format!("{resend}-recovery-resend-{lower}-challenge.response"), &again);
        let code = org.last_code("mary.jackson").await;
        let right = browser.go(&again, "next", json!({ "passCode": code })).await;
        answers.keep(&format!("{verify}-recovery-verify-{lower}-recovery.response"), &right);
    }
}

async fn by_mail(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let made = org.control(Method::POST, "recovery-tokens", Some(json!({ "login": "mary.jackson" }))).await;
    let token = made.body["url"].as_str().unwrap().split_once("recoveryToken=").unwrap().1.to_owned();
    let redeem =
        async |token: &str| browser.post(&format!("{AUTHN}/recovery/token"), json!({ "recoveryToken": token })).await;
    answers.keep("0700-recovery-token-invalid.error", &redeem("nothing").await);
    let recovery = redeem(&token).await;
    answers.keep("0700-recovery-token-recovery.response", &recovery);
    let wrong = browser.go(&recovery, "next", json!({ "answer": "no" })).await;
    answers.keep("0710-recovery-answer-wrong-answer.error", &wrong);
    let reset = browser.go(&recovery, "next", json!({ "answer": "Langley" })).await;
    answers.keep("0710-recovery-answer-password-reset.response", &reset);
    let short = browser.go(&reset, "next", json!({ "newPassword": "short" })).await;
    answers.keep("0720-reset-password-complexity.error", &short);
    let done = browser.go(&reset, "next", json!({ "newPassword": "Windtunnel1958" })).await;
    answers.keep("0720-reset-password-success.response", &done);
}
