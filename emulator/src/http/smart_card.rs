//! `/cert/auth`: signing in with a smart card. A page asks for it with GET, which an org with HTTPS answers after the
//! browser has sent the card's certificate, then with POST, both with cookies.

use axum::{Router, extract::State, http::HeaderMap, response::Response, routing::get};
use serde_json::{Value, json};

use super::{App, login, operation};
use crate::{authn::smart_card, error};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/cert/auth", get(ask).post(enter))
}

async fn ask(State(app): State<App>) -> Response {
    let card = smart_card::card(&app.org());
    match card {
        Ok(_) => operation::json(200, &json!({})),
        Err(why) => operation::refuse(&app, &why),
    }
}

/// JSON that is sent as `text/plain`, so that the browser asks for no permission before: `{fromURI?, isCustomDomain?}`.
async fn enter(State(app): State<App>, headers: HeaderMap, body: String) -> Response {
    let sent: Option<Value> = if body.trim().is_empty() { Some(json!({})) } else { serde_json::from_str(&body).ok() };
    let Some(Value::Object(members)) = sent else {
        return operation::refuse(&app, &error::NOT_WELL_FORMED.into());
    };
    let target = match members.get("fromURI") {
        None | Some(Value::Null) => None,
        Some(Value::String(target)) => Some(target.as_str()),
        Some(_) => return operation::refuse(&app, &error::NOT_WELL_FORMED.because("fromURI: must be a string")),
    };
    let entered = {
        let mut org = app.org();
        if target.is_none_or(|target| login::may_follow(&org, target)) {
            let call = operation::call_of_browser(&org, &headers);
            smart_card::enter(&mut org, &call, target)
        } else {
            Err(error::VALIDATION.about("fromURI").and("fromURI: its origin is not a trusted origin with REDIRECT"))
        }
    };
    match entered {
        Ok(address) => operation::json(200, &json!({ "redirectUrl": address })),
        Err(why) => operation::refuse(&app, &why),
    }
}
