//! The widget in a page: two on one page, a configuration that is wrong, and the only value it stores. Not here: the
//! scripts that define the elements.

use crate::fakes::{self, sent_requests};
use crate::page::{Page, document, given, object, sent_request, wait_for};
use crate::responses::{ORG, required};
use okta_authn_widget::embed::{self, Before};
use std::collections::HashSet;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn two_widgets_share_nothing() {
    let one = Page::open(&[]).await;
    let other = one.another(&[]).await;
    one.press_enter();
    other.press_enter();
    one.shows("Enter your username.").await;
    other.shows("Enter your username.").await;
    let ids: Vec<String> = one.all("[id]").iter().chain(&other.all("[id]")).map(|element| element.id()).collect();
    assert!(ids.len() >= 4, "{ids:?}");
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
    one.sign_in("jeff", "pw");
    sent_request(0).await.respond(200, &required("t1", &["sms"]).0.to_string());
    one.shows("Verify with a text message").await;
    assert!(other.text().contains("Password"));
    assert_eq!(other.field("Username").value(), "");
    drop(other);
    one.button("Send code").click();
    sent_request(1).await;
}

#[wasm_bindgen_test]
async fn an_element_can_be_used_again_at_once() {
    let page = Page::open(&[]).await;
    page.fill("Username", "jeff");
    let again = page.mount_again(&[("rememberMe", false.into())]).await;
    wait_for("one new form", || (again.all("form").len() == 1).then_some(())).await;
    assert!(again.all("[name=remember]").is_empty());
    assert_eq!(again.field("Username").value(), "");
    again.sign_in("ann", "pw");
    sent_request(0).await;
}

#[wasm_bindgen_test]
fn a_wrong_configuration_has_a_message_for_developer_and_person() {
    let base = || ("baseUrl", JsValue::from(ORG));
    for (config, sentence) in [
        (
            JsValue::NULL,
            "okta-sign-in: the configuration must be an object like { baseUrl: \"https://example.okta.com\" }",
        ),
        (object(&[]), "okta-sign-in: base-url is missing: set it to your org, as in https://example.okta.com"),
        (
            object(&[("baseUrl", "example.okta.com".into())]),
            "okta-sign-in: base-url must start with https:// or http://",
        ),
        (object(&[("baseUrl", 7.into())]), "okta-sign-in: baseUrl must be a string, true, false, or a list of strings"),
        (
            object(&[base(), ("baseURI", "x".into())]),
            "okta-sign-in: baseURI is no option of this widget: check its spelling",
        ),
        (object(&[base(), ("rememberMe", "yes".into())]), "okta-sign-in: remember-me must be true or false"),
        (object(&[base(), ("onSuccess", "x".into())]), "okta-sign-in: onSuccess must be a function"),
        (
            object(&[base(), ("redirectUrl", "https://evil.example/".into())]),
            "okta-sign-in: redirect-url leads to https://evil.example, which is not allowed: add it to redirect-origins if it is yours",
        ),
    ] {
        let host = document().create_element("div").unwrap();
        let error = embed::mount(&host, given(&config, false), Before::default()).err().expect("an error");
        assert_eq!(error.to_string(), sentence);
        assert_eq!(host.text_content().as_deref(), Some("This sign-in form isn't set up correctly."));
    }
}

#[wasm_bindgen_test]
async fn attributes_of_an_element_are_options_too() {
    fakes::install();
    let host = document().create_element("okta-sign-in").unwrap();
    for (name, value) in
        [("base-url", ORG), ("existing-session", "ignore"), ("remember-me", "false"), ("class", "mine")]
    {
        host.set_attribute(name, value).unwrap();
    }
    document().body().unwrap().append_child(&host).unwrap();
    let mounted = embed::mount(&host, given(&object(&[]), true), Before::default());
    let widget = mounted.unwrap_or_else(|error| panic!("{error}"));
    wait_for("a form", || host.query_selector("form").unwrap()).await;
    assert!(host.query_selector("[name=remember]").unwrap().is_none());
    widget.unmount();
    wait_for("an empty element", || host.inner_html().is_empty().then_some(())).await;
    host.remove();
    fakes::restore();
}

/// Everything in the browser's storage, as text.
fn stored() -> Vec<(String, String)> {
    entries(&web_sys::window().unwrap().local_storage().unwrap().unwrap())
}

/// The same in the storage of the tab.
fn stored_in_tab() -> Vec<(String, String)> {
    entries(&web_sys::window().unwrap().session_storage().unwrap().unwrap())
}

fn entries(local: &web_sys::Storage) -> Vec<(String, String)> {
    (0..local.length().unwrap())
        .map(|place| {
            let key = local.key(place).unwrap().unwrap();
            let value = local.get_item(&key).unwrap().unwrap();
            (key, value)
        })
        .collect()
}

