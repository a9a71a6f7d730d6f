//! Verification: sent codes, security questions, apps, and wrong proofs.

use reqwest::Method;
use serde_json::json;

use crate::support::{AUTHN, Answer, Browser, TestOrg};

async fn jeff(browser: &Browser) -> Answer {
    let answer = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    answer.is("MFA_REQUIRED");
    answer
}

fn passcode(code: &str) -> serde_json::Value {
    json!({ "passCode": code })
}

#[tokio::test]
async fn the_factors_are_listed_in_order_with_masked_profiles() {
    let org = TestOrg::start().await;
    let answer = jeff(&org.browser()).await;
    assert_eq!(answer.factors(), [("sms", "OKTA"), ("question", "OKTA"), ("token:software:totp", "GOOGLE")]);
    assert_eq!(answer.factor("sms")["profile"], json!({ "phoneNumber": "+1 XXX-XXX-4259" }));
    let question = &answer.factor("question")["profile"];
    assert_eq!(question["questionText"], "What is the name of your first stuffed animal?");
    assert!(!answer.text().contains("Blue Bear"));
    assert!(!answer.text().contains("KYCRM33UJZSXQ2DW"));
    let policy = &answer.body["_embedded"]["policy"];
    assert_eq!(policy["allowRememberDevice"], true);
    assert_eq!(policy["rememberDeviceLifetimeInMinutes"], 1440);
}

#[tokio::test]
async fn sms_with_a_wrong_code_a_resend_and_the_right_code() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    let challenge = browser.verify(&required, "sms", json!({})).await;
    challenge.is("MFA_CHALLENGE");
    assert_eq!(challenge.body["_links"]["next"]["name"], "verify");
    assert_eq!(challenge.body["_links"]["resend"][0]["name"], "sms");
    let first = org.last_code("jeff.beck").await;
    assert_eq!(first.len(), 6);

    browser.go(&challenge, "next", passcode("000000x")).await.is_error(403, "E0000068");
    browser.go(&challenge, "resend", json!({})).await.is_error(429, "E0000109");
    org.advance(30).await;
    browser.go(&challenge, "resend", json!({})).await.is("MFA_CHALLENGE");
    let second = org.last_code("jeff.beck").await;
    if first != second {
        browser.go(&challenge, "next", passcode(&first)).await.is_error(403, "E0000068");
    }
    browser.go(&challenge, "next", passcode(&second)).await.is("SUCCESS");
    browser.go(&challenge, "next", passcode(&second)).await.is_error(401, "E0000011");
}

#[tokio::test]
async fn a_message_names_the_language_that_was_asked_for() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    let link = &required.factor("sms")["_links"]["verify"]["href"];
    let body = json!({ "stateToken": required.body["stateToken"] });
    let request = browser.request(Method::POST, link.as_str().unwrap()).header("accept-language", "de").json(&body);
    assert!(request.send().await.unwrap().status().is_success());
    assert_eq!(org.messages("jeff.beck").await[0]["language"], "de");
}

#[tokio::test]
async fn an_empty_code_starts_a_challenge() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    browser.verify(&required, "sms", passcode("")).await.is("MFA_CHALLENGE");
    let code = org.last_code("jeff.beck").await;
    browser.verify(&required, "sms", passcode(&code)).await.is("SUCCESS");
}

#[tokio::test]
async fn a_code_belongs_to_the_factor_and_not_to_the_transaction() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    browser.verify(&required, "sms", json!({})).await.is("MFA_CHALLENGE");
    let code = org.last_code("jeff.beck").await;
    // Sent for one sign-in, used in another.
    let other = jeff(&browser).await;
    browser.verify(&other, "sms", passcode(&code)).await.is("SUCCESS");
    browser.verify(&required, "sms", passcode(&code)).await.is_error(403, "E0000068");
}

#[tokio::test]
async fn a_code_is_valid_for_five_minutes() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    let challenge = browser.verify(&required, "sms", json!({})).await;
    org.advance(5 * 60).await;
    let code = org.last_code("jeff.beck").await;
    browser.go(&challenge, "next", passcode(&code)).await.is_error(403, "E0000083");
}

#[tokio::test]
async fn voice_call_and_email_have_codes_of_their_own() {
    let org = TestOrg::start().await;
    for (factor_type, length, to, pause, too_soon) in
        [("call", 5, "+14155550142 ext. 42", 30, "E0000133"), ("email", 6, "hedy.lamarr@example.com", 5, "E0000118")]
    {
        let browser = org.browser();
        let required = browser.sign_in("hedy.lamarr", "Spectrum1942").await;
        let challenge = browser.verify(&required, factor_type, json!({})).await;
        challenge.is("MFA_CHALLENGE");
        browser.go(&challenge, "resend", json!({})).await.is_error(429, too_soon);
        org.advance(pause).await;
        browser.go(&challenge, "resend", json!({})).await.is("MFA_CHALLENGE");
        let code = org.last_code("hedy.lamarr").await;
        assert_eq!(code.len(), length);
        assert_eq!(org.messages("hedy.lamarr").await.last().unwrap()["to"], to);
        browser.go(&challenge, "next", passcode(&code)).await.is("SUCCESS");
    }
}

