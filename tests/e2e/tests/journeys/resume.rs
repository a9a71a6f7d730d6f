//! A page that is opened in the middle of a transaction takes it up, whatever its state.

use std::time::Duration;

use anyhow::Result;
use http::Method;
use okta_e2e::{Journey, Scene, Setup, Tap, Touch, journey, journey_with};

use crate::{
    ADJUSTABLE, begin, enroll, has_landed, is_told, no_token_in_address, open_early, open_start, people, reaches, texts,
};

/// Opens the page in the middle, and arrives at this step.
async fn opens_at(journey: &Journey, person: people::Person, scene: Scene<'_>, heading: &str) -> Result<()> {
    let page = &journey.page;
    page.open(&journey.org.scene(person.login, scene).await?).await?;
    reaches(page, heading).await?;
    no_token_in_address(page).await
}

const fn state(state: &str) -> Scene<'_> {
    Scene { state, factor: None, result: None, app: None }
}

const fn factor<'a>(state: &'a str, factor: &'a str) -> Scene<'a> {
    Scene { state, factor: Some(factor), result: None, app: None }
}

#[tokio::test]
async fn any_state_is_taken_up() {
    journey("resume-any", async |journey| {
        for (person, scene, heading) in [
            (people::EXPIRING, state("PASSWORD_WARN"), texts::PASSWORD_WARNS),
            (people::EXPIRED, state("PASSWORD_EXPIRED"), texts::PASSWORD_EXPIRED),
            (people::FORGETFUL, state("PASSWORD_RESET"), texts::PASSWORD_RESET),
            (people::FORGETFUL, state("RECOVERY"), texts::RECOVERY_QUESTION),
            (people::FORGETFUL, state("RECOVERY_CHALLENGE"), texts::RECOVERY_CODE),
            (people::THREE_FACTORS, state("MFA_REQUIRED"), texts::SMS),
            (people::THREE_FACTORS, factor("MFA_CHALLENGE", "okta_sms"), texts::SMS),
            (people::PUSHED, factor("MFA_CHALLENGE", "okta_push"), texts::PUSH),
            (people::EVERYTHING, state("MFA_ENROLL"), texts::ENROLL),
            (people::EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "google_otp"), texts::ENROLL_GOOGLE),
            (people::EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "okta_push"), "Set up Okta Verify"),
            (people::EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "okta_email"), "Set up Email"),
            (people::WAITS, state("POLL"), texts::ONE_MOMENT),
            (people::PASSWORD_ONLY, state("DEVICE_ACTIVATE"), texts::DEVICE),
        ] {
            opens_at(journey, person, scene, heading).await?;
        }
        for scene in [state("CONSENT_REQUIRED"), state("ADMIN_CONSENT_REQUIRED")] {
            journey.page.open(&journey.org.scene(people::CONSENTS.login, scene).await?).await?;
            journey.page.sees("asks for access").await?;
            journey.page.has_focus().await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_state_that_starts_over_takes_its_token_along() {
    // The same form is seen before the code is there, with the token still in the address.
    let setup = Setup { delay: Duration::from_secs(1), ..Setup::USUAL };
    journey_with("resume-start", setup, async |journey| {
        opens_at(journey, people::PASSWORD_ONLY, state("UNAUTHENTICATED"), texts::START).await
    })
    .await;
}

#[tokio::test]
async fn what_is_submitted_before_it_is_known_what_is_asked_is_no_answer() {
    const LOOK: &str = "
        const form = document.querySelector('[data-oaw-static] form');
        const { visibility } = getComputedStyle(form);
        form.requestSubmit();
        return visibility;";
    let setup = Setup { delay: Duration::from_secs(3), ..Setup::USUAL };
    journey_with("resume-early", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_early(page, &org.scene(people::CONSENTS.login, state("CONSENT_REQUIRED")).await?).await?;
        // Some password managers submit what they have filled in.
        let visibility = page.browser.run_script(LOOK).await?;
        page.sees("asks for access").await?;
        page.has_focus().await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn/consent").await?, 0, "nobody allowed it");
        assert_eq!(visibility, "hidden", "there is another step to come");
        page.press(texts::ALLOW).await?;
        has_landed(page, people::CONSENTS).await
    })
    .await;
}

#[tokio::test]
async fn a_security_key_that_is_being_set_up_waits_for_a_press() {
    journey("resume-webauthn", async |journey| {
        let page = &journey.page;
        let _key = page.browser.plug_in(Touch::Yes).await?;
        let scene = factor("MFA_ENROLL_ACTIVATE", "fido_webauthn");
        opens_at(journey, people::KEYS, scene, "Set up Security key or biometric").await?;
        page.press(texts::CONTINUE).await?;
        enroll::finish(page).await?;
        has_landed(page, people::KEYS).await
    })
    .await;
}

