//! The answer in the page's address, to which the org has sent the browser back. It is taken out of the address at once, so
//! that a reload or a bookmark does not have it. Not here: whether it belongs to a request of this tab.

use crate::effects::{storage, window};
use okta_authn::openid::Fields;
use okta_authn::openid::fields::{FieldsError, NAMES};
use okta_authn::url::without_parameters;
use sign_in_flow::tokens::Returned;
use wasm_bindgen::JsValue;
use web_sys::Window;

/// Takes the answer, and what the tab has kept of the request; `None` where the address has no answer.
pub(super) fn take() -> Option<Returned> {
    let window = window()?;
    let location = window.location();
    let (query, fragment) = (location.search().ok()?, location.hash().ok()?);
    let href = location.href().ok()?;
    let (answer, address) = if let Some(answer) = read(query.trim_start_matches('?')) {
        (answer, without_parameters(&href, &NAMES))
    } else {
        let answer = read(fragment.trim_start_matches('#'))?;
        (answer, href.split('#').next().unwrap_or_default().to_owned())
    };
    replace_address(&window, &address);
    Some(Returned { kept: storage::take_token_request(), answer })
}

/// What cannot be read is an answer too: it is refused with a reason.
fn read(fields: &str) -> Option<Result<Fields, FieldsError>> {
    match Fields::of_query(fields) {
        Ok(fields) => fields.are_an_answer().then_some(Ok(fields)),
        Err(error) => Some(Err(error)),
    }
}

fn replace_address(window: &Window, address: &str) {
    let Ok(history) = window.history() else { return };
    let state = history.state().unwrap_or(JsValue::NULL);
    // A page whose history cannot be changed keeps the answer in its address. It cannot be used again.
    let _refused = history.replace_state_with_url(&state, "", Some(address));
}
