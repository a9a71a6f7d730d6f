//! The Web Cryptography API: random bytes, SHA-256, and RS256 signatures. A page without HTTPS has no `crypto.subtle`. Not
//! here: what is signed, or what a digest is for.

use crate::effects::window;
use js_sys::{Array, Object, Reflect, Uint8Array};
use okta_authn::openid::{Key, UnverifiedIdToken};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CryptoKey, SubtleCrypto};

/// The name of RS256 there.
const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

/// So many random bytes; `None` where the browser gives none.
pub(super) fn random(length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// The SHA-256 digest of a text; `None` where the browser makes none.
pub(super) fn digest(text: &str, done: impl FnOnce(Option<Vec<u8>>) + 'static) {
    let bytes = Uint8Array::from(text.as_bytes());
    spawn_local(async move { done(make_digest(&bytes).await) });
}

/// Whether the key has made the signature; `None` where the browser cannot say.
pub(super) fn verify(key: Key, id_token: UnverifiedIdToken, done: impl FnOnce(Option<bool>) + 'static) {
    spawn_local(async move { done(is_valid(&key, &id_token).await) });
}

fn subtle() -> Option<SubtleCrypto> {
    let subtle = window()?.crypto().ok()?.subtle();
    (!subtle.is_undefined()).then_some(subtle)
}

async fn make_digest(bytes: &Uint8Array) -> Option<Vec<u8>> {
    let digest = subtle()?.digest_with_str_and_buffer_source("SHA-256", bytes).ok()?;
    let digest = JsFuture::from(digest).await.ok()?;
    Some(Uint8Array::new(&digest).to_vec())
}

async fn is_valid(key: &Key, id_token: &UnverifiedIdToken) -> Option<bool> {
    let subtle = subtle()?;
    let jwk = object(&[("kty", "RSA"), ("alg", "RS256"), ("n", &key.modulus), ("e", &key.exponent)])?;
    let algorithm = object(&[("name", ALGORITHM), ("hash", "SHA-256")])?;
    let usages = Array::of1(&"verify".into());
    let key = JsFuture::from(subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages).ok()?);
    let key: CryptoKey = key.await.ok()?.dyn_into().ok()?;
    let signature = Uint8Array::from(id_token.signature());
    let signed = Uint8Array::from(id_token.signing_input().as_bytes());
    let verified =
        subtle.verify_with_str_and_buffer_source_and_buffer_source(ALGORITHM, &key, &signature, &signed).ok()?;
    JsFuture::from(verified).await.ok()?.as_bool()
}

fn object(members: &[(&str, &str)]) -> Option<Object> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    Some(object)
}