#[wasm_bindgen_test]
async fn only_the_user_name_is_stored_and_only_where_the_person_wants_it() {
    let expected = [("okta-sign-in.username@https://example.okta.com".to_owned(), "jeff".to_owned())];
    let page = Page::open(&[]).await;
    assert!(!page.field("Remember my username").checked());
    page.sign_in("jeff", "secret");
    sent_request(0).await.respond(401, r#"{"errorCode": "E0000004", "errorSummary": "x"}"#);
    page.shows("That username or password isn't right.").await;
    assert_eq!((stored(), stored_in_tab()), (vec![], vec![]));
    page.field("Remember my username").set_checked(true);
    page.sign_in("jeff", "secret");
    assert_eq!(stored(), [], "not before the org has accepted it");
    sent_request(1).await.respond(200, &required("t1", &["sms"]).0.to_string());
    page.shows("Verify with a text message").await;
    assert_eq!(stored(), expected);
    assert_eq!(stored_in_tab(), expected, "a reload does not lose it");
    page.button("Cancel").click();
    page.has_focus_on("input[name=password]").await;
    assert_eq!(stored_in_tab(), []);
    // Focus is not taken from a field elsewhere in the page.
    page.button("Show password").focus().unwrap();

    let again = page.another(&[("autofocus", true.into())]).await;
    wait_for("the name", || (again.field("Username").value() == "jeff").then_some(())).await;
    again.has_focus_on("input[name=password]").await;
    assert!(again.field("Remember my username").checked());
    assert_eq!(again.field("Password").value(), "");
    again.field("Remember my username").set_checked(false);
    again.sign_in("jeff", "secret");
    sent_request(3).await;
    assert_eq!(stored(), []);
    assert_eq!(sent_requests().len(), 4);
}

#[wasm_bindgen_test]
async fn the_title_of_the_page_follows_the_step_where_the_page_wants_it() {
    document().set_title("Acme");
    drop(Page::open(&[]).await);
    assert_eq!(document().title(), "Acme");

    let mut page = Page::open(&[("documentTitle", true.into())]).await;
    let titled = async |title: &str| wait_for(title, || (document().title() == title).then_some(())).await;
    titled("Sign in | Acme").await;
    page.sign_in("jeff", "secret");
    sent_request(0).await.respond(200, &required("t1", &["sms"]).0.to_string());
    titled("Verify with a text message | Acme").await;
    page.button("Cancel").click();
    titled("Sign in | Acme").await;
    page.sign_in("jeff", "secret");
    sent_request(2).await.respond(200, &required("t1", &["sms"]).0.to_string());
    titled("Verify with a text message | Acme").await;
    page.unmount().await;
    titled("Acme").await;
}

#[wasm_bindgen_test]
async fn what_looks_like_an_option_and_is_none_is_reported() {
    fakes::install();
    let attributes = ["base-url", "username", "hook-ulr", "class", "data-x-y", "aria-label", "v-cloak", "_ngcontent-a"];
    let [own, others] = ["okta-sign-in", "okta-my-factors"].map(|name| document().create_element(name).unwrap());
    for (host, name, value) in [(&own, "base-url", ORG), (&others, "hook-url", "https://app.example/hook")] {
        for attribute in attributes {
            host.set_attribute(attribute, "x").unwrap();
        }
        host.set_attribute(name, value).unwrap();
        document().body().unwrap().append_child(host).unwrap();
    }
    let unknown = |name: &str| format!("okta-sign-in: {name} is no option of this widget: check its spelling");
    let widget = embed::mount(&own, given(&object(&[]), true), Before::default()).ok();
    assert_eq!(fakes::reported_errors(), [unknown("hook-ulr")]);
    let others_widget = embed::mount_manage_factors(&others, given(&object(&[]), true)).ok();
    assert_eq!(fakes::reported_errors()[1..], ["base-url", "username", "hook-ulr"].map(unknown));
    for widget in [widget, others_widget] {
        widget.expect("a widget").unmount();
    }
    fakes::tick().await;
    own.remove();
    others.remove();
    fakes::restore();
}

#[wasm_bindgen_test]
async fn one_widget_after_the_other_leaves_nothing_on_the_page() {
    let mut first = Page::open(&[]).await;
    let kept = first.host.first_element_child();
    first.fill("Username", "jeff");
    first.unmount().await;
    let next = first.another(&[]).await;
    assert_eq!(next.host.first_element_child(), kept, "each keeps an element");
    assert_eq!(next.field("Username").value(), "");
    // The same element, at once: what the first one shows ends with it.
    next.fill("Username", "jeff");
    let next = next.mount_again(&[]).await;
    assert_eq!(next.host.child_element_count(), 1);
    assert_eq!(next.host.first_element_child(), kept);
    assert_eq!(next.field("Username").value(), "");
}

#[wasm_bindgen_test]
async fn what_is_pressed_as_it_is_taken_off_is_not_sent() {
    let stays = Page::open(&[]).await;
    let page = stays.another(&[]).await;
    page.sign_in("jeff", "pw");
    drop(page);
    for _ in 0..4 {
        fakes::tick().await;
    }
    assert!(sent_requests().is_empty());
}
