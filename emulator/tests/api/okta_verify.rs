//! Okta Verify: pushes and their results, number challenge, enrollment.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, TestOrg};

async fn pushed(browser: &Browser, login: &str, password: &str) -> Answer {
    let required = browser.sign_in(login, password).await;
    required.is("MFA_REQUIRED");
    let waiting = browser.verify(&required, "push", json!({})).await;
    waiting.is("MFA_CHALLENGE");
    waiting
}

async fn phone(org: &TestOrg, body: Value) -> u16 {
    org.control(Method::POST, "push", Some(body)).await.status
}

fn result(answer: &Answer) -> (&str, &str) {
    (
        answer.body["factorResult"].as_str().unwrap_or_default(),
        answer.body["_links"]["next"]["name"].as_str().unwrap_or_default(),
    )
}

#[tokio::test]
async fn a_push_waits_until_it_is_approved() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let waiting = pushed(&browser, "tim.lee", "Hypertext1989").await;
    assert_eq!(result(&waiting), ("WAITING", "poll"));
    assert_eq!(waiting.body["_links"]["resend"][0]["name"], "push");
    let polled = browser.go(&waiting, "next", json!({})).await;
    assert_eq!(result(&polled), ("WAITING", "poll"));
    assert_eq!(phone(&org, json!({ "login": "tim.lee", "action": "approve" })).await, 204);
    // A page that was left and come back to asks for the state, which is polled on.
    let token = json!({ "stateToken": polled.body["stateToken"] });
    let state = browser.post("/api/v1/authn", token).await;
    assert_eq!(result(&state), ("WAITING", "poll"));
    browser.go(&polled, "next", json!({})).await.is("SUCCESS");
    assert_eq!(phone(&org, json!({ "login": "tim.lee", "action": "approve" })).await, 409, "nothing waits");
}

#[tokio::test]
async fn a_push_is_denied_times_out_and_can_be_resent() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let waiting = pushed(&browser, "tim.lee", "Hypertext1989").await;
    phone(&org, json!({ "login": "tim.lee", "action": "deny" })).await;
    let denied = browser.go(&waiting, "next", json!({})).await;
    assert_eq!(result(&denied), ("REJECTED", "verify"));
    assert!(denied.body.get("factorResultMessage").is_none());

    let again = browser.go(&denied, "next", json!({})).await;
    assert_eq!(result(&again), ("WAITING", "poll"));
    org.advance(5 * 60).await;
    let late = browser.go(&again, "next", json!({})).await;
    assert_eq!(result(&late), ("TIMEOUT", "verify"));

    let resent = browser.go(&late, "resend", json!({})).await;
    assert_eq!(result(&resent), ("WAITING", "poll"));
    phone(&org, json!({ "login": "tim.lee", "action": "approve" })).await;
    browser.go(&resent, "next", json!({})).await.is("SUCCESS");
}

#[tokio::test]
async fn the_number_challenge_requires_the_correct_number() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let waiting = pushed(&browser, "margaret.hamilton", "Apollo1969").await;
    let number =
        |answer: &Answer| answer.body["_embedded"]["factor"]["_embedded"]["challenge"]["correctAnswer"].as_u64();
    assert_eq!(number(&waiting), None);
    let shown = browser.go(&waiting, "next", json!({})).await;
    let correct = number(&shown).unwrap();
    let on_phone = org.control(Method::GET, "push", None).await.body;
    assert_eq!(on_phone[0]["correct"], correct);
    assert!(on_phone[0]["numbers"].as_array().unwrap().contains(&json!(correct)));
    let approve = json!({ "login": "margaret.hamilton", "action": "approve" });
    assert_eq!(phone(&org, approve).await, 409, "a number has to be picked");
    phone(&org, json!({ "login": "margaret.hamilton", "action": "number", "number": correct + 1 })).await;
    let wrong = browser.go(&shown, "next", json!({})).await;
    assert_eq!(result(&wrong), ("REJECTED", "verify"));

    let again = browser.go(&wrong, "next", json!({})).await;
    let again = browser.go(&again, "next", json!({})).await;
    let number = number(&again).unwrap();
    phone(&org, json!({ "login": "margaret.hamilton", "action": "number", "number": number })).await;
    browser.go(&again, "next", json!({})).await.is("SUCCESS");
}

#[tokio::test]
async fn zero_can_be_the_number() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let waiting = pushed(&browser, "margaret.hamilton", "Apollo1969").await;
    phone(&org, json!({ "login": "margaret.hamilton", "action": "make-right", "number": 0 })).await;
    let shown = browser.go(&waiting, "next", json!({})).await;
    assert_eq!(shown.body["_embedded"]["factor"]["_embedded"]["challenge"]["correctAnswer"], 0);
    phone(&org, json!({ "login": "margaret.hamilton", "action": "number", "number": 0 })).await;
    browser.go(&shown, "next", json!({})).await.is("SUCCESS");
}

