//! Hardware tokens, password as a factor, Duo, external identity providers.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, TestOrg};

async fn code_of(org: &TestOrg, status: &str, provider: &str) -> Value {
    let codes = org.control(Method::GET, "codes", None).await.body;
    let found = codes.as_array().unwrap().iter().find(|one| one["status"] == status && one["provider"] == provider);
    found.unwrap().clone()
}

fn verify_link(answer: &Answer, provider: &str) -> Value {
    let factors = answer.body["_embedded"]["factors"].as_array().unwrap();
    factors.iter().find(|one| one["provider"] == provider).unwrap()["_links"]["verify"].clone()
}

#[tokio::test]
async fn each_token_takes_the_code_it_shows() {
    let org = TestOrg::start().await;
    for provider in ["DEL_OATH", "SYMANTEC", "YUBICO", "CUSTOM"] {
        let browser = org.browser();
        let required = browser.sign_in("donald.knuth", "Volumes1968").await;
        let link = verify_link(&required, provider);
        browser.follow(&required, &link, json!({ "passCode": "nonsense" })).await.is_error(403, "E0000068");
        let code = code_of(&org, "ACTIVE", provider).await["code"].clone();
        browser.follow(&required, &link, json!({ "passCode": code })).await.is("SUCCESS");
    }
    let required = org.browser().sign_in("donald.knuth", "Volumes1968").await;
    let on_prem =
        required.body["_embedded"]["factors"].as_array().unwrap().iter().find(|one| one["provider"] == "DEL_OATH");
    assert_eq!(on_prem.unwrap()["vendorName"], "Corporate token");
}

#[tokio::test]
async fn rsa_requires_a_new_pin() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = browser.sign_in("donald.knuth", "Volumes1968").await;
    let link = verify_link(&required, "RSA");
    let code = code_of(&org, "ACTIVE", "RSA").await["code"].clone();
    let asks = browser.follow(&required, &link, json!({ "passCode": code })).await;
    asks.is_error(409, "E0000113");
    assert!(asks.body["errorSummary"].as_str().unwrap().contains("new PIN"));
    browser.follow(&required, &link, json!({ "passCode": "567890" })).await.is_error(409, "E0000113");
    let code = code_of(&org, "ACTIVE", "RSA").await["code"].clone();
    assert!(code.as_str().unwrap().starts_with("567890"));
    browser.follow(&required, &link, json!({ "passCode": code })).await.is("SUCCESS");
}

#[tokio::test]
async fn spare_tokens_are_enrolled_at_once() {
    let org = TestOrg::start().await;
    for (factor_type, provider) in [("token", "RSA"), ("token", "SYMANTEC"), ("token:hardware", "YUBICO")] {
        let browser = org.browser();
        org.control(Method::POST, "users", Some(json!({ "login": "barbara.liskov", "resetFactors": true }))).await;
        let list = browser.sign_in("barbara.liskov", "Substitute1987").await;
        list.is("MFA_ENROLL");
        let spare = code_of(&org, "SPARE", provider).await;
        let mut body =
            json!({ "profile": { "credentialId": "mine" }, "passCode": "wrong", "nextPassCode": spare["nextCode"] });
        browser.enroll(&list, factor_type, provider, body.clone()).await.is_error(400, "E0000001");
        body["passCode"] = spare["code"].clone();
        browser.enroll(&list, factor_type, provider, body).await.is("SUCCESS");
    }
}

#[tokio::test]
async fn the_password_can_be_a_factor() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = browser.sign_in("ken.thompson", "Trusting1984").await;
    browser.verify(&required, "password", json!({ "password": "wrong" })).await.is_error(403, "E0000068");
    browser.verify(&required, "password", json!({ "password": "Trusting1984" })).await.is("SUCCESS");
}

async fn form(browser: &Browser, url: &str, body: String) -> Answer {
    let request = browser.request(Method::POST, url).header("content-type", "application/x-www-form-urlencoded");
    Answer::of(request.body(body).send().await.unwrap()).await
}

