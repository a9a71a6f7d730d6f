//! What leaves the page: once each, with credentials, ended when the widget goes, and the ways a sign-in ends.

use crate::answers::{challenge, required, success};
use crate::outside::{advance, sent, show_page, submitted, tick, timers_running};
use crate::page::{Page, call, until};
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn enter_submits_once() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    page.press_enter();
    let asked = call(0).await;
    page.press_enter();
    page.button("Show password").click();
    tick().await;
    assert_eq!(sent().len(), 1);
    assert_eq!(asked.line(), "POST https://example.okta.com/api/v1/authn");
    assert_eq!(asked.settings(), "include error no-store application/json");
    let body: serde_json::Value = serde_json::from_str(&asked.body()).unwrap();
    assert_eq!((&body["username"], &body["password"]), (&"jeff".into(), &"pw".into()));
    let submits = page.all("button:not([type=button])");
    assert_eq!(
        submits[0].text_content().as_deref().map(str::trim),
        Some("Sign inPlease wait"),
        "Enter presses the first"
    );
}

#[wasm_bindgen_test]
async fn unmounting_ends_requests_and_timers() {
    let mut page = Page::open(&[("existingSession", "ask".into())]).await;
    page.sign_in("jeff", "pw");
    let (lookup, asked) = (call(0).await, call(1).await);
    assert!(!lookup.aborted() && !asked.aborted());
    assert!(timers_running() > 0, "time-outs run");
    page.unmount().await;
    assert!(lookup.aborted() && asked.aborted());
    assert_eq!(timers_running(), 0);
    asked.answer(200, &required("t1", &["sms"]).0.to_string());
    advance(60_000).await;
    assert_eq!((sent().len(), page.text()), (2, String::new()));
}

#[wasm_bindgen_test]
async fn unmounting_ends_a_countdown() {
    let mut page = Page::at(challenge("t1", "sms"), "Resend code in 30 s").await;
    assert_eq!(timers_running(), 1);
    page.unmount().await;
    assert_eq!(timers_running(), 0);
}

#[wasm_bindgen_test]
async fn cancel_ends_the_request_under_way() {
    let page = Page::at(challenge("t1", "sms"), "Resend code in 30 s").await;
    page.fill("Verification code", "123");
    page.press_enter();
    let asked = call(1).await;
    page.button("Cancel").click();
    page.says("Username").await;
    assert!(asked.aborted());
    let farewell = call(2).await;
    assert_eq!(farewell.line(), "POST https://example.okta.com/api/v1/authn/cancel");
    assert!(!farewell.aborted(), "the org is told, whatever the page does");
}

#[wasm_bindgen_test]
async fn an_org_that_hangs_is_given_up() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    let asked = call(0).await;
    advance(11_999).await;
    assert!(!asked.aborted());
    advance(1).await;
    page.says("The sign-in service took too long to answer.").await;
    assert!(asked.aborted());
    assert_eq!(page.field("Password").value(), "pw");
    page.button("Retry").click();
    assert_eq!(call(1).await.body(), asked.body(), "the person pressed Retry, and the form went out as it stood");
}

#[wasm_bindgen_test]
async fn an_answer_that_is_not_json_is_told() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    call(0).await.answer(200, "<!doctype html><p>Proxy</p>");
    page.says("sent an answer we can't read").await;
    page.press_enter();
    call(1).await.answer(502, "<h1>Bad Gateway</h1>");
    page.says("The sign-in service has a problem.").await;
}

#[wasm_bindgen_test]
async fn what_the_org_says_is_text() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    call(0).await.answer(400, r#"{"errorCode": "E9", "errorSummary": "<img src=x onerror=alert(1)> & more"}"#);
    page.says("<img src=x onerror=alert(1)> & more").await;
    assert!(page.all("img").is_empty());
}

#[wasm_bindgen_test]
async fn a_rate_limit_is_counted_down() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    call(0).await.limit(5.0);
    page.says("Too many attempts.").await;
    page.arrives("[type=submit][aria-disabled=true]").await;
    page.press_enter();
    advance(3_000).await;
    page.says("Try again in").await;
    advance(3_000).await;
    page.arrives("[type=submit]:not([aria-disabled])").await;
    assert!(!page.text().contains("Too many attempts."));
    assert_eq!(sent().len(), 1);
    page.press_enter();
    call(1).await;
}

#[wasm_bindgen_test]
async fn a_form_carries_the_token_where_the_page_wants_no_query() {
    let page = Page::open(&[("sessionRedirect", "post".into()), ("redirectUrl", "/landing?a=1&b=2".into())]).await;
    page.sign_in("jeff", "pw");
    call(0).await.answer(200, &success().0.to_string());
    page.says("Signing you in").await;
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    let form = until("a form", || submitted().into_iter().next()).await;
    let expected = format!(
        "post https://example.okta.com/login/sessionCookieRedirect token=se&ss+1 redirectUrl={origin}/landing?a=1&b=2"
    );
    assert_eq!(form, expected);
    let left = crate::page::document().query_selector("input[name=token]").unwrap();
    assert!(left.is_none(), "the token stays nowhere on the page");
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_starts_anew() {
    let mut page = Page::open(&[("sessionRedirect", "post".into())]).await;
    page.sign_in("jeff", "pw");
    let asked = call(0).await;
    show_page(false);
    tick().await;
    assert!(!asked.aborted(), "shown for the first time");
    asked.answer(200, &success().0.to_string());
    page.says("Signing you in").await;
    show_page(true);
    page.says("Username").await;
    page.sign_in("jeff", "pw");
    let asked = call(1).await;
    show_page(true);
    until("an end of the request", || asked.aborted().then_some(())).await;
    page.arrives("form:not([aria-busy])").await;
    page.unmount().await;
    show_page(true);
    tick().await;
    assert_eq!(sent().len(), 2);
}

#[wasm_bindgen_test]
async fn a_callback_gets_the_token_and_the_user() {
    let got = Rc::new(RefCell::new(Vec::new()));
    let callback = {
        let got = got.clone();
        Closure::<dyn FnMut(JsValue)>::new(move |result| got.borrow_mut().push(result))
    };
    let page = Page::open(&[("sessionRedirect", "callback".into()), ("onSuccess", callback.as_ref().clone())]).await;
    page.sign_in("jeff", "pw");
    call(0).await.answer(200, &success().0.to_string());
    page.says("You are signed in").await;
    assert_eq!(got.borrow().len(), 1);
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap();
    let result = got.borrow()[0].clone();
    assert_eq!(member(&result, "type").as_string().as_deref(), Some("signedIn"));
    assert_eq!(member(&result, "sessionToken").as_string().as_deref(), Some("se&ss+1"));
    assert_eq!(member(&member(&result, "user"), "login").as_string().as_deref(), Some("jeff"));
    assert_eq!(submitted().len(), 0);
}
