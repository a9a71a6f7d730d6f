//! Signing up at the backend hook, and straight into the sign-in; and what happens when something is wrong with
//! what was typed, or with the hook.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Clock, Journey, Setup, journey_with};
use serde_json::Value;

use crate::people::Person;
use crate::{is_told, open_start, people, prove_by_message, reaches, sign_out_there, submit_password, texts};

/// A page with a hook.
pub(crate) const WITH_HOOK: Setup<'_> = Setup { hook: true, ..crate::ADJUSTABLE };
const USUAL_CLOCK: Setup<'_> = Setup { clock: Clock::Real, ..WITH_HOOK };

/// Signs up in these journeys.
pub(crate) const BRUCE: Person = Person { login: "bruce.banner@example.com", password: "Gamma-Ray-1962" };
/// As the org's outbox calls him.
pub(crate) const BRUCE_SHORT: &str = "bruce.banner";
const NUMBER: &str = "4155550142";
const GROUPS: [&str; 2] = ["00g11eyizklnBxpN42p7", "00g11dsz2ebabDtTI2p7"];

/// Opens the form.
async fn opens(journey: &Journey) -> Result<()> {
    open_start(&journey.page).await?;
    journey.page.press(texts::SIGN_UP).await?;
    reaches(&journey.page, texts::REGISTER).await?;
    journey.page.has_field(texts::EMAIL_ADDRESS).await
}

/// Fills it in and sends it off.
async fn fills(journey: &Journey, number: Option<&str>, password: &str) -> Result<()> {
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
        page.pick(texts::COUNTRY, texts::UNITED_STATES).await?;
        page.fill(texts::MOBILE_PHONE, number).await?;
    }
    page.press(texts::CREATE_ACCOUNT).await
}

/// Signs Bruce up with his phone, and proves it.
pub(crate) async fn signs_up(journey: &Journey) -> Result<()> {
    opens(journey).await?;
    fills(journey, Some(NUMBER), BRUCE.password).await?;
    reaches(&journey.page, texts::SMS).await?;
    let by_phone = Person { login: BRUCE_SHORT, ..BRUCE };
    prove_by_message(&journey.page, &journey.org, by_phone, 1).await?;
    journey.page.arrives_at(texts::LANDED).await?;
    journey.page.sees(BRUCE.login).await
}

/// Asks the org who is in a group.
async fn is_member(journey: &Journey, group: &str) -> Result<bool> {
    let url = format!("{}/api/v1/groups/{group}/users", journey.org.address());
    let asked = reqwest::Client::new().get(url).header("Authorization", "SSWS emulator-api-token");
    let users: Vec<Value> = asked.send().await?.error_for_status()?.json().await?;
    Ok(users.iter().any(|user| user["profile"]["login"] == BRUCE.login))
}

#[tokio::test]
async fn from_nothing_to_a_second_factor_of_ones_own() {
    journey_with("sign-up", USUAL_CLOCK, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        signs_up(journey).await?;
        for group in GROUPS {
            ensure!(is_member(journey, group).await?, "he is not in {group}");
        }
        page.arrives_at(texts::MY_FACTORS).await?;
        page.sees("+1 XXX-XXX-0142").await?;

        page.press(texts::ADD_FACTOR).await?;
        reaches(page, texts::ADD_FACTOR_TITLE).await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        reaches(page, texts::ENROLL_GOOGLE).await?;
        let pictures = page.pictures().await?;
        ensure!(pictures.iter().any(|text| text.starts_with(texts::QR_CODE)), "{pictures:?}");
        let secret: String = page.text_of(texts::SECRET).await?.split_whitespace().collect();
        crate::activate(page, &org.authenticator_code_for(BRUCE_SHORT, &secret).await?).await?;
        reaches(page, texts::MY_FACTORS).await?;
        is_told(page, texts::FACTOR_ADDED).await?;
        page.offers("Remove Google Authenticator").await?;

        sign_out_there(page).await?;
        org.advance_clock(Duration::from_mins(1)).await?;
        open_start(page).await?;
        submit_password(page, BRUCE).await?;
        reaches(page, texts::SMS).await?;
        crate::choose(page, texts::CHOOSE_GOOGLE, texts::GOOGLE).await?;
        crate::prove(page, &org.authenticator_code(BRUCE_SHORT, "GOOGLE").await?).await?;
        page.arrives_at(texts::LANDED).await?;
        page.offers("Remove Google Authenticator").await
    })
    .await;
}

