//! The user's factors: list, enroll, verify, remove.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    authenticator::SoftKey,
    support::{ADA, Fixture, JEFF, TIM},
};

#[tokio::test]
async fn lists_are_masked_and_include_the_catalog() {
    let fixture = Fixture::start().await;
    let jeff = fixture.signed_in(JEFF).await;
    let factors = jeff.get("/factors").await;
    let sms = factors.ok(200).body["factors"].as_array().unwrap().iter().find(|one| one["factorType"] == "sms");
    assert_eq!(sms.unwrap()["profile"], json!({ "phoneNumber": "+1 XXX-XXX-4259" }));
    assert!(!factors.text.contains("415555"), "{}", factors.text);
    let catalog = jeff.get("/factors/catalog").await;
    assert_eq!(catalog.ok(200).body["proofRequired"], json!(true));
    let offered: Vec<_> =
        catalog.ok(200).body["factors"].as_array().unwrap().iter().map(|one| &one["factorType"]).collect();
    assert!(offered.contains(&&json!("webauthn")) && !offered.contains(&&json!("sms")), "{offered:?}");
    assert!(!offered.contains(&&json!("push")), "{offered:?}");
    let questions = jeff.get("/factors/questions").await;
    assert_eq!(questions.ok(200).body["questions"].as_array().unwrap().len(), 20);
    fixture.end().await;
}

#[tokio::test]
async fn an_authenticator_app_is_enrolled_with_its_code() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let body = json!({ "factorType": "token:software:totp", "provider": "GOOGLE" });
    ada.post("/factors", body.clone()).await.is(403, "fresh_proof_required");
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    assert_eq!(ada.get("/factors/catalog").await.ok(200).body["proofRequired"], json!(false));
    let given_up = ada.post("/factors", body.clone()).await;
    let given_up = &given_up.ok(201).body;
    fixture.secret(given_up["activation"]["sharedSecret"].as_str().unwrap());
    ada.delete(&format!("/factors/{}", given_up["id"].as_str().unwrap())).await.ok(204);
    let made = ada.post("/factors", body.clone()).await;
    let activation = &made.ok(201).body["activation"];
    assert!(activation["qrCode"].as_str().unwrap().starts_with("data:image/png;base64,iVBORw0KGgo"));
    fixture.secret(activation["sharedSecret"].as_str().unwrap());
    let one = format!("/factors/{}", made.body["id"].as_str().unwrap());
    let list = ada.get("/factors").await;
    assert_eq!(list.body["factors"][0]["status"], "PENDING_ACTIVATION");
    assert!(list.body["factors"][0].get("activation").is_none());
    ada.post(&format!("{one}/verify"), json!({ "passCode": "000000" })).await.is(403, "not_permitted");
    ada.post(&format!("{one}/activate"), json!({ "passCode": "000000" })).await.is(403, "wrong_code");
    assert_eq!(ada.post(&format!("{one}/activate"), json!({})).await.fields(), [("passCode", "required")]);
    let code = fixture.app_code("ada.byron", "GOOGLE").await;
    fixture.secret(&code);
    let active = ada.post(&format!("{one}/activate"), json!({ "passCode": code })).await;
    assert_eq!(active.ok(200).body["status"], "ACTIVE");
    ada.post(&format!("{one}/activate"), json!({ "passCode": code })).await.is(409, "already_set_up");
    ada.post("/factors", body).await.is(409, "already_set_up");
    fixture.end().await;
}

