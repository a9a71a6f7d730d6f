//! Where the widget keeps tokens: what a page has of them after a reload, when they have expired, and after a sign-out.

use anyhow::Result;
use okta_e2e::{Page, Setup, journey_with, wait_until};
use serde_json::{Value, json};

use crate::{submit_password, texts, users};

const PAGES: Setup<'_> = Setup { pages: Some("tokens"), allow_org_frame: true, ..Setup::DEFAULT };
const TOKENS: &str = "ada.byron@example.com string";

/// Waits until the page shows what is kept: when it was opened, or after a sign-in.
async fn expect_kept(page: &Page, when: &str, expected: &str) -> Result<()> {
    let script = format!("return document.body?.dataset.{when} ?? null");
    wait_until(&format!("the page to show `{expected}`, {when}"), async || {
        Ok((page.browser.run_script(&script).await? == json!(expected)).then_some(()))
    })
    .await
}

/// Checks in which places of the browser there is something: the window, the tab, the device.
async fn places(page: &Page) -> Result<Value> {
    const PLACES: &str = "const name = 'okta-sign-in-kept-tokens';
        return [name in window, sessionStorage.getItem(name) !== null, localStorage.length > 0];";
    page.browser.run_script(PLACES).await
}

async fn sign_in(page: &Page) -> Result<()> {
    page.expect_heading(texts::START).await?;
    submit_password(page, users::PASSWORD_ONLY).await?;
    expect_kept(page, "signedIn", TOKENS).await
}

#[tokio::test]
async fn the_tab_keeps_tokens_until_they_expire_or_somebody_signs_out() {
    const LATER: &str = "const now = Date.now; Date.now = () => now() + 7_200_000;";
    journey_with("tokens-kept-session", PAGES, async |journey| {
        let page = &journey.page;
        page.open("/kept.html?storage=session").await?;
        sign_in(page).await?;
        assert_eq!(places(page).await?, json!([false, true, false]));
        page.reload().await?;
        expect_kept(page, "opened", TOKENS).await?;

        page.expect_heading(texts::SESSION).await?;
        page.press(texts::SIGN_OUT).await?;
        page.expect_heading(texts::START).await?;
        assert_eq!(places(page).await?, json!([false, false, false]));

        sign_in(page).await?;
        page.browser.before_each_page(LATER).await?;
        page.reload().await?;
        expect_kept(page, "opened", "none").await?;
        assert_eq!(places(page).await?, json!([false, false, false]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_page_keeps_tokens_until_it_is_left() {
    journey_with("tokens-kept-memory", PAGES, async |journey| {
        let page = &journey.page;
        page.open("/kept.html?storage=memory").await?;
        sign_in(page).await?;
        assert_eq!(places(page).await?, json!([true, false, false]));
        page.reload().await?;
        expect_kept(page, "opened", "none").await
    })
    .await;
}