#[tokio::test]
async fn a_login_that_somebody_has() {
    journey_with("sign-up-taken", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        signs_up(journey).await?;
        sign_out_there(page).await?;
        opens(journey).await?;
        fills(journey, None, BRUCE.password).await?;
        page.sees(texts::TAKEN).await?;
        page.focus_is_on(texts::EMAIL_ADDRESS).await?;
        // The address comes along to the sign-in.
        page.press(texts::BACK_TO_SIGN_IN).await?;
        reaches(page, texts::START).await?;
        assert_eq!(page.value(texts::USERNAME).await?, BRUCE.login);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_weak_password_and_its_rules() {
    journey_with("sign-up-weak", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        opens(journey).await?;
        page.fill(texts::PASSWORD, "abc").await?;
        page.sees("has at least 8 characters , not met yet").await?;
        page.fill(texts::PASSWORD, "abcdefgh").await?;
        page.sees("has at least 8 characters , met").await?;
        fills(journey, None, "abcdefgh").await?;
        page.sees(texts::PASSWORD_REFUSED).await?;
        page.focus_is_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, "");
        assert_eq!(page.value(texts::EMAIL_ADDRESS).await?, BRUCE.login);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_none_and_fields_left_empty() {
    journey_with("sign-up-number", USUAL_CLOCK, async |journey| {
        let page = &journey.page;
        opens(journey).await?;
        page.press(texts::CREATE_ACCOUNT).await?;
        page.sees(texts::FILL_IN).await?;
        page.focus_is_on(texts::FIRST_NAME).await?;
        fills(journey, Some("12"), BRUCE.password).await?;
        page.sees(texts::NOT_RIGHT).await?;
        page.focus_is_on(texts::MOBILE_PHONE).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, BRUCE.password, "it was not at fault");
        page.fill(texts::MOBILE_PHONE, NUMBER).await?;
        page.press(texts::CREATE_ACCOUNT).await?;
        reaches(page, texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_that_is_down() {
    journey_with("hook-down", USUAL_CLOCK, async |journey| {
        journey.hook()?.stop().await?;
        open_start(&journey.page).await?;
        journey.page.press(texts::SIGN_UP).await?;
        is_told(&journey.page, texts::UNREACHABLE).await?;
        journey.hook()?.start_again().await?;
        journey.page.press(texts::RETRY).await?;
        journey.page.has_field(texts::EMAIL_ADDRESS).await?;
        journey.hook()?.stop().await?;
        fills(journey, None, BRUCE.password).await?;
        is_told(&journey.page, texts::UNREACHABLE).await?;
        assert_eq!(journey.page.value(texts::EMAIL_ADDRESS).await?, BRUCE.login);
        // Who has an account signs in all the same.
        journey.page.press(texts::BACK_TO_SIGN_IN).await?;
        reaches(&journey.page, texts::START).await?;
        submit_password(&journey.page, people::PASSWORD_ONLY).await?;
        crate::has_landed(&journey.page, people::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_hook_that_is_slow() {
    journey_with("hook-slow", WITH_HOOK, async |journey| {
        journey.hook()?.freeze().await?;
        open_start(&journey.page).await?;
        journey.page.press(texts::SIGN_UP).await?;
        journey.page.sees(texts::FORM_AWAITED).await?;
        journey.page.browser.put_clock_forward(Duration::from_secs(13)).await?;
        is_told(&journey.page, texts::NO_ANSWER).await?;
        journey.hook()?.thaw().await?;
        journey.page.press(texts::RETRY).await?;
        journey.page.has_field(texts::EMAIL_ADDRESS).await?;

        // Nobody knows what became of the session token that it was given.
        journey.page.press(texts::BACK_TO_SIGN_IN).await?;
        journey.hook()?.freeze().await?;
        submit_password(&journey.page, people::PASSWORD_ONLY).await?;
        journey.page.sees(texts::LEAVING).await?;
        journey.page.browser.put_clock_forward(Duration::from_secs(13)).await?;
        is_told(&journey.page, texts::NO_ANSWER).await?;
        assert_eq!(journey.page.value(texts::USERNAME).await?, people::PASSWORD_ONLY.login);
        journey.hook()?.thaw().await
    })
    .await;
}
