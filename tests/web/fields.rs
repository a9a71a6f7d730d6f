//! What is typed: kept over every re-render, emptied when refused, shown when asked, and spoken of to
//! assistive technology.

use crate::answers::{activate, challenge, remember_policy, required};
use crate::outside::advance;
use crate::page::{Page, call};
use wasm_bindgen_test::wasm_bindgen_test;

const WRONG: &str = r#"{"errorCode": "E0000004", "errorSummary": "Authentication failed", "errorId": "oae1"}"#;

#[wasm_bindgen_test]
async fn what_is_typed_outlives_every_render() {
    let page = Page::open(&[("existingSession", "ask".into())]).await;
    let (username, password) = (page.field("Username"), page.field("Password"));
    page.fill("Username", "jeff");
    call(0).await.answer(200, r#"{"id": "1", "login": "ann", "status": "ACTIVE"}"#);
    page.says("You are already signed in as ann.").await;
    page.fill("Password", "p w");
    page.press_enter();
    call(1).await.fail();
    page.says("We couldn't reach the sign-in service.").await;
    assert_eq!(page.field("Username"), username, "the same element");
    assert_eq!(page.field("Password"), password, "the same element");
    assert_eq!((username.value(), password.value()), ("jeff".to_owned(), "p w".to_owned()));
}

#[wasm_bindgen_test]
async fn a_box_stays_as_it_was_left() {
    let page = Page::open(&[]).await;
    let keep = page.field("Keep me signed in");
    keep.click();
    page.press_enter();
    page.says("Enter your username.").await;
    assert!(keep.checked() && page.field("Keep me signed in") == keep, "ticked");
    drop(page);
    let list = required("t1", &["question"]).embed("policy", remember_policy(true));
    let page = Page::at(list, "Verify with a security question").await;
    let remember = page.field("Don't ask again for 15 minutes");
    assert!(remember.checked(), "by the policy");
    remember.click();
    page.press_enter();
    page.says("Enter your answer.").await;
    assert!(!remember.checked(), "left empty");
    page.fill("Which toy?", "x");
    page.press_enter();
    let asked = call(1).await;
    assert!(asked.line().ends_with("/verify?rememberDevice=false"), "{}", asked.line());
    asked.answer(403, r#"{"errorCode": "E0000068", "errorSummary": "x"}"#);
    page.says("That answer doesn't match our records.").await;
    assert!(!remember.checked(), "left empty");
}

#[wasm_bindgen_test]
async fn a_refusal_empties_the_password_and_keeps_the_name() {
    let page = Page::open(&[]).await;
    for round in 0..2 {
        page.sign_in("jeff", "wrong");
        call(round).await.answer(401, WRONG);
        page.says("Unable to sign in. Check your username and password.").await;
        crate::page::until("an empty password", || page.field("Password").value().is_empty().then_some(())).await;
        assert_eq!(page.field("Username").value(), "jeff");
    }
}

#[wasm_bindgen_test]
async fn a_wrong_code_is_emptied_and_described() {
    let page = Page::at(challenge("t1", "sms"), "Enter the code we sent to +1 XXX-XXX-1337.").await;
    page.fill("Verification code", "123");
    page.press_enter();
    call(1).await.answer(403, r#"{"errorCode": "E0000068", "errorSummary": "x"}"#);
    page.says("That code isn't right.").await;
    page.focuses("[role=alert]").await;
    let field = page.field("Verification code");
    assert_eq!(field.value(), "");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(field.get_attribute("aria-describedby"), Some(page.one("[role=alert]").id()));
}

#[wasm_bindgen_test]
async fn a_password_can_be_shown_and_hides_itself_when_sent() {
    let page = Page::open(&[]).await;
    page.fill("Password", "pw");
    assert_eq!(page.field("Password").type_(), "password");
    page.button("Show password").click();
    page.arrives("input[name=password][type=text]").await;
    assert_eq!(page.field("Password").value(), "pw");
    page.button("Hide password").click();
    page.arrives("input[name=password][type=password]").await;
    page.button("Show password").click();
    page.arrives("input[name=password][type=text]").await;
    page.sign_in("jeff", "pw");
    page.arrives("input[name=password][type=password]").await;
}

#[wasm_bindgen_test]
async fn caps_lock_is_told() {
    let page = Page::open(&[]).await;
    assert!(!page.text().contains("Caps Lock"));
    page.press_key("Password", true);
    page.says("Caps Lock is on.").await;
    page.press_key("Password", false);
    crate::page::until("no hint", || (!page.text().contains("Caps Lock")).then_some(())).await;
}

#[wasm_bindgen_test]
async fn an_answer_can_be_shown() {
    let page = Page::at(required("t1", &["question"]), "Verify with a security question").await;
    assert_eq!(page.field("Which toy?").type_(), "password");
    page.button("Show answer").click();
    page.arrives("input[name=answer][type=text]").await;
}

#[wasm_bindgen_test]
async fn password_managers_and_phones_know_the_fields() {
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
async fn the_form_says_what_it_is_and_that_it_waits() {
    let page = Page::open(&[]).await;
    let form = page.one("form");
    assert_eq!(form.get_attribute("aria-labelledby"), Some(page.one("h2").id()));
    assert_eq!(form.get_attribute("aria-busy"), None);
    page.sign_in("jeff", "pw");
    page.arrives("form[aria-busy=true] [type=submit][aria-disabled=true]").await;
    assert_eq!(page.one("[type=submit] [role=status]").text_content().as_deref(), Some("Please wait"));
    call(0).await.fail();
    page.arrives("form:not([aria-busy]) [type=submit]:not([aria-disabled])").await;
}

#[wasm_bindgen_test]
async fn a_key_is_copied_without_its_gaps() {
    let page = Page::at(activate("t1"), "Set up Google Authenticator").await;
    page.says("JBSW Y3DP EHPK 3PXP").await;
    assert_eq!(
        page.one("img").get_attribute("alt").as_deref(),
        Some("QR code to set up Google Authenticator for jeff")
    );
    page.fill("Verification code", "12");
    page.button("Copy key").click();
    page.says("Key copied").await;
    assert_eq!(crate::outside::on_clipboard(), ["JBSWY3DPEHPK3PXP"]);
    assert_eq!(page.field("Verification code").value(), "12");
}

#[wasm_bindgen_test]
async fn a_code_can_be_sent_again_when_its_time_has_come() {
    let page = Page::at(challenge("t1", "sms"), "Resend code in 30 s").await;
    let field = page.field("Verification code");
    page.fill("Verification code", "12");
    advance(29_000).await;
    page.says("Resend code in 1 s").await;
    let held = page.button("Resend code in 1 s");
    assert_eq!(held.get_attribute("aria-disabled").as_deref(), Some("true"));
    held.click();
    advance(1_000).await;
    crate::page::until("an end of the countdown", || (!page.text().contains("Resend code in")).then_some(())).await;
    page.button("Resend code").click();
    let again = call(1).await;
    assert_eq!(again.line(), "POST https://example.okta.com/api/v1/authn/factors/sms1/verify/resend");
    again.answer(200, &challenge("t2", "sms").0.to_string());
    page.says("We sent you a new code.").await;
    page.says("Resend code in 30 s").await;
    assert_eq!(page.field("Verification code"), field, "the same element");
    assert_eq!(field.value(), "12");
    page.focuses("input[name=passcode]").await;
}
