//! Parts of the page that never come: a person reads it, also where nothing of ours can run.

use anyhow::Result;
use http::Method;
use okta_e2e::{Capability, Page, Setup, journey_with, wait_until};
use serde_json::{Value, json};

use crate::{expect_errors, expect_hydrated, expect_landing_page, submit_password, texts, users, watch_errors};

/// The site is served from a copy, whose files can be removed.
const OWN_COPY: Setup<'_> = Setup { attributes: &[("username", "")], ..Setup::DEFAULT };
const SCRIPT: &str = "okta-sign-in.js";

/// What the style sheet shows in the static form, and whether it can be seen.
const LATE_IN_FORM: &str = "
    const form = document.querySelector('[data-oaw-static]');
    const { content, visibility, blockSize } = getComputedStyle(form, '::before');
    // Some engines put the attribute's value in its place already here.
    const shown = content.replace(/^attr\\((.+)\\)$/, (_, name) => JSON.stringify(form.getAttribute(name)));
    return [shown, visibility, blockSize !== '0px'];";
/// Ten seconds pass.
const LATER: &str = "for (const animation of document.getAnimations()) animation.finish();";

async fn late_in_form(page: &Page) -> Result<Value> {
    page.browser.run_script(LATE_IN_FORM).await
}

#[tokio::test]
async fn without_the_script_the_form_says_so() {
    journey_with("blocked-script", OWN_COPY, async |journey| {
        let page = &journey.page;
        journey.site.remove_file(SCRIPT)?;
        page.open("/").await?;
        let text = json!(format!("\"{}\"", texts::LATE));
        assert_eq!(late_in_form(page).await?, json!([text, "hidden", false]), "too early");
        page.browser.run_script(LATER).await?;
        assert_eq!(late_in_form(page).await?, json!([text, "visible", true]));
        // A submit leads nowhere, and keeps what was entered.
        submit_password(page, users::PASSWORD_ONLY).await?;
        assert_eq!(page.value(texts::PASSWORD).await?, users::PASSWORD_ONLY.password);
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);

        journey.site.restore_file(SCRIPT)?;
        page.reload().await?;
        expect_hydrated(page).await?;
        page.browser.run_script(LATER).await?;
        assert!(!page.text().await?.contains(texts::LATE));
        submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn without_the_script_a_text_in_the_element_is_shown() {
    const ADD: &str = "
        const element = document.createElement('okta-sign-in');
        element.setAttribute('base-url', document.body.dataset.baseUrl);
        const text = document.createElement('p');
        text.className = 'oaw-late';
        text.textContent = 'Call 555-0100 to sign in.';
        element.append(text);
        document.querySelector('main').replaceChildren(element);";
    const SEEN: &str = "return document.querySelector('main').innerText.trim()";
    journey_with("blocked-text", OWN_COPY, async |journey| {
        let page = &journey.page;
        page.open("/landing.html").await?;
        page.expect_heading(texts::LANDED_WITHOUT).await?;
        page.browser.run_script(ADD).await?;
        assert_eq!(page.browser.run_script(SEEN).await?, json!(""), "too early");
        page.browser.run_script(LATER).await?;
        assert_eq!(page.browser.run_script(SEEN).await?, json!("Call 555-0100 to sign in."));
        page.browser.run_with_modules("return import('/okta-sign-in.js').then(() => true)").await?;
        page.expect_heading(texts::START).await?;
        assert!(!page.text().await?.contains("555-0100"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_the_core_module_there_is_retry() {
    for file in ["okta-sign-in-core.js", "okta-sign-in-core_bg.wasm"] {
        journey_with(&format!("blocked-{file}"), OWN_COPY, async |journey| {
            let page = &journey.page;
            page.allow_in_console("okta-sign-in");
            journey.site.remove_file(file)?;
            watch_errors(page).await?;
            page.open("/").await?;
            let alert = page.alert().await?;
            assert!(alert.starts_with(texts::NOT_LOADED), "{alert}");
            expect_errors(page, &[("not-loaded", true)]).await?;
            if page.browser.can(Capability::BrowsersConsole) {
                let lines =
                    async || Ok(page.browser.console().await?.into_iter().find(|line| line.message.contains(file)));
                wait_until("the reason in the console", lines).await?;
            }
            journey.site.restore_file(file)?;
            submit_password(page, users::PASSWORD_ONLY).await?;
            expect_landing_page(page, users::PASSWORD_ONLY).await
        })
        .await;
    }
}
