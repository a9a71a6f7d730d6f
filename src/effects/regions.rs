//! Countries and regions by the names the browser has for them (`Intl.DisplayNames`), so that the bundle
//! carries none. Never here: their calling codes.

use crate::components::Region;
use crate::text::REGIONS;
use js_sys::{Array, Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// All regions, in the order of their names.
pub fn regions() -> Rc<[Region]> {
    let language = language();
    let home = language.rsplit('-').next().unwrap_or_default().to_ascii_uppercase();
    let name = names(&language);
    let mut regions: Vec<Region> = REGIONS
        .split_whitespace()
        .filter_map(|region| {
            let (region, calling_code) = region.split_at_checked(2)?;
            let name = name.as_ref().and_then(|name| name(region)).unwrap_or_else(|| region.to_owned());
            Some(Region { name: name.into(), calling_code: calling_code.to_owned().into(), is_home: region == home })
        })
        .collect();
    regions.sort_by(|a, b| a.name.cmp(&b.name));
    regions.into()
}

/// The person's language, with the region where the browser tells it, as in `en-US`.
fn language() -> String {
    web_sys::window().and_then(|window| window.navigator().language()).unwrap_or_default()
}

/// A function from a region's code to its name; `None` in browsers that have none.
fn names(language: &str) -> Option<impl Fn(&str) -> Option<String>> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let arguments = Array::of2(&JsValue::from_str(language), &options);
    let names = Reflect::construct(&constructor, &arguments).ok()?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    Some(move |region: &str| of.call1(&names, &JsValue::from_str(region)).ok()?.as_string())
}
