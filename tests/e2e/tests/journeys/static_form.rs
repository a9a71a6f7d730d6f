//! The static form, which is in the page before the WebAssembly code has loaded, and its hydration. Typing during
//! hydration is in `hydration.rs`; other cases are here.

use anyhow::Result;
use fantoccini::key::Key;
use http::Method;
use okta_e2e::{Capability, Journey, Page, Setup, journey_with, wait_until};
use serde_json::{Value, json};

use crate::{
    expect_hydrated, expect_landing_page, expect_step, hydrate, is_static, open_before_code, start_sign_in, texts,
    users,
};

/// The WebAssembly module of the first form.
const CORE: &str = "okta-sign-in-core_bg.wasm";
const USER: users::User = users::PASSWORD_ONLY;
/// The code is held back until the static form was used.
const HELD: Setup<'_> = Setup { holds_code: true, ..Setup::DEFAULT };

/// The site is served from a copy, whose files can be removed.
const OWN_COPY: Setup<'_> = Setup { attributes: &[("username", "")], ..Setup::DEFAULT };

/// Opens the page and fills in the static form.
async fn fill_in_static_form(page: &Page) -> Result<()> {
    open_before_code(page, "/").await?;
    page.fill(texts::USERNAME, USER.login).await?;
    page.fill(texts::PASSWORD, USER.password).await
}

/// Checks that the button of the static form shows the loading indicator.
async fn shows_loading(page: &Page) -> Result<()> {
    const LOADING_INDICATOR: &str = "
        const button = document.querySelector('[data-oaw-static] [data-oaw-held] .oaw-button-primary');
        return button !== null && getComputedStyle(button, '::before').content !== 'none';";
    assert_eq!(
        page.browser.run_script(LOADING_INDICATOR).await?,
        json!(true),
        "the button does not show the loading indicator"
    );
    Ok(())
}

/// Whether a submit waits for the code.
const IS_HELD: &str = "return document.querySelector('[data-oaw-held]') !== null";

/// A screenshot after a complete repaint; incremental painting changes edges slightly.
async fn screenshot(page: &Page) -> Result<Vec<u8>> {
    const PAINT: &str = "
        const frame = () => new Promise(requestAnimationFrame);
        const { style } = document.body;
        style.visibility = 'hidden';
        return frame().then(frame).then(() => { style.visibility = ''; }).then(frame).then(frame).then(() => true);";
    page.browser.run_script(PAINT).await?;
    page.browser.screenshot().await
}

/// Positions and sizes of all elements, including fractions of pixels.
async fn element_positions(page: &Page) -> Result<Value> {
    const PLACES: &str = "
        return [...document.querySelectorAll('okta-sign-in, okta-sign-in *')].map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [element.localName, x, y, width, height];
        });";
    page.browser.run_script(PLACES).await
}

/// Waits until the page has received the response about the session, and has rendered since.
async fn session_response_rendered(page: &Page) -> Result<()> {
    const HEARD: &str = "return performance.getEntriesByType('resource')
        .some(({ name, responseEnd }) => name.endsWith('/sessions/me') && responseEnd > 0)";
    const DRAWN: &str =
        "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    let heard = async || Ok((page.browser.run_script(HEARD).await? == json!(true)).then_some(()));
    wait_until("the answer about a session", heard).await?;
    page.browser.run_script(DRAWN).await.map(|_| ())
}

