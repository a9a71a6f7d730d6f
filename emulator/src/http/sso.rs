//! `/sso/idps/{id}`: a sign-in at an identity provider. The provider is a page of the emulator, which asks whom to sign in
//! and sends the browser back to `/sso/idps/{id}/callback`.
//!
//! Not here: what a sign-in at a provider leads to (`authn/federation.rs`).

use std::collections::HashMap;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};

use super::{App, cookie, identity_provider, login, operation, page, sso_pages};
use crate::{
    authn::federation::{self, Entered, Refused},
    org::{Org, federation::OKTA},
    sessions,
};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/sso/idps/{provider}", get(start).post(identity_provider::decide))
        .route("/sso/idps/{provider}/callback", post(come_back))
}

type Fields = HashMap<String, String>;

/// `GET /sso/idps/{id}?fromURI=|relayState=|stateToken=`. With `okta_key` it is a factor that is proved at a provider.
async fn start(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(fields): Query<Fields>,
    headers: HeaderMap,
) -> Response {
    let mut org = app.org();
    if let Some(key) = fields.get("okta_key") {
        return identity_provider::question(&org, key);
    }
    let field = |name: &str| fields.get(name).filter(|value| !value.is_empty()).cloned();
    let target = field("fromURI").or_else(|| field("relayState"));
    if target.as_deref().is_some_and(|target| !login::may_follow(&org, target)) {
        return sso_pages::untrusted();
    }
    let call = operation::call_of_browser(&org, &headers);
    if id == OKTA {
        let has_session = org.live_session(call.session.as_deref(), call.now).is_some();
        return if has_session { go_on(target.as_deref()) } else { sso_pages::own_sign_in() };
    }
    match federation::leave(&mut org, &call, &id, target, field("stateToken")) {
        Ok(state) => sso_pages::provider(&org, &id, &state),
        Err(why) => refused(&org, why, None),
    }
}

/// `POST /sso/idps/{id}/callback`: with `login`, or with `decision=refuse`.
async fn come_back(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let mut org = app.org();
    let call = operation::call_of_browser(&org, &headers);
    let state = fields.get("state").map_or("", String::as_str);
    let visit = match federation::visit(&mut org, &call, &id, state) {
        Ok(visit) => visit,
        Err(why) => return refused(&org, why, None),
    };
    let login = fields.get("login").map(|login| login.trim()).filter(|login| !login.is_empty());
    let login = login.filter(|_| fields.get("decision").is_none_or(|decision| decision != "refuse"));
    let token = visit.state_token.clone();
    match login.ok_or(Refused::Denied).and_then(|login| federation::enter(&mut org, &call, visit, login)) {
        Ok(Entered::Page(address)) => sso_pages::redirect(&address),
        Ok(Entered::Session { cookie, target }) => {
            let mut response = go_on(target.as_deref());
            sessions::in_browser(&mut org, &cookie);
            cookie::set_session(response.headers_mut(), &cookie, &org);
            response
        }
        Err(why) => refused(&org, why, token.as_deref()),
    }
}

/// To the address that was asked for, or to the page that an org shows to whom is signed in.
fn go_on(target: Option<&str>) -> Response {
    let mut response = match target {
        Some(target) => sso_pages::redirect(target),
        None => page::page(StatusCode::OK, "You are signed in", "<p>This is where an org shows its dashboard.</p>"),
    };
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// A failure at a provider leads to the org's error page or to one of the customer; someone whom the org does not admit
/// goes back to the page with the sign-in.
fn refused(org: &Org, why: Refused, state_token: Option<&str>) -> Response {
    let back = org.page().map(|page| match state_token {
        Some(token) => format!("{page}/?stateToken={token}"),
        None => format!("{page}/"),
    });
    match (why, &org.settings.idp_error_page, back) {
        (Refused::Denied, Some(page), _) => sso_pages::redirect(page),
        (Refused::NoUser, _, Some(back)) => sso_pages::redirect(&back),
        (why, _, back) => sso_pages::error(why, back.as_deref()).into_response(),
    }
}
