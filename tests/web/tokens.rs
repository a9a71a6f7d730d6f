//! Tokens in a browser: the hidden frame and whose messages count, real cryptography, what the tab keeps, and the answer in
//! the page's address. Not here: which answer leads to what.

use crate::fakes::{self, advance, reported_errors, tick};
use crate::page::{Page, document, object, sent_request, wait_for};
use crate::responses::success;
use js_sys::{Array, Function};
use okta_authn::url::query_value;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlIFrameElement, Storage};

const ORG: &str = "https://example.okta.com";
const KEPT: &str = "okta-sign-in-tokens";

#[wasm_bindgen(module = "/tests/web/tokens.js")]
extern "C" {
    async fn issue(claims: &str) -> JsValue;
    fn post(origin: &str, source: &JsValue, data: &str);
}

fn tokens(members: &[(&str, &str)]) -> (&'static str, JsValue) {
    let all = [("clientId", "0oa1")].iter().chain(members).map(|(name, value)| (*name, JsValue::from_str(value)));
    ("tokens", object(&all.collect::<Vec<_>>()))
}

/// A script that notes each success.
fn script() -> (Function, Array) {
    let told = Array::new();
    let function =
        Function::new_with_args("name, detail", "if (name === 'success') this.told.push(JSON.stringify(detail));");
    (function.bind0(&object(&[("told", told.clone().into())])), told)
}

fn frames() -> Vec<HtmlIFrameElement> {
    let found = document().query_selector_all("iframe[src*='/v1/authorize']").unwrap();
    (0..found.length()).filter_map(|place| found.get(place)?.dyn_into().ok()).collect()
}

async fn frame() -> HtmlIFrameElement {
    wait_for("frame", || frames().into_iter().next()).await
}

fn tab() -> Storage {
    web_sys::window().unwrap().session_storage().unwrap().unwrap()
}