#[tokio::test]
async fn hydration_changes_nothing_visible() {
    journey_with("static-form-still", HELD, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        // Remove the focus, because a blinking caret changes the screenshot.
        page.browser.run_script("document.activeElement.blur()").await?;
        let (places_before, picture_before) = (element_positions(page).await?, screenshot(page).await?);
        assert!(is_static(page).await?, "the code had loaded too early");
        hydrate(journey).await?;
        session_response_rendered(page).await?;
        assert_eq!(element_positions(page).await?, places_before);
        assert!(screenshot(page).await? == picture_before, "the screenshots differ");
        assert_eq!(page.focused().await?, None, "the form must not take the focus");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_early_submit_signs_in_once() {
    journey_with("static-form-enter", HELD, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        fill_in_static_form(page).await?;
        page.keys(&char::from(Key::Enter).to_string()).await?;
        page.keys(&char::from(Key::Enter).to_string()).await?;
        shows_loading(page).await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        journey.site.release_code()?;
        expect_landing_page(page, USER).await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_early_forgot_password_opens_recovery() {
    journey_with("static-form-forgot", HELD, async |journey| {
        let page = &journey.page;
        open_before_code(page, "/").await?;
        page.fill(texts::USERNAME, USER.login).await?;
        page.press(texts::FORGOT).await?;
        shows_loading(page).await?;
        journey.site.release_code()?;
        expect_step(page, texts::RECOVER).await?;
        assert_eq!(page.value(texts::USERNAME).await?, USER.login);
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        Ok(())
    })
    .await;
}

/// Inserts a node, as a password manager would, and selects part of the user name.
const MODIFY_FORM: &str = "
    const field = window.__field = document.querySelector('[name=username]');
    field.after(document.createElement('i'));
    field.focus();
    field.setSelectionRange(1, 4, 'backward');";
/// The state of the form and of the selection.
const READ_STATE: &str = "
    const field = document.querySelector('[name=username]');
    const { selectionStart, selectionEnd, selectionDirection } = field;
    return [
        field === window.__field, document.activeElement === field, document.querySelectorAll('form').length,
        document.querySelectorAll('okta-sign-in i').length, selectionStart, selectionEnd, selectionDirection,
    ];";

#[tokio::test]
async fn a_form_that_was_modified_keeps_its_input() {
    journey_with("static-form-altered", HELD, async |journey| {
        let page = &journey.page;
        fill_in_static_form(page).await?;
        page.check(texts::KEEP_ME).await?;
        page.browser.run_script(MODIFY_FORM).await?;
        hydrate(journey).await?;
        page.expect_focus_on(texts::USERNAME).await?;
        assert_eq!(page.browser.run_script(READ_STATE).await?, json!([false, true, 1, 0, 1, 4, "backward"]));
        assert_eq!(page.value(texts::USERNAME).await?, USER.login);
        assert_eq!(page.value(texts::PASSWORD).await?, USER.password);
        assert!(page.is_checked(texts::KEEP_ME).await?);
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn code_that_cannot_be_fetched_is_reported_and_requested_again() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("static-form-away", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.allow_in_console("okta-sign-in");
        journey.site.remove_file(CORE)?;
        page.open("/").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::NOT_LOADED), "{alert}");
        page.fill(texts::USERNAME, USER.login).await?;
        page.fill(texts::PASSWORD, USER.password).await?;
        page.keys(&char::from(Key::Enter).to_string()).await?;
        // A press while the code is being requested is part of that try.
        let over = async || Ok((page.browser.run_script(IS_HELD).await? == json!(false)).then_some(()));
        wait_until("the end of the second try", over).await?;
        page.alert().await?;
        assert_eq!(page.alerts().await?.len(), 1, "one alert only");
        assert_eq!(page.value(texts::PASSWORD).await?, USER.password);
        journey.site.restore_file(CORE)?;
        page.press(texts::SIGN_IN).await?;
        expect_landing_page(page, USER).await?;
        assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_hidden_form_is_shown_if_the_code_cannot_be_fetched() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("static-form-hidden-away", setup, async |journey| {
        let page = &journey.page;
        page.allow_in_console("okta-sign-in");
        journey.site.remove_file(CORE)?;
        page.open("/?stateToken=nobody-knows").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::NOT_LOADED), "{alert}");
        journey.site.restore_file(CORE)?;
        page.press(texts::SIGN_IN).await?;
        page.expect_text(texts::TIMED_OUT).await?;
        page.expect_focus().await
    })
    .await;
}

#[tokio::test]
async fn a_session_does_not_replace_the_form_while_the_user_types() {
    journey_with("static-form-session", HELD, async |journey| {
        let page = &journey.page;
        journey.needs(Capability::AsksAgain)?;
        journey.site.release_code()?;
        start_sign_in(page, USER).await?;
        expect_landing_page(page, USER).await?;

        journey.site.hold_code()?;
        page.open("/").await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        journey.site.release_code()?;
        page.expect_heading(texts::SESSION).await?;

        journey.site.hold_code()?;
        page.open("/?again").await?;
        page.fill(texts::USERNAME, users::THREE_FACTORS.login).await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        hydrate(journey).await?;
        session_response_rendered(page).await?;
        assert_eq!(page.value(texts::USERNAME).await?, users::THREE_FACTORS.login);
        page.expect_button(texts::SIGN_IN).await?;
        page.expect_text(texts::SESSION).await?;
        assert!(!page.headings().await?.iter().any(|heading| heading == texts::SESSION), "the form was replaced");
        Ok(())
    })
    .await;
}

/// Has the widget render the form again, as one of another version.
const OF_ANOTHER_VERSION: &str = "document.querySelector('[data-oaw-static]').setAttribute('data-oaw-static', 'other')";
/// The same for one that was rendered for other options.
const OF_OTHER_OPTIONS: &str = "document.querySelector('okta-sign-in').setAttribute('remember-me', 'false')";
/// The same for one that something else has changed.
const CHANGED: &str = "document.querySelector('[name=username]').after(document.createElement('i'))";

#[tokio::test]
async fn an_early_submit_over_a_form_that_does_not_fit_signs_in_once() {
    for (name, change) in [("version", OF_ANOTHER_VERSION), ("options", OF_OTHER_OPTIONS), ("changed", CHANGED)] {
        journey_with(&format!("static-form-other-{name}"), HELD, async |journey| {
            let (page, org) = (&journey.page, &journey.org);
            fill_in_static_form(page).await?;
            page.browser.run_script(change).await?;
            if page.browser.can(Capability::SlowProcessor) {
                page.browser.slow_down(6).await?;
            }
            page.keys(&char::from(Key::Enter).to_string()).await?;
            shows_loading(page).await?;
            journey.site.release_code()?;
            expect_landing_page(page, USER).await?;
            assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 1);
            Ok(())
        })
        .await;
    }
}

const SCRIPT: &str = "okta-sign-in.js";
/// By another address: browsers remember that the first one could not be loaded.
const LOAD_SCRIPT: &str = "return import('/okta-sign-in.js?later').then(() => true)";

/// Opens a page whose script does not come, and fills in its static form.
async fn fill_in_without_script(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    journey.site.remove_file(SCRIPT)?;
    page.open("/").await?;
    page.fill(texts::USERNAME, USER.login).await?;
    page.fill(texts::PASSWORD, USER.password).await
}

#[tokio::test]
async fn a_submit_before_the_script_signs_in_once() {
    for (name, change) in [("fits", "return"), ("other", OF_ANOTHER_VERSION)] {
        journey_with(&format!("static-form-scriptless-{name}"), OWN_COPY, async |journey| {
            let (page, org) = (&journey.page, &journey.org);
            fill_in_without_script(journey).await?;
            page.keys(&char::from(Key::Enter).to_string()).await?;
            page.browser.run_script(change).await?;
            journey.site.restore_file(SCRIPT)?;
            page.browser.run_with_modules(LOAD_SCRIPT).await?;
            expect_landing_page(page, USER).await?;
            assert_eq!(org.request_count(&Method::POST, "/api/v1/authn").await?, 1);
            Ok(())
        })
        .await;
    }
}

#[tokio::test]
async fn a_forgot_password_before_the_script_opens_recovery() {
    journey_with("static-form-scriptless-forgot", OWN_COPY, async |journey| {
        let page = &journey.page;
        fill_in_without_script(journey).await?;
        page.press(texts::FORGOT).await?;
        journey.site.restore_file(SCRIPT)?;
        page.browser.run_with_modules(LOAD_SCRIPT).await?;
        expect_step(page, texts::RECOVER).await?;
        assert_eq!(page.value(texts::USERNAME).await?, USER.login);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_form_that_was_not_submitted_before_the_script_is_not_sent() {
    journey_with("static-form-scriptless-idle", OWN_COPY, async |journey| {
        let page = &journey.page;
        fill_in_without_script(journey).await?;
        page.keys("\u{e004}").await?;
        journey.site.restore_file(SCRIPT)?;
        page.browser.run_with_modules(LOAD_SCRIPT).await?;
        expect_hydrated(page).await?;
        session_response_rendered(page).await?;
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        assert_eq!(page.value(texts::PASSWORD).await?, USER.password);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn markup_cannot_submit_itself() {
    // What an injection could write into the page.
    const INJECT: &str = "
        document.querySelector('[name=username]').value = 'ada.byron';
        document.querySelector('[name=password]').value = 'Analytical1843';
        for (const value of ['', 'held']) document.querySelector('form').setAttribute('data-oaw-held', value);";
    journey_with("static-form-injected", HELD, async |journey| {
        let page = &journey.page;
        open_before_code(page, "/").await?;
        page.browser.run_script(INJECT).await?;
        assert!(is_static(page).await?, "the code had loaded too early");
        hydrate(journey).await?;
        session_response_rendered(page).await?;
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        page.expect_button(texts::SIGN_IN).await
    })
    .await;
}
