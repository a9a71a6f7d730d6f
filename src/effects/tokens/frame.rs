//! The hidden frame in which the org is asked (`response_mode=okta_post_message`). A message counts if it comes from the
//! issuer's origin and from this very frame; whose answer it is, the flow decides by its state. Not here: the address.

use crate::effects::page::Listener;
use crate::effects::{json, window};
use gloo_timers::callback::Timeout;
use okta_authn::openid::Fields;
use sign_in_flow::tokens::FrameFailure;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent};

/// A frame that is waited for. Dropping it removes it.
pub(super) struct Frame {
    element: HtmlIFrameElement,
    _messages: Listener,
    _timeout: Timeout,
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.element.remove();
    }
}

impl Frame {
    /// Opens it; `None` where the page cannot have one.
    pub(super) fn open(
        address: &str,
        origin: String,
        timeout: u32,
        done: impl Fn(Result<Fields, FrameFailure>) + 'static,
    ) -> Option<Self> {
        let window = window()?;
        let document = window.document()?;
        let element: HtmlIFrameElement = document.create_element("iframe").ok()?.unchecked_into();
        // No reader of the screen, and no key, comes to it.
        element.set_hidden(true);
        element.set_src(address);
        let done = Rc::new(done);
        let (answered, frame) = (done.clone(), element.clone());
        let messages = Listener::new(&window, "message", move |event| {
            let event: MessageEvent = event.unchecked_into();
            if event.origin() == origin
                && is_from(&event, &frame)
                && let Some(fields) = json::from_js(&event.data()).and_then(|data| Fields::of_message(&data).ok())
            {
                answered(Ok(fields));
            }
        });
        document.body()?.append_child(&element).ok()?;
        let timeout = Timeout::new(timeout, move || done(Err(FrameFailure::TimedOut)));
        Some(Self { element, _messages: messages, _timeout: timeout })
    }
}

fn is_from(event: &MessageEvent, frame: &HtmlIFrameElement) -> bool {
    let source = event.source().map(JsValue::from);
    source.is_some() && source == frame.content_window().map(JsValue::from)
}
