//! Requests: sent once, with credentials, aborted when the widget is unmounted; and the ends of a sign-in. Not here: which
//! request follows a response.

use crate::fakes::{advance, running_timers, sent_requests, show_page, submitted_forms, tick};
use crate::page::{Page, document, sent_request, wait_for};
use crate::responses::{challenge, required, success};
use js_sys::Reflect;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn enter_submits_once() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    page.press_enter();
    let request = sent_request(0).await;
    page.press_enter();
    page.button("Show password").click();
    tick().await;
    assert_eq!(sent_requests().len(), 1);
    assert_eq!(request.line(), "POST https://example.okta.com/api/v1/authn");
    assert_eq!(request.settings(), "include error no-store application/json, application/jrd+json");
    let body: serde_json::Value = serde_json::from_str(&request.body()).unwrap();
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
    let (lookup, request) = (sent_request(0).await, sent_request(1).await);
    assert!(!lookup.aborted() && !request.aborted());
    assert!(running_timers() > 0, "time-outs run");
    page.unmount().await;
    assert!(lookup.aborted() && request.aborted());
    assert_eq!(running_timers(), 0);
    request.respond(200, &required("t1", &["sms"]).0.to_string());
    advance(60_000).await;
    assert_eq!((sent_requests().len(), page.text()), (2, String::new()));
}

#[wasm_bindgen_test]
async fn unmounting_ends_a_countdown() {
    let mut page = Page::at(challenge("t1", "sms"), "Resend code in 30 seconds").await;
    assert_eq!(running_timers(), 1);
    page.unmount().await;
    assert_eq!(running_timers(), 0);
}

#[wasm_bindgen_test]
async fn cancel_aborts_the_request_in_progress() {
    let page = Page::at(challenge("t1", "sms"), "Resend code in 30 seconds").await;
    page.fill("Verification code", "123");
    page.press_enter();
    let request = sent_request(1).await;
    page.button("Cancel").click();
    page.shows("Username").await;
    assert!(request.aborted());
    let cancel = sent_request(2).await;
    assert_eq!(cancel.line(), "POST https://example.okta.com/api/v1/authn/cancel");
    assert!(!cancel.aborted(), "the org must receive it");
}

#[wasm_bindgen_test]
async fn a_request_without_a_response_times_out() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    let request = sent_request(0).await;
    advance(11_999).await;
    assert!(!request.aborted());
    advance(1).await;
    page.shows("The sign-in service took too long to answer.").await;
    assert!(request.aborted());
    assert_eq!(page.field("Password").value(), "pw");
    page.button("Retry").click();
    assert_eq!(sent_request(1).await.body(), request.body(), "Retry sends the form as it is");
}

#[wasm_bindgen_test]
async fn a_response_that_is_not_json_has_a_notice() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    for (place, (status, body, told)) in [
        (200, "\n<!doctype html><p>Proxy</p>", "Another page answered instead of the sign-in service."),
        (502, "<h1>Bad Gateway</h1>", "The sign-in service has a problem."),
        (511, "<h1>Network Authentication Required</h1>", "Another page answered instead of the sign-in service."),
        (200, "Proxy", "sent an answer we can't read"),
        (511, "", "The sign-in service has a problem."),
        (403, "<h1>Forbidden</h1>", "sent an answer we can't read"),
    ]
    .into_iter()
    .enumerate()
    {
        sent_request(place).await.respond(status, body);
        page.shows(told).await;
        page.press_enter();
    }
}

#[wasm_bindgen_test]
async fn a_response_without_an_end_is_read_up_to_a_limit() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    let request = sent_request(0).await;
    request.respond_endlessly(None);
    page.shows("sent an answer we can't read").await;
    assert_eq!((request.pulled(), request.cancelled()), (Some((1 << 20) + 65_536), Some(true)));
    page.press_enter();
    let request = sent_request(1).await;
    request.respond_endlessly(Some("200000000".to_owned()));
    page.appears("form:not([aria-busy])").await;
    assert_eq!(request.pulled(), None, "the header says it");
}

#[wasm_bindgen_test]
async fn a_response_may_begin_with_a_byte_order_mark() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &format!("\u{feff}{}", required("t1", &["sms"]).0));
    page.shows("Verify with a text message").await;
}

#[wasm_bindgen_test]
async fn the_orgs_texts_are_text_nodes() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(400, r#"{"errorCode": "E9", "errorSummary": "<img src=x onerror=alert(1)> & more"}"#);
    page.shows("<img src=x onerror=alert(1)> & more").await;
    assert!(page.all("img").is_empty());
}

