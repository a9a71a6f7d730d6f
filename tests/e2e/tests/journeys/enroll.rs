//! Enrolling a factor during sign-in, and using it in the next sign-in.

use anyhow::ensure;
use okta_e2e::journey;

use crate::{
    different_code, expect_error, expect_landing_page, expect_message, expect_step, sign_in_to,
    sign_out_on_landing_page, start_sign_in, texts, users,
};

const USER: users::User = users::MUST_ENROLL;

#[tokio::test]
async fn enroll_google_authenticator_and_use_it() {
    journey("enroll-google", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::ENROLL).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        page.expect_heading(texts::ENROLL_GOOGLE).await?;
        let images = page.images().await?;
        assert!(images.iter().any(|text| text.starts_with(texts::QR_CODE)), "{images:?}");

        // The app computes codes from the secret that the page shows.
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        let code = org.authenticator_code_for(USER.login, &secret).await?;
        page.press(texts::COPY_KEY).await?;
        page.expect_text(texts::KEY_COPIED).await?;

        crate::activate(page, &different_code(&code)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::WRONG_CODE), "{alert}");
        crate::activate(page, &code).await?;
        finish(page).await?;
        expect_landing_page(page, USER).await?;
        sign_out_on_landing_page(page).await?;

        start_sign_in(page, USER).await?;
        page.expect_heading(texts::GOOGLE).await?;
        // Every code works once; the next one comes with the next time step.
        org.advance_clock(std::time::Duration::from_secs(30)).await?;
        let code = org.authenticator_code_for(USER.login, &secret).await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

/// Finishes the list of further factors, if the org shows it again.
pub(crate) async fn finish(page: &okta_e2e::Page) -> anyhow::Result<()> {
    okta_e2e::wait_until("the list of factors or the landing page", async || {
        let headings = page.headings().await?;
        if headings.iter().any(|heading| heading == texts::LANDED) {
            return Ok(Some(()));
        }
        if headings.iter().any(|heading| heading == texts::ENROLL) {
            return page.press(texts::FINISH).await.map(Some);
        }
        // A transaction that was resumed, and whose factor was proved elsewhere.
        if headings.iter().any(|heading| heading.starts_with(texts::CONTINUE_AS)) {
            return page.press(texts::CONTINUE).await.map(Some);
        }
        Ok(None)
    })
    .await
}

const ENROLL_QUESTION: &str = "Set up a security question";
const LISTED_QUESTION: &str = "What was your dream job as a child?";

#[tokio::test]
async fn required_then_optional_then_finish() {
    journey("enroll-several", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MUST_ENROLL_ONE_OF_SEVERAL;
        sign_in_to(page, user, texts::ENROLL).await?;
        let headings = page.headings().await?;
        ensure!([texts::REQUIRED, texts::OPTIONAL].iter().all(|one| headings.iter().any(|h| h == one)), "{headings:?}");
        page.expect_text("1 required method left").await?;
        for name in [texts::SKIP, texts::FINISH] {
            ensure!(!page.has_button_now(name).await?, "a required enrollment cannot be skipped");
        }
        page.press(ENROLL_QUESTION).await?;
        expect_step(page, ENROLL_QUESTION).await?;
        page.select(texts::QUESTION_LIST, LISTED_QUESTION).await?;
        page.fill(texts::NEW_ANSWER, "abc").await?;
        page.press(texts::SET_UP).await?;
        expect_error(page).await?;
        page.fill(texts::NEW_ANSWER, "Marathon runner").await?;
        page.press(texts::SET_UP).await?;

        expect_step(page, texts::ENROLL).await?;
        ensure!(!page.text().await?.contains("left"), "what is optional is no debt");
        page.press("Set up email").await?;
        expect_step(page, "Set up email").await?;
        let code = org.code_in_message(user.login, 1).await?;
        crate::activate(page, &code).await?;
        expect_step(page, texts::ENROLL).await?;
        page.press(texts::FINISH).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        sign_in_to(page, user, texts::QUESTION).await?;
        page.fill(LISTED_QUESTION, "Marathon runner").await?;
        page.press(texts::VERIFY).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_custom_security_question() {
    journey("enroll-own-question", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::MAY_ENROLL_EVERYTHING;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.press(ENROLL_QUESTION).await?;
        expect_step(page, ENROLL_QUESTION).await?;
        page.select(texts::QUESTION_LIST, texts::OWN_QUESTION).await?;
        page.fill(texts::NEW_ANSWER, "In the lecture hall").await?;
        page.press(texts::SET_UP).await?;
        expect_message(page, "Enter a question.").await?;
        page.fill(texts::OWN_QUESTION_TEXT, "Where did we meet?").await?;
        page.press(texts::SET_UP).await?;
        finish(page).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        org.change_user(user.login, serde_json::json!({ "signOn": "default" })).await?;
        sign_in_to(page, user, texts::QUESTION).await?;
        page.fill("Where did we meet?", "in the lecture hall").await?;
        page.press(texts::VERIFY).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn optional_enrollment_can_be_skipped() {
    journey("enroll-skip", async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::MAY_ENROLL, texts::ENROLL).await?;
        page.press(texts::SKIP).await?;
        expect_landing_page(page, users::MAY_ENROLL).await
    })
    .await;
}

#[tokio::test]
async fn required_enrollment_can_be_skipped_in_the_grace_period() {
    journey("enroll-grace", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::IN_GRACE;
        sign_in_to(page, user, texts::ENROLL).await?;
        page.expect_text(texts::GRACE).await?;
        page.press(texts::SKIP).await?;
        expect_landing_page(page, user).await?;
        sign_out_on_landing_page(page).await?;

        org.advance_clock(std::time::Duration::from_hours(8 * 24)).await?;
        sign_in_to(page, user, texts::ENROLL).await?;
        ensure!(!page.has_button_now(texts::SKIP).await?, "the week is over");
        Ok(())
    })
    .await;
}
