//! A brand around the sign-in: what a page gives, and themes, in a real page, under the strict policy of the page server.

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey};
use serde_json::{Value, json};

use crate::{expect_hydrated, expect_landing_page, submit_password, texts, users};

/// The name, and what follows from it.
const NAME: &str = "Fern Gardens";
const HEADING: &str = "Sign in to the plant library";

/// Sets properties of the element when it is parsed, before the script is there.
fn when_parsed(code: &str) -> Value {
    let source = format!(
        "new MutationObserver((_, observer) => {{
            const element = document.querySelector('okta-sign-in');
            if (element === null) return;
            observer.disconnect();
            {code}
        }}).observe(document, {{ childList: true, subtree: true }});"
    );
    json!({ "source": source })
}

async fn before_page(page: &Page, code: &str) -> Result<()> {
    page.browser.devtools("Page.addScriptToEvaluateOnNewDocument", when_parsed(code)).await.map(|_| ())
}

async fn script_is(page: &Page, script: &str, expected: &Value) -> Result<()> {
    let found = page.browser.run_script(script).await?;
    ensure!(found == *expected, "{script}: {found}, not {expected}");
    Ok(())
}

async fn fits(page: &Page) -> Result<()> {
    script_is(page, "return document.documentElement.scrollWidth <= window.innerWidth", &json!(true)).await
}

#[tokio::test]
async fn buttons_words_and_places_are_the_pages_own() {
    const PARTS: &str = "
        element.strings = { 'primary.title': 'Welcome', 'primary.submit': 'Go on', 'primary.nothing': 'x' };
        element.links = [{ label: 'Status', href: 'https://status.example/' }];
        element.buttons = [
            { label: 'Company account', position: 'above', onClick: () => { document.title = 'pressed'; } },
            { label: 'Throws', onClick: () => { throw new Error('from the page'); } },
        ];
        for (const name of ['header', 'before-form', 'footer']) {
            const part = document.createElement('p');
            part.slot = name;
            part.textContent = `In the ${name}`;
            element.append(part);
        }";
    journey("brand-parts", async |journey| {
        let page = &journey.page;
        page.allow_in_console("from the page");
        before_page(page, PARTS).await?;
        page.open("/").await?;
        page.expect_heading("Welcome").await?;
        expect_hydrated(page).await?;
        for text in ["In the header", "In the before-form", "In the footer"] {
            page.expect_text(text).await?;
        }
        let order = page.text().await?;
        let places: Vec<_> = [
            "In the header",
            "Welcome",
            "In the before-form",
            "Company account",
            "Username",
            "Go on",
            "Throws",
            "In the footer",
        ]
        .iter()
        .map(|text| order.find(text))
        .collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{order}");
        page.press("Company account").await?;
        script_is(page, "return document.title", &json!("pressed")).await?;
        page.press("Throws").await?;
        page.expect_button("Status (opens in a new window)").await?;

        page.fill(texts::USERNAME, users::PASSWORD_ONLY.login).await?;
        page.fill(texts::PASSWORD, "wrong").await?;
        page.press("Go on").await?;
        page.alert().await?;
        page.expect_button("Company account").await?;
        page.fill(texts::PASSWORD, users::PASSWORD_ONLY.password).await?;
        page.press("Go on").await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn themes_are_switched_while_somebody_types() {
    journey("brand-themes", async |journey| {
        let page = &journey.page;
        page.open("/themes.html").await?;
        page.expect_heading(HEADING).await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, "ann.lee").await?;
        let themes = [
            ("Fern", NAME, HEADING, "20px"),
            ("Signal", "Signal Works", "Sign in to Switchboard", "0px"),
            ("Dusk", "Dusk Hotels", "Sign in to the night desk", "12px"),
        ];
        for (theme, name, heading, radius) in themes {
            page.select("Theme", theme).await?;
            page.expect_text(name).await?;
            page.expect_heading(heading).await?;
            assert_eq!(page.value(texts::USERNAME).await?, "ann.lee");
            let corners = "return getComputedStyle(document.querySelector('.oaw-button-primary')).borderRadius";
            script_is(page, corners, &json!(radius)).await?;
            for scheme in ["light", "dark"] {
                page.browser.prefer_color_scheme(scheme).await?;
                page.browser.resize(320, 844).await?;
                fits(page).await?;
                page.browser.resize(390, 844).await?;
                page.screenshot(&format!("theme-{}-{scheme}", theme.to_lowercase())).await?;
            }
        }
        page.select("Colours", "Dark").await?;
        script_is(page, "return getComputedStyle(document.documentElement).colorScheme", &json!("dark")).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}
