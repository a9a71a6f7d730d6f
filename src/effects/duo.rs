//! Duo's frame (docs/authn-api.md#duo): loads the script that the org publishes and has it ask in the frame that the
//! view put there. It is the only script that is ever loaded, only from the org, and only for this factor; a
//! page whose policy forbids that gets a message instead. Not here: what Duo's signature is worth.

use js_sys::{Function, Object, Promise, Reflect};
use okta_authn::DuoSignature;
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Window};

/// Name of the Trusted Types policy that lets the script in.
const POLICY: &str = "okta-sign-in-duo";

/// What the frame needs.
pub(super) struct Frame {
    /// Address of the script, inside the org.
    pub(super) script: String,
    /// Duo's host for this org.
    pub(super) host: String,
    /// What Duo is asked to sign.
    pub(super) signature: DuoSignature,
    /// Id of the frame's element.
    pub(super) id: String,
}

/// Shows Duo's question. `done` is told what Duo signed, or nothing when the frame could not be shown. A
/// frame that left the page answers no more; an answer that comes late is the machine's to ignore.
pub(super) fn ask(frame: Frame, done: impl Fn(Option<DuoSignature>) + Clone + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        if show(&frame, done.clone()).await.is_err() {
            done(None);
        }
    });
}

async fn show(frame: &Frame, done: impl Fn(Option<DuoSignature>) + 'static) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    // The view draws the frame in the same turn as this was asked for.
    JsFuture::from(Promise::resolve(&JsValue::UNDEFINED)).await?;
    if Reflect::get(&window, &"Duo".into())?.is_undefined() {
        JsFuture::from(load(&window, &frame.script)?).await?;
    }
    let signed = Closure::<dyn Fn(JsValue)>::new(move |form: JsValue| done(signature(&form))).into_js_value();
    let options = Object::new();
    for (name, value) in [
        ("iframe", JsValue::from_str(&frame.id)),
        ("host", JsValue::from_str(&frame.host)),
        ("sig_request", JsValue::from_str(frame.signature.expose())),
        ("submit_callback", signed),
    ] {
        Reflect::set(&options, &name.into(), &value)?;
    }
    let duo = Reflect::get(&window, &"Duo".into())?;
    let init: Function = Reflect::get(&duo, &"init".into())?.dyn_into()?;
    init.call1(&duo, &options).map(|_| ())
}

/// Resolves when the script has run.
fn load(window: &Window, address: &str) -> Result<Promise, JsValue> {
    let document = window.document().ok_or(JsValue::NULL)?;
    let script = document.create_element("script")?;
    Reflect::set(&script, &"src".into(), &trusted(window, address)?)?;
    let loaded = Promise::new(&mut |resolve, reject| {
        for (name, function) in [("onload", resolve), ("onerror", reject)] {
            // Setting a handler of an element cannot fail.
            let _set = Reflect::set(&script, &name.into(), &function);
        }
    });
    document.head().ok_or(JsValue::NULL)?.append_child(&script)?;
    Ok(loaded)
}

/// The address as browsers with Trusted Types want it. The flow has checked that it is the org's.
fn trusted(window: &Window, address: &str) -> Result<JsValue, JsValue> {
    // A page's policy allows each name once: a second attempt uses what the first has created.
    thread_local!(static CREATED: RefCell<Option<JsValue>> = const { RefCell::new(None) });
    let types = Reflect::get(window, &"trustedTypes".into())?;
    if types.is_undefined() {
        return Ok(address.into());
    }
    let created = CREATED.with_borrow(Clone::clone);
    let policy = created.map_or_else(|| create_policy(&types), Ok)?;
    CREATED.set(Some(policy.clone()));
    let create: Function = Reflect::get(&policy, &"createScriptURL".into())?.dyn_into()?;
    create.call1(&policy, &address.into())
}

fn create_policy(types: &JsValue) -> Result<JsValue, JsValue> {
    let rules = Object::new();
    let pass = Closure::<dyn Fn(JsValue) -> JsValue>::new(|address| address).into_js_value();
    Reflect::set(&rules, &"createScriptURL".into(), &pass)?;
    let create: Function = Reflect::get(types, &"createPolicy".into())?.dyn_into()?;
    create.call2(types, &POLICY.into(), &rules)
}

/// Duo hands over a form with its signature in it.
fn signature(form: &JsValue) -> Option<DuoSignature> {
    let field = form.dyn_ref::<Element>()?.query_selector("[name=sig_response]").ok()??;
    Reflect::get(&field, &"value".into()).ok()?.as_string().map(DuoSignature::new)
}
