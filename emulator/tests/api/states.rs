//! Less common states: step-up, activation, consent, device activation, POLL, passwordless, factor
//! sequences, and transactions created by the control interface.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, Browser, TestOrg};

fn token_in(answer: &Answer) -> Value {
    let url = answer.header("location").strip_prefix("http://localhost:8080/?stateToken=").unwrap();
    url.to_owned().into()
}

async fn state(browser: &Browser, token: &Value) -> Answer {
    browser.post(&format!("{AUTHN}/introspect"), json!({ "stateToken": token })).await
}

#[tokio::test]
async fn a_step_up_without_a_session() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let redirect = browser.get("/step-up?app=salesforce").await;
    assert_eq!(redirect.status, 302);
    let waiting = state(&browser, &token_in(&redirect)).await;
    waiting.is("UNAUTHENTICATED");
    assert_eq!(waiting.body["type"], "SESSION_STEP_UP");
    assert_eq!(waiting.body["_embedded"]["target"]["label"], "Corporate SFDC");
    assert_eq!(waiting.body["_embedded"]["authentication"]["protocol"], "SAML2.0");
    let credentials = json!({ "username": "ada.byron", "password": "Analytical1843" });
    let done = browser.go(&waiting, "next", credentials).await;
    done.is("SUCCESS");
    assert!(done.body.get("sessionToken").is_none());
    let next = &done.body["_links"]["next"];
    assert_eq!((&next["name"], &next["hints"]["allow"][0]), (&json!("original"), &json!("GET")));
    let app = browser.get(next["href"].as_str().unwrap()).await;
    assert!(app.text().contains("You are signed in to Corporate SFDC."));
    assert_eq!(browser.get("/api/v1/sessions/me").await.status, 200);
    assert_eq!(browser.get(next["href"].as_str().unwrap()).await.status, 403, "once");
}

#[tokio::test]
async fn a_step_up_with_a_session() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let redirect = browser.get("/step-up").await;
    state(&browser, &token_in(&redirect)).await.is("SUCCESS");

    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    let other = org.browser();
    let success = other.verify(&required, "question", json!({ "answer": "Blue Bear" })).await;
    other.redirect(&success).await;
    let redirect = other.get("/step-up").await;
    state(&other, &token_in(&redirect)).await.is("MFA_REQUIRED");
    assert_eq!(other.get("/step-up?app=none").await.status, 404);
    assert_eq!(other.get("/step-up?page=https%3A%2F%2Fevil.example").await.status, 400);
}

#[tokio::test]
async fn an_audience_has_to_be_an_application() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let with = async |audience: &str| {
        let body = json!({ "username": "ada.byron", "password": "Analytical1843", "audience": audience });
        browser.post(AUTHN, body).await
    };
    let refused = with("0oapt2yIp38ySYiMP0g3").await;
    refused.is_error(400, "E0000001");
    assert_eq!(refused.body["errorSummary"], "Api validation failed: authRequest");
    with("0oa2x5jOopNCpswjo0g4").await.is("SUCCESS");
}

#[tokio::test]
async fn activation_tokens_activate_an_account_once() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.sign_in("annie.easley", "Centaur1963").await.is_error(401, "E0000004");
    let activate = async |token: &str| browser.post(AUTHN, json!({ "token": token })).await;
    activate("activate-annie").await.is("SUCCESS");
    activate("activate-annie").await.is_error(401, "E0000004");
    let reset = activate("activate-evelyn").await;
    reset.is("PASSWORD_RESET");
    assert_eq!(reset.body["recoveryType"], "ACCOUNT_ACTIVATION");
    browser.go(&reset, "next", json!({ "newPassword": "Doctorate1949" })).await.is("SUCCESS");
    browser.sign_in("evelyn.boyd", "Doctorate1949").await.is("SUCCESS");
}

#[tokio::test]
async fn consent_is_given_as_a_list_or_scope_by_scope() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let asked = browser.sign_in("vint.cerf", "Packets1974").await;
    asked.is("CONSENT_REQUIRED");
    assert!(asked.body["_embedded"]["scopes"][0].get("optional").is_none());
    let partly = json!({ "consent": { "scopes": ["profile"] } });
    browser.go(&asked, "next", partly).await.is_error(400, "E0000001");
    let all = json!({ "consent": { "scopes": ["openid", "profile", "email", "offline_access"] } });
    browser.go(&asked, "next", all).await.is("SUCCESS");

    let asked = browser.sign_in("bob.kahn", "Gateway1974").await;
    assert_eq!(asked.body["_embedded"]["scopes"][2]["optional"], true);
    let required = json!({ "expiresAt": asked.body["expiresAt"], "optedScopes": { "openid": true, "profile": false } });
    browser.go(&asked, "next", json!({ "consent": required })).await.is_error(400, "E0000001");
    let opted = json!({ "openid": true, "profile": true, "email": false });
    let inside = json!({ "consent": { "expiresAt": asked.body["expiresAt"], "optedScopes": opted } });
    browser.go(&asked, "next", inside).await.is("SUCCESS");
    let asked = browser.sign_in("bob.kahn", "Gateway1974").await;
    browser.go(&asked, "next", json!({ "optedScopes": opted })).await.is("SUCCESS");
    browser.sign_in("elizabeth.feinler", "Hosts1972").await.is("ADMIN_CONSENT_REQUIRED");
}

