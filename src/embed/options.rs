//! A JavaScript object or an element's attributes as names and values. Never here: what a value means.

use super::registration::{self, Registration};
use crate::config::{ConfigError, Given, OptionName};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Name of the callback in a JavaScript object.
const ON_SUCCESS: &str = "onSuccess";

/// Plain values, by name.
pub(super) type Values = Vec<(OptionName, Given)>;

/// What a page gave.
pub(super) struct GivenOptions {
    /// Plain values.
    pub(super) values: Values,
    /// The page's own code for the result.
    pub(super) on_success: Option<Function>,
    /// The page's own code that takes part in signing up.
    pub(super) registration: Option<Registration>,
}

/// Reads a JavaScript object. A name we do not know is an error: it is a mistake, or a wish we would ignore.
pub(super) fn from_object(object: &JsValue) -> Result<GivenOptions, ConfigError> {
    let mut options = GivenOptions { values: Vec::new(), on_success: None, registration: None };
    each(object, |name, value| {
        if name == ON_SUCCESS {
            options.on_success = Some(value.dyn_into().map_err(|_| ConfigError::new(name, "must be a function"))?);
        } else if name == registration::NAME {
            options.registration = Registration::of(value)?;
        } else {
            options.values.push(plain(&OptionName::ALL, name, &value)?);
        }
        Ok(())
    })?;
    Ok(options)
}

/// The same where there are plain values only.
#[cfg(not(feature = "first-form"))]
pub(super) fn values_of_object(object: &JsValue, known: &[OptionName]) -> Result<Values, ConfigError> {
    let mut values = Vec::new();
    each(object, |name, value| {
        values.push(plain(known, name, &value)?);
        Ok(())
    })?;
    Ok(values)
}

fn each(object: &JsValue, mut read: impl FnMut(&str, JsValue) -> Result<(), ConfigError>) -> Result<(), ConfigError> {
    let Some(object) = object.dyn_ref::<Object>() else {
        return Err(ConfigError::new(
            "the configuration",
            "must be an object like { baseUrl: \"https://example.okta.com\" }",
        ));
    };
    for entry in Object::entries(object) {
        let entry = Array::from(&entry);
        let value = entry.get(1);
        if !value.is_undefined() && !value.is_null() {
            read(&entry.get(0).as_string().unwrap_or_default(), value)?;
        }
    }
    Ok(())
}

fn plain(known: &[OptionName], name: &str, value: &JsValue) -> Result<(OptionName, Given), ConfigError> {
    let option = OptionName::from_property(known, name)
        .ok_or_else(|| ConfigError::new(name, "is no option of this widget: check its spelling"))?;
    Ok((option, given(name, value)?))
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

/// Reads the attributes of a custom element, and its property for signing up. Others are the page's own
/// business.
pub(super) fn from_attributes(element: &Element, on_success: Option<Function>) -> Result<GivenOptions, ConfigError> {
    let registration = Reflect::get(element, &registration::NAME.into()).unwrap_or_default();
    let values = values_of_attributes(element, &OptionName::ALL);
    Ok(GivenOptions { values, on_success, registration: Registration::of(registration)? })
}

/// Its attributes alone.
pub(super) fn values_of_attributes(element: &Element, known: &[OptionName]) -> Values {
    let attribute = |option: &OptionName| Some((*option, Given::Text(element.get_attribute(option.attribute())?)));
    known.iter().filter_map(attribute).collect()
}
