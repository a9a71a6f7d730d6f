//! The program that a page loads: what JavaScript can call. The scripts in `embed/js` call it, pages call the scripts.
//! It is a program and not a `cdylib`, because that would turn link-time optimisation off. Not here: what the exports
//! do (`embed`).
#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "the exports are for JavaScript"))]

#[cfg(target_arch = "wasm32")]
mod allocator;

use js_sys::Function;
use okta_authn_widget::embed::{self, Before, Given, Widget};
use wasm_bindgen::prelude::*;
use web_sys::Element;

/// A mounted widget.
#[wasm_bindgen]
pub struct Handle(Option<Widget>);

#[wasm_bindgen]
impl Handle {
    /// Takes the widget off the page and ends its requests and timers. A second call does nothing.
    pub fn unmount(&mut self) {
        if let Some(widget) = self.0.take() {
            widget.unmount();
        }
    }

    /// Changes the language.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&mut self, language: &JsValue) {
        if let Some(widget) = &mut self.0 {
            widget.set_language(language);
        }
    }

    /// Lets the browser leave, where the page has held it back, or ends the sign-in, as the person could.
    pub fn act(&self, leaves: bool) {
        if let Some(widget) = &self.0 {
            widget.act(leaves);
        }
    }
}

fn handle(mounted: Result<Widget, okta_authn_widget::ConfigError>) -> Result<Handle, JsError> {
    mounted.map(|widget| Handle(Some(widget))).map_err(|error| JsError::new(&error.to_string()))
}

/// Puts a sign-in widget into `element`. With `attributes`, the element's attributes are options besides those of
/// `options`. `script` is called with what happens. `language` is `{language, isRightToLeft, messages, plural(number),
/// number(number)}`, or `undefined` for English. `pressed` is the value of the button by which its static form was
/// submitted, `address` the page's address before tokens were removed from it. Throws an `Error` that says which option is
/// wrong and what to do.
#[wasm_bindgen]
pub fn mount(
    element: &Element,
    options: &JsValue,
    attributes: bool,
    script: Function,
    language: JsValue,
    pressed: Option<String>,
    address: Option<String>,
) -> Result<Handle, JsError> {
    handle(embed::mount(element, Given { options, attributes, script, language }, Before { pressed, address }))
}

/// Puts factor management into `element`; `prefetch` must have succeeded before. Throws an `Error` that says which option is wrong and what to do.
#[wasm_bindgen(js_name = mountManageFactors)]
pub fn mount_manage_factors(
    element: &Element,
    options: &JsValue,
    attributes: bool,
    script: Function,
    language: JsValue,
) -> Result<Handle, JsError> {
    handle(embed::mount_manage_factors(element, Given { options, attributes, script, language }))
}

/// Loads the second part of the program, and calls `done` with whether that succeeded.
#[wasm_bindgen]
pub fn prefetch(done: Option<Function>) {
    embed::load(move |success| {
        // The script that asked has nothing to throw.
        let _called = done.map(|done| done.call1(&JsValue::UNDEFINED, &JsValue::from_bool(success)));
    });
}

fn main() {}
