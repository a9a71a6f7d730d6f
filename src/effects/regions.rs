//! Countries and regions by the names the browser has for them (`Intl.DisplayNames`), so that the bundle
//! contains none, and the one where the person probably is. Not here: their calling codes.

use super::intl::construct;
use crate::phone::{REGIONS, Region};
use js_sys::{Array, Function, Object, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// All regions, named in that language and in the order of their names.
pub(crate) fn regions(language: &str) -> Rc<[Region]> {
    let home = home().unwrap_or_default();
    let name = names(language);
    let named = Array::new();
    for region in REGIONS.split(' ') {
        let code = region.get(..2).unwrap_or_default();
        let name = name.as_ref().and_then(|name| name(code)).unwrap_or_else(|| code.to_owned());
        named.push(&JsValue::from_str(&[name.as_str(), "\n", region].concat()));
    }
    sort(&named, language);
    let read = |named: JsValue| {
        let named = named.as_string()?;
        let (name, region) = named.split_once('\n')?;
        let (code, calling_code) = region.split_at_checked(2)?;
        let is_home = code == home;
        let [name, code, calling_code] = [name, code, calling_code].map(Rc::from);
        Some(Region { name, code, calling_code, is_home })
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

/// The region of the browser's language: the one that its tag names, else the one where most people speak it. `None`
/// where the tag is of no single country, such as `es-419`, or cannot be read.
fn home() -> Option<String> {
    let tag = web_sys::window()?.navigator().language()?;
    let locale = construct("Locale", &tag, &JsValue::UNDEFINED)?;
    let maximize: Function = Reflect::get(&locale, &"maximize".into()).ok()?.dyn_into().ok()?;
    Reflect::get(&maximize.call0(&locale).ok()?, &"region".into()).ok()?.as_string()
}

/// A function from a region's code to its name; `None` in browsers that have none.
fn names(language: &str) -> Option<impl Fn(&str) -> Option<String>> {
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let names = construct("DisplayNames", language, &options)?;
    let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    Some(move |region: &str| of.call1(&names, &JsValue::from_str(region)).ok()?.as_string())
}
