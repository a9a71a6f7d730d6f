//! The JavaScript interface of both bundles, called by `okta-sign-in.js` alone: what pages call is there.
//! Never here: parsing, or what a mistake in the configuration is called.

use super::{Door, hand_over, options};
use crate::components::SignIn;
use crate::config::ConfigError;
use crate::effects::json;
use crate::flow::{Event, Onward};
use crate::text::{Key, Text};
use js_sys::Function;
use std::rc::Rc;
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

    /// What the bundle with every screen is to take over; undefined when the person gave up meanwhile.
    pub fn onward(&self) -> JsValue {
        let onward = self.0.as_ref().and_then(|app| app.get_component()?.onward().cloned());
        onward.map_or(JsValue::UNDEFINED, |onward| json::to_js(&onward.into_value()))
    }

    /// That bundle can't be loaded: says so, and offers to try again.
    #[wasm_bindgen(js_name = notHandedOn)]
    pub fn not_handed_on(&self) {
        if let Some(app) = &self.0 {
            app.send_message(Event::NotHandedOn);
        }
    }
}

/// Puts a widget into `element`, configured by an object, or where that is undefined by the element's own
/// attributes, with `on_success` for the result. `hand_on` is called when the sign-in goes beyond the first
/// form; `onward` is what was handed on. Throws an `Error` that says which option is wrong, and what to do.
#[wasm_bindgen]
pub fn mount(
    element: &Element,
    config: &JsValue,
    on_success: Option<Function>,
    hand_on: Option<Function>,
    onward: &JsValue,
) -> Result<Handle, JsError> {
    let given = if config.is_undefined() {
        options::from_attributes(element, on_success)
    } else {
        options::from_object(config)
    };
    let given = given.map_err(|error| complain(element, &error))?;
    let door = Door {
        on_success: match given.on_success {
            Some(function) => Callback::from(move |result| hand_over::call(&function, result)),
            None => Callback::noop(),
        },
        hand_on: Rc::new(move || {
            // The loader catches what it does not find.
            let _loading = hand_on.as_ref().map(|function| function.call0(&JsValue::UNDEFINED));
        }),
        registration: given.registration,
        onward: json::from_js(onward).as_ref().and_then(Onward::from_value),
    };
    match super::mount(element.clone(), &given.values, door) {
        Ok(app) => Ok(Handle(Some(app))),
        Err(error) => Err(complain(element, &error)),
    }
}

/// Whoever opens the page gets a plain sentence, the developer gets the reason.
pub(super) fn complain(element: &Element, error: &ConfigError) -> JsError {
    element.set_text_content(Some(Text.get(Key::WidgetMisconfigured)));
    JsError::new(&error.to_string())
}
