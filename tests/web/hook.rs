//! A page with a hook, or with its own code for registration: its functions are called and their results used, password
//! rules are checked while the person types, and factor management is a widget of its own. Not here: the requests' order.

use crate::fakes::{self, reported_errors, sent_requests};
use crate::page::{Page, document, given, object, sent_request, wait_for};
use js_sys::{Array, Function, Reflect};
use okta_authn_widget::embed::{self, Before};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

const HOOK: &str = "https://hook.example/v1";

fn function(arguments: &str, body: &str) -> JsValue {
    Function::new_with_args(arguments, body).into()
}

fn fill_all(page: &Page) {
    for (label, text) in [("First name", "Bruce"), ("Last name", "Banner"), ("Email address", "b@x.example")] {
        page.fill(label, text);
    }
    page.fill("Password", "Smash-1962");
}

#[wasm_bindgen_test]
async fn the_pages_own_code_receives_the_registration() {
    let rejects = "if (data.firstName) return onFailure({ errorSummary: 'No.', errorCauses: [{ property: 'email', errorSummary: 'Not you.' }] });";
    let accepts = "onSuccess({ ...data, email: 'c@x.example' }); onFailure('too late');";
    let registration = object(&[
        ("preSubmit", function("data, onSuccess, onFailure", &[rejects, accepts].concat())),
        ("postSubmit", function("login, onSuccess, onFailure", "globalThis.registered = login; onSuccess();")),
    ]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.shows("Create your account").await;
    fill_all(&page);
    page.press_enter();
    page.shows("Not you.").await;
    assert_eq!(page.field("Email address").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.field("Email address").value(), "b@x.example", "what was typed is kept");
    page.fill("First name", "");
    page.press_enter();
    page.shows("Enter your first name.").await;
    assert!(sent_requests().is_empty());
}

#[wasm_bindgen_test]
async fn the_values_it_changed_are_used_to_sign_in() {
    let registration = object(&[
        ("preSubmit", function("data, onSuccess", "setTimeout(() => onSuccess({ ...data, email: 'c@x.example' }))")),
        ("postSubmit", function("login, onSuccess", "globalThis.registered = login; onSuccess();")),
    ]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.shows("Create your account").await;
    fill_all(&page);
    page.press_enter();
    let request = sent_request(0).await;
    assert_eq!(request.line(), "POST https://example.okta.com/api/v1/authn");
    assert!(request.body().contains(r#""username":"c@x.example","password":"Smash-1962""#), "{}", request.body());
    let registered = Reflect::get(&js_sys::global(), &"registered".into()).unwrap();
    assert_eq!(registered.as_string().as_deref(), Some("c@x.example"));
}

#[wasm_bindgen_test]
async fn an_exception_in_the_pages_code_rejects_the_registration() {
    let registration = object(&[("preSubmit", function("", "throw new Error('an error of the page')"))]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.shows("Create your account").await;
    fill_all(&page);
    page.press_enter();
    page.shows("You couldn't sign up.").await;
}

#[wasm_bindgen_test]
async fn password_rules_are_checked_while_the_person_types() {
    let page = Page::open(&[("hookUrl", HOOK.into())]).await;
    page.fill("Username", "bruce@x.example");
    page.button("Sign up").click();
    page.shows("We're getting the form").await;
    let form = r#"{"fields": [{"name": "email", "type": "email", "required": true},
        {"name": "password", "type": "password", "required": true}],
        "password": {"minLength": 8, "excludeUsername": true}, "challenge": null}"#;
    let request = sent_request(0).await;
    assert_eq!(request.line(), "GET https://hook.example/v1/registration");
    assert!(request.settings().starts_with("include"), "{}", request.settings());
    request.respond(200, form);
    page.appears("[name=new_password]").await;
    let is_filled_in = || (page.field("Email address").value() == "bruce@x.example").then_some(());
    wait_for("what was typed", is_filled_in).await;
    page.has_focus_on("[name=field_email]").await;
    page.fill("Password", "bruce");
    page.shows("have at least 8 characters, not met yet").await;
    page.shows("not contain your username, not met yet").await;
    page.fill("Email address", "someone@y.example");
    page.shows("not contain your username, met").await;
    let filed_under: HtmlInputElement = page.one("[autocomplete=username]").unchecked_into();
    assert_eq!(filed_under.value(), "someone@y.example", "password managers find the name beside the password");
    page.fill("Password", "brucebruce");
    page.shows("have at least 8 characters, met").await;
    page.button("Back to sign in").click();
    page.shows("Remember my username").await;
    assert_eq!(page.field("Username").value(), "someone@y.example");
}

/// The form with a user name of its own, after this was typed into the start form.
async fn form_with_a_user_name(typed: &str) -> Page {
    let page = Page::open(&[("hookUrl", HOOK.into())]).await;
    page.fill("Username", typed);
    page.button("Sign up").click();
    page.shows("We're getting the form").await;
    let form = r#"{"fields": [{"name": "email", "type": "email", "required": true},
        {"name": "login", "autocomplete": "username"}, {"name": "password", "type": "password", "required": true}],
        "password": {}, "challenge": null}"#;
    sent_request(0).await.respond(200, form);
    page.appears("[name=new_password]").await;
    page
}

#[wasm_bindgen_test]
async fn an_email_address_that_was_typed_is_no_user_name() {
    let page = form_with_a_user_name("bruce@x.example").await;
    assert_eq!(page.field("Email address").value(), "bruce@x.example");
    let username = page.field("Username (optional)");
    assert_eq!(username.value(), "");
    assert_eq!(username.get_attribute("autocapitalize").as_deref(), Some("none"));
    let hint = username.get_attribute("aria-describedby").and_then(|id| document().get_element_by_id(&id));
    let hint = hint.and_then(|hint| hint.text_content());
    assert_eq!(hint.as_deref(), Some("Leave this empty to sign in with your email address."));
}

#[wasm_bindgen_test]
async fn a_user_name_that_was_typed_is_no_email_address() {
    let page = form_with_a_user_name("bruce").await;
    assert_eq!(
        (page.field("Email address").value(), page.field("Username (optional)").value()),
        (String::new(), "bruce".to_owned())
    );
}

#[wasm_bindgen_test]
async fn factor_management_is_mounted_and_unmounted() {
    fakes::install();
    let host = document().create_element("okta-my-factors").unwrap();
    host.set_attribute("hook-url", HOOK).unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let mounted = embed::mount_manage_factors(&host, given(&object(&[]), true));
    let widget = mounted.unwrap_or_else(|error| panic!("{error}"));
    let shows = async |text: &str| {
        wait_for(text, || host.text_content().unwrap_or_default().contains(text).then_some(())).await;
    };
    shows("We're getting your security methods.").await;
    let factor = r#"{"factors": [{"id": "s1", "factorType": "sms", "provider": "OKTA", "status": "ACTIVE",
        "profile": {"phoneNumber": "+1 XXX-XXX-4259"}}]}"#;
    sent_request(0).await.respond(200, factor);
    shows("+1 XXX-XXX-4259").await;
    widget.unmount();
    wait_for("an empty element", || host.inner_html().is_empty().then_some(())).await;
    host.remove();
    fakes::restore();
}

