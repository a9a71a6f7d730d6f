//! A device that sleeps for an hour: its clock goes on, no timer runs, and the page does not hear of it. What comes first
//! afterwards is a key, the page that is seen again, or a timer. Not here: which of them it is (the tests of `sign-in-flow`).

use std::time::Duration;

use anyhow::Result;
use http::Method;
use okta_e2e::{Fault, Journey, PhoneAction, journey_with};

use super::{
    BY_CODE, BY_PUSH, HOUR, approve_a_new_push, begin_a_code, enter_the_code, expect_timed_out, requests, sign_in_again,
};
use crate::{
    ADJUSTABLE, expect_errors, expect_landing_page, expect_message, expect_step,
    push::{poll_again, send_push, verify_requests},
    start_sign_in, texts, users, watch_errors,
};

/// The device sleeps. Returns how many requests the org had received before.
async fn sleep(journey: &Journey, time: Duration) -> Result<usize> {
    let before = requests(journey).await?;
    journey.org.advance_clock(time).await?;
    journey.page.browser.sleep(time).await?;
    Ok(before)
}

/// Nothing is sent by itself for a while.
async fn expect_quiet(journey: &Journey, sent: usize) -> Result<()> {
    journey.page.browser.advance_clock(Duration::from_secs(30)).await?;
    assert_eq!(requests(journey).await?, sent, "{:?}", journey.org.requests().await?);
    Ok(())
}

#[tokio::test]
async fn the_first_digit_of_a_code_tells_that_the_sign_in_has_ended() {
    journey_with("asleep-code", ADJUSTABLE, async |journey| {
        watch_errors(&journey.page).await?;
        begin_a_code(journey).await?;
        let before = sleep(journey, HOUR).await?;
        journey.page.keys("3").await?;
        expect_timed_out(journey, BY_CODE).await?;
        expect_errors(&journey.page, &[("E0000011", false)]).await?;
        expect_quiet(journey, before + 1).await?;
        sign_in_again(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_seen_again_tells_it_too() {
    journey_with("asleep-seen", ADJUSTABLE, async |journey| {
        begin_a_code(journey).await?;
        // Many devices hide the page when the lid is closed.
        journey.page.set_hidden(true).await?;
        let before = sleep(journey, HOUR).await?;
        journey.page.set_hidden(false).await?;
        expect_timed_out(journey, BY_CODE).await?;
        expect_quiet(journey, before + 1).await?;
        sign_in_again(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_code_is_taken_after_a_short_sleep() {
    journey_with("asleep-code-short", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        begin_a_code(journey).await?;
        let before = sleep(journey, Duration::from_mins(2)).await?;
        page.keys("3").await?;
        // The countdown is right at once.
        page.expect_button(texts::RESEND_CODE).await?;
        assert_eq!(page.value(texts::CODE).await?, "123");
        assert_eq!(requests(journey).await?, before);
        enter_the_code(journey).await?;
        expect_landing_page(page, BY_CODE).await
    })
    .await;
}

#[tokio::test]
async fn a_push_is_polled_once_after_an_hour() {
    journey_with("asleep-push", ADJUSTABLE, async |journey| {
        send_push(journey, BY_PUSH).await?;
        let before = sleep(journey, HOUR).await?;
        poll_again(journey).await?;
        expect_timed_out(journey, BY_PUSH).await?;
        expect_quiet(journey, before + 1).await?;
        approve_a_new_push(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_push_that_was_approved_meanwhile_leads_on() {
    journey_with("asleep-push-approved", ADJUSTABLE, async |journey| {
        send_push(journey, BY_PUSH).await?;
        let before = verify_requests(journey).await?;
        sleep(journey, Duration::from_mins(4)).await?;
        journey.org.on_phone(BY_PUSH.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(&journey.page, BY_PUSH).await?;
        assert_eq!(verify_requests(journey).await? - before, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_pause_is_over_and_nothing_is_sent_by_itself() {
    journey_with("asleep-pause", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.plan_fault(&Method::POST, "/api/v1/authn", 1, Fault::RateLimit).await?;
        start_sign_in(page, BY_CODE).await?;
        expect_message(page, texts::RATE_LIMITED).await?;
        page.expect_disabled(texts::PAUSED).await?;
        let before = sleep(journey, HOUR).await?;
        page.browser.advance_clock(Duration::from_secs(1)).await?;
        page.expect_button(texts::SIGN_IN).await?;
        page.expect_no_text(texts::RATE_LIMITED).await?;
        expect_quiet(journey, before).await?;
        page.fill(texts::PASSWORD, BY_CODE.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_step(page, texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn the_form_signs_in_after_an_hour() {
    journey_with("asleep-form", ADJUSTABLE, async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        crate::open_start(page).await?;
        page.fill(texts::USERNAME, user.login).await?;
        let before = sleep(journey, HOUR).await?;
        expect_quiet(journey, before).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, user).await
    })
    .await;
}
