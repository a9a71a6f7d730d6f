//! Where focus is: not moved when the page opens, then on what must be read or filled in next. Not here: the handoff.

use crate::page::{Page, document, sent_request};
use crate::responses::{Body, activate, challenge, enroll, required};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_start_form_takes_focus_only_where_configured() {
    let page = Page::open(&[]).await;
    assert_eq!(document().active_element().unwrap().tag_name(), "BODY");
    drop(page);
    let page = Page::open(&[("autofocus", true.into())]).await;
    page.has_focus_on("input[name=username]").await;
    drop(page);
    let page = Page::open(&[("autofocus", true.into()), ("username", "jeff".into())]).await;
    page.has_focus_on("input[name=password]").await;
    assert_eq!(page.field("Username").value(), "jeff");
}

#[wasm_bindgen_test]
async fn an_empty_field_takes_focus_and_has_a_description() {
    let page = Page::open(&[]).await;
    page.press_enter();
    page.has_focus_on("input[name=username]").await;
    let message = page.one("[id$=-message]");
    assert_eq!(message.text_content().unwrap().trim(), "Enter your username.");
    let field = page.field("Username");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(field.get_attribute("aria-describedby"), Some(message.id()));
    page.fill("Username", "jeff");
    page.press_enter();
    page.has_focus_on("input[name=password]").await;
    assert_eq!(page.field("Username").get_attribute("aria-invalid"), None);
    // The same again: focus returns.
    page.button("Show password").focus().unwrap();
    page.press_enter();
    page.has_focus_on("input[name=password]").await;
}

#[wasm_bindgen_test]
async fn a_refused_password_is_typed_again_where_it_was() {
    let page = Page::open(&[]).await;
    for (round, focused) in ["[type=submit]", "input[name=password]", "[type=submit]"].into_iter().enumerate() {
        page.sign_in("jeff", "wrong");
        page.one(focused).focus().unwrap();
        sent_request(round).await.respond(401, r#"{"errorCode": "E0000004", "errorSummary": "x"}"#);
        let message = page.appears("#oaw-message, [id$=-message]").await;
        page.has_focus_on("input[name=password]").await;
        let field = page.field("Password");
        assert_eq!(field.value(), "");
        assert_eq!(field.get_attribute("aria-describedby"), Some(message.id()));
        // Told once: with the field that focus moves to, or as an alert where focus is in that field already.
        assert_eq!(message.has_attribute("role"), focused.starts_with("input"), "from {focused}");
    }
}

#[wasm_bindgen_test]
async fn an_error_that_no_field_is_about_takes_focus() {
    let page = Page::open(&[]).await;
    for round in 0..2 {
        page.sign_in("jeff", "pw");
        page.field("Password").focus().unwrap();
        sent_request(round).await.fail();
        page.has_focus_on("[role=alert]").await;
    }
}

#[wasm_bindgen_test]
async fn the_same_message_takes_focus_again() {
    let page = Page::at(challenge("t1", "sms").foreign("prev"), "Enter the code we sent").await;
    for _ in 0..2 {
        page.field("Verification code").focus().unwrap();
        page.button("Back").click();
        page.has_focus_on("[role=alert]").await;
        page.shows("pointed to another site (https://evil.example)").await;
    }
}

#[wasm_bindgen_test]
async fn the_first_field_or_the_heading_of_a_new_step_takes_focus() {
    let unknown = Body::of("PROFILE_REQUIRED", "t1");
    for (body, title, focused) in [
        (required("t1", &["totp"]), "Verify with Google Authenticator", "input[name=passcode]"),
        (required("t1", &["question"]), "Verify with a security question", "input[name=answer]"),
        (challenge("t1", "sms"), "Verify with a text message", "input[name=passcode]"),
        (required("t1", &["sms"]), "Verify with a text message", "[type=submit]"),
        (required("t1", &["push"]), "Verify with Okta Verify", "[type=submit]"),
        (activate("t1"), "Set up Google Authenticator", "h2"),
        (enroll("t1", false), "Set up security methods", "h2"),
        (unknown, "This step isn't supported here", "h2"),
    ] {
        let page = Page::at(body, title).await;
        page.has_focus_on(focused).await;
        page.all("button").last().unwrap().click();
        page.has_focus_on("input[name=password]").await;
        assert_eq!(page.field("Username").value(), "jeff", "the name is kept");
    }
}

#[wasm_bindgen_test]
async fn a_step_with_one_button_is_named_where_focus_is() {
    let page = Page::at(required("t1", &["sms"]), "Verify with a text message").await;
    page.has_focus_on("[type=submit]").await;
    assert_eq!(page.one("[type=submit]").get_attribute("aria-describedby"), Some(page.one("h2").id()));
}

#[wasm_bindgen_test]
async fn the_field_of_another_factor_takes_focus() {
    let page = Page::at(required("t1", &["totp", "question"]), "Verify with Google Authenticator").await;
    let switch = page.button("Verify another way");
    assert!(page.all("details[open]").is_empty(), "closed at first");
    switch.click();
    page.appears("details[open]").await;
    page.button("Security question").click();
    page.has_focus_on("input[name=answer]").await;
}
