//! Tests of the harness on a small page.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::{path::Path, time::Duration};

use anyhow::Result;
use okta_e2e::{Clock, Page, Site, visit};

async fn run(name: &str, clock: Clock, steps: impl AsyncFnOnce(&Page) -> Result<()>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harness/page");
    let site = Site::serve_copy(name, &folder, "http://localhost:1").await.expect("run `cargo xtask e2e`");
    visit(name, &site, clock, steps).await;
}

#[tokio::test]
async fn elements_are_found_by_accessible_name() {
    run("harness-names", Clock::Real, async |page| {
        page.open("/").await?;
        page.expect_heading("A page").await?;
        assert_eq!(page.value("Name").await?, "old");
        page.fill("Name", "Ada").await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        assert_eq!(page.expect_disabled("Held").await?, "Held back");
        page.press("Press later").await?;
        assert_eq!(page.alert().await?, "Hello Ada");

        assert!(!page.is_checked("Keep it").await?);
        page.check("Keep it").await?;
        assert!(page.is_checked("Keep it").await?);

        assert!(!page.is_pressed("Show").await?);
        page.press("Show").await?;
        assert!(page.is_pressed("Show").await?);

        page.double_click("Count").await?;
        page.expect_text("counted 2").await?;
        assert_eq!(page.images().await?, ["A dot"]);
        assert!(!page.text().await?.contains("Out of sight"));
        assert!(!page.has_button_now("Nothing").await?);
        page.screenshot("harness").await
    })
    .await;
}

#[tokio::test]
async fn open_shadow_roots_are_searched() {
    run("harness-shadow", Clock::Real, async |page| {
        page.open("/").await?;
        page.expect_heading("In the shadow").await?;
        page.fill("Secret name", "Bob").await?;
        page.press("Whisper").await?;
        page.expect_heading("Psst, Bob").await?;
        page.expect_text("Psst, Bob").await
    })
    .await;
}

#[tokio::test]
async fn keys_go_to_the_focused_element() {
    run("harness-keyboard", Clock::Real, async |page| {
        page.open("/").await?;
        page.expect_heading("In the shadow").await?;
        assert_eq!(page.focused().await?, None);
        page.tab_to("Name").await?;
        page.keys("!").await?;
        // Tabbing into a field selects its content.
        assert_eq!(page.value("Name").await?, "!");
        page.tab_to("Secret name").await?;
        page.keys("Eve\u{e004}").await?;
        page.expect_focus_on("Whisper").await?;
        page.keys("\u{e007}").await?;
        page.expect_heading("Psst, Eve").await
    })
    .await;
}

#[tokio::test]
async fn the_pages_clock_can_be_advanced() {
    run("harness-clock", Clock::Adjustable, async |page| {
        page.open("/").await?;
        page.expect_text("59 s left").await?;
        page.browser.advance_clock(Duration::from_secs(30)).await?;
        page.expect_text("29 s left").await?;
        page.browser.advance_clock(Duration::from_secs(40)).await?;
        page.expect_text("over").await
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "Policy")]
async fn a_violated_policy_fails_a_journey() {
    run("harness-violation", Clock::Real, async |page| {
        page.open("/?violation").await?;
        page.expect_heading("In the shadow").await
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "on purpose")]
async fn an_error_on_the_console_fails_a_journey() {
    run("harness-error", Clock::Real, async |page| {
        page.open("/?error").await?;
        page.expect_heading("In the shadow").await
    })
    .await;
}

#[tokio::test]
async fn an_allowed_console_error_does_not_fail_a_journey() {
    run("harness-expected-error", Clock::Real, async |page| {
        page.allow_in_console("on purpose");
        page.open("/?error").await?;
        page.expect_heading("In the shadow").await
    })
    .await;
}
