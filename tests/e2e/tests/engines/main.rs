//! The journeys that run in every engine: typing while the WebAssembly code loads and hydrates the static form, signing
//! in with and without WebAssembly (`sign_in.rs`), with the user name first (`discovery.rs`), and tokens (`tokens.rs`).
//! Other cases run in Chromium only (`journeys/`). `cargo xtask e2e --engine` selects the engine.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "prints how much was typed, and how long it took")]

mod discovery;
mod sign_in;
mod tokens;

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use fantoccini::{
    Client, Locator,
    actions::{InputSource as _, KeyAction, KeyActions},
    key::Key,
};
use okta_e2e::{AnyBrowser, Org, Site};
use serde::Deserialize;
use serde_json::json;

/// Long enough to type something before the code loads, even on a busy machine.
const DELAY: Duration = Duration::from_millis(1500);
/// Maximum number of keys.
const MAX_KEYS: usize = 5000;

/// Stores the field, and records its value at the moment of hydration.
const OBSERVE: &str = "
    const field = document.querySelector(arguments[0]);
    const root = field.closest('[data-oaw-static]');
    if (!root) return false;
    const seen = window.__seen = { field, blurred: 0, typed: null };
    field.addEventListener('blur', () => { seen.blurred += 1; });
    new MutationObserver(() => { seen.typed ??= field.value; }).observe(root, { attributes: true });
    return true;";
const IS_STATIC: &str = "return document.querySelector('[data-oaw-static]') !== null";
const READ_STATE: &str = "
    const { field, blurred, typed } = window.__seen;
    const now = document.querySelector(arguments[0]);
    return {
        same: now === field && field.isConnected, focused: document.activeElement === now, blurred, typed,
        value: now.value, caret: [now.selectionStart, now.selectionEnd],
    };";

/// The state of the field.
#[derive(Debug, Deserialize)]
struct FieldState {
    same: bool,
    focused: bool,
    blurred: u32,
    /// Its value at the moment of hydration.
    typed: Option<String>,
    value: String,
    caret: [usize; 2],
}

/// Types keys without a pause.
async fn keys(client: &Client, keys: &str) -> Result<()> {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for value in keys.chars() {
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
    }
    Ok(client.perform_actions(actions).await?)
}

/// Types into the middle of the field's value, from before the hydration until after it.
async fn type_during_hydration(browser: &AnyBrowser, page: &str, field: &str) -> Result<()> {
    browser.open(page).await?;
    let client = &browser.client;
    let watched = client.execute(OBSERVE, vec![json!(field)]).await?;
    ensure!(watched == json!(true), "the code had loaded before the typing");
    client.find(Locator::Css(field)).await?.click().await?;
    keys(client, "<>").await?;
    keys(client, &char::from(Key::Left).to_string()).await?;

    let mut typed = String::new();
    let mut after = 0;
    while after < 3 {
        // Neighboring keys differ, so that a lost or swapped key is noticed.
        let burst: String = ('a'..='z').chain('0'..='9').cycle().skip(typed.len()).take(25).collect();
        keys(client, &burst).await?;
        typed.push_str(&burst);
        after += usize::from(client.execute(IS_STATIC, Vec::new()).await? == json!(false));
        ensure!(typed.len() < MAX_KEYS, "the code has not loaded");
    }

    let seen: FieldState = serde_json::from_value(client.execute(READ_STATE, vec![json!(field)]).await?)?;
    ensure!(seen.value == format!("<{typed}>"), "typed <{typed}>, but there is {}", seen.value);
    ensure!(seen.same && seen.focused && seen.blurred == 0, "another element, or no focus: {seen:?}");
    ensure!(seen.caret == [typed.len() + 1; 2], "the caret moved: {seen:?}");
    let there = seen.typed.unwrap_or_default().len();
    println!("{field}: {there} of {} characters were typed before the hydration", seen.value.len());
    ensure!((3..seen.value.len()).contains(&there), "nothing was typed during the hydration: {there}");
    Ok(())
}

#[tokio::test]
async fn typing_continues_through_hydration() {
    let start = Instant::now();
    let mut org = Org::start().await.unwrap();
    let site = Site::slow(org.address(), DELAY).await.unwrap();
    org.trust(site.origin()).await.unwrap();
    let browser = AnyBrowser::start().await.unwrap();
    let mut outcome = Ok(());
    for field in ["[name=username]", "[name=password]"] {
        // Another URL each time, so that the code is loaded again.
        let page = format!("{}/?{field}", site.origin());
        outcome = outcome.and(type_during_hydration(&browser, &page, field).await);
    }
    let closed = browser.close().await;
    println!("{:.1} s", start.elapsed().as_secs_f64());
    outcome.unwrap();
    closed.unwrap();
}
