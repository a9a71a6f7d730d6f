//! The rules of phone numbers, which the script loads when a step asks for one. Not here: what they say
//! (`embed/js/phone`), and how numbers are read without them (`phone`).

use crate::phone::{self, Rules};
use js_sys::{Function, Promise, Reflect};
use sign_in_flow::{PhoneEntry, PhoneProblem};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Event, HtmlFormElement};

/// Has the script load them, unless they are there. Without them, numbers are read as well as the program can.
pub(super) fn load_rules(script: Option<&Function>) {
    if phone::rules().is_some() {
        return;
    }
    let loading = script.and_then(|script| script.call1(&JsValue::UNDEFINED, &"phone".into()).ok());
    let Some(loading) = loading.and_then(|loading| loading.dyn_into::<Promise>().ok()) else { return };
    spawn_local(async move {
        match JsFuture::from(loading).await {
            Ok(rules) => phone::set_rules(Rc::new(ScriptRules(rules))),
            Err(error) => web_sys::console::warn_1(&error),
        }
    });
}

/// The object that the script gives.
struct ScriptRules(JsValue);

impl ScriptRules {
    fn call(&self, name: &str, about: &JsValue) -> Option<JsValue> {
        let function: Function = Reflect::get(&self.0, &name.into()).ok()?.dyn_into().ok()?;
        function.call1(&self.0, about).ok()
    }
}

impl Rules for ScriptRules {
    fn read(&self, form: &HtmlFormElement) -> Option<PhoneEntry> {
        let read = self.call("readForm", form)?;
        let text = |name: &str| Reflect::get(&read, &name.into()).ok()?.as_string();
        let problem = match &*text("problem")? {
            "too-short" => Some(PhoneProblem::TooShort),
            "too-long" => Some(PhoneProblem::TooLong),
            _ => None,
        };
        Some(PhoneEntry { number: text("number")?, extension: text("extension")?, problem })
    }

    fn follow(&self, event: &Event) {
        self.call("follow", event);
    }
}
