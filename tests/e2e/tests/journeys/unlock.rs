//! Locked accounts: reported if the policy allows it; unlocked by email, SMS and voice call.

use anyhow::Result;
use okta_e2e::{Page, journey};

use crate::{
    expect_landing_page, expect_message, expect_no_token_in_address, expect_step, open_start, start_sign_in,
    submit_password, texts, users,
};

const USER: users::User = users::LOCKED;

/// Sees that the account is locked, and opens the unlock form.
async fn open_unlock(page: &Page, user: users::User) -> Result<()> {
    start_sign_in(page, user).await?;
    expect_message(page, texts::LOCKED_OUT).await?;
    page.press(texts::UNLOCK).await?;
    expect_step(page, texts::RECOVER_UNLOCK).await?;
    assert_eq!(page.value(texts::USERNAME).await?, user.login);
    Ok(())
}

/// Answers the question, sees that the account is unlocked, and signs in.
async fn answer_and_sign_in(page: &Page) -> Result<()> {
    expect_step(page, texts::RECOVERY_QUESTION).await?;
    page.fill(users::LOCKED_QUESTION, users::LOCKED_ANSWER).await?;
    page.press(texts::CONTINUE).await?;
    expect_step(page, texts::START).await?;
    page.expect_text(texts::UNLOCKED).await?;
    submit_password(page, USER).await?;
    expect_landing_page(page, USER).await
}

#[tokio::test]
async fn by_an_email_link() {
    journey("unlock-mail", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_unlock(page, USER).await?;
        page.press(texts::BY_EMAIL).await?;
        expect_step(page, texts::RECOVERY_MAIL).await?;
        let link = org.link_in_message(USER.login, 1).await?;
        page.open(&link).await?;
        expect_step(page, texts::RECOVERY_QUESTION).await?;
        expect_no_token_in_address(page).await?;
        answer_and_sign_in(page).await
    })
    .await;
}

#[tokio::test]
async fn by_an_email_link_without_a_question() {
    journey("unlock-mail-alone", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::LOCKED_EMAIL_ONLY;
        open_unlock(page, user).await?;
        page.press(texts::BY_EMAIL).await?;
        expect_step(page, texts::RECOVERY_MAIL).await?;
        let link = org.link_in_message(user.login, 1).await?;
        page.open(&link).await?;
        expect_step(page, texts::START).await?;
        page.expect_text(texts::UNLOCKED).await?;
        submit_password(page, user).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn by_sms() {
    journey("unlock-sms", async |journey| by_code(&journey.page, &journey.org, texts::BY_SMS).await).await;
}

#[tokio::test]
async fn by_voice_call() {
    journey("unlock-call", async |journey| by_code(&journey.page, &journey.org, texts::BY_CALL).await).await;
}

async fn by_code(page: &Page, org: &okta_e2e::Org, way: &str) -> Result<()> {
    open_unlock(page, USER).await?;
    page.press(way).await?;
    expect_step(page, texts::RECOVERY_CODE).await?;
    let code = org.code_in_message(USER.login, 1).await?;
    crate::verify_code(page, &code).await?;
    answer_and_sign_in(page).await
}

#[tokio::test]
async fn from_the_start_page() {
    journey("unlock-start", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        // It is offered where it may help: after a refusal, which may mean a locked account.
        assert!(!page.has_button_now(texts::UNLOCK).await?);
        submit_password(page, users::User { password: "not the password", ..users::PASSWORD_ONLY }).await?;
        page.press(texts::UNLOCK).await?;
        expect_step(page, texts::RECOVER_UNLOCK).await?;
        page.press(texts::START_OVER).await?;
        expect_step(page, texts::START).await
    })
    .await;
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_an_admin_to_unlock() {
    journey("locked-for-good", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::PASSWORD_ONLY;
        let policy = serde_json::json!({ "passwordPolicy": "shows-lockout-without-help" });
        org.change_user(user.login, policy).await?;
        for _ in 0..4 {
            start_sign_in(page, users::User { password: "wrong", ..user }).await?;
            expect_message(page, texts::WRONG_CREDENTIALS).await?;
        }
        start_sign_in(page, users::User { password: "wrong", ..user }).await?;
        expect_message(page, texts::LOCKED_OUT).await?;
        // The right one does not help any more.
        start_sign_in(page, user).await?;
        expect_message(page, texts::LOCKED_OUT).await?;
        start_sign_in(page, users::LOCKED_ADMIN_ONLY).await?;
        expect_message(page, texts::LOCKED_OUT).await
    })
    .await;
}

#[tokio::test]
async fn a_denial_by_policy_shows_the_orgs_error() {
    journey("denied", async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::DENIED).await?;
        expect_message(page, texts::WRONG_CREDENTIALS).await?;
        start_sign_in(page, users::DENIED_OPENLY).await?;
        expect_message(page, texts::DENIED).await
    })
    .await;
}
