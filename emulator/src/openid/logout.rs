//! The end of the session by a client: OpenID Connect RP-Initiated Logout 1.0. Browsers navigate here, so errors are
//! pages.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;
use url::form_urlencoded;

use super::{fields::Fields, jwt, server};
use crate::{
    http::{App, Params, cookie, page},
    org::{Org, authorization_server::AuthorizationServer},
};

/// `GET` and `POST /oauth2/v1/logout`.
pub(super) async fn logout(State(app): State<App>, params: Params, request: Request) -> Response {
    let server = match server(&app, params) {
        Ok(server) => server,
        Err(refused) => return refused,
    };
    let (parts, body) = request.into_parts();
    let fields = match Fields::of_request(&parts, body).await {
        Ok(fields) => fields,
        Err(error) => return error.response(),
    };
    let mut org = app.org();
    match checked(&org, &server, &fields) {
        Ok((user, target)) => leave(&mut org, &parts.headers, &user, target),
        Err(what) => page::error(StatusCode::BAD_REQUEST, "The request is not valid", what),
    }
}

/// The user of the ID token, and where the browser goes. An ID token that has expired still names its session.
fn checked(org: &Org, server: &AuthorizationServer, fields: &Fields) -> Result<(String, Option<String>), &'static str> {
    if fields.repeated().is_some() {
        return Err("A parameter comes more than once.");
    }
    let hint = fields.get("id_token_hint").ok_or("The parameter 'id_token_hint' is missing.")?;
    let claims = jwt::verify(&org.signing_keys, hint);
    let text = |name: &str| claims.as_ref().and_then(|claims| claims.get(name)).and_then(Value::as_str);
    let client = text("aud").and_then(|id| org.client(id));
    let (Some(user), Some(client), true) = (text("sub"), client, text("iss") == Some(&server.issuer(org))) else {
        return Err("'id_token_hint' is no ID token of this authorization server.");
    };
    let Some(uri) = fields.get("post_logout_redirect_uri") else { return Ok((user.to_owned(), None)) };
    if !org.is_registered(&client.post_logout_redirect_uris, uri) {
        return Err("'post_logout_redirect_uri' is not one of the client's post_logout_redirect_uris.");
    }
    let mut target = uri.to_owned();
    if let Some(state) = fields.get("state") {
        let pair = form_urlencoded::Serializer::new(String::new()).append_pair("state", state).finish();
        target = format!("{uri}{}{pair}", if uri.contains('?') { '&' } else { '?' });
    }
    Ok((user.to_owned(), Some(target)))
}

/// Ends the browser's session if it is this user's.
fn leave(org: &mut Org, headers: &HeaderMap, user: &str, target: Option<String>) -> Response {
    let target = target.and_then(|target| HeaderValue::from_str(&target).ok());
    let mut response = match target {
        Some(target) => (StatusCode::FOUND, [(header::LOCATION, target)]).into_response(),
        None => page::page(StatusCode::OK, "You are signed out", "<p>This is where an org shows its sign-in page.</p>"),
    };
    let now = org.clock.now();
    let cookie = cookie::session_in(headers, org.engine);
    if org.live_session(cookie.as_deref(), now).is_some_and(|session| session.user == user) {
        cookie.map(|cookie| org.sessions.remove(&cookie));
        cookie::end_session(response.headers_mut(), org);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
