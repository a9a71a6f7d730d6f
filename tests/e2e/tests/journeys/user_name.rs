//! The user name of the first form: kept, given by the page, asked for first; and where focus goes with it.

use anyhow::Result;
use fantoccini::key::Key;
use okta_e2e::{Capability, Journey, Setup, journey, journey_with};
use serde_json::json;

use crate::{
    expect_hydrated, expect_landing_page, expect_message, expect_step, hydrate, is_static, open_start, submit_password,
    texts, users,
};

const USER: users::User = users::PASSWORD_ONLY;
/// The code is held back until the static form was seen.
const HELD: Setup<'_> = Setup { holds_code: true, ..Setup::DEFAULT };

/// The name that is kept on this device; `null` for none.
const KEPT: &str = "return Object.entries({ ...localStorage }).map(([, name]) => name)[0] ?? null";

/// Keeps a name on this device, as a sign-in before did.
async fn keep(journey: &Journey, name: &str) -> Result<()> {
    let page = &journey.page;
    page.open("/landing.html").await?;
    let key = format!("okta-sign-in.username@{}", journey.org.address());
    page.browser.run_script(&format!("localStorage.setItem('{key}', '{name}')")).await.map(|_| ())
}

/// Opens the static form, which takes the focus.
async fn open_static(journey: &Journey) -> Result<()> {
    let page = &journey.page;
    page.open("/").await?;
    page.expect_focus_on(texts::USERNAME).await?;
    assert!(is_static(page).await?, "the code had loaded too early");
    Ok(())
}

#[tokio::test]
async fn focus_moves_on_from_a_kept_name_to_the_password() {
    // The widget hydrates the form, or renders it again.
    for (name, change) in [
        ("hydrated", "return"),
        ("again", "document.querySelector('[data-oaw-static]').setAttribute('data-oaw-static', 'other')"),
    ] {
        journey_with(&format!("kept-name-{name}"), HELD, async |journey| {
            let page = &journey.page;
            keep(journey, USER.login).await?;
            open_static(journey).await?;
            page.browser.run_script(change).await?;
            hydrate(journey).await?;
            page.expect_focus_on(texts::PASSWORD).await?;
            page.keys(&format!("{}{}", USER.password, char::from(Key::Enter))).await?;
            expect_landing_page(page, USER).await
        })
        .await;
    }
}

#[tokio::test]
async fn who_types_another_name_keeps_the_focus() {
    for (name, change) in [
        ("hydrated", "return"),
        ("again", "document.querySelector('[data-oaw-static]').setAttribute('data-oaw-static', 'other')"),
    ] {
        journey_with(&format!("kept-name-typed-{name}"), HELD, async |journey| {
            let page = &journey.page;
            keep(journey, USER.login).await?;
            open_static(journey).await?;
            page.keys("an").await?;
            page.browser.run_script(change).await?;
            hydrate(journey).await?;
            page.keys("na").await?;
            page.expect_focus_on(texts::USERNAME).await?;
            assert_eq!(page.value(texts::USERNAME).await?, "anna");
            assert_eq!(page.value(texts::PASSWORD).await?, "");
            Ok(())
        })
        .await;
    }
}

#[tokio::test]
async fn focus_elsewhere_in_the_page_stays() {
    const SEARCH: &str = "
        const search = document.body.appendChild(document.createElement('input'));
        search.setAttribute('aria-label', 'Search');
        search.focus();";
    journey_with("kept-name-elsewhere", HELD, async |journey| {
        let page = &journey.page;
        journey.needs(Capability::AsksAgain)?;
        journey.site.release_code()?;
        open_start(page).await?;
        submit_password(page, USER).await?;
        expect_landing_page(page, USER).await?;
        keep(journey, USER.login).await?;
        journey.site.hold_code()?;
        open_static(journey).await?;
        page.browser.run_script(SEARCH).await?;
        journey.site.release_code()?;
        // The session replaces the form.
        page.expect_heading(texts::SESSION).await?;
        page.expect_focus_on("Search").await
    })
    .await;
}

#[tokio::test]
async fn only_a_name_that_was_accepted_is_kept() {
    journey("kept-name-refused", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        page.check(texts::KEEP_ME).await?;
        submit_password(page, users::User { login: "nobody", ..USER }).await?;
        expect_message(page, texts::WRONG_CREDENTIALS).await?;
        assert_eq!(page.browser.run_script(KEPT).await?, json!(null));
        submit_password(page, USER).await?;
        expect_landing_page(page, USER).await?;
        assert_eq!(page.browser.run_script(KEPT).await?, json!(USER.login));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_name_of_the_page_comes_first() {
    let setup = Setup { attributes: &[("username", "hinted@acme.example")], ..Setup::default() };
    journey_with("kept-name-hinted", setup, async |journey| {
        let page = &journey.page;
        keep(journey, "kept@acme.example").await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::USERNAME).await?, "hinted@acme.example");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_the_option_a_kept_name_is_removed() {
    let setup = Setup { attributes: &[("remember-me", "false")], ..Setup::default() };
    journey_with("kept-name-off", setup, async |journey| {
        let page = &journey.page;
        keep(journey, "kept@acme.example").await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.expect_focus_on(texts::USERNAME).await?;
        assert_eq!(page.value(texts::USERNAME).await?, "");
        assert_eq!(page.browser.run_script(KEPT).await?, json!(null));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_name_may_be_asked_for_first() {
    let setup = Setup { attributes: &[("identifier-first", "")], ..Setup::default() };
    journey_with("identifier-first", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_start(page).await?;
        page.fill(texts::USERNAME, USER.login).await?;
        assert!(!page.has_field_now(texts::PASSWORD).await?);
        page.press(texts::NEXT).await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::USERNAME).await?, USER.login, "a password manager finds both");
        assert_eq!(org.request_count(&http::Method::POST, "/api/v1/authn").await?, 0);
        page.keys(&format!("{}{}", USER.password, char::from(Key::Enter))).await?;
        expect_landing_page(page, USER).await
    })
    .await;
}

#[tokio::test]
async fn a_reload_keeps_the_name_while_the_transaction_lasts() {
    const IN_TAB: &str = "return Object.values({ ...sessionStorage })";
    journey("name-reloaded", async |journey| {
        let (page, user) = (&journey.page, users::THREE_FACTORS);
        open_start(page).await?;
        submit_password(page, user).await?;
        expect_step(page, texts::SMS).await?;
        assert_eq!(page.browser.run_script(IN_TAB).await?, json!([user.login]));
        page.reload().await?;
        page.expect_heading(texts::START).await?;
        expect_hydrated(page).await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_step(page, texts::SMS).await?;
        page.press(texts::CANCEL).await?;
        page.expect_heading(texts::START).await?;
        assert_eq!(page.browser.run_script(IN_TAB).await?, json!([]), "the person has left it");
        Ok(())
    })
    .await;
}
