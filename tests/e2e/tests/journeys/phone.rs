//! Codes that are sent: by text message, call and mail, proved and set up.

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Page, journey};

use crate::{another_code, begin_at, choose, enroll, has_landed, is_told, people, reaches, texts};

const ENROLL_SMS: &str = "Set up Text message";
const ENROLL_CALL: &str = "Set up Phone call";
const ENROLL_EMAIL: &str = "Set up Email";

#[tokio::test]
async fn a_code_by_call_to_an_extension_and_the_device_is_remembered_unasked() {
    journey("call", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::CALLED;
        begin_at(page, person, texts::CALL).await?;
        let boxes = page.tick_boxes().await?;
        let remember = boxes.iter().find(|label| label.starts_with(texts::REMEMBER_DEVICE)).expect("a box");
        ensure!(page.is_checked(remember).await?, "the policy ticks it");
        page.press(texts::SEND_CODE).await?;
        let message = org.message(person.login, 1).await?;
        ensure!(message.to.ends_with("ext. 42"), "{message:?}");
        crate::prove(page, &message.code.unwrap_or_default()).await?;
        has_landed(page, person).await?;
        crate::sign_out_there(page).await?;
        page.open("/").await?;
        crate::submit_password(page, person).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn a_code_by_mail() {
    journey("email", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::CALLED;
        begin_at(page, person, texts::CALL).await?;
        choose(page, "Email", texts::EMAIL).await?;
        page.press(texts::SEND_CODE).await?;
        let code = org.code_in_message(person.login, 1).await?;
        crate::prove(page, &another_code(&code)).await?;
        is_told(page, texts::WRONG_CODE).await?;
        crate::prove(page, &code).await?;
        has_landed(page, person).await
    })
    .await;
}

/// Types a number of the United States and sends it off.
async fn give_number(page: &Page, number: &str, button: &str) -> Result<()> {
    page.pick(texts::COUNTRY, texts::UNITED_STATES).await?;
    page.fill(texts::PHONE, number).await?;
    page.press(button).await
}

#[tokio::test]
async fn set_up_a_phone_whose_number_is_doubted_and_insisted_on() {
    journey("enroll-sms-doubted", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::EVERYTHING;
        begin_at(page, person, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        reaches(page, ENROLL_SMS).await?;
        page.press(texts::SEND_CODE).await?;
        is_told(page, "Enter a phone number.").await?;
        give_number(page, "415 555 019", texts::SEND_CODE).await?;
        is_told(page, texts::PHONE_DOUBTED).await?;
        assert_eq!(page.value(texts::PHONE).await?, "415 555 019", "what was typed stays to be looked at");
        page.press(texts::SEND_CODE).await?;
        let message = org.message(person.login, 1).await?;
        assert_eq!(message.to, "+1415555019");
        page.has_field(texts::CODE).await?;
        let code = message.code.unwrap_or_default();
        crate::activate(page, &another_code(&code)).await?;
        is_told(page, texts::WRONG_CODE).await?;
        crate::activate(page, &code).await?;
        enroll::finish(page).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn set_up_a_phone_in_place_of_the_one_on_file() {
    journey("enroll-sms-replaced", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::KEYS;
        begin_at(page, person, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        reaches(page, ENROLL_SMS).await?;
        page.sees(texts::PHONE_ON_FILE).await?;
        give_number(page, "(415) 555-0188", texts::SEND_CODE).await?;
        let message = org.message(person.login, 1).await?;
        assert_eq!(message.to, "+14155550188");
        crate::activate(page, &message.code.unwrap_or_default()).await?;
        // The key is still to be set up.
        reaches(page, texts::ENROLL).await?;
        page.sees("1 of 3 set up").await
    })
    .await;
}

#[tokio::test]
async fn set_up_calls_to_an_extension() {
    journey("enroll-call", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::EVERYTHING;
        begin_at(page, person, texts::ENROLL).await?;
        page.press(ENROLL_CALL).await?;
        reaches(page, ENROLL_CALL).await?;
        page.fill(texts::EXTENSION, "7").await?;
        give_number(page, "4155550142", texts::CALL_ME).await?;
        let message = org.message(person.login, 1).await?;
        assert_eq!(message.to, "+14155550142 ext. 7");
        crate::activate(page, &message.code.unwrap_or_default()).await?;
        enroll::finish(page).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn set_up_a_mailbox() {
    journey("enroll-email", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::EVERYTHING;
        begin_at(page, person, texts::ENROLL).await?;
        page.press(ENROLL_EMAIL).await?;
        reaches(page, ENROLL_EMAIL).await?;
        let code = org.code_in_message(person.login, 1).await?;
        crate::activate(page, &code).await?;
        enroll::finish(page).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn out_of_a_form_and_out_of_a_code_leads_to_the_list() {
    journey("enroll-back", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin_at(page, people::EVERYTHING, texts::ENROLL).await?;
        page.press(ENROLL_SMS).await?;
        reaches(page, ENROLL_SMS).await?;
        page.press(texts::BACK).await?;
        reaches(page, texts::ENROLL).await?;
        page.press(ENROLL_EMAIL).await?;
        reaches(page, ENROLL_EMAIL).await?;
        page.press(texts::BACK).await?;
        reaches(page, texts::ENROLL).await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn/previous").await?, 1);
        page.press(texts::CANCEL).await?;
        reaches(page, texts::START).await
    })
    .await;
}
