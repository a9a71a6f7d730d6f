//! Codes by SMS, voice call and email: verification and enrollment.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, journey};

use crate::{
    choose_factor, different_code, enroll, expect_landing_page, expect_message, expect_step, sign_in_to, texts, users,
};

const ENROLL_SMS: &str = "Set up text messages";
const ENROLL_CALL: &str = "Set up phone calls";
const ENROLL_EMAIL: &str = "Set up email";

#[tokio::test]
async fn voice_call_to_an_extension_with_the_device_remembered_by_default() {
    journey("call", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::PHONE_AND_EMAIL;
        sign_in_to(page, user, texts::CALL).await?;
        let boxes = page.checkboxes().await?;
        let remember = boxes.iter().find(|label| label.starts_with(texts::REMEMBER_DEVICE)).expect("a box");
        ensure!(page.is_checked(remember).await?, "the policy ticks it");
        page.press(texts::CALL_ME).await?;
        let message = org.message(user.login, 1).await?;
        ensure!(message.to.ends_with("ext. 42"), "{message:?}");
        crate::verify_code(page, &message.code.unwrap_or_default()).await?;
        expect_landing_page(page, user).await?;
        crate::sign_out_on_landing_page(page).await?;
        page.open("/").await?;
        crate::submit_password(page, user).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn code_by_email() {
    journey("email", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::PHONE_AND_EMAIL;
        sign_in_to(page, user, texts::CALL).await?;
        choose_factor(page, "Email", texts::EMAIL).await?;
        page.press(texts::SEND_CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        crate::verify_code(page, &different_code(&code)).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// The org sends no second code at once. The first is in the person's hand, and there is a field for it.
#[tokio::test]
async fn a_code_that_was_sent_before_going_back_can_be_entered() {
    journey("email-back", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::PHONE_AND_EMAIL;
        sign_in_to(page, user, texts::CALL).await?;
        choose_factor(page, "Email", texts::EMAIL).await?;
        page.press(texts::SEND_CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        page.press(texts::BACK).await?;
        page.expect_button(texts::CALL_ME).await?;
        choose_factor(page, "Email", texts::EMAIL).await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_message(texts::CODE_SENT_BEFORE).await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

/// Enters a phone number of the United States and submits it.
async fn submit_number(page: &Page, number: &str, button: &str) -> Result<()> {
    page.select(texts::COUNTRY, texts::UNITED_STATES).await?;
    page.fill(texts::PHONE, number).await?;
    page.press(button).await
}

#[tokio::test]
async fn enroll_an_unusual_phone_number_after_confirmation() {
    journey("enroll-sms-doubted", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MAY_ENROLL_EVERYTHING;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        expect_step(page, ENROLL_SMS).await?;
        page.press(texts::SEND_CODE).await?;
        expect_message(page, "Enter a phone number.").await?;
        submit_number(page, "415 555 019", texts::SEND_CODE).await?;
        expect_message(page, texts::PHONE_DOUBTED).await?;
        assert_eq!(page.value(texts::PHONE).await?, "415 555 019", "the input is kept");
        page.press(texts::SEND_CODE).await?;
        let message = org.message(user.login, 1).await?;
        assert_eq!(message.to, "+1415555019");
        page.expect_field(texts::CODE).await?;
        let code = message.code.unwrap_or_default();
        crate::activate(page, &different_code(&code)).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        crate::activate(page, &code).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn enroll_a_phone_that_replaces_the_one_on_file() {
    journey("enroll-sms-replaced", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MUST_ENROLL_KEY;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        expect_step(page, ENROLL_SMS).await?;
        page.expect_text(texts::PHONE_ON_FILE).await?;
        submit_number(page, "(415) 555-0188", texts::SEND_CODE).await?;
        let message = org.message(user.login, 1).await?;
        assert_eq!(message.to, "+14155550188");
        crate::activate(page, &message.code.unwrap_or_default()).await?;
        // The key still has to be enrolled.
        expect_step(page, texts::ENROLL).await?;
        page.expect_text("1 required method left").await
    })
    .await;
}

#[tokio::test]
async fn enroll_voice_calls_to_an_extension() {
    journey("enroll-call", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MAY_ENROLL_EVERYTHING;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(ENROLL_CALL).await?;
        expect_step(page, ENROLL_CALL).await?;
        page.fill(texts::EXTENSION, "7").await?;
        submit_number(page, "4155550142", texts::CALL_ME).await?;
        let message = org.message(user.login, 1).await?;
        assert_eq!(message.to, "+14155550142 ext. 7");
        crate::activate(page, &message.code.unwrap_or_default()).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn enroll_email() {
    journey("enroll-email", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MAY_ENROLL_EVERYTHING;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(ENROLL_EMAIL).await?;
        expect_step(page, ENROLL_EMAIL).await?;
        let code = org.code_in_message(user.login, 1).await?;
        crate::activate(page, &code).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn back_from_form_and_code_returns_to_the_list() {
    journey("enroll-back", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, users::MAY_ENROLL_EVERYTHING, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        expect_step(page, ENROLL_SMS).await?;
        page.press(texts::BACK).await?;
        expect_step(page, texts::ENROLL).await?;
        page.press(ENROLL_EMAIL).await?;
        expect_step(page, ENROLL_EMAIL).await?;
        page.press(texts::BACK).await?;
        expect_step(page, texts::ENROLL).await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn/previous").await?, 1);
        page.press(texts::CANCEL).await?;
        expect_step(page, texts::START).await
    })
    .await;
}
