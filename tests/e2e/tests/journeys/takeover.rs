//! The form that stands in the page before the code does, and what becomes of it when the code
//! comes: nothing that anyone could see. Typing through that moment is walked in three engines
//! (`tests/engines`); here is what else can be under way then.

use std::time::Duration;

use anyhow::Result;
use fantoccini::key::Key;
use http::Method;
use okta_e2e::{Page, Setup, journey_with, wait_until};
use serde_json::{Value, json};

use crate::{begin, has_landed, is_static, is_taken_over, open_early, people, reaches, texts};

/// The module of the first form.
const CORE: &str = "okta-sign-in-core_bg.wasm";
const PERSON: people::Person = people::PASSWORD_ONLY;
/// The code comes late enough to do something before.
const SLOW: Setup<'_> = Setup { delay: Duration::from_secs(3), ..Setup::USUAL };

/// Opens the page and fills the form in before the code is there.
async fn fills_in_early(page: &Page) -> Result<()> {
    open_early(page, "/").await?;
    page.fill(texts::USERNAME, PERSON.login).await?;
    page.fill(texts::PASSWORD, PERSON.password).await?;
    assert!(is_static(page).await?, "the code was there too early");
    Ok(())
}

/// The button shows that it waits: by its ring, which is drawn for the eye, in the static form.
async fn waits(page: &Page) -> Result<()> {
    const RING: &str = "
        const button = document.querySelector('[data-oaw-static] [data-oaw-held] .oaw-button-primary');
        return button !== null && getComputedStyle(button, '::before').content !== 'none';";
    assert_eq!(page.browser.run_script(RING).await?, json!(true), "the button does not show that it waits");
    Ok(())
}

/// A picture of the window, painted all at once: painted bit by bit, edges come out a shade different.
async fn picture(page: &Page) -> Result<Vec<u8>> {
    const PAINT: &str = "
        const frame = () => new Promise(requestAnimationFrame);
        const { style } = document.body;
        style.visibility = 'hidden';
        return frame().then(frame).then(() => { style.visibility = ''; }).then(frame).then(frame).then(() => true);";
    page.browser.run_script(PAINT).await?;
    page.browser.picture().await
}

/// Where everything is, in whole and in parts of pixels.
async fn places(page: &Page) -> Result<Value> {
    const PLACES: &str = "
        return [...document.querySelectorAll('okta-sign-in, okta-sign-in *')].map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            return [element.localName, x, y, width, height];
        });";
    page.browser.run_script(PLACES).await
}

/// Waits until the page has heard from the org whether there is a session, and has drawn since.
async fn knows_of_sessions(page: &Page) -> Result<()> {
    const HEARD: &str = "return performance.getEntriesByType('resource')
        .some(({ name, responseEnd }) => name.endsWith('/sessions/me') && responseEnd > 0)";
    const DRAWN: &str =
        "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
    let heard = async || Ok((page.browser.run_script(HEARD).await? == json!(true)).then_some(()));
    wait_until("the answer about a session", heard).await?;
    page.browser.run_script(DRAWN).await.map(|_| ())
}

