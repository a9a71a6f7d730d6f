//! The session: found at start, and lost while signing in.

use std::time::Duration;

use okta_e2e::{Setup, journey, journey_with};

use crate::{begin, has_landed, open_start, people, texts};

#[tokio::test]
async fn a_session_is_found_and_continued_and_ended() {
    journey("session-found", async |journey| {
        let page = &journey.page;
        let person = people::PASSWORD_ONLY;
        begin(page, person).await?;
        has_landed(page, person).await?;

        page.open("/").await?;
        page.arrives_at(texts::SESSION).await?;
        page.sees(&format!("Signed in as {}", person.login)).await?;
        page.press(texts::CONTINUE).await?;
        has_landed(page, person).await?;

        page.open("/").await?;
        page.arrives_at(texts::SESSION).await?;
        page.press(texts::SIGN_OUT).await?;
        page.arrives_at(texts::START).await?;
        page.sees(texts::SIGNED_OUT).await?;
        page.open("/landing.html").await?;
        page.arrives_at(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn a_session_is_continued_without_asking_where_configured() {
    let setup = Setup { attributes: &[("existing-session", "continue")], ..Setup::default() };
    journey_with("session-continued", setup, async |journey| {
        let page = &journey.page;
        begin(page, people::PASSWORD_ONLY).await?;
        has_landed(page, people::PASSWORD_ONLY).await?;
        page.open("/").await?;
        has_landed(page, people::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_took_too_long_starts_over_with_a_word() {
    journey("state-expired", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::THREE_FACTORS;
        begin(page, person).await?;
        page.arrives_at(texts::SMS).await?;
        org.advance_clock(Duration::from_hours(1)).await?;
        page.press(texts::SEND_CODE).await?;
        page.arrives_at(texts::START).await?;
        page.sees(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, person.login);
        assert_eq!(page.value(texts::PASSWORD).await?, "");

        page.fill(texts::PASSWORD, person.password).await?;
        page.press(texts::SIGN_IN).await?;
        page.arrives_at(texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn the_session_token_can_travel_in_a_form() {
    let setup = Setup { attributes: &[("session-redirect", "post")], ..Setup::default() };
    journey_with("session-post", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_start(page).await?;
        crate::submit_password(page, people::PASSWORD_ONLY).await?;
        has_landed(page, people::PASSWORD_ONLY).await?;
        assert_eq!(org.times_asked(&http::Method::POST, "/login/sessionCookieRedirect").await?, 1);
        Ok(())
    })
    .await;
}