#[tokio::test]
async fn a_denied_consent_is_reported_afterwards() {
    let org = TestOrg::start().await;
    let scene = json!({ "login": "vint.cerf", "state": "DEVICE_DENIED" });
    let token = org.control(Method::POST, "transactions", Some(scene)).await.body["stateToken"].clone();
    let ended = state(&org.browser(), &token).await;
    assert_eq!(ended.body["_embedded"]["deviceActivationStatus"], "DEVICE_NOT_ACTIVATED_CONSENT_DENIED");
}

#[tokio::test]
async fn a_device_is_activated_or_denied() {
    let org = TestOrg::start().await;
    for (login, password, ending) in [
        ("ada.byron", "Analytical1843", "DEVICE_ACTIVATED"),
        ("ada.byron", "Analytical1843", "DEVICE_NOT_ACTIVATED"),
        ("vint.cerf", "Packets1974", "DEVICE_NOT_ACTIVATED_CONSENT_DENIED"),
    ] {
        let browser = org.browser();
        let redirect = browser.get("/activate").await;
        let asked = state(&browser, &token_in(&redirect)).await;
        asked.is("DEVICE_ACTIVATE");
        assert!(asked.body["_links"].get("cancel").is_none());
        browser.go(&asked, "next", json!({ "userCode": "WRONG" })).await.is_error(403, "E0000170");
        let waiting = browser.go(&asked, "next", json!({ "userCode": "abcd1234" })).await;
        waiting.is("UNAUTHENTICATED");
        assert_eq!(waiting.body["_embedded"]["usingDeviceFlow"], true);
        if ending == "DEVICE_NOT_ACTIVATED" {
            // The device code expires.
            for _ in 0..2 {
                org.advance(5 * 60).await;
                state(&browser, &waiting.body["stateToken"]).await.is("UNAUTHENTICATED");
            }
        }
        let credentials = json!({ "username": login, "password": password });
        let mut answer = browser.go(&waiting, "next", credentials).await;
        if ending == "DEVICE_NOT_ACTIVATED_CONSENT_DENIED" {
            answer.is("CONSENT_REQUIRED");
            answer = browser.go(&answer, "next", json!({ "consent": { "scopes": [] } })).await;
        }
        answer.is("SUCCESS");
        assert_eq!(answer.body["_embedded"]["deviceActivationStatus"], ending);
        assert!(answer.body.get("sessionToken").is_none());
    }
}

#[tokio::test]
async fn poll_ends_after_a_while() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let wait = browser.sign_in("ray.tomlinson", "AtSign1971").await;
    wait.is("POLL");
    assert_eq!(wait.body["_embedded"]["transaction"]["profile"]["refresh"], 2000);
    browser.go(&wait, "next", json!({})).await.is("POLL");
    org.advance(10).await;
    browser.go(&wait, "next", json!({})).await.is("SUCCESS");
}

#[tokio::test]
async fn passwordless_sign_in_starts_with_the_user_name() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let named = browser.post(AUTHN, json!({ "username": "whitfield.diffie" })).await;
    named.is("UNAUTHENTICATED");
    assert!(named.body["_embedded"].get("user").is_none());
    assert_eq!(named.factor("push")["profile"], json!({}));
    assert!(named.body["_links"].get("next").is_none());
    let challenge = browser.verify(&named, "email", json!({})).await;
    challenge.is("MFA_CHALLENGE");
    browser.go(&challenge, "prev", json!({})).await.is("UNAUTHENTICATED");
    let code = org.last_code("whitfield.diffie").await;
    browser.verify(&named, "email", json!({ "passCode": code })).await.is("SUCCESS");
}

#[tokio::test]
async fn a_factor_sequence_requires_two_factors() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let first = browser.sign_in("leslie.lamport", "Paxos1989").await;
    assert_eq!(first.factors(), [("sms", "OKTA")]);
    let challenge = browser.verify(&first, "sms", json!({})).await;
    let code = org.last_code("leslie.lamport").await;
    let second = browser.go(&challenge, "next", json!({ "passCode": code })).await;
    second.is("MFA_REQUIRED");
    assert_eq!(second.factors(), [("token:software:totp", "GOOGLE")]);
    let code = org.app_code("leslie.lamport", "GOOGLE").await;
    browser.verify(&second, "token:software:totp", json!({ "passCode": code })).await.is("SUCCESS");
}