#[wasm_bindgen_test]
async fn a_frame_leads_to_tokens_that_were_checked() {
    let (script, told) = script();
    let page = Page::open_with(script, &[tokens(&[])]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    let frame = frame().await;
    assert!(frame.hidden());
    let value = |name| query_value(&frame.src(), name).unwrap_or_default();
    assert_eq!((value("sessionToken"), value("code_challenge").len()), ("se&ss+1".to_owned(), 43));
    let answer = json!({"code": "c1", "state": value("state")}).to_string();
    let source = JsValue::from(frame.content_window().unwrap());
    // Another origin, another window, another request.
    post("https://evil.example", &source, &answer);
    post(ORG, &JsValue::from(web_sys::window().unwrap()), &answer);
    post(ORG, &JsValue::NULL, &answer);
    post(ORG, &source, &json!({"code": "c1", "state": "other"}).to_string());
    tick().await;
    assert_eq!((fakes::sent_requests().len(), frames().len()), (1, 1));
    post(ORG, &source, &answer);
    let exchange = sent_request(1).await;
    assert!(frames().is_empty(), "the frame is gone");
    assert_eq!(exchange.line(), "POST https://example.okta.com/oauth2/v1/token");
    assert_eq!(exchange.settings(), "omit error no-store application/json, application/jrd+json");
    assert!(exchange.body().contains("&code=c1&code_verifier="), "{}", exchange.body());
    let now = js_sys::Date::now() / 1_000.0;
    let claims =
        json!({"iss": ORG, "aud": "0oa1", "sub": "00u1", "nonce": value("nonce"), "iat": now, "exp": now + 60.0});
    let issued: Array = issue(&claims.to_string()).await.unchecked_into();
    let id_token = issued.get(0).as_string().unwrap();
    let body = json!({"token_type": "Bearer", "access_token": "a1", "expires_in": 60, "scope": "openid email", "id_token": id_token});
    exchange.respond(200, &body.to_string());
    let keys = sent_request(2).await;
    assert_eq!(keys.line(), "GET https://example.okta.com/oauth2/v1/keys");
    assert_eq!(keys.settings(), "omit error no-store application/json, application/jrd+json");
    keys.respond(200, &issued.get(1).as_string().unwrap());
    page.shows("You're signed in").await;
    let result: Value = serde_json::from_str(&told.get(0).as_string().unwrap()).unwrap();
    assert_eq!(
        (&result["type"], &result["idToken"], &result["accessToken"]),
        (&"tokens".into(), &id_token.into(), &"a1".into())
    );
    assert_eq!((&result["claims"]["sub"], &result["scopes"]), (&"00u1".into(), &json!(["openid", "email"])));
    assert_eq!((told.length(), tab().get_item(KEPT).unwrap()), (1, None));
}

#[wasm_bindgen_test]
async fn a_forged_id_token_is_refused() {
    let (script, told) = script();
    let page = Page::open_with(script, &[tokens(&[("responseType", "id_token")])]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    let frame = frame().await;
    let value = |name| query_value(&frame.src(), name).unwrap_or_default();
    let now = js_sys::Date::now() / 1_000.0;
    let claims =
        json!({"iss": ORG, "aud": "0oa1", "sub": "00u1", "nonce": value("nonce"), "iat": now, "exp": now + 60.0});
    let issued: Array = issue(&claims.to_string()).await.unchecked_into();
    // Signed by a key of the same name that the issuer does not publish.
    let others: Array = issue(&claims.to_string()).await.unchecked_into();
    let answer = json!({"id_token": issued.get(0).as_string(), "state": value("state")});
    post(ORG, &JsValue::from(frame.content_window().unwrap()), &answer.to_string());
    sent_request(1).await.respond(200, &others.get(1).as_string().unwrap());
    page.shows("We couldn't verify your sign-in").await;
    assert_eq!(told.length(), 0);
}

#[wasm_bindgen_test]
async fn unmounting_removes_the_frame() {
    let mut page = Page::open(&[tokens(&[])]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    frame().await;
    page.unmount().await;
    assert!(frames().is_empty());
    advance(60_000).await;
    assert!(frames().is_empty() && tab().get_item(KEPT).unwrap().is_none());
}

#[wasm_bindgen_test]
async fn an_answer_is_taken_out_of_the_address_and_the_tab() {
    let window = web_sys::window().unwrap();
    let (history, before) = (window.history().unwrap(), window.location().href().unwrap());
    for (ending, left) in [("?page=1&code=c1&state=s", "?page=1"), ("#id_token=i&state=s", "")] {
        let first = Page::open(&[]).await;
        tab().set_item(KEPT, "s.n.v.1").unwrap();
        history.replace_state_with_url(&JsValue::NULL, "", Some(ending)).unwrap();
        let page = first.another(&[tokens(&[("display", "redirect")])]).await;
        page.shows("Your sign-in timed out.").await;
        assert_eq!(tab().get_item(KEPT).unwrap(), None);
        let location = window.location();
        assert_eq!([location.search().unwrap(), location.hash().unwrap()].concat(), left);
        page.button("Back to sign in").click();
        page.shows("Username").await;
        drop(page);
        history.replace_state_with_url(&JsValue::NULL, "", Some(&before)).unwrap();
    }
    // A parameter of the page's own that only has the name.
    history.replace_state_with_url(&JsValue::NULL, "", Some("?state=open")).unwrap();
    let page = Page::open(&[tokens(&[])]).await;
    page.shows("Username").await;
    assert_eq!(window.location().search().unwrap(), "?state=open");
    history.replace_state_with_url(&JsValue::NULL, "", Some(&before)).unwrap();
}

#[wasm_bindgen_test]
async fn a_mistake_is_reported_and_told() {
    let page = Page::open(&[tokens(&[("display", "popup")])]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    page.shows("This sign-in form isn't set up correctly.").await;
    let reported = reported_errors();
    assert_eq!(reported, ["okta-sign-in: tokens.display must be one of: frame, redirect"]);
    assert!(frames().is_empty());
}