#[wasm_bindgen_test]
async fn a_rate_limit_is_counted_down() {
    let page = Page::open(&[]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.rate_limit(5.0);
    page.shows("Too many attempts.").await;
    page.appears("[type=submit][aria-disabled=true]").await;
    page.press_enter();
    advance(3_000).await;
    page.shows("Try again in").await;
    advance(3_000).await;
    page.appears("[type=submit]:not([aria-disabled])").await;
    assert!(!page.text().contains("Too many attempts."));
    assert_eq!(sent_requests().len(), 1);
    page.press_enter();
    sent_request(1).await;
}

#[wasm_bindgen_test]
async fn a_form_posts_the_token_where_configured() {
    let page = Page::open(&[("sessionRedirect", "post".into()), ("redirectUrl", "/landing?a=1&b=2".into())]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    page.shows("Signed in").await;
    let origin = web_sys::window().unwrap().location().origin().unwrap();
    let form = wait_for("a form", || submitted_forms().into_iter().next()).await;
    let expected = format!(
        "post https://example.okta.com/login/sessionCookieRedirect token=se&ss+1 redirectUrl={origin}/landing?a=1&b=2"
    );
    assert_eq!(form, expected);
    let remaining = document().query_selector("input[name=token]").unwrap();
    assert!(remaining.is_none(), "the token is not left on the page");
}

#[wasm_bindgen_test]
async fn a_page_restored_from_the_cache_starts_over() {
    let mut page = Page::open(&[("sessionRedirect", "post".into())]).await;
    page.sign_in("jeff", "pw");
    let request = sent_request(0).await;
    show_page(false);
    tick().await;
    assert!(!request.aborted(), "shown for the first time");
    request.respond(200, &success().0.to_string());
    page.shows("Signed in").await;
    show_page(true);
    page.shows("Username").await;
    page.sign_in("jeff", "pw");
    let request = sent_request(1).await;
    show_page(true);
    wait_for("an end of the request", || request.aborted().then_some(())).await;
    page.appears("form:not([aria-busy])").await;
    page.unmount().await;
    show_page(true);
    tick().await;
    assert_eq!(sent_requests().len(), 2);
}

#[wasm_bindgen_test]
async fn a_page_restored_in_the_middle_of_a_factor_goes_on() {
    let page = Page::at(challenge("t1", "sms"), "Resend code in 30 s").await;
    page.fill("Verification code", "123");
    show_page(true);
    let query = sent_request(1).await;
    assert_eq!(
        (query.line(), query.body()),
        ("POST https://example.okta.com/api/v1/authn".into(), r#"{"stateToken":"t1"}"#.into())
    );
    query.respond(200, &challenge("t2", "sms").0.to_string());
    page.appears("form:not([aria-busy])").await;
    assert_eq!(page.field("Verification code").value(), "123");
    page.press_enter();
    let proof: serde_json::Value = serde_json::from_str(&sent_request(2).await.body()).unwrap();
    assert_eq!((&proof["stateToken"], &proof["passCode"]), (&"t2".into(), &"123".into()));
}

#[wasm_bindgen_test]
async fn a_page_that_the_browser_does_not_leave_has_a_way_back() {
    let page = Page::open(&[("sessionRedirect", "post".into())]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    page.shows("Signed in").await;
    wait_for("a form", || submitted_forms().into_iter().next()).await;
    advance(14_999).await;
    assert!(page.all("button").is_empty());
    advance(1).await;
    page.shows("This is taking longer than it should.").await;
    page.button("Back to sign in").click();
    page.shows("Username").await;
}

#[wasm_bindgen_test]
async fn a_callback_receives_the_token_and_the_user() {
    let results = Rc::new(RefCell::new(Vec::new()));
    let callback = {
        let results = results.clone();
        Closure::<dyn FnMut(String, JsValue)>::new(move |name: String, result| {
            if name == "success" {
                results.borrow_mut().push(result);
            }
        })
    };
    let script = callback.as_ref().clone().unchecked_into();
    let page = Page::open_with(script, &[("sessionRedirect", "callback".into())]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    page.shows("You're signed in").await;
    assert_eq!(results.borrow().len(), 1);
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap();
    let result = results.borrow()[0].clone();
    assert_eq!(member(&result, "type").as_string().as_deref(), Some("signedIn"));
    assert_eq!(member(&result, "sessionToken").as_string().as_deref(), Some("se&ss+1"));
    assert_eq!(member(&member(&result, "user"), "login").as_string().as_deref(), Some("jeff"));
    assert_eq!(submitted_forms().len(), 0);
}
