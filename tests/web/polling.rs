//! What waiting for a phone costs the page: nothing but the texts that change. Never here: what the machine
//! makes of an answer.

use crate::answers::{Body, challenge};
use crate::outside::{Call, advance, sent, tick};
use crate::page::{Page, call};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
    export function watch(node) {
      const seen = [];
      new MutationObserver((records) => seen.push(...records)).observe(node, { childList: true, subtree: true });
      return seen;
    }
    export const changes = (seen) => seen.map(({ target }) => target.outerHTML);
")]
extern "C" {
    /// Watches what is put in and taken out.
    fn watch(node: &web_sys::Element) -> JsValue;
    /// Where that happened.
    fn changes(seen: &JsValue) -> Vec<String>;
}

/// A push that waits for the phone.
fn waiting() -> Body {
    challenge("t1", "push").with("factorResult", "WAITING").next("poll", "authn/factors/opf1/verify")
}

/// Lets time go by until the request of that place is sent.
async fn poll(place: usize) -> Call {
    for _ in 0..20 {
        if sent().len() > place {
            break;
        }
        advance(500).await;
        tick().await;
    }
    call(place).await
}

#[wasm_bindgen_test]
async fn a_poll_that_brings_nothing_new_replaces_no_node() {
    let page = Page::at(waiting(), "Verify with Okta Verify").await;
    let seen = watch(&page.host);
    for place in 1..=3 {
        poll(place).await.answer(200, &waiting().0.to_string());
    }
    // Polling on, it has seen all these answers.
    poll(4).await;
    assert_eq!(changes(&seen), Vec::<String>::new(), "these were drawn anew inside");
    assert!(page.text().contains("Okta Verify"));
}
