//! The keys that tokens are signed with, as a set of JSON Web Keys (RFC 7517, section 5).

use axum::{extract::State, response::Response};
use serde_json::{Value, json};

use super::server;
use crate::{
    error,
    http::{App, Params, json as json_response, refuse},
    org::signing_key::SigningKey,
};

/// `GET /oauth2/v1/keys`. All servers sign with the same keys.
pub(super) async fn keys(State(app): State<App>, params: Params) -> Response {
    if let Err(refused) = server(&app, params) {
        return refused;
    }
    if current(&app).await.is_none() {
        return refuse(&app, &error::INTERNAL.into());
    }
    let keys: Vec<Value> = app.org().signing_keys.all().iter().map(SigningKey::jwk).collect();
    json_response(200, &json!({ "keys": keys }))
}

/// The key that signs. It is made at its first use, without the org's lock, because that is slow.
pub(crate) async fn current(app: &App) -> Option<SigningKey> {
    let current = app.org().signing_keys.current().cloned();
    if current.is_some() {
        return current;
    }
    let made = made().await?;
    let mut org = app.org();
    // Another request may have been quicker.
    if org.signing_keys.current().is_none() {
        org.signing_keys.rotate(made);
    }
    org.signing_keys.current().cloned()
}

/// Signs with a new key from now on; the one before stays published. Returns the new key's id.
pub(crate) async fn rotate(app: &App) -> Option<String> {
    // Without a key before, nothing would be rotated.
    current(app).await?;
    let made = made().await?;
    let kid = made.kid().to_owned();
    app.org().signing_keys.rotate(made);
    Some(kid)
}

async fn made() -> Option<SigningKey> {
    tokio::task::spawn_blocking(SigningKey::generate).await.ok()?.ok()
}
