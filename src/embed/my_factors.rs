//! One's own factors on a page: what `okta-my-factors.js` calls. Only the bundle that has every screen has
//! it. Never here: parsing.

use super::{BrowserPage, api, options, unique_id};
use crate::components::{MyFactors, MyFactorsProps};
use crate::config::{MyFactorsConfig, OptionName};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Renderer};

/// A mounted list.
#[wasm_bindgen]
pub struct MyFactorsHandle(Option<AppHandle<MyFactors>>);

#[wasm_bindgen]
impl MyFactorsHandle {
    /// Takes it off the page and ends its requests and timers. A second call does nothing.
    pub fn unmount(&mut self) {
        if let Some(app) = self.0.take() {
            app.destroy();
        }
    }
}

/// Puts the signed-in user's factors into `element`, configured by an object, or where that is undefined by the
/// element's own attributes. Throws an `Error` that says which option is wrong, and what to do.
#[wasm_bindgen(js_name = mountMyFactors)]
pub fn mount_my_factors(element: &Element, config: &JsValue) -> Result<MyFactorsHandle, JsError> {
    let known = &OptionName::OF_MY_FACTORS;
    let given = if config.is_undefined() {
        Ok(options::values_of_attributes(element, known))
    } else {
        options::values_of_object(config, known)
    };
    let config = given.and_then(|given| MyFactorsConfig::parse(&given, &BrowserPage));
    let config = Rc::new(config.map_err(|error| api::complain(element, &error))?);
    let props = MyFactorsProps { config, id: unique_id() };
    Ok(MyFactorsHandle(Some(Renderer::<MyFactors>::with_root_and_props(element.clone(), props).render())))
}
