//! Pictures of the main steps for people to look at, in `test-output/screenshots`: a telephone's
//! width and a desk's, light and dark. That nothing has to be scrolled sideways is checked.

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey};
use serde_json::json;

use crate::{begin, has_landed, open_start, people, texts};

const SIZES: [(u32, u32); 3] = [(320, 640), (390, 844), (1280, 800)];

async fn picture(page: &Page, name: &str) -> Result<()> {
    for (width, height) in SIZES {
        page.browser.resize(width, height).await?;
        ensure!(fits(page).await?, "{name} is wider than {width} pixels");
        for scheme in ["light", "dark"] {
            page.browser.prefer_color_scheme(scheme).await?;
            page.screenshot(&format!("{name}-{width}-{scheme}")).await?;
        }
    }
    page.browser.resize(390, 844).await
}

/// Whether everything fits into the window's width.
async fn fits(page: &Page) -> Result<bool> {
    let expression = "document.documentElement.scrollWidth <= window.innerWidth";
    let answer = page.browser.devtools("Runtime.evaluate", json!({ "expression": expression })).await?;
    Ok(answer.pointer("/result/value") == Some(&json!(true)))
}

#[tokio::test]
async fn the_main_steps_fit_every_width() {
    journey("looks", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let person = people::THREE_FACTORS;
        open_start(page).await?;
        picture(page, "start").await?;
        begin(page, people::Person { password: "wrong", ..person }).await?;
        page.alert().await?;
        picture(page, "wrong-password").await?;

        begin(page, person).await?;
        page.arrives_at(texts::SMS).await?;
        picture(page, "sms-send").await?;
        page.press(texts::SEND_CODE).await?;
        page.has_field(texts::CODE).await?;
        picture(page, "sms-code").await?;
        page.press(texts::OTHER_WAY).await?;
        picture(page, "switcher").await?;
        page.press_beginning(texts::CHOOSE_QUESTION).await?;
        page.arrives_at(texts::QUESTION).await?;
        picture(page, "question").await?;
        page.press(texts::OTHER_WAY).await?;
        page.press_beginning(texts::CHOOSE_GOOGLE).await?;
        page.arrives_at(texts::GOOGLE).await?;
        picture(page, "google").await?;
        let code = org.authenticator_code(person.login, "GOOGLE").await?;
        crate::prove(page, &code).await?;
        has_landed(page, person).await?;
        picture(page, "landing").await?;
        page.open("/").await?;
        page.arrives_at(texts::SESSION).await?;
        picture(page, "session").await
    })
    .await;
}

#[tokio::test]
async fn the_steps_of_setting_up_fit_every_width() {
    journey("looks-enroll", async |journey| {
        let page = &journey.page;
        begin(page, people::NEWCOMER).await?;
        page.arrives_at(texts::ENROLL).await?;
        picture(page, "enroll").await?;
        page.press(texts::ENROLL_GOOGLE).await?;
        page.arrives_at(texts::ENROLL_GOOGLE).await?;
        picture(page, "enroll-google").await
    })
    .await;
}
