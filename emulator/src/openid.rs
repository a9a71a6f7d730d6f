//! The OpenID Connect and OAuth 2.0 endpoints of the org's own authorization server, `/oauth2/v1/`, and of the custom
//! ones, `/oauth2/{id}/v1/`.
//!
//! Where to start reading: `authorize.rs` (the browser comes for a code or tokens), `token.rs` (a client exchanges the
//! code).
//!
//! Not here: the sign-in (`authn`), session cookies (`sessions`), what is stored (`org/client.rs`, `org/grant.rs`).

mod authorize;
mod claims;
mod client_auth;
mod client_credentials;
mod consent;
mod error;
mod fields;
mod introspect;
mod issue;
mod jwt;
mod keys;
mod logout;
mod metadata;
mod own_login;
mod pkce;
mod refresh;
mod request;
mod response;
mod revoke;
mod sign_in;
mod token;
mod userinfo;

use axum::{
    Router,
    response::Response,
    routing::{get, post},
};

use crate::{
    error as api_error,
    http::{App, Params, placeholders, refuse},
    org::authorization_server::AuthorizationServer,
};

pub(crate) use authorize::resume;
pub(crate) use keys::{current as signing_key, rotate as rotate_keys};

/// The routes of this module.
pub(crate) fn routes() -> Router<App> {
    let mut router = Router::new()
        .route("/.well-known/openid-configuration", get(metadata::openid))
        .route("/.well-known/oauth-authorization-server", get(metadata::oauth))
        .route("/login/login.htm", post(own_login::sign_in))
        .route("/oauth2/v1/consent", post(consent::decided))
        .route("/oauth2/{server}/.well-known/openid-configuration", get(metadata::openid))
        .route("/oauth2/{server}/.well-known/oauth-authorization-server", get(metadata::oauth));
    for base in ["/oauth2", "/oauth2/{server}"] {
        router = router
            .route(&format!("{base}/v1/authorize"), get(authorize::authorize).post(authorize::authorize))
            .route(&format!("{base}/v1/token"), post(token::token))
            .route(&format!("{base}/v1/userinfo"), get(userinfo::userinfo).post(userinfo::userinfo))
            .route(&format!("{base}/v1/introspect"), post(introspect::introspect))
            .route(&format!("{base}/v1/revoke"), post(revoke::revoke))
            .route(&format!("{base}/v1/logout"), get(logout::logout).post(logout::logout))
            .route(&format!("{base}/v1/keys"), get(keys::keys));
    }
    router
}

/// The authorization server that the path names; the org's own if it names none.
#[expect(clippy::result_large_err, reason = "the error is the response")]
fn server(app: &App, params: Params) -> Result<AuthorizationServer, Response> {
    let params = placeholders(params);
    let id = params.get("server").map(String::as_str);
    let found = app.org().authorization_server(id).filter(|server| server.active);
    found.ok_or_else(|| {
        let what = format!("Resource not found: {} (AuthorizationServer)", id.unwrap_or_default());
        refuse(app, &api_error::NOT_FOUND.about(&what))
    })
}