#[tokio::test]
async fn duo_that_is_being_set_up() {
    let setup = Setup { allow_duo: true, ..Setup::USUAL };
    journey_with("resume-duo", setup, async |journey| {
        let page = &journey.page;
        opens_at(journey, people::EVERYTHING, factor("MFA_ENROLL_ACTIVATE", "duo"), "Set up Duo Security").await?;
        page.press_in_frame(texts::DUO_FRAME, texts::DUO_APPROVE).await?;
        enroll::finish(page).await?;
        has_landed(page, people::EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn duo_that_asks() {
    let setup = Setup { allow_duo: true, ..Setup::USUAL };
    journey_with("resume-duo-challenge", setup, async |journey| {
        let page = &journey.page;
        opens_at(journey, people::ELSEWHERE, factor("MFA_CHALLENGE", "duo"), texts::DUO).await?;
        page.press_in_frame(texts::DUO_FRAME, texts::DUO_APPROVE).await?;
        has_landed(page, people::ELSEWHERE).await
    })
    .await;
}

#[tokio::test]
async fn saml_that_is_being_set_up() {
    journey("resume-saml", async |journey| {
        let page = &journey.page;
        let scene = factor("MFA_ENROLL_ACTIVATE", "generic_saml");
        opens_at(journey, people::EVERYTHING, scene, "Set up Another sign-in service").await?;
        page.press("Continue to Another sign-in service").await?;
        page.arrives_at(texts::PROVIDER).await?;
        page.press(texts::PROVIDER_PASS).await?;
        enroll::finish(page).await?;
        has_landed(page, people::EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn an_app_that_was_not_set_up_in_time() {
    journey_with("resume-push-timeout", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let scene = Scene { result: Some("TIMEOUT"), ..factor("MFA_ENROLL_ACTIVATE", "okta_push") };
        opens_at(journey, people::EVERYTHING, scene, "Set up Okta Verify").await?;
        is_told(page, texts::QR_EXPIRED).await?;
        page.press(texts::NEW_QR).await?;
        page.sees(texts::PHONE_AWAITED).await?;
        org.on_phone(people::EVERYTHING.login, Tap::SetUp).await?;
        page.browser.put_clock_forward(Duration::from_secs(7)).await?;
        enroll::finish(page).await?;
        has_landed(page, people::EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn a_phone_that_did_not_answer_or_said_no_or_is_too_old() {
    journey("resume-push-ended", async |journey| {
        for (result, words) in [
            ("TIMEOUT", texts::PUSH_TIMED_OUT),
            ("REJECTED", texts::PUSH_REJECTED),
            ("OKTA_VERIFY_UPGRADE_REQUIRED", texts::PUSH_UPGRADE),
        ] {
            let scene = Scene { result: Some(result), ..factor("MFA_CHALLENGE", "okta_push") };
            opens_at(journey, people::PUSHED, scene, texts::PUSH).await?;
            is_told(&journey.page, words).await?;
            journey.page.offers(texts::SEND_PUSH_AGAIN).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_said_no() {
    journey("resume-failed", async |journey| {
        let page = &journey.page;
        let scene = Scene { result: Some("FAILED"), ..factor("MFA_CHALLENGE", "generic_saml") };
        opens_at(journey, people::ELSEWHERE, scene, "Verify with Corporate SAML").await?;
        is_told(page, texts::PROVIDER_SAID_NO).await?;
        page.press("Continue to Corporate SAML").await?;
        page.arrives_at(texts::PROVIDER).await?;
        page.press(texts::PROVIDER_PASS).await?;
        has_landed(page, people::ELSEWHERE).await
    })
    .await;
}

#[tokio::test]
async fn a_token_that_nobody_knows_begins_anew_with_a_word() {
    journey("resume-unknown", async |journey| {
        let page = &journey.page;
        page.open("/?stateToken=nobody-knows").await?;
        reaches(page, texts::START).await?;
        page.sees(texts::TIMED_OUT).await?;
        no_token_in_address(page).await?;
        page.open("/?recoveryToken=nobody-knows").await?;
        reaches(page, texts::START).await?;
        page.sees(texts::LINK_SPENT).await?;
        no_token_in_address(page).await
    })
    .await;
}

#[tokio::test]
async fn a_session_does_not_stand_in_the_way() {
    journey("resume-session", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        begin(page, people::PASSWORD_ONLY).await?;
        has_landed(page, people::PASSWORD_ONLY).await?;
        opens_at(journey, people::THREE_FACTORS, state("MFA_REQUIRED"), texts::SMS).await
    })
    .await;
}
