//! Enrolling Okta Verify: by QR code, by a link that is sent to the phone, by a key.

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, PhoneAction, journey, journey_with};

use crate::{ADJUSTABLE, enroll, expect_landing_page, expect_message, expect_step, sign_in_to, texts, users};

const USER: users::User = users::MAY_ENROLL_EVERYTHING;
const ENROLL_PUSH: &str = "Set up Okta Verify";
const ENROLL_CODES: &str = "Set up Okta Verify";
/// Longer than the polling interval.
const A_LOOK: Duration = Duration::from_secs(7);

async fn start_enrollment(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    sign_in_to(page, USER, texts::ENROLL).await?;
    page.press(ENROLL_PUSH).await?;
    expect_step(page, ENROLL_PUSH).await?;
    page.expect_text(texts::PHONE_AWAITED).await
}

/// Waits until the page has noticed the enrollment and shows the list again.
async fn expect_enrolled(journey: &Journey) -> Result<()> {
    journey.page.browser.advance_clock(A_LOOK).await?;
    enroll::finish(&journey.page).await?;
    expect_landing_page(&journey.page, USER).await
}

#[tokio::test]
async fn by_qr_code() {
    journey_with("enroll-push-qr", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        start_enrollment(journey).await?;
        let images = page.images().await?;
        assert!(images.iter().any(|text| text.starts_with(texts::PUSH_QR_CODE)), "{images:?}");
        journey.org.on_phone(USER.login, PhoneAction::SetUp).await?;
        expect_enrolled(journey).await
    })
    .await;
}

#[tokio::test]
async fn by_a_link_in_an_email() {
    journey_with("enroll-push-mail", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_enrollment(journey).await?;
        page.press(texts::CANT_SCAN).await?;
        page.press(texts::SEND_LINK_BY_MAIL).await?;
        page.expect_text(texts::LINK_SENT).await?;
        page.expect_focus().await?;
        org.open_on_phone(&org.link_in_message(USER.login, 1).await?).await?;
        expect_enrolled(journey).await
    })
    .await;
}

#[tokio::test]
async fn by_a_link_in_an_sms() {
    journey_with("enroll-push-sms", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_enrollment(journey).await?;
        page.press(texts::CANT_SCAN).await?;
        page.press(texts::SEND_LINK_BY_SMS).await?;
        expect_message(page, "Enter a phone number.").await?;
        page.select(texts::COUNTRY, texts::UNITED_STATES).await?;
        page.fill(texts::PHONE, "4155550199").await?;
        page.press(texts::SEND_LINK_BY_SMS).await?;
        page.expect_text(texts::LINK_SENT).await?;
        let message = org.message(USER.login, 1).await?;
        assert_eq!(message.to, "+14155550199");
        org.open_on_phone(&message.link.unwrap_or_default()).await?;
        expect_enrolled(journey).await
    })
    .await;
}

#[tokio::test]
async fn by_key() {
    journey("enroll-push-hand", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_enrollment(journey).await?;
        page.press(texts::CANT_SCAN).await?;
        page.press(texts::BY_HAND).await?;
        expect_step(page, ENROLL_CODES).await?;
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        let code = org.authenticator_code_for(USER.login, &secret).await?;
        crate::activate(page, &code).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn an_expired_qr_code_is_replaced() {
    journey_with("enroll-push-expired", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_enrollment(journey).await?;
        org.advance_clock(Duration::from_mins(5)).await?;
        page.browser.advance_clock(A_LOOK).await?;
        expect_message(page, texts::QR_EXPIRED).await?;
        page.press(texts::NEW_QR).await?;
        page.expect_text(texts::PHONE_AWAITED).await?;
        page.expect_focus().await?;
        let images = page.images().await?;
        assert!(images.iter().any(|text| text.starts_with(texts::PUSH_QR_CODE)), "{images:?}");
        org.on_phone(USER.login, PhoneAction::SetUp).await?;
        expect_enrolled(journey).await
    })
    .await;
}
