//! The page's own code that takes part in a registration: `registration: { preSubmit, postSubmit, fields }`, with the
//! meaning of okta-signin-widget. Not here: what its answers lead to.

use super::json;
use js_sys::{Function, Object, Reflect};
use okta_authn::reader::{DecodeErrors, Reader};
use okta_authn::wire::{DecodeError, Value};
use sign_in_flow::PageRequest;
use sign_in_flow::hook::Form;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Takes the values that the page's own code returns, or why it refuses.
pub(crate) type PageReply = Box<dyn FnOnce(Result<Value, Value>)>;

/// The object that the page gives.
#[derive(Clone)]
pub(crate) struct PageCode(Object);

impl PageCode {
    /// Takes an object.
    pub(crate) fn new(object: Object) -> Self {
        Self(object)
    }

    /// Whether it has the function that a registration without a hook needs.
    pub(crate) fn has_pre_submit(&self) -> bool {
        function(&self.0, "preSubmit").is_some()
    }

    /// The form, where the hook does not publish one.
    pub(crate) fn form(&self) -> Result<Form, DecodeError> {
        let fields = Reflect::get(&self.0, &"fields".into()).unwrap_or_default();
        let Some(fields @ Value::List(_)) = json::from_js(&fields) else { return Ok(Form::default()) };
        let errors = DecodeErrors::default();
        let form = Value::Object(vec![("fields".to_owned(), fields)]);
        let form = Form::read(&Reader::new(&form, &errors));
        errors.into_result(form)
    }

    /// Calls it.
    pub(crate) fn call(&self, request: &PageRequest, reply: PageReply) {
        let (name, about) = match request {
            PageRequest::PreSubmit(data) => ("preSubmit", json::to_js(data.value())),
            PageRequest::PostSubmit(login) => ("postSubmit", JsValue::from_str(login)),
        };
        match function(&self.0, name) {
            Some(function) => call(&self.0, &function, &about, reply),
            // Without this function, the values are accepted.
            None => reply(Ok(Value::Null)),
        }
    }
}

fn function(object: &Object, name: &str) -> Option<Function> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into().ok()
}

/// The first answer counts. An exception counts as a refusal, and is logged.
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