#[tokio::test]
async fn required_enrollment_can_be_skipped_in_the_grace_period() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("frances.allen", "Optimize1966").await;
    list.is("MFA_ENROLL");
    assert!(list.body["_embedded"]["policy"]["gracePeriod"]["endDate"].as_str().is_some());
    browser.go(&list, "skip", json!({})).await.is("SUCCESS");
    org.advance(7 * 24 * 60 * 60).await;
    let list = browser.sign_in("frances.allen", "Optimize1966").await;
    list.is("MFA_ENROLL");
    assert!(list.body["_links"].get("skip").is_none());
    assert!(list.body["_embedded"].get("policy").is_none());
}

#[tokio::test]
async fn a_phone_number_on_file_is_replaced_only_with_update_phone() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let change = json!({ "login": "edsger.dijkstra", "enroll": "everything", "signOn": "password-only" });
    org.control(Method::POST, "users", Some(change)).await;
    let list = browser.sign_in("edsger.dijkstra", "Shortest1959").await;
    assert_eq!(list.factor("sms")["_embedded"]["phones"][0]["profile"]["phoneNumber"], "+1 XXX-XXX-0177");
    let profile = json!({ "profile": { "phoneNumber": "+14155550188" } });
    browser.enroll(&list, "sms", "OKTA", profile.clone()).await.is_error(400, "E0000001");
    let body = json!({
        "stateToken": list.body["stateToken"], "factorType": "sms", "provider": "OKTA", "profile": profile["profile"],
    });
    browser.post(&format!("{AUTHN}/factors?updatePhone=true"), body).await.is("MFA_ENROLL_ACTIVATE");
}

#[tokio::test]
async fn unusual_phone_numbers_need_confirmation_and_bad_extensions_are_refused() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let with = |profile: Value| json!({ "profile": profile });
    let short = with(json!({ "phoneNumber": "+141555501" }));
    browser.enroll(&list, "call", "OKTA", short).await.is_error(400, "E0000098");
    let odd = with(json!({ "phoneNumber": "+14155550199", "phoneExtension": "x" }));
    browser.enroll(&list, "call", "OKTA", odd).await.is_error(400, "E0000121");
    let insists = with(json!({ "phoneNumber": "+141555501", "validatePhone": false }));
    let pending = browser.enroll(&list, "call", "OKTA", insists).await;
    pending.is("MFA_ENROLL_ACTIVATE");
    for _ in 0..5 {
        browser.go(&pending, "next", json!({ "passCode": "nonsense" })).await.is_error(403, "E0000068");
    }
    browser.go(&pending, "next", json!({ "passCode": "nonsense" })).await.is_error(429, "E0000047");
}

#[tokio::test]
async fn questions_are_listed_and_hotp_is_refused() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
    let questions = browser.get(list.factor("question")["_links"]["questions"]["href"].as_str().unwrap()).await;
    assert_eq!(questions.body.as_array().unwrap().len(), 20);
    assert_eq!(questions.body[1]["question"], "name_of_first_plush_toy");
    // As recorded, the list has the link all the same.
    browser.enroll(&list, "token:hotp", "CUSTOM", json!({})).await.is_error(400, "E0000001");
    let profile = &list.factor("webauthn")["profiles"][0];
    assert_eq!(profile["_embedded"]["features"][0]["cardinality"]["max"], 2);
}

#[tokio::test]
async fn switches_enable_rare_variants() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let turn = async |switches: Value| org.control(Method::POST, "switches", Some(switches)).await;
    turn(json!({ "factorTwins": true })).await;
    let required = browser.sign_in("jeff.beck", "xaxaxaxaxa").await;
    required.is("FACTOR_REQUIRED");
    let challenge = browser.verify(&required, "sms", json!({})).await;
    challenge.is("FACTOR_CHALLENGE");
    assert!(challenge.body["_links"].get("prev").is_none());
    turn(json!({ "rotateStateTokens": true })).await;
    let first = browser.sign_in("hedy.lamarr", "Spectrum1942").await;
    let second = state(&browser, &first.body["stateToken"]).await;
    assert_ne!(first.body["stateToken"], second.body["stateToken"]);
    state(&browser, &first.body["stateToken"]).await.is_error(401, "E0000011");
}

