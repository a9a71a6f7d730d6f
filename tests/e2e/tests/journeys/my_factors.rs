//! Factor management on the page after sign-in: add, test, remove, through the backend hook.

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Capability, Clock, Journey, Setup, Touch, journey_with};

use crate::registration::WITH_HOOK;
use crate::{expect_message, expect_step, start_sign_in, texts, users, verify_by_message, verify_code};

const SETUP: Setup<'_> = Setup { clock: Clock::Real, ..WITH_HOOK };
const USER: users::User = users::THREE_FACTORS;
const KEY: &str = "a security key or biometric";

/// Signs in, and waits for the list.
async fn arrives(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    start_sign_in(page, USER).await?;
    page.expect_heading(texts::SMS).await?;
    verify_by_message(page, &journey.org, USER, 1).await?;
    page.expect_heading(texts::MY_FACTORS).await?;
    page.expect_button("Remove Google Authenticator").await
}

/// Opens the list of what can be added, which needs a fresh proof by a factor.
async fn begins_to_add(journey: &Journey) -> Result<()> {
    journey.page.press(texts::ADD_FACTOR).await?;
    proves(journey).await?;
    expect_step(&journey.page, texts::ADD_FACTOR_TITLE).await
}

/// The step for a fresh proof; the app proves.
async fn proves(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    expect_step(page, texts::VOUCH).await?;
    assert!(!page.has_field_now(texts::PASSWORD).await?, "a password is no proof for who has a factor");
    page.press(texts::CHOOSE_GOOGLE).await?;
    expect_step(page, texts::GOOGLE).await?;
    verify_code(page, &journey.org.authenticator_code(USER.login, "GOOGLE").await?).await
}

#[tokio::test]
async fn each_factor_can_be_tested() {
    journey_with("my-factors-test", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, org) = (&journey.page, &journey.org);
        arrives(journey).await?;
        page.press("Test Google Authenticator").await?;
        expect_step(page, texts::GOOGLE).await?;
        let code = org.authenticator_code(USER.login, "GOOGLE").await?;
        verify_code(page, &crate::different_code(&code)).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        verify_code(page, &code).await?;
        expect_message(page, texts::FACTOR_WORKS).await?;

        page.press_starting_with("Test a security question").await?;
        expect_step(page, texts::QUESTION).await?;
        page.fill(users::QUESTION, users::ANSWER).await?;
        page.press(texts::VERIFY).await?;
        expect_message(page, texts::FACTOR_WORKS).await?;

        // The sign-in has just used one: it is said what to wait for.
        page.press_starting_with("Test text messages").await?;
        expect_message(page, texts::CODE_SENT_BEFORE).await?;
        org.advance_clock(Duration::from_secs(31)).await?;
        page.press_starting_with("Test text messages").await?;
        expect_step(page, texts::SMS).await?;
        verify_code(page, &org.code_in_message(USER.login, 2).await?).await?;
        expect_message(page, texts::FACTOR_WORKS).await
    })
    .await;
}

#[tokio::test]
async fn a_security_key_is_added_and_tested() {
    journey_with("my-factors-key", SETUP, async |journey| {
        let page = &journey.page;
        let _key = page.browser.plug_in(Touch::Yes).await?;
        arrives(journey).await?;
        begins_to_add(journey).await?;
        page.press(&format!("Set up {KEY}")).await?;
        expect_message(page, texts::FACTOR_ADDED).await?;
        page.press_starting_with(&format!("Test {KEY}")).await?;
        expect_message(page, texts::FACTOR_WORKS).await
    })
    .await;
}

#[tokio::test]
async fn a_factor_is_removed_after_a_fresh_proof() {
    journey_with("my-factors-remove", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let page = &journey.page;
        arrives(journey).await?;
        page.press_starting_with("Remove a security question").await?;
        expect_step(page, "Remove a security question?").await?;
        page.press("Remove").await?;
        proves(journey).await?;
        expect_step(page, texts::MY_FACTORS).await?;
        expect_message(page, texts::FACTOR_REMOVED).await?;
        assert!(!page.text().await?.contains("Security question"));
        // The proof is still fresh.
        page.press_starting_with("Remove text messages").await?;
        page.press("Remove").await?;
        expect_message(page, texts::FACTOR_REMOVED).await
    })
    .await;
}

#[tokio::test]
async fn an_unfinished_enrollment_can_be_finished_or_cancelled() {
    journey_with("my-factors-unfinished", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, org) = (&journey.page, &journey.org);
        arrives(journey).await?;
        begins_to_add(journey).await?;
        page.press("Set up email").await?;
        expect_step(page, "Set up email").await?;
        page.press(texts::SEND_CODE).await?;
        expect_message(page, "Enter an email address like name@example.com.").await?;
        page.fill(texts::EMAIL_ADDRESS, "jeff@example.com").await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_field(texts::CODE).await?;
        page.press(texts::BACK).await?;
        expect_step(page, texts::MY_FACTORS).await?;
        page.press_starting_with("Finish setting up email").await?;
        crate::activate(page, &org.code_in_message(USER.login, 2).await?).await?;
        expect_message(page, texts::FACTOR_ADDED).await
    })
    .await;
}

#[tokio::test]
async fn a_password_is_the_proof_of_who_has_no_factor() {
    journey_with("my-factors-password", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        start_sign_in(page, user).await?;
        page.expect_heading(texts::MY_FACTORS).await?;
        page.press(texts::ADD_FACTOR).await?;
        expect_step(page, texts::VOUCH).await?;
        page.fill(texts::PASSWORD, "not the password").await?;
        page.press(texts::CONTINUE).await?;
        expect_message(page, texts::PROOF_WRONG).await?;
        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::CONTINUE).await?;
        expect_step(page, texts::ADD_FACTOR_TITLE).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        expect_step(page, texts::ENROLL_GOOGLE).await?;
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        crate::activate(page, &journey.org.authenticator_code_for(user.login, &secret).await?).await?;
        expect_message(page, texts::FACTOR_ADDED).await
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_with_a_second_factor_needs_no_hook() {
    journey_with("my-factors-hook-down", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        journey.hook()?.stop().await?;
        let page = &journey.page;
        start_sign_in(page, USER).await?;
        page.expect_heading(texts::SMS).await?;
        verify_by_message(page, &journey.org, USER, 1).await?;
        crate::expect_landing_page(page, USER).await?;
        page.expect_message(texts::UNREACHABLE).await?;
        // The hook has no session of this sign-in.
        journey.hook()?.restart().await?;
        journey.page.press(texts::RETRY).await?;
        expect_step(&journey.page, texts::SIGNED_OUT_HERE).await
    })
    .await;
}

#[tokio::test]
async fn all_sessions_end_with_one_press() {
    journey_with("my-factors-out-everywhere", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let page = &journey.page;
        arrives(journey).await?;
        page.press(texts::SIGN_OUT_EVERYWHERE).await?;
        expect_step(page, texts::SIGNED_OUT_HERE).await?;
        expect_message(page, texts::SIGNED_OUT).await?;
        page.reload().await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn after_sign_out_a_link_leads_to_sign_in() {
    journey_with("my-factors-out", SETUP, async |journey| {
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        let page = &journey.page;
        arrives(journey).await?;
        // The first of the two is the page's own button.
        page.press(texts::SIGN_OUT).await?;
        expect_step(page, texts::SIGNED_OUT_HERE).await?;
        expect_message(page, texts::SIGNED_OUT).await?;
        page.reload().await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}
