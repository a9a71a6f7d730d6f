//! Mistakes of an embedder, which are reported before anyone types a password, and the page's resources.

use http::Method;
use okta_e2e::{Setup, journey_with, wait_until};
use serde_json::json;

use crate::{
    expect_errors, expect_hydrated, expect_landing_page, hydrate, is_static, start_sign_in, submit_password, texts,
    users, watch_errors,
};

/// The WebAssembly module with every screen beyond the first form.

#[tokio::test]
async fn an_untrusted_redirect_url_is_reported_at_start() {
    let setup = Setup { attributes: &[("redirect-url", "https://elsewhere.example/landing")], ..Setup::default() };
    journey_with("untrusted-redirect", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.allow_in_console("redirect-url");
        watch_errors(page).await?;
        page.open("/").await?;
        page.expect_text(texts::MISCONFIGURED).await?;
        expect_errors(page, &[("not-configured", false)]).await?;
        assert!(!page.has_button_now(texts::SIGN_IN).await?);
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn password_sign_in_loads_only_the_first_form() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("password-only", setup, async |journey| {
        let second_part = journey.site.second_part()?;
        // What comes instead of the file does not have its hash, and the browser says so.
        journey.page.allow_in_console(&second_part);
        journey.site.remove_file(&second_part)?;
        start_sign_in(&journey.page, users::PASSWORD_ONLY).await?;
        expect_landing_page(&journey.page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn code_that_cannot_be_fetched_is_requested_again() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("screens-away", setup, async |journey| {
        let page = &journey.page;
        let second_part = journey.site.second_part()?;
        page.allow_in_console(&second_part);
        journey.site.remove_file(&second_part)?;
        start_sign_in(page, users::THREE_FACTORS).await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::UNREACHABLE), "{alert}");
        journey.site.restore_file(&second_part)?;
        page.press(texts::RETRY).await?;
        page.expect_heading(texts::SMS).await?;
        let asked = journey.org.request_count(&Method::POST, "/api/v1/authn").await?;
        assert_eq!(asked, 1, "the password is not sent again");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_style_sheet_may_be_inlined() {
    const READ_STATE: &str = "
        const fetched = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('okta-sign-in.css'));
        return [
            getComputedStyle(document.querySelector('.oaw-button-primary')).borderRadius,
            document.querySelectorAll('[data-okta-sign-in]').length,
            fetched.length,
        ];";
    let setup = Setup { inline_styles: true, holds_code: true, ..Setup::default() };
    journey_with("styles-inside", setup, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        assert_eq!(page.browser.run_script(READ_STATE).await?, json!(["8px", 1, 0]));
        hydrate(journey).await?;
        assert_eq!(page.browser.run_script(READ_STATE).await?, json!(["8px", 1, 0]));
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn the_result_can_be_requested_before_the_script_has_loaded() {
    // When the element is parsed, before the script has upgraded it.
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
        page.browser.before_each_page(ASK).await?;
        page.open("/").await?;
        assert_eq!(page.browser.run_script("return window.__early").await?, json!(true));
        submit_password(page, users::PASSWORD_ONLY).await?;
        let done = async || {
            let done = page.browser.run_script("return document.body.hasAttribute('data-done')").await?;
            Ok((done == json!(true)).then_some(()))
        };
        wait_until("the result", done).await
    })
    .await;
}

/// Notes the events that arrive at the document, before there is a script.
const NOTE_EVENTS: &str = "
    window.__events = [];
    for (const name of ['ready', 'step', 'success', 'error', 'cancel']) {
        document.addEventListener(name, (event) => {
            if (event.detail) window.__events.push([name, event.detail.step ?? event.detail.type ?? '', JSON.stringify(event.detail)]);
        });
    }";

#[tokio::test]
async fn a_page_follows_the_events_holds_the_redirect_and_carries_it_out() {
    const HOLD: &str = "document.addEventListener('success', (event) => {
        event.preventDefault();
        window.__redirect = event.detail.redirect;
    });";
    journey_with("events", Setup::default(), async |journey| {
        let page = &journey.page;
        let before = [NOTE_EVENTS, HOLD].concat();
        page.browser.before_each_page(&before).await?;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        let held = async || {
            let held = page.browser.run_script("return typeof window.__redirect").await?;
            Ok((held == json!("function")).then_some(()))
        };
        wait_until("a redirect that is held", held).await?;
        let events =
            page.browser.run_script("return window.__events.map(([name, about]) => `${name} ${about}`)").await?;
        assert_eq!(events, json!(["ready ", "step start", "success signedIn", "step leaving"]));
        let secrets = page.browser.run_script("return /token/i.test(JSON.stringify(window.__events))").await?;
        assert_eq!(secrets, json!(false));
        page.browser.run_script("setTimeout(window.__redirect)").await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn options_may_be_properties_and_a_change_starts_the_widget_anew() {
    const CHANGE: &str = "
        const element = document.querySelector('okta-sign-in');
        element.username = 'ana';
        element.rememberMe = false;
        return element.transaction.step;";
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("properties", setup, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        expect_hydrated(page).await?;
        assert_eq!(page.browser.run_script(CHANGE).await?, json!("start"));
        let changed = async || {
            const FORM: &str = "const form = document.querySelector('form');
                return form && [form.elements.username.value, form.elements.remember === undefined];";
            Ok((page.browser.run_script(FORM).await? == json!(["ana", true])).then_some(()))
        };
        wait_until("the widget with its new options", changed).await
    })
    .await;
}
