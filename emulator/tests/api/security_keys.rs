//! Security keys: several per user, and checks of challenge, origin and counter.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    authenticator::SoftKey,
    support::{AUTHN, Answer, Browser, TestOrg},
};

const EDSGER: (&str, &str) = ("edsger.dijkstra", "Shortest1959");

fn activation(pending: &Answer) -> &Value {
    &pending.body["_embedded"]["factor"]["_embedded"]["activation"]
}

fn challenge(of: &Value) -> String {
    of["challenge"].as_str().unwrap().to_owned()
}

async fn enroll(browser: &Browser, list: &Answer, key: &SoftKey) -> Answer {
    let pending = browser.enroll(list, "webauthn", "FIDO", json!({})).await;
    pending.is("MFA_ENROLL_ACTIVATE");
    let challenge = challenge(activation(&pending));
    browser.go(&pending, "next", key.attest(&challenge)).await
}

#[tokio::test]
async fn a_key_is_registered_and_signs() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in(EDSGER.0, EDSGER.1).await;
    list.is("MFA_ENROLL");
    assert_eq!(list.factor("webauthn")["policy"]["enrollment"], json!({ "enrolled": 0, "minimum": 0, "maximum": 3 }));
    let pending = browser.enroll(&list, "webauthn", "FIDO", json!({})).await;
    let options = activation(&pending);
    assert_eq!(options["rp"], json!({ "name": "Rain Cloud" }));
    assert_eq!(options["pubKeyCredParams"][1]["alg"], -257);
    assert_eq!(challenge(options).len(), 20);
    let back = browser.go(&pending, "prev", json!({})).await;
    let mut key = SoftKey::new(7);
    enroll(&browser, &back, &key).await.is("SUCCESS");

    let required = browser.sign_in(EDSGER.0, EDSGER.1).await;
    let asked = browser.verify(&required, "webauthn", json!({})).await;
    asked.is("MFA_CHALLENGE");
    assert_eq!((&asked.body["factorResult"], &asked.body["challengeType"]), (&json!("CHALLENGE"), &json!("FACTOR")));
    let factor = &asked.body["_embedded"]["factor"];
    assert_eq!(factor["profile"]["credentialId"], data_encoding::BASE64URL_NOPAD.encode(&key.id));
    let wanted = challenge(&factor["_embedded"]["challenge"]);
    browser.go(&asked, "next", key.assert(&wanted)).await.is("SUCCESS");
}

#[tokio::test]
async fn responses_that_do_not_match_the_challenge_are_refused() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in(EDSGER.0, EDSGER.1).await;
    let pending = browser.enroll(&list, "webauthn", "FIDO", json!({})).await;
    let wanted = challenge(activation(&pending));
    let key = SoftKey::new(7);
    let elsewhere = SoftKey { origin: "http://localhost:9999".to_owned(), ..key.clone() };
    let other_party = SoftKey { rp_id: "example.com".to_owned(), ..key.clone() };
    for wrong in [elsewhere.attest(&wanted), other_party.attest(&wanted), key.attest("K0UNqWlz2TCCDd5qEkBf")] {
        browser.go(&pending, "next", wrong).await.is_error(403, "E0000068");
    }
    browser.go(&pending, "next", key.attest(&wanted)).await.is("SUCCESS");

    let required = browser.sign_in(EDSGER.0, EDSGER.1).await;
    let asked = browser.verify(&required, "webauthn", json!({})).await;
    let wanted = challenge(&asked.body["_embedded"]["factor"]["_embedded"]["challenge"]);
    let mut stranger = SoftKey { id: key.id.clone(), ..SoftKey::new(8) };
    browser.go(&asked, "next", stranger.assert(&wanted)).await.is_error(403, "E0000068");
    let mut copy = SoftKey { counter: 4, ..key.clone() };
    browser.go(&asked, "next", copy.assert(&wanted)).await.is("SUCCESS");

    let required = browser.sign_in(EDSGER.0, EDSGER.1).await;
    let asked = browser.verify(&required, "webauthn", json!({})).await;
    let wanted = challenge(&asked.body["_embedded"]["factor"]["_embedded"]["challenge"]);
    let mut cloned = SoftKey { counter: 2, ..key };
    browser.go(&asked, "next", cloned.assert(&wanted)).await.is_error(403, "E0000068");
}

