//! The harness itself, tried on a small page: what the journeys rely on has to be true.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::{path::Path, time::Duration};

use anyhow::Result;
use okta_e2e::{Clock, Page, Site, visit};

async fn try_out(name: &str, clock: Clock, walk: impl AsyncFnOnce(&Page) -> Result<()>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harness/page");
    let site = Site::serve(&folder, "http://localhost:1").await.expect("run `cargo xtask e2e`");
    visit(name, &site, clock, walk).await;
}

#[tokio::test]
async fn things_are_found_by_their_names_and_used() {
    try_out("harness-names", Clock::Real, async |page| {
        page.open("/").await?;
        page.arrives_at("A page").await?;
        assert_eq!(page.value("Name").await?, "old");
        page.fill("Name", "Ada").await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        assert_eq!(page.holds_back("Held").await?, "Held back");
        page.press("Press later").await?;
        assert_eq!(page.alert().await?, "Hello Ada");

        assert!(!page.is_checked("Keep it").await?);
        page.check("Keep it").await?;
        assert!(page.is_checked("Keep it").await?);

        assert!(!page.is_pressed("Show").await?);
        page.press("Show").await?;
        assert!(page.is_pressed("Show").await?);

        page.press_twice("Count").await?;
        page.sees("counted 2").await?;
        assert_eq!(page.pictures().await?, ["A dot"]);
        assert!(!page.text().await?.contains("Out of sight"));
        assert!(!page.offers_now("Nothing").await?);
        page.screenshot("harness").await
    })
    .await;
}

#[tokio::test]
async fn open_shadow_roots_are_part_of_the_page() {
    try_out("harness-shadow", Clock::Real, async |page| {
        page.open("/").await?;
        page.arrives_at("In the shadow").await?;
        page.fill("Secret name", "Bob").await?;
        page.press("Whisper").await?;
        page.arrives_at("Psst, Bob").await?;
        page.sees("Psst, Bob").await
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_goes_where_the_focus_is() {
    try_out("harness-keyboard", Clock::Real, async |page| {
        page.open("/").await?;
        page.arrives_at("In the shadow").await?;
        assert_eq!(page.focused().await?, None);
        page.tab_to("Name").await?;
        page.keys("!").await?;
        // Tabbing into a field selects what is in it.
        assert_eq!(page.value("Name").await?, "!");
        page.tab_to("Secret name").await?;
        page.keys("Eve\u{e004}").await?;
        page.focus_is_on("Whisper").await?;
        page.keys("\u{e007}").await?;
        page.arrives_at("Psst, Eve").await
    })
    .await;
}

#[tokio::test]
async fn the_clock_of_the_page_can_be_put_forward() {
    try_out("harness-clock", Clock::Adjustable, async |page| {
        page.open("/").await?;
        page.sees("59 s left").await?;
        page.browser.put_clock_forward(Duration::from_secs(30)).await?;
        page.sees("29 s left").await?;
        page.browser.put_clock_forward(Duration::from_secs(40)).await?;
        page.sees("over").await
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "Content Security Policy")]
async fn a_violated_policy_fails_a_journey() {
    try_out("harness-violation", Clock::Real, async |page| {
        page.open("/?violation").await?;
        page.arrives_at("In the shadow").await
    })
    .await;
}

#[tokio::test]
#[should_panic(expected = "on purpose")]
async fn an_error_on_the_console_fails_a_journey() {
    try_out("harness-error", Clock::Real, async |page| {
        page.open("/?error").await?;
        page.arrives_at("In the shadow").await
    })
    .await;
}

#[tokio::test]
async fn an_expected_error_does_not() {
    try_out("harness-expected-error", Clock::Real, async |page| {
        page.expects_in_console("on purpose");
        page.open("/?error").await?;
        page.arrives_at("In the shadow").await
    })
    .await;
}
