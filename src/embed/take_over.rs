//! What the bundle with every screen has besides: it takes a sign-in over from the bundle of the first form, in
//! steps that the loader puts into tasks of their own, because each takes a slow phone a while. Never here: what
//! is taken over.

use super::api::{self, Handle};
use super::unique_id;
use crate::effects::json;
use crate::flow::Onward;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// Draws a widget into `host`, which is to come into `element` in the place of the one whose `onward` this is;
/// configured as `mount` is.
#[wasm_bindgen(js_name = takeOver)]
pub fn take_over(
    element: &Element,
    host: Element,
    config: &JsValue,
    on_success: Option<Function>,
    onward: &JsValue,
) -> Result<Handle, JsError> {
    let (values, mut door) = api::door(element, config, on_success, unique_id())?;
    door.onward = json::from_js(onward).as_ref().and_then(Onward::from_value);
    api::open(element, host, &values, door)
}

#[wasm_bindgen]
impl Handle {
    /// Moves focus to where it belongs, once what was drawn is on the page.
    pub fn settle(&self) {
        if let Some(root) = self.0.as_ref().and_then(|app| app.get_component()) {
            root.settle();
        }
    }
}
