//! One's own factors, at the page behind the sign-in: added, tried, taken away; each by the hook, and proved at
//! the org.

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Clock, Journey, Setup, Touch, journey_with};

use crate::registration::WITH_HOOK;
use crate::{begin, is_told, people, prove, prove_by_message, reaches, texts};

const SETUP: Setup<'_> = Setup { clock: Clock::Real, ..WITH_HOOK };
const PERSON: people::Person = people::THREE_FACTORS;
const KEY: &str = "Security key or biometric";

/// Signs in, and waits for the list.
async fn arrives(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    begin(page, PERSON).await?;
    page.arrives_at(texts::SMS).await?;
    prove_by_message(page, &journey.org, PERSON, 1).await?;
    page.arrives_at(texts::MY_FACTORS).await?;
    page.offers("Remove Google Authenticator").await
}

#[tokio::test]
async fn each_is_tried_in_its_own_way() {
    journey_with("my-factors-test", SETUP, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        arrives(journey).await?;
        page.press("Test Google Authenticator").await?;
        reaches(page, texts::GOOGLE).await?;
        let code = org.authenticator_code(PERSON.login, "GOOGLE").await?;
        prove(page, &crate::another_code(&code)).await?;
        is_told(page, texts::WRONG_CODE).await?;
        prove(page, &code).await?;
        is_told(page, texts::FACTOR_WORKS).await?;

        page.press_beginning("Test Security question").await?;
        reaches(page, texts::QUESTION).await?;
        page.fill(people::QUESTION, people::ANSWER).await?;
        page.press(texts::VERIFY).await?;
        is_told(page, texts::FACTOR_WORKS).await?;

        org.advance_clock(Duration::from_secs(31)).await?;
        page.press_beginning("Test Text message").await?;
        reaches(page, texts::SMS).await?;
        prove(page, &org.code_in_message(PERSON.login, 2).await?).await?;
        is_told(page, texts::FACTOR_WORKS).await
    })
    .await;
}

#[tokio::test]
async fn a_security_key_is_added_and_tried() {
    journey_with("my-factors-key", SETUP, async |journey| {
        let page = &journey.page;
        let _key = page.browser.plug_in(Touch::Yes).await?;
        arrives(journey).await?;
        page.press(texts::ADD_FACTOR).await?;
        page.press(&format!("Set up {KEY}")).await?;
        is_told(page, texts::FACTOR_ADDED).await?;
        page.press_beginning(&format!("Test {KEY}")).await?;
        is_told(page, texts::FACTOR_WORKS).await
    })
    .await;
}

#[tokio::test]
async fn one_is_taken_away_after_a_fresh_proof() {
    journey_with("my-factors-remove", SETUP, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        arrives(journey).await?;
        page.press_beginning("Remove Security question").await?;
        reaches(page, "Remove Security question?").await?;
        page.press("Remove").await?;
        reaches(page, texts::VOUCH).await?;
        page.fill(texts::PASSWORD, "not the password").await?;
        page.press(texts::CONTINUE).await?;
        is_told(page, texts::PROOF_WRONG).await?;
        page.press(texts::CHOOSE_GOOGLE).await?;
        reaches(page, texts::GOOGLE).await?;
        prove(page, &org.authenticator_code(PERSON.login, "GOOGLE").await?).await?;
        reaches(page, texts::MY_FACTORS).await?;
        is_told(page, texts::FACTOR_REMOVED).await?;
        assert!(!page.text().await?.contains("Security question"));
        // The proof is still fresh.
        page.press_beginning("Remove Text message").await?;
        page.press("Remove").await?;
        is_told(page, texts::FACTOR_REMOVED).await
    })
    .await;
}

#[tokio::test]
async fn a_set_up_that_is_left_can_be_finished_or_cancelled() {
    journey_with("my-factors-unfinished", SETUP, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        arrives(journey).await?;
        page.press(texts::ADD_FACTOR).await?;
        page.press("Set up Email").await?;
        reaches(page, "Set up Email").await?;
        page.press(texts::SEND_CODE).await?;
        is_told(page, "Enter an email address.").await?;
        page.fill(texts::EMAIL_ADDRESS, "jeff@example.com").await?;
        page.press(texts::SEND_CODE).await?;
        page.has_field(texts::CODE).await?;
        page.press(texts::BACK).await?;
        reaches(page, texts::MY_FACTORS).await?;
        page.press_beginning("Finish setting up Email").await?;
        crate::activate(page, &org.code_in_message(PERSON.login, 2).await?).await?;
        is_told(page, texts::FACTOR_ADDED).await
    })
    .await;
}

#[tokio::test]
async fn who_signs_out_here_is_told_where_to_sign_in() {
    journey_with("my-factors-out", SETUP, async |journey| {
        let page = &journey.page;
        arrives(journey).await?;
        // The first of the two is the page's own.
        page.press_nth(texts::SIGN_OUT, 1).await?;
        reaches(page, texts::SIGNED_OUT_HERE).await?;
        is_told(page, texts::SIGNED_OUT).await?;
        page.reload().await?;
        page.arrives_at(texts::LANDED_WITHOUT).await
    })
    .await;
}
