//! A file that is not the one of the build: the browser refuses it, whether it is whole or not. And each file is fetched
//! once.

use anyhow::Result;
use okta_e2e::{Capability, Journey, Setup, journey_with};

use crate::{
    expect_errors, expect_hydrated, expect_landing_page, open_start, start_sign_in, submit_password, texts, users,
    watch_errors,
};

/// The same program to a machine, and another file: a module ends with a section that means nothing.
const EMPTY_SECTION: &[u8] = &[0, 2, 1, b'x'];
const SETUP: Setup<'_> = Setup { attributes: &[("username", "")], ..Setup::DEFAULT };

/// Replaces a file of the page by one that differs at its end.
fn change(journey: &Journey, file: &str, end: &[u8]) -> Result<()> {
    let changed = [journey.site.read_file(file)?.as_slice(), end].concat();
    journey.site.replace_file(file, &changed)
}

/// What is refused is told in the form; when the right file is there again, the same form works.
async fn refused(name: &str, file: &str, end: &[u8]) {
    journey_with(name, SETUP, async |journey| {
        let page = &journey.page;
        if !file.ends_with("_bg.wasm") {
            journey.needs(Capability::ModuleIntegrity)?;
        }
        page.allow_in_console("okta-sign-in");
        page.allow_in_console("integrity");
        change(journey, file, end)?;
        watch_errors(page).await?;
        page.open("/").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::LOAD_FAILED), "{alert}");
        expect_errors(page, &[("integrity", true)]).await?;
        journey.site.restore_file(file)?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn another_module_is_refused() {
    refused("integrity-module", "okta-sign-in-core_bg.wasm", EMPTY_SECTION).await;
}

#[tokio::test]
async fn another_script_is_refused() {
    refused("integrity-script", "okta-sign-in-core.js", b"\n").await;
}

#[tokio::test]
async fn another_second_part_is_refused() {
    journey_with("integrity-part", SETUP, async |journey| {
        let page = &journey.page;
        page.allow_in_console("okta-sign-in");
        page.allow_in_console("integrity");
        page.allow_in_console("fetch");
        let second_part = journey.site.second_part()?;
        change(journey, &second_part, EMPTY_SECTION)?;
        start_sign_in(page, users::THREE_FACTORS).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");
        journey.site.restore_file(&second_part)?;
        page.press(texts::RETRY).await?;
        page.expect_heading(texts::SMS).await
    })
    .await;
}

/// A file that a link has fetched is not transferred again for the program, whatever a browser counts as a fetch.
#[tokio::test]
async fn each_file_is_fetched_once() {
    const FILES: [&str; 4] =
        ["okta-sign-in.js", "okta-sign-in-core.js", "okta-sign-in-core_bg.wasm", "styles/okta-sign-in.css"];
    const FETCHED: &str = "return performance.getEntriesByType('resource')
        .filter(({ transferSize }) => transferSize > 0).map(({ name }) => new URL(name).pathname);";
    journey_with("fetched-once", SETUP, async |journey| {
        let page = &journey.page;
        journey.needs(Capability::PreloadedFetch)?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        let fetched: Vec<String> = serde_json::from_value(page.browser.run_script(FETCHED).await?)?;
        for file in FILES {
            let times = fetched.iter().filter(|path| path.strip_prefix('/') == Some(file)).count();
            assert_eq!(times, 1, "{file}: {fetched:?}");
        }
        Ok(())
    })
    .await;
}
