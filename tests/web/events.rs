//! What the script is told, as JavaScript values, and what it may do: hold the redirect, prepare a user name, end the
//! sign-in. Not here: how the script passes it on.

use crate::fakes;
use crate::page::{Page, object, sent_request, wait_for};
use crate::responses::{required, success};
use js_sys::{Array, Function};
use wasm_bindgen_test::wasm_bindgen_test;

/// A script that notes what it is told, and returns what `body` returns. What it is asked for is noted there.
fn script(body: &str) -> (Function, Array) {
    let told = Array::new();
    let note =
        "const note = () => this.told.push(`${name} ${JSON.stringify(detail)} ${JSON.stringify(more) ?? ''}`.trim());
        if (!['prepare', 'texts', 'phone'].includes(name)) note();";
    let function = Function::new_with_args("name, detail, more", &[note, body].concat());
    (function.bind0(&object(&[("told", told.clone().into())])), told)
}

fn texts(told: &Array) -> Vec<String> {
    told.iter().filter_map(|text| text.as_string()).collect()
}

/// Waits until the script was told so many things.
async fn hears(told: &Array, count: u32) -> Vec<String> {
    wait_for(&format!("{count} events"), || (told.length() >= count).then_some(())).await;
    texts(told)
}

#[wasm_bindgen_test]
async fn the_script_is_told_what_happens_without_a_token() {
    let (script, told) = script("");
    let page = Page::open_with(script, &[]).await;
    assert_eq!(hears(&told, 2).await, ["ready {}", r#"step {"status":null,"step":"start"} null"#]);
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(401, r#"{"errorCode": "E0000004", "errorSummary": "x"}"#);
    page.shows("That username or password isn't right.").await;
    page.sign_in("jeff", "pw");
    sent_request(1).await.respond(200, &required("t1", &["sms"]).0.to_string());
    page.shows("Verify with a text message").await;
    page.widget().act(false);
    let after = &hears(&told, 6).await[2..];
    assert_eq!(after[0], r#"error {"code":"E0000004","status":401,"step":"start","retryable":false}"#);
    assert!(after[1].starts_with(r#"step {"status":"MFA_REQUIRED","step":"mfa-required"} {"#), "{after:?}");
    let expected = [r#"cancel {"step":"mfa-required"}"#, r#"step {"status":null,"step":"start"} null"#];
    assert_eq!(after[2..], expected);
    assert!(!after.concat().contains("t1") && !after.concat().contains("pw"), "{after:?}");
}

#[wasm_bindgen_test]
async fn the_result_of_a_callback_is_told_with_the_token_and_nothing_else_is() {
    let (script, told) = script("");
    let page = Page::open_with(script, &[("sessionRedirect", "callback".into())]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    let told = hears(&told, 4).await;
    assert!(told[2].starts_with(r#"success {"type":"signedIn","sessionToken":"se&ss+1""#), "{told:?}");
    assert_eq!(told.iter().filter(|told| told.contains("se&ss+1")).count(), 1);
}

#[wasm_bindgen_test]
async fn a_redirect_that_the_script_holds_waits() {
    let (script, told) = script("return name === 'success';");
    let page = Page::open_with(script, &[]).await;
    page.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &success().0.to_string());
    let told = hears(&told, 4).await;
    assert!(told[2].starts_with(r#"success {"type":"signedIn","user":{"#) && told[2].ends_with("true"), "{told:?}");
    assert!(!told.concat().contains("se&ss+1"), "{told:?}");
    // The widget goes before the redirect is carried out: the browser stays here.
}

#[wasm_bindgen_test]
async fn the_page_may_prepare_what_is_sent_and_what_was_typed_stays() {
    let (script, told) =
        script("if (name === 'prepare') { note(); return Promise.resolve(detail[1].replace('jeff', 'ana')); }");
    let page = Page::open_with(script, &[]).await;
    page.sign_in("jeff", "pw");
    let request = sent_request(0).await;
    assert!(request.body().contains(r#""username":"ana","password":"pw""#), "{}", request.body());
    let asked = texts(&told).into_iter().find(|told| told.starts_with(r#"prepare ["PRIMARY_AUTH","#));
    assert!(asked.is_some_and(|asked| asked.contains("jeff") && asked.contains("pw")), "{:?}", texts(&told));
    request.respond(401, r#"{"errorCode": "E0000004", "errorSummary": "x"}"#);
    page.shows("That username or password isn't right.").await;
    assert_eq!(page.field("Username").value(), "jeff");
}

#[wasm_bindgen_test]
async fn nothing_is_sent_where_that_fails_and_the_person_is_told() {
    let failing = "if (name === 'prepare') return Promise.reject(new Error('x'));";
    let (script, told) = script(failing);
    let page = Page::open_with(script, &[]).await;
    for failures in 1..3 {
        page.sign_in("jeff", "pw");
        let told = hears(&told, 2 + failures).await;
        assert!(told.last().is_some_and(|told| told.contains("host-callback")), "{told:?}");
        page.shows("This page couldn't prepare your sign-in.").await;
        assert_eq!(page.field("Username").value(), "jeff");
    }
    assert!(fakes::sent_requests().is_empty());
}
