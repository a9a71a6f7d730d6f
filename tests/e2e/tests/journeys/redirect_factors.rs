//! Factors of external identity providers: redirect there and back. And the password as a factor.

use anyhow::Result;
use okta_e2e::{Journey, journey};

use crate::{
    choose_factor, continue_as, enroll, expect_error, expect_landing_page, expect_message, expect_no_token_in_address,
    expect_step, sign_in_to, texts, users,
};

const USER: users::User = users::EXTERNAL_PROVIDERS;

/// Follows the redirect to the factor's provider.
async fn go_to_provider(journey: &Journey, name: &str) -> Result<()> {
    let page = &journey.page;
    sign_in_to(page, USER, texts::DUO).await?;
    choose_factor(page, name, &format!("Verify with {name}")).await?;
    page.press(&format!("Continue to {name}")).await?;
    page.expect_heading(texts::PROVIDER).await
}

/// Verifies: success, failure, and success after a failure.
async fn verify_factor(journey: &Journey, name: &str) -> Result<()> {
    let page = &journey.page;
    go_to_provider(journey, name).await?;
    page.press(texts::PROVIDER_FAIL).await?;
    expect_step(page, &format!("Verify with {name}")).await?;
    expect_message(page, texts::PROVIDER_SAID_NO).await?;
    expect_no_token_in_address(page).await?;

    go_to_provider(journey, name).await?;
    page.press(texts::PROVIDER_PASS).await?;
    continue_as(page, USER).await?;
    expect_landing_page(page, USER).await
}

#[tokio::test]
async fn verify_saml() {
    journey("saml", async |journey| verify_factor(journey, "Corporate SAML").await).await;
}

#[tokio::test]
async fn verify_oidc() {
    journey("oidc", async |journey| verify_factor(journey, "Corporate OIDC").await).await;
}

#[tokio::test]
async fn verify_a_claims_provider() {
    journey("claims", async |journey| verify_factor(journey, "Corporate claims").await).await;
}

#[tokio::test]
async fn password_as_a_factor() {
    journey("password-factor", async |journey| {
        let page = &journey.page;
        sign_in_to(page, USER, texts::DUO).await?;
        choose_factor(page, "Password", texts::PASSWORD_FACTOR).await?;
        page.fill(texts::PASSWORD, "wrong").await?;
        page.press(texts::VERIFY).await?;
        expect_error(page).await?;
        page.fill(texts::PASSWORD, USER.password).await?;
        page.press(texts::VERIFY).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn enroll_the_password() {
    journey("enroll-password-factor", async |journey| {
        let page = &journey.page;
        let user = users::MAY_ENROLL_EVERYTHING;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press("Set up your password").await?;
        expect_step(page, "Set up your password").await?;
        page.fill(texts::PASSWORD, "wrong").await?;
        page.press(texts::SET_UP).await?;
        expect_error(page).await?;
        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SET_UP).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// Enrolls at a provider, after one failure. The providers have no labels here; their protocols tell them apart.
async fn enroll_factor(journey: &Journey, name: &str) -> Result<()> {
    let page = &journey.page;
    let user = users::MAY_ENROLL_EVERYTHING;
    sign_in_to(page, user, texts::ENROLL).await?;
    page.press(&format!("Set up {name}")).await?;
    page.expect_heading(texts::PROVIDER).await?;
    page.press(texts::PROVIDER_FAIL).await?;
    expect_step(page, &format!("Set up {name}")).await?;
    expect_message(page, texts::PROVIDER_SAID_NO).await?;
    page.press(&format!("Continue to {name}")).await?;
    page.expect_heading(texts::PROVIDER).await?;
    page.press(texts::PROVIDER_PASS).await?;
    enroll::finish(page).await?;
    expect_landing_page(page, user).await
}

#[tokio::test]
async fn enroll_saml() {
    journey("enroll-saml", async |journey| enroll_factor(journey, "another sign-in service (SAML)").await).await;
}

#[tokio::test]
async fn enroll_oidc() {
    journey("enroll-oidc", async |journey| enroll_factor(journey, "another sign-in service (OpenID Connect)").await)
        .await;
}

#[tokio::test]
async fn enroll_a_claims_provider() {
    journey("enroll-claims", async |journey| enroll_factor(journey, "another sign-in service").await).await;
}
