//! The JavaScript interface of both bundles, called by `okta-sign-in.js` alone: what pages call is there.
//! Never here: parsing, or what a mistake in the configuration is called.

use super::options::{self, GivenOptions, Values};
use super::{Door, hand_over, unique_id};
use crate::components::SignIn;
use crate::config::ConfigError;
use crate::effects::json;
use crate::flow::Event;
use crate::text::{Key, Text};
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, AttrValue, Callback};

/// A mounted widget.
#[wasm_bindgen]
pub struct Handle(pub(super) Option<AppHandle<SignIn>>);

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
/// form. Throws an `Error` that says which option is wrong, and what to do.
#[wasm_bindgen]
pub fn mount(
    element: &Element,
    config: &JsValue,
    on_success: Option<Function>,
    hand_on: Option<Function>,
) -> Result<Handle, JsError> {
    let (values, mut door) = door(element, config, on_success, unique_id())?;
    door.hand_on = Rc::new(move || {
        // The loader catches what it does not find.
        let _loading = hand_on.as_ref().map(|function| function.call0(&JsValue::UNDEFINED));
    });
    open(element, element.clone(), &values, door)
}

/// Reads what a page gave.
pub(super) fn door(
    element: &Element,
    config: &JsValue,
    on_success: Option<Function>,
    id: AttrValue,
) -> Result<(Values, Door), JsError> {
    let given = if config.is_undefined() {
        options::from_attributes(element, on_success)
    } else {
        options::from_object(config)
    };
    let GivenOptions { values, on_success, registration } = given.map_err(|error| complain(element, &error))?;
    let on_success = match on_success {
        Some(function) => Callback::from(move |result| hand_over::call(&function, result)),
        None => Callback::noop(),
    };
    Ok((values, Door { id, on_success, hand_on: Rc::new(|| {}), onward: None, registration }))
}

/// Puts a widget into `host`, which is the `element` or stands in for it.
pub(super) fn open(element: &Element, host: Element, values: &Values, door: Door) -> Result<Handle, JsError> {
    match super::mount(host, values, door) {
        Ok(app) => Ok(Handle(Some(app))),
        Err(error) => Err(complain(element, &error)),
    }
}

/// Whoever opens the page gets a plain sentence, the developer gets the reason.
pub(super) fn complain(element: &Element, error: &ConfigError) -> JsError {
    element.set_text_content(Some(Text.get(Key::WidgetMisconfigured)));
    JsError::new(&error.to_string())
}