#[tokio::test]
async fn duo_responds_through_its_frame_and_a_form() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let required = browser.sign_in("ken.thompson", "Trusting1984").await;
    let waiting = browser.verify(&required, "web", json!({})).await;
    assert_eq!(waiting.body["factorResult"], "WAITING");
    let frame = &waiting.body["_embedded"]["factor"]["_embedded"]["verification"];
    let signature = frame["signature"].as_str().unwrap();
    let (request, own) = signature.split_once(':').unwrap();
    // The form that Duo's Web SDK checks: prefix, data and signature, the last two of the letters of base64.
    let has_form = |part: &str, prefix: &str| {
        let pieces: Vec<&str> = part.split('|').collect();
        let is_text = |text: &&str| {
            !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric() || "+/=".contains(one))
        };
        pieces.len() == 3 && pieces[0] == prefix && pieces[1..].iter().all(is_text)
    };
    assert!(has_form(request, "TX") && has_form(own, "APP"), "{signature}");
    assert!(!frame["host"].as_str().unwrap().contains("://") && frame["expiresAt"].is_string(), "{frame}");
    let script = browser.get(frame["_links"]["script"]["href"].as_str().unwrap()).await;
    assert!(script.header("content-type").starts_with("text/javascript"));
    let page = browser.get(&format!("/frame/web/v1/auth?tx={request}&parent=http%3A%2F%2Flocalhost%3A8080%2F")).await;
    let said = page.text();
    let response = said.split("data-response=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(has_form(response, "AUTH"), "{response}");
    assert_eq!(
        browser.get(&format!("/frame/web/v1/auth?tx={request}&parent=https%3A%2F%2Fevil.example")).await.status,
        400
    );

    let complete = frame["_links"]["complete"]["href"].as_str().unwrap();
    let token = waiting.body["stateToken"].as_str().unwrap();
    browser.go(&waiting, "next", json!({})).await.is("MFA_CHALLENGE");
    let wrong = format!("id=x&stateToken={token}&sig_response=AUTH|no:{own}");
    form(&browser, complete, wrong).await.is_error(403, "E0000068");
    browser.post(complete, json!({ "stateToken": token })).await.is_error(415, "E0000021");
    let right = format!("id=x&stateToken={token}&sig_response={response}:{own}");
    assert_eq!(form(&browser, complete, right).await.status, 200);
    browser.go(&waiting, "next", json!({})).await.is("SUCCESS");
}

#[tokio::test]
async fn identity_providers_redirect_the_browser_back() {
    let org = TestOrg::start().await;
    for factor_type in ["assertion:saml2", "assertion:oidc", "claims_provider"] {
        let browser = org.browser();
        let required = browser.sign_in("ken.thompson", "Trusting1984").await;
        let away = browser.verify(&required, factor_type, json!({})).await;
        away.is("MFA_CHALLENGE");
        let next = &away.body["_links"]["next"];
        assert_eq!((&next["name"], &next["hints"]["allow"][0]), (&json!("redirect"), &json!("GET")));
        let page = next["href"].as_str().unwrap();
        assert_eq!(browser.get(page).await.status, 200);

        let failed = form(&browser, page, "decision=fail".to_owned()).await;
        let token = away.body["stateToken"].as_str().unwrap();
        assert_eq!(failed.header("location"), format!("http://localhost:8080/?stateToken={token}"));
        let told = browser.post("/api/v1/authn", json!({ "stateToken": token })).await;
        told.is("MFA_CHALLENGE");
        assert_eq!(told.body["factorResult"], "FAILED");
        assert!(told.body["factorResultMessage"].as_str().is_some());

        assert_eq!(form(&browser, page, "decision=pass".to_owned()).await.status, 303);
        browser.post("/api/v1/authn", json!({ "stateToken": token })).await.is("SUCCESS");
        assert_eq!(browser.get(page).await.status, 410);
    }
}
