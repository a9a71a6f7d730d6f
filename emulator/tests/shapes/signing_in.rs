//! Sign-in, step-up, passwords, and navigation in a transaction.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Answers,
    support::{AUTHN, Answer, Browser, TestOrg},
};

pub(crate) async fn all(org: &TestOrg, answers: &mut Answers) {
    primary(org, answers).await;
    activation(org, answers).await;
    step_up(org, answers).await;
    idp_initiated(org, answers).await;
    passwords(org, answers).await;
    moving(org, answers).await;
}

async fn primary(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let wrong = browser.sign_in("ada.byron", "wrong").await;
    answers.keep("0010-primary-auth-general-failed.error", &wrong);
    answers.keep("0020-primary-auth-public-invalid-credentials.error", &wrong);
    let slow = TestOrg::of("[org]\nname = \"x\"\n[hashing]\nmemory_kib = 8\niterations = 1\n").await;
    let patient = slow.browser();
    for _ in 0..4 {
        patient.sign_in("a", "b").await;
    }
    answers.keep("0010-primary-auth-general-rate-limited.error", &patient.sign_in("a", "b").await);
    let sign_ins = [
        ("0020-primary-auth-public-success.response", "ada.byron", "Analytical1843"),
        ("0020-primary-auth-public-locked-out-shown.response", "jean.bartik", "Eniac1946"),
        ("0020-primary-auth-public-password-expired.response", "lise.meitner", "Fission1938"),
        ("0020-primary-auth-public-mfa-required.response", "jeff.beck", "xaxaxaxaxa"),
        ("0020-primary-auth-public-mfa-enroll.response", "barbara.liskov", "Substitute1987"),
    ];
    for (name, login, password) in sign_ins {
        answers.keep(name, &browser.sign_in(login, password).await);
    }
    change(org, json!({ "login": "ada.byron", "lockedOut": true })).await;
    let hidden = browser.sign_in("ada.byron", "Analytical1843").await;
    answers.keep("0020-primary-auth-public-locked-out-hidden.error", &hidden);
    change(org, json!({ "login": "ada.byron", "lockedOut": false })).await;
    let body = json!({ "username": "ada.byron", "password": "Analytical1843", "context": { "deviceToken": "x" } });
    answers.keep("0030-primary-auth-trusted.response", &org.admin(Method::POST, "authn", Some(body.clone())).await);
    let request = browser.request(Method::POST, AUTHN).header("x-device-fingerprint", "f").json(&body);
    let fingerprint = Answer::of(request.send().await.unwrap()).await;
    answers.keep("0050-primary-auth-device-fingerprint.response", &fingerprint);
    let warned = browser.sign_in_with("emmy.noether", "Symmetry1918", "warnBeforePasswordExpired").await;
    answers.keep("0060-primary-auth-password-warn.response", &warned);
}

async fn activation(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let enter = async |token: Value| browser.post(AUTHN, json!({ "token": token })).await;
    answers.keep("0040-primary-auth-activation-token-success.response", &enter(json!("activate-annie")).await);
    answers.keep("0040-primary-auth-activation-token-password-reset.response", &enter(json!("activate-evelyn")).await);
    answers.keep("0040-primary-auth-activation-token-invalid.error", &enter(json!("nothing")).await);
    let joan = json!({
        "profile": { "login": "joan.clarke@example.com", "email": "joan.clarke@example.com", "firstName": "Joan",
                     "lastName": "Clarke" },
        "credentials": { "password": { "value": "Banburismus1" } },
        "groupIds": ["00g11eyizklnBxpN42p7"],
    });
    org.admin(Method::POST, "users?activate=false", Some(joan)).await;
    let told = org.admin(Method::POST, "users/joan.clarke/lifecycle/activate?sendEmail=false", None).await;
    let entered = enter(told.body["activationToken"].clone()).await;
    answers.keep("0040-primary-auth-activation-token-mfa-enroll.response", &entered);
}

async fn step_up_state(browser: &Browser) -> Answer {
    let redirect = browser.get("/step-up?app=salesforce").await;
    let token = redirect.header("location").split_once("stateToken=").unwrap().1.to_owned();
    browser.post(AUTHN, json!({ "stateToken": token })).await
}