#[tokio::test]
async fn an_outdated_app_reports_that_it_needs_an_upgrade() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let waiting = pushed(&browser, "john.backus", "Fortran1957").await;
    assert_eq!(waiting.body["factorResult"], "WAITING");
    // The app can not answer.
    assert_eq!(org.control(Method::GET, "push", None).await.body, json!([]));
    let told = browser.go(&waiting, "next", json!({})).await;
    assert_eq!(told.body["factorResult"], "REJECTED");
    assert_eq!(told.body["factorResultMessage"], "OKTA_VERIFY_UPGRADE_REQUIRED");
    assert_eq!(told.body["_embedded"]["factor"]["profile"]["platform"], "IOS");
    assert_eq!(told.body["_embedded"]["factor"]["profile"]["keys"][0]["kid"], "default");
}

#[tokio::test]
async fn a_device_can_enable_automatic_pushes() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let wanted = async |browser: &Browser| {
        let required = browser.sign_in("tim.lee", "Hypertext1989").await;
        let id = required.factor("push")["id"].as_str().unwrap().to_owned();
        required.body["_embedded"]["policy"]["factorsPolicyInfo"][id]["autoPushEnabled"].as_bool()
    };
    assert_eq!(wanted(&browser).await, Some(false));
    let waiting = pushed(&browser, "tim.lee", "Hypertext1989").await;
    phone(&org, json!({ "login": "tim.lee", "action": "approve" })).await;
    let mut next = waiting.body["_links"]["next"].clone();
    next["href"] = format!("{}?autoPush=true", next["href"].as_str().unwrap()).into();
    browser.follow(&waiting, &next, json!({})).await.is("SUCCESS");
    assert_eq!(wanted(&browser).await, Some(true));
    assert_eq!(wanted(&org.browser()).await, Some(false), "another device");
}

#[tokio::test]
async fn it_is_enrolled_by_qr_code_or_link_and_adds_its_totp_factor() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let pending = browser.enroll(&list, "push", "OKTA", json!({})).await;
    assert_eq!(result(&pending), ("WAITING", "poll"));
    let activation = pending.body["_embedded"]["factor"]["_embedded"]["activation"].clone();
    let picture = browser.get(activation["_links"]["qrcode"]["href"].as_str().unwrap()).await;
    assert!(picture.bytes.starts_with(b"\x89PNG"));

    let send = |name: &str| {
        let all = activation["_links"]["send"].as_array().unwrap();
        all.iter().find(|link| link["name"] == name).unwrap().clone()
    };
    browser.follow(&pending, &send("email"), json!({})).await.is("MFA_ENROLL_ACTIVATE");
    org.advance(5).await;
    let phone_number = json!({ "profile": { "phoneNumber": "+14155550199" } });
    browser.follow(&pending, &send("sms"), phone_number).await.is("MFA_ENROLL_ACTIVATE");
    let link = org.messages("barbara.liskov").await[0]["link"].as_str().unwrap().to_owned();

    org.advance(5 * 60).await;
    let late = browser.go(&pending, "next", json!({})).await;
    assert_eq!(result(&late), ("TIMEOUT", "activate"));
    assert_eq!(browser.get(&link).await.status, 410);
    let again = browser.go(&late, "next", json!({})).await;
    assert_eq!(result(&again), ("WAITING", "poll"));
    assert_ne!(
        again.body["_embedded"]["factor"]["_embedded"]["activation"]["_links"]["qrcode"],
        activation["_links"]["qrcode"]
    );

    let send = again.body["_embedded"]["factor"]["_embedded"]["activation"]["_links"]["send"][0].clone();
    browser.follow(&again, &send, json!({})).await.is("MFA_ENROLL_ACTIVATE");
    let messages = org.messages("barbara.liskov").await;
    let link = messages.last().unwrap()["link"].as_str().unwrap();
    assert_eq!(browser.get(link).await.status, 200);
    assert_eq!(browser.request(Method::POST, link).send().await.unwrap().status(), 200);
    browser.go(&again, "next", json!({})).await.is("SUCCESS");
    let users = org.control(Method::GET, "users", None).await.body;
    let user = users.as_array().unwrap().iter().find(|user| user["login"] == "barbara.liskov@example.com").unwrap();
    assert_eq!(user["factors"], json!(["okta_push", "okta_otp"]));
}

#[tokio::test]
async fn its_totp_codes_work_as_well() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = browser.sign_in("tim.lee", "Hypertext1989").await;
    let code = org.app_code("tim.lee", "OKTA").await;
    browser.verify(&required, "token:software:totp", json!({ "passCode": code })).await.is("SUCCESS");
}
