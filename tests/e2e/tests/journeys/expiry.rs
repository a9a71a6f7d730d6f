//! Expiry of the state token: a warning one minute before, then a new sign-in.

use std::time::Duration;

use okta_e2e::journey_with;

use crate::{ADJUSTABLE, expect_step, sign_in_to, submit_password, texts, users};

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
        page.browser.advance_clock(Duration::from_mins(1)).await?;
        expect_step(page, texts::START).await?;
        page.expect_text(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        submit_password(page, user).await?;
        expect_step(page, texts::SMS).await
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
