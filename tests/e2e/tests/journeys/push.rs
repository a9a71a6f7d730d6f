//! Okta Verify push: the page polls until the user answers.

use std::time::Duration;

use anyhow::{Result, ensure};
use http::Method;
use okta_e2e::{Fault, Journey, PhoneAction, journey, journey_with};

use crate::{
    ADJUSTABLE, different_code, expect_landing_page, expect_message, expect_step, open_start, sign_in_to,
    sign_out_on_landing_page, submit_password, texts, users,
};

const USER: users::User = users::OKTA_VERIFY;
/// Longer than the polling interval.
const A_LOOK: Duration = Duration::from_secs(5);
/// Longer than the wait after polls that failed.
const AFTER_FAILURE: Duration = Duration::from_secs(17);

/// Signs in up to the push, and sends it.
pub(crate) async fn send_push(journey: &Journey, user: users::User) -> Result<()> {
    sign_in_to(&journey.page, user, texts::PUSH).await?;
    journey.page.press(texts::SEND_PUSH).await?;
    journey.page.expect_button(texts::SEND_PUSH_AGAIN).await?;
    journey.page.expect_focus().await
}

/// Advances the clock until the page polls again.
pub(crate) async fn poll_again(journey: &Journey) -> Result<()> {
    journey.page.browser.advance_clock(A_LOOK).await
}

/// How many verify requests the org received.
pub(crate) async fn verify_requests(journey: &Journey) -> Result<usize> {
    Ok(journey.org.requests().await?.iter().filter(|line| line.path.ends_with("/verify")).count())
}

