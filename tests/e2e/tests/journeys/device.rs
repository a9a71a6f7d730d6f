//! A device without a keyboard waits to be signed in: its code, and the three endings.

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, Scene, journey};

use crate::{is_told, no_token_in_address, people, reaches, submit_password, texts};

/// Opens what the device asks to be opened.
async fn opens(journey: &Journey) -> Result<()> {
    let (org, site) = (&journey.org, &journey.site);
    journey.page.open(&format!("{}/activate?page={}", org.address(), site.origin())).await?;
    reaches(&journey.page, texts::DEVICE).await?;
    no_token_in_address(&journey.page).await
}

async fn types_code(journey: &Journey) -> Result<()> {
    journey.page.fill(texts::DEVICE_CODE, "abcd-1234").await?;
    journey.page.press(texts::CONNECT).await?;
    reaches(&journey.page, texts::START).await
}

#[tokio::test]
async fn connected() {
    journey("device-activated", async |journey| {
        let page = &journey.page;
        opens(journey).await?;
        page.press(texts::CONNECT).await?;
        is_told(page, "Enter the code your device shows.").await?;
        page.fill(texts::DEVICE_CODE, "WRONG-123").await?;
        page.press(texts::CONNECT).await?;
        is_told(page, texts::WRONG_DEVICE_CODE).await?;
        types_code(journey).await?;
        submit_password(page, people::PASSWORD_ONLY).await?;
        reaches(page, texts::DEVICE_CONNECTED).await
    })
    .await;
}

#[tokio::test]
async fn too_late() {
    journey("device-late", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        opens(journey).await?;
        org.advance_clock(Duration::from_mins(6)).await?;
        types_code(journey).await?;
        org.advance_clock(Duration::from_mins(6)).await?;
        submit_password(page, people::PASSWORD_ONLY).await?;
        reaches(page, texts::DEVICE_NOT_CONNECTED).await?;
        page.press(texts::START_OVER).await?;
        reaches(page, texts::START).await
    })
    .await;
}

#[tokio::test]
async fn denied() {
    journey("device-denied", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let scene = Scene { state: "DEVICE_DENIED", ..Scene::default() };
        page.open(&org.scene(people::CONSENTS.login, scene).await?).await?;
        reaches(page, texts::DEVICE_NOT_CONNECTED).await?;
        page.sees(texts::DEVICE_DENIED).await
    })
    .await;
}
