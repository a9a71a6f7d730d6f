//! The result for the page's own code, as a JavaScript object. Not here: who gets it.

use js_sys::{Date, Function, Object, Reflect};
use sign_in_flow::SignInResult;
use wasm_bindgen::JsValue;

/// Calls the page's function with `{type: "signedIn", sessionToken, expiresAt, user}` `{type: "redirect", url}`
/// or `{type: "existingSession", login}`. What it throws is the page's to see: it goes to the console.
pub(super) fn call(on_success: &Function, result: SignInResult) {
    if let Err(thrown) = on_success.call1(&JsValue::UNDEFINED, &to_object(result)) {
        web_sys::console::error_1(&thrown);
    }
}

#[expect(clippy::cast_precision_loss, reason = "JavaScript dates are doubles")]
fn to_object(result: SignInResult) -> JsValue {
    match result {
        SignInResult::SignedIn { session_token, expires_at, user } => {
            let user = user.map_or(JsValue::NULL, |user| {
                object(&[
                    ("id", optional(user.id)),
                    ("login", optional(user.login)),
                    ("firstName", optional(user.first_name)),
                    ("lastName", optional(user.last_name)),
                ])
            });
            let expires_at = expires_at.map_or(JsValue::NULL, |millis| Date::new(&(millis as f64).into()).into());
            object(&[
                ("type", "signedIn".into()),
                ("sessionToken", session_token.expose().into()),
                ("expiresAt", expires_at),
                ("user", user),
            ])
        }
        SignInResult::Redirect { url } => object(&[("type", "redirect".into()), ("url", url.into())]),
        SignInResult::ExistingSession { login } => {
            object(&[("type", "existingSession".into()), ("login", login.into())])
        }
    }
}

fn optional(text: Option<String>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}

fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // Setting a member of a fresh object cannot fail.
        let _set = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
