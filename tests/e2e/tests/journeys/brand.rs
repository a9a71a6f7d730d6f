//! A brand around the sign-in: each of its options in a real page, under the strict policy of the page server.

use anyhow::{Result, ensure};
use okta_e2e::{Capability, Page, Setup, journey, journey_with, wait_until};
use serde_json::{Value, json};

use crate::{
    expect_hydrated, expect_landing_page, expect_step, hydrate, is_static, submit_password, texts, users,
    verify_by_message,
};

/// The name, and what follows from it.
const NAME: &str = "Fern Gardens";
const HEADING: &str = "Sign in to the plant library";
const LOGO: &str = "A fern";
const BRAND: &[(&str, &str)] = &[
    ("logo", "themes/fern.svg"),
    ("logo-alt", LOGO),
    ("organization-name", NAME),
    ("application-name", "the plant library"),
    ("accent-color", "#1c6b45"),
    ("help-url", "/help"),
    ("privacy-url", "mailto:privacy@fern.example"),
];

/// Sets properties of the element when it is parsed, before the script is there, and counts what moves.
fn when_parsed(code: &str) -> String {
    format!(
        "window.__moved = 0;
        new PerformanceObserver((list) => {{
            for (const {{ value }} of list.getEntries()) window.__moved += value;
        }}).observe({{ type: 'layout-shift', buffered: true }});
        new MutationObserver((_, observer) => {{
            const element = document.querySelector('okta-sign-in');
            if (element === null) return;
            observer.disconnect();
            {code}
        }}).observe(document, {{ childList: true, subtree: true }});"
    )
}

pub(crate) async fn before_page(page: &Page, code: &str) -> Result<()> {
    page.browser.before_each_page(&when_parsed(code)).await
}

async fn script_is(page: &Page, script: &str, expected: Value) -> Result<()> {
    let found = page.browser.run_script(script).await?;
    ensure!(found == expected, "{script}: {found}, not {expected}");
    Ok(())
}

async fn fits(page: &Page) -> Result<()> {
    script_is(page, "return document.documentElement.scrollWidth <= window.innerWidth", json!(true)).await
}

/// Takes three factors' first one, and signs in.
async fn sign_in_with_second_factor(page: &Page, org: &okta_e2e::Org) -> Result<()> {
    submit_password(page, users::THREE_FACTORS).await?;
    expect_step(page, texts::SMS).await?;
    verify_by_message(page, org, users::THREE_FACTORS, 1).await
}

#[tokio::test]
async fn a_brand_stands_around_every_step_and_nothing_moves() {
    let setup = Setup { attributes: BRAND, holds_code: true, ..Setup::default() };
    journey_with("brand", setup, async |journey| {
        let page = &journey.page;
        before_page(page, "").await?;
        page.browser.resize(320, 844).await?;
        page.open("/").await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        // It is in the page's HTML.
        page.expect_heading(HEADING).await?;
        assert_eq!(page.images().await?, [LOGO]);
        page.expect_text(NAME).await?;
        hydrate(journey).await?;
        page.expect_heading(HEADING).await?;
        fits(page).await?;
        if page.browser.can(Capability::LayoutShifts) {
            let moved = page.browser.run_script("return window.__moved").await?.as_f64();
            assert!(moved.is_some_and(|moved| moved < 0.05), "{moved:?} has moved");
        }
        let colour =
            "const { backgroundColor, color } = getComputedStyle(document.querySelector('.oaw-button-primary'));
            return [backgroundColor, color];";
        script_is(page, colour, json!(["rgb(28, 107, 69)", "rgb(255, 255, 255)"])).await?;
        page.expect_button("Help (opens in a new window)").await?;
        page.expect_button("Privacy policy").await?;

        submit_password(page, users::THREE_FACTORS).await?;
        expect_step(page, texts::SMS).await?;
        assert_eq!(page.images().await?, [LOGO]);
        page.expect_text(NAME).await?;
        fits(page).await?;
        verify_by_message(page, &journey.org, users::THREE_FACTORS, 1).await?;
        expect_landing_page(page, users::THREE_FACTORS).await
    })
    .await;
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
        script_is(page, "return document.title", json!("pressed")).await?;
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
async fn an_isolated_widget_signs_in_with_a_second_factor() {
    const STATE: &str = "
        const root = document.querySelector('okta-sign-in').shadowRoot;
        const button = getComputedStyle(root.querySelector('.oaw-button-primary'));
        return [
            document.querySelectorAll('form').length, root.querySelectorAll('[part~=input]').length,
            root.querySelector('[part~=primary-button]') !== null, button.borderRadius,
        ];";
    let setup = Setup { attributes: &[("isolated", ""), ("organization-name", NAME)], ..Setup::default() };
    journey_with("brand-isolated", setup, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        let is_there =
            "return document.querySelector('okta-sign-in').shadowRoot?.querySelector('[part~=input]') instanceof HTMLElement";
        wait_until("the form", async || Ok((page.browser.run_script(is_there).await? == json!(true)).then_some(())))
            .await?;
        script_is(page, STATE, json!([0, 2, true, "8px"])).await?;
        page.expect_text(NAME).await?;
        page.expect_focus_on(texts::USERNAME).await?;
        // A refused password: focus comes back to its field.
        submit_password(page, users::User { password: "wrong", ..users::THREE_FACTORS }).await?;
        page.alert().await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        sign_in_with_second_factor(page, &journey.org).await?;
        expect_landing_page(page, users::THREE_FACTORS).await
    })
    .await;
}

#[tokio::test]
async fn a_page_without_style_sheets_makes_sense() {
    const BARE: &str = "
        for (const link of document.querySelectorAll('link[rel=stylesheet]')) link.remove();
        const none = document.createElement('link');
        none.setAttribute('data-okta-sign-in', '');
        none.setAttribute('data-okta-sign-in-brand', '');
        document.head.append(none);";
    journey_with("brand-bare", Setup { attributes: BRAND, ..Setup::default() }, async |journey| {
        let page = &journey.page;
        before_page(page, BARE).await?;
        page.browser.resize(320, 844).await?;
        page.open("/").await?;
        expect_hydrated(page).await?;
        script_is(page, "return document.styleSheets.length", json!(0)).await?;
        fits(page).await?;
        let order = page.text().await?;
        let places: Vec<_> = [NAME, HEADING, texts::USERNAME, texts::PASSWORD, texts::FORGOT, "Help"]
            .iter()
            .map(|text| order.find(text))
            .collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{order}");
        sign_in_with_second_factor(page, &journey.org).await?;
        expect_landing_page(page, users::THREE_FACTORS).await
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
            script_is(page, corners, json!(radius)).await?;
            for scheme in ["light", "dark"] {
                page.browser.prefer_color_scheme(scheme).await?;
                page.browser.resize(320, 844).await?;
                fits(page).await?;
                page.browser.resize(390, 844).await?;
                page.screenshot(&format!("theme-{}-{scheme}", theme.to_lowercase())).await?;
            }
        }
        page.select("Colours", "Dark").await?;
        script_is(page, "return getComputedStyle(document.documentElement).colorScheme", json!("dark")).await?;
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}
