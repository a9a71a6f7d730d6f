//! The option `tokens` as the page's own code has set it. Not here: its rules (`config`).

use crate::config::{Page, tokens};
use crate::effects::{BrowserPage, json, report};
use okta_authn::Org;
use okta_authn::wire::Value;
use sign_in_flow::tokens::TokenApp;
use wasm_bindgen::JsValue;

/// Reads it. A mistake is reported to the developer, and the person is told that the page is not set up.
pub(super) fn read(given: &JsValue, org: &Org) -> Option<TokenApp> {
    let given = json::from_js(given).unwrap_or(Value::Null);
    let settings = tokens::parse(&given, &BrowserPage::default().url(), org);
    settings.map_err(|mistake| report(&mistake)).ok().map(TokenApp::new)
}
