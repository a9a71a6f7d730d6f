//! Fields: what is typed is kept in every render, emptied after an error, shown on demand, and described to assistive
//! technology. Not here: focus.

use crate::fakes::{advance, copied_texts, sent_requests};
use crate::page::{Page, bubbling, sent_request, wait_for};
use crate::responses::{activate, challenge, remember_policy, required};
use crate::states::password;
use wasm_bindgen_test::wasm_bindgen_test;

const WRONG: &str = r#"{"errorCode": "E0000004", "errorSummary": "Authentication failed", "errorId": "oae1"}"#;

#[wasm_bindgen_test]
async fn what_is_typed_is_kept_in_every_render() {
    let page = Page::open(&[("existingSession", "ask".into())]).await;
    let (username, password) = (page.field("Username"), page.field("Password"));
    page.fill("Username", "jeff");
    sent_request(0).await.respond(200, r#"{"id": "1", "login": "ann", "status": "ACTIVE"}"#);
    page.shows("You're already signed in as ann.").await;
    page.fill("Password", "p w");
    page.press_enter();
    sent_request(1).await.fail();
    page.shows("We couldn't reach the sign-in service.").await;
    assert_eq!(page.field("Username"), username, "the same element");
    assert_eq!(page.field("Password"), password, "the same element");
    assert_eq!((username.value(), password.value()), ("jeff".to_owned(), "p w".to_owned()));
}

#[wasm_bindgen_test]
async fn a_checkbox_is_kept_as_it_was_set() {
    let page = Page::open(&[]).await;
    let keep = page.field("Remember my username");
    keep.click();
    page.press_enter();
    page.shows("Enter your username.").await;
    assert!(keep.checked() && page.field("Remember my username") == keep, "ticked");
    drop(page);
    let list = required("t1", &["question"]).embed("policy", remember_policy(true));
    let page = Page::at(list, "Verify with a security question").await;
    let remember = page.field("Don't ask again on this device for 15 minutes");
    assert!(remember.checked(), "by the policy");
    remember.click();
    page.press_enter();
    page.shows("Enter your answer.").await;
    assert!(!remember.checked(), "not ticked");
    page.fill("Which toy?", "x");
    page.press_enter();
    let request = sent_request(1).await;
    assert!(request.line().ends_with("/verify?rememberDevice=false"), "{}", request.line());
    request.respond(403, r#"{"errorCode": "E0000068", "errorSummary": "x"}"#);
    page.shows("That answer doesn't match our records.").await;
    assert!(!remember.checked(), "not ticked");
}

#[wasm_bindgen_test]
async fn an_error_empties_the_password_and_keeps_the_name() {
    let page = Page::open(&[]).await;
    for round in 0..2 {
        page.sign_in("jeff", "wrong");
        sent_request(round).await.respond(401, WRONG);
        page.shows("That username or password isn't right. Check both and try again.").await;
        wait_for("an empty password", || page.field("Password").value().is_empty().then_some(())).await;
        assert_eq!(page.field("Username").value(), "jeff");
    }
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_emptied_and_has_a_description() {
    let page = Page::at(challenge("t1", "sms"), "Enter the code we sent to +1 XXX-XXX-1337.").await;
    page.fill("Verification code", "123");
    page.press_enter();
    sent_request(1).await.respond(403, r#"{"errorCode": "E0000068", "errorSummary": "x"}"#);
    page.shows("That code isn't right.").await;
    page.has_focus_on("input[name=passcode]").await;
    let field = page.field("Verification code");
    assert_eq!(field.value(), "");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    // What is wrong, then where the code went.
    let described_by = [page.one("[id$=-message]").id(), page.one(".oaw-factor").id()].join(" ");
    assert_eq!(field.get_attribute("aria-describedby"), Some(described_by));
    // What is typed next ends the message.
    page.fill("Verification code", "1");
    wait_for("no message", || page.all("[id$=-message]").is_empty().then_some(())).await;
    assert_eq!(field.get_attribute("aria-invalid"), None);
    assert_eq!(field.value(), "1");
}

#[wasm_bindgen_test]
async fn a_complete_code_is_submitted_once() {
    let page = Page::at(challenge("t1", "sms"), "Enter the code we sent to +1 XXX-XXX-1337.").await;
    let refused = r#"{"errorCode": "E0000068", "errorSummary": "x"}"#;
    // Typed to its end, with what it was copied with.
    page.fill("Verification code", "12345");
    page.fill("Verification code", "123-456");
    let first = sent_request(1).await;
    assert!(first.body().contains("\"123456\""), "{}", first.body());
    first.respond(403, refused);
    page.shows("That code isn't right.").await;
    // After an error, only what is typed anew.
    page.fill("Verification code", "654321");
    sent_request(2).await.fail();
    page.shows("We couldn't reach the sign-in service.").await;
    // It was complete already, and stays as it is: the button submits it.
    page.fill("Verification code", "654322");
    // Corrected inside, with the caret there.
    let field = page.field("Verification code");
    page.fill("Verification code", "65432");
    field.set_value("654321");
    field.set_selection_range(3, 3).unwrap();
    field.dispatch_event(&bubbling("input")).unwrap();
    page.press_enter();
    sent_request(3).await;
    assert_eq!(sent_requests().len(), 4);
}

#[wasm_bindgen_test]
async fn a_code_of_no_certain_length_waits_for_the_button() {
    let page = Page::at(required("t1", &["hotp"]), "Verify with your hardware token").await;
    page.fill("Verification code", "123456");
    page.press_enter();
    sent_request(1).await;
    assert_eq!(sent_requests().len(), 2);
}

#[wasm_bindgen_test]
async fn letters_have_a_keyboard() {
    for (name, title, keyboard) in [
        ("rsa", "Verify with your RSA SecurID token", None),
        ("on-prem", "Verify with your on-premises token", None),
        ("yubikey", "Verify with your YubiKey", None),
        ("hotp", "Verify with your hardware token", Some("numeric")),
    ] {
        let page = Page::at(required("t1", &[name]), title).await;
        assert_eq!(page.field("Verification code").get_attribute("inputmode").as_deref(), keyboard, "{name}");
    }
}

#[wasm_bindgen_test]
async fn a_new_pin_is_asked_for_by_its_name() {
    let page = Page::at(required("t1", &["rsa"]), "Verify with your RSA SecurID token").await;
    page.fill("Verification code", "1234");
    page.press_enter();
    sent_request(1).await.respond(403, r#"{"errorCode": "E0000113", "errorSummary": "Enter a new PIN."}"#);
    page.shows("New PIN").await;
    page.has_focus_on("input[name=passcode]").await;
    assert_eq!(page.field("New PIN").get_attribute("aria-invalid"), None);
}

#[wasm_bindgen_test]
async fn rules_are_as_the_field_is() {
    let page = Page::at(password("PASSWORD_RESET", "t1"), "Set a new password").await;
    page.fill("New password", "Abcdefg1");
    page.appears(".oaw-rule-met").await;
    page.fill("Confirm new password", "Abcdefg1");
    page.press_enter();
    sent_request(1).await.respond(403, r#"{"errorCode": "E0000080", "errorSummary": "x"}"#);
    wait_for("an empty field", || page.field("New password").value().is_empty().then_some(())).await;
    wait_for("no rule that is met", || page.all(".oaw-rule-met").is_empty().then_some(())).await;
    assert!(!page.text().contains("not met yet"), "{}", page.text());
}

#[wasm_bindgen_test]
async fn a_password_can_be_shown_and_is_hidden_when_sent() {
    let page = Page::open(&[]).await;
    page.fill("Password", "pw");
    assert_eq!(page.field("Password").type_(), "password");
    page.button("Show password").click();
    page.appears("input[name=password][type=text]").await;
    assert_eq!(page.field("Password").value(), "pw");
    page.button("Hide password").click();
    page.appears("input[name=password][type=password]").await;
    page.button("Show password").click();
    page.appears("input[name=password][type=text]").await;
    page.sign_in("jeff", "pw");
    page.appears("input[name=password][type=password]").await;
}

#[wasm_bindgen_test]
async fn caps_lock_has_a_hint() {
    let page = Page::open(&[]).await;
    assert!(!page.text().contains("Caps Lock"));
    page.press_key("Password", true);
    page.shows("Caps Lock is on.").await;
    page.press_key("Password", false);
    wait_for("no hint", || (!page.text().contains("Caps Lock")).then_some(())).await;
}

#[wasm_bindgen_test]
async fn an_answer_can_be_shown() {
    let page = Page::at(required("t1", &["question"]), "Verify with a security question").await;
    assert_eq!(page.field("Which toy?").type_(), "password");
    page.button("Show answer").click();
    page.appears("input[name=answer][type=text]").await;
}

#[wasm_bindgen_test]
async fn password_managers_and_phones_recognise_the_fields() {
    let page = Page::open(&[]).await;
    assert_eq!(page.field("Username").autocomplete(), "username");
    assert_eq!(page.field("Password").autocomplete(), "current-password");
    drop(page);
    let page = Page::at(required("t1", &["totp"]), "Verify with Google Authenticator").await;
    let code = page.field("Verification code");
    assert_eq!(code.autocomplete(), "one-time-code");
    assert_eq!(code.get_attribute("inputmode").as_deref(), Some("numeric"));
}

#[wasm_bindgen_test]
async fn the_form_has_a_name_and_is_busy_during_a_request() {
    let page = Page::open(&[]).await;
    let form = page.one("form");
    assert_eq!(form.get_attribute("aria-labelledby"), Some(page.one("h2").id()));
    assert_eq!(form.get_attribute("aria-busy"), None);
    page.sign_in("jeff", "pw");
    page.appears("form[aria-busy=true] [type=submit][aria-disabled=true]").await;
    assert_eq!(page.one("[type=submit] [role=status]").text_content().as_deref(), Some("Please wait"));
    sent_request(0).await.fail();
    page.appears("form:not([aria-busy]) [type=submit]:not([aria-disabled])").await;
}

#[wasm_bindgen_test]
async fn a_key_is_copied_without_spaces() {
    let page = Page::at(activate("t1"), "Set up Google Authenticator").await;
    page.shows("JBSW Y3DP EHPK 3PXP").await;
    assert_eq!(
        page.one("img").get_attribute("alt").as_deref(),
        Some("QR code to set up Google Authenticator for jeff")
    );
    page.fill("Verification code", "12");
    page.button("Copy key").click();
    page.shows("Key copied").await;
    // At the button, and nowhere else.
    assert_eq!(page.one(".oaw-key [role=status]").text_content().as_deref(), Some("Key copied"));
    assert!(page.all("[id$=-message]").is_empty());
    assert_eq!(copied_texts(), ["JBSWY3DPEHPK3PXP"]);
    assert_eq!(page.field("Verification code").value(), "12");
}

#[wasm_bindgen_test]
async fn a_code_can_be_resent_after_the_countdown() {
    let page = Page::at(challenge("t1", "sms"), "Resend code in 30 seconds").await;
    let field = page.field("Verification code");
    page.fill("Verification code", "12");
    advance(29_000).await;
    page.shows("Resend code in 1 second").await;
    let resend = page.button("Resend code in 1 second");
    assert_eq!(resend.get_attribute("aria-disabled").as_deref(), Some("true"));
    resend.click();
    advance(1_000).await;
    wait_for("an end of the countdown", || (!page.text().contains("Resend code in")).then_some(())).await;
    page.button("Resend code").click();
    let again = sent_request(1).await;
    assert_eq!(again.line(), "POST https://example.okta.com/api/v1/authn/factors/sms1/verify/resend");
    again.respond(200, &challenge("t2", "sms").0.to_string());
    page.shows("We sent you a new code.").await;
    page.shows("Resend code in 30 seconds").await;
    assert_eq!(page.field("Verification code"), field, "the same element");
    assert_eq!(field.value(), "12");
    page.has_focus_on("input[name=passcode]").await;
}
