//! A program that gets no more memory, with WebAssembly and without: it stops, and says so. Not here: other ways to stop while it
//! is used (`in_use.rs`).

use anyhow::ensure;
use http::Method;
use okta_e2e::{Setup, Wasm, journey_with};
use serde_json::json;

use super::in_use::{OWN_BUTTON, SECOND_WIDGET, expect_stopped, prepare, reload_and_sign_in};
use crate::{expect_hydrated, open_start, texts, users};

/// The memory of the program is as large as it can be, and none of what was added is the program's.
const EXHAUST: &str = "
    const memories = window.__memories();
    for (const memory of memories) {
        for (let pages = 32768; pages >= 1; ) {
            try {
                memory.grow(pages);
            } catch {
                pages = Math.floor(pages / 2);
            }
        }
    }
    return memories.length > 0;";
/// The program without WebAssembly makes a larger buffer where it needs more memory. No browser makes one of this size.
const EXHAUST_SCRIPT: &str = "
    const none = ArrayBuffer.bind(null, Number.MAX_SAFE_INTEGER);
    window.ArrayBuffer = Object.setPrototypeOf(none, ArrayBuffer);
    return true;";
/// What the page gives another widget: ten million characters.
const LARGE: &str = "'x'.repeat(10_000_000)";

async fn no_more_memory(name: &str, setup: Setup<'_>, exhaust: &str) {
    journey_with(name, setup, async |journey| {
        let page = &journey.page;
        // What an engine says of a buffer that it does not make; in Firefox, the error itself.
        for words in ["RangeError", "allocation failed", "length", "memory", "Object(0)"] {
            page.allow_in_console(words);
        }
        prepare(page).await?;
        open_start(page).await?;
        expect_hydrated(page).await?;
        page.fill(texts::USERNAME, users::PASSWORD_ONLY.login).await?;
        ensure!(page.browser.run_script(exhaust).await? == json!(true), "there is no memory to exhaust");
        page.browser.run_script(OWN_BUTTON).await?;
        page.browser.run_script(&SECOND_WIDGET.replace("USERNAME", LARGE)).await?;
        expect_stopped(page, 2).await?;
        assert_eq!(journey.org.request_count(&Method::POST, "/api/v1/authn").await?, 0);
        reload_and_sign_in(page).await
    })
    .await;
}

#[tokio::test]
async fn a_program_without_memory_stops() {
    no_more_memory("no-memory", Setup::DEFAULT, EXHAUST).await;
}

#[tokio::test]
async fn a_program_without_memory_and_webassembly_stops() {
    let setup = Setup { wasm: Wasm::Missing, ..Setup::DEFAULT };
    no_more_memory("no-memory-no-wasm", setup, EXHAUST_SCRIPT).await;
}
