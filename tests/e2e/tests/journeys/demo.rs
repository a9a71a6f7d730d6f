//! The demo's page of languages, where a person switches the language. Not here: what a language does to a sign-in; the page of
//! themes (`brand.rs`).

use anyhow::{Result, ensure};
use okta_e2e::{Page, journey, wait_until};
use serde_json::json;

use crate::{expect_hydrated, texts};

/// What the form says and how: its heading, its language and direction, and what is in its first field.
async fn form(page: &Page) -> Result<serde_json::Value> {
    let script = "const root = document.querySelector('okta-sign-in .oaw');
        if (!root) return null;
        const { value } = root.querySelector('[name=username]');
        return [root.querySelector('h2').textContent.trim(), root.lang, getComputedStyle(root).direction, value]";
    page.browser.run_script(script).await
}

async fn expect_form(page: &Page, heading: &str, language: &str, direction: &str, user_name: &str) -> Result<()> {
    let expected = json!([heading, language, direction, user_name]);
    wait_until(&format!("the form is {expected}"), async || Ok((form(page).await? == expected).then_some(()))).await
}

#[tokio::test]
async fn the_language_of_the_demo_is_switched_while_somebody_types() {
    journey("demo-languages", async |journey| {
        let page = &journey.page;
        page.open("/languages.html").await?;
        page.expect_heading(texts::START).await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, "ann.lee").await?;
        for (name, language, heading, direction) in [
            ("Deutsch", "de", "Anmelden", "ltr"),
            ("العربية", "ar", "تسجيل الدخول", "rtl"),
            ("日本語", "ja", "サインイン", "ltr"),
        ] {
            page.select("Language", name).await?;
            expect_form(page, heading, language, direction, "ann.lee").await?;
            for scheme in ["light", "dark"] {
                page.browser.prefer_color_scheme(scheme).await?;
                page.browser.resize(390, 844).await?;
                page.screenshot(&format!("language-{language}-{scheme}")).await?;
                let fits = page.browser.run_script("return document.documentElement.scrollWidth <= window.innerWidth");
                ensure!(fits.await? == json!(true), "{name} is wider than a phone");
            }
        }
        page.select("Language", "Deutsch").await?;
        page.check("Own words").await?;
        expect_form(page, "Willkommen bei Acme", "de", "ltr", "ann.lee").await?;

        page.open("/languages.html?language=ar").await?;
        expect_form(page, "تسجيل الدخول", "ar", "rtl", "").await?;
        let chosen = "return document.getElementById('language').selectedOptions[0].text";
        ensure!(page.browser.run_script(chosen).await? == json!("العربية"), "the address chooses the language");
        Ok(())
    })
    .await;
}
