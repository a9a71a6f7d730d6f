//! The page is opened with the state token of a running transaction and resumes it, in any state.

use std::time::Duration;

use anyhow::Result;
use http::Method;
use okta_e2e::{Clock, Journey, NewTransaction, PhoneAction, Setup, Touch, journey, journey_with};

use crate::{
    ADJUSTABLE, continue_as, enroll, expect_landing_page, expect_message, expect_no_token_in_address, expect_step,
    open_before_code, open_start, start_sign_in, texts, users,
};

/// Opens the page with a transaction, and waits for this step.
async fn open_transaction(
    journey: &Journey,
    user: users::User,
    transaction: NewTransaction<'_>,
    heading: &str,
) -> Result<()> {
    let page = &journey.page;
    page.open(&journey.org.transaction_url(user.login, transaction).await?).await?;
    expect_step(page, heading).await?;
    expect_no_token_in_address(page).await
}

const fn state(state: &str) -> NewTransaction<'_> {
    NewTransaction { state, factor: None, result: None, app: None }
}

const fn factor<'a>(state: &'a str, factor: &'a str) -> NewTransaction<'a> {
    NewTransaction { state, factor: Some(factor), result: None, app: None }
}

#[tokio::test]
async fn any_state_is_resumed() {
    journey("resume-any", async |journey| {
        for (user, transaction, heading) in [
            (users::EXPIRING, state("PASSWORD_WARN"), texts::PASSWORD_WARNS),
            (users::EXPIRED, state("PASSWORD_EXPIRED"), texts::PASSWORD_EXPIRED),
            (users::RECOVERS, state("PASSWORD_RESET"), texts::PASSWORD_RESET),
            (users::RECOVERS, state("RECOVERY"), texts::RECOVERY_QUESTION),
            (users::RECOVERS, state("RECOVERY_CHALLENGE"), texts::RECOVERY_CODE),
            (users::THREE_FACTORS, state("MFA_REQUIRED"), texts::SMS),
            (users::THREE_FACTORS, factor("MFA_CHALLENGE", "okta_sms"), texts::SMS),
            (users::OKTA_VERIFY, factor("MFA_CHALLENGE", "okta_push"), texts::PUSH),
            (users::MAY_ENROLL_EVERYTHING, state("MFA_ENROLL"), texts::ENROLL),
            (users::MAY_ENROLL_EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "google_otp"), texts::ENROLL_GOOGLE),
            (users::MAY_ENROLL_EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "okta_push"), "Set up Okta Verify"),
            (users::MAY_ENROLL_EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "okta_email"), "Set up email"),
            (users::POLLS, state("POLL"), texts::ONE_MOMENT),
            (users::PASSWORD_ONLY, state("DEVICE_ACTIVATE"), texts::DEVICE),
        ] {
            open_transaction(journey, user, transaction, heading).await?;
        }
        for (transaction, heading) in [
            (state("CONSENT_REQUIRED"), "wants to access your account"),
            (state("ADMIN_CONSENT_REQUIRED"), "for everyone in your organization?"),
        ] {
            journey.page.open(&journey.org.transaction_url(users::CONSENT.login, transaction).await?).await?;
            journey.page.expect_text(heading).await?;
            journey.page.expect_focus().await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_state_without_a_user_keeps_its_token() {
    // The static form is shown before the code has loaded, with the token still in the URL.
    let setup = Setup { delay: Duration::from_secs(1), ..Setup::DEFAULT };
    journey_with("resume-start", setup, async |journey| {
        open_transaction(journey, users::PASSWORD_ONLY, state("UNAUTHENTICATED"), texts::START).await
    })
    .await;
}

#[tokio::test]
async fn an_early_submit_is_not_used_for_a_resumed_step() {
    const READ_STATE: &str = "
        const form = document.querySelector('[data-oaw-static] form');
        const { visibility } = getComputedStyle(form);
        form.requestSubmit();
        return visibility;";
    let setup = Setup { holds_code: true, ..Setup::DEFAULT };
    journey_with("resume-early", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_before_code(page, &org.transaction_url(users::CONSENT.login, state("CONSENT_REQUIRED")).await?).await?;
        // Some password managers submit the form that they have filled in.
        let visibility = page.browser.run_script(READ_STATE).await?;
        journey.site.release_code()?;
        page.expect_text("wants to access your account").await?;
        page.expect_focus().await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn/consent").await?, 0, "consent must not be sent");
        assert_eq!(visibility, "hidden", "there is another step to come");
        page.press(texts::ALLOW).await?;
        expect_landing_page(page, users::CONSENT).await
    })
    .await;
}

#[tokio::test]
async fn webauthn_enrollment_waits_for_a_button_press() {
    journey("resume-webauthn", async |journey| {
        let page = &journey.page;
        let _key = page.browser.plug_in(Touch::Yes).await?;
        let transaction = factor("MFA_ENROLL_ACTIVATE", "fido_webauthn");
        open_transaction(journey, users::MUST_ENROLL_KEY, transaction, "Set up a security key or biometric").await?;
        page.press(texts::CONTINUE).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, users::MUST_ENROLL_KEY).await
    })
    .await;
}

