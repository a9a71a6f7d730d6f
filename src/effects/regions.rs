//! Countries and regions by the names the browser has for them (`Intl.DisplayNames`), so that the bundle
//! contains none. Not here: their calling codes.

use crate::phone::{REGIONS, Region};
use js_sys::{Array, Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// All regions, in the order of their names.
pub(crate) fn regions() -> Rc<[Region]> {
    let language = language();
    let home = language.rsplit('-').next().unwrap_or_default().to_ascii_uppercase();
    let name = names(&language);
    let named = Array::new();
    for region in REGIONS.split(' ') {
        let code = region.get(..2).unwrap_or_default();
        let name = name.as_ref().and_then(|name| name(code)).unwrap_or_else(|| code.to_owned());
        named.push(&JsValue::from_str(&[name.as_str(), "\n", region].concat()));
    }
    sort(&named, &language);
    let read = |named: JsValue| {
        let named = named.as_string()?;
        let (name, region) = named.split_once('\n')?;
        let (code, calling_code) = region.split_at_checked(2)?;
        let [name, calling_code] = [name, calling_code].map(Rc::from);
        Some(Region { name, calling_code, is_home: code == home })
    };
    named.iter().filter_map(read).collect()
}

/// Sorts as people of that language do; a browser that can't leaves the order of the codes.
fn sort(named: &Array, language: &str) -> Option<()> {
    let collator = construct("Collator", language, &JsValue::UNDEFINED)?;
    let compare = Reflect::get(&collator, &"compare".into()).ok()?;
    let sort: Function = Reflect::get(named, &"sort".into()).ok()?.dyn_into().ok()?;
    sort.call1(named, &compare).ok().map(|_| ())
}

/// A new object of `Intl`, for a language.
fn construct(class: &str, language: &str, options: &JsValue) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    Reflect::construct(&constructor, &Array::of2(&JsValue::from_str(language), options)).ok()
}

/// The person's language, with the region where the browser tells it, as in `en-US`.
fn language() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

/// A function from a region's code to its name; `None` in browsers that have none.
fn names(language: &str) -> Option<impl Fn(&str) -> Option<String>> {
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let names = construct("DisplayNames", language, &options)?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    Some(move |region: &str| of.call1(&names, &JsValue::from_str(region)).ok()?.as_string())
}
