//! Whether a token is valid, and what it stands for: RFC 7662.

use axum::{
    extract::{Request, State},
    response::Response,
};
use serde_json::{Map, Value, json};

use super::{client_auth, error::OAuthError, fields::Fields, jwt, server};
use crate::{
    http::{App, Params, json as json_response},
    org::{Org, authorization_server::AuthorizationServer, grant::Authorization},
    time::Timestamp,
};

/// `POST /oauth2/v1/introspect`.
pub(super) async fn introspect(State(app): State<App>, params: Params, request: Request) -> Response {
    let server = match server(&app, params) {
        Ok(server) => server,
        Err(refused) => return refused,
    };
    match answer(&app, &server, request).await {
        Ok(body) => json_response(200, &body),
        Err(error) => error.response(),
    }
}

/// `token_type_hint` makes no difference: a token is found by its value.
async fn answer(app: &App, server: &AuthorizationServer, request: Request) -> Result<Value, OAuthError> {
    let (parts, body) = request.into_parts();
    let fields = Fields::of_unique_body(&parts.headers, body).await?;
    let org = app.org();
    client_auth::client(&org, &parts.headers, &fields)?;
    let token = fields.required("token")?;
    let now = org.clock.now();
    let found = access_token(&org, server, token, now)
        .or_else(|| refresh_token(&org, server, token, now))
        .or_else(|| id_token(&org, server, token, now));
    let Some(mut members) = found else { return Ok(json!({ "active": false })) };
    members.insert("active".to_owned(), true.into());
    Ok(members.into())
}

fn access_token(org: &Org, server: &AuthorizationServer, token: &str, now: Timestamp) -> Option<Map<String, Value>> {
    let kept = org.issued.access_tokens.get(token).filter(|kept| now < kept.expires)?;
    let mut members = of_authorization(org, server, &kept.authorization)?;
    members.insert("token_type".to_owned(), "Bearer".into());
    let claims = jwt::claims(token)?;
    let same = ["exp", "iat", "sub", "aud", "iss", "jti", "uid"];
    members.extend(same.into_iter().filter_map(|name| Some((name.to_owned(), claims.get(name)?.clone()))));
    Some(members)
}

fn refresh_token(org: &Org, server: &AuthorizationServer, token: &str, now: Timestamp) -> Option<Map<String, Value>> {
    let kept = org.issued.refresh_tokens.get(token).filter(|kept| now < kept.expires && kept.replaced.is_none())?;
    let mut members = of_authorization(org, server, &kept.authorization)?;
    members.insert("token_type".to_owned(), "Bearer".into());
    members.insert("exp".to_owned(), kept.expires.seconds().into());
    Some(members)
}

fn id_token(org: &Org, server: &AuthorizationServer, token: &str, now: Timestamp) -> Option<Map<String, Value>> {
    let claims = jwt::verify(&org.signing_keys, token)?;
    let is_ours = claims.get("iss").and_then(Value::as_str) == Some(&server.issuer(org));
    let is_live = claims.get("exp").and_then(Value::as_u64).is_some_and(|exp| now.seconds() < exp);
    // A revoked access token is signed too.
    let is_id_token = claims.get("jti").and_then(Value::as_str).is_some_and(|jti| jti.starts_with("ID."));
    (is_ours && is_live && is_id_token).then_some(claims)
}

fn of_authorization(org: &Org, server: &AuthorizationServer, granted: &Authorization) -> Option<Map<String, Value>> {
    if granted.server != server.id {
        return None;
    }
    let mut members = Map::new();
    members.insert("client_id".to_owned(), granted.client.clone().into());
    members.insert("scope".to_owned(), granted.scopes.join(" ").into());
    if let Some(user) = granted.user.as_deref().and_then(|id| org.user(id).ok()) {
        members.insert("username".to_owned(), user.profile.login.clone().into());
    }
    Some(members)
}
