//! The page's own code that takes part in a registration, `registration: { preSubmit, postSubmit, fields }`, and that
//! prepares what is sent, with the meaning of okta-signin-widget. Not here: what its answers lead to.

use super::json;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Object, Promise, Reflect};
use okta_authn::reader::{DecodeErrors, Reader};
use okta_authn::wire::{DecodeError, Value};
use sign_in_flow::PageRequest;
use sign_in_flow::effect::TIMEOUT_MS;
use sign_in_flow::hook::Form;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Takes the values that the page's own code returns, or why it refuses; `None` where it has failed.
pub(crate) type PageReply = Box<dyn FnOnce(Option<Result<Value, Value>>)>;

/// Has the script call the page's own code about the user name, and the password, of this body; `None` where the page has
/// none for that. The promise resolves to the body to send. Until then, the script may add to the headers.
pub(super) fn prepare(script: &Function, operation: &str, body: &JsValue, headers: &JsValue) -> Option<Promise> {
    let about = Array::of3(&JsValue::from_str(operation), body, headers);
    script.call2(&JsValue::UNDEFINED, &"prepare".into(), &about).ok()?.dyn_into().ok()
}

/// Has the script load the texts of the second part; `None` where it has them.
pub(super) fn other_texts(script: &Function) -> Option<Promise> {
    script.call1(&JsValue::UNDEFINED, &"texts".into()).ok()?.dyn_into().ok()
}

/// Goes on when a promise is settled; at once without one.
pub(crate) fn after(promise: Option<Promise>, then: impl FnOnce() + 'static) {
    let Some(promise) = promise else { return then() };
    spawn_local(async move {
        // Whoever made the promise has reported a failure.
        let _settled = JsFuture::from(promise).await;
        then();
    });
}

/// The object that the page gives: the member [`REGISTRATION`] of its options, looked up when it is used.
#[derive(Clone)]
pub(crate) struct PageCode(Object);

/// Name of the option with the page's own code for a registration.
pub(crate) const REGISTRATION: &str = "registration";

impl PageCode {
    /// Takes the options that have it.
    pub(crate) fn new(options: Object) -> Self {
        Self(options)
    }

    fn object(&self) -> Object {
        Reflect::get(&self.0, &REGISTRATION.into()).unwrap_or_default().into()
    }

    /// Whether it has the function that a registration without a hook needs.
    pub(crate) fn has_pre_submit(&self) -> bool {
        function(&self.object(), "preSubmit").is_some()
    }

    /// The form, where the hook does not publish one.
    pub(crate) fn form(&self) -> Result<Form, DecodeError> {
        let fields = Reflect::get(&self.object(), &"fields".into()).unwrap_or_default();
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
        let object = self.object();
        match function(&object, name) {
            Some(function) => call(&object, &function, &about, reply),
            // Without this function, the values are accepted.
            None => reply(Some(Ok(Value::Null))),
        }
    }
}

fn function(object: &Object, name: &str) -> Option<Function> {
    Reflect::get(object, &JsValue::from_str(name)).ok()?.dyn_into().ok()
}

/// The first answer counts. An exception, a promise that is rejected, and no answer in time are failures, and are logged.
fn call(object: &Object, function: &Function, about: &JsValue, reply: PageReply) {
    let reply = Rc::new(RefCell::new(Some(reply)));
    let answer = |good: bool| {
        let reply = reply.clone();
        Closure::<dyn Fn(JsValue)>::new(move |value: JsValue| {
            let value = json::from_js(&value).unwrap_or(Value::Null);
            if let Some(reply) = reply.borrow_mut().take() {
                reply(Some(if good { Ok(value) } else { Err(value) }));
            }
        })
        .into_js_value()
    };
    let returned = function.call3(object, about, &answer(true), &answer(false));
    let fail = move |why: &JsValue| {
        if let Some(reply) = reply.borrow_mut().take() {
            web_sys::console::error_1(why);
            reply(None);
        }
    };
    match returned {
        Err(thrown) => fail(&thrown),
        Ok(returned) => {
            let fail_late = fail.clone();
            // It outlives the widget, and does nothing then.
            Timeout::new(TIMEOUT_MS, move || fail_late(&"okta-sign-in: registration has no answer".into())).forget();
            if let Ok(promise) = returned.dyn_into::<Promise>() {
                spawn_local(async move {
                    if let Err(thrown) = JsFuture::from(promise).await {
                        fail(&thrown);
                    }
                });
            }
        }
    }
}