#[tokio::test]
async fn nothing_moves() {
    journey_with("takeover-still", SLOW, async |journey| {
        let page = &journey.page;
        page.open("/").await?;
        // A caret that blinks is no movement.
        page.browser.run_script("document.activeElement.blur()").await?;
        let (places_before, picture_before) = (places(page).await?, picture(page).await?);
        assert!(is_static(page).await?, "the code was there too early");
        is_taken_over(page).await?;
        knows_of_sessions(page).await?;
        assert_eq!(places(page).await?, places_before);
        assert!(picture(page).await? == picture_before, "it looks different");
        assert_eq!(page.focused().await?, None, "nobody asked for the focus");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_that_is_submitted_early_is_carried_out_once() {
    journey_with("takeover-enter", SLOW, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        fills_in_early(page).await?;
        page.keys(&char::from(Key::Enter).to_string()).await?;
        page.keys(&char::from(Key::Enter).to_string()).await?;
        waits(page).await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn").await?, 0);
        has_landed(page, PERSON).await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_that_is_told_early_is_heard() {
    journey_with("takeover-forgot", SLOW, async |journey| {
        let page = &journey.page;
        open_early(page, "/").await?;
        page.fill(texts::USERNAME, PERSON.login).await?;
        page.press(texts::FORGOT).await?;
        waits(page).await?;
        reaches(page, texts::RECOVER).await?;
        assert_eq!(page.value(texts::USERNAME).await?, PERSON.login);
        assert_eq!(journey.org.times_asked(&Method::POST, "/api/v1/authn").await?, 0);
        Ok(())
    })
    .await;
}

/// Puts a node in, as a password manager would, and selects some of the name.
const ALTER: &str = "
    const field = window.__field = document.querySelector('[name=username]');
    field.after(document.createElement('i'));
    field.focus();
    field.setSelectionRange(1, 4, 'backward');";
/// What became of the form and of that selection.
const LOOK: &str = "
    const field = document.querySelector('[name=username]');
    const { selectionStart, selectionEnd, selectionDirection } = field;
    return [
        field === window.__field, document.activeElement === field, document.querySelectorAll('form').length,
        document.querySelectorAll('okta-sign-in i').length, selectionStart, selectionEnd, selectionDirection,
    ];";

#[tokio::test]
async fn a_form_that_something_altered_keeps_what_was_typed() {
    journey_with("takeover-altered", SLOW, async |journey| {
        let page = &journey.page;
        fills_in_early(page).await?;
        page.check(texts::KEEP_ME).await?;
        page.browser.run_script(ALTER).await?;
        is_taken_over(page).await?;
        page.focus_is_on(texts::USERNAME).await?;
        assert_eq!(page.browser.run_script(LOOK).await?, json!([false, true, 1, 0, 1, 4, "backward"]));
        assert_eq!(page.value(texts::USERNAME).await?, PERSON.login);
        assert_eq!(page.value(texts::PASSWORD).await?, PERSON.password);
        assert!(page.is_checked(texts::KEEP_ME).await?);
        page.press(texts::SIGN_IN).await?;
        has_landed(page, PERSON).await
    })
    .await;
}

#[tokio::test]
async fn code_that_can_not_be_fetched_is_told_and_asked_for_again() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("takeover-away", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        page.expects_in_console("okta-sign-in");
        journey.site.take_away(CORE)?;
        page.open("/").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::NOT_LOADED), "{alert}");
        page.fill(texts::USERNAME, PERSON.login).await?;
        page.fill(texts::PASSWORD, PERSON.password).await?;
        page.keys(&char::from(Key::Enter).to_string()).await?;
        page.alert().await?;
        assert_eq!(page.alerts().await?.len(), 1, "it is told once");
        assert_eq!(page.value(texts::PASSWORD).await?, PERSON.password);
        journey.site.give_back(CORE)?;
        page.press(texts::SIGN_IN).await?;
        has_landed(page, PERSON).await?;
        assert_eq!(org.times_asked(&Method::POST, "/api/v1/authn").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_form_that_was_hidden_is_seen_again_when_the_code_can_not_be_fetched() {
    let setup = Setup { attributes: &[("username", "")], ..Setup::default() };
    journey_with("takeover-hidden-away", setup, async |journey| {
        let page = &journey.page;
        page.expects_in_console("okta-sign-in");
        journey.site.take_away(CORE)?;
        page.open("/?stateToken=nobody-knows").await?;
        let alert = page.alert().await?;
        assert!(alert.starts_with(texts::NOT_LOADED), "{alert}");
        journey.site.give_back(CORE)?;
        page.press(texts::SIGN_IN).await?;
        page.sees(texts::TIMED_OUT).await?;
        page.has_focus().await
    })
    .await;
}

#[tokio::test]
async fn a_session_does_not_take_the_form_from_who_types() {
    journey_with("takeover-session", SLOW, async |journey| {
        let page = &journey.page;
        begin(page, PERSON).await?;
        has_landed(page, PERSON).await?;

        page.open("/").await?;
        assert!(is_static(page).await?, "the code was there too early");
        page.arrives_at(texts::SESSION).await?;

        page.open("/?again").await?;
        page.fill(texts::USERNAME, people::THREE_FACTORS.login).await?;
        assert!(is_static(page).await?, "the code was there too early");
        is_taken_over(page).await?;
        knows_of_sessions(page).await?;
        assert_eq!(page.value(texts::USERNAME).await?, people::THREE_FACTORS.login);
        page.offers(texts::SIGN_IN).await?;
        page.sees(texts::SESSION).await?;
        assert!(!page.headings().await?.iter().any(|heading| heading == texts::SESSION), "the form is gone");
        Ok(())
    })
    .await;
}