/// The fields are read when the form is needed: the start form does not need the code for it.
#[wasm_bindgen_test]
async fn fields_that_cannot_be_read_are_reported_and_the_default_form_is_shown() {
    let fields = Array::of1(&object(&[("name", "email".into())]));
    let registration = object(&[("preSubmit", function("", "")), ("fields", fields.into())]);
    let page = Page::open(&[("registration", registration)]).await;
    assert_eq!(reported_errors(), Vec::<String>::new());
    page.button("Sign up").click();
    page.shows("Create your account").await;
    fill_all(&page);
    assert_eq!(reported_errors(), ["okta-sign-in: registration fields should be a list with a field named password"]);
}

#[wasm_bindgen_test]
fn mistakes_have_a_message_for_the_developer() {
    let host = document().create_element("div").unwrap();
    let base = ("baseUrl", JsValue::from("https://example.okta.com"));
    for (registration, sentence) in [
        (
            JsValue::from("x"),
            "okta-sign-in: registration must be an object like { preSubmit(data, onSuccess, onFailure) {} }",
        ),
        (object(&[]), "okta-sign-in: registration needs a function preSubmit, or a hook-url beside it"),
    ] {
        let config = object(&[base.clone(), ("registration", registration)]);
        let error = embed::mount(&host, given(&config, false), Before::default()).err().expect("an error");
        assert_eq!(error.to_string(), sentence);
    }
    let error = embed::mount_manage_factors(&host, given(&object(&[]), false)).err().expect("an error");
    assert!(error.to_string().starts_with("okta-sign-in: hook-url is missing"));
}

#[wasm_bindgen_test]
async fn the_pages_own_code_that_fails_leaves_the_form_as_it_is() {
    for body in ["throw new Error('x')", "return Promise.reject(new Error('x'))"] {
        let registration = object(&[("preSubmit", function("data, onSuccess", body))]);
        let page = Page::open(&[("registration", registration)]).await;
        page.button("Sign up").click();
        page.shows("Create your account").await;
        fill_all(&page);
        page.press_enter();
        page.shows("You couldn't sign up. Try again.").await;
        assert_eq!(page.field("Email address").value(), "b@x.example");
        assert_eq!(reported_errors().len(), 1);
    }
}

#[wasm_bindgen_test]
async fn the_pages_own_code_that_never_answers_is_waited_for_as_long_as_a_response() {
    let registration = object(&[("preSubmit", function("data, onSuccess", ""))]);
    let page = Page::open(&[("registration", registration)]).await;
    page.button("Sign up").click();
    page.shows("Create your account").await;
    fill_all(&page);
    page.press_enter();
    fakes::tick().await;
    fakes::advance(12_000).await;
    page.shows("You couldn't sign up. Try again.").await;
    assert_eq!(reported_errors(), ["okta-sign-in: registration has no answer"]);
}
