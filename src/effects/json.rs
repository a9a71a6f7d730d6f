//! Values of ours as JavaScript's, and back. Not here: what they mean.

use js_sys::{Array, Object};
use okta_authn::wire::{MAX_DEPTH, Value};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a text with the browser's own parser: smaller than one in the bundle.
pub(crate) fn parse(text: &str) -> Option<Value> {
    from_js(&js_sys::JSON::parse(text).ok()?)
}

/// What `JSON.stringify` makes of it.
pub(super) fn stringify(value: &Value) -> JsValue {
    js_sys::JSON::stringify(&to_js(value)).map_or(JsValue::NULL, JsValue::from)
}

/// As JavaScript's own objects and arrays. By hand, because serde-wasm-bindgen is not needed for a password.
pub(crate) fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Null | Value::Bytes(_) => JsValue::NULL,
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => (*number).into(),
        Value::Text(text) => text.into(),
        Value::List(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Object(members) => {
            // Unlike an assignment, this makes a member of `__proto__` as well.
            let entries: Array = members.iter().map(|(key, value)| Array::of2(&key.into(), &to_js(value))).collect();
            Object::from_entries(&entries).map_or(JsValue::NULL, JsValue::from)
        }
    }
}

/// What `JSON.parse` made, as a value of ours; `None` where it nests too deeply. serde-wasm-bindgen reads
/// the same through serde, and brings 18 kB of number formatting for error messages that nobody reads.
pub(crate) fn from_js(parsed: &JsValue) -> Option<Value> {
    read(parsed, MAX_DEPTH)
}

fn read(parsed: &JsValue, depth: u8) -> Option<Value> {
    if let Some(text) = parsed.as_string() {
        return Some(Value::Text(text));
    }
    if let Some(number) = parsed.as_f64() {
        return Some(Value::Number(number));
    }
    if let Some(flag) = parsed.as_bool() {
        return Some(Value::Bool(flag));
    }
    let Some(object) = parsed.dyn_ref::<Object>() else { return Some(Value::Null) };
    let below = depth.checked_sub(1)?;
    if let Some(list) = parsed.dyn_ref::<Array>() {
        return list.iter().map(|item| read(&item, below)).collect::<Option<_>>().map(Value::List);
    }
    let member = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, read(&entry.get(1), below)?))
    };
    Object::entries(object).iter().map(member).collect::<Option<_>>().map(Value::Object)
}
