//! Chromium: its flags and preferences. Not here: what its `DevTools` protocol does (`browser.rs`).

use anyhow::Result;
use serde_json::{Map, Value, json};

use crate::{Setup, Sites, Wasm, browser::load_strategy, environment};

/// Takes WebAssembly from Chromium, and the compiler of JavaScript with it. `--noexpose-wasm` takes nothing.
const WITHOUT_WASM: &str = "--js-flags=--jitless";

/// What a session of chromedriver is asked for.
pub(crate) fn capabilities(setup: Setup<'_>) -> Result<Map<String, Value>> {
    let Setup { sites, wasm, languages, .. } = setup;
    let flags = environment::text("OKTA_E2E_CHROMIUM_FLAGS")?;
    let without = (wasm == Wasm::Missing).then_some(WITHOUT_WASM);
    let flags: Vec<&str> = flags.split_whitespace().chain(["--lang=en-US"]).chain(without).collect();
    let blocks = sites != Sites::TwoWithCookies;
    let cookies =
        json!({ "profile.cookie_controls_mode": i32::from(blocks), "profile.block_third_party_cookies": blocks });
    let mut prefs = if sites == Sites::One { json!({}) } else { cookies };
    if let (false, Some(prefs)) = (languages.is_empty(), prefs.as_object_mut()) {
        prefs.insert("intl.accept_languages".to_owned(), json!(languages));
    }
    let options = json!({ "binary": environment::path("OKTA_E2E_BROWSER")?, "args": flags, "prefs": prefs });
    Ok(Map::from_iter([
        ("browserName".to_owned(), json!("chrome")),
        ("acceptInsecureCerts".to_owned(), json!(sites.are_two())),
        ("pageLoadStrategy".to_owned(), json!(load_strategy(setup))),
        ("goog:chromeOptions".to_owned(), options),
        ("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" })),
        ("timeouts".to_owned(), json!({ "script": 20_000, "pageLoad": 30_000 })),
    ]))
}
