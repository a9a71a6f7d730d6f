//! The caller's factors: shown, set up, proved, removed.

use serde_json::{Value, json};

use crate::{
    authenticator::SoftKey,
    support::{ADA, JEFF, TIM, World},
};

#[tokio::test]
async fn lists_are_masked_and_tell_what_can_be_set_up() {
    let world = World::start().await;
    let jeff = world.person(JEFF).await;
    let factors = jeff.get("/factors").await;
    let sms = factors.ok(200).body["factors"].as_array().unwrap().iter().find(|one| one["factorType"] == "sms");
    assert_eq!(sms.unwrap()["profile"], json!({ "phoneNumber": "+1 XXX-XXX-4259" }));
    assert!(!factors.text.contains("415555"), "{}", factors.text);
    let catalog = jeff.get("/factors/catalog").await;
    let offered: Vec<_> =
        catalog.ok(200).body["factors"].as_array().unwrap().iter().map(|one| &one["factorType"]).collect();
    assert!(offered.contains(&&json!("webauthn")) && !offered.contains(&&json!("sms")), "{offered:?}");
    assert!(!offered.contains(&&json!("push")), "{offered:?}");
    let questions = jeff.get("/factors/questions").await;
    assert_eq!(questions.ok(200).body["questions"].as_array().unwrap().len(), 20);
    world.end().await;
}

#[tokio::test]
async fn an_authenticator_app_is_set_up_by_its_code() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    let body = json!({ "factorType": "token:software:totp", "provider": "GOOGLE" });
    let given_up = ada.post("/factors", body.clone()).await;
    let given_up = &given_up.ok(201).body;
    world.secret(given_up["activation"]["sharedSecret"].as_str().unwrap());
    ada.delete(&format!("/factors/{}", given_up["id"].as_str().unwrap())).await.ok(204);
    let made = ada.post("/factors", body.clone()).await;
    let activation = &made.ok(201).body["activation"];
    assert!(activation["qrCode"].as_str().unwrap().starts_with("data:image/png;base64,iVBORw0KGgo"));
    world.secret(activation["sharedSecret"].as_str().unwrap());
    let one = format!("/factors/{}", made.body["id"].as_str().unwrap());
    let list = ada.get("/factors").await;
    assert_eq!(list.body["factors"][0]["status"], "PENDING_ACTIVATION");
    assert!(list.body["factors"][0].get("activation").is_none());
    ada.post(&format!("{one}/verify"), json!({ "passCode": "000000" })).await.is(403, "not_permitted");
    ada.post(&format!("{one}/activate"), json!({ "passCode": "000000" })).await.is(403, "wrong_code");
    assert_eq!(ada.post(&format!("{one}/activate"), json!({})).await.fields(), [("passCode", "required")]);
    let code = world.app_code("ada.byron", "GOOGLE").await;
    world.secret(&code);
    let active = ada.post(&format!("{one}/activate"), json!({ "passCode": code })).await;
    assert_eq!(active.ok(200).body["status"], "ACTIVE");
    ada.post(&format!("{one}/activate"), json!({ "passCode": code })).await.is(409, "already_set_up");
    ada.post("/factors", body).await.is(409, "already_set_up");
    world.end().await;
}

#[tokio::test]
async fn a_phone_is_set_up_proved_and_removed_after_a_proof() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    let sms = |number: &str| json!({ "factorType": "sms", "provider": "OKTA", "profile": { "phoneNumber": number } });
    assert_eq!(ada.post("/factors", sms("+1415555")).await.fields(), [("phoneNumber", "invalid")]);
    ada.post("/factors", sms("+14155550100")).await.ok(201);
    let made = ada.post("/factors", sms("+14155550123")).await;
    assert_eq!(made.ok(201).body["profile"]["phoneNumber"], "+1 XXX-XXX-0123");
    let one = format!("/factors/{}", made.body["id"].as_str().unwrap());
    let early = ada.post(&format!("{one}/resend"), json!({})).await;
    assert_eq!(early.is(429, "rate_limited").headers["retry-after"], "30");
    world.control("clock/advance", &json!({ "seconds": 31 })).await;
    ada.post(&format!("{one}/resend"), json!({})).await.ok(204);
    let code = world.code("ada.byron").await;
    ada.post(&format!("{one}/activate"), json!({ "passCode": code })).await.ok(200);

    ada.delete(&one).await.is(403, "fresh_proof_required");
    world.control("clock/advance", &json!({ "seconds": 31 })).await;
    let asked = ada.post(&format!("{one}/verify"), json!({})).await;
    assert_eq!(asked.ok(200).body, json!({ "result": "CHALLENGE" }));
    ada.post(&format!("{one}/verify"), json!({ "passCode": "1" })).await.is(403, "wrong_code");
    ada.delete(&one).await.is(403, "fresh_proof_required");
    // It works, but may be anyone's: it was set up in this session.
    let code = world.code("ada.byron").await;
    let works = ada.post(&format!("{one}/verify"), json!({ "passCode": code })).await;
    assert_eq!(works.ok(200).body, json!({ "result": "SUCCESS", "provedUntil": null }));
    assert_eq!(ada.get("/factors").await.body["factors"][0]["countsAsProof"], json!(false));
    ada.delete(&one).await.is(403, "fresh_proof_required");

    let before = ada.cookie.lock().unwrap().clone();
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    let after = std::mem::replace(&mut *ada.cookie.lock().unwrap(), before);
    ada.delete(&one).await.is(403, "fresh_proof_required");
    *ada.cookie.lock().unwrap() = after;
    ada.delete(&one).await.ok(204);
    assert_eq!(ada.get("/factors").await.body, json!({ "factors": [] }));
    world.end().await;
}

