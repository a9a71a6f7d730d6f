//! A JavaScript object or an element's attributes as names and values. Never here: what a value means.

use crate::config::{ConfigError, Given, OptionName};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Name of the callback in a JavaScript object.
const ON_SUCCESS: &str = "onSuccess";

/// What a page gave.
pub(super) struct GivenOptions {
    /// Plain values.
    pub(super) values: Vec<(OptionName, Given)>,
    /// The page's own code for the result.
    pub(super) on_success: Option<Function>,
}

/// Reads a JavaScript object. A name we do not know is an error: it is a mistake, or a wish we would ignore.
pub(super) fn from_object(object: &JsValue) -> Result<GivenOptions, ConfigError> {
    let mut options = GivenOptions { values: Vec::new(), on_success: None };
    let Some(object) = object.dyn_ref::<Object>() else {
        return Err(ConfigError::new(
            "the configuration",
            "must be an object like { baseUrl: \"https://example.okta.com\" }",
        ));
    };
    for entry in Object::entries(object) {
        let entry = Array::from(&entry);
        let name = entry.get(0).as_string().unwrap_or_default();
        let value = entry.get(1);
        if value.is_undefined() || value.is_null() {
            continue;
        }
        if name == ON_SUCCESS {
            options.on_success = Some(value.dyn_into().map_err(|_| ConfigError::new(&name, "must be a function"))?);
            continue;
        }
        let option = OptionName::from_property(&name)
            .ok_or_else(|| ConfigError::new(&name, "is no option of this widget: check its spelling"))?;
        options.values.push((option, given(&name, &value)?));
    }
    Ok(options)
}

fn given(name: &str, value: &JsValue) -> Result<Given, ConfigError> {
    if let Some(text) = value.as_string() {
        Ok(Given::Text(text))
    } else if let Some(flag) = value.as_bool() {
        Ok(Given::Flag(flag))
    } else if Array::is_array(value) {
        Ok(Given::List(Array::from(value).iter().filter_map(|item| item.as_string()).collect()))
    } else {
        Err(ConfigError::new(name, "must be a string, true, false, or a list of strings"))
    }
}

/// Reads the attributes of a custom element. Others are the page's own business.
pub(super) fn from_attributes(element: &Element, on_success: Option<Function>) -> GivenOptions {
    let attribute = |option: OptionName| Some((option, Given::Text(element.get_attribute(option.attribute())?)));
    GivenOptions { values: OptionName::ALL.into_iter().filter_map(attribute).collect(), on_success }
}
