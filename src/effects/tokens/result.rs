//! The tokens for the page's own code, as JavaScript values. Not here: events, which have no token.

use crate::effects::json;
use js_sys::{Array, Date, Function, Object, Reflect};
use okta_authn::Millis;
use sign_in_flow::tokens::TokenResult;
use wasm_bindgen::JsValue;

/// Calls the script with `success` and `{type: "tokens", idToken, accessToken, refreshToken, expiresAt, scopes, claims}`.
pub(crate) fn tell(script: &Function, result: &TokenResult) {
    let (name, result) = ("success".into(), to_object(result));
    // The script throws nothing.
    let _told = script.call3(&JsValue::UNDEFINED, &name, &result, &JsValue::UNDEFINED);
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
