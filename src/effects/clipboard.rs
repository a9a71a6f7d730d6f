//! The clipboard, for the one secret a person must carry to another app. Not here: reading it.

use okta_authn::SharedSecret;
use wasm_bindgen_futures::JsFuture;

/// Copies a key; `done` is called when the browser allowed it. The key stays on the screen either way.
pub(super) fn copy(secret: &SharedSecret, done: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    // Pages that are not served securely have no clipboard.
    if !window.is_secure_context() {
        return;
    }
    let written = window.navigator().clipboard().write_text(secret.expose());
    wasm_bindgen_futures::spawn_local(async move {
        if JsFuture::from(written).await.is_ok() {
            done();
        }
    });
}
