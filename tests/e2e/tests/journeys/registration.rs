//! Registration through the backend hook, followed by sign-in; and errors of the input or of the hook.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Capability, Clock, Journey, Setup, journey_with};
use serde_json::Value;

use crate::users::User;
use crate::{
    expect_message, expect_step, open_start, sign_out_on_landing_page, submit_password, texts, users, verify_by_message,
};

/// A page with a hook.
pub(crate) const WITH_HOOK: Setup<'_> = Setup { hook: true, ..crate::ADJUSTABLE };
const USUAL_CLOCK: Setup<'_> = Setup { clock: Clock::Real, ..WITH_HOOK };

/// The user who registers.
pub(crate) const BRUCE: User = User { login: "bruce.banner@example.com", password: "Gamma-Ray-1962" };
/// The login in the org's outbox.
pub(crate) const BRUCE_SHORT: &str = "bruce.banner";
pub(crate) const NUMBER: &str = "4155550142";
const GROUPS: [&str; 2] = ["00g11eyizklnBxpN42p7", "00g11dsz2ebabDtTI2p7"];

/// Opens the form.
pub(crate) async fn open_form(journey: &Journey) -> Result<()> {
    open_start(&journey.page).await?;
    journey.page.press(texts::SIGN_UP).await?;
    expect_step(&journey.page, texts::REGISTER).await?;
    journey.page.expect_field(texts::EMAIL_ADDRESS).await
}

/// Fills in and submits the form.
pub(crate) async fn submit_form(journey: &Journey, number: Option<&str>, password: &str) -> Result<()> {
    let page = &journey.page;
    for (label, text) in [
        (texts::FIRST_NAME, "Bruce"),
        (texts::LAST_NAME, "Banner"),
        (texts::EMAIL_ADDRESS, BRUCE.login),
        (texts::PASSWORD, password),
    ] {
        page.fill(label, text).await?;
    }
    if let Some(number) = number {
        page.select(texts::COUNTRY, texts::UNITED_STATES).await?;
        page.fill(texts::MOBILE_PHONE, number).await?;
    }
    page.press(texts::CREATE_ACCOUNT).await
}

/// Registers with a phone, and verifies it.
pub(crate) async fn register(journey: &Journey) -> Result<()> {
    open_form(journey).await?;
    submit_form(journey, Some(NUMBER), BRUCE.password).await?;
    expect_step(&journey.page, texts::SMS).await?;
    let by_phone = User { login: BRUCE_SHORT, ..BRUCE };
    verify_by_message(&journey.page, &journey.org, by_phone, 1).await?;
    journey.page.expect_heading(texts::LANDED).await?;
    journey.page.expect_text(BRUCE.login).await
}

/// Whether the user is in a group, according to the org.
async fn is_member(journey: &Journey, group: &str) -> Result<bool> {
    let url = format!("{}/api/v1/groups/{group}/users", journey.org.address());
    let asked = reqwest::Client::new().get(url).header("Authorization", "SSWS emulator-api-token");
    let users: Vec<Value> = asked.send().await?.error_for_status()?.json().await?;
    Ok(users.iter().any(|user| user["profile"]["login"] == BRUCE.login))
}

#[tokio::test]
async fn register_and_enroll_a_second_factor() {
    journey_with("sign-up", USUAL_CLOCK, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        register(journey).await?;
        for group in GROUPS {
            ensure!(is_member(journey, group).await?, "he is not in {group}");
        }
        // The list of factors needs a session of the hook.
        journey.needs(Capability::SecureCookiesOfLocalhost)?;
        page.expect_heading(texts::MY_FACTORS).await?;
        page.expect_text("+1 XXX-XXX-0142").await?;

        // Text messages are sent every 30 seconds at most.
        org.advance_clock(Duration::from_secs(31)).await?;
        page.press(texts::ADD_FACTOR).await?;
        expect_step(page, texts::VOUCH).await?;
        page.press_starting_with("Text message").await?;
        expect_step(page, texts::SMS).await?;
        crate::verify_code(page, &org.code_in_message(BRUCE_SHORT, 2).await?).await?;
        expect_step(page, texts::ADD_FACTOR_TITLE).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        expect_step(page, texts::ENROLL_GOOGLE).await?;
        let images = page.images().await?;
        ensure!(images.iter().any(|text| text.starts_with(texts::QR_CODE)), "{images:?}");
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        crate::activate(page, &org.authenticator_code_for(BRUCE_SHORT, &secret).await?).await?;
        expect_step(page, texts::MY_FACTORS).await?;
        expect_message(page, texts::FACTOR_ADDED).await?;
        page.expect_button("Remove Google Authenticator").await?;

        sign_out_on_landing_page(page).await?;
        org.advance_clock(Duration::from_mins(1)).await?;
        open_start(page).await?;
        submit_password(page, BRUCE).await?;
        expect_step(page, texts::SMS).await?;
        crate::choose_factor(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        crate::verify_code(page, &org.authenticator_code(BRUCE_SHORT, "GOOGLE").await?).await?;
        page.expect_heading(texts::LANDED).await?;
        page.expect_button("Remove Google Authenticator").await
    })
    .await;
}

