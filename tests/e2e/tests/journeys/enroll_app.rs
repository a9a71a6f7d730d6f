//! Setting up Okta Verify: its code is scanned, a link is sent to the phone, or a key is typed.

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, Tap, journey, journey_with};

use crate::{ADJUSTABLE, begin_at, enroll, has_landed, is_told, people, reaches, texts};

const PERSON: people::Person = people::EVERYTHING;
const ENROLL_PUSH: &str = "Set up Okta Verify";
const ENROLL_CODES: &str = "Set up Okta Verify code";
/// Longer than the page waits between two looks.
const A_LOOK: Duration = Duration::from_secs(7);

async fn begins(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    begin_at(page, PERSON, texts::ENROLL).await?;
    page.press(ENROLL_PUSH).await?;
    reaches(page, ENROLL_PUSH).await?;
    page.sees(texts::PHONE_AWAITED).await
}

/// The page notices that the phone is done, and the list comes again.
async fn is_done(journey: &Journey) -> Result<()> {
    journey.page.browser.put_clock_forward(A_LOOK).await?;
    enroll::finish(&journey.page).await?;
    has_landed(&journey.page, PERSON).await
}

#[tokio::test]
async fn by_its_code() {
    journey_with("enroll-push-qr", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        begins(journey).await?;
        let pictures = page.pictures().await?;
        assert!(pictures.iter().any(|text| text.starts_with(texts::PUSH_QR_CODE)), "{pictures:?}");
        journey.org.on_phone(PERSON.login, Tap::SetUp).await?;
        is_done(journey).await
    })
    .await;
}

#[tokio::test]
async fn by_a_link_in_a_mail() {
    journey_with("enroll-push-mail", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begins(journey).await?;
        page.press(texts::CANT_SCAN).await?;
        page.press(texts::SEND_LINK_BY_MAIL).await?;
        page.sees(texts::LINK_SENT).await?;
        page.has_focus().await?;
        org.open_on_phone(&org.link_in_message(PERSON.login, 1).await?).await?;
        is_done(journey).await
    })
    .await;
}

#[tokio::test]
async fn by_a_link_in_a_text_message() {
    journey_with("enroll-push-sms", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begins(journey).await?;
        page.press(texts::CANT_SCAN).await?;
        page.press(texts::SEND_LINK_BY_SMS).await?;
        is_told(page, "Enter a phone number.").await?;
        page.pick(texts::COUNTRY, texts::UNITED_STATES).await?;
        page.fill(texts::PHONE, "4155550199").await?;
        page.press(texts::SEND_LINK_BY_SMS).await?;
        page.sees(texts::LINK_SENT).await?;
        let message = org.message(PERSON.login, 1).await?;
        assert_eq!(message.to, "+14155550199");
        org.open_on_phone(&message.link.unwrap_or_default()).await?;
        is_done(journey).await
    })
    .await;
}

#[tokio::test]
async fn by_hand() {
    journey("enroll-push-hand", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begins(journey).await?;
        page.press(texts::CANT_SCAN).await?;
        page.press(texts::BY_HAND).await?;
        reaches(page, ENROLL_CODES).await?;
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        let code = org.authenticator_code_for(PERSON.login, &secret).await?;
        crate::activate(page, &code).await?;
        enroll::finish(page).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_too_old_is_replaced() {
    journey_with("enroll-push-expired", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begins(journey).await?;
        org.advance_clock(Duration::from_mins(5)).await?;
        page.browser.put_clock_forward(A_LOOK).await?;
        is_told(page, texts::QR_EXPIRED).await?;
        page.press(texts::NEW_QR).await?;
        page.sees(texts::PHONE_AWAITED).await?;
        page.has_focus().await?;
        let pictures = page.pictures().await?;
        assert!(pictures.iter().any(|text| text.starts_with(texts::PUSH_QR_CODE)), "{pictures:?}");
        org.on_phone(PERSON.login, Tap::SetUp).await?;
        is_done(journey).await
    })
    .await;
}
