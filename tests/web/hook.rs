//! What a page with a hook, or with code of its own for signing up, can do in a real browser: its functions are
//! called and heard, the rules are ticked while they are typed, and one's own factors are a widget of their own.

use crate::outside::{self, sent};
use crate::page::{Page, call, document, object, until};
use js_sys::{Array, Function, Reflect};
use okta_authn_widget::embed::{api, my_factors};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const HOOK: &str = "https://hook.example/v1";

fn code(arguments: &str, body: &str) -> JsValue {
    Function::new_with_args(arguments, body).into()
}

fn fill_all(page: &Page) {
    for (label, text) in [("First name", "Bruce"), ("Last name", "Banner"), ("Email address", "b@x.example")] {
        page.fill(label, text);
    }
    page.fill("Password", "Smash-1962");
}

#[wasm_bindgen_test]
async fn the_pages_own_code_is_the_backend() {
    let refuses = "if (data.firstName) return onFailure({ errorSummary: 'No.', errorCauses: [{ property: 'email', errorSummary: 'Not you.' }] });";
    let passes = "onSuccess({ ...data, email: 'c@x.example' }); onFailure('too late');";
    let registration = object(&[
        ("preSubmit", code("data, onSuccess, onFailure", &[refuses, passes].concat())),
        ("postSubmit", code("login, onSuccess, onFailure", "globalThis.registered = login; onSuccess();")),
    ]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.says("Create your account").await;
    fill_all(&page);
    page.press_enter();
    page.says("Not you.").await;
    assert_eq!(page.field("Email address").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.field("Email address").value(), "b@x.example", "what was typed stays");
    page.fill("First name", "");
    page.press_enter();
    page.says("Fill this in.").await;
    assert!(sent().is_empty());
}

#[wasm_bindgen_test]
async fn what_it_changed_is_what_signs_in() {
    let registration = object(&[
        ("preSubmit", code("data, onSuccess", "setTimeout(() => onSuccess({ ...data, email: 'c@x.example' }))")),
        ("postSubmit", code("login, onSuccess", "globalThis.registered = login; onSuccess();")),
    ]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.says("Create your account").await;
    fill_all(&page);
    page.press_enter();
    let request = call(0).await;
    assert_eq!(request.line(), "POST https://example.okta.com/api/v1/authn");
    assert!(request.body().contains(r#""username":"c@x.example","password":"Smash-1962""#), "{}", request.body());
    let told = Reflect::get(&js_sys::global(), &"registered".into()).unwrap();
    assert_eq!(told.as_string().as_deref(), Some("c@x.example"));
}

#[wasm_bindgen_test]
async fn code_that_throws_has_refused() {
    let registration = object(&[("preSubmit", code("", "throw new Error('a mistake of the page')"))]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.says("Create your account").await;
    fill_all(&page);
    page.press_enter();
    page.says("You could not sign up.").await;
}

#[wasm_bindgen_test]
async fn rules_are_ticked_while_they_are_typed() {
    let page = Page::open(&[("hookUrl", HOOK.into())]).await;
    page.fill("Username", "bruce@x.example");
    page.button("Sign up").click();
    page.says("We are getting the form").await;
    let form = r#"{"fields": [{"name": "email", "type": "email", "required": true},
        {"name": "password", "type": "password", "required": true}],
        "password": {"minLength": 8, "excludeUsername": true}, "challenge": null}"#;
    let request = call(0).await;
    assert_eq!(request.line(), "GET https://hook.example/v1/registration");
    assert!(request.settings().starts_with("include"), "{}", request.settings());
    request.answer(200, form);
    page.arrives("[name=new_password]").await;
    assert_eq!(page.field("Email address").value(), "bruce@x.example", "what was typed comes along");
    page.focuses("[name=field_email]").await;
    page.fill("Password", "bruce");
    page.says("has at least 8 characters, not met yet").await;
    page.says("has no part of your username, not met yet").await;
    page.fill("Email address", "someone@y.example");
    page.says("has no part of your username, met").await;
    page.fill("Password", "brucebruce");
    page.says("has at least 8 characters, met").await;
    page.button("Back to sign in").click();
    page.says("Keep me signed in").await;
    assert_eq!(page.field("Username").value(), "someone@y.example");
}

#[wasm_bindgen_test]
async fn ones_own_factors_come_and_go() {
    outside::install();
    let host = document().create_element("okta-my-factors").unwrap();
    host.set_attribute("hook-url", HOOK).unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let mut handle = my_factors::mount_my_factors(&host, &JsValue::UNDEFINED).map_err(JsValue::from).unwrap();
    let says = async |text: &str| {
        until(text, || host.text_content().unwrap_or_default().contains(text).then_some(())).await;
    };
    says("We are getting your security methods.").await;
    let factor = r#"{"factors": [{"id": "s1", "factorType": "sms", "provider": "OKTA", "status": "ACTIVE",
        "profile": {"phoneNumber": "+1 XXX-XXX-4259"}}]}"#;
    call(0).await.answer(200, factor);
    says("+1 XXX-XXX-4259").await;
    handle.unmount();
    until("an empty element", || host.inner_html().is_empty().then_some(())).await;
    host.remove();
    outside::restore();
}

#[wasm_bindgen_test]
fn mistakes_are_told_to_the_developer() {
    let message = |error: JsValue| Reflect::get(&error, &"message".into()).unwrap().as_string().unwrap();
    let host = document().create_element("div").unwrap();
    let base = ("baseUrl", JsValue::from("https://example.okta.com"));
    let fields = Array::of1(&object(&[("name", "email".into())]));
    let pre = ("preSubmit", code("", ""));
    for (registration, sentence) in [
        (
            JsValue::from("x"),
            "okta-sign-in: registration must be an object like { preSubmit(data, onSuccess, onFailure) {} }",
        ),
        (object(&[]), "okta-sign-in: registration needs a function preSubmit, or a hook-url beside it"),
        (
            object(&[pre, ("fields", fields.into())]),
            "okta-sign-in: registration fields should be a list with a field named password",
        ),
    ] {
        let config = object(&[base.clone(), ("registration", registration)]);
        let error = api::mount(&host, &config, None, None).err().expect("an error");
        assert_eq!(message(error.into()), sentence);
    }
    let error = my_factors::mount_my_factors(&host, &object(&[])).err().expect("an error");
    assert!(message(error.into()).starts_with("okta-sign-in: hook-url is missing"));
}
