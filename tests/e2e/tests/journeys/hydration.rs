//! Typing while the WebAssembly code loads and hydrates the static form: nothing that was typed is lost, in any engine. Not
//! here: other cases of the static form (`static_form.rs`).

use std::time::Duration;

use anyhow::{Result, ensure};
use fantoccini::key::Key;
use okta_e2e::{Page, Setup, journey_with};
use serde::Deserialize;
use serde_json::json;

use crate::{is_static, texts};

/// Long enough to type something before the code loads, even on a busy machine.
const DELAY: Duration = Duration::from_millis(1500);
/// Maximum number of keys.
const MAX_KEYS: usize = 5000;

/// Stores the focused field, and records its value at the moment of hydration.
const OBSERVE: &str = "
    const field = document.activeElement;
    const root = field.closest('[data-oaw-static]');
    if (!root) return false;
    const seen = window.__seen = { field, blurred: 0, typed: null };
    field.addEventListener('blur', () => { seen.blurred += 1; });
    new MutationObserver(() => { seen.typed ??= field.value; }).observe(root, { attributes: true });
    return true;";
const READ_STATE: &str = "
    const { field, blurred, typed } = window.__seen;
    const now = document.querySelector(`[name=${field.name}]`);
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

/// Types into the middle of the field's value, from before the hydration until after it.
async fn type_during_hydration(page: &Page, label: &str) -> Result<()> {
    page.open("/").await?;
    page.tab_to(label).await?;
    ensure!(page.browser.run_script(OBSERVE).await? == json!(true), "the code had loaded before the typing");
    page.keys("<>").await?;
    page.keys(&char::from(Key::Left).to_string()).await?;

    let mut typed = String::new();
    let mut after = 0;
    while after < 3 {
        // Neighboring keys differ, so that a lost or swapped key is noticed.
        let burst: String = ('a'..='z').chain('0'..='9').cycle().skip(typed.len()).take(25).collect();
        page.keys(&burst).await?;
        typed.push_str(&burst);
        after += usize::from(!is_static(page).await?);
        ensure!(typed.len() < MAX_KEYS, "the code has not loaded");
    }

    let seen: FieldState = serde_json::from_value(page.browser.run_script(READ_STATE).await?)?;
    ensure!(seen.value == format!("<{typed}>"), "typed <{typed}>, but there is {}", seen.value);
    ensure!(seen.same && seen.focused && seen.blurred == 0, "another element, or no focus: {seen:?}");
    ensure!(seen.caret == [typed.len() + 1; 2], "the caret moved: {seen:?}");
    let there = seen.typed.unwrap_or_default().len();
    ensure!((3..seen.value.len()).contains(&there), "nothing was typed during the hydration: {there}");
    Ok(())
}

#[tokio::test]
async fn typing_continues_through_hydration() {
    for (name, label) in [("user", texts::USERNAME), ("password", texts::PASSWORD)] {
        let setup = Setup { delay: DELAY, ..Setup::DEFAULT };
        journey_with(&format!("hydration-{name}"), setup, async |journey| {
            type_during_hydration(&journey.page, label).await
        })
        .await;
    }
}
