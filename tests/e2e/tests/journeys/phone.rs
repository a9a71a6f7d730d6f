//! Codes by SMS, voice call and email: verification and enrollment.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, Setup, journey, journey_with, wait_until};
use serde_json::json;

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

const SPEAK: &str = "document.querySelector('okta-sign-in').language = 'LANGUAGE'";
const CHOSEN: &str = "return document.querySelector('select').selectedOptions[0].text";

/// Waits until the rules of phone numbers are fetched.
pub(crate) async fn expect_rules(page: &Page) -> Result<()> {
    let fetched = async || Ok((page.browser.run_script(FETCHED).await? == json!(true)).then_some(()));
    wait_until("the rules of phone numbers", fetched).await
}

/// Types a number, and sees it in groups: again, if the rules of phone numbers were not there yet.
async fn type_number(page: &Page, number: &str, seen: &str) -> Result<()> {
    wait_until(&format!("{seen} in the field"), async || {
        page.fill(texts::PHONE, number).await?;
        Ok((page.value(texts::PHONE).await? == seen).then_some(()))
    })
    .await
}

const GERMANY: &str = "Germany (+49)";
const RULES: &str = "okta-sign-in-phone.js";
const FETCHED: &str =
    "return performance.getEntriesByType('resource').some(({ name }) => name.includes('okta-sign-in-phone'))";

#[tokio::test]
async fn a_number_is_in_groups_while_it_is_typed_and_shows_its_country() {
    journey("enroll-sms-groups", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MAY_ENROLL_EVERYTHING;
        sign_in_to(page, user, texts::ENROLL).await?;
        assert_eq!(page.browser.run_script(FETCHED).await?, json!(false), "before there is a field for it");
        page.press(ENROLL_SMS).await?;
        expect_step(page, ENROLL_SMS).await?;
        page.select(texts::COUNTRY, GERMANY).await?;
        type_number(page, "+442079460958", "+44 20 7946 0958").await?;
        assert_eq!(page.value(texts::COUNTRY).await?, "GB");
        // In the middle of it, and a separator is passed.
        page.keys("\u{e012}\u{e012}\u{e012}\u{e012}\u{e003}").await?;
        assert_eq!(page.value(texts::PHONE).await?, "+44 20 7946 0958");
        page.keys("\u{e003}1").await?;
        assert_eq!(page.value(texts::PHONE).await?, "+44 20 7941 0958");
        type_number(page, "015123456789", "01512 3456789").await?;
        assert_eq!(page.value(texts::COUNTRY).await?, "DE", "the one that was chosen");
        // In another language the list has another order.
        for (language, chosen) in [("de", "Deutschland (+49)"), ("en", GERMANY)] {
            page.browser.run_script(&SPEAK.replace("LANGUAGE", language)).await?;
            let shown = async || Ok((page.browser.run_script(CHOSEN).await? == json!(chosen)).then_some(()));
            wait_until(chosen, shown).await?;
        }
        assert_eq!(page.value(texts::PHONE).await?, "01512 3456789");
        page.press(texts::SEND_CODE).await?;
        let message = org.message(user.login, 1).await?;
        assert_eq!(message.to, "+4915123456789");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_the_rules_a_number_is_read_as_well_as_the_program_can() {
    let own_copy = Setup { attributes: &[("username", "")], ..Setup::DEFAULT };
    journey_with("enroll-sms-without-rules", own_copy, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MAY_ENROLL_EVERYTHING;
        page.allow_in_console(RULES);
        journey.site.remove_file(RULES)?;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        expect_step(page, ENROLL_SMS).await?;
        page.select(texts::COUNTRY, GERMANY).await?;
        page.fill(texts::PHONE, "0151-23456789").await?;
        assert_eq!(page.value(texts::PHONE).await?, "0151-23456789");
        page.press(texts::SEND_CODE).await?;
        let message = org.message(user.login, 1).await?;
        assert_eq!(message.to, "+4915123456789");
        Ok(())
    })
    .await;
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
        page.select(texts::COUNTRY, texts::UNITED_STATES).await?;
        type_number(page, "415555019", "(415) 555-019").await?;
        page.press(texts::SEND_CODE).await?;
        expect_message(page, texts::TOO_SHORT).await?;
        page.expect_focus_on(texts::PHONE).await?;
        // No number has this exchange. The org knows better than a list.
        type_number(page, "4151550199", "(415) 155-0199").await?;
        page.press(texts::SEND_CODE).await?;
        expect_message(page, texts::PHONE_DOUBTED).await?;
        assert_eq!(page.value(texts::PHONE).await?, "(415) 155-0199", "the input is kept");
        page.press(texts::SEND_CODE).await?;
        let message = org.message(user.login, 1).await?;
        assert_eq!(message.to, "+14151550199");
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
