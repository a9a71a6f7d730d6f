//! The page's own code that takes part in signing up: `registration: { preSubmit, postSubmit, fields }`, by the
//! meaning they have in okta-signin-widget. Never here: what comes of its answers.

use crate::authn::reader::{Fault, Reader};
use crate::authn::wire::Value;
use crate::config::ConfigError;
use crate::effects::{AskPage, PageReply, json};
use crate::flow::PageAsked;
use crate::flow::hand_on::FIRST_FORM;
use crate::hook::Form;
use js_sys::{Function, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Name of the member, and of the element's property.
pub(super) const NAME: &str = "registration";

/// What a page gave.
pub(super) struct Registration(Object);

impl Registration {
    /// Reads what stands there; none where nothing does.
    pub(super) fn of(value: JsValue) -> Result<Option<Self>, ConfigError> {
        if value.is_undefined() || value.is_null() {
            return Ok(None);
        }
        let wrong = |_| ConfigError::new(NAME, "must be an object like { preSubmit(data, onSuccess, onFailure) {} }");
        value.dyn_into().map(|object| Some(Self(object))).map_err(wrong)
    }

    /// What it asks of those who sign up, where the hook does not say.
    pub(super) fn form(&self, has_hook: bool) -> Result<Form, ConfigError> {
        if FIRST_FORM {
            return Ok(Form { fields: Vec::new(), ..Form::default() });
        }
        if !has_hook && function(&self.0, "preSubmit").is_none() {
            return Err(ConfigError::new(NAME, "needs a function preSubmit, or a hook-url beside it"));
        }
        let fields = Reflect::get(&self.0, &"fields".into()).unwrap_or_default();
        let Some(fields @ Value::List(_)) = json::from_js(&fields) else { return Ok(Form::default()) };
        let fault = Fault::default();
        let form = Value::Object(vec![("fields".to_owned(), fields)]);
        let form = Form::read(&Reader::new(&form, &fault));
        fault.or(form).map_err(|error| ConfigError::new(NAME, &error.to_string()))
    }

    /// Asks it.
    pub(super) fn asker(self) -> AskPage {
        Rc::new(move |asked, reply| {
            let (name, about) = match &asked {
                PageAsked::PreSubmit(data) => ("preSubmit", json::to_js(data.value())),
                PageAsked::PostSubmit(login) => ("postSubmit", JsValue::from_str(login)),
            };
            match function(&self.0, name) {
                Some(function) => call(&self.0, &function, &about, reply),
                // Nothing to say against it.
                None => reply(Ok(Value::Null)),
            }
        })
    }
}

fn function(object: &Object, name: &str) -> Option<Function> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into().ok()
}

/// The first answer counts; what it throws is an answer too, and the page's to see.
fn call(object: &Object, function: &Function, about: &JsValue, reply: PageReply) {
    let reply = Rc::new(RefCell::new(Some(reply)));
    let answer = |good: bool| {
        let reply = reply.clone();
        Closure::<dyn Fn(JsValue)>::new(move |value: JsValue| {
            let value = json::from_js(&value).unwrap_or(Value::Null);
            if let Some(reply) = reply.borrow_mut().take() {
                reply(if good { Ok(value) } else { Err(value) });
            }
        })
        .into_js_value()
    };
    if let Err(thrown) = function.call3(object, about, &answer(true), &answer(false)) {
        web_sys::console::error_1(&thrown);
        if let Some(reply) = reply.borrow_mut().take() {
            reply(Err(Value::Null));
        }
    }
}