#[tokio::test]
async fn several_keys_are_challenged_by_type() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let (first, mut second) = (SoftKey::new(7), SoftKey::new(9));
    let list = browser.sign_in_with(EDSGER.0, EDSGER.1, "multiOptionalFactorEnroll").await;
    let list = enroll(&browser, &list, &first).await;
    list.is("MFA_ENROLL");
    let pending = browser.enroll(&list, "webauthn", "FIDO", json!({})).await;
    let known = &activation(&pending)["excludeCredentials"];
    assert_eq!(known[0]["id"], data_encoding::BASE64URL_NOPAD.encode(&first.id));
    let wanted = challenge(activation(&pending));
    browser.go(&pending, "next", first.attest(&wanted)).await.is_error(403, "E0000068");
    browser.go(&pending, "next", second.attest(&wanted)).await.is("MFA_ENROLL");

    let required = browser.sign_in(EDSGER.0, EDSGER.1).await;
    required.is("MFA_REQUIRED");
    let by_type = &required.body["_embedded"]["factorTypes"][0];
    assert_eq!(by_type["factorType"], "webauthn");
    let asked = browser.follow(&required, &by_type["_links"]["next"], json!({})).await;
    asked.is("MFA_CHALLENGE");
    assert_eq!(asked.body["challengeType"], "FACTOR_TYPE");
    assert_eq!(asked.body["_embedded"]["factors"].as_array().unwrap().len(), 2);
    assert_eq!(asked.body["_links"]["next"]["href"], format!("{}{AUTHN}/factors/webauthn/verify", org.address()));
    let wanted = challenge(&asked.body["_embedded"]["challenge"]);
    browser.go(&asked, "next", second.assert(&wanted)).await.is("SUCCESS");
}

#[tokio::test]
async fn u2f_is_verified_as_well() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
    list.is("MFA_ENROLL");
    let pending = browser.enroll(&list, "u2f", "FIDO", json!({})).await;
    assert_eq!(activation(&pending)["version"], "U2F_V2");
    let nonce = activation(&pending)["nonce"].as_str().unwrap().to_owned();
    let mut key = SoftKey::new(3);
    browser.go(&pending, "next", key.register_u2f("another")).await.is_error(403, "E0000068");
    browser.go(&pending, "next", key.register_u2f(&nonce)).await.is("SUCCESS");

    let change = json!({ "login": "barbara.liskov", "signOn": "default" });
    org.control(Method::POST, "users", Some(change)).await;
    let required = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let asked = browser.verify(&required, "u2f", json!({})).await;
    let nonce = asked.body["_embedded"]["factor"]["_embedded"]["challenge"]["nonce"].as_str().unwrap().to_owned();
    browser.go(&asked, "next", SoftKey::new(4).sign_u2f(&nonce)).await.is_error(403, "E0000068");
    browser.go(&asked, "next", key.sign_u2f(&nonce)).await.is("SUCCESS");
}

#[tokio::test]
async fn a_program_enrolls_and_verifies_a_key_for_a_page() {
    let org = TestOrg::start().await;
    let path = "users/ada.byron/factors";
    let post = async |path: &str, body: Value| org.admin(Method::POST, path, Some(body)).await;
    let pending = post(path, json!({ "factorType": "webauthn", "provider": "FIDO" })).await;
    assert_eq!(pending.body["status"], "PENDING_ACTIVATION");
    let options = &pending.body["_embedded"]["activation"];
    assert_eq!(options["user"]["name"], "ada.byron@example.com");
    let (wanted, one) = (challenge(options), format!("{path}/{}", pending.body["id"].as_str().unwrap()));
    let mut key = SoftKey::new(9);
    let elsewhere = SoftKey { origin: "http://localhost:9999".to_owned(), ..key.clone() };
    let activate = format!("{one}/lifecycle/activate");
    post(&activate, elsewhere.attest(&wanted)).await.is_error(403, "E0000006");
    post(&activate, key.attest("K0UNqWlz2TCCDd5qEkBf")).await.is_error(403, "E0000068");
    assert_eq!(post(&activate, key.attest(&wanted)).await.body["status"], "ACTIVE");

    let verify = format!("{one}/verify");
    post(&verify, key.assert(&wanted)).await.is_error(403, "E0000079");
    let asked = post(&verify, json!({})).await;
    assert_eq!(asked.body["factorResult"], "CHALLENGE");
    let wanted = challenge(&asked.body["_embedded"]["challenge"]);
    let signed = key.assert(&wanted);
    assert_eq!(post(&verify, signed.clone()).await.body, json!({ "factorResult": "SUCCESS" }));
    post(&verify, signed).await.is_error(403, "E0000079");
}
