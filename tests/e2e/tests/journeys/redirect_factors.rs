//! Factors that another site proves: the browser goes there and comes back. And the password, when it
//! is asked for as a factor.

use anyhow::Result;
use okta_e2e::{Journey, journey};

use crate::{begin_at, choose, enroll, has_landed, is_refused, is_told, no_token_in_address, people, reaches, texts};

const PERSON: people::Person = people::ELSEWHERE;

/// Goes to the provider that this factor is proved at.
async fn goes(journey: &Journey, name: &str) -> Result<()> {
    let page = &journey.page;
    begin_at(page, PERSON, texts::DUO).await?;
    choose(page, name, &format!("Verify with {name}")).await?;
    page.press(&format!("Continue to {name}")).await?;
    page.arrives_at(texts::PROVIDER).await
}

/// Comes back with a yes, with a no, and with a yes after that no.
async fn is_proved(journey: &Journey, name: &str) -> Result<()> {
    let page = &journey.page;
    goes(journey, name).await?;
    page.press(texts::PROVIDER_FAIL).await?;
    reaches(page, &format!("Verify with {name}")).await?;
    is_told(page, texts::PROVIDER_SAID_NO).await?;
    no_token_in_address(page).await?;

    goes(journey, name).await?;
    page.press(texts::PROVIDER_PASS).await?;
    has_landed(page, PERSON).await
}

#[tokio::test]
async fn saml() {
    journey("saml", async |journey| is_proved(journey, "Corporate SAML").await).await;
}

#[tokio::test]
async fn oidc() {
    journey("oidc", async |journey| is_proved(journey, "Corporate OIDC").await).await;
}

#[tokio::test]
async fn a_claims_provider() {
    journey("claims", async |journey| is_proved(journey, "Corporate claims").await).await;
}

#[tokio::test]
async fn the_password_again() {
    journey("password-factor", async |journey| {
        let page = &journey.page;
        begin_at(page, PERSON, texts::DUO).await?;
        choose(page, "Password", texts::PASSWORD_FACTOR).await?;
        page.fill(texts::PASSWORD, "wrong").await?;
        page.press(texts::VERIFY).await?;
        is_refused(page).await?;
        page.fill(texts::PASSWORD, PERSON.password).await?;
        page.press(texts::VERIFY).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn set_up_the_password() {
    journey("enroll-password-factor", async |journey| {
        let page = &journey.page;
        let person = people::EVERYTHING;
        begin_at(page, person, texts::ENROLL).await?;
        page.press("Set up Password").await?;
        reaches(page, "Set up Password").await?;
        page.fill(texts::PASSWORD, "wrong").await?;
        page.press(texts::SET_UP).await?;
        is_refused(page).await?;
        page.fill(texts::PASSWORD, person.password).await?;
        page.press(texts::SET_UP).await?;
        enroll::finish(page).await?;
        has_landed(page, person).await
    })
    .await;
}

/// Sets one up at its provider, refused there once. Without a name of its own a provider has none here.
async fn is_set_up(journey: &Journey, place: usize) -> Result<()> {
    let page = &journey.page;
    let person = people::EVERYTHING;
    begin_at(page, person, texts::ENROLL).await?;
    page.press_nth("Set up Another sign-in service", place).await?;
    page.arrives_at(texts::PROVIDER).await?;
    page.press(texts::PROVIDER_FAIL).await?;
    reaches(page, "Set up Another sign-in service").await?;
    is_told(page, texts::PROVIDER_SAID_NO).await?;
    page.press("Continue to Another sign-in service").await?;
    page.arrives_at(texts::PROVIDER).await?;
    page.press(texts::PROVIDER_PASS).await?;
    enroll::finish(page).await?;
    has_landed(page, person).await
}

#[tokio::test]
async fn set_up_saml() {
    journey("enroll-saml", async |journey| is_set_up(journey, 0).await).await;
}

#[tokio::test]
async fn set_up_oidc() {
    journey("enroll-oidc", async |journey| is_set_up(journey, 1).await).await;
}

#[tokio::test]
async fn set_up_a_claims_provider() {
    journey("enroll-claims", async |journey| is_set_up(journey, 2).await).await;
}
