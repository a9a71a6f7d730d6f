//! The org's own form, where no page of a customer signs people in.

use reqwest::Method;
use serde_json::json;

use super::{CALLBACK, authorize, field, post, redirected};
use crate::support::{Answer, Browser, TestOrg};

const CLIENT: &str = "\n[[clients]]\nclient_id = \"absolute\"\ntype = \"browser\"\n\
                      redirect_uris = [\"http://localhost:8080/login/callback\"]\n";

async fn submit(browser: &Browser, form: &Answer, username: &str, password: &str) -> Answer {
    let text = form.text();
    let key =
        text.split("name=\"okta_key\" value=\"").nth(1).unwrap_or_else(|| panic!("{text}")).split('"').next().unwrap();
    let fields = [("okta_key", key), ("username", username), ("password", password)];
    post(browser, "/login/login.htm", &fields).await
}

#[tokio::test]
async fn an_upgraded_org_signs_in_by_its_own_form() {
    let org = TestOrg::start().await;
    org.control(Method::POST, "engine", Some(json!({ "engine": "identity" }))).await;
    let browser = org.browser();
    let form = authorize(&browser, &[("login_hint", "a\"b")]).await;
    assert_eq!((form.status, form.header("content-security-policy")), (200, "frame-ancestors 'none'"));
    assert!(form.text().contains("value=\"a&quot;b\""), "{}", form.text());
    let wrong = submit(&browser, &form, "ada.byron", "wrong").await;
    assert!(wrong.text().contains("Unable to sign in"), "{}", wrong.text());
    let silent = authorize(&browser, &[("prompt", "none")]).await;
    assert_eq!(field(&redirected(&silent), "error"), "login_required");
    assert!(submit(&browser, &wrong, "jeff.beck", "xaxaxaxaxa").await.text().contains("goes on with MFA_REQUIRED"));
}

#[tokio::test]
async fn the_form_leads_on_to_the_client() {
    // Without a trusted origin to redirect to, there is no page.
    let org = TestOrg::with(CLIENT).await;
    let origin = json!({ "origin": "http://localhost:8080", "cors": true, "redirect": false });
    org.control(Method::POST, "trusted-origins", Some(origin)).await;
    let browser = org.browser();
    let form = authorize(&browser, &[("client_id", "absolute")]).await;
    let back = submit(&browser, &form, "ada.byron", "Analytical1843").await;
    assert!(back.header("location").starts_with(CALLBACK), "{}", back.text());
    assert!(!field(&redirected(&back), "code").is_empty());
    assert_eq!(browser.get("/api/v1/sessions/me").await.body["login"], "ada.byron@example.com");
    assert_eq!(submit(&browser, &form, "ada.byron", "Analytical1843").await.status, 403);
}
