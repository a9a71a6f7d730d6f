//! A tab in the background whose timers run. Not here: one that is frozen (`frozen.rs`).

use std::time::Duration;

use anyhow::Result;
use okta_e2e::{Journey, PhoneAction, journey_with, wait_until};

use super::{BY_CODE, BY_PUSH, HOUR, begin_a_code, enter_the_code, expect_timed_out, requests, sign_in_again};
use crate::{
    ADJUSTABLE, advance_clocks, expect_landing_page,
    push::{send_push, verify_requests},
    texts,
};

/// So many minutes pass by the page's clock, slowly enough that no answer is late by it.
async fn pass(journey: &Journey, minutes: usize) -> Result<()> {
    for _ in 0..minutes * 6 {
        journey.page.browser.advance_clock(Duration::from_secs(10)).await?;
        journey.org.expect_all_answered().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_push_is_polled_at_a_fifth_of_the_rate_and_once_on_return() {
    journey_with("hidden-push", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        send_push(journey, BY_PUSH).await?;
        page.set_hidden(true).await?;
        let before = verify_requests(journey).await?;
        pass(journey, 4).await?;
        let asked = verify_requests(journey).await? - before;
        assert!((8..=13).contains(&asked), "{asked} polls in four minutes, one every 20 s");
        page.set_hidden(false).await?;
        let before = verify_requests(journey).await?;
        page.browser.advance_clock(Duration::from_secs(1)).await?;
        wait_until("a poll on return", async || Ok((verify_requests(journey).await? > before).then_some(()))).await?;
        page.browser.advance_clock(Duration::from_secs(2)).await?;
        assert_eq!(verify_requests(journey).await?, before + 1, "one");
        journey.org.on_phone(BY_PUSH.login, PhoneAction::Approve).await?;
        page.browser.advance_clock(Duration::from_secs(3)).await?;
        expect_landing_page(page, BY_PUSH).await
    })
    .await;
}

#[tokio::test]
async fn a_code_is_entered_after_minutes() {
    journey_with("hidden-code", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        begin_a_code(journey).await?;
        page.set_hidden(true).await?;
        let before = requests(journey).await?;
        advance_clocks(journey, Duration::from_mins(4)).await?;
        page.set_hidden(false).await?;
        assert_eq!(requests(journey).await?, before);
        assert_eq!(page.value(texts::CODE).await?, "12");
        enter_the_code(journey).await?;
        expect_landing_page(page, BY_CODE).await
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_expires_meanwhile_is_asked_about_once() {
    journey_with("hidden-expired", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        begin_a_code(journey).await?;
        page.set_hidden(true).await?;
        let before = requests(journey).await?;
        journey.org.advance_clock(HOUR).await?;
        pass(journey, 12).await?;
        page.set_hidden(false).await?;
        expect_timed_out(journey, BY_CODE).await?;
        assert_eq!(requests(journey).await?, before + 1);
        sign_in_again(journey).await
    })
    .await;
}
