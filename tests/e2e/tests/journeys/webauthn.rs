//! Security keys and biometrics, with WebDriver's virtual authenticators.

use anyhow::{Result, ensure};
use okta_e2e::{Journey, NewTransaction, SecurityKey, Touch, journey};
use serde_json::json;

use crate::{
    enroll, expect_landing_page, expect_message, expect_step, sign_in_to, sign_out_on_landing_page, start_sign_in,
    texts, users,
};

const USER: users::User = users::MUST_ENROLL_KEY;
const ENROLL_KEY: &str = "Set up a security key or biometric";
const ENROLL_ANOTHER: &str = "Add another: Security key or biometric";

/// Enrolls the connected key as the user's first one.
async fn enroll_key(journey: &Journey) -> Result<SecurityKey> {
    let page = &journey.page;
    let key = page.browser.plug_in(Touch::Yes).await?;
    sign_in_to(page, USER, texts::ENROLL).await?;
    page.press(ENROLL_KEY).await?;
    enroll::finish(page).await?;
    expect_landing_page(page, USER).await?;
    assert_eq!(page.browser.credentials_on(&key).await?, 1);
    Ok(key)
}

#[tokio::test]
async fn enroll_and_use_in_the_next_sign_in() {
    journey("webauthn", async |journey| {
        let page = &journey.page;
        let _key = enroll_key(journey).await?;
        sign_out_on_landing_page(page).await?;
        sign_in_to(page, USER, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn leave_a_pending_enrollment_and_enroll_later() {
    journey("webauthn-left", async |journey| {
        let page = &journey.page;
        let untouched = page.browser.plug_in(Touch::No).await?;
        sign_in_to(page, USER, texts::ENROLL).await?;
        page.press(ENROLL_KEY).await?;
        page.expect_text(texts::KEY_AWAITED).await?;
        page.expect_focus().await?;
        page.press(texts::BACK).await?;
        expect_step(page, texts::ENROLL).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new(), "leaving the step shows no error");
        page.browser.remove_key(untouched).await?;
        let _key = page.browser.plug_in(Touch::Yes).await?;
        page.press(ENROLL_KEY).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn refused_then_verified_with_the_right_key() {
    journey("webauthn-refused", async |journey| {
        let page = &journey.page;
        let key = enroll_key(journey).await?;
        sign_out_on_landing_page(page).await?;
        let own = page.browser.unplug(key).await?;
        let foreign = page.browser.plug_in(Touch::Yes).await?;
        sign_in_to(page, USER, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        // The browser reports an unknown key like a user who cancels.
        expect_message(page, texts::KEY_REFUSED).await?;
        page.browser.remove_key(foreign).await?;
        page.browser.plug_in_again(&own).await?;
        page.press(texts::KEY_TRY_AGAIN).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn two_keys_are_challenged_by_type() {
    let setup = okta_e2e::Setup { attributes: &[("multi-optional-factor-enroll", "")], ..okta_e2e::Setup::default() };
    okta_e2e::journey_with("webauthn-two", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let first = page.browser.plug_in(Touch::Yes).await?;
        sign_in_to(page, USER, texts::ENROLL).await?;
        page.press(ENROLL_KEY).await?;
        page.expect_button(ENROLL_ANOTHER).await?;
        // The same key cannot be enrolled twice.
        page.press(ENROLL_ANOTHER).await?;
        expect_message(page, texts::KEY_KNOWN).await?;
        page.browser.remove_key(first).await?;
        let _second = page.browser.plug_in(Touch::Yes).await?;
        page.press(texts::KEY_TRY_AGAIN).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, USER).await?;
        sign_out_on_landing_page(page).await?;

        sign_in_to(page, USER, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, USER).await?;
        let by_type = |line: &okta_e2e::RequestLine| line.path.ends_with("/factors/webauthn/verify");
        ensure!(org.requests().await?.iter().any(by_type), "the keys are not asked for one by one");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn unsupported_factors_are_reported() {
    journey("webauthn-gone", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let activate = NewTransaction { state: "MFA_ENROLL_ACTIVATE", ..NewTransaction::default() };
        let u2f = NewTransaction { factor: Some("fido_u2f"), ..activate };
        page.open(&org.transaction_url(users::MAY_ENROLL_EVERYTHING.login, u2f).await?).await?;
        expect_step(page, "Set up U2F security keys").await?;
        page.expect_text(texts::GONE).await?;
        page.press(texts::BACK).await?;
        expect_step(page, texts::ENROLL).await?;

        // Windows Hello with its API from before WebAuthn.
        let _key = enroll_key(journey).await?;
        sign_out_on_landing_page(page).await?;
        org.switch(json!({ "windowsHello": true })).await?;
        start_sign_in(page, USER).await?;
        expect_step(page, texts::KEY).await?;
        page.press(texts::CONTINUE).await?;
        page.expect_text(texts::GONE).await?;
        page.expect_focus().await?;
        let hello = NewTransaction { factor: Some("fido_webauthn"), ..activate };
        page.open(&org.transaction_url(users::MAY_ENROLL_EVERYTHING.login, hello).await?).await?;
        expect_step(page, "Set up Windows Hello").await?;
        page.expect_text(texts::GONE).await
    })
    .await;
}
