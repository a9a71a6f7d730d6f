//! What an embedder can get wrong, and has to be told before anyone types a password.

use std::time::Duration;

use http::Method;
use okta_e2e::{Setup, journey_with, wait_until};
use serde_json::json;

use crate::{begin, has_landed, is_static, is_taken_over, people, submit_password, texts};

/// The module with every screen beyond the first form.
const REST: &str = "okta-sign-in-rest_bg.wasm";

#[tokio::test]
async fn a_redirect_to_elsewhere_is_refused_before_anything_is_typed() {
    let setup = Setup { attributes: &[("redirect-url", "https://elsewhere.example/landing")], ..Setup::default() };
    journey_with("untrusted-redirect", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.expects_in_console("redirect-url");
        page.open("/").await?;
        page.sees(texts::MISCONFIGURED).await?;
        assert!(!page.offers_now(texts::SIGN_IN).await?);
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_name_and_a_password_need_nothing_but_the_first_form() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("first-form-alone", setup, async |journey| {
        journey.site.take_away(REST)?;
        begin(&journey.page, people::PASSWORD_ONLY).await?;
        has_landed(&journey.page, people::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn screens_that_can_not_be_fetched_are_asked_for_again() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("screens-away", setup, async |journey| {
        let page = &journey.page;
        journey.site.take_away(REST)?;
        begin(page, people::THREE_FACTORS).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");
        journey.site.give_back(REST)?;
        page.press(texts::RETRY).await?;
        page.arrives_at(texts::SMS).await?;
        let asked = journey.org.times_asked(&Method::POST, "/api/v1/authn").await?;
        assert_eq!(asked, 1, "the password is not sent again");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_style_sheet_may_be_in_the_page() {
    const LOOK: &str = "
        const fetched = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('okta-sign-in.css'));
        return [
            getComputedStyle(document.querySelector('.oaw-button-primary')).borderRadius,
            document.querySelectorAll('[data-okta-sign-in]').length,
            fetched.length,
        ];";
    let setup = Setup { inline_styles: true, delay: Duration::from_secs(3), ..Setup::default() };
    journey_with("styles-inside", setup, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        assert!(is_static(page).await?, "the code was there too early");
        assert_eq!(page.browser.run_script(LOOK).await?, json!(["8px", 1, 0]));
        is_taken_over(page).await?;
        assert_eq!(page.browser.run_script(LOOK).await?, json!(["8px", 1, 0]));
        begin(page, people::PASSWORD_ONLY).await?;
        has_landed(page, people::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_page_may_ask_for_the_result_before_the_script_is_there() {
    // As soon as the element is parsed, before a script could have made more of it.
    const ASK: &str = "new MutationObserver((_, observer) => {
        const element = document.querySelector('okta-sign-in');
        if (element === null) return;
        observer.disconnect();
        window.__early = customElements.get('okta-sign-in') === undefined;
        element.onSuccess = () => document.body.setAttribute('data-done', '');
    }).observe(document, { childList: true, subtree: true });";
    let attributes = &[("session-redirect", "callback")];
    let setup = Setup { attributes, ..Setup::default() };
    journey_with("result-early", setup, async |journey| {
        let page = &journey.page;
        page.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": ASK })).await?;
        page.open("/").await?;
        assert_eq!(page.browser.run_script("return window.__early").await?, json!(true));
        submit_password(page, people::PASSWORD_ONLY).await?;
        let done = async || {
            let told = page.browser.run_script("return document.body.hasAttribute('data-done')").await?;
            Ok((told == json!(true)).then_some(()))
        };
        wait_until("the result", done).await
    })
    .await;
}
