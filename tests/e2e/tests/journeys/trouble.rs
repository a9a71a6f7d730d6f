//! When the org cannot be reached, is slow, or talks nonsense: each has its own words, a way on,
//! and never a second password sent without being asked.

use std::time::Duration;

use http::Method;
use okta_e2e::{Fault, Journey, journey, journey_with};

use crate::{ADJUSTABLE, begin, has_landed, open_start, people, texts};

const AUTHN: &str = "/api/v1/authn";

/// Signs in with this fault in the way, and reads what the page says to it.
async fn meets(journey: &Journey, fault: Fault, expected: &str) -> anyhow::Result<()> {
    let (page, org) = (&journey.page, &journey.org);
    org.trouble(&Method::POST, AUTHN, 1, fault).await?;
    begin(page, people::PASSWORD_ONLY).await?;
    let alert = page.alert().await?;
    assert!(alert.starts_with(expected), "{alert}");
    page.arrives_at(texts::START).await?;
    assert_eq!(page.value(texts::USERNAME).await?, people::PASSWORD_ONLY.login);
    assert_eq!(org.times_asked(&Method::POST, AUTHN).await?, 1, "nothing is sent again by itself");
    Ok(())
}

#[tokio::test]
async fn an_org_that_is_away_and_back_again() {
    journey("org-away", async |journey| {
        let (page, org) = (&journey.page, &mut journey.org);
        let person = people::PASSWORD_ONLY;
        open_start(page).await?;
        page.fill(texts::USERNAME, person.login).await?;
        page.fill(texts::PASSWORD, person.password).await?;
        org.stop().await?;
        page.press(texts::SIGN_IN).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");
        org.start_again().await?;
        page.press(texts::RETRY).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn an_org_that_forgot_everything_in_mid_journey() {
    journey("org-restarted", async |journey| {
        let (page, org) = (&journey.page, &mut journey.org);
        let person = people::THREE_FACTORS;
        begin(page, person).await?;
        page.arrives_at(texts::SMS).await?;
        org.stop().await?;
        page.press(texts::SEND_CODE).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");

        // Its state tokens were in its memory: the page has to notice, and to say so.
        org.start_again().await?;
        page.press(texts::RETRY).await?;
        page.arrives_at(texts::START).await?;
        page.sees(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, person.login);
        page.fill(texts::PASSWORD, person.password).await?;
        page.press(texts::SIGN_IN).await?;
        page.arrives_at(texts::SMS).await?;
        crate::prove_by_message(page, org, person, 1).await?;
        has_landed(page, person).await
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_a_page_of_html() {
    journey("server-error", async |journey| {
        meets(journey, Fault::Status(502), texts::SERVER_ERROR).await?;
        journey.page.press(texts::RETRY).await?;
        has_landed(&journey.page, people::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    journey("truncated", async |journey| meets(journey, Fault::Truncate, texts::UNREADABLE).await).await;
}

#[tokio::test]
async fn a_connection_that_breaks() {
    journey("reset", async |journey| {
        meets(journey, Fault::Reset, texts::UNREACHABLE).await?;
        journey.page.press(texts::RETRY).await?;
        has_landed(&journey.page, people::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn an_org_that_never_answers() {
    journey_with("hang", ADJUSTABLE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        org.trouble(&Method::POST, AUTHN, 1, Fault::Hang).await?;
        begin(page, people::PASSWORD_ONLY).await?;
        page.holds_back(texts::SIGN_IN).await?;
        page.browser.put_clock_forward(Duration::from_secs(11)).await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        page.browser.put_clock_forward(Duration::from_secs(2)).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::NO_ANSWER), "{alert}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn too_many_attempts_are_followed_by_a_pause() {
    journey_with("rate-limit", ADJUSTABLE, async |journey| {
        meets(journey, Fault::RateLimit, texts::RATE_LIMITED).await?;
        let page = &journey.page;
        page.holds_back(texts::PAUSED).await?;
        page.browser.put_clock_forward(Duration::from_mins(5)).await?;
        page.fill(texts::PASSWORD, people::PASSWORD_ONLY.password).await?;
        page.press(texts::SIGN_IN).await?;
        has_landed(page, people::PASSWORD_ONLY).await
    })
    .await;
}
