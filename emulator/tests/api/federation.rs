//! Signing in at identity providers.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Browser, PAGE, TestOrg};

const PARTNER: &str = "/sso/idps/0oasaml2provider0000";
const GOOGLE: &str = "/sso/idps/0oagoogleprovider000";

/// Opens the page of a provider; the result is the `state` of its form.
async fn leave(browser: &Browser, address: &str) -> String {
    let page = browser.get(address).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let said = page.text();
    said.split("name=\"state\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Submits the form of the page of a provider.
async fn answer(browser: &Browser, provider: &str, fields: &[(&str, &str)]) -> Answer {
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = browser.request(Method::POST, &format!("{provider}/callback")).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    Answer::of(request.send().await.unwrap()).await
}

async fn sign_in(browser: &Browser, provider: &str, query: &str, login: &str) -> Answer {
    let state = leave(browser, &format!("{provider}?{query}")).await;
    answer(browser, provider, &[("state", &state), ("login", login), ("decision", "sign-in")]).await
}

#[tokio::test]
async fn a_sign_in_at_a_provider_makes_a_session_that_names_it() {
    let org = TestOrg::start().await;
    for (provider, kind) in [(PARTNER, "FEDERATION"), (GOOGLE, "SOCIAL")] {
        let browser = org.browser();
        let back = sign_in(&browser, provider, "fromURI=http%3A%2F%2Flocalhost%3A8080%2Fx%3Fy", "ada.byron").await;
        assert_eq!((back.status, back.header("location")), (303, "http://localhost:8080/x?y"));
        assert_eq!(back.header("referrer-policy"), "no-referrer");
        let session = browser.get("/api/v1/sessions/me").await.body;
        assert_eq!(session["login"], "ada.byron@example.com");
        let id = provider.rsplit('/').next().unwrap();
        assert_eq!(session["idp"], json!({ "id": id, "type": kind }));
        assert_eq!((&session["amr"], &session["lastPasswordVerification"]), (&json!([]), &Value::Null));
    }
}

#[tokio::test]
async fn without_an_address_the_browser_stays_at_the_org_with_a_session() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    assert_eq!(sign_in(&browser, GOOGLE, "", "katherine.johnson").await.status, 303, "she is asked to enrol");
    assert_eq!(browser.get("/api/v1/sessions/me").await.body["idp"]["type"], "OKTA");
    let home = sign_in(&browser, GOOGLE, "", "ada.byron").await;
    assert_eq!((home.status, home.header("location")), (200, ""));
    assert_eq!(browser.get("/api/v1/sessions/me").await.body["idp"]["type"], "SOCIAL", "the new session replaces it");
    assert_eq!(org.control(Method::GET, "counts", None).await.body["sessions"], 1);
}

#[tokio::test]
async fn what_is_left_to_do_is_done_at_the_page() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let back = sign_in(&browser, PARTNER, "fromURI=%2Fapp%2Fx", "jeff.beck").await;
    let token = back.header("location").strip_prefix("http://localhost:8080/?stateToken=").unwrap();
    browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    let required = browser.post("/api/v1/authn", json!({ "stateToken": token })).await;
    required.is("MFA_REQUIRED");
    assert_eq!(required.body["relayState"], "/app/x");
    let done = browser.verify(&required, "question", json!({ "answer": "Blue Bear" })).await;
    done.is("SUCCESS");
    browser.redirect(&done).await;
    let session = browser.get("/api/v1/sessions/me").await.body;
    assert_eq!((&session["idp"]["type"], &session["amr"]), (&json!("FEDERATION"), &json!(["kba", "mfa"])));
}

#[tokio::test]
async fn a_state_token_goes_on_with_the_user_of_the_provider() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let page = browser.get("/step-up?app=salesforce").await;
    let token = page.header("location").strip_prefix("http://localhost:8080/?stateToken=").unwrap().to_owned();
    let back = sign_in(&browser, GOOGLE, &format!("stateToken={token}"), "ada.byron").await;
    assert_eq!(back.header("location"), format!("http://localhost:8080/?stateToken={token}"));
    let done = browser.post("/api/v1/authn", json!({ "stateToken": token })).await;
    done.is("SUCCESS");
    assert_eq!(done.body["_links"]["next"]["name"], "original");
    assert_eq!(browser.get(&format!("{GOOGLE}?stateToken={token}")).await.status, 410, "it waits for nobody any more");
    assert_eq!(browser.get(&format!("{GOOGLE}?stateToken=00unknown")).await.status, 410);
}

#[tokio::test]
async fn nobody_without_a_password_skips_the_factor_because_of_a_provider() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let back = sign_in(&browser, PARTNER, "", "whitfield.diffie").await;
    let token = back.header("location").split_once("stateToken=").unwrap().1;
    browser.post("/api/v1/authn", json!({ "stateToken": token })).await.is("MFA_REQUIRED");
}

