//! The files of a language: in the page's form, late, or never there.

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Page, Setup, journey_with, wait_until};
use serde_json::json;

use super::{
    FIRST, GERMAN_BROWSER, GERMAN_PAGE, REST, expect_language, expect_spoken, german, listen, script_is, submit,
    verify_by_sms,
};
use crate::{
    expect_hydrated, expect_landing_page, hydrate, is_static, open_before_code, submit_password, texts, users,
};

/// The browser does not wait until everything has loaded.
const NO_WAITING: Duration = Duration::from_millis(1);

const TYPED: &str = "ada.b";

/// Keeps the field for the user name, to see whether it stays.
const KEEP_FIELD: &str = "window.__field = document.querySelector('[name=username]')";
const IS_KEPT: &str = "return window.__field === document.querySelector('[name=username]')";

#[tokio::test]
async fn a_form_that_was_rendered_in_german_is_hydrated() {
    let setup = Setup { holds_code: true, ..GERMAN_PAGE };
    journey_with("language-static", setup, async |journey| {
        let page = &journey.page;
        listen(page, &["en", "de"]).await?;
        open_before_code(page, "/").await?;
        page.fill(&german("primary.username"), TYPED).await?;
        page.check(&german("primary.remember")).await?;
        page.browser.run_script(KEEP_FIELD).await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        hydrate(journey).await?;
        script_is(page, IS_KEPT, json!(true)).await?;
        assert_eq!(page.value(&german("primary.username")).await?, TYPED);
        assert!(page.is_checked(&german("primary.remember")).await?);
        expect_spoken(page, &["de"]).await?;
        submit(page, "de", users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

/// How often the console has named a file that the widget has missed.
async fn reported(page: &Page, file: &str) -> Result<usize> {
    let lines = page.browser.console().await?;
    Ok(lines.iter().filter(|line| line.source == "console-api" && line.message.contains(file)).count())
}

#[tokio::test]
async fn without_the_file_a_form_in_german_becomes_english_as_a_whole() {
    let setup = Setup { holds_code: true, ..GERMAN_PAGE };
    journey_with("language-static-without", setup, async |journey| {
        let page = &journey.page;
        page.allow_in_console(FIRST);
        listen(page, &["en", "de"]).await?;
        journey.site.remove_file(FIRST)?;
        open_before_code(page, "/").await?;
        page.fill(&german("primary.username"), TYPED).await?;
        page.browser.run_script("document.querySelector('[name=username]').setSelectionRange(1, 3)").await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        journey.site.release_code()?;
        page.expect_heading(texts::START).await?;
        expect_hydrated(page).await?;
        expect_language(page, "en", "ltr").await?;
        page.expect_focus_on(texts::USERNAME).await?;
        assert_eq!(page.value(texts::USERNAME).await?, TYPED);
        let selection =
            "const { selectionStart, selectionEnd } = document.activeElement; return [selectionStart, selectionEnd]";
        script_is(page, selection, json!([1, 3])).await?;
        expect_spoken(page, &["de", "en"]).await?;
        assert_eq!(reported(page, "okta-sign-in").await?, 1);
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_late_file_holds_up_nobody_and_changes_the_language_when_it_comes() {
    journey_with("language-late", Setup { delay: NO_WAITING, ..GERMAN_BROWSER }, async |journey| {
        let page = &journey.page;
        listen(page, &["en", "de"]).await?;
        journey.site.hold_file(FIRST)?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, TYPED).await?;
        page.browser.run_script("document.activeElement.setSelectionRange(1, 3)").await?;
        page.browser.run_script(KEEP_FIELD).await?;
        expect_spoken(page, &["en"]).await?;
        journey.site.release_file(FIRST)?;
        page.expect_heading(&german("primary.title")).await?;
        script_is(page, IS_KEPT, json!(true)).await?;
        page.expect_focus_on(&german("primary.username")).await?;
        assert_eq!(page.value(&german("primary.username")).await?, TYPED);
        let selection =
            "const { selectionStart, selectionEnd } = document.activeElement; return [selectionStart, selectionEnd]";
        script_is(page, selection, json!([1, 3])).await?;
        expect_spoken(page, &["en", "de"]).await
    })
    .await;
}

#[tokio::test]
async fn without_the_first_file_the_sign_in_is_in_english() {
    journey_with("language-without-first", GERMAN_BROWSER, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.allow_in_console(FIRST);
        listen(page, &["en", "de"]).await?;
        journey.site.remove_file(FIRST)?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        submit_password(page, users::THREE_FACTORS).await?;
        verify_by_sms(page, org, "en", 1).await?;
        expect_landing_page(page, users::THREE_FACTORS).await?;
        expect_spoken(page, &["en"]).await?;
        let language = org.message(users::THREE_FACTORS.login, 1).await?.language;
        ensure!(language.as_deref() == Some("en"), "{language:?}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_the_other_file_the_first_form_is_in_german_and_the_rest_in_english() {
    journey_with("language-without-rest", GERMAN_PAGE, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.allow_in_console("okta-sign-in-de-rest");
        listen(page, &["en", "de"]).await?;
        journey.site.remove_file(REST)?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        submit(page, "de", users::THREE_FACTORS).await?;
        verify_by_sms(page, org, "en", 1).await?;
        expect_landing_page(page, users::THREE_FACTORS).await?;
        expect_spoken(page, &["de", "en"]).await
    })
    .await;
}

#[tokio::test]
async fn a_late_other_file_changes_the_step_when_it_comes() {
    journey_with("language-late-rest", Setup { delay: NO_WAITING, ..GERMAN_PAGE }, async |journey| {
        let page = &journey.page;
        listen(page, &["en", "de"]).await?;
        journey.site.hold_file(REST)?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        submit(page, "de", users::THREE_FACTORS).await?;
        page.expect_heading(texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        page.fill(texts::CODE, "12").await?;
        journey.site.release_file(REST)?;
        page.expect_heading(&german("verify.sms.title")).await?;
        page.expect_focus_on(&german("verify.code")).await?;
        assert_eq!(page.value(&german("verify.code")).await?, "12");
        let there = async || Ok((!page.text().await?.contains(texts::CODE)).then_some(()));
        wait_until("no English", there).await?;
        expect_spoken(page, &["de", "en", "de"]).await
    })
    .await;
}
