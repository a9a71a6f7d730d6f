//! `navigator.credentials` (WebAuthn Level 2, section 5.1): asks an authenticator, and stops asking when the
//! person leaves. Not here: what is asked, or what the answer is worth.

use js_sys::{Function, JSON, Object, Promise, Reflect, Uint8Array};
use okta_authn::wire::Value;
use okta_authn::{Ceremony, Credential, CredentialError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

/// A ceremony under way. Dropping it ends the browser's dialogue.
#[must_use]
pub(super) struct Asking(Option<AbortController>);

impl Drop for Asking {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}

/// Asks; `done` is called once, unless the page goes away first.
pub(super) fn ask(ceremony: Ceremony, done: impl FnOnce(Result<Credential, CredentialError>) + 'static) -> Asking {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map_or(JsValue::UNDEFINED, |controller| controller.signal().into());
    let page = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let ceremony = ceremony.on_page(&page);
    wasm_bindgen_futures::spawn_local(async move {
        let mut outcome = perform(&ceremony, &signal).await;
        // The browser may know better which site an application id is of: without one, it asks.
        if outcome == Err(CredentialError::Unavailable)
            && let Some(ceremony) = ceremony.without_app_ids()
        {
            outcome = perform(&ceremony, &signal).await;
        }
        done(outcome);
    });
    Asking(controller)
}

async fn perform(ceremony: &Ceremony, signal: &JsValue) -> Result<Credential, CredentialError> {
    let (method, options) = match ceremony {
        Ceremony::Create(options) => ("create", options),
        Ceremony::Get(options) => ("get", options),
    };
    let promise = call(method, options, signal).ok_or(CredentialError::Unavailable)?;
    let credential = JsFuture::from(promise).await.map_err(|error| why(&error))?;
    read(ceremony, &credential).ok_or(CredentialError::Failed)
}

fn call(method: &str, options: &Value, signal: &JsValue) -> Option<Promise> {
    let window = web_sys::window()?;
    Reflect::get(&window, &"PublicKeyCredential".into()).ok().filter(JsValue::is_function)?;
    let credentials = Reflect::get(&window.navigator(), &"credentials".into()).ok()?;
    let function: Function = Reflect::get(&credentials, &method.into()).ok()?.dyn_into().ok()?;
    // Unlike the one for JSON, this serializer makes byte arrays of bytes.
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    let public_key = serde::Serialize::serialize(options, &serializer).ok()?;
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &public_key).ok()?;
    Reflect::set(&request, &"signal".into(), signal).ok()?;
    function.call1(&credentials, &request).ok()?.dyn_into().ok()
}

/// The names of WebAuthn's errors (section 5.1.3 and 5.1.4); most refusals look alike on purpose.
fn why(error: &JsValue) -> CredentialError {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "AbortError" => CredentialError::Refused,
        "InvalidStateError" => CredentialError::AlreadyRegistered,
        "SecurityError" | "NotSupportedError" => CredentialError::Unavailable,
        _ => CredentialError::Failed,
    }
}

fn read(ceremony: &Ceremony, credential: &JsValue) -> Option<Credential> {
    let response = Reflect::get(credential, &"response".into()).ok()?;
    let bytes = |name: &str| {
        let buffer = Reflect::get(&response, &name.into()).ok().filter(JsValue::is_object)?;
        Some(Uint8Array::new(&buffer).to_vec())
    };
    let client_data = bytes("clientDataJSON")?;
    Some(match ceremony {
        Ceremony::Create(_) => Credential::Attestation {
            attestation: bytes("attestationObject")?,
            client_data,
            transports: json(&response, "getTransports"),
            client_extensions: json(credential, "getClientExtensionResults"),
        },
        Ceremony::Get(_) => Credential::Assertion {
            authenticator_data: bytes("authenticatorData")?,
            client_data,
            signature: bytes("signature")?,
        },
    })
}

/// What a method answers, as JSON text. Older browsers do not have it.
fn json(object: &JsValue, method: &str) -> Option<String> {
    let function: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    let answer = function.call0(object).ok()?;
    JSON::stringify(&answer).ok().map(String::from)
}
