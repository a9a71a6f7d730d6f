//! The question whether a client may have what it asks for.

use super::{CALLBACK, authorize, field, post, redirected, session_token};
use crate::support::{Answer, Browser, TestOrg};

const CLIENT: &str = "\n[[clients]]\nclient_id = \"asks\"\nlabel = \"<b>App\"\ntype = \"browser\"\nconsent = \"required\"\n\
                      redirect_uris = [\"/login/callback\"]\n";

/// What the page sends when this button is pressed.
async fn decide(browser: &Browser, page: &Answer, decision: &str) -> Answer {
    let text = page.text();
    assert!(text.contains(&format!("value=\"{decision}\"")), "{text}");
    let key = text.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    post(browser, "/oauth2/v1/consent", &[("key", key), ("decision", decision)]).await
}

#[tokio::test]
async fn consent_is_asked_once_for_each_scope() {
    let org = TestOrg::with(CLIENT).await;
    let browser = org.browser();
    let token = session_token(&browser).await;
    let page = authorize(&browser, &[("client_id", "asks"), ("sessionToken", &token)]).await;
    assert_eq!((page.status, page.header("content-security-policy")), (200, "frame-ancestors 'none'"));
    assert!(
        page.text().contains("&lt;b&gt;App asks for:") && page.text().contains("<li>email</li>"),
        "{}",
        page.text()
    );
    let silent = authorize(&browser, &[("client_id", "asks"), ("prompt", "none")]).await;
    assert_eq!(field(&redirected(&silent), "error"), "consent_required");

    // Another browser can't answer.
    assert_eq!(decide(&org.browser(), &page, "allow").await.status, 403);
    let answer = decide(&browser, &page, "allow").await;
    assert!(answer.header("location").starts_with(CALLBACK), "{}", answer.text());
    let fields = redirected(&answer);
    assert_eq!(field(&fields, "state"), "the-state");
    assert!(!field(&fields, "code").is_empty());
    assert_eq!(decide(&browser, &page, "allow").await.status, 403);

    let again = authorize(&browser, &[("client_id", "asks"), ("prompt", "none")]).await;
    assert!(!field(&redirected(&again), "code").is_empty());
    let more = authorize(&browser, &[("client_id", "asks"), ("scope", "openid phone")]).await;
    assert_eq!(more.status, 200);
    let prompted = authorize(&browser, &[("client_id", "asks"), ("prompt", "consent")]).await;
    assert_eq!(prompted.status, 200);
}

#[tokio::test]
async fn a_refusal_is_told_to_the_client() {
    let org = TestOrg::with(CLIENT).await;
    let browser = org.browser();
    browser.redirect(&browser.sign_in("ada.byron", "Analytical1843").await).await;
    let page = authorize(&browser, &[("client_id", "asks")]).await;
    let fields = redirected(&decide(&browser, &page, "deny").await);
    assert_eq!(
        (field(&fields, "error"), field(&fields, "state")),
        ("access_denied".to_owned(), "the-state".to_owned())
    );
    assert_eq!(authorize(&browser, &[("client_id", "asks")]).await.status, 200);
    // A client that is trusted asks only if it wants to.
    assert_eq!(authorize(&browser, &[("prompt", "consent")]).await.status, 200);
    assert_eq!(authorize(&browser, &[]).await.status, 302);
}
