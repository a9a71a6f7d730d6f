//! Reads a JavaScript object, or an element's attributes, as names and values. Not here: what a value means.

use crate::config::tokens::TOKENS;
use crate::config::{ConfigError, OptionName, OptionValue};
use crate::effects::{self, PageCode};
use js_sys::{Array, Function, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

/// Names of the page's own functions, which the script calls.
const FUNCTIONS: [&str; 3] = ["onSuccess", "transformUsername", "processCredentials"];

pub(super) use crate::effects::REGISTRATION;

/// Names of the members that the scripts read themselves: the nonce of the style sheet, the language, words of the page's own.
const OF_SCRIPTS: [&str; 4] = ["nonce", "language", "strings", "applicationName"];

/// The only attribute of the scripts that looks like an option of the program.
const APPLICATION_NAME: &str = "application-name";

/// What is wrong with a name that no option has.
const UNKNOWN: &str = "is no option of this widget: check its spelling";

/// Plain values, by name.
pub(super) type Values = Vec<(OptionName, OptionValue)>;

/// What a page gives.
pub(super) struct MountOptions {
    /// Plain values.
    pub(super) values: Values,
    /// The page's own code that takes part in a registration.
    pub(super) registration: Option<PageCode>,
    /// The app that gets tokens.
    pub(super) tokens: Option<JsValue>,
}

/// Reads a JavaScript object. A name we do not know is an error: it is a mistake, or an option that would be ignored.
pub(super) fn from_object(object: &JsValue) -> Result<MountOptions, ConfigError> {
    let mut options = MountOptions { values: Vec::new(), registration: None, tokens: None };
    each(object, |name, value| {
        if FUNCTIONS.contains(&name) {
            if !value.is_instance_of::<Function>() {
                return Err(ConfigError::new(name, "must be a function"));
            }
        } else if name == REGISTRATION {
            if !value.is_object() {
                let problem = "must be an object like { preSubmit(data, onSuccess, onFailure) {} }";
                return Err(ConfigError::new(name, problem));
            }
            options.registration = object.dyn_ref::<Object>().cloned().map(PageCode::new);
        } else if name == TOKENS {
            if !value.is_object() {
                return Err(ConfigError::new(name, "must be an object like { clientId: \"0oa...\" }"));
            }
            options.tokens = Some(value);
        } else {
            options.values.push(option(&OptionName::ALL, name, &value)?);
        }
        Ok(())
    })?;
    Ok(options)
}

/// The same where there are plain values only.
pub(super) fn values_of_object(object: &JsValue, known: &[OptionName]) -> Result<Values, ConfigError> {
    let mut values = Vec::new();
    each(object, |name, value| {
        values.push(option(known, name, &value)?);
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
        let (name, value) = (entry.get(0).as_string().unwrap_or_default(), entry.get(1));
        if !OF_SCRIPTS.contains(&&*name) && !value.is_undefined() && !value.is_null() {
            read(&name, value)?;
        }
    }
    Ok(())
}

fn option(known: &[OptionName], name: &str, value: &JsValue) -> Result<(OptionName, OptionValue), ConfigError> {
    let option = OptionName::from_property(known, name).ok_or_else(|| ConfigError::new(name, UNKNOWN))?;
    Ok((option, option_value(name, value)?))
}

fn option_value(name: &str, value: &JsValue) -> Result<OptionValue, ConfigError> {
    if let Some(text) = value.as_string() {
        Ok(OptionValue::Text(text))
    } else if let Some(flag) = value.as_bool() {
        Ok(OptionValue::Flag(flag))
    } else if Array::is_array(value) {
        Ok(OptionValue::List(Array::from(value).iter().filter_map(|item| item.as_string()).collect()))
    } else {
        Err(ConfigError::new(name, "must be a string, true, false, or a list of strings"))
    }
}

/// Reads the attributes of a custom element. What looks like an option and is none is reported to the developer: it would
/// be ignored.
pub(super) fn values_of_attributes(element: &Element, known: &[OptionName]) -> Values {
    let mut values = Vec::new();
    for name in element.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        // React writes the name of a property, which HTML then has in lower case.
        let find = |options: &[OptionName]| {
            let named = options.iter().copied().find(|option| option.attribute() == name);
            named.or_else(|| OptionName::from_property(options, &name))
        };
        if let Some(option) = find(known) {
            values.extend(element.get_attribute(&name).map(|text| (option, OptionValue::Text(text))));
        } else if name != APPLICATION_NAME && (find(&OptionName::ALL).is_some() || looks_like_option(&name)) {
            effects::report(&ConfigError::new(&name, UNKNOWN));
        }
    }
    values
}

/// All but the shortest options are words with hyphens. What HTML and frameworks add begins with `data-`, `aria-`, an
/// underscore, or a shorter word, as in `v-cloak` and `ng-version`.
fn looks_like_option(name: &str) -> bool {
    let first = name.split_once('-').map_or("", |(first, _)| first);
    first.len() > 2 && !first.starts_with('_') && first != "data" && first != "aria"
}
