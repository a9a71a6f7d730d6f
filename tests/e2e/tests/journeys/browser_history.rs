//! The browser's Back inside a transaction; the demo page has the option `browser-back`.

use okta_e2e::{Setup, journey, journey_with};
use serde_json::json;

use crate::{
    expect_landing_page, expect_step, open_start, sign_in_to, start_sign_in, submit_password, texts, users,
    verify_by_message,
};

const USER: users::User = users::THREE_FACTORS;

#[tokio::test]
async fn back_leads_to_the_step_before_and_then_to_the_form() {
    journey("back-steps", async |journey| {
        let page = &journey.page;
        sign_in_to(page, USER, texts::SMS).await?;
        page.press(texts::SEND_CODE).await?;
        page.expect_field(texts::CODE).await?;
        page.back().await?;
        page.expect_button(texts::SEND_CODE).await?;
        page.back().await?;
        page.expect_heading(texts::START).await?;
        page.expect_focus_on(texts::PASSWORD).await?;
        assert_eq!(page.value(texts::USERNAME).await?, USER.login);
        // Nothing is left of it: the next one begins anew.
        page.fill(texts::PASSWORD, USER.password).await?;
        page.press(texts::SIGN_IN).await?;
        expect_step(page, texts::SMS).await
    })
    .await;
}

#[tokio::test]
async fn the_landing_page_takes_the_place_of_the_form() {
    journey("back-landing", async |journey| {
        let page = &journey.page;
        page.open("/landing.html?before").await?;
        open_start(page).await?;
        submit_password(page, USER).await?;
        expect_step(page, texts::SMS).await?;
        verify_by_message(page, &journey.org, USER, 1).await?;
        expect_landing_page(page, USER).await?;
        page.back().await?;
        assert!(page.address().await?.ends_with("?before"), "{}", page.address().await?);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn cancel_leaves_no_entry_behind() {
    journey("back-cancel", async |journey| {
        let page = &journey.page;
        page.open("/landing.html?before").await?;
        sign_in_to(page, USER, texts::SMS).await?;
        page.press(texts::CANCEL).await?;
        page.expect_heading(texts::START).await?;
        page.back().await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}

/// A router sees its own state and address again.
#[tokio::test]
async fn a_router_in_the_page_sees_no_change() {
    const ROUTER: &str = "
        history.replaceState({ route: 'login' }, '');
        window.__seen = [];
        addEventListener('popstate', ({ state }) => window.__seen.push([state, location.pathname]));";
    journey("back-router", async |journey| {
        let page = &journey.page;
        open_start(page).await?;
        page.browser.run_script(ROUTER).await?;
        submit_password(page, USER).await?;
        expect_step(page, texts::SMS).await?;
        page.back().await?;
        page.expect_heading(texts::START).await?;
        let seen = page.browser.run_script("return window.__seen").await?;
        assert_eq!(seen, json!([[{ "route": "login" }, "/"]]));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn without_the_option_back_leaves_the_page() {
    let setup = Setup { attributes: &[("browser-back", "false")], ..Setup::default() };
    journey_with("back-off", setup, async |journey| {
        let page = &journey.page;
        page.open("/landing.html?before").await?;
        start_sign_in(page, USER).await?;
        expect_step(page, texts::SMS).await?;
        page.back().await?;
        page.expect_heading(texts::LANDED_WITHOUT).await
    })
    .await;
}

#[tokio::test]
async fn escape_closes_what_was_opened() {
    const IS_OPEN: &str = "return document.querySelector('details[open]') !== null";
    journey("escape-switcher", async |journey| {
        let page = &journey.page;
        sign_in_to(page, USER, texts::SMS).await?;
        page.press(texts::OTHER_WAY).await?;
        assert_eq!(page.browser.run_script(IS_OPEN).await?, json!(true));
        page.keys("\u{e004}").await?;
        page.keys("\u{e00c}").await?;
        assert_eq!(page.browser.run_script(IS_OPEN).await?, json!(false));
        page.expect_focus_on(texts::OTHER_WAY).await
    })
    .await;
}
