//! Identity providers in the form: there and back, with a session or without.

use anyhow::Result;
use okta_e2e::{Page, journey};

use crate::{brand::before_page, expect_hydrated, expect_landing_page, texts, users};

const GOOGLE: &str = "Sign in with Google";
const PARTNER: &str = "Sign in with Partner Cloud";
/// The page of the provider, which the emulated org plays.
const PROVIDER: &str = "Google";

/// Opens the form with two of the org's providers.
async fn open(page: &Page) -> Result<()> {
    let providers = "element.idps = [
        { id: '0oagoogleprovider000', type: 'GOOGLE', position: 'above' },
        { id: '0oasaml2provider0000', type: 'SAML2', name: 'Partner Cloud' },
    ];";
    before_page(page, providers).await?;
    page.open("/").await?;
    page.expect_heading(texts::START).await?;
    expect_hydrated(page).await?;
    page.expect_button(GOOGLE).await?;
    page.expect_button(PARTNER).await
}

#[tokio::test]
async fn who_signs_in_at_a_provider_comes_to_the_landing_page() {
    journey("identity-provider", async |journey| {
        let page = &journey.page;
        open(page).await?;
        page.screenshot("identity-provider").await?;
        page.press(GOOGLE).await?;
        page.expect_heading(PROVIDER).await?;
        page.fill("User", users::PASSWORD_ONLY.login).await?;
        page.press("Sign in").await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn who_refuses_there_comes_back_to_the_form() {
    journey("identity-provider-refused", async |journey| {
        let page = &journey.page;
        page.allow_in_console("403");
        open(page).await?;
        page.press(GOOGLE).await?;
        page.expect_heading(PROVIDER).await?;
        page.press("Refuse").await?;
        page.expect_heading("You are not signed in").await?;
        page.press("Back to sign in").await?;
        page.expect_heading(texts::START).await?;
        page.expect_button(PARTNER).await
    })
    .await;
}
