//! The JavaScript interface of the bundle: `mount` for pages and `mountElement` for the custom element.
//! Never here: parsing, or what a mistake in the configuration is called.

use super::{hand_over, options};
use crate::components::SignIn;
use crate::config::ConfigError;
use crate::text::{Key, Text};
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Callback};

/// A mounted widget.
#[wasm_bindgen]
pub struct Handle(Option<AppHandle<SignIn>>);

#[wasm_bindgen]
impl Handle {
    /// Takes the widget off the page and ends its requests and timers. A second call does nothing.
    pub fn unmount(&mut self) {
        if let Some(app) = self.0.take() {
            app.destroy();
        }
    }
}

/// Puts a widget into `element`. Throws an `Error` that says which option is wrong, and what to do.
#[wasm_bindgen]
pub fn mount(element: &Element, config: &JsValue) -> Result<Handle, JsError> {
    let given = options::from_object(config).map_err(|error| complain(element, &error))?;
    start(element, &given.values, given.on_success)
}

/// Puts a widget into a custom element, configured by its attributes and its `onSuccess` property.
#[wasm_bindgen(js_name = mountElement)]
pub fn mount_element(element: &Element, on_success: Option<Function>) -> Result<Handle, JsError> {
    let values = options::from_attributes(element);
    start(element, &values, on_success)
}

fn start(
    element: &Element,
    values: &[(crate::config::OptionName, crate::config::Given)],
    on_success: Option<Function>,
) -> Result<Handle, JsError> {
    let callback = match on_success {
        Some(function) => Callback::from(move |result| hand_over::call(&function, result)),
        None => Callback::noop(),
    };
    match super::mount(element.clone(), values, callback) {
        Ok(app) => Ok(Handle(Some(app))),
        Err(error) => Err(complain(element, &error)),
    }
}

/// Whoever opens the page gets a plain sentence, the developer gets the reason.
fn complain(element: &Element, error: &ConfigError) -> JsError {
    element.set_text_content(Some(Text.get(Key::WidgetMisconfigured)));
    JsError::new(&error.to_string())
}
