//! What polling changes on the page: only the texts that are different. Not here: what a response leads to.

use crate::fakes::{SentRequest, advance, sent_requests, tick};
use crate::page::{Page, sent_request};
use crate::responses::{Body, challenge};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
    export function observe(node) {
      const records = [];
      new MutationObserver((added) => records.push(...added)).observe(node, { childList: true, subtree: true });
      return records;
    }
    export const changes = (records) => records.map(({ target }) => target.outerHTML);
")]
extern "C" {
    /// Records which nodes are added and removed.
    fn observe(node: &web_sys::Element) -> JsValue;
    /// The elements where that happened.
    fn changes(records: &JsValue) -> Vec<String>;
}

/// A push that waits for the phone.
fn waiting() -> Body {
    challenge("t1", "push").with("factorResult", "WAITING").next("poll", "authn/factors/opf1/verify")
}

/// Moves the clock until the request at this place is sent.
async fn poll(place: usize) -> SentRequest {
    for _ in 0..20 {
        if sent_requests().len() > place {
            break;
        }
        advance(500).await;
        tick().await;
    }
    sent_request(place).await
}

#[wasm_bindgen_test]
async fn a_poll_without_a_change_replaces_no_node() {
    let page = Page::at(waiting(), "Verify with Okta Verify").await;
    let records = observe(&page.host);
    for place in 1..=3 {
        poll(place).await.respond(200, &waiting().0.to_string());
    }
    // When it polls again, it has handled all these responses.
    poll(4).await;
    assert_eq!(changes(&records), Vec::<String>::new(), "nodes inside these were replaced");
    assert!(page.text().contains("Okta Verify"));
}
