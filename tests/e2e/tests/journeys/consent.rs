//! Consent to an application, the state POLL, and questions about the person.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Journey, journey, journey_with};

use crate::{ADJUSTABLE, advance_clocks, expect_landing_page, expect_step, sign_in_to, start_sign_in, texts, users};

/// Signs in up to the consent form, whatever the name of the application.
async fn sign_in_to_consent(journey: &Journey, user: users::User) -> Result<()> {
    start_sign_in(&journey.page, user).await?;
    let heading =
        if user.login == users::ADMIN_CONSENT.login { "for everyone" } else { "wants to access your account" };
    journey.page.expect_text(heading).await?;
    journey.page.expect_focus().await
}

#[tokio::test]
async fn consent_to_all_scopes() {
    journey("consent", async |journey| {
        let page = &journey.page;
        sign_in_to_consent(journey, users::CONSENT).await?;
        // The description of a scope may look like markup; it is shown as text.
        page.expect_text("<b>e-mail</b>").await?;
        assert_eq!(page.checkboxes().await?, Vec::<String>::new());
        page.press(texts::ALLOW).await?;
        expect_landing_page(page, users::CONSENT).await
    })
    .await;
}

#[tokio::test]
async fn granular_consent() {
    journey("consent-granular", async |journey| {
        let page = &journey.page;
        sign_in_to_consent(journey, users::GRANULAR_CONSENT).await?;
        let boxes = page.checkboxes().await?;
        assert_eq!(boxes.len(), 2, "a required scope has no checkbox: {boxes:?}");
        page.uncheck(&boxes[0]).await?;
        page.press(texts::ALLOW).await?;
        expect_landing_page(page, users::GRANULAR_CONSENT).await
    })
    .await;
}

#[tokio::test]
async fn admin_consent() {
    journey("consent-admin", async |journey| {
        let page = &journey.page;
        sign_in_to_consent(journey, users::ADMIN_CONSENT).await?;
        page.expect_text("for everyone in your organization?").await?;
        page.press(texts::ALLOW).await?;
        expect_landing_page(page, users::ADMIN_CONSENT).await
    })
    .await;
}

#[tokio::test]
async fn consent_denied() {
    journey("consent-denied", async |journey| {
        let page = &journey.page;
        sign_in_to_consent(journey, users::CONSENT).await?;
        page.press(texts::DENY).await?;
        expect_step(page, texts::START).await?;
        page.open("/landing.html").await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn poll_until_the_org_continues() {
    journey_with("poll", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::POLLS, texts::ONE_MOMENT).await?;
        page.browser.advance_clock(Duration::from_secs(5)).await?;
        ensure!(page.headings().await?.iter().any(|heading| heading == texts::ONE_MOMENT), "it is not over yet");
        advance_clocks(journey, Duration::from_secs(11)).await?;
        expect_landing_page(page, users::POLLS).await
    })
    .await;
}

#[tokio::test]
async fn the_org_asks_for_more_about_the_person() {
    journey("profile", async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::TELLS_MORE, texts::PROFILE).await?;
        page.press(texts::CONTINUE).await?;
        page.expect_text("Enter a value.").await?;
        page.fill("Department", "Torpedoes").await?;
        page.fill("Cost center (optional)", "far too long for a cost center").await?;
        page.press(texts::CONTINUE).await?;
        page.expect_message("Your organization doesn't accept this.").await?;
        page.fill("Cost center (optional)", "7").await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, users::TELLS_MORE).await
    })
    .await;
}