#[tokio::test]
async fn a_question_is_set_up_at_once_and_answered() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    world.secret("Porridge-secret");
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
    world.end().await;
}

#[tokio::test]
async fn which_came_first_is_judged_by_the_orgs_clock() {
    let world = World::start().await;
    // From here on the hook's own clock is ten minutes behind.
    world.control("clock/advance", &json!({ "seconds": 600 })).await;
    let ada = world.person(ADA).await;
    world.control("clock/advance", &json!({ "seconds": 2 })).await;
    let profile = json!({ "question": "disliked_food", "answer": "Blue Bear" });
    let question = json!({ "factorType": "question", "provider": "OKTA", "profile": profile });
    ada.post("/factors", question).await.ok(201);
    assert_eq!(ada.get("/factors").await.body["factors"][0]["countsAsProof"], json!(false));
    let again = world.person(ADA).await;
    assert_eq!(again.get("/factors").await.body["factors"][0]["countsAsProof"], json!(true));
    world.end().await;
}

#[tokio::test]
async fn a_phone_approves_once() {
    let world = World::start().await;
    let tim = world.person(TIM).await;
    let id = tim.factor("push").await;
    let waiting = tim.post(&format!("/factors/{id}/verify"), json!({})).await;
    assert_eq!(waiting.ok(200).body["result"], "WAITING");
    let poll = format!("/factors/{id}/transactions/{}", waiting.body["transactionId"].as_str().unwrap());
    assert_eq!(tim.get(&poll).await.ok(200).body["result"], "WAITING");
    world.approve("tim.lee").await;
    let until = tim.get(&poll).await.ok(200).body["provedUntil"].clone();
    assert!(until.is_string(), "{until}");
    assert_eq!(tim.get("/session").await.body["provedUntil"], until);
    // Whoever kept the cookie of before gets the same end, not a later one; others get nothing.
    tim.get(&poll).await.is(404, "not_found");
    world.end().await;
}

#[tokio::test]
async fn a_security_key_is_made_and_signs() {
    let world = World::start().await;
    let ada = world.person(ADA).await;
    let made = ada.post("/factors", json!({ "factorType": "webauthn", "provider": "FIDO" })).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (one, wanted) = (text(&made.ok(201).body["id"]), text(&made.body["activation"]["challenge"]));
    let mut key = SoftKey::new(3);
    let elsewhere = SoftKey { origin: "http://localhost:9999".to_owned(), ..key.clone() };
    let activate = format!("/factors/{one}/activate");
    // Of what the key of the tests makes, the hook takes what it passes on.
    let attest = |key: &SoftKey, challenge: &str| {
        let made = key.attest(challenge);
        json!({ "attestation": made["attestation"], "clientData": made["clientData"] })
    };
    ada.post(&activate, attest(&elsewhere, &wanted)).await.is(403, "not_permitted");
    let active = ada.post(&activate, attest(&key, &wanted)).await;
    assert_eq!(active.ok(200).body["status"], "ACTIVE");
    let verify = format!("/factors/{one}/verify");
    let asked = ada.post(&verify, json!({})).await;
    let wanted = text(&asked.ok(200).body["challenge"]["challenge"]);
    let stranger = SoftKey { id: key.id.clone(), ..SoftKey::new(4) }.assert(&wanted);
    ada.post(&verify, stranger).await.is(403, "wrong_code");
    assert_eq!(ada.post(&verify, key.assert(&wanted)).await.ok(200).body["result"], "SUCCESS");
    ada.post("/proof", json!({ "password": ADA.1 })).await.ok(200);
    ada.delete(&format!("/factors/{one}")).await.ok(204);
    world.end().await;
}
