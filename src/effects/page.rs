//! What the browser tells about the page: whether it can be seen, and whether it came back from the
//! browser's memory, and whether the device has a network again. Not here: what that means.

use super::storage;
use sign_in_flow::Event;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventTarget, VisibilityState};

/// Listens until it is dropped.
#[must_use]
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    closure: Closure<dyn Fn(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.closure.as_ref().unchecked_ref();
        let _never_added = self.target.remove_event_listener_with_callback(self.name, function);
    }
}

impl Listener {
    /// Calls the handler for every event of that name.
    pub(super) fn new(target: &EventTarget, name: &'static str, handler: impl Fn(web_sys::Event) + 'static) -> Self {
        let closure = Closure::new(handler);
        let _refused = target.add_event_listener_with_callback(name, JsCast::unchecked_ref(AsRef::as_ref(&closure)));
        Self { target: target.clone(), name, closure }
    }
}

/// Tells when the page comes into sight or goes out of it, when it is shown again after having left, and when the device
/// has a network again.
pub(super) fn listen(org: &str, emit: &Rc<dyn Fn(Event)>) -> Vec<Listener> {
    let Some(window) = super::window() else { return Vec::new() };
    let mut listeners = Vec::new();
    if let Some(document) = window.document() {
        let (emit, page) = (emit.clone(), document.clone());
        listeners.push(Listener::new(&document, "visibilitychange", move |_| {
            emit(Event::Visibility { visible: page.visibility_state() != VisibilityState::Hidden });
        }));
    }
    let online = emit.clone();
    listeners.push(Listener::new(&window, "online", move |_| online(Event::Online)));
    let (emit, org) = (emit.clone(), org.to_owned());
    listeners.push(Listener::new(&window, "pageshow", move |event| {
        let persisted = js_sys::Reflect::get(&event, &"persisted".into()).is_ok_and(|persisted| persisted.is_truthy());
        if persisted {
            emit(Event::Restored { remembered: storage::username(&org) });
        }
    }));
    listeners
}
