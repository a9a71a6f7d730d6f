//! Second factors: SMS, security question, Google Authenticator, switching between them, remembered devices.

use std::time::Duration;

use http::Method;
use okta_e2e::{Clock, Setup, journey, journey_with};

use crate::{
    choose_factor, different_code, expect_landing_page, open_start, sign_out_on_landing_page, start_sign_in,
    submit_password, texts, users,
};

const USER: users::User = users::THREE_FACTORS;

#[tokio::test]
async fn sms_with_a_wrong_code_and_a_resend() {
    let setup = Setup { clock: Clock::Adjustable, ..Setup::default() };
    journey_with("sms", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        assert_eq!(org.messages_to(USER.login).await?, 0, "nothing is sent automatically");
        page.press(texts::SEND_CODE).await?;
        let first = org.code_in_message(USER.login, 1).await?;

        crate::verify_code(page, &different_code(&first)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CODE), "{alert}");
        assert_eq!(page.value(texts::CODE).await?, "");

        page.expect_disabled(texts::RESEND_CODE_IN).await?;
        let pause = Duration::from_secs(31);
        org.advance_clock(pause).await?;
        page.browser.advance_clock(pause).await?;
        page.press(texts::RESEND_CODE).await?;
        let second = org.code_in_message(USER.login, 2).await?;
        page.expect_disabled(texts::RESEND_CODE_IN).await?;

        crate::verify_code(page, &second).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn security_question_with_a_wrong_answer() {
    journey("question", async |journey| {
        let page = &journey.page;
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        choose_factor(page, texts::CHOOSE_QUESTION, texts::QUESTION).await?;
        page.fill(users::QUESTION, "no idea").await?;
        page.press(texts::VERIFY).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_ANSWER), "{alert}");

        page.fill(users::QUESTION, users::ANSWER).await?;
        page.press(texts::VERIFY).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn google_authenticator_code() {
    journey("google", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        choose_factor(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let code = org.authenticator_code(USER.login, "GOOGLE").await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn switch_factors_and_cancel() {
    journey("switch-and-cancel", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_field(texts::CODE).await?;
        page.press(texts::BACK).await?;
        page.expect_button(texts::SEND_CODE).await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn/previous").await?, 1);
        choose_factor(page, texts::CHOOSE_QUESTION, texts::QUESTION).await?;
        choose_factor(page, texts::CHOOSE_SMS, texts::SMS).await?;
        page.press(texts::CANCEL).await?;
        page.expect_heading(texts::START).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_remembered_device_skips_the_factor() {
    journey("remember-device", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        choose_factor(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let boxes = page.checkboxes().await?;
        let remember = boxes.iter().find(|label| label.starts_with(texts::REMEMBER_DEVICE));
        page.check(remember.expect("the policy lets the device be remembered")).await?;
        let code = org.authenticator_code(USER.login, "GOOGLE").await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, USER).await?;
        sign_out_on_landing_page(page).await?;

        open_start(page).await?;
        submit_password(page, USER).await?;
        expect_landing_page(page, USER).await?;
        let proofs = org.requests().await?.iter().filter(|line| line.path.ends_with("/verify")).count();
        assert_eq!(proofs, 1, "the factor was asked for once only");
        Ok(())
    })
    .await;
}
