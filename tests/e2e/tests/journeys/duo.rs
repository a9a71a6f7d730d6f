//! Duo, which asks in a frame of its own. Its script and its frame need a page whose policy lets them
//! in; on any other page that is said.

use anyhow::Result;
use okta_e2e::{Page, Setup, journey, journey_with};

use crate::{begin_at, enroll, has_landed, is_told, people, reaches, texts};

const WITH_DUO: Setup<'_> = Setup { allow_duo: true, ..Setup::USUAL };
const ENROLL_DUO: &str = "Set up Duo Security";

/// Says yes in the frame.
async fn approves(page: &Page) -> Result<()> {
    page.press_in_frame(texts::DUO_FRAME, texts::DUO_APPROVE).await
}

#[tokio::test]
async fn proved_in_its_frame() {
    journey_with("duo", WITH_DUO, async |journey| {
        let page = &journey.page;
        begin_at(page, people::ELSEWHERE, texts::DUO).await?;
        page.press(texts::DUO_START).await?;
        approves(page).await?;
        has_landed(page, people::ELSEWHERE).await
    })
    .await;
}

#[tokio::test]
async fn set_up_in_its_frame() {
    journey_with("enroll-duo", WITH_DUO, async |journey| {
        let page = &journey.page;
        begin_at(page, people::EVERYTHING, texts::ENROLL).await?;
        page.press(ENROLL_DUO).await?;
        reaches(page, ENROLL_DUO).await?;
        approves(page).await?;
        enroll::finish(page).await?;
        has_landed(page, people::EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn a_page_that_does_not_let_it_in_says_so() {
    journey("duo-not-allowed", async |journey| {
        let page = &journey.page;
        page.expects_in_console("Content Security Policy");
        page.expects_in_console("okta-sign-in-duo");
        begin_at(page, people::ELSEWHERE, texts::DUO).await?;
        page.press(texts::DUO_START).await?;
        is_told(page, texts::FACTOR_FAILED).await?;
        page.offers(texts::OTHER_WAY).await
    })
    .await;
}