#[tokio::test]
async fn a_login_that_is_taken() {
    journey_with("sign-up-taken", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        register(journey).await?;
        sign_out_on_landing_page(page).await?;
        open_form(journey).await?;
        submit_form(journey, None, BRUCE.password).await?;
        page.expect_text(texts::TAKEN).await?;
        page.expect_focus_on(texts::EMAIL_ADDRESS).await?;
        // The sign-in form has the email address.
        page.press(texts::BACK_TO_SIGN_IN).await?;
        expect_step(page, texts::START).await?;
        assert_eq!(page.value(texts::USERNAME).await?, BRUCE.login);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_user_name_that_is_no_email_address() {
    journey_with("sign-up-username", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        let green = User { login: "green.giant", ..BRUCE };
        open_form(journey).await?;
        assert_eq!(page.field_attribute(texts::OWN_USERNAME, "autocomplete").await?.as_deref(), Some("username"));
        page.fill(texts::OWN_USERNAME, green.login).await?;
        submit_form(journey, None, BRUCE.password).await?;
        // The sign-in that follows uses the name that was created. The groups offer to set up a factor.
        page.expect_text(green.login).await?;
        open_start(page).await?;
        submit_password(page, green).await?;
        page.expect_text(green.login).await?;
        // Somebody else may not have the same one.
        open_form(journey).await?;
        page.fill(texts::OWN_USERNAME, green.login).await?;
        submit_form(journey, None, BRUCE.password).await?;
        page.expect_text(texts::TAKEN).await?;
        page.expect_focus_on(texts::OWN_USERNAME).await?;
        // Left empty, it is the email address.
        page.fill(texts::OWN_USERNAME, "").await?;
        submit_form(journey, None, BRUCE.password).await?;
        page.expect_text(BRUCE.login).await
    })
    .await;
}

#[tokio::test]
async fn a_weak_password_and_its_rules() {
    journey_with("sign-up-weak", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        open_form(journey).await?;
        page.fill(texts::PASSWORD, "abc").await?;
        page.expect_text("have at least 8 characters, not met yet").await?;
        page.fill(texts::PASSWORD, "abcdefgh").await?;
        page.expect_text("have at least 8 characters, met").await?;
        submit_form(journey, None, "abcdefgh").await?;
        page.expect_text(texts::PASSWORD_REFUSED).await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        assert_eq!(page.value(texts::EMAIL_ADDRESS).await?, BRUCE.login);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_invalid_phone_number_and_empty_fields() {
    journey_with("sign-up-number", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        open_form(journey).await?;
        page.press(texts::CREATE_ACCOUNT).await?;
        page.expect_text(texts::FILL_IN).await?;
        page.expect_focus_on(texts::FIRST_NAME).await?;
        crate::phone::expect_rules(page).await?;
        submit_form(journey, Some("12"), BRUCE.password).await?;
        page.expect_text(texts::TOO_SHORT).await?;
        page.expect_focus_on(texts::MOBILE_PHONE).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, BRUCE.password, "it was not at fault");
        page.fill(texts::MOBILE_PHONE, NUMBER).await?;
        page.press(texts::CREATE_ACCOUNT).await?;
        expect_step(page, texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_that_is_down() {
    journey_with("hook-down", USUAL_CLOCK, async |journey| {
        journey.hook()?.stop().await?;
        open_start(&journey.page).await?;
        journey.page.press(texts::SIGN_UP).await?;
        expect_message(&journey.page, texts::UNREACHABLE).await?;
        journey.hook()?.restart().await?;
        journey.page.press(texts::RETRY).await?;
        journey.page.expect_field(texts::EMAIL_ADDRESS).await?;
        journey.hook()?.stop().await?;
        submit_form(journey, None, BRUCE.password).await?;
        expect_message(&journey.page, texts::UNREACHABLE).await?;
        assert_eq!(journey.page.value(texts::EMAIL_ADDRESS).await?, BRUCE.login);
        // Sign-in works without the hook.
        journey.page.press(texts::BACK_TO_SIGN_IN).await?;
        expect_step(&journey.page, texts::START).await?;
        submit_password(&journey.page, users::PASSWORD_ONLY).await?;
        crate::expect_landing_page(&journey.page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_that_is_slow() {
    journey_with("hook-slow", WITH_HOOK, async |journey| {
        journey.hook()?.pause().await?;
        open_start(&journey.page).await?;
        journey.page.press(texts::SIGN_UP).await?;
        journey.page.expect_text(texts::FORM_AWAITED).await?;
        journey.page.browser.advance_clock(Duration::from_secs(13)).await?;
        expect_message(&journey.page, texts::NO_ANSWER).await?;
        journey.hook()?.resume().await?;
        journey.page.press(texts::RETRY).await?;
        journey.page.expect_field(texts::EMAIL_ADDRESS).await?;

        // The hook is asked before it gets the session token: the sign-in goes on without it.
        journey.page.press(texts::BACK_TO_SIGN_IN).await?;
        journey.hook()?.pause().await?;
        submit_password(&journey.page, users::PASSWORD_ONLY).await?;
        journey.page.expect_text(texts::LEAVING).await?;
        journey.page.browser.advance_clock(Duration::from_secs(13)).await?;
        crate::expect_landing_page(&journey.page, users::PASSWORD_ONLY).await?;
        journey.hook()?.resume().await
    })
    .await;
}
