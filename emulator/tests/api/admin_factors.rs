//! The management API: factors, and codes that it sends and a sign-in uses.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestOrg;

const JEFF: &str = "users/00u2e9pzr0aCdtXuI1t3/factors";

async fn find(org: &TestOrg, user: &str, factor_type: &str) -> Value {
    let list = org.admin(Method::GET, &format!("users/{user}/factors"), None).await.body;
    list.as_array().unwrap().iter().find(|one| one["factorType"] == factor_type).unwrap().clone()
}

#[tokio::test]
async fn factors_are_listed_unmasked_and_deleted() {
    let org = TestOrg::start().await;
    let sms = find(&org, "jeff.beck", "sms").await;
    assert_eq!(sms["profile"]["phoneNumber"], "+14155554259");
    assert_eq!(sms["_links"]["self"]["hints"]["allow"], json!(["GET", "DELETE"]));
    let question = find(&org, "jeff.beck", "question").await;
    assert!(question["_links"].get("verify").is_none() && question["_links"].get("questions").is_some());
    let one = format!("{JEFF}/{}", sms["id"].as_str().unwrap());
    assert_eq!(org.admin(Method::GET, &one, None).await.body, sms);
    assert_eq!(org.admin(Method::DELETE, &one, None).await.status, 204);
    org.admin(Method::GET, &one, None).await.is_error(404, "E0000007");
    let questions = org.admin(Method::GET, &format!("{JEFF}/questions"), None).await.body;
    assert_eq!(questions.as_array().unwrap().len(), 20);
    let catalog = org.admin(Method::GET, "users/barbara.liskov/factors/catalog", None).await.body;
    assert!(
        catalog.as_array().unwrap().iter().all(|one| one["_links"]["enroll"].is_object() && one.get("id").is_none())
    );
    org.admin(Method::POST, "users/jeff.beck/lifecycle/reset_factors", None).await;
    assert_eq!(org.admin(Method::GET, JEFF, None).await.body, json!([]));
}

#[tokio::test]
async fn a_code_sent_by_a_program_works_in_a_sign_in() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let id = required.factor("sms")["id"].as_str().unwrap();
    let verify = format!("{JEFF}/{id}/verify");
    let sent = org.admin(Method::POST, &verify, Some(json!({}))).await;
    assert_eq!(sent.body["factorResult"], "CHALLENGE");
    assert_eq!(sent.body["profile"]["phoneNumber"], "+14155554259");
    let too_soon = org.admin(Method::POST, &verify, Some(json!({}))).await;
    too_soon.is_error(429, "E0000109");
    assert_eq!(too_soon.header("x-rate-limit-remaining"), "0");
    org.admin(Method::POST, &verify, Some(json!({ "passCode": "0" }))).await.is_error(403, "E0000068");
    let code = org.last_code("jeff.beck").await;
    let done = browser.verify(&required, "sms", json!({ "passCode": code })).await;
    assert_eq!(done.body["status"], "SUCCESS");
    org.admin(Method::POST, &verify, Some(json!({ "passCode": code }))).await.is_error(403, "E0000068");

    org.advance(60).await;
    org.admin(Method::POST, &verify, Some(json!({}))).await;
    let code = org.last_code("jeff.beck").await;
    let proved = org.admin(Method::POST, &verify, Some(json!({ "passCode": code }))).await;
    assert_eq!(proved.body, json!({ "factorResult": "SUCCESS" }));
    let question = find(&org, "jeff.beck", "question").await["id"].as_str().unwrap().to_owned();
    let answered =
        org.admin(Method::POST, &format!("{JEFF}/{question}/verify"), Some(json!({ "answer": "blue bear" }))).await;
    assert_eq!(answered.body["factorResult"], "SUCCESS");
}

#[tokio::test]
async fn a_phone_from_registration_is_enrolled_without_a_message() {
    let org = TestOrg::start().await;
    let path = "users/ada.byron/factors";
    let sms = |number: &str| json!({ "factorType": "sms", "provider": "OKTA", "profile": { "phoneNumber": number } });
    let pending = org.admin(Method::POST, path, Some(sms("+14155550100"))).await;
    assert_eq!(pending.body["status"], "PENDING_ACTIVATION");
    assert!(pending.body["_links"]["activate"].is_object());
    assert_eq!(org.messages("ada.byron").await.len(), 1);
    let other = org.admin(Method::POST, path, Some(sms("+14155550101"))).await;
    other.is_error(400, "E0000001");
    assert_eq!(other.body["errorCauses"][0]["errorSummary"], "There is an existing verified phone number.");
    let updated =
        org.admin(Method::POST, &format!("{path}?updatePhone=true&activate=true"), Some(sms("+14155550101"))).await;
    assert_eq!(updated.body["status"], "ACTIVE");
    assert_eq!(org.messages("ada.byron").await.len(), 1, "no message is sent");
    org.admin(Method::POST, path, Some(sms("+14155550101"))).await.is_error(400, "E0000001");
    let required = org.browser().sign_in("ada.byron", "Analytical1843").await;
    assert_eq!(required.factors(), [("sms", "OKTA")]);
}

