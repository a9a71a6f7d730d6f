//! The handoff from the start form to the transaction, and the return: one widget in the same element, without a loss of
//! focus, of the user name, or of control over requests and timers. Not here: loading the second part of the program,
//! which only a split bundle does.

use crate::fakes::{advance, running_timers, sent_requests, show_page, tick};
use crate::page::{Page, document, sent_request, wait_for};
use crate::responses::{Body, challenge, required};
use wasm_bindgen_test::wasm_bindgen_test;

/// A push that waits for the phone.
fn waiting_push() -> Body {
    challenge("t1", "push").with("factorResult", "WAITING").next("poll", "authn/factors/opf1/verify")
}

/// Waits for a text, and checks at each moment that focus is inside the widget.
async fn shows_with_focus_inside(page: &Page, text: &str) {
    wait_for(text, || {
        let focused = document().active_element();
        assert!(focused.is_some_and(|focused| page.host.contains(Some(&focused))), "focus is lost before {text}");
        page.text().contains(text).then_some(())
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_transaction_replaces_the_start_form() {
    let page = Page::at(required("t1", &["sms"]), "Verify with a text message").await;
    assert_eq!(page.all(".oaw").len(), 1, "one root element");
    assert_eq!(page.all("h2").len(), 1, "one step");
    assert!(page.all("[name=username], [name=password]").is_empty());
    page.button("Send code").click();
    let request = sent_request(1).await;
    assert!(request.line().ends_with("/api/v1/authn/factors/sms1/verify"), "{}", request.line());
    request.respond(200, &challenge("t2", "sms").0.to_string());
    page.shows("Enter the code we sent").await;
    assert_eq!(page.all(".oaw").len(), 1, "one root element");
}

#[wasm_bindgen_test]
async fn somebody_else_gets_an_empty_start_form() {
    let page = Page::at(required("t1", &["totp"]), "Verify with Google Authenticator").await;
    page.button("Not you?").click();
    page.shows("Remember my username").await;
    assert_eq!(page.field("Username").value(), "");
    page.has_focus_on("input[name=username]").await;
    assert_eq!(sent_request(1).await.line(), "POST https://example.okta.com/api/v1/authn/cancel");
}

#[wasm_bindgen_test]
async fn cancel_returns_to_the_start_form_with_the_name() {
    let page = Page::at(required("t1", &["totp"]), "Verify with Google Authenticator").await;
    for round in 0..2 {
        page.button("Cancel").click();
        page.shows("Remember my username").await;
        assert_eq!(page.all(".oaw").len(), 1, "one root element");
        assert!(page.all("[role=alert]").is_empty(), "cancel is not an error");
        assert_eq!(page.field("Username").value(), "jeff");
        assert_eq!(page.field("Password").value(), "");
        page.has_focus_on("input[name=password]").await;
        let cancel = sent_request(1 + 2 * round).await;
        assert_eq!(cancel.line(), "POST https://example.okta.com/api/v1/authn/cancel");
        assert!(cancel.body().contains(r#""stateToken":"t1""#), "{}", cancel.body());
        // The next transaction begins in the same widget.
        page.sign_in("jeff", "pw");
        let request = sent_request(2 + 2 * round).await;
        assert_eq!(request.line(), "POST https://example.okta.com/api/v1/authn");
        request.respond(200, &required("t1", &["totp"]).0.to_string());
        page.shows("Verify with Google Authenticator").await;
    }
    assert_eq!(sent_requests().len(), 5);
}

#[wasm_bindgen_test]
async fn focus_is_inside_the_widget_at_each_moment() {
    let page = Page::open(&[]).await;
    page.field("Password").focus().unwrap();
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &required("t1", &["sms"]).0.to_string());
    shows_with_focus_inside(&page, "Verify with a text message").await;
    page.has_focus_on("[type=submit]").await;
    page.button("Cancel").focus().unwrap();
    page.button("Cancel").click();
    shows_with_focus_inside(&page, "Remember my username").await;
    page.has_focus_on("input[name=password]").await;
}

#[wasm_bindgen_test]
async fn a_user_name_is_kept_in_recovery_and_after_it() {
    let page = Page::open(&[]).await;
    page.fill("Username", "ann");
    page.button("Forgot password?").click();
    page.shows("Reset your password").await;
    assert_eq!(page.field("Username").value(), "ann");
    page.has_focus_on("input[name=username]").await;
    page.button("Back to sign in").click();
    page.shows("Remember my username").await;
    assert_eq!(page.field("Username").value(), "ann");
    page.has_focus_on("input[name=password]").await;
    assert!(sent_requests().is_empty(), "there is no transaction to cancel");
}

#[wasm_bindgen_test]
async fn unmounting_ends_requests_and_timers_of_the_transaction() {
    let mut page = Page::at(challenge("t1", "sms"), "Enter the code we sent").await;
    page.fill("Verification code", "123");
    page.press_enter();
    let request = sent_request(1).await;
    assert!(!request.aborted());
    assert!(running_timers() > 0, "timeouts run");
    page.unmount().await;
    assert!(request.aborted());
    assert_eq!(running_timers(), 0);
    request.respond(200, &required("t2", &["sms"]).0.to_string());
    show_page(true);
    advance(60_000).await;
    assert_eq!((sent_requests().len(), page.text()), (2, String::new()), "{}", sent_requests().last().unwrap().body());
}

#[wasm_bindgen_test]
async fn unmounting_ends_polling() {
    let mut page = Page::at(waiting_push(), "Verify with Okta Verify").await;
    wait_for("a timer", || (running_timers() > 0).then_some(())).await;
    page.unmount().await;
    assert_eq!(running_timers(), 0);
    advance(60_000).await;
    assert_eq!(sent_requests().len(), 1);
}

#[wasm_bindgen_test]
async fn cancel_ends_polling() {
    let page = Page::at(waiting_push(), "Verify with Okta Verify").await;
    page.button("Cancel").click();
    page.shows("Remember my username").await;
    sent_request(1).await.respond(200, "{}");
    advance(60_000).await;
    assert_eq!(sent_requests().len(), 2, "the start form does not poll");
}

#[wasm_bindgen_test]
async fn the_end_of_a_transaction_returns_to_the_start_form_with_the_reason() {
    let end = js_sys::Date::new(&(js_sys::Date::now() + 60_000.0).into()).to_iso_string().as_string().unwrap();
    let page = Page::at(required("t1", &["totp"]).with("expiresAt", end), "Verify with Google Authenticator").await;
    // The org says whether it has ended.
    advance(71_000).await;
    sent_request(1).await.respond(401, r#"{"errorCode": "E0000011", "errorSummary": "x"}"#);
    page.shows("Your sign-in timed out. Please sign in again.").await;
    assert_eq!(page.field("Username").value(), "jeff");
    page.has_focus_on("[role=status][tabindex]").await;
}

#[wasm_bindgen_test]
async fn a_page_restored_in_a_transaction_asks_for_its_state_once() {
    let page = Page::open(&[("existingSession", "ask".into())]).await;
    sent_request(0).await.respond(404, r#"{"errorCode": "E0000007", "errorSummary": "x"}"#);
    page.sign_in("jeff", "pw");
    sent_request(1).await.respond(200, &challenge("t1", "sms").0.to_string());
    page.shows("Enter the code we sent").await;
    page.fill("Verification code", "123");
    page.press_enter();
    let request = sent_request(2).await;
    show_page(true);
    let query = sent_request(3).await;
    assert!(request.aborted());
    assert_eq!(query.body(), r#"{"stateToken":"t1"}"#);
    tick().await;
    tick().await;
    assert_eq!(sent_requests().len(), 4, "one of the two components asks");
    query.respond(401, r#"{"errorCode": "E0000011", "errorSummary": "x"}"#);
    page.shows("Remember my username").await;
}