#[tokio::test]
async fn a_refusal_leads_to_the_error_page() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let state = leave(&browser, GOOGLE).await;
    let refused = answer(&browser, GOOGLE, &[("state", &state), ("login", ""), ("decision", "refuse")]).await;
    assert_eq!((refused.status, refused.header("location")), (403, ""));
    assert!(refused.text().contains("<a class=\"button\" href=\"http://localhost:8080/\">"), "{}", refused.text());
    assert!(!refused.headers.contains_key("set-cookie"));
    let again = answer(&browser, GOOGLE, &[("state", &state), ("login", "ada.byron")]).await;
    assert_eq!(again.status, 410, "a state works once");

    let seed = "[org]\nname = \"x\"\nidp_error_page = \"https://example.com/error.html\"\n\
                [[identity_providers]]\nid = \"0oagoogleprovider000\"\nname = \"G\"\ntype = \"GOOGLE\"\n";
    let own = TestOrg::of(seed).await;
    let browser = own.browser();
    let state = leave(&browser, GOOGLE).await;
    let refused = answer(&browser, GOOGLE, &[("state", &state), ("decision", "refuse")]).await;
    assert_eq!((refused.status, refused.header("location")), (303, "https://example.com/error.html"));
    assert_eq!(sign_in(&browser, GOOGLE, "", "nobody").await.header("location"), format!("{PAGE}/"));
}

#[tokio::test]
async fn whom_the_org_does_not_admit_goes_back_to_the_page() {
    let org = TestOrg::start().await;
    for login in ["nobody", "jean.bartik", "rosalind.franklin", "chien-shiung.wu", "evelyn.boyd"] {
        let browser = org.browser();
        let back = sign_in(&browser, GOOGLE, "", login).await;
        assert_eq!((back.status, back.header("location")), (303, "http://localhost:8080/"), "{login}");
        browser.get("/api/v1/sessions/me").await.is_error(404, "E0000007");
    }
}

#[tokio::test]
async fn a_start_is_checked() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    for (address, status) in [
        ("/sso/idps/0oaunknown", 404),
        ("/sso/idps/0oaformerprovider000", 403),
        ("/sso/idps/OKTA", 200),
        ("/sso/idps/0oagoogleprovider000?fromURI=https%3A%2F%2Fevil.example%2F", 403),
        ("/sso/idps/0oagoogleprovider000?relayState=%2F%2Fevil.example%2F", 403),
        ("/sso/idps/0oagoogleprovider000?fromURI=javascript%3Aalert(1)", 403),
        ("/sso/idps/0oagoogleprovider000?okta_key=unknown", 410),
    ] {
        let page = browser.get(address).await;
        assert_eq!((page.status, page.header("location")), (status, ""), "{address}");
        assert!(page.header("content-type").starts_with("text/html"), "{address}");
    }
    let state = leave(&browser, GOOGLE).await;
    let other = answer(&browser, PARTNER, &[("state", &state), ("login", "ada.byron")]).await;
    assert_eq!(other.status, 410, "a state belongs to its provider");
    let state = leave(&browser, GOOGLE).await;
    org.advance(11 * 60).await;
    assert_eq!(answer(&browser, GOOGLE, &[("state", &state), ("login", "ada.byron")]).await.status, 410);
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let own = browser.get("/sso/idps/OKTA?fromURI=http%3A%2F%2Flocalhost%3A8080%2Fx").await;
    assert_eq!(own.header("location"), "http://localhost:8080/x");
}

#[tokio::test]
async fn in_an_upgraded_org_the_session_names_no_provider() {
    let org = TestOrg::start().await;
    // Her address is a factor there: the policy must not ask for one.
    org.control(Method::POST, "users", Some(json!({ "login": "ada.byron", "signOn": "password-only" }))).await;
    org.control(Method::POST, "engine", Some(json!({ "engine": "identity" }))).await;
    let browser = org.browser();
    let back = sign_in(&browser, GOOGLE, "", "ada.byron").await;
    assert!(back.header("set-cookie").starts_with("idx="), "{}", back.header("set-cookie"));
    let session = browser.get("/api/v1/sessions/me").await;
    assert_eq!((&session.body["login"], &session.body["idp"]), (&json!("ada.byron@example.com"), &Value::Null));
}

#[tokio::test]
async fn a_reset_restores_the_providers_and_forgets_who_is_at_one() {
    let org = TestOrg::start().await;
    let browser = org.browser();
    let state = leave(&browser, GOOGLE).await;
    org.control(Method::POST, "reset", None).await;
    assert_eq!(answer(&browser, GOOGLE, &[("state", &state), ("login", "ada.byron")]).await.status, 410);
    leave(&browser, GOOGLE).await;
}
