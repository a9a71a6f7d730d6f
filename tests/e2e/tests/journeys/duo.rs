//! Duo, which runs in a frame. The page's content security policy must allow it; otherwise the widget reports it.

use anyhow::Result;
use http::Method;
use okta_e2e::{Fault, Page, Setup, journey, journey_with};

use crate::{enroll, expect_landing_page, expect_message, expect_step, sign_in_to, texts, users};

const WITH_DUO: Setup<'_> = Setup { allow_duo: true, ..Setup::DEFAULT };
const ENROLL_DUO: &str = "Set up Duo Security";

/// Approves in the frame.
async fn approve(page: &Page) -> Result<()> {
    page.press_in_frame(texts::DUO_FRAME, texts::DUO_APPROVE).await
}

#[tokio::test]
async fn verify_in_its_frame() {
    journey_with("duo", WITH_DUO, async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::EXTERNAL_PROVIDERS, texts::DUO).await?;
        page.press(texts::DUO_START).await?;
        approve(page).await?;
        expect_landing_page(page, users::EXTERNAL_PROVIDERS).await
    })
    .await;
}

#[tokio::test]
async fn enroll_in_its_frame() {
    journey_with("enroll-duo", WITH_DUO, async |journey| {
        let page = &journey.page;
        sign_in_to(page, users::MAY_ENROLL_EVERYTHING, texts::ENROLL).await?;
        page.press(ENROLL_DUO).await?;
        expect_step(page, ENROLL_DUO).await?;
        approve(page).await?;
        enroll::finish(page).await?;
        expect_landing_page(page, users::MAY_ENROLL_EVERYTHING).await
    })
    .await;
}

#[tokio::test]
async fn a_script_that_did_not_load_is_loaded_again() {
    journey_with("duo-retry", WITH_DUO, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        sign_in_to(page, users::EXTERNAL_PROVIDERS, texts::DUO).await?;
        org.plan_fault(&Method::GET, "/js/sections/duo/Duo-Web-v2.js", 1, Fault::Status(503)).await?;
        page.press(texts::DUO_START).await?;
        expect_message(page, texts::FACTOR_FAILED).await?;
        page.press(texts::RETRY).await?;
        approve(page).await?;
        expect_landing_page(page, users::EXTERNAL_PROVIDERS).await
    })
    .await;
}

#[tokio::test]
async fn a_page_whose_policy_blocks_duo_reports_it() {
    journey("duo-not-allowed", async |journey| {
        let page = &journey.page;
        // What Chromium, Firefox and WebKit say of the Trusted Types policy, and of nothing else.
        for line in
            ["'okta-sign-in-duo'", "blocked creating a Trusted Types policy", "trusted-types trusted-types-policy"]
        {
            page.allow_in_console(line);
        }
        sign_in_to(page, users::EXTERNAL_PROVIDERS, texts::DUO).await?;
        page.press(texts::DUO_START).await?;
        expect_message(page, texts::FACTOR_FAILED).await?;
        page.expect_button(texts::OTHER_WAY).await
    })
    .await;
}