#[tokio::test]
async fn a_security_question_needs_no_challenge() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    let wrong = browser.verify(&required, "question", json!({ "answer": "no idea" })).await;
    wrong.is_error(403, "E0000068");
    assert_eq!(
        wrong.body["errorCauses"][0]["errorSummary"],
        "Your answer doesn't match our records. Please try again."
    );
    browser.verify(&required, "question", json!({ "answer": "blue bear" })).await.is("SUCCESS");
}

#[tokio::test]
async fn a_totp_code_works_once() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let code = org.app_code("jeff.beck", "GOOGLE").await;
    let required = jeff(&browser).await;
    browser.verify(&required, "token:software:totp", passcode(&code)).await.is("SUCCESS");
    let again = jeff(&browser).await;
    assert_eq!(again.factors()[0], ("token:software:totp", "GOOGLE"), "the last used comes first");
    browser.verify(&again, "token:software:totp", passcode(&code)).await.is_error(403, "E0000082");
    org.advance(120).await;
    browser.verify(&again, "token:software:totp", passcode(&code)).await.is_error(403, "E0000083");
    let next = org.app_code("jeff.beck", "GOOGLE").await;
    browser.verify(&again, "token:software:totp", passcode(&next)).await.is("SUCCESS");
}

#[tokio::test]
async fn five_wrong_proofs_lock_the_user_out() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    for _ in 0..4 {
        browser.verify(&required, "question", json!({ "answer": "no" })).await.is_error(403, "E0000068");
    }
    browser.verify(&required, "question", json!({ "answer": "no" })).await.is_error(403, "E0000069");
    browser.verify(&required, "question", json!({ "answer": "Blue Bear" })).await.is_error(401, "E0000011");
    browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is_error(401, "E0000004");
}

#[tokio::test]
async fn previous_returns_to_the_list_and_cancel_ends_the_transaction() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    let challenge = browser.verify(&required, "sms", json!({})).await;
    let back = browser.go(&challenge, "prev", json!({})).await;
    back.is("MFA_REQUIRED");
    for (path, body) in [("previous", json!({})), ("skip", json!({}))] {
        let path = format!("{AUTHN}/{path}");
        let mut body = body;
        body["stateToken"] = back.body["stateToken"].clone();
        browser.post(&path, body).await.is_error(403, "E0000079");
    }
    let gone = browser.go(&back, "cancel", json!({})).await;
    assert_eq!((gone.status, gone.body), (200, json!({})));
    browser.go(&back, "cancel", json!({})).await.is_error(401, "E0000011");
}

#[tokio::test]
async fn another_users_factor_is_refused_and_an_unknown_one_is_not_found() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let hers = browser.sign_in("hedy.lamarr", "Spectrum1942").await;
    let mine = jeff(&browser).await;
    let call = hers.factor("call")["_links"]["verify"].clone();
    browser.follow(&mine, &call, json!({})).await.is_error(403, "E0000006");
    let body = json!({ "stateToken": mine.body["stateToken"] });
    browser.post(&format!("{AUTHN}/factors/smsnone/verify"), body.clone()).await.is_error(404, "E0000007");
    let id = mine.factor("sms")["id"].as_str().unwrap();
    let activate = format!("{AUTHN}/factors/{id}/lifecycle/activate");
    browser.post(&activate, body).await.is_error(403, "E0000079");
}

#[tokio::test]
async fn a_remembered_device_skips_the_factor_for_a_day() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = jeff(&browser).await;
    let mut link = required.factor("question")["_links"]["verify"].clone();
    link["href"] = format!("{}?rememberDevice=true", link["href"].as_str().unwrap()).into();
    browser.follow(&required, &link, json!({ "answer": "Blue Bear" })).await.is("SUCCESS");
    browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is("SUCCESS");
    org.browser().sign_in("jeff.beck", "xaxaxaxaxa").await.is("MFA_REQUIRED");
    org.advance(24 * 60 * 60).await;
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    required.is("MFA_REQUIRED");
    // A program makes every device forget.
    browser.follow(&required, &link, json!({ "answer": "Blue Bear" })).await.is("SUCCESS");
    browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is("SUCCESS");
    assert_eq!(org.admin(Method::DELETE, "users/jeff.beck/sessions?forgetDevices=true", None).await.status, 204);
    browser.sign_in("jeff.beck", "xaxaxaxaxa").await.is("MFA_REQUIRED");
}
