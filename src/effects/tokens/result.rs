//! The tokens for the page's own code, as JavaScript values, and where it has chosen to keep them. Not here: events, which
//! have no token; giving kept tokens back, which a script does (`okta-sign-in-token-storage.js`).

use crate::constants::KEPT_TOKENS_KEY;
use crate::effects::{json, storage, window};
use js_sys::{Array, Date, Function, JSON, Object, Reflect};
use okta_authn::Millis;
use sign_in_flow::tokens::{TokenResult, TokenStorage};
use wasm_bindgen::JsValue;

/// Calls the script with `success` and `{type: "tokens", idToken, accessToken, refreshToken, expiresAt, scopes, claims}`. The
/// tokens are kept by then.
pub(super) fn tell(script: &Function, result: &TokenResult, kept: TokenStorage) {
    let (name, result) = ("success".into(), to_object(result));
    if !keep(&result, kept) {
        web_sys::console::warn_1(&"okta-sign-in: the browser refuses to keep the tokens".into());
    }
    // The script throws nothing.
    let _told = script.call3(&JsValue::UNDEFINED, &name, &result, &JsValue::UNDEFINED);
}

/// Says whether it is done.
fn keep(result: &JsValue, kept: TokenStorage) -> bool {
    match kept {
        TokenStorage::None => true,
        TokenStorage::Memory => {
            window().is_some_and(|window| Reflect::set(&window, &KEPT_TOKENS_KEY.into(), result) == Ok(true))
        }
        TokenStorage::Session => {
            JSON::stringify(result).is_ok_and(|text| storage::keep_in_tab(KEPT_TOKENS_KEY, &String::from(text)))
        }
    }
}

fn to_object(TokenResult { tokens, claims, expires_at }: &TokenResult) -> JsValue {
    let optional = |token: Option<&str>| token.map_or(JsValue::NULL, JsValue::from_str);
    let access_token = tokens.access_token.as_ref().map(okta_authn::AccessToken::expose);
    let refresh_token = tokens.refresh_token.as_ref().map(okta_authn::RefreshToken::expose);
    let object = Object::new();
    for (name, value) in [
        ("type", "tokens".into()),
        ("idToken", tokens.id_token.expose().into()),
        ("accessToken", optional(access_token)),
        ("refreshToken", optional(refresh_token)),
        ("expiresAt", expires_at.map_or(JsValue::NULL, date)),
        ("scopes", tokens.scopes.iter().map(|scope| JsValue::from_str(scope)).collect::<Array>().into()),
        ("claims", json::to_js(&claims.all)),
    ] {
        // Setting a member of a fresh object cannot fail.
        let _set = Reflect::set(&object, &JsValue::from_str(name), &value);
    }
    object.into()
}

#[expect(clippy::cast_precision_loss, reason = "JavaScript dates are doubles")]
fn date(millis: Millis) -> JsValue {
    Date::new(&(millis as f64).into()).into()
}
