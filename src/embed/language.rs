//! A language as the scripts give it: `{language, isRightToLeft, messages, plural(number), number(number)}`, where `messages`
//! has the messages by their numbers, and may get more of them later. Not here: which one it is, and where it comes from.

use crate::effects::intl::said;
use crate::text::{Language, Rules, Text};
use js_sys::{Function, Object, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

thread_local!(static KNOWN: RefCell<Vec<(Object, &'static Language)>> = const { RefCell::new(Vec::new()) });

/// The texts of that language; English without one. The same object is the same language.
pub(super) fn text(language: &JsValue) -> Text {
    let Some(object) = language.dyn_ref::<Object>() else { return Text::ENGLISH };
    let known = KNOWN.with_borrow(|known| known.iter().find(|(one, _)| Object::is(one, object)).map(|(_, it)| *it));
    Text::of(known.unwrap_or_else(|| {
        let language = read(object);
        KNOWN.with_borrow_mut(|known| known.push((object.clone(), language)));
        language
    }))
}

fn read(object: &Object) -> &'static Language {
    let member = |name: &str| Reflect::get(object, &name.into()).unwrap_or_default();
    let tag = member("language").as_string().unwrap_or_default();
    let [plural, number] = ["plural", "number"].map(|name| member(name).dyn_into().ok());
    let rules = Given { messages: member("messages"), plural, number };
    Language::new(tag, member("isRightToLeft").is_truthy(), Box::new(rules))
}

struct Given {
    messages: JsValue,
    plural: Option<Function>,
    number: Option<Function>,
}

impl Rules for Given {
    fn message(&self, number: u16) -> Option<String> {
        Reflect::get_u32(&self.messages, number.into()).ok()?.as_string()
    }

    fn plural(&self, number: u32) -> String {
        said(self.plural.as_ref(), number).unwrap_or_default()
    }

    fn number(&self, number: u32) -> String {
        said(self.number.as_ref(), number).unwrap_or_else(|| number.to_string())
    }
}
