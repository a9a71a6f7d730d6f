//! Password recovery by email, SMS and voice call, with the question, up to the new password. The page does not
//! reveal whether a user exists.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey, journey_with};

use crate::{
    ADJUSTABLE, advance_clocks, different_code, expect_landing_page, expect_message, expect_no_token_in_address,
    expect_step, open_start, sign_out_on_landing_page, submit_password, texts, users,
};

const USER: users::User = users::RECOVERS;
const NEW: users::User = users::User { password: "Hampton1921", ..USER };

/// From the start page to the recovery form.
async fn open_recovery(page: &Page, login: &str) -> Result<()> {
    open_start(page).await?;
    page.fill(texts::USERNAME, login).await?;
    page.press(texts::FORGOT).await?;
    expect_step(page, texts::RECOVER).await?;
    assert_eq!(page.value(texts::USERNAME).await?, login, "the user name is kept");
    Ok(())
}

/// Answers the question, sets a new password, and is signed in.
async fn answer_and_set_password(page: &Page) -> Result<()> {
    expect_step(page, texts::RECOVERY_QUESTION).await?;
    page.fill(users::RECOVERY_QUESTION, users::RECOVERY_ANSWER).await?;
    page.press(texts::CONTINUE).await?;
    expect_step(page, texts::PASSWORD_RESET).await?;
    ensure!(!page.has_field_now(texts::OLD_PASSWORD).await?, "it was forgotten");
    page.fill(texts::NEW_PASSWORD, NEW.password).await?;
    page.fill(texts::NEW_PASSWORD_AGAIN, NEW.password).await?;
    page.press(texts::SET_PASSWORD).await?;
    expect_landing_page(page, USER).await
}

#[tokio::test]
async fn by_an_email_link() {
    journey("recovery-mail", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_recovery(page, USER.login).await?;
        page.press(texts::BY_EMAIL).await?;
        expect_step(page, texts::RECOVERY_MAIL).await?;
        page.expect_text(USER.login).await?;
        let link = org.link_in_message(USER.login, 1).await?;

        page.open(&link).await?;
        expect_step(page, texts::RECOVERY_QUESTION).await?;
        expect_no_token_in_address(page).await?;
        page.fill(users::RECOVERY_QUESTION, "Hampton").await?;
        page.press(texts::CONTINUE).await?;
        expect_message(page, texts::WRONG_ANSWER).await?;
        page.fill(users::RECOVERY_QUESTION, users::RECOVERY_ANSWER).await?;
        page.press(texts::CONTINUE).await?;

        expect_step(page, texts::PASSWORD_RESET).await?;
        page.fill(texts::NEW_PASSWORD, "jackson").await?;
        page.expect_text(&format!("have at least 8 characters, {}", texts::UNMET)).await?;
        page.expect_text(&format!("not contain your username, {}", texts::UNMET)).await?;
        page.fill(texts::NEW_PASSWORD, NEW.password).await?;
        page.expect_text(&format!("have at least 8 characters, {}", texts::MET)).await?;
        page.expect_text(&format!("not contain your username, {}", texts::MET)).await?;
        page.fill(texts::NEW_PASSWORD_AGAIN, "Hampton1922").await?;
        page.press(texts::SET_PASSWORD).await?;
        expect_message(page, texts::PASSWORD_MISMATCH).await?;
        page.fill(texts::NEW_PASSWORD, NEW.password).await?;
        page.fill(texts::NEW_PASSWORD_AGAIN, NEW.password).await?;
        page.check(texts::REVOKE).await?;
        page.press(texts::SET_PASSWORD).await?;
        expect_landing_page(page, USER).await?;
        sign_out_on_landing_page(page).await?;

        page.open(&link).await?;
        expect_step(page, texts::START).await?;
        page.expect_text(texts::LINK_SPENT).await?;
        page.expect_button(texts::RECOVER).await?;
        expect_no_token_in_address(page).await?;
        submit_password(page, NEW).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn by_sms_with_a_wrong_code_and_a_resend() {
    journey_with("recovery-sms", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_recovery(page, USER.login).await?;
        page.press(texts::BY_SMS).await?;
        expect_step(page, texts::RECOVERY_CODE).await?;
        let first = org.code_in_message(USER.login, 1).await?;
        crate::verify_code(page, &different_code(&first)).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        page.expect_disabled(texts::RESEND_CODE_IN).await?;
        advance_clocks(journey, Duration::from_secs(31)).await?;
        page.press(texts::RESEND_CODE).await?;
        let second = org.code_in_message(USER.login, 2).await?;
        page.expect_text(texts::CODE_RESENT).await?;
        page.expect_focus().await?;
        crate::verify_code(page, &second).await?;
        answer_and_set_password(page).await
    })
    .await;
}

#[tokio::test]
async fn by_email_where_no_text_message_comes() {
    journey("recovery-sms-mail", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_recovery(page, USER.login).await?;
        page.press(texts::BY_SMS).await?;
        expect_step(page, texts::RECOVERY_CODE).await?;
        page.expect_text("we sent it a text message").await?;
        page.press(texts::BY_EMAIL_INSTEAD).await?;
        expect_step(page, texts::RECOVERY_MAIL).await?;
        page.open(&org.link_in_message(USER.login, 2).await?).await?;
        answer_and_set_password(page).await
    })
    .await;
}

#[tokio::test]
async fn by_voice_call() {
    journey("recovery-call", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_recovery(page, USER.login).await?;
        page.press(texts::BY_CALL).await?;
        expect_step(page, texts::RECOVERY_CODE).await?;
        let code = org.code_in_message(USER.login, 1).await?;
        assert_eq!(code.len(), 5);
        crate::verify_code(page, &code).await?;
        answer_and_set_password(page).await
    })
    .await;
}

/// The message for a user, with the name removed.
async fn recovery_message(page: &Page, login: &str, way: &str, heading: &str) -> Result<String> {
    open_recovery(page, login).await?;
    page.press(way).await?;
    expect_step(page, heading).await?;
    Ok(page.text().await?.replace(login, "NAME"))
}

#[tokio::test]
async fn an_unknown_user_name_has_the_same_response() {
    journey("recovery-unknown", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        for (way, heading) in [
            (texts::BY_EMAIL, texts::RECOVERY_MAIL),
            (texts::BY_SMS, texts::RECOVERY_CODE),
            (texts::BY_CALL, texts::RECOVERY_CODE),
        ] {
            let known = recovery_message(page, USER.login, way, heading).await?;
            let unknown = recovery_message(page, "nobody.at.all", way, heading).await?;
            assert_eq!(known, unknown);
        }
        page.fill(texts::CODE, "12345").await?;
        page.press(texts::VERIFY).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        assert_eq!(org.messages_to("nobody.at.all").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_missing_user_name_is_requested() {
    journey("recovery-nameless", async |journey| {
        let page = &journey.page;
        open_recovery(page, "").await?;
        page.press(texts::BY_EMAIL).await?;
        expect_message(page, "Enter your username.").await?;
        page.expect_focus_on(texts::USERNAME).await?;
        page.press(texts::START_OVER).await?;
        expect_step(page, texts::START).await
    })
    .await;
}
