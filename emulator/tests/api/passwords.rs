//! Passwords: change, reset, recovery, unlock.

use serde_json::{Value, json};

use crate::support::{AUTHN, Answer, Browser, TestOrg};

async fn change(browser: &Browser, answer: &Answer, old: &str, new: &str) -> Answer {
    browser.go(answer, "next", json!({ "oldPassword": old, "newPassword": new })).await
}

#[tokio::test]
async fn an_expired_password_is_changed_under_the_policy() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let expired = browser.sign_in("sophie.wilson", "Acorn1985").await;
    expired.is("PASSWORD_EXPIRED");
    let policy = &expired.body["_embedded"]["policy"];
    assert_eq!(policy["complexity"]["minLength"], 12);
    assert_eq!(policy["complexity"]["excludeAttributes"], json!(["firstName", "lastName"]));
    assert_eq!(policy["age"], json!({ "minAgeMinutes": 120, "historyCount": 5 }));

    let wrong = change(&browser, &expired, "wrong", "Long enough 1!").await;
    wrong.is_error(403, "E0000014");
    assert!(wrong.body["errorCauses"][0]["errorSummary"].as_str().unwrap().starts_with("oldPassword:"));
    for (new, said) in [
        ("short1A!", "at least 12 characters"),
        ("long enough 1!", "an uppercase letter"),
        ("LongEnough12", "a symbol"),
        ("Sophie rules 1!", "your first name"),
    ] {
        let refused = change(&browser, &expired, "Acorn1985", new).await;
        refused.is_error(403, "E0000080");
        let cause = refused.body["errorCauses"][0]["errorSummary"].as_str().unwrap();
        assert!(cause.contains(said), "{new}: {cause}");
    }
    change(&browser, &expired, "Acorn1985", "Long enough 1!").await.is("SUCCESS");
    browser.sign_in("sophie.wilson", "Acorn1985").await.is_error(401, "E0000004");
    browser.sign_in("sophie.wilson", "Long enough 1!").await.is("SUCCESS");
}

#[tokio::test]
async fn a_recent_password_is_rejected() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let warned = browser.sign_in_with("emmy.noether", "Symmetry1918", "warnBeforePasswordExpired").await;
    change(&browser, &warned, "Symmetry1918", "Symmetry1918").await.is_error(403, "E0000080");
    change(&browser, &warned, "Symmetry1918", "emmy.Noether1").await.is_error(403, "E0000080");
    change(&browser, &warned, "Symmetry1918", "Ideals1921").await.is("SUCCESS");
}

#[tokio::test]
async fn a_password_can_be_managed_at_an_external_site() {
    let org = TestOrg::start().await;
    let answer = org.browser().sign_in("adele.goldberg", "Smalltalk1980").await;
    let next = &answer.body["_links"]["next"];
    assert_eq!((&next["title"], &next["hints"]["allow"][0]), (&json!("Palo Alto Research"), &json!("GET")));
    let radia = org.browser().sign_in("radia.perlman", "Spanning1985").await;
    assert_eq!(radia.body["_embedded"]["policy"]["complexity"]["useADComplexityRequirements"], true);
}

async fn recover(browser: &Browser, what: &str, login: &str, by: &str) -> Answer {
    browser.post(&format!("{AUTHN}/recovery/{what}"), json!({ "username": login, "factorType": by })).await
}

#[tokio::test]
async fn password_recovery_by_code_and_question() {
    let org = TestOrg::start().await;
    for (by, length, new) in [("SMS", 6, "Langley1958"), ("call", 5, "Langley1959")] {
        let browser = org.browser();
        let challenge = recover(&browser, "password", "mary.jackson", by).await;
        challenge.is("RECOVERY_CHALLENGE");
        assert_eq!(challenge.body["factorType"], by.to_uppercase());
        assert_eq!(challenge.body["recoveryType"], "PASSWORD");
        assert!(challenge.body["_links"]["resend"].is_object());
        assert!(challenge.body["_embedded"].get("user").is_none());
        let code = org.last_code("mary.jackson").await;
        assert_eq!(code.len(), length);
        browser.go(&challenge, "next", json!({ "passCode": "nonsense" })).await.is_error(403, "E0000068");
        assert_eq!(browser.go(&challenge, "resend", json!({})).await.status, 429);
        org.advance(30).await;
        browser.go(&challenge, "resend", json!({})).await.is("RECOVERY_CHALLENGE");
        let code = org.last_code("mary.jackson").await;
        let question = browser.go(&challenge, "next", json!({ "passCode": code })).await;
        question.is("RECOVERY");
        let user = &question.body["_embedded"]["user"];
        assert_eq!(user["recovery_question"]["question"], "Where did you work first?");
        browser.go(&question, "next", json!({ "answer": "no" })).await.is_error(403, "E0000087");
        let reset = browser.go(&question, "next", json!({ "answer": "langley" })).await;
        reset.is("PASSWORD_RESET");
        browser.go(&reset, "next", json!({ "newPassword": "weak" })).await.is_error(403, "E0000080");
        browser.go(&reset, "next", json!({ "newPassword": new })).await.is("SUCCESS");
        browser.sign_in("mary.jackson", new).await.is("SUCCESS");
    }
}

