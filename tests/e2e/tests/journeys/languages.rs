//! Languages: which one the widget speaks, and that it never speaks two at once. `languages/spoken.js` notes that at every
//! change of what is shown. The texts are those of the catalogues, by their keys.

mod live;
mod loading;
mod parts;
mod words;

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};
use http::Method;
use okta_e2e::{Org, Page, Setup, journey_with};
use serde_json::{Value, json};

use crate::{expect_hydrated, expect_landing_page, expect_step, texts, users};

/// A page in German.
const GERMAN_PAGE: Setup<'_> = Setup { page_language: Some("de"), ..Setup::DEFAULT };

/// A page that does not say its language, in a browser that prefers German.
const GERMAN_BROWSER: Setup<'_> = Setup { page_language: Some(""), languages: "de-AT,en", ..Setup::DEFAULT };

/// The files with the German texts of the first form, and with the others.
const FIRST: &str = "locales/okta-sign-in-de.js";
const REST: &str = "locales/okta-sign-in-de-rest.js";

/// The text of a language with that key.
pub(crate) fn say(tag: &str, key: &str) -> String {
    let catalogue = okta_languages::by_tag(tag).expect("the language is there");
    catalogue.messages.get(key).unwrap_or_else(|| panic!("{tag} has no {key}")).clone()
}

/// The German one.
pub(crate) fn german(key: &str) -> String {
    say("de", key)
}

/// Notes from now on what is spoken; the page must not be open yet.
async fn listen(page: &Page, tags: &[&str]) -> Result<()> {
    let messages: BTreeMap<&str, Vec<String>> = tags
        .iter()
        .map(|tag| Ok((*tag, okta_languages::by_tag(tag)?.messages.into_values().collect())))
        .collect::<Result<_>>()?;
    let source = include_str!("languages/spoken.js").replace("MESSAGES)", &format!("{})", json!(messages)));
    page.browser.before_each_page(&source).await
}

/// Fails unless these languages were spoken, one after the other.
async fn expect_spoken(page: &Page, tags: &[&str]) -> Result<()> {
    let spoken = page.browser.run_script("return sessionStorage.getItem('spoken') ?? '[]'").await?;
    let spoken: Vec<(String, String)> = serde_json::from_str(spoken.as_str().context("a text")?)?;
    let found: Vec<&str> = spoken.iter().map(|(state, _)| state.as_str()).collect();
    ensure!(found == tags, "spoken was {spoken:#?}");
    Ok(())
}

/// What a script in the page returns.
async fn script_is(page: &Page, script: &str, expected: Value) -> Result<()> {
    let found = page.browser.run_script(script).await?;
    ensure!(found == expected, "{script}: {found}, not {expected}");
    Ok(())
}

/// The language and the direction that the widget names.
async fn expect_language(page: &Page, tag: &str, direction: &str) -> Result<()> {
    const NAMED: &str = "const { lang, dir } = document.querySelector('.oaw'); return [lang, dir]";
    script_is(page, NAMED, json!([tag, direction])).await
}

/// Submits user name and password in a language.
pub(crate) async fn submit(page: &Page, tag: &str, user: users::User) -> Result<()> {
    page.fill(&say(tag, "primary.username"), user.login).await?;
    page.fill(&say(tag, "primary.password"), user.password).await?;
    page.press(&say(tag, "primary.submit")).await
}

/// Has a code sent, and enters it.
pub(crate) async fn verify_by_sms(page: &Page, org: &Org, tag: &str, count: usize) -> Result<()> {
    expect_step(page, &say(tag, "verify.sms.title")).await?;
    page.press(&say(tag, "verify.send")).await?;
    let code = org.code_in_message(users::THREE_FACTORS.login, count).await?;
    page.submit_code(&say(tag, "verify.code"), &code, &say(tag, "verify.submit")).await
}

#[tokio::test]
async fn a_sign_in_with_two_factors_is_in_the_language_of_the_page() {
    let setup = Setup { attributes: &[("document-title", "")], ..GERMAN_PAGE };
    journey_with("language-page", setup, async |journey| {
        let (page, org, user) = (&journey.page, &journey.org, users::THREE_FACTORS);
        listen(page, &["en", "de"]).await?;
        page.open("/").await?;
        page.expect_heading(&german("primary.title")).await?;
        expect_hydrated(page).await?;
        expect_language(page, "de", "ltr").await?;
        script_is(page, "return document.title", json!("Anmelden | Sign in · Demo")).await?;
        submit(page, "de", users::User { password: "wrong", ..user }).await?;
        page.expect_message(&german("notice.wrong_credentials")).await?;
        submit(page, "de", user).await?;
        expect_step(page, &german("verify.sms.title")).await?;
        expect_language(page, "de", "ltr").await?;
        script_is(page, "return document.title", json!("Per SMS bestätigen | Sign in · Demo")).await?;
        verify_by_sms(page, org, "de", 1).await?;
        expect_landing_page(page, user).await?;
        expect_spoken(page, &["de"]).await?;
        // The org may send it in German; its own page asks for no permission because of that.
        assert_eq!(org.message(user.login, 1).await?.language.as_deref(), Some("de"));
        assert_eq!(org.request_count(&Method::OPTIONS, "/api/v1/sessions/me").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_browser_chooses_where_the_page_says_nothing() {
    journey_with("language-browser", GERMAN_BROWSER, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        page.expect_heading(&german("primary.title")).await?;
        expect_language(page, "de", "ltr").await?;
        submit(page, "de", users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_page_in_english_stays_so_in_any_browser() {
    const LOADED: &str = "return performance.getEntriesByType('resource')
        .filter(({ name }) => /language|locales/.test(name)).length";
    let setup = Setup { page_language: None, ..GERMAN_BROWSER };
    journey_with("language-english", setup, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        expect_hydrated(page).await?;
        page.expect_heading(texts::START).await?;
        script_is(page, LOADED, json!(0)).await
    })
    .await;
}

#[tokio::test]
async fn arabic_is_written_from_right_to_left_and_used_by_keyboard() {
    let setup = Setup { page_language: Some("ar"), ..Setup::DEFAULT };
    journey_with("language-arabic", setup, async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        listen(page, &["en", "ar"]).await?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        expect_language(page, "ar", "rtl").await?;
        let direction = "return getComputedStyle(document.querySelector('.oaw form')).direction";
        script_is(page, direction, json!("rtl")).await?;
        page.tab_to(&say("ar", "primary.username")).await?;
        page.keys(user.login).await?;
        page.tab_to(&say("ar", "primary.password")).await?;
        page.keys(user.password).await?;
        page.keys("\u{e007}").await?;
        expect_landing_page(page, user).await?;
        expect_spoken(page, &["ar"]).await
    })
    .await;
}

#[tokio::test]
async fn german_without_webassembly() {
    let setup = Setup { wasm: okta_e2e::Wasm::Missing, ..GERMAN_PAGE };
    journey_with("language-no-wasm", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        listen(page, &["en", "de"]).await?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        submit(page, "de", users::THREE_FACTORS).await?;
        verify_by_sms(page, org, "de", 1).await?;
        expect_landing_page(page, users::THREE_FACTORS).await?;
        expect_spoken(page, &["de"]).await
    })
    .await;
}
