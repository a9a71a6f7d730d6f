//! What lies outside the widget, faked: see `outside.js`.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/web/outside.js")]
extern "C" {
    /// A request that was sent.
    pub(crate) type Call;
    /// Method and address.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn line(this: &Call) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &Call) -> String;
    /// Credentials, redirects, cache and `Accept`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn settings(this: &Call) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn aborted(this: &Call) -> bool;
    #[wasm_bindgen(method, js_name = answer)]
    fn answer_with(this: &Call, status: u16, body: &str, reset: Option<String>);
    /// The network breaks down.
    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &Call);

    pub(crate) fn install();
    pub(crate) fn restore();
    pub(crate) async fn advance(millis: u32);
    pub(crate) async fn tick();
    pub(crate) fn show_page(persisted: bool);
    /// All requests so far.
    pub(crate) fn sent() -> Vec<Call>;
    /// Forms the page submitted by itself: method, address, fields.
    pub(crate) fn submitted() -> Vec<String>;
    pub(crate) fn on_clipboard() -> Vec<String>;
    /// Long timers that wait.
    pub(crate) fn timers_running() -> u32;
}

impl Call {
    pub(crate) fn answer(&self, status: u16, body: &str) {
        self.answer_with(status, body, None);
    }

    /// A rate limit that ends in that many seconds.
    pub(crate) fn limit(&self, seconds: f64) {
        let reset = (js_sys::Date::now() / 1_000.0).ceil() + seconds;
        self.answer_with(429, r#"{"errorCode": "E0000047", "errorSummary": "x"}"#, Some(reset.to_string()));
    }
}