#[tokio::test]
async fn push_approved() {
    journey("push-approved", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, USER, texts::PUSH).await?;
        ensure!(!org.is_on_phone_now(USER.login).await?, "no push is sent automatically");
        page.press(texts::SEND_PUSH).await?;
        page.expect_text(texts::PUSH_SENT).await?;
        page.expect_focus().await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        // With the real clock: the page polls every four seconds.
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn push_rejected_and_sent_again() {
    journey_with("push-rejected", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        org.on_phone(USER.login, PhoneAction::Deny).await?;
        poll_again(journey).await?;
        expect_message(page, texts::PUSH_REJECTED).await?;
        let asked = verify_requests(journey).await?;
        page.browser.advance_clock(Duration::from_secs(30)).await?;
        assert_eq!(verify_requests(journey).await?, asked, "polling has stopped");

        page.press(texts::SEND_PUSH_AGAIN).await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn push_timed_out() {
    journey_with("push-timeout", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        org.advance_clock(Duration::from_mins(5)).await?;
        poll_again(journey).await?;
        expect_message(page, texts::PUSH_TIMED_OUT).await?;
        page.press(texts::SEND_PUSH_AGAIN).await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn a_slow_answer_shows_a_hint() {
    journey_with("push-slow", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        page.browser.advance_clock(Duration::from_secs(28)).await?;
        ensure!(!page.text().await?.contains(texts::PUSH_SLOW), "28 s are not long");
        page.browser.advance_clock(Duration::from_secs(3)).await?;
        page.expect_text(texts::PUSH_SLOW).await?;
        page.expect_focus().await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new(), "nothing is wrong yet");
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

async fn choose_number(journey: &Journey, number: Option<u32>) -> Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    let user = users::NUMBER_CHALLENGE;
    send_push(journey, user).await?;
    if let Some(number) = number {
        org.set_correct_number(user.login, number).await?;
    }
    let number = org.correct_number(user.login).await?;
    poll_again(journey).await?;
    page.expect_text(texts::PUSH_NUMBER).await?;
    assert_eq!(page.text_of(texts::NUMBER).await?, number.to_string());
    page.expect_focus().await?;
    org.on_phone(user.login, PhoneAction::Number(number)).await?;
    poll_again(journey).await?;
    expect_landing_page(page, user).await
}

#[tokio::test]
async fn number_challenge() {
    journey_with("push-number", ADJUSTABLE, async |journey| choose_number(journey, None).await).await;
}

#[tokio::test]
async fn number_challenge_with_zero() {
    journey_with("push-number-0", ADJUSTABLE, async |journey| choose_number(journey, Some(0)).await).await;
}

#[tokio::test]
async fn a_wrong_number_rejects_the_push() {
    journey_with("push-number-wrong", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::NUMBER_CHALLENGE;
        send_push(journey, user).await?;
        let number = org.correct_number(user.login).await?;
        poll_again(journey).await?;
        page.expect_text(texts::PUSH_NUMBER).await?;
        org.on_phone(user.login, PhoneAction::Number(number + 1)).await?;
        poll_again(journey).await?;
        expect_message(page, texts::PUSH_REJECTED).await?;
        page.expect_button(texts::SEND_PUSH_AGAIN).await
    })
    .await;
}

#[tokio::test]
async fn an_outdated_app() {
    journey("push-upgrade", async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::OUTDATED, texts::PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        expect_message(page, texts::PUSH_UPGRADE).await?;
        page.expect_button(texts::SEND_PUSH_AGAIN).await
    })
    .await;
}

#[tokio::test]
async fn automatic_push_from_the_second_sign_in_on() {
    journey_with("push-auto", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, USER, texts::PUSH).await?;
        page.check(texts::AUTO_PUSH).await?;
        page.press(texts::SEND_PUSH).await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await?;
        sign_out_on_landing_page(page).await?;

        open_start(page).await?;
        submit_password(page, USER).await?;
        page.expect_text(texts::PUSH_SENT).await?;
        page.expect_focus().await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn totp_code_before_and_during_a_push() {
    journey("push-code", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, USER, texts::PUSH).await?;
        page.press(texts::ENTER_CODE).await?;
        let code = org.authenticator_code(USER.login, "OKTA").await?;
        page.submit_code(texts::CODE, &different_code(&code), texts::VERIFY_CODE).await?;
        expect_message(page, texts::WRONG_CODE).await?;
        page.press(texts::SEND_PUSH).await?;
        page.expect_text(texts::PUSH_SENT).await?;
        page.press(texts::ENTER_CODE).await?;
        page.submit_code(texts::CODE, &code, texts::VERIFY_CODE).await?;
        expect_landing_page(page, USER).await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn/previous").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn lost_polls_are_retried() {
    journey_with("push-dropped", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        let path = org.last_path("/verify").await?;
        org.plan_fault(&Method::POST, &path, 2, Fault::Status(502)).await?;
        for asked in 2..4 {
            page.browser.advance_clock(A_LOOK).await?;
            okta_e2e::wait_until("the next poll", async || {
                Ok((org.request_count(&Method::POST, &path).await? >= asked).then_some(()))
            })
            .await?;
        }
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_reported_and_resumed_by_retry() {
    journey_with("push-lost", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        let path = org.last_path("/verify").await?;
        // Requests cannot be counted here: a browser may repeat one by itself.
        org.plan_fault(&Method::POST, &path, 99, Fault::Reset).await?;
        okta_e2e::wait_until("the page to give up", async || {
            page.browser.advance_clock(AFTER_FAILURE).await?;
            Ok(page.has_button_now(texts::RETRY).await?.then_some(()))
        })
        .await?;
        expect_message(page, texts::POLL_LOST).await?;
        org.clear_faults().await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        page.press(texts::RETRY).await?;
        poll_again(journey).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn an_org_with_a_problem_is_told_while_polls_go_on() {
    journey_with("push-troubled", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        let path = org.last_path("/verify").await?;
        org.plan_fault(&Method::POST, &path, 99, Fault::Status(502)).await?;
        for _ in 0..6 {
            poll_after_failure(journey, &path).await?;
        }
        expect_message(page, texts::POLL_TROUBLED).await?;
        org.clear_faults().await?;
        org.plan_fault(&Method::POST, &path, 1, Fault::RateLimit).await?;
        poll_after_failure(journey, &path).await?;
        expect_message(page, texts::POLL_SLOWED).await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        page.browser.advance_clock(AFTER_FAILURE).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

/// Advances the clock until the page polls again, which has failed before.
async fn poll_after_failure(journey: &Journey, path: &str) -> Result<()> {
    let before = journey.org.request_count(&Method::POST, path).await?;
    journey.page.browser.advance_clock(AFTER_FAILURE).await?;
    okta_e2e::wait_until("the next poll", async || {
        Ok((journey.org.request_count(&Method::POST, path).await? > before).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_hidden_page_polls_less_often() {
    journey_with("push-hidden", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        send_push(journey, USER).await?;
        // The first poll is soon, in case the person is quick.
        let sent = verify_requests(journey).await?;
        page.browser.advance_clock(Duration::from_secs(1)).await?;
        okta_e2e::wait_until(
            "the first poll",
            async || Ok((verify_requests(journey).await? == sent + 1).then_some(())),
        )
        .await?;
        page.set_hidden(true).await?;
        let before = verify_requests(journey).await?;
        page.browser.advance_clock(Duration::from_secs(19)).await?;
        assert_eq!(verify_requests(journey).await?, before);
        page.browser.advance_clock(Duration::from_secs(2)).await?;
        okta_e2e::wait_until("a poll after 20 s", async || {
            Ok((verify_requests(journey).await? == before + 1).then_some(()))
        })
        .await?;
        org.on_phone(USER.login, PhoneAction::Approve).await?;
        page.set_hidden(false).await?;
        page.browser.advance_clock(Duration::from_secs(1)).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn leaving_the_step_stops_polling() {
    journey_with("push-left", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        send_push(journey, USER).await?;
        page.press(texts::BACK).await?;
        page.expect_button(texts::SEND_PUSH).await?;
        page.press(texts::CANCEL).await?;
        expect_step(page, texts::START).await?;
        let asked = verify_requests(journey).await?;
        page.browser.advance_clock(Duration::from_secs(30)).await?;
        assert_eq!(verify_requests(journey).await?, asked);
        Ok(())
    })
    .await;
}
