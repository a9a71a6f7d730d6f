//! A locked account: said where the policy lets it be said, and opened by mail, text message and call.

use anyhow::Result;
use okta_e2e::{Page, journey};

use crate::{begin, has_landed, is_told, no_token_in_address, open_start, people, reaches, submit_password, texts};

const PERSON: people::Person = people::LOCKED;

/// Is told to be locked out, and opens the form that asks for the way.
async fn is_locked_out(page: &Page, person: people::Person) -> Result<()> {
    begin(page, person).await?;
    is_told(page, texts::LOCKED_OUT).await?;
    page.press(texts::UNLOCK).await?;
    reaches(page, texts::RECOVER_UNLOCK).await?;
    assert_eq!(page.value(texts::USERNAME).await?, person.login);
    Ok(())
}

/// The question, the word that it is open, and the sign-in.
async fn answers_and_enters(page: &Page) -> Result<()> {
    reaches(page, texts::RECOVERY_QUESTION).await?;
    page.fill(people::LOCKED_QUESTION, people::LOCKED_ANSWER).await?;
    page.press(texts::CONTINUE).await?;
    reaches(page, texts::START).await?;
    page.sees(texts::UNLOCKED).await?;
    submit_password(page, PERSON).await?;
    has_landed(page, PERSON).await
}

#[tokio::test]
async fn by_the_link_of_a_mail() {
    journey("unlock-mail", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        is_locked_out(page, PERSON).await?;
        page.press(texts::BY_EMAIL).await?;
        reaches(page, texts::RECOVERY_MAIL).await?;
        let link = org.link_in_message(PERSON.login, 1).await?;
        page.open(&link).await?;
        reaches(page, texts::RECOVERY_QUESTION).await?;
        no_token_in_address(page).await?;
        answers_and_enters(page).await
    })
    .await;
}

#[tokio::test]
async fn by_the_link_of_a_mail_without_a_question() {
    journey("unlock-mail-alone", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::LOCKED_BY_MAIL;
        is_locked_out(page, person).await?;
        page.press(texts::BY_EMAIL).await?;
        reaches(page, texts::RECOVERY_MAIL).await?;
        let link = org.link_in_message(person.login, 1).await?;
        page.open(&link).await?;
        reaches(page, texts::START).await?;
        page.sees(texts::UNLOCKED).await?;
        submit_password(page, person).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn by_a_text_message() {
    journey("unlock-sms", async |journey| by_code(&journey.page, &journey.org, texts::BY_SMS).await).await;
}

#[tokio::test]
async fn by_a_call() {
    journey("unlock-call", async |journey| by_code(&journey.page, &journey.org, texts::BY_CALL).await).await;
}

async fn by_code(page: &Page, org: &okta_e2e::Org, way: &str) -> Result<()> {
    is_locked_out(page, PERSON).await?;
    page.press(way).await?;
    reaches(page, texts::RECOVERY_CODE).await?;
    let code = org.code_in_message(PERSON.login, 1).await?;
    crate::prove(page, &code).await?;
    answers_and_enters(page).await
}

#[tokio::test]
async fn from_the_start_page_unasked() {
    journey("unlock-start", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        page.press(texts::UNLOCK).await?;
        reaches(page, texts::RECOVER_UNLOCK).await?;
        page.press(texts::START_OVER).await?;
        reaches(page, texts::START).await
    })
    .await;
}

#[tokio::test]
async fn five_wrong_passwords_lock_and_an_admin_must_be_asked() {
    journey("locked-for-good", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::PASSWORD_ONLY;
        let policy = serde_json::json!({ "passwordPolicy": "shows-lockout-without-help" });
        org.change_user(person.login, policy).await?;
        for _ in 0..4 {
            begin(page, people::Person { password: "wrong", ..person }).await?;
            is_told(page, texts::WRONG_CREDENTIALS).await?;
        }
        begin(page, people::Person { password: "wrong", ..person }).await?;
        is_told(page, texts::LOCKED_OUT).await?;
        // The right one does not help any more.
        begin(page, person).await?;
        is_told(page, texts::LOCKED_OUT).await?;
        begin(page, people::LOCKED_FOR_GOOD).await?;
        is_told(page, texts::LOCKED_OUT).await
    })
    .await;
}

#[tokio::test]
async fn who_is_denied_by_policy_is_told_as_much_as_the_org_says() {
    journey("denied", async |journey| {
        let page = &journey.page;
        begin(page, people::DENIED).await?;
        is_told(page, texts::WRONG_CREDENTIALS).await?;
        begin(page, people::DENIED_OPENLY).await?;
        is_told(page, texts::DENIED).await
    })
    .await;
}
