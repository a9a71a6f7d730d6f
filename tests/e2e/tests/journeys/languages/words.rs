//! The page's own words, and those of its brand, in every language or in one.

use anyhow::Result;
use okta_e2e::{Clock, Page, Setup, journey_with};
use serde_json::{Value, json};

use super::{GERMAN_PAGE, german, say, script_is, submit};
use crate::{expect_hydrated, expect_landing_page, hydrate, is_static, texts, users};

/// Runs code with `element` when the page's element is parsed, before the script is there.
async fn when_parsed(page: &Page, code: &str) -> Result<()> {
    let source = format!(
        "new MutationObserver((_, observer) => {{
            const element = document.querySelector('okta-sign-in');
            if (element === null) return;
            observer.disconnect();
            {code}
        }}).observe(document, {{ childList: true, subtree: true }});"
    );
    page.browser.before_each_page(&source).await
}

async fn set(page: &Page, property: &str, value: Value) -> Result<()> {
    let change = format!("document.querySelector('okta-sign-in').{property} = {value}");
    page.browser.run_script(&change).await.map(|_| ())
}

#[tokio::test]
async fn words_for_every_language_or_for_one_change_while_somebody_types() {
    const WORDS: &str = "element.strings = {
        'primary.submit': 'Go',
        de: { 'primary.title': 'Hallo', 'verify.resend_in': '{seconds, plural, one {Gleich} other {Noch {seconds}}}' },
        ar: { 'primary.title': 'مرحبا' },
    };";
    journey_with("language-words", GERMAN_PAGE, async |journey| {
        let (page, user) = (&journey.page, users::THREE_FACTORS);
        when_parsed(page, WORDS).await?;
        page.open("/").await?;
        page.expect_heading("Hallo").await?;
        page.expect_button("Go").await?;
        page.fill(&german("primary.username"), user.login).await?;
        set(page, "language", json!("ar")).await?;
        page.expect_heading("مرحبا").await?;
        page.expect_button("Go").await?;
        set(page, "language", json!("fr")).await?;
        page.expect_heading(&say("fr", "primary.title")).await?;
        set(page, "language", json!("de")).await?;
        page.expect_heading("Hallo").await?;
        set(page, "strings", json!({ "de": { "primary.title": "Moin", "verify.resend_in": "{seconds, plural, one {Gleich} other {Noch {seconds}}}" } })).await?;
        page.expect_heading("Moin").await?;
        page.expect_button(&german("primary.submit")).await?;
        assert_eq!(page.value(&german("primary.username")).await?, user.login);
        page.fill(&german("primary.password"), user.password).await?;
        page.press(&german("primary.submit")).await?;
        page.expect_heading(&german("verify.sms.title")).await?;
        page.press(&german("verify.send")).await?;
        page.expect_disabled("Noch ").await.map(|_| ())
    })
    .await;
}

