//! The org's own form for a sign-in that an authorization request waits for: user name and password, no factors.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Map, Value};

use super::{authorize, fields::Fields};
use crate::{
    authn::primary,
    call::{Input, Reply},
    http::{App, call_of_browser, complete, cookie, page},
    org::Org,
    sessions,
};

/// The form, with what was wrong before. No other site may frame it.
pub(super) fn form(org: &Org, waits: &str, wrong: Option<&str>) -> Response {
    let fields = org.issued.pending.get(waits).map(|pending| Fields::from(pending.fields.clone()));
    let hint = fields.as_ref().and_then(|fields| fields.get("login_hint")).unwrap_or_default();
    let wrong = wrong.map(|wrong| format!("<p role=\"alert\">{}</p>", page::escape(wrong))).unwrap_or_default();
    let body = format!(
        "{wrong}<form method=\"post\" action=\"/login/login.htm\">\
         <input type=\"hidden\" name=\"okta_key\" value=\"{}\">\
         <p><label>Username <input name=\"username\" value=\"{}\" autocomplete=\"username\" required></label></p>\
         <p><label>Password <input name=\"password\" type=\"password\" autocomplete=\"current-password\" required></label></p>\
         <button>Sign in</button></form>",
        page::escape(waits),
        page::escape(hint),
    );
    let mut response = page::page(StatusCode::OK, "Sign in to the org", &body);
    let policy = HeaderValue::from_static("frame-ancestors 'none'");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// `POST /login/login.htm`: signs in as `POST /api/v1/authn` does, and continues the request.
pub(super) async fn sign_in(State(app): State<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let fields = match Fields::of_body(&parts.headers, body).await {
        Ok(fields) => fields,
        Err(error) => return error.response(),
    };
    let waits = fields.get("okta_key").unwrap_or_default();
    let over =
        || page::error(StatusCode::FORBIDDEN, "The sign-in is no longer valid", "Begin again at the application.");
    if !app.org().issued.pending.contains_key(waits) {
        return over();
    }
    match session(&app, &parts.headers, &fields).await {
        Ok(session) => authorize::resume(&app, waits, session, &parts.headers).await.unwrap_or_else(over),
        Err(wrong) => form(&app.org(), waits, Some(&wrong)),
    }
}

/// A new session, which replaces that of the browser.
async fn session(app: &App, headers: &HeaderMap, fields: &Fields) -> Result<String, String> {
    let text = |name: &str| (name.to_owned(), Value::from(fields.get(name).unwrap_or_default()));
    let mut call = call_of_browser(&app.org(), headers);
    call.input = Input::new(Map::from_iter([text("username"), text("password")]));
    let reply = complete(app, primary::authenticate, &mut call).await;
    let refused = || "Unable to sign in".to_owned();
    let Ok(Reply::Json(body)) = reply else { return Err(refused()) };
    let Some(token) = body.get("sessionToken").and_then(Value::as_str) else {
        let status = body.get("status").and_then(Value::as_str).unwrap_or_default();
        return Err(format!("This sign-in goes on with {status}, for which this form has no page."));
    };
    let mut org = app.org();
    let session = sessions::open(&mut org, token, call.now).ok_or_else(refused)?;
    if let Some(replaced) = cookie::session_in(headers, org.engine) {
        org.sessions.remove(&replaced);
    }
    Ok(session)
}
