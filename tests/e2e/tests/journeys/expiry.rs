//! Expiry of the state token: a warning one minute before, which can prolong the transaction, then a new sign-in. The
//! org decides, whatever the clock of the device says.

use std::time::Duration;

use okta_e2e::journey_with;

use crate::{ADJUSTABLE, expect_landing_page, expect_step, open_start, sign_in_to, submit_password, texts, users};

#[tokio::test]
async fn expiry_warning_then_a_new_sign_in() {
    journey_with("expiry", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        let user = users::THREE_FACTORS;
        sign_in_to(page, user, texts::SMS).await?;
        page.browser.advance_clock(Duration::from_secs(8 * 60 + 50)).await?;
        assert!(!page.text().await?.contains(texts::EXPIRES_SOON));
        page.browser.advance_clock(Duration::from_secs(15)).await?;
        page.expect_text(texts::EXPIRES_SOON).await?;
        page.expect_focus().await?;
        // The clock alone ends nothing: the org is asked a few seconds later.
        journey.org.advance_clock(Duration::from_mins(10)).await?;
        page.browser.advance_clock(Duration::from_secs(70)).await?;
        expect_step(page, texts::START).await?;
        page.expect_text(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        submit_password(page, user).await?;
        expect_step(page, texts::SMS).await
    })
    .await;
}

/// The device's clock is almost as far ahead as the transaction lives.
#[tokio::test]
async fn a_fast_clock_does_not_end_the_sign_in() {
    journey_with("expiry-fast-clock", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        open_start(page).await?;
        page.browser.advance_clock(Duration::from_secs(9 * 60 + 50)).await?;
        submit_password(page, user).await?;
        expect_step(page, texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        let code = org.code_in_message(user.login, 1).await?;
        crate::advance_clocks(journey, Duration::from_mins(2)).await?;
        expect_step(page, texts::SMS).await?;
        assert!(!page.text().await?.contains(texts::EXPIRES_SOON));
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn keep_going_prolongs_the_transaction_and_keeps_what_was_typed() {
    journey_with("expiry-keep-going", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::THREE_FACTORS, texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        page.fill(texts::CODE, "12").await?;
        crate::advance_clocks(journey, Duration::from_secs(9 * 60 + 5)).await?;
        page.expect_text(texts::EXPIRES_SOON).await?;
        page.press(texts::KEEP_GOING).await?;
        page.expect_text(texts::KEPT_GOING).await?;
        page.expect_focus().await?;
        assert_eq!(page.value(texts::CODE).await?, "12");
        crate::advance_clocks(journey, Duration::from_mins(2)).await?;
        expect_step(page, texts::SMS).await?;
        assert!(!page.text().await?.contains(texts::EXPIRES_SOON));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_request_before_expiry_extends_the_transaction() {
    journey_with("expiry-longer", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, users::THREE_FACTORS, texts::SMS).await?;
        let nine_minutes = Duration::from_secs(9 * 60 + 5);
        crate::advance_clocks(journey, nine_minutes).await?;
        page.expect_text(texts::EXPIRES_SOON).await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_field(texts::CODE).await?;
        page.expect_no_text(texts::EXPIRES_SOON).await?;
        crate::advance_clocks(journey, Duration::from_mins(2)).await?;
        expect_step(page, texts::SMS).await?;
        assert_eq!(org.messages_to(users::THREE_FACTORS.login).await?, 1);
        Ok(())
    })
    .await;
}