#[tokio::test]
async fn each_kind_is_enrolled_by_its_proof() {
    let org = TestOrg::start().await;
    let path = "users/ada.byron/factors";
    let enroll = async |body: Value| org.admin(Method::POST, path, Some(body)).await;
    let at =
        |answer: &crate::support::Answer, what: &str| format!("{path}/{}/{what}", answer.body["id"].as_str().unwrap());

    let google = enroll(json!({ "factorType": "token:software:totp", "provider": "GOOGLE" })).await;
    assert_eq!(google.body["_embedded"]["activation"]["factorResult"], "WAITING");
    let picture = google.body["_embedded"]["activation"]["_links"]["qrcode"]["href"].as_str().unwrap();
    assert!(org.browser().get(picture).await.bytes.starts_with(b"\x89PNG"));
    let activate = at(&google, "lifecycle/activate");
    org.admin(Method::POST, &activate, Some(json!({ "passCode": "000000" }))).await.is_error(403, "E0000068");
    let code = org.app_code("ada.byron", "GOOGLE").await;
    let active = org.admin(Method::POST, &activate, Some(json!({ "passCode": code }))).await;
    assert_eq!(active.body["status"], "ACTIVE");

    let call =
        enroll(json!({ "factorType": "call", "provider": "OKTA", "profile": { "phoneNumber": "+14155550100" } })).await;
    let again = at(&call, "resend");
    org.admin(Method::POST, &again, Some(json!({}))).await.is_error(429, "E0000133");
    org.advance(31).await;
    assert_eq!(org.admin(Method::POST, &again, Some(json!({}))).await.body["status"], "PENDING_ACTIVATION");
    let code = org.last_code("ada.byron").await;
    let active = org.admin(Method::POST, &at(&call, "lifecycle/activate"), Some(json!({ "passCode": code }))).await;
    assert_eq!(active.body["status"], "ACTIVE");

    let profile = json!({ "question": "disliked_food", "answer": "Porridge" });
    let question = enroll(json!({ "factorType": "question", "provider": "OKTA", "profile": profile })).await;
    assert_eq!((&question.body["status"], question.body["profile"].get("answer")), (&json!("ACTIVE"), None));
    enroll(json!({ "factorType": "sms", "provider": "ACME" })).await.is_error(400, "E0000001");
    let wrong = enroll(json!({ "factorType": "token:software:totp", "provider": "OKTA" })).await;
    for _ in 0..5 {
        let path = at(&wrong, "lifecycle/activate");
        org.admin(Method::POST, &path, Some(json!({ "passCode": "000000" }))).await.is_error(403, "E0000068");
    }
    let path = at(&wrong, "lifecycle/activate");
    org.admin(Method::POST, &path, Some(json!({ "passCode": "000000" }))).await.is_error(429, "E0000047");
}

#[tokio::test]
async fn okta_verify_is_enrolled_and_its_push_polled_and_cancelled() {
    let org = TestOrg::start().await;
    let path = "users/ada.byron/factors";
    let push = org.admin(Method::POST, path, Some(json!({ "factorType": "push", "provider": "OKTA" }))).await;
    assert!(push.body["_links"]["poll"].is_object());
    let id = push.body["id"].as_str().unwrap().to_owned();
    let poll = format!("{path}/{id}/lifecycle/activate/poll");
    assert_eq!(org.admin(Method::POST, &poll, Some(json!({}))).await.body["factorResult"], "WAITING");
    let sent = org.admin(Method::POST, &format!("{path}/{id}/lifecycle/activate/email"), Some(json!({}))).await;
    assert_eq!((sent.status, org.messages("ada.byron").await.len()), (200, 1));
    let phone = async |action: &str| {
        org.control(Method::POST, "push", Some(json!({ "login": "ada.byron", "action": action }))).await.status
    };
    assert_eq!(phone("set-up").await, 204);
    assert_eq!(org.admin(Method::POST, &poll, Some(json!({}))).await.body["status"], "ACTIVE");

    let verify = format!("{path}/{id}/verify");
    for (action, result) in [("approve", "SUCCESS"), ("deny", "REJECTED")] {
        let waiting = org.admin(Method::POST, &verify, Some(json!({}))).await;
        assert_eq!(waiting.body["factorResult"], "WAITING");
        let transaction =
            waiting.body["_links"]["poll"]["href"].as_str().unwrap().split_once("/api/v1/").unwrap().1.to_owned();
        assert_eq!(phone(action).await, 204);
        assert_eq!(org.admin(Method::GET, &transaction, None).await.body["factorResult"], result);
    }
    let waiting = org.admin(Method::POST, &verify, Some(json!({}))).await;
    let transaction =
        waiting.body["_links"]["cancel"]["href"].as_str().unwrap().split_once("/api/v1/").unwrap().1.to_owned();
    org.advance(301).await;
    assert_eq!(org.admin(Method::GET, &transaction, None).await.body["factorResult"], "TIMEOUT");
    assert_eq!(org.admin(Method::DELETE, &transaction, None).await.status, 204);
    org.admin(Method::GET, &transaction, None).await.is_error(404, "E0000007");
}
