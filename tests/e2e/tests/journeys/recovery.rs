//! A forgotten password: by mail, text message and call, with the question, up to the new password.
//! Nobody is told whether a name is known.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey, journey_with};

use crate::{
    ADJUSTABLE, another_code, has_landed, is_told, no_token_in_address, open_start, people, reaches, sign_out_there,
    submit_password, texts, time_passes,
};

const PERSON: people::Person = people::FORGETFUL;
const NEW: people::Person = people::Person { password: "Hampton1921", ..PERSON };

/// From the start page to the form that asks for the way.
async fn forgets(page: &Page, login: &str) -> Result<()> {
    open_start(page).await?;
    page.fill(texts::USERNAME, login).await?;
    page.press(texts::FORGOT).await?;
    reaches(page, texts::RECOVER).await?;
    assert_eq!(page.value(texts::USERNAME).await?, login, "nobody types a name twice");
    Ok(())
}

/// The question, then a new password, then in.
async fn answers_and_chooses(page: &Page) -> Result<()> {
    reaches(page, texts::RECOVERY_QUESTION).await?;
    page.fill(people::FORGETFUL_QUESTION, people::FORGETFUL_ANSWER).await?;
    page.press(texts::CONTINUE).await?;
    reaches(page, texts::PASSWORD_RESET).await?;
    ensure!(!page.has_field_now(texts::OLD_PASSWORD).await?, "it was forgotten");
    page.fill(texts::NEW_PASSWORD, NEW.password).await?;
    page.fill(texts::NEW_PASSWORD_AGAIN, NEW.password).await?;
    page.press(texts::SET_PASSWORD).await?;
    has_landed(page, PERSON).await
}

#[tokio::test]
async fn by_the_link_of_a_mail() {
    journey("recovery-mail", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        forgets(page, PERSON.login).await?;
        page.press(texts::BY_EMAIL).await?;
        reaches(page, texts::RECOVERY_MAIL).await?;
        page.sees(PERSON.login).await?;
        let link = org.link_in_message(PERSON.login, 1).await?;

        page.open(&link).await?;
        reaches(page, texts::RECOVERY_QUESTION).await?;
        no_token_in_address(page).await?;
        page.fill(people::FORGETFUL_QUESTION, "Hampton").await?;
        page.press(texts::CONTINUE).await?;
        is_told(page, texts::WRONG_ANSWER).await?;
        page.fill(people::FORGETFUL_QUESTION, people::FORGETFUL_ANSWER).await?;
        page.press(texts::CONTINUE).await?;

        reaches(page, texts::PASSWORD_RESET).await?;
        page.fill(texts::NEW_PASSWORD, "jackson").await?;
        page.sees(&format!("has at least 8 characters , {}", texts::UNMET)).await?;
        page.sees(&format!("has no part of your username , {}", texts::UNMET)).await?;
        page.fill(texts::NEW_PASSWORD, NEW.password).await?;
        page.sees(&format!("has at least 8 characters , {}", texts::MET)).await?;
        page.sees(&format!("has no part of your username , {}", texts::MET)).await?;
        page.fill(texts::NEW_PASSWORD_AGAIN, "Hampton1922").await?;
        page.press(texts::SET_PASSWORD).await?;
        is_told(page, texts::PASSWORD_MISMATCH).await?;
        page.fill(texts::NEW_PASSWORD, NEW.password).await?;
        page.fill(texts::NEW_PASSWORD_AGAIN, NEW.password).await?;
        page.check(texts::REVOKE).await?;
        page.press(texts::SET_PASSWORD).await?;
        has_landed(page, PERSON).await?;
        sign_out_there(page).await?;

        page.open(&link).await?;
        reaches(page, texts::START).await?;
        page.sees(texts::LINK_SPENT).await?;
        no_token_in_address(page).await?;
        submit_password(page, NEW).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn by_a_text_message_wrong_once_and_sent_again() {
    journey_with("recovery-sms", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        forgets(page, PERSON.login).await?;
        page.press(texts::BY_SMS).await?;
        reaches(page, texts::RECOVERY_CODE).await?;
        let first = org.code_in_message(PERSON.login, 1).await?;
        crate::prove(page, &another_code(&first)).await?;
        is_told(page, texts::WRONG_CODE).await?;
        page.holds_back(texts::RESEND_CODE_IN).await?;
        time_passes(journey, Duration::from_secs(31)).await?;
        page.press(texts::RESEND_CODE).await?;
        let second = org.code_in_message(PERSON.login, 2).await?;
        page.sees(texts::CODE_RESENT).await?;
        page.has_focus().await?;
        crate::prove(page, &second).await?;
        answers_and_chooses(page).await
    })
    .await;
}

#[tokio::test]
async fn by_a_call() {
    journey("recovery-call", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        forgets(page, PERSON.login).await?;
        page.press(texts::BY_CALL).await?;
        reaches(page, texts::RECOVERY_CODE).await?;
        let code = org.code_in_message(PERSON.login, 1).await?;
        assert_eq!(code.len(), 5);
        crate::prove(page, &code).await?;
        answers_and_chooses(page).await
    })
    .await;
}

/// What is said to someone, with the name taken out.
async fn is_answered(page: &Page, login: &str, way: &str, heading: &str) -> Result<String> {
    forgets(page, login).await?;
    page.press(way).await?;
    reaches(page, heading).await?;
    Ok(page.text().await?.replace(login, "NAME"))
}

#[tokio::test]
async fn a_name_that_nobody_has_gets_the_same_answer() {
    journey("recovery-unknown", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        for (way, heading) in [
            (texts::BY_EMAIL, texts::RECOVERY_MAIL),
            (texts::BY_SMS, texts::RECOVERY_CODE),
            (texts::BY_CALL, texts::RECOVERY_CODE),
        ] {
            let known = is_answered(page, PERSON.login, way, heading).await?;
            let unknown = is_answered(page, "nobody.at.all", way, heading).await?;
            assert_eq!(known, unknown);
        }
        page.fill(texts::CODE, "12345").await?;
        page.press(texts::VERIFY).await?;
        is_told(page, texts::WRONG_CODE).await?;
        assert_eq!(org.messages_to("nobody.at.all").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_a_name_it_is_asked_for() {
    journey("recovery-nameless", async |journey| {
        let page = &journey.page;
        forgets(page, "").await?;
        page.press(texts::BY_EMAIL).await?;
        is_told(page, "Enter your username.").await?;
        page.focus_is_on(texts::USERNAME).await?;
        page.press(texts::START_OVER).await?;
        reaches(page, texts::START).await
    })
    .await;
}
