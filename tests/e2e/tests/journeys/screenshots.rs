//! Screenshots of the main steps in `test-output/screenshots`, for phone and desktop widths, light and dark. Checks
//! that nothing overflows horizontally.

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey};
use serde_json::json;

use crate::{expect_landing_page, open_start, start_sign_in, texts, users};

const SIZES: [(u32, u32); 3] = [(320, 640), (390, 844), (1280, 800)];

async fn screenshot(page: &Page, name: &str) -> Result<()> {
    for (width, height) in SIZES {
        page.browser.resize(width, height).await?;
        ensure!(fits_width(page).await?, "{name} is wider than {width} pixels");
        page.screenshot_light_and_dark(&format!("{name}-{width}")).await?;
    }
    page.browser.resize(390, 844).await
}

/// Whether the page fits the window's width.
async fn fits_width(page: &Page) -> Result<bool> {
    const FITS: &str = "return document.documentElement.scrollWidth <= window.innerWidth";
    Ok(page.browser.run_script(FITS).await? == json!(true))
}

#[tokio::test]
async fn the_main_steps_fit_every_width() {
    journey("screenshots", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        open_start(page).await?;
        screenshot(page, "start").await?;
        start_sign_in(page, users::User { password: "wrong", ..user }).await?;
        page.alert().await?;
        screenshot(page, "wrong-password").await?;

        start_sign_in(page, user).await?;
        page.expect_heading(texts::SMS).await?;
        screenshot(page, "sms-send").await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_field(texts::CODE).await?;
        screenshot(page, "sms-code").await?;
        page.press(texts::OTHER_WAY).await?;
        screenshot(page, "switcher").await?;
        page.press_starting_with(texts::CHOOSE_QUESTION).await?;
        page.expect_heading(texts::QUESTION).await?;
        screenshot(page, "question").await?;
        page.press(texts::OTHER_WAY).await?;
        page.press_starting_with(texts::CHOOSE_GOOGLE).await?;
        page.expect_heading(texts::GOOGLE).await?;
        screenshot(page, "google").await?;
        let code = org.authenticator_code(user.login, "GOOGLE").await?;
        crate::verify_code(page, &code).await?;
        expect_landing_page(page, user).await?;
        screenshot(page, "landing").await?;
        page.open("/").await?;
        page.expect_heading(texts::SESSION).await?;
        screenshot(page, "session").await
    })
    .await;
}

#[tokio::test]
async fn the_enrollment_steps_fit_every_width() {
    journey("screenshots-enroll", async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::MUST_ENROLL).await?;
        page.expect_heading(texts::ENROLL).await?;
        screenshot(page, "enroll").await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        page.expect_heading(texts::ENROLL_GOOGLE).await?;
        screenshot(page, "enroll-google").await
    })
    .await;
}
