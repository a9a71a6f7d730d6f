//! Leaves the page; no other file does. The address was decided and checked by the machine. Not
//! here: an address of our own making.

use sign_in_flow::{Navigation, RedirectMethod};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HtmlFormElement, HtmlInputElement};

/// Replaces the page, so that Back does not lead to a spent token; to an identity provider no token goes along.
pub(super) fn go(navigation: &Navigation) {
    let Some(window) = web_sys::window() else { return };
    if let Navigation::SessionCookie { method: RedirectMethod::Post, .. } = navigation
        && let Some(document) = window.document()
        && post(&document, &navigation.url(), &navigation.fields()).is_ok()
    {
        return;
    }
    // Who comes to another site's form by a mistake in the name goes back to correct it.
    if let Navigation::Provider(url) = navigation {
        let _refused = window.location().assign(url);
        return;
    }
    // A browser that refuses leaves the person on a page that says so; there is nothing better to do.
    let _refused = window.location().replace(&navigation.url());
}

fn post(document: &Document, url: &str, fields: &[(&str, &str)]) -> Result<(), JsValue> {
    let form = document.create_element("form")?.unchecked_into::<HtmlFormElement>();
    form.set_method("post");
    form.set_action(url);
    form.set_hidden(true);
    for (name, value) in fields {
        let input = document.create_element("input")?.unchecked_into::<HtmlInputElement>();
        input.set_type("hidden");
        input.set_name(name);
        input.set_value(value);
        form.append_child(&input)?;
    }
    document.body().ok_or(JsValue::NULL)?.append_child(&form)?;
    let submitted = form.submit();
    form.remove();
    submitted
}
