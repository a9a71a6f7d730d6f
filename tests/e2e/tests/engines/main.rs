//! The one journey that every engine makes: someone types while the code arrives and takes the
//! form over. What else happens to a form at that moment is walked in Chromium alone
//! (`journeys/takeover.rs`). Which engine, and where it is, `cargo xtask e2e --engine` tells.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "how much was typed, and how long it took, is worth knowing")]

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

/// Long enough to have typed something before the code comes, on a busy machine too.
const DELAY: Duration = Duration::from_millis(1500);
/// How long typing may go on, in keys.
const MOST: usize = 5000;

/// Keeps the element, and writes down what is there at the moment of the takeover.
const WATCH: &str = "
    const field = document.querySelector(arguments[0]);
    const root = field.closest('[data-oaw-static]');
    if (!root) return false;
    const seen = window.__seen = { field, blurred: 0, typed: null };
    field.addEventListener('blur', () => { seen.blurred += 1; });
    new MutationObserver(() => { seen.typed ??= field.value; }).observe(root, { attributes: true });
    return true;";
const IS_STATIC: &str = "return document.querySelector('[data-oaw-static]') !== null";
const LOOK: &str = "
    const { field, blurred, typed } = window.__seen;
    const now = document.querySelector(arguments[0]);
    return {
        same: now === field && field.isConnected, focused: document.activeElement === now, blurred, typed,
        value: now.value, caret: [now.selectionStart, now.selectionEnd],
    };";

/// What became of the field.
#[derive(Debug, Deserialize)]
struct Seen {
    same: bool,
    focused: bool,
    blurred: u32,
    /// What stood in it at the moment of the takeover.
    typed: Option<String>,
    value: String,
    caret: [usize; 2],
}

/// Presses keys one after the other, with no pause between.
async fn keys(client: &Client, keys: &str) -> Result<()> {
    let mut actions = KeyActions::new("keyboard".to_owned());
    for value in keys.chars() {
        actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
    }
    Ok(client.perform_actions(actions).await?)
}

/// Types in the middle of what stands there, from before the takeover until well after it.
async fn types_through(browser: &AnyBrowser, page: &str, field: &str) -> Result<()> {
    browser.open(page).await?;
    let client = &browser.client;
    let watched = client.execute(WATCH, vec![json!(field)]).await?;
    ensure!(watched == json!(true), "the code was there before anybody could type");
    client.find(Locator::Css(field)).await?.click().await?;
    keys(client, "<>").await?;
    keys(client, &char::from(Key::Left).to_string()).await?;

    let mut typed = String::new();
    let mut after = 0;
    while after < 3 {
        // Each stroke differs from the ones beside it: neither a lost nor a swapped one goes unseen.
        let burst: String = ('a'..='z').chain('0'..='9').cycle().skip(typed.len()).take(25).collect();
        keys(client, &burst).await?;
        typed.push_str(&burst);
        after += usize::from(client.execute(IS_STATIC, Vec::new()).await? == json!(false));
        ensure!(typed.len() < MOST, "the code does not come");
    }

    let seen: Seen = serde_json::from_value(client.execute(LOOK, vec![json!(field)]).await?)?;
    ensure!(seen.value == format!("<{typed}>"), "typed <{typed}>, but there is {}", seen.value);
    ensure!(seen.same && seen.focused && seen.blurred == 0, "another element, or no focus: {seen:?}");
    ensure!(seen.caret == [typed.len() + 1; 2], "the caret went away: {seen:?}");
    let there = seen.typed.unwrap_or_default().len();
    println!("{field}: {there} of {} characters stood there at the takeover", seen.value.len());
    ensure!((3..seen.value.len()).contains(&there), "nobody typed through it: {there}");
    Ok(())
}

#[tokio::test]
async fn typing_goes_on_through_the_takeover() {
    let start = Instant::now();
    let mut org = Org::start().await.unwrap();
    let site = Site::slow(org.address(), DELAY).await.unwrap();
    org.trust(site.origin()).await.unwrap();
    let browser = AnyBrowser::start().await.unwrap();
    let mut outcome = Ok(());
    for field in ["[name=username]", "[name=password]"] {
        // Another address each time, for the code to come anew.
        let page = format!("{}/?{field}", site.origin());
        outcome = outcome.and(types_through(&browser, &page, field).await);
    }
    let closed = browser.close().await;
    println!("{:.1} s", start.elapsed().as_secs_f64());
    outcome.unwrap();
    closed.unwrap();
}
