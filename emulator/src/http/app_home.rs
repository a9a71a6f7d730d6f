//! `/home/{name}/{id}/{number}`: the link of an application on a user's home page. Whoever has a session gets the form
//! that takes the assertion to the application; everybody else signs in first.
//!
//! Not here: the assertion (`saml.rs`).

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
    routing::get,
};

use super::{App, cookie, operation, page, sign_in_redirects};
use crate::{
    openid,
    org::{
        Org,
        app::{ServiceProvider, Target},
        signing_key::SigningKey,
        transaction::{Purpose, State as Stands},
    },
    saml, sessions,
};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/home/{name}/{app}/{number}", get(open))
}

/// `GET /home/{name}/{id}/{number}[?sessionToken=]`: with a session, or with a session token that becomes one.
async fn open(
    State(app): State<App>,
    Path((name, id, _)): Path<(String, String, String)>,
    Query(fields): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let target = app.org().apps.iter().find(|one| one.name == name && one.id == id).cloned();
    let Some(target) = target else {
        let what = "The address must have the name and the id of one of the org's [[apps]].";
        return page::error(StatusCode::NOT_FOUND, "No such application", what);
    };
    let (session, new) = {
        let mut org = app.org();
        let call = operation::call_of_browser(&org, &headers);
        let live = call.session.clone().filter(|cookie| org.live_session(Some(cookie), call.now).is_some());
        let opened = match (&live, fields.get("sessionToken")) {
            (None, Some(token)) => sessions::open(&mut org, token, call.now),
            _ => None,
        };
        match (live, opened) {
            (Some(live), _) => (live, false),
            (None, Some(opened)) => (opened, true),
            // An upgraded org has no custom page for apps.
            (None, None) if org.is_upgraded() => return sign_in_redirects::own_page(),
            (None, None) => {
                let page = org.page().map(str::to_owned);
                let purpose = Purpose::StepUp(target);
                let state = Stands::Unauthenticated;
                return sign_in_redirects::leave_for_page(&mut org, &call, page, purpose, state, None, None);
            }
        }
    };
    let mut response = enter(&app, &target, &session).await;
    if new {
        let mut org = app.org();
        sessions::in_browser(&mut org, &session);
        cookie::set_session(response.headers_mut(), &session, &org);
    }
    response
}

/// What the browser gets of an application after the sign-in: the form with the assertion, or a page that stands for it.
pub(super) async fn enter(app: &App, target: &Target, session: &str) -> Response {
    let mut response = if let Some(provider) = &target.saml {
        let Some(key) = openid::signing_key(app).await else {
            let what = "The signing key could not be made.";
            return page::error(StatusCode::INTERNAL_SERVER_ERROR, "Something is wrong", what);
        };
        form(&mut app.org(), target, provider, session, &key)
    } else {
        let body = format!("<p>You are signed in to {}.</p>", page::escape(&target.label));
        page::page(StatusCode::OK, &target.label, &body)
    };
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// The form that posts the assertion. A browser sends it at once, without scripts the person does.
fn form(org: &mut Org, target: &Target, provider: &ServiceProvider, session: &str, key: &SigningKey) -> Response {
    let now = org.clock.now();
    let ids = [org.random.id("id"), org.random.id("id")];
    let assertion = org.live_session(Some(session), now).and_then(|session| {
        let user = org.user(&session.user).ok()?;
        Some(saml::response(target, provider, user, session, key, &ids, now))
    });
    let Some(assertion) = assertion else {
        return page::error(StatusCode::FORBIDDEN, "The session has ended", "Begin again at the application.");
    };
    let body = format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"SAMLResponse\" value=\"{}\">\
         <input type=\"hidden\" name=\"RelayState\" value=\"\"><button>Continue</button></form>\
         <script>document.forms[0].submit();</script>",
        page::escape(&provider.acs),
        page::escape(&assertion),
    );
    page::page(StatusCode::OK, &target.label, &body)
}
