//! Identity providers and smart cards in the form: there and back, with a session or without; and what the org knows the
//! browser by.

use anyhow::{Result, ensure};
use okta_e2e::{Journey, Page, Setup, journey, journey_with};

use crate::{brand::before_page, expect_hydrated, expect_landing_page, sign_out_on_landing_page, texts, users};

const GOOGLE: &str = "Sign in with Google";
const PARTNER: &str = "Sign in with Partner Cloud";
const CARD: &str = "Sign in with a smart card";
const CARD_REFUSED: &str = "Your card couldn't be used. Try again, or sign in another way.";
/// The page of the provider, which the emulated org plays.
const PROVIDER: &str = "Google";

/// Opens the form with two of the org's providers.
async fn open(page: &Page) -> Result<()> {
    let providers = "element.divider = true;
    element.idps = [
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
        let text = page.text().await?;
        for divided in ["Sign in with Google or Username", "Forgot password? or P Sign in with Partner Cloud"] {
            ensure!(text.contains(divided), "{text}");
        }
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

/// Opens the form with a button for smart cards.
async fn open_with_card(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    before_page(page, &format!("element.piv = {{ certAuthUrl: '{}/cert/auth' }};", journey.org_address)).await?;
    page.open("/").await?;
    page.expect_heading(texts::START).await?;
    expect_hydrated(page).await?;
    page.expect_button(CARD).await
}

#[tokio::test]
async fn a_smart_card_signs_in_once_it_is_in_the_reader() {
    journey("smart-card", async |journey| {
        let page = &journey.page;
        page.allow_in_console("401");
        open_with_card(journey).await?;
        page.press(CARD).await?;
        page.expect_text(CARD_REFUSED).await?;
        page.screenshot("smart-card-refused").await?;
        journey.org.insert_card(users::PASSWORD_ONLY.login).await?;
        page.press(CARD).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn what_a_smart_card_leaves_to_do_is_asked_for_here() {
    journey("smart-card-factor", async |journey| {
        let page = &journey.page;
        journey.org.insert_card(users::THREE_FACTORS.login).await?;
        open_with_card(journey).await?;
        page.press(CARD).await?;
        page.expect_heading(texts::SMS).await
    })
    .await;
}

/// Opens the form, and leaves the field for the user name, filled in.
async fn name_yourself(page: &Page, user: users::User) -> Result<()> {
    page.open("/").await?;
    page.expect_heading(texts::START).await?;
    expect_hydrated(page).await?;
    page.fill(texts::USERNAME, user.login).await?;
    page.fill(texts::PASSWORD, user.password).await
}

#[tokio::test]
async fn a_browser_that_the_org_knows_shows_the_security_image() {
    let setup = Setup { allow_org_frame: true, ..Setup::default() };
    journey_with("security-image", setup, async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        before_page(page, "element.securityImage = true; element.deviceFingerprint = true;").await?;
        name_yourself(page, user).await?;
        page.expect_text("You haven't signed in with this browser yet").await?;
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        name_yourself(page, user).await?;
        page.expect_text("Your security image").await?;
        let images = page.images().await?;
        ensure!(images.iter().any(|image| image.starts_with("The pattern of ")), "{images:?}");
        page.screenshot("security-image").await?;
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, user).await
    })
    .await;
}
