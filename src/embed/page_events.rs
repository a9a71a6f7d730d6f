//! What the page's own code is told, as JavaScript values. Not here: when it is told, or how the script passes it on
//! (`embed/js/widget.js`).

use js_sys::{Date, Function, Object, Reflect};
use okta_authn::transaction::User;
use sign_in_flow::{Failure, SignInEvent, SignInResult, Success, SuccessKind, Summary};
use wasm_bindgen::JsValue;

/// The type of a new sign-in.
const SIGNED_IN: &str = "signedIn";
/// The type of a session that existed before.
const EXISTING_SESSION: &str = "existingSession";
/// The type of a sign-in that goes on at a page of the org.
const REDIRECT: &str = "redirect";

/// Calls the script with the event's name, its detail, and what else the script needs: the user of a step, `true` for a
/// success that a redirect follows. Returns whether the page holds back what would follow.
pub(super) fn tell(script: &Function, event: SignInEvent) -> bool {
    let (name, detail, more) = match event {
        SignInEvent::Ready => ("ready", object(&[]), JsValue::UNDEFINED),
        SignInEvent::Step(Summary { status, step, user }) => {
            ("step", object(&[("status", optional(status)), ("step", step.into())]), user_object(user))
        }
        SignInEvent::Success(Success { kind, user }) => {
            let kind = match kind {
                SuccessKind::SignedIn => SIGNED_IN,
                SuccessKind::ExistingSession => EXISTING_SESSION,
                SuccessKind::Redirect => REDIRECT,
            };
            ("success", object(&[("type", kind.into()), ("user", user_object(user))]), JsValue::TRUE)
        }
        SignInEvent::Error(Failure { code, status, step, retryable }) => {
            let status = status.map_or(JsValue::NULL, JsValue::from);
            let (code, step, retryable) = (code.into(), step.into(), retryable.into());
            let members = [("code", code), ("status", status), ("step", step), ("retryable", retryable)];
            ("error", object(&members), JsValue::UNDEFINED)
        }
        SignInEvent::Cancel { step } => ("cancel", object(&[("step", step.into())]), JsValue::UNDEFINED),
    };
    call(script, name, &detail, &more)
}

/// Calls the script with `success` and the result: `{type: "signedIn", sessionToken, expiresAt, user}`, `{type:
/// "redirect", url}` or `{type: "existingSession", login}`.
pub(super) fn succeed(script: &Function, result: SignInResult) {
    if let Some(result) = to_object(result) {
        call(script, "success", &result, &JsValue::UNDEFINED);
    }
}

/// The script throws nothing.
fn call(script: &Function, name: &str, detail: &JsValue, more: &JsValue) -> bool {
    script.call3(&JsValue::UNDEFINED, &name.into(), detail, more).is_ok_and(|held| held.is_truthy())
}

#[expect(clippy::cast_precision_loss, reason = "JavaScript dates are doubles")]
fn to_object(result: SignInResult) -> Option<JsValue> {
    Some(match result {
        SignInResult::SignedIn { session_token, expires_at, user } => {
            let expires_at = expires_at.map_or(JsValue::NULL, |millis| Date::new(&(millis as f64).into()).into());
            object(&[
                ("type", SIGNED_IN.into()),
                ("sessionToken", session_token.expose().into()),
                ("expiresAt", expires_at),
                ("user", user_object(user)),
            ])
        }
        SignInResult::Redirect { url } => object(&[("type", REDIRECT.into()), ("url", url.into())]),
        SignInResult::ExistingSession { login } => {
            object(&[("type", EXISTING_SESSION.into()), ("login", login.into())])
        }
        // The second part of the program tells the script of these (`effects/tokens/result.rs`).
        SignInResult::Tokens(_) => return None,
    })
}

fn user_object(user: Option<User>) -> JsValue {
    user.map_or(JsValue::NULL, |user| {
        object(&[
            ("id", optional(user.id)),
            ("login", optional(user.login)),
            ("firstName", optional(user.first_name)),
            ("lastName", optional(user.last_name)),
        ])
    })
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
