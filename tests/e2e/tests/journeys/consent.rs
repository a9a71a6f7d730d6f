//! What an app asks to be allowed, and the pause that an org may need.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Journey, journey, journey_with};

use crate::{ADJUSTABLE, begin, begin_at, has_landed, people, reaches, texts, time_passes};

/// Signs in up to the question, whatever the app is called.
async fn is_asked(journey: &Journey, person: people::Person) -> Result<()> {
    begin(&journey.page, person).await?;
    journey.page.sees("asks for access").await?;
    journey.page.has_focus().await
}

#[tokio::test]
async fn all_or_nothing_is_allowed() {
    journey("consent", async |journey| {
        let page = &journey.page;
        is_asked(journey, people::CONSENTS).await?;
        // A scope's words may look like markup; they are words.
        page.sees("<b>e-mail</b>").await?;
        assert_eq!(page.tick_boxes().await?, Vec::<String>::new());
        page.press(texts::ALLOW).await?;
        has_landed(page, people::CONSENTS).await
    })
    .await;
}

#[tokio::test]
async fn scope_by_scope() {
    journey("consent-granular", async |journey| {
        let page = &journey.page;
        is_asked(journey, people::CONSENTS_PARTLY).await?;
        let boxes = page.tick_boxes().await?;
        assert_eq!(boxes.len(), 2, "what cannot be left out has no box: {boxes:?}");
        page.uncheck(&boxes[0]).await?;
        page.press(texts::ALLOW).await?;
        has_landed(page, people::CONSENTS_PARTLY).await
    })
    .await;
}

#[tokio::test]
async fn for_everybody_by_an_admin() {
    journey("consent-admin", async |journey| {
        let page = &journey.page;
        is_asked(journey, people::CONSENTS_FOR_ALL).await?;
        page.sees("asks for access for everybody").await?;
        page.press(texts::ALLOW).await?;
        has_landed(page, people::CONSENTS_FOR_ALL).await
    })
    .await;
}

#[tokio::test]
async fn denied() {
    journey("consent-denied", async |journey| {
        let page = &journey.page;
        is_asked(journey, people::CONSENTS).await?;
        page.press(texts::DENY).await?;
        reaches(page, texts::START).await?;
        page.open("/landing.html").await?;
        page.arrives_at(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn an_org_that_needs_a_moment() {
    journey_with("poll", ADJUSTABLE, async |journey| {
        let page = &journey.page;
        begin_at(page, people::WAITS, texts::ONE_MOMENT).await?;
        page.browser.put_clock_forward(Duration::from_secs(5)).await?;
        ensure!(page.headings().await?.iter().any(|heading| heading == texts::ONE_MOMENT), "it is not over yet");
        time_passes(journey, Duration::from_secs(11)).await?;
        has_landed(page, people::WAITS).await
    })
    .await;
}