#[tokio::test]
async fn a_phone_is_enrolled_verified_and_removed_after_a_proof() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    let sms = |number: &str| json!({ "factorType": "sms", "provider": "OKTA", "profile": { "phoneNumber": number } });
    ada.post("/factors", sms("+14155550100")).await.is(403, "fresh_proof_required");
    let unproved = ada.cookie.lock().unwrap().clone();
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    assert_eq!(ada.post("/factors", sms("+1415555")).await.fields(), [("phoneNumber", "invalid")]);
    ada.post("/factors", sms("+14155550100")).await.ok(201);
    let made = ada.post("/factors", sms("+14155550123")).await;
    assert_eq!(made.ok(201).body["profile"]["phoneNumber"], "+1 XXX-XXX-0123");
    let one = format!("/factors/{}", made.body["id"].as_str().unwrap());
    let early = ada.post(&format!("{one}/resend"), json!({})).await;
    assert_eq!(early.is(429, "too_soon").headers["retry-after"], "30");
    fixture.control("clock/advance", &json!({ "seconds": 31 })).await;
    ada.post(&format!("{one}/resend"), json!({})).await.ok(204);
    let code = fixture.code("ada.byron").await;
    ada.post(&format!("{one}/activate"), json!({ "passCode": code })).await.ok(200);

    let proved = std::mem::replace(&mut *ada.cookie.lock().unwrap(), unproved);
    ada.delete(&one).await.is(403, "fresh_proof_required");
    fixture.control("clock/advance", &json!({ "seconds": 31 })).await;
    let challenge = ada.post(&format!("{one}/verify"), json!({})).await;
    assert_eq!(challenge.ok(200).body, json!({ "result": "CHALLENGE" }));
    ada.post(&format!("{one}/verify"), json!({ "passCode": "1" })).await.is(403, "wrong_code");
    ada.delete(&one).await.is(403, "fresh_proof_required");
    // Verified, but it does not count as a proof: it was enrolled in this session.
    let code = fixture.code("ada.byron").await;
    let works = ada.post(&format!("{one}/verify"), json!({ "passCode": code })).await;
    assert_eq!(works.ok(200).body, json!({ "result": "SUCCESS", "provedUntil": null }));
    assert_eq!(ada.get("/factors").await.body["factors"][0]["countsAsProof"], json!(false));
    ada.delete(&one).await.is(403, "fresh_proof_required");
    *ada.cookie.lock().unwrap() = proved;
    ada.delete(&one).await.ok(204);
    assert_eq!(ada.get("/factors").await.body, json!({ "factors": [] }));
    fixture.end().await;
}

#[tokio::test]
async fn a_security_question_is_enrolled_at_once_and_verified() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    fixture.secret("Porridge-secret");
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    let profile = json!({ "question": "disliked_food", "answer": "Porridge-secret" });
    let made = ada.post("/factors", json!({ "factorType": "question", "provider": "OKTA", "profile": profile })).await;
    assert_eq!(
        (&made.ok(201).body["status"], &made.body["profile"]["question"]),
        (&json!("ACTIVE"), &json!("disliked_food"))
    );
    let verify = format!("/factors/{}/verify", made.body["id"].as_str().unwrap());
    ada.post(&verify, json!({ "answer": "Gruel" })).await.is(403, "wrong_answer");
    assert_eq!(ada.post(&verify, json!({})).await.fields(), [("answer", "required")]);
    assert_eq!(ada.post(&verify, json!({ "answer": "Porridge-secret" })).await.ok(200).body["result"], "SUCCESS");
    fixture.end().await;
}

#[tokio::test]
async fn the_orgs_clock_decides_whether_a_factor_is_older_than_the_session() {
    let fixture = Fixture::start().await;
    // From here on the hook's clock is ten minutes slow.
    fixture.control("clock/advance", &json!({ "seconds": 600 })).await;
    let ada = fixture.signed_in(ADA).await;
    fixture.control("clock/advance", &json!({ "seconds": 2 })).await;
    let profile = json!({ "question": "disliked_food", "answer": "Blue Bear" });
    let question = json!({ "factorType": "question", "provider": "OKTA", "profile": profile });
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    ada.post("/factors", question).await.ok(201);
    assert_eq!(ada.get("/factors").await.body["factors"][0]["countsAsProof"], json!(false));
    let again = fixture.signed_in(ADA).await;
    assert_eq!(again.get("/factors").await.body["factors"][0]["countsAsProof"], json!(true));
    fixture.end().await;
}

#[tokio::test]
async fn an_approved_push_counts_once() {
    let fixture = Fixture::start().await;
    let tim = fixture.signed_in(TIM).await;
    let id = tim.factor("push").await;
    let waiting = tim.post(&format!("/factors/{id}/verify"), json!({})).await;
    assert_eq!(waiting.ok(200).body["result"], "WAITING");
    let poll = format!("/factors/{id}/transactions/{}", waiting.body["transactionId"].as_str().unwrap());
    assert_eq!(tim.get(&poll).await.ok(200).body["result"], "WAITING");
    fixture.approve("tim.lee").await;
    let until = tim.get(&poll).await.ok(200).body["provedUntil"].clone();
    assert!(until.is_string(), "{until}");
    assert_eq!(tim.get("/session").await.body["provedUntil"], until);
    // With an older cookie the expiry is the same, not later; without the push the id is not found.
    tim.get(&poll).await.is(404, "not_found");
    fixture.end().await;
}

