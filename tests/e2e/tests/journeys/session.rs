//! Sessions: an existing session at start, and an expired sign-in.

use std::time::Duration;

use anyhow::ensure;
use okta_e2e::{Setup, journey, journey_with};
use serde_json::{Value, json};

use crate::{continue_as, expect_landing_page, open_start, start_sign_in, texts, users};

#[tokio::test]
async fn an_existing_session_is_continued_or_closed() {
    journey("session-found", async |journey| {
        let page = &journey.page;
        let user = users::PASSWORD_ONLY;
        start_sign_in(page, user).await?;
        expect_landing_page(page, user).await?;

        page.open("/").await?;
        page.expect_heading(texts::SESSION).await?;
        page.expect_text(&format!("Signed in as {}", user.login)).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, user).await?;

        page.open("/").await?;
        page.expect_heading(texts::SESSION).await?;
        page.press(texts::SIGN_OUT).await?;
        page.expect_heading(texts::START).await?;
        page.expect_text(texts::SIGNED_OUT).await?;
        page.open("/landing.html").await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn a_session_is_continued_automatically_if_configured() {
    let setup = Setup { attributes: &[("existing-session", "continue")], ..Setup::default() };
    journey_with("session-continued", setup, async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        page.open("/").await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_its_own_redirect_does_not_reload_without_end() {
    let setup = Setup { attributes: &[("existing-session", "continue"), ("redirect-url", "")], ..Setup::default() };
    journey_with("session-loop", setup, async |journey| {
        let page = &journey.page;
        page.allow_in_console("existing-session");
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        page.expect_heading(texts::SESSION).await?;
        page.press(texts::SIGN_OUT).await?;
        page.expect_heading(texts::START).await
    })
    .await;
}

#[tokio::test]
async fn the_page_itself_is_returned_to_without_its_token_and_with_its_fragment() {
    let setup = Setup { attributes: &[("redirect-url", "")], ..Setup::default() };
    journey_with("redirect-default", setup, async |journey| {
        let page = &journey.page;
        page.open("/?token=activate-annie&tab=2#/reports/5").await?;
        continue_as(page, users::NEW_WITH_PASSWORD).await?;
        page.expect_heading(texts::SESSION).await?;
        let address = page.address().await?;
        assert!(address.ends_with("/?tab=2#/reports/5"), "{address}");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_org_says_where_the_person_was_going() {
    journey("redirect-from-uri", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let target = format!("{}/api/v1/users/me", org.address());
        page.open(&format!("/?fromURI={}", target.replace(':', "%3A").replace('/', "%2F"))).await?;
        page.expect_heading(texts::START).await?;
        crate::submit_password(page, users::PASSWORD_ONLY).await?;
        page.expect_text(users::PASSWORD_ONLY.login).await?;
        assert_eq!(page.address().await?, target);

        page.open("/?fromURI=https%3A%2F%2Fevil.example%2F").await?;
        page.expect_heading(texts::SESSION).await?;
        page.press(texts::CONTINUE).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await
    })
    .await;
}

#[tokio::test]
async fn an_expired_sign_in_starts_over_with_a_message() {
    journey("state-expired", async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        let user = users::THREE_FACTORS;
        start_sign_in(page, user).await?;
        page.expect_heading(texts::SMS).await?;
        org.advance_clock(Duration::from_hours(1)).await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_heading(texts::START).await?;
        page.expect_text(texts::TIMED_OUT).await?;
        assert_eq!(page.value(texts::USERNAME).await?, user.login);
        assert_eq!(page.value(texts::PASSWORD).await?, "");

        page.fill(texts::PASSWORD, user.password).await?;
        page.press(texts::SIGN_IN).await?;
        page.expect_heading(texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn the_session_token_can_be_posted_as_a_form() {
    let setup = Setup { attributes: &[("session-redirect", "post")], ..Setup::default() };
    journey_with("session-post", setup, async |journey| {
        let (page, org) = (&journey.page, &journey.org);
        open_start(page).await?;
        crate::submit_password(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        assert_eq!(org.request_count(&http::Method::POST, "/login/sessionCookieRedirect").await?, 1);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_org_asks_for_what_the_account_still_needs() {
    for way in ["get", "post"] {
        let attributes = &[("check-account-setup", "true"), ("session-redirect", way)];
        let setup = Setup { attributes, ..Setup::default() };
        journey_with(&format!("session-setup-{way}"), setup, async |journey| {
            let (page, user) = (&journey.page, users::PASSWORD_ONLY);
            journey.org.change_user(user.login, serde_json::json!({ "setupUnfinished": true })).await?;
            open_start(page).await?;
            crate::submit_password(page, user).await?;
            page.expect_heading(texts::ORG_ASKS_FOR_SETUP).await?;
            page.press(texts::CONTINUE).await?;
            expect_landing_page(page, user).await
        })
        .await;
    }
}

#[tokio::test]
async fn a_page_knows_the_session_and_ends_it_everywhere() {
    journey("session-functions", async |journey| {
        let page = &journey.page;
        start_sign_in(page, users::PASSWORD_ONLY).await?;
        expect_landing_page(page, users::PASSWORD_ONLY).await?;
        let script = format!(
            "return import(new URL('okta-sign-in-session.js', location.href).href).then(async ({{ sessionAt }}) => {{
                const session = sessionAt('{}');
                const before = (await session.get()).login;
                const refreshed = (await session.refresh()).login;
                const others = await session.closeAll({{ keepCurrent: true }});
                const still = await session.exists();
                const all = await session.closeAll();
                return [before, refreshed, others, still, all, await session.exists(), await session.close()];
            }})",
            journey.org_address,
        );
        let found = page.browser.run_script(&script).await?;
        let login = found.get(0).and_then(Value::as_str).unwrap_or_default();
        ensure!(login.starts_with(users::PASSWORD_ONLY.login), "{found}");
        ensure!(found == json!([login, login, true, true, true, false, false]), "{found}");
        Ok(())
    })
    .await;
}