#[tokio::test]
async fn duo_enrollment() {
    let setup = Setup { allow_duo: true, ..Setup::DEFAULT };
    journey_with("resume-duo", setup, async |journey| {
        let page = &journey.page;
        open_transaction(
            journey,
            users::MAY_ENROLL_EVERYTHING,
            factor("MFA_ENROLL_ACTIVATE", "duo"),
            "Set up Duo Security",
        )
        .await?;
        page.press_in_frame(texts::DUO_FRAME, texts::DUO_APPROVE).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, users::MAY_ENROLL_EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn duo_challenge() {
    let setup = Setup { allow_duo: true, ..Setup::DEFAULT };
    journey_with("resume-duo-challenge", setup, async |journey| {
        let page = &journey.page;
        open_transaction(journey, users::EXTERNAL_PROVIDERS, factor("MFA_CHALLENGE", "duo"), texts::DUO).await?;
        page.press_in_frame(texts::DUO_FRAME, texts::DUO_APPROVE).await?;
        continue_as(page, users::EXTERNAL_PROVIDERS).await?;
        expect_landing_page(page, users::EXTERNAL_PROVIDERS).await
    })
    .await;
}

#[tokio::test]
async fn saml_enrollment() {
    journey("resume-saml", async |journey| {
        let page = &journey.page;
        let transaction = factor("MFA_ENROLL_ACTIVATE", "generic_saml");
        open_transaction(journey, users::MAY_ENROLL_EVERYTHING, transaction, "Set up another sign-in service (SAML)")
            .await?;
        page.press("Continue to another sign-in service (SAML)").await?;
        page.expect_heading(texts::PROVIDER).await?;
        page.press(texts::PROVIDER_PASS).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, users::MAY_ENROLL_EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn an_okta_verify_enrollment_that_timed_out() {
    journey_with("resume-push-timeout", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let transaction = NewTransaction { result: Some("TIMEOUT"), ..factor("MFA_ENROLL_ACTIVATE", "okta_push") };
        open_transaction(journey, users::MAY_ENROLL_EVERYTHING, transaction, "Set up Okta Verify").await?;
        expect_message(page, texts::QR_EXPIRED).await?;
        page.press(texts::NEW_QR).await?;
        page.expect_text(texts::PHONE_AWAITED).await?;
        org.on_phone(users::MAY_ENROLL_EVERYTHING.login, PhoneAction::SetUp).await?;
        page.browser.advance_clock(Duration::from_secs(7)).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, users::MAY_ENROLL_EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn a_push_that_timed_out_was_rejected_or_needs_an_upgrade() {
    journey("resume-push-ended", async |journey| {
        for (result, words) in [
            ("TIMEOUT", texts::PUSH_TIMED_OUT),
            ("REJECTED", texts::PUSH_REJECTED),
            ("OKTA_VERIFY_UPGRADE_REQUIRED", texts::PUSH_UPGRADE),
        ] {
            let transaction = NewTransaction { result: Some(result), ..factor("MFA_CHALLENGE", "okta_push") };
            open_transaction(journey, users::OKTA_VERIFY, transaction, texts::PUSH).await?;
            expect_message(&journey.page, words).await?;
            journey.page.expect_button(texts::SEND_PUSH_AGAIN).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_push_that_somebody_else_approves_signs_nobody_in() {
    let setup = Setup { clock: Clock::Adjustable, ..Setup::DEFAULT };
    journey_with("resume-push-approved", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_transaction(journey, users::OKTA_VERIFY, factor("MFA_CHALLENGE", "okta_push"), texts::PUSH).await?;
        org.on_phone(users::OKTA_VERIFY.login, PhoneAction::Approve).await?;
        page.browser.advance_clock(Duration::from_secs(5)).await?;
        continue_as(page, users::OKTA_VERIFY).await?;
        expect_landing_page(page, users::OKTA_VERIFY).await
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_reported_a_failure() {
    journey("resume-failed", async |journey| {
        let page = &journey.page;
        let transaction = NewTransaction { result: Some("FAILED"), ..factor("MFA_CHALLENGE", "generic_saml") };
        open_transaction(journey, users::EXTERNAL_PROVIDERS, transaction, "Verify with Corporate SAML").await?;
        expect_message(page, texts::PROVIDER_SAID_NO).await?;
        page.press("Continue to Corporate SAML").await?;
        page.expect_heading(texts::PROVIDER).await?;
        page.press(texts::PROVIDER_PASS).await?;
        continue_as(page, users::EXTERNAL_PROVIDERS).await?;
        expect_landing_page(page, users::EXTERNAL_PROVIDERS).await
    })
    .await;
}

#[tokio::test]
async fn an_unknown_token_starts_over_with_a_message() {
    journey("resume-unknown", async |journey| {
        let page = &journey.page;
        page.open("/?stateToken=nobody-knows").await?;
        expect_step(page, texts::START).await?;
        page.expect_text(texts::TIMED_OUT).await?;
        expect_no_token_in_address(page).await?;
        page.open("/?recoveryToken=nobody-knows").await?;
        expect_step(page, texts::START).await?;
        page.expect_text(texts::LINK_SPENT).await?;
        expect_no_token_in_address(page).await
    })
    .await;
}

#[tokio::test]
async fn a_session_does_not_prevent_resuming() {
    journey("resume-session", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        open_transaction(journey, users::THREE_FACTORS, state("MFA_REQUIRED"), texts::SMS).await
    })
    .await;
}
