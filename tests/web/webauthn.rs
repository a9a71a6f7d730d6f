//! What a browser is asked about an authenticator: a fake takes the place of `navigator.credentials`. Not here: what is
//! asked for, or what an answer leads to.

use crate::page::{Page, sent_request, wait_for};
use crate::responses::{Body, challenge};
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen(inline_js = "
    const asked = [];
    export function install_authenticator() {
      asked.length = 0;
      navigator.credentials.get = async ({ publicKey }) => {
        asked.push(JSON.stringify(publicKey.extensions ?? null));
        if (publicKey.extensions?.appid) throw new DOMException('foreign', 'SecurityError');
        const bytes = new Uint8Array([1]).buffer;
        return { response: { clientDataJSON: bytes, authenticatorData: bytes, signature: bytes } };
      };
    }
    export const asked_extensions = () => asked;
")]
extern "C" {
    /// An authenticator that signs at once, in a browser that refuses every application id.
    fn install_authenticator();
    /// The extensions it was asked with, as JSON.
    fn asked_extensions() -> Vec<String>;
}

fn with_app_id(appid: &str) -> Body {
    let asked = json!({"challenge": "K0UNqWlz2TCCDd5qEkBf", "extensions": {"appid": appid, "uvm": true}});
    challenge("t1", "webauthn").carrying("challenge", &asked)
}

/// The proof is sent, after the authenticator was asked with these extensions.
async fn is_asked(appid: &str, expected: &[&str]) {
    install_authenticator();
    let _page = Page::at(with_app_id(appid), "Verify with a security key or biometric").await;
    let proof = wait_for("proof", || crate::fakes::sent_requests().into_iter().nth(1)).await;
    assert!(proof.body().contains("signatureData"), "{}", proof.body());
    assert_eq!(asked_extensions(), expected, "{appid}");
    let _first = sent_request(0).await;
}

#[wasm_bindgen_test]
async fn an_application_id_of_another_site_is_not_asked_for() {
    is_asked("https://acme.okta.example", &[r#"{"uvm":true}"#]).await;
}

#[wasm_bindgen_test]
async fn where_the_browser_refuses_the_application_id_it_is_asked_without() {
    let page = web_sys::window().unwrap().location().origin().unwrap();
    let with = format!(r#"{{"appid":"{page}","uvm":true}}"#);
    is_asked(&page, &[&with, r#"{"uvm":true}"#]).await;
}
