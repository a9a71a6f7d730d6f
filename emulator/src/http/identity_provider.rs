//! A fake external identity provider: a page with two buttons, success and failure, that redirects the
//! browser back. It stands for a factor.
//!
//! Not here: signing in at a provider, which shares `/sso/idps/{id}` with the claims provider (`sso.rs`).

use axum::{
    Router,
    extract::{Form, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use serde::Deserialize;

use super::{App, operation, page};
use crate::{authn::identity_provider, org::Org};

/// The routes of this file.
pub(super) fn routes() -> Router<App> {
    let provider = || get(ask).post(decide);
    Router::new().route("/policy/mfa-saml-idp-redirect", provider()).route("/policy/mfa-oidc-idp-redirect", provider())
}

#[derive(Debug, Deserialize)]
pub(super) struct Key {
    #[serde(default)]
    okta_key: String,
}

fn unknown_key() -> Response {
    let what = "This link was used already or has expired. Go back to the page where you sign in and start again.";
    page::error(StatusCode::GONE, "No sign-in waits for this", what)
}

async fn ask(State(app): State<App>, Query(Key { okta_key }): Query<Key>) -> Response {
    question(&app.org(), &okta_key)
}

/// The page that asks for the provider's decision.
pub(super) fn question(org: &Org, key: &str) -> Response {
    if identity_provider::waiting(org, key).is_none() {
        return unknown_key();
    }
    let body = "<p>You came here to prove who you are.</p><form method=\"post\">\
                <button name=\"decision\" value=\"pass\">Verify</button>\
                <button name=\"decision\" value=\"fail\">Fail</button></form>";
    page::page(StatusCode::OK, "Identity provider", body)
}

#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    decision: String,
}

pub(super) async fn decide(
    State(app): State<App>,
    Query(Key { okta_key }): Query<Key>,
    headers: HeaderMap,
    Form(Decision { decision }): Form<Decision>,
) -> Response {
    let mut org = app.org();
    let call = operation::call_of_browser(&org, &headers);
    match identity_provider::browser_returned(&mut org, &call, &okta_key, decision == "pass") {
        Ok(Some(page)) => (StatusCode::SEE_OTHER, [(header::LOCATION, page)]).into_response(),
        Ok(None) | Err(_) => unknown_key(),
    }
}
