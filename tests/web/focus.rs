//! Where the focus goes: nowhere uninvited, then to what has to be read or filled in next.

use crate::answers::{Body, challenge, enroll, required};
use crate::page::{Page, call, document};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_first_form_takes_it_only_when_invited() {
    let page = Page::open(&[]).await;
    assert_eq!(document().active_element().unwrap().tag_name(), "BODY");
    drop(page);
    let page = Page::open(&[("autofocus", true.into())]).await;
    page.focuses("input[name=username]").await;
    drop(page);
    let page = Page::open(&[("autofocus", true.into()), ("username", "jeff".into())]).await;
    page.focuses("input[name=password]").await;
    assert_eq!(page.field("Username").value(), "jeff");
}

#[wasm_bindgen_test]
async fn an_empty_field_is_shown_and_described() {
    let page = Page::open(&[]).await;
    page.press_enter();
    page.focuses("input[name=username]").await;
    let message = page.one("[role=alert]");
    assert_eq!(message.text_content().unwrap().trim(), "Enter your username.");
    let field = page.field("Username");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(field.get_attribute("aria-describedby"), Some(message.id()));
    page.fill("Username", "jeff");
    page.press_enter();
    page.focuses("input[name=password]").await;
    assert_eq!(page.field("Username").get_attribute("aria-invalid"), None);
    // The same again: focus is called back.
    page.button("Show password").focus().unwrap();
    page.press_enter();
    page.focuses("input[name=password]").await;
}

#[wasm_bindgen_test]
async fn an_error_is_read_first_each_time() {
    let page = Page::open(&[]).await;
    for round in 0..2 {
        page.sign_in("jeff", "wrong");
        page.field("Password").focus().unwrap();
        call(round).await.answer(401, r#"{"errorCode": "E0000004", "errorSummary": "x"}"#);
        page.focuses("[role=alert]").await;
    }
}

#[wasm_bindgen_test]
async fn the_same_message_is_read_again() {
    let page = Page::at(challenge("t1", "sms").abroad("prev"), "Enter the code we sent").await;
    for _ in 0..2 {
        page.field("Verification code").focus().unwrap();
        page.button("Back").click();
        page.focuses("[role=alert]").await;
        page.says("pointed to another site (https://evil.example)").await;
    }
}

#[wasm_bindgen_test]
async fn a_new_step_gives_it_to_its_first_field_or_its_heading() {
    let strange = Body::of("PROFILE_REQUIRED", "t1");
    for (body, title, focused) in [
        (required("t1", &["totp"]), "Verify with Google Authenticator", "input[name=passcode]"),
        (required("t1", &["question"]), "Verify with a security question", "input[name=answer]"),
        (challenge("t1", "sms"), "Verify with a text message", "input[name=passcode]"),
        (required("t1", &["sms"]), "Verify with a text message", "h2"),
        (enroll("t1", false), "Set up security methods", "h2"),
        (strange, "This step isn't supported here", "h2"),
    ] {
        let page = Page::at(body, title).await;
        page.focuses(focused).await;
        page.all("button").last().unwrap().click();
        page.focuses("input[name=password]").await;
        assert_eq!(page.field("Username").value(), "jeff", "the name is kept");
    }
}

#[wasm_bindgen_test]
async fn another_factor_takes_it_along() {
    let page = Page::at(required("t1", &["totp", "question"]), "Verify with Google Authenticator").await;
    let switch = page.button("Verify another way");
    assert!(page.all("details[open]").is_empty(), "closed until asked for");
    switch.click();
    page.arrives("details[open]").await;
    page.button("Security question").click();
    page.focuses("input[name=answer]").await;
}
