//! Browser tests of the built widget with the emulated org; nothing is mocked. One file per topic. `texts.rs`
//! contains the texts of the page, `users.rs` the users.
//!
//! Run by `cargo xtask e2e [FILTER]`, which builds what they need.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod activation;
mod blocked;
mod brand;
mod browser_history;
mod consent;
mod demo;
mod device;
mod discovery;
mod drop_in;
mod duo;
mod embedding;
mod ends;
mod enroll;
mod enroll_app;
mod examples;
mod expiry;
mod factor_states;
mod factors;
mod hook_session;
mod hydration;
mod identity_providers;
mod integrity;
mod languages;
mod layout;
mod my_factors;
mod no_wasm;
mod nonce;
mod okta_auth_js;
mod org_failures;
mod package;
mod password;
mod phone;
mod phones;
mod push;
mod recovery;
mod redirect_factors;
mod registration;
mod resume;
mod screenshots;
mod sequence;
mod session;
mod sign_in;
mod static_form;
mod step_up;
mod stopped;
mod table;
mod texts;
mod tokens;
mod tokens_openid;
mod tokens_part;
mod two_sites;
mod typing;
mod unlock;
mod upgrade;
mod user_name;
mod users;
mod webauthn;

use std::time::Duration;

use anyhow::{Result, ensure};
use okta_e2e::{Clock, Journey, Org, Page, Setup, wait_until};
use serde_json::json;

use crate::users::User;

/// Opens the start page.
async fn open_start(page: &Page) -> Result<()> {
    page.open("/").await?;
    page.expect_heading(texts::START).await
}

/// Fills in and submits the start form, which must be open.
async fn submit_password(page: &Page, user: User) -> Result<()> {
    page.fill(texts::USERNAME, user.login).await?;
    page.fill(texts::PASSWORD, user.password).await?;
    page.press(texts::SIGN_IN).await
}

/// Opens the start page and submits user name and password.
async fn start_sign_in(page: &Page, user: User) -> Result<()> {
    open_start(page).await?;
    submit_password(page, user).await
}

/// Waits for the landing page, which shows the session.
async fn expect_landing_page(page: &Page, user: User) -> Result<()> {
    page.expect_heading(texts::LANDED).await?;
    page.expect_text(user.login).await
}

/// Goes on with a sign-in that came to its end without an action on this page.
async fn continue_as(page: &Page, user: User) -> Result<()> {
    page.expect_text(&format!("{}{}", texts::CONTINUE_AS, user.login)).await?;
    page.expect_focus().await?;
    page.press(texts::CONTINUE).await
}

/// Signs out on the landing page.
async fn sign_out_on_landing_page(page: &Page) -> Result<()> {
    page.press(texts::LANDED_SIGN_OUT).await?;
    page.expect_heading(texts::LANDED_SIGNED_OUT).await
}

/// Enters a code and verifies the factor.
async fn verify_code(page: &Page, code: &str) -> Result<()> {
    page.submit_code(texts::CODE, code, texts::VERIFY).await
}

/// Enters a code and activates the new factor.
async fn activate(page: &Page, code: &str) -> Result<()> {
    page.submit_code(texts::CODE, code, texts::ACTIVATE).await
}

/// Requests a code, and verifies the factor with the code of the message number `count`.
async fn verify_by_message(page: &Page, org: &Org, user: User, count: usize) -> Result<()> {
    page.press(texts::SEND_CODE).await?;
    verify_code(page, &org.code_in_message(user.login, count).await?).await
}

/// A different code of the same format.
fn different_code(code: &str) -> String {
    code.chars().map(|digit| if digit == '9' { '0' } else { char::from(digit as u8 + 1) }).collect()
}

/// The page's clock can be advanced.
const ADJUSTABLE: Setup<'_> = Setup { clock: Clock::Adjustable, ..Setup::DEFAULT };

/// Keeps the events `error` of the widget; the page must not be open yet.
async fn watch_errors(page: &Page) -> Result<()> {
    const SOURCE: &str = "window.__errors = [];
        document.addEventListener('error', ({ detail }) => {
            if (detail) window.__errors.push([detail.code, detail.retryable]);
        });";
    page.browser.before_each_page(SOURCE).await
}

/// Checks the codes of these events since the page was opened, and whether the same may succeed later.
async fn expect_errors(page: &Page, expected: &[(&str, bool)]) -> Result<()> {
    let errors = page.browser.run_script("return window.__errors").await?;
    ensure!(errors == json!(expected), "the events are {errors}, not {expected:?}");
    Ok(())
}

/// Waits for a step of the widget, and checks that it has the focus.
async fn expect_step(page: &Page, heading: &str) -> Result<()> {
    page.expect_heading(heading).await?;
    page.expect_focus().await
}

/// Opens an address whose code is delayed, and waits for the script that handles an early submit.
async fn open_before_code(page: &Page, address: &str) -> Result<()> {
    const IS_THERE: &str = "return customElements.get('okta-sign-in') !== undefined";
    page.open(address).await?;
    let there = async || Ok((page.browser.run_script(IS_THERE).await? == json!(true)).then_some(()));
    wait_until("the script", there).await
}

/// Whether the page still shows the static form.
async fn is_static(page: &Page) -> Result<bool> {
    Ok(page.browser.run_script("return document.querySelector('[data-oaw-static]') !== null").await? == json!(true))
}

/// Lets the code go that was held back, and waits until the page's form belongs to the widget.
async fn hydrate(journey: &Journey) -> Result<()> {
    journey.site.release_code()?;
    expect_hydrated(&journey.page).await
}

/// Waits until the widget has hydrated or replaced the static form.
async fn expect_hydrated(page: &Page) -> Result<()> {
    wait_until("the hydration", async || Ok((!is_static(page).await?).then_some(()))).await
}

/// Waits for a message that starts with this text, and checks that the focus is not lost.
async fn expect_message(page: &Page, beginning: &str) -> Result<()> {
    page.expect_message(beginning).await?;
    page.expect_focus().await
}

/// Waits for an error whose text comes from the org.
async fn expect_error(page: &Page) -> Result<()> {
    page.alert().await?;
    page.expect_focus().await
}

/// Signs in with user name and password, and waits for a step.
async fn sign_in_to(page: &Page, user: User, heading: &str) -> Result<()> {
    start_sign_in(page, user).await?;
    expect_step(page, heading).await
}

/// Chooses another factor.
async fn choose_factor(page: &Page, factor: &str, heading: &str) -> Result<()> {
    page.press(texts::OTHER_WAY).await?;
    page.press_starting_with(factor).await?;
    expect_step(page, heading).await
}

/// Advances the clocks of the org and of the page.
async fn advance_clocks(journey: &Journey, time: Duration) -> Result<()> {
    journey.org.advance_clock(time).await?;
    journey.page.browser.advance_clock(time).await
}

/// Fails if the URL of the running widget contains a token.
async fn expect_no_token_in_address(page: &Page) -> Result<()> {
    expect_hydrated(page).await?;
    let address = page.address().await?;
    ensure!(!address.to_lowercase().contains("token"), "a token is in the address: {address}");
    Ok(())
}
