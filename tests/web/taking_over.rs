//! How the bundle with every screen comes into the place of the first form: rehearsed before, drawn beside the
//! page, and settled on it.

use crate::answers::{ORG, required};
use crate::outside::{self, sent};
use crate::page::{Page, document, object, until};
use okta_authn_widget::embed::rehearsal::rehearse;
use okta_authn_widget::embed::take_over::take_over;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn nobody_notices_a_rehearsal() {
    let page = Page::open(&[]).await;
    page.fill("Username", "jeff");
    page.field("Username").focus().unwrap();
    let before = document().document_element().unwrap().outer_html();
    let mut parts = 0;
    while rehearse(parts) {
        parts += 1;
        // What a part draws is drawn now.
        outside::tick().await;
        assert_eq!(document().document_element().unwrap().outer_html(), before, "part {parts}");
    }
    outside::tick().await;
    assert_eq!(parts, 8, "a part failed");
    assert_eq!(document().document_element().unwrap().outer_html(), before);
    assert_eq!(page.field("Username").value(), "jeff");
    page.focuses("input").await;
    // Anything left behind would look for a session now.
    outside::show_page(true);
    outside::tick().await;
    assert_eq!(sent().len(), 0);
    assert_eq!(outside::timers_running(), 0);
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(storage.length().unwrap(), 0);
}

#[wasm_bindgen_test]
async fn what_takes_over_is_drawn_beside_the_page_and_settles_on_it() {
    let page = Page::open(&[]).await;
    let onward = object(&[
        ("username", "jeff".into()),
        ("keepUsername", false.into()),
        ("answer", js_sys::JSON::parse(&required("t1", &["sms"]).0.to_string()).unwrap()),
    ]);
    let config = object(&[("baseUrl", ORG.into())]);
    page.field("Username").focus().unwrap();
    let host = document().create_element("div").unwrap();
    let mut next = take_over(&page.host, host.clone(), &config, None, &onward).map_err(JsValue::from).unwrap();
    let drawn = || host.text_content().is_some_and(|text| text.contains("Verify with a text message"));
    until("the next screen", || drawn().then_some(())).await;
    page.focuses("input").await;
    page.says("Sign in").await;
    page.host.append_child(&host).unwrap();
    next.settle();
    let focused = document().active_element();
    assert!(focused.is_some_and(|focused| host.contains(Some(&focused))), "focus stayed where it was");
    // What is not there any more has nothing to settle.
    next.unmount();
    next.settle();
}