async fn link_token(org: &TestOrg, login: &str) -> Value {
    let link = org.messages(login).await.last().unwrap()["link"].as_str().unwrap().to_owned();
    link.strip_prefix("http://localhost:8080/?recoveryToken=").unwrap().to_owned().into()
}

#[tokio::test]
async fn password_recovery_by_email() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let sent = recover(&browser, "password", "mary.jackson", "EMAIL").await;
    let expected = json!({
        "status": "RECOVERY_CHALLENGE", "factorResult": "WAITING", "factorType": "EMAIL", "recoveryType": "PASSWORD",
    });
    assert_eq!(sent.body, expected);
    assert_eq!(recover(&browser, "password", "nobody.here", "EMAIL").await.body, expected);
    let redeem =
        async |token: Value| browser.post(&format!("{AUTHN}/recovery/token"), json!({ "recoveryToken": token })).await;
    let token = link_token(&org, "mary.jackson").await;
    let question = redeem(token.clone()).await;
    question.is("RECOVERY");
    assert_eq!(question.body["_links"]["next"]["name"], "answer");
    redeem(token).await.is_error(403, "E0000105");
    redeem(json!("00unknown")).await.is_error(401, "E0000011");
    let reset = browser.go(&question, "next", json!({ "answer": "Langley" })).await;
    reset.is("PASSWORD_RESET");

    recover(&browser, "password", "mary.jackson", "EMAIL").await;
    org.advance(60 * 60).await;
    redeem(link_token(&org, "mary.jackson").await).await.is_error(403, "E0000105");
}

#[tokio::test]
async fn recovery_does_not_reveal_whether_a_user_exists() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let mut shapes = Vec::new();
    // Known with a phone, known without a phone, unknown.
    for login in ["mary.jackson", "ada.byron", "nobody.here"] {
        let challenge = recover(&browser, "password", login, "SMS").await;
        challenge.is("RECOVERY_CHALLENGE");
        browser.go(&challenge, "next", json!({ "passCode": "000000x" })).await.is_error(403, "E0000068");
        browser.go(&challenge, "resend", json!({})).await.is_error(429, "E0000109");
        let mut body = challenge.body;
        (body["stateToken"], body["expiresAt"]) = (Value::Null, Value::Null);
        shapes.push(body);
    }
    assert_eq!(shapes[0], shapes[1]);
    assert_eq!(shapes[0], shapes[2]);
}

#[tokio::test]
async fn a_locked_account_is_unlocked() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let locked = browser.sign_in("jean.bartik", "Eniac1946").await;
    locked.is("LOCKED_OUT");
    let unlock = locked.body["_links"]["next"]["href"].as_str().unwrap();
    let challenge = browser.post(unlock, json!({ "username": "jean.bartik", "factorType": "SMS" })).await;
    assert_eq!(challenge.body["recoveryType"], "UNLOCK");
    let code = org.last_code("jean.bartik").await;
    let question = browser.go(&challenge, "next", json!({ "passCode": code })).await;
    let opened = browser.go(&question, "next", json!({ "answer": "Maryville" })).await;
    opened.is("SUCCESS");
    assert_eq!(opened.body["recoveryType"], "UNLOCK");
    assert!(opened.body.get("sessionToken").is_none());
    browser.sign_in("jean.bartik", "Eniac1946").await.is("SUCCESS");
    recover(&browser, "unlock", "barbara.mcclintock", "EMAIL").await.is_error(403, "E0000119");
}

#[tokio::test]
async fn a_new_password_can_end_the_sessions() {
    let org = TestOrg::start().await;
    let (mine, other) = (org.browser(), org.browser());
    for browser in [&mine, &other] {
        let success = browser.sign_in("emmy.noether", "Symmetry1918").await;
        browser.redirect(&success).await;
    }
    let warned = mine.sign_in_with("emmy.noether", "Symmetry1918", "warnBeforePasswordExpired").await;
    let body = json!({ "oldPassword": "Symmetry1918", "newPassword": "Ideals1921", "revokeSessions": true });
    mine.go(&warned, "next", body).await.is("SUCCESS");
    other.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
}
