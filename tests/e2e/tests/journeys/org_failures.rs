//! Failures of the org: unreachable, slow, invalid responses. Each has its own message and a way to continue, and
//! credentials are not sent twice without the user.

use std::time::Duration;

use http::Method;
use okta_e2e::{Fault, Journey, journey, journey_with};

use crate::{ADJUSTABLE, expect_landing_page, open_start, start_sign_in, texts, users};

const AUTHN: &str = "/api/v1/authn";

/// Signs in with this fault, and checks the message.
async fn expect_fault_message(journey: &Journey, fault: Fault, expected: &str) -> anyhow::Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    org.plan_fault(&Method::POST, AUTHN, 1, fault).await?;
    start_sign_in(page, users::PASSWORD_ONLY).await?;
    let alert = page.alert().await?;
    assert!(alert.starts_with(expected), "{alert}");
    page.expect_heading(texts::START).await?;
    assert_eq!(page.value(texts::USERNAME).await?, users::PASSWORD_ONLY.login);
    assert_eq!(org.request_count(&Method::POST, AUTHN).await?, 1, "nothing is sent again by itself");
    Ok(())
}

#[tokio::test]
async fn an_unreachable_org_and_a_retry() {
    journey("org-away", async |journey| {
        let (page, org) = (&journey.page, &mut journey.org);
        let user = users::PASSWORD_ONLY;
        open_start(page).await?;
        page.fill(texts::USERNAME, user.login).await?;
        page.fill(texts::PASSWORD, user.password).await?;
        org.stop().await?;
        page.press(texts::SIGN_IN).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");
        org.restart().await?;
        page.press(texts::RETRY).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn an_org_restart_during_a_sign_in() {
    journey("org-restarted", async |journey| {
        let (page, org) = (&journey.page, &mut journey.org);
        let user = users::THREE_FACTORS;
        start_sign_in(page, user).await?;
        page.expect_heading(texts::SMS).await?;
        org.stop().await?;
        page.press(texts::SEND_CODE).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");

        // The restart invalidated the state tokens; the page must notice and report it.
        org.restart().await?;
        page.press(texts::RETRY).await?;
        page.expect_heading(texts::START).await?;
        page.expect_text(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SIGN_IN).await?;
        page.expect_heading(texts::SMS).await?;
        crate::verify_by_message(page, org, user, 1).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn an_html_error_page() {
    journey("server-error", async |journey| {
        expect_fault_message(journey, Fault::Status(502), texts::SERVER_ERROR).await?;
        journey.page.press(texts::RETRY).await?;
        expect_landing_page(&journey.page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_truncated_response() {
    journey("truncated", async |journey| expect_fault_message(journey, Fault::Truncate, texts::UNREADABLE).await).await;
}

#[tokio::test]
async fn a_connection_reset() {
    journey("reset", async |journey| {
        expect_fault_message(journey, Fault::Reset, texts::UNREACHABLE).await?;
        journey.page.press(texts::RETRY).await?;
        expect_landing_page(&journey.page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_request_timeout() {
    journey_with("hang", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.plan_fault(&Method::POST, AUTHN, 1, Fault::Hang).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        page.expect_disabled(texts::SIGN_IN).await?;
        page.browser.advance_clock(Duration::from_secs(11)).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        page.browser.advance_clock(Duration::from_secs(2)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::NO_ANSWER), "{alert}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_rate_limit_with_a_countdown() {
    journey_with("rate-limit", ADJUSTABLE, async |journey| {
        expect_fault_message(journey, Fault::RateLimit, texts::RATE_LIMITED).await?;
        let page = &journey.page;
        page.expect_disabled(texts::PAUSED).await?;
        page.browser.advance_clock(Duration::from_mins(5)).await?;
        page.fill(texts::PASSWORD, users::PASSWORD_ONLY.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

/// Of a list that has to be shown, and of what is only told, a part that can't be read is left out.
#[tokio::test]
async fn a_response_with_a_part_that_cannot_be_read() {
    journey("unreadable-part", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        for (user, member) in [(users::THREE_FACTORS, "/_embedded/factors/0"), (users::PASSWORD_ONLY, "/expiresAt")] {
            org.plan_fault(&Method::POST, AUTHN, 1, Fault::Null(member)).await?;
            start_sign_in(page, user).await?;
            if user.login == users::THREE_FACTORS.login {
                page.expect_heading(texts::QUESTION).await?;
                page.fill(users::QUESTION, users::ANSWER).await?;
                page.press(texts::VERIFY).await?;
            }
            expect_landing_page(page, user).await?;
            crate::sign_out_on_landing_page(page).await?;
        }
        Ok(())
    })
    .await;
}