async fn step_up(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let asked = step_up_state(&browser).await;
    answers.keep("0070-step-up-sp-no-session-get-state-unauthenticated.response", &asked);
    let credentials = json!({ "username": "ada.byron", "password": "Analytical1843" });
    let done = browser.go(&asked, "next", credentials).await;
    answers.keep("0080-step-up-sp-no-session-credentials-success.response", &done);
    let with_session = [
        ("0090-step-up-sp-session-get-state-success.response", "ada.byron", "password-only", "default"),
        ("0090-step-up-sp-session-get-state-mfa-required.response", "jeff.beck", "default", "default"),
        ("0090-step-up-sp-session-get-state-mfa-enroll.response", "barbara.liskov", "default", "everything"),
    ];
    for (name, login, sign_on, enroll) in with_session {
        let browser = org.browser();
        let passwords =
            [("ada.byron", "Analytical1843"), ("jeff.beck", "xaxaxaxaxa"), ("barbara.liskov", "Substitute1987")];
        let password = passwords.iter().find(|(one, _)| *one == login).unwrap().1;
        change(org, json!({ "login": login, "signOn": "password-only", "enroll": "default" })).await;
        browser.redirect(&browser.sign_in(login, password).await).await;
        change(org, json!({ "login": login, "signOn": sign_on, "enroll": enroll })).await;
        answers.keep(name, &step_up_state(&browser).await);
    }
    change(org, json!({ "login": "barbara.liskov", "signOn": "password-only" })).await;
}

/// Changes a user's policies or status.
pub(crate) async fn change(org: &TestOrg, what: Value) {
    assert_eq!(org.control(Method::POST, "users", Some(what)).await.status, 204);
}

async fn idp_initiated(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let sign_in = async |login: &str, password: &str, app: &str| {
        browser.post(AUTHN, json!({ "username": login, "password": password, "audience": app })).await
    };
    let app = step_up_state(&browser).await.body["_embedded"]["authentication"]["issuer"]["id"].clone();
    let app = app.as_str().unwrap();
    answers.keep("0100-step-up-idp-success.response", &sign_in("ada.byron", "Analytical1843", app).await);
    answers.keep("0100-step-up-idp-mfa-required.response", &sign_in("jeff.beck", "xaxaxaxaxa", app).await);
    answers.keep("0100-step-up-idp-mfa-enroll.response", &sign_in("barbara.liskov", "Substitute1987", app).await);
    answers.keep("0100-step-up-idp-unsupported-app.error", &sign_in("ada.byron", "Analytical1843", "none").await);
}

async fn passwords(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let expired = browser.sign_in("lise.meitner", "Fission1938").await;
    let change = async |old: &str, new: &str| {
        browser.go(&expired, "next", json!({ "oldPassword": old, "newPassword": new })).await
    };
    answers.keep("0110-change-password-old-password-wrong.error", &change("wrong", "Protactinium91").await);
    answers.keep("0110-change-password-complexity.error", &change("Fission1938", "short").await);
    answers.keep("0110-change-password-success.response", &change("Fission1938", "Protactinium91").await);
}

async fn moving(org: &TestOrg, answers: &mut Answers) {
    let browser = org.browser();
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let challenge = browser.verify(&required, "sms", json!({})).await;
    let token = challenge.body["stateToken"].clone();
    let state = browser.post(AUTHN, json!({ "stateToken": token })).await;
    answers.keep("0730-get-state-mfa-challenge.response", &state);
    answers.keep(
        "0780-token-state-wrong-state.error",
        &browser.post(&format!("{AUTHN}/skip"), json!({ "stateToken": token })).await,
    );
    answers.keep("0780-token-state-expired.error", &browser.post(AUTHN, json!({ "stateToken": "gone" })).await);
    org.advance(31).await;
    let enroll = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let activating = browser.enroll(&enroll, "email", "OKTA", json!({})).await;
    answers.keep("0740-previous-mfa-enroll.response", &browser.go(&activating, "prev", json!({})).await);
    let warned = browser.sign_in_with("emmy.noether", "Symmetry1918", "warnBeforePasswordExpired").await;
    answers.keep("0750-skip-success.response", &browser.go(&warned, "skip", json!({})).await);
}
