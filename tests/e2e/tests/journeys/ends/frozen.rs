//! A page that the browser freezes in the background, and lets go on when it is seen again. Not here: a request that is
//! under way then (the faults matrix).

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, PhoneAction, Setup, journey_with};

use super::{
    BY_CODE, BY_PUSH, HOUR, approve_a_new_push, begin_a_code, enter_the_code, expect_timed_out, requests, sign_in_again,
};
use crate::{
    ADJUSTABLE, expect_landing_page, expect_step,
    push::{send_push, verify_requests},
    start_sign_in, texts, users, verify_code,
};

/// The page is frozen, the device's and the org's clocks go on, and the page is seen again. Returns how many requests the
/// org had received before.
async fn freeze(journey: &Journey, time: Duration) -> Result<usize> {
    let page = &journey.page;
    page.browser.freeze().await?;
    let before = requests(journey).await?;
    journey.org.advance_clock(time).await?;
    page.browser.sleep(time).await?;
    assert_eq!(requests(journey).await?, before, "nothing of a frozen page runs");
    Ok(before)
}

/// The page goes on, and is seen.
async fn seen_again(journey: &Journey) -> Result<()> {
    journey.page.browser.resume().await?;
    journey.page.set_hidden(false).await
}

#[tokio::test]
async fn a_push_is_polled_once_and_leads_on() {
    journey_with("frozen-push", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        send_push(journey, BY_PUSH).await?;
        freeze(journey, Duration::from_mins(2)).await?;
        let before = verify_requests(journey).await?;
        journey.org.on_phone(BY_PUSH.login, PhoneAction::Approve).await?;
        seen_again(journey).await?;
        page.browser.advance_clock(Duration::from_secs(1)).await?;
        expect_landing_page(page, BY_PUSH).await?;
        assert_eq!(verify_requests(journey).await? - before, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_push_whose_sign_in_has_expired_is_said_to_have() {
    journey_with("frozen-push-expired", ADJUSTABLE, async |journey| {
        send_push(journey, BY_PUSH).await?;
        let before = freeze(journey, HOUR).await?;
        seen_again(journey).await?;
        expect_timed_out(journey, BY_PUSH).await?;
        assert_eq!(requests(journey).await?, before + 1, "the org is asked once");
        approve_a_new_push(journey).await
    })
    .await;
}

#[tokio::test]
async fn a_code_that_was_begun_is_still_there() {
    journey_with("frozen-code", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        begin_a_code(journey).await?;
        page.expect_disabled(texts::RESEND_CODE_IN).await?;
        let before = freeze(journey, Duration::from_mins(1)).await?;
        seen_again(journey).await?;
        // The countdown has gone on.
        page.expect_button(texts::RESEND_CODE).await?;
        assert_eq!(page.value(texts::CODE).await?, "12");
        assert_eq!(requests(journey).await?, before);
        enter_the_code(journey).await?;
        expect_landing_page(page, BY_CODE).await
    })
    .await;
}

#[tokio::test]
async fn a_code_that_would_be_in_vain_is_not_asked_for() {
    journey_with("frozen-code-expired", ADJUSTABLE, async |journey| {
        begin_a_code(journey).await?;
        let before = freeze(journey, HOUR).await?;
        seen_again(journey).await?;
        expect_timed_out(journey, BY_CODE).await?;
        assert_eq!(requests(journey).await?, before + 1, "the org is asked once");
        sign_in_again(journey).await
    })
    .await;
}

/// Signs in in another tab, while the page with a begun code is frozen, and enters the code.
async fn sign_in_elsewhere(journey: &Journey, user: users::User) -> Result<()> {
    let page = &journey.page;
    begin_a_code(journey).await?;
    page.browser.freeze().await?;
    let tab = page.browser.open_tab().await?;
    start_sign_in(page, user).await?;
    if user.login == BY_CODE.login {
        expect_step(page, texts::SMS).await?;
        page.press(texts::OTHER_WAY).await?;
        page.press_starting_with(texts::CHOOSE_GOOGLE).await?;
        verify_code(page, &journey.org.authenticator_code(user.login, "GOOGLE").await?).await?;
    }
    expect_landing_page(page, user).await?;
    page.browser.close_tab(tab).await?;
    seen_again(journey).await?;
    expect_step(page, texts::SMS).await?;
    assert_eq!(page.value(texts::CODE).await?, "12");
    enter_the_code(journey).await
}

#[tokio::test]
async fn a_session_that_was_opened_elsewhere_is_gone_on_with() {
    journey_with("frozen-session", ADJUSTABLE, async |journey| {
        sign_in_elsewhere(journey, BY_CODE).await?;
        expect_landing_page(&journey.page, BY_CODE).await
    })
    .await;
}

/// Of somebody else: by default the org ignores a session token where there is a session.
#[tokio::test]
async fn a_session_of_somebody_else_is_closed_on_the_way_where_the_page_says_so() {
    let setup = Setup { attributes: &[("session-redirect", "sign-out-first")], ..ADJUSTABLE };
    journey_with("frozen-other-session", setup, async |journey| {
        sign_in_elsewhere(journey, users::PASSWORD_ONLY).await?;
        expect_landing_page(&journey.page, BY_CODE).await
    })
    .await;
}
