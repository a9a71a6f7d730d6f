//! Activation of a device without a keyboard: its code, and the three results.

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, NewTransaction, journey};

use crate::{expect_message, expect_no_token_in_address, expect_step, submit_password, texts, users};

/// Opens the URL that the device shows.
async fn open_device_url(journey: &Journey) -> Result<()> {
    let (org, site) = (&journey.org, &journey.site);
    journey.page.open(&format!("{}/activate?page={}", org.address(), site.origin())).await?;
    expect_step(&journey.page, texts::DEVICE).await?;
    expect_no_token_in_address(&journey.page).await
}

async fn enter_device_code(journey: &Journey) -> Result<()> {
    journey.page.fill(texts::DEVICE_CODE, "abcd-1234").await?;
    journey.page.press(texts::CONNECT).await?;
    expect_step(&journey.page, texts::START).await
}

#[tokio::test]
async fn device_connected() {
    journey("device-activated", async |journey| {
        let page = &journey.page;
        open_device_url(journey).await?;
        page.press(texts::CONNECT).await?;
        expect_message(page, "Enter the code your device shows.").await?;
        page.fill(texts::DEVICE_CODE, "WRONG-123").await?;
        page.press(texts::CONNECT).await?;
        expect_message(page, texts::WRONG_DEVICE_CODE).await?;
        enter_device_code(journey).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_step(page, texts::DEVICE_CONNECTED).await
    })
    .await;
}

#[tokio::test]
async fn device_code_expired() {
    journey("device-late", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_device_url(journey).await?;
        org.advance_clock(Duration::from_mins(6)).await?;
        enter_device_code(journey).await?;
        org.advance_clock(Duration::from_mins(6)).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_step(page, texts::DEVICE_NOT_CONNECTED).await?;
        page.press(texts::START_OVER).await?;
        expect_step(page, texts::START).await
    })
    .await;
}

#[tokio::test]
async fn device_consent_denied() {
    journey("device-denied", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let transaction = NewTransaction { state: "DEVICE_DENIED", ..NewTransaction::default() };
        page.open(&org.transaction_url(users::CONSENT.login, transaction).await?).await?;
        expect_step(page, texts::DEVICE_NOT_CONNECTED).await?;
        page.expect_text(texts::DEVICE_DENIED).await
    })
    .await;
}
