//! A policy that allows scripts and style sheets by a nonce alone: the widget passes it on to its style sheet.

use anyhow::Result;
use okta_e2e::{Page, Setup, journey_with};
use serde_json::json;

use crate::{expect_hydrated, open_start, submit_password, texts, users};

const SETUP: Setup<'_> = Setup { nonce: true, ..Setup::DEFAULT };

/// Waits until the style sheet applies.
async fn expect_styles(page: &Page) -> Result<()> {
    const RADIUS: &str = "return getComputedStyle(document.querySelector('.oaw-button-primary')).borderRadius";
    okta_e2e::wait_until("the styles", async || {
        Ok((page.browser.run_script(RADIUS).await? == json!("8px")).then_some(()))
    })
    .await
}

#[tokio::test]
async fn the_form_is_styled_by_the_nonce_of_the_script() {
    journey_with("nonce-script", SETUP, async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        expect_hydrated(page).await?;
        expect_styles(page).await?;
        submit_password(page, users::THREE_FACTORS).await?;
        page.expect_heading(texts::SMS).await?;
        expect_styles(page).await
    })
    .await;
}

#[tokio::test]
async fn the_nonce_can_be_given_to_the_function() {
    // The page's scripts are gone, as those of a framework may be. The module is one that the page has loaded.
    const MOUNT: &str = "
        const baseUrl = document.querySelector('okta-sign-in').getAttribute('base-url');
        for (const element of document.querySelectorAll('script, [data-okta-sign-in]')) element.remove();
        return import('/okta-sign-in.js').then(({ mount }) => {
            mount(document.querySelector('main'), { baseUrl, nonce: 'n1' });
            return document.querySelector('[data-okta-sign-in]').nonce;
        });";
    journey_with("nonce-option", SETUP, async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        expect_hydrated(page).await?;
        assert_eq!(page.browser.run_with_modules(MOUNT).await?, json!("n1"));
        page.expect_heading(texts::START).await?;
        expect_styles(page).await?;
        submit_password(page, users::PASSWORD_ONLY).await
    })
    .await;
}
