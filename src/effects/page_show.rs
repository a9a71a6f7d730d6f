//! The browser shows the page again as it was left: from its back-forward cache, with an answer that never
//! came, or still "on its way". Never here: what follows from that.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{PageTransitionEvent, Window};

/// Listens until dropped.
#[must_use]
pub(super) struct PageShow {
    window: Window,
    closure: Closure<dyn FnMut(PageTransitionEvent)>,
}

impl PageShow {
    /// Calls `restored` whenever the page comes back.
    pub(super) fn listen(restored: impl Fn() + 'static) -> Option<Self> {
        let window = web_sys::window()?;
        let closure = Closure::<dyn FnMut(PageTransitionEvent)>::new(move |event: PageTransitionEvent| {
            // Every page is shown once when it is loaded; that is not meant.
            if event.persisted() {
                restored();
            }
        });
        window.add_event_listener_with_callback("pageshow", closure.as_ref().unchecked_ref()).ok()?;
        Some(Self { window, closure })
    }
}

impl Drop for PageShow {
    fn drop(&mut self) {
        let listener = self.closure.as_ref().unchecked_ref();
        let _gone = self.window.remove_event_listener_with_callback("pageshow", listener);
    }
}