#[tokio::test]
async fn words_take_the_place_of_those_in_the_pages_form() {
    let setup = Setup { holds_code: true, ..GERMAN_PAGE };
    journey_with("language-words-static", setup, async |journey| {
        let page = &journey.page;
        when_parsed(page, "element.strings = { de: { 'primary.title': 'Hallo' } };").await?;
        page.open("/").await?;
        page.fill(&german("primary.username"), "ada.b").await?;
        page.expect_heading(&german("primary.title")).await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        hydrate(journey).await?;
        page.expect_heading("Hallo").await?;
        page.expect_focus_on(&german("primary.username")).await?;
        assert_eq!(page.value(&german("primary.username")).await?, "ada.b");
        submit(page, "de", users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn the_name_of_the_application_is_in_the_language_also_in_the_pages_form() {
    const KEEP: &str = "window.__heading = document.querySelector('.oaw h2')";
    let setup = Setup { attributes: &[("application-name", "Fernweh")], holds_code: true, ..GERMAN_PAGE };
    journey_with("language-application", setup, async |journey| {
        let page = &journey.page;
        let heading = |tag: &str| say(tag, "brand.title").replace("{application}", "Fernweh");
        page.open("/").await?;
        page.expect_heading(&heading("de")).await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        page.browser.run_script(KEEP).await?;
        hydrate(journey).await?;
        page.expect_heading(&heading("de")).await?;
        script_is(page, "return window.__heading.isConnected", json!(true)).await?;
        set(page, "language", json!("ja")).await?;
        page.expect_heading(&heading("ja")).await?;
        set(page, "applicationName", json!("Acme")).await?;
        page.expect_heading(&say("ja", "brand.title").replace("{application}", "Acme")).await
    })
    .await;
}

#[tokio::test]
async fn a_brand_speaks_the_language() {
    const LABELS: &str = "
        element.links = [{ label: { en: 'Status', de: 'Stand der Dinge' }, href: 'mailto:status@fern.example' }];
        element.buttons = [{ label: { en: 'Guest', de: 'Als Gast' }, onClick() {} }];";
    let attributes = &[("organization-name", "Fern Gardens"), ("help-url", "/help")];
    journey_with("language-brand", Setup { attributes, ..GERMAN_PAGE }, async |journey| {
        let page = &journey.page;
        when_parsed(page, LABELS).await?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        let help = |tag: &str| format!("{} {}", say(tag, "brand.help"), say(tag, "brand.new_window"));
        page.expect_text("Fern Gardens").await?;
        for name in [help("de"), "Stand der Dinge".to_owned(), "Als Gast".to_owned()] {
            page.expect_button(&name).await?;
        }
        page.fill(&german("primary.username"), "ada.b").await?;
        set(page, "language", json!("en")).await?;
        for name in [help("en"), "Status".to_owned(), "Guest".to_owned()] {
            page.expect_button(&name).await?;
        }
        set(page, "language", json!("fr")).await?;
        page.expect_button(&help("fr")).await?;
        page.expect_button("Status").await?;
        assert_eq!(page.value(&say("fr", "primary.username")).await?, "ada.b");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_page_of_okta_signin_widget_chooses_french() {
    let setup = Setup { pages: Some("drop-in"), clock: Clock::Real, ..Setup::DEFAULT };
    journey_with("language-drop-in", setup, async |journey| {
        let (page, user) = (&journey.page, users::PASSWORD_ONLY);
        page.open("/french.html").await?;
        page.expect_heading("Bienvenue chez Acme").await?;
        page.expect_button("Un bouton").await?;
        page.expect_button("Perdu ?").await?;
        page.expect_button(&say("fr", "primary.unlock")).await?;
        let supported: Vec<String> = okta_languages::all()?.into_iter().map(|catalogue| catalogue.tag).collect();
        let told = "const [supported, wanted] = document.body.dataset.languages.split(' | ');
            return wanted === navigator.languages.join(' ') && supported";
        script_is(page, told, json!(format!("en {}", supported.join(" ")))).await?;
        submit(page, "fr", users::User { password: "wrong", ..user }).await?;
        page.expect_message("Mauvais mot de passe.").await?;
        page.fill(&say("fr", "primary.password"), user.password).await?;
        page.press(&say("fr", "primary.submit")).await?;
        expect_landing_page(page, user).await
    })
    .await;
}

#[tokio::test]
async fn a_page_of_okta_signin_widget_without_a_language_speaks_the_browsers() {
    let setup = Setup { pages: Some("drop-in"), languages: "de-AT,en", ..Setup::DEFAULT };
    journey_with("language-drop-in-browser", setup, async |journey| {
        let page = &journey.page;
        // Its HTML says that it is in English.
        page.open("/sign-in.html").await?;
        page.expect_heading(&german("primary.title")).await?;
        submit(page, "de", users::PASSWORD_ONLY).await?;
        page.expect_heading(texts::LANDED).await
    })
    .await;
}
