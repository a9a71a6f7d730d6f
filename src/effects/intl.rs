//! What browsers know of languages: objects of `Intl`
//! (<https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Intl>). Not here: which language.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A new object of a class of `Intl`, for a language.
pub(crate) fn construct(class: &str, language: &str, options: &JsValue) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&constructor, &Array::of2(&JsValue::from_str(language), options)).ok()
}

/// What a function says of a number.
pub(crate) fn said(function: Option<&Function>, number: u32) -> Option<String> {
    function?.call1(&JsValue::UNDEFINED, &number.into()).ok()?.as_string()
}
