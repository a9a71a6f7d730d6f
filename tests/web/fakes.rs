//! Fakes of what the widget uses; `fakes.js` implements them. Not here: a test.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/tests/web/fakes.js")]
extern "C" {
    /// A request that was sent.
    pub(crate) type SentRequest;
    /// Method and address.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn line(this: &SentRequest) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &SentRequest) -> String;
    /// Credentials, redirects, cache and `Accept`.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn settings(this: &SentRequest) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn aborted(this: &SentRequest) -> bool;
    #[wasm_bindgen(method, js_name = respond)]
    fn respond_with(this: &SentRequest, status: u16, body: &str, reset: Option<String>);
    /// A body without an end; `length` is what its header says.
    #[wasm_bindgen(method)]
    pub(crate) fn respond_endlessly(this: &SentRequest, length: Option<String>);
    /// How many bytes of it were read.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn pulled(this: &SentRequest) -> Option<u32>;
    /// Whether the widget ended it.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn cancelled(this: &SentRequest) -> Option<bool>;
    /// The network fails.
    #[wasm_bindgen(method)]
    pub(crate) fn fail(this: &SentRequest);

    pub(crate) fn install();
    pub(crate) fn restore();
    /// Moves the clock, and runs the timers that are due.
    pub(crate) async fn advance(millis: u32);
    /// Lets promises and short timers run.
    pub(crate) async fn tick();
    /// The browser shows the page, from its cache if `persisted`.
    pub(crate) fn show_page(persisted: bool);
    /// All requests so far.
    pub(crate) fn sent_requests() -> Vec<SentRequest>;
    /// Forms that a script submitted: method, address, fields.
    pub(crate) fn submitted_forms() -> Vec<String>;
    /// What was copied.
    pub(crate) fn copied_texts() -> Vec<String>;
    /// Errors on the console.
    pub(crate) fn reported_errors() -> Vec<String>;
    /// Number of long timers that run.
    pub(crate) fn running_timers() -> u32;
}

impl SentRequest {
    pub(crate) fn respond(&self, status: u16, body: &str) {
        self.respond_with(status, body, None);
    }

    /// A rate limit that ends in this many seconds.
    pub(crate) fn rate_limit(&self, seconds: f64) {
        let reset = (js_sys::Date::now() / 1_000.0).ceil() + seconds;
        self.respond_with(429, r#"{"errorCode": "E0000047", "errorSummary": "x"}"#, Some(reset.to_string()));
    }
}
