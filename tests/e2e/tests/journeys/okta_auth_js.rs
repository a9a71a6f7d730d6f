//! Okta's own client for browsers, unmodified, with the emulated org: what `emulator/tests/okta-auth-js` cannot try
//! without a page. It judges the org; the widget is not on this page.

use anyhow::Result;
use okta_e2e::{Journey, Setup, journey_with, wait_until};
use serde_json::json;

use crate::{texts, users};

const PAGE: Setup<'_> = Setup { pages: Some("auth-js"), allow_org_frame: true, ..Setup::DEFAULT };
const RESULT: &str = "return document.body?.dataset.result ?? null";
const TOKENS: &str = "ada.byron@example.com, openid profile";

/// Opens the page of an app that the org knows.
async fn open(journey: &Journey) -> Result<()> {
    journey.org.add_app("0oaauthjspage0000000", json!({ "redirect_uris": ["/auth-js.html"] })).await?;
    journey.site.add_okta_auth_js()?;
    journey.page.open("/auth-js.html").await
}

/// Waits until the client has tokens, or has failed.
async fn expect_tokens(journey: &Journey) -> Result<()> {
    let browser = &journey.page.browser;
    let result =
        wait_until("the client's tokens", async || Ok(browser.run_script(RESULT).await?.as_str().map(str::to_owned)));
    assert_eq!(result.await?, TOKENS);
    Ok(())
}

#[tokio::test]
async fn okta_auth_js_gets_tokens_in_its_frame() {
    const GET: &str = "show(sessionToken()
        .then((sessionToken) => client.token.getWithoutPrompt({ sessionToken }))
        .then(({ tokens }) => client.tokenManager.setTokens(tokens)));";
    journey_with("auth-js-frame", PAGE, async |journey| {
        open(journey).await?;
        journey.page.browser.run_script(GET).await?;
        expect_tokens(journey).await
    })
    .await;
}

#[tokio::test]
async fn okta_auth_js_gets_tokens_by_a_redirect() {
    const GET: &str = "sessionToken().then((sessionToken) => client.token.getWithRedirect({ sessionToken }));";
    journey_with("auth-js-redirect", PAGE, async |journey| {
        open(journey).await?;
        journey.page.browser.run_script(GET).await?;
        expect_tokens(journey).await
    })
    .await;
}

/// Without a session, the org's own page asks for the password.
#[tokio::test]
async fn okta_auth_js_has_the_org_sign_in() {
    journey_with("auth-js-sign-in", PAGE, async |journey| {
        let page = &journey.page;
        open(journey).await?;
        page.browser.run_script("client.signInWithRedirect({ originalUri: '/orders' });").await?;
        page.fill(texts::USERNAME, users::PASSWORD_ONLY.login).await?;
        page.fill(texts::PASSWORD, users::PASSWORD_ONLY.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_tokens(journey).await?;
        let returned = page.browser.run_script("return document.body.dataset.returnedTo").await?;
        assert_eq!(returned, json!("/orders"));
        Ok(())
    })
    .await;
}