#[tokio::test]
async fn windows_hello_uses_its_old_api() {
    let org = TestOrg::start().await;
    org.control(Method::POST, "switches", Some(json!({ "windowsHello": true }))).await;
    let browser = org.browser();
    let list = browser.sign_in("edsger.dijkstra", "Shortest1959").await;
    let pending = browser.enroll(&list, "webauthn", "FIDO", json!({})).await;
    let activation = &pending.body["_embedded"]["factor"]["_embedded"]["activation"];
    assert!(activation["nonce"].as_str().is_some());
    assert!(activation.get("challenge").is_none());
}

#[tokio::test]
async fn the_control_interface_creates_any_state() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let order = async |scene: Value| org.control(Method::POST, "transactions", Some(scene)).await;
    let scenes = [
        (
            json!({ "login": "ada.byron", "state": "UNAUTHENTICATED", "app": "0oa2x5jOopNCpswjo0g4" }),
            "UNAUTHENTICATED",
            "",
        ),
        (json!({ "login": "ada.byron", "state": "PASSWORD_WARN" }), "PASSWORD_WARN", ""),
        (json!({ "login": "ada.byron", "state": "PASSWORD_EXPIRED" }), "PASSWORD_EXPIRED", ""),
        (json!({ "login": "ada.byron", "state": "PASSWORD_RESET" }), "PASSWORD_RESET", ""),
        (json!({ "login": "mary.jackson", "state": "RECOVERY" }), "RECOVERY", ""),
        (json!({ "login": "mary.jackson", "state": "RECOVERY_CHALLENGE" }), "RECOVERY_CHALLENGE", ""),
        (json!({ "login": "jeff.beck", "state": "MFA_REQUIRED" }), "MFA_REQUIRED", ""),
        (json!({ "login": "ada.byron", "state": "CONSENT_REQUIRED" }), "CONSENT_REQUIRED", ""),
        (json!({ "login": "ada.byron", "state": "ADMIN_CONSENT_REQUIRED" }), "ADMIN_CONSENT_REQUIRED", ""),
        (json!({ "login": "ada.byron", "state": "POLL" }), "POLL", ""),
        (json!({ "login": "ada.byron", "state": "DEVICE_ACTIVATE" }), "DEVICE_ACTIVATE", ""),
        (json!({ "login": "barbara.liskov", "state": "MFA_ENROLL" }), "MFA_ENROLL", ""),
        (challenge("ken.thompson", "generic_saml", Some("FAILED")), "MFA_CHALLENGE", "FAILED"),
        (challenge("tim.lee", "okta_push", Some("TIMEOUT")), "MFA_CHALLENGE", "TIMEOUT"),
        (challenge("tim.lee", "okta_push", Some("REJECTED")), "MFA_CHALLENGE", "REJECTED"),
        (challenge("jeff.beck", "okta_sms", None), "MFA_CHALLENGE", ""),
        (activate("okta_push", Some("TIMEOUT")), "MFA_ENROLL_ACTIVATE", "TIMEOUT"),
        (activate("fido_webauthn", None), "MFA_ENROLL_ACTIVATE", ""),
        (activate("fido_u2f", None), "MFA_ENROLL_ACTIVATE", ""),
        (activate("duo", None), "MFA_ENROLL_ACTIVATE", "WAITING"),
        (activate("generic_saml", Some("FAILED")), "MFA_ENROLL_ACTIVATE", "FAILED"),
        (activate("google_otp", None), "MFA_ENROLL_ACTIVATE", ""),
        (activate("okta_email", None), "MFA_ENROLL_ACTIVATE", ""),
    ];
    for (scene, status, result) in scenes {
        let made = order(scene.clone()).await;
        assert_eq!(made.status, 200, "{scene}: {}", made.body);
        let answer = state(&browser, &made.body["stateToken"]).await;
        answer.is(status);
        assert_eq!(answer.body["factorResult"].as_str().unwrap_or_default(), result, "{scene}");
    }
    for wrong in [
        json!({ "login": "nobody", "state": "POLL" }),
        json!({ "login": "ada.byron", "state": "NOTHING" }),
        challenge("ada.byron", "okta_sms", None),
        challenge("jeff.beck", "okta_sms", Some("FAILED")),
    ] {
        let refused = order(wrong).await;
        assert_eq!(refused.status, 400);
        assert!(refused.body["error"].as_str().is_some());
    }
}

fn challenge(login: &str, factor: &str, result: Option<&str>) -> Value {
    json!({ "login": login, "state": "MFA_CHALLENGE", "factor": factor, "result": result })
}

fn activate(factor: &str, result: Option<&str>) -> Value {
    json!({ "login": "barbara.liskov", "state": "MFA_ENROLL_ACTIVATE", "factor": factor, "result": result })
}
