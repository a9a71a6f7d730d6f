//! The second factor: text message, security question, Google Authenticator, the way from one to
//! another, and the device that need not be asked again.

use std::time::Duration;

use http::Method;
use okta_e2e::{Clock, Setup, journey, journey_with};

use crate::{another_code, begin, choose, has_landed, open_start, people, sign_out_there, submit_password, texts};

const PERSON: people::Person = people::THREE_FACTORS;

#[tokio::test]
async fn a_text_message_wrong_once_and_sent_again() {
    let setup = Setup { clock: Clock::Adjustable, ..Setup::default() };
    journey_with("sms", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin(page, PERSON).await?;
        page.arrives_at(texts::SMS).await?;
        assert_eq!(org.messages_to(PERSON.login).await?, 0, "nothing is sent unasked");
        page.press(texts::SEND_CODE).await?;
        let first = org.code_in_message(PERSON.login, 1).await?;

        crate::prove(page, &another_code(&first)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CODE), "{alert}");
        assert_eq!(page.value(texts::CODE).await?, "");

        page.holds_back(texts::RESEND_CODE_IN).await?;
        let pause = Duration::from_secs(31);
        org.advance_clock(pause).await?;
        page.browser.put_clock_forward(pause).await?;
        page.press(texts::RESEND_CODE).await?;
        let second = org.code_in_message(PERSON.login, 2).await?;
        page.holds_back(texts::RESEND_CODE_IN).await?;

        crate::prove(page, &second).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn a_security_question_wrong_once() {
    journey("question", async |journey| {
        let page = &journey.page;
        begin(page, PERSON).await?;
        page.arrives_at(texts::SMS).await?;
        choose(page, texts::CHOOSE_QUESTION, texts::QUESTION).await?;
        page.fill(people::QUESTION, "no idea").await?;
        page.press(texts::VERIFY).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_ANSWER), "{alert}");

        page.fill(people::QUESTION, people::ANSWER).await?;
        page.press(texts::VERIFY).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn a_code_of_google_authenticator() {
    journey("google", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin(page, PERSON).await?;
        page.arrives_at(texts::SMS).await?;
        choose(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let code = org.authenticator_code(PERSON.login, "GOOGLE").await?;
        crate::prove(page, &code).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn from_one_factor_to_another_and_away() {
    journey("switch-and-cancel", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin(page, PERSON).await?;
        page.arrives_at(texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        page.has_field(texts::CODE).await?;
        page.press(texts::BACK).await?;
        page.offers(texts::SEND_CODE).await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn/previous").await?, 1);
        choose(page, texts::CHOOSE_QUESTION, texts::QUESTION).await?;
        choose(page, texts::CHOOSE_SMS, texts::SMS).await?;
        page.press(texts::CANCEL).await?;
        page.arrives_at(texts::START).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_remembered_device_is_not_asked_again() {
    journey("remember-device", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        begin(page, PERSON).await?;
        page.arrives_at(texts::SMS).await?;
        choose(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        let boxes = page.tick_boxes().await?;
        let remember = boxes.iter().find(|label| label.starts_with(texts::REMEMBER_DEVICE));
        page.check(remember.expect("the policy lets the device be remembered")).await?;
        let code = org.authenticator_code(PERSON.login, "GOOGLE").await?;
        crate::prove(page, &code).await?;
        has_landed(page, PERSON).await?;
        sign_out_there(page).await?;

        open_start(page).await?;
        submit_password(page, PERSON).await?;
        has_landed(page, PERSON).await?;
        let proofs = org.requests().await?.iter().filter(|line| line.path.ends_with("/verify")).count();
        assert_eq!(proofs, 1, "the factor was asked for once only");
        Ok(())
    })
    .await;
}