#[tokio::test]
async fn a_security_key_is_registered_and_signs() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    let made = ada.post("/factors", json!({ "factorType": "webauthn", "provider": "FIDO" })).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (one, wanted) = (text(&made.ok(201).body["id"]), text(&made.body["activation"]["challenge"]));
    let mut key = SoftKey::new(3);
    let elsewhere = SoftKey { origin: "http://localhost:9999".to_owned(), ..key.clone() };
    let activate = format!("/factors/{one}/activate");
    // The software key returns more members than the hook accepts.
    let attest = |key: &SoftKey, challenge: &str| {
        let made = key.attest(challenge);
        json!({ "attestation": made["attestation"], "clientData": made["clientData"] })
    };
    ada.post(&activate, attest(&elsewhere, &wanted)).await.is(403, "not_permitted");
    let active = ada.post(&activate, attest(&key, &wanted)).await;
    assert_eq!(active.ok(200).body["status"], "ACTIVE");
    let verify = format!("/factors/{one}/verify");
    let challenge = ada.post(&verify, json!({})).await;
    let wanted = text(&challenge.ok(200).body["challenge"]["challenge"]);
    let stranger = SoftKey { id: key.id.clone(), ..SoftKey::new(4) }.assert(&wanted);
    ada.post(&verify, stranger).await.is(403, "wrong_code");
    assert_eq!(ada.post(&verify, key.assert(&wanted)).await.ok(200).body["result"], "SUCCESS");
    ada.delete(&format!("/factors/{one}")).await.ok(204);
    fixture.end().await;
}

#[tokio::test]
async fn a_password_removes_and_adds_nothing_where_a_factor_can_prove() {
    let fixture = Fixture::start().await;
    let jeff = fixture.signed_in(JEFF).await;
    let ids = [jeff.factor("sms").await, jeff.factor("question").await, jeff.factor("token:software:totp").await];
    jeff.post("/proof", json!({ "password": JEFF.1 })).await.is(403, "factor_proof_required");
    let requests = fixture.org_requests().await;
    let signed_in = requests.iter().filter(|line| *line == "POST /api/v1/authn").count();
    assert_eq!(signed_in, 1, "the password was not even checked");
    for id in &ids {
        jeff.delete(&format!("/factors/{id}")).await.is(403, "fresh_proof_required");
    }
    let key = json!({ "factorType": "webauthn", "provider": "FIDO" });
    jeff.post("/factors", key.clone()).await.is(403, "fresh_proof_required");
    let verify = format!("/factors/{}/verify", ids[1]);
    assert!(jeff.post(&verify, json!({ "answer": "Blue Bear" })).await.ok(200).body["provedUntil"].is_string());
    jeff.post("/factors", key).await.ok(201);
    jeff.delete(&format!("/factors/{}", ids[0])).await.ok(204);
    fixture.end().await;
}

#[tokio::test]
async fn a_factor_that_was_set_up_without_the_hook_is_no_proof_in_this_session() {
    let fixture = Fixture::start().await;
    let ada = fixture.signed_in(ADA).await;
    fixture.control("clock/advance", &json!({ "seconds": 2 })).await;
    // As if by another program with the user's session: nobody was proved.
    let body = json!({ "factorType": "question", "provider": "OKTA",
                       "profile": { "question": "disliked_food", "answer": "Blue Bear" } });
    fixture.org(Method::POST, &format!("/api/v1/users/{}/factors", ada.id), Some(&body)).await.ok(200);
    let id = ada.factor("question").await;
    let verified = ada.post(&format!("/factors/{id}/verify"), json!({ "answer": "Blue Bear" })).await;
    assert_eq!(verified.ok(200).body["provedUntil"], Value::Null);
    ada.delete(&format!("/factors/{id}")).await.is(403, "fresh_proof_required");
    // Nor does it stand in the way of the password.
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    ada.delete(&format!("/factors/{id}")).await.ok(204);
    fixture.end().await;
}
